"""Calendars (RFC 5545) as events: times in the office's zone, repetitions spelt out.

Reading one may take long, whoever wrote it: it is done in a process apart, with a limit on its time.
`python -m bot.presence.ics SINCE UNTIL ZONE EMAIL` reads a calendar from standard input.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MOST_EVENTS = 500
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or one occurrence. Aware instants; a day-long one reaches from midnight to midnight.

    `free`: it blocks no time (shown as free, tentative, cancelled, or declined by the person). `others`
    is the number of other attendees; `busy` the word of Outlook (OOF, WORKINGELSEWHERE…) where there is one.
    """

    uid: str
    title: str
    start: datetime
    end: datetime
    all_day: bool = False
    free: bool = False
    private: bool = False
    others: int = 0
    busy: str = ""


class UnreadableCalendarError(ValueError):
    """What came cannot be read as a calendar, or not in time."""


async def read_apart(body: bytes, since: datetime, until: datetime, zone: str, email: str) -> list[Event]:
    """`read_events` in a process of its own.

    Raises:
        UnreadableCalendarError: it is no calendar, or took too long.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.presence.ics", since.isoformat(), until.isoformat(), zone, email,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_SECONDS):
            out, _ = await process.communicate(body)
    except TimeoutError:
        raise UnreadableCalendarError("reading the calendar took too long") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise UnreadableCalendarError("the calendar cannot be read")
    return [_from_json(item) for item in json.loads(out)]


def read_events(body: bytes, since: datetime, until: datetime, zone: ZoneInfo, email: str) -> list[Event]:
    """What happens between two aware instants, by start; `email` is the person whose calendar it is.

    Raises:
        UnreadableCalendarError: it is no calendar.
    """
    import icalendar
    import recurring_ical_events

    try:
        calendar = icalendar.Calendar.from_ical(body)
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        found = [event for part in query.between(since, until) for event in _event(part, zone, email)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableCalendarError(type(error).__name__) from error
    return sorted(found, key=lambda event: event.start)[:MOST_EVENTS]


def _event(part: Any, zone: ZoneInfo, email: str) -> Iterator[Event]:
    begins = part["DTSTART"].dt
    ends = part["DTEND"].dt if "DTEND" in part else begins
    all_day = not isinstance(begins, datetime)
    if all_day and ends <= begins:
        ends = begins + timedelta(days=1)
    start, end = _instant(begins, zone), _instant(ends, zone)
    if end <= start:
        return
    busy = str(part.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    answers = dict(_answers(part))
    yield Event(
        uid=str(part.get("UID", "")),
        title=" ".join(str(part.get("SUMMARY", "")).split())[:100],
        start=start,
        end=end,
        all_day=all_day,
        free=str(part.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(part.get("STATUS", "")).upper() in ("CANCELLED", "TENTATIVE")
        or busy in ("FREE", "TENTATIVE")
        or answers.get(email.lower()) == "DECLINED",
        private=str(part.get("CLASS", "")).upper() in ("PRIVATE", "CONFIDENTIAL"),
        others=sum(address != email.lower() for address in answers),
        busy=busy,
    )


def _answers(part: Any) -> Iterator[tuple[str, str]]:
    """Each attendee's mail address and answer."""
    attendees = part.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        address = str(attendee).lower().removeprefix("mailto:")
        yield address, str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()


def _instant(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is the office's."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0), zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _as_json(event: Event) -> dict[str, Any]:
    return asdict(event) | {"start": event.start.isoformat(), "end": event.end.isoformat()}


def _from_json(data: dict[str, Any]) -> Event:
    times = {name: datetime.fromisoformat(data[name]) for name in ("start", "end")}
    return Event(**(data | times))


def main(arguments: list[str]) -> int:
    """The process apart."""
    since, until, zone, email = arguments
    try:
        events = read_events(
            sys.stdin.buffer.read(),
            datetime.fromisoformat(since),
            datetime.fromisoformat(until),
            ZoneInfo(zone),
            email,
        )
    except UnreadableCalendarError:
        return 1
    json.dump([_as_json(event) for event in events], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
