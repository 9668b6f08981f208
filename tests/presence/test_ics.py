"""Calendars read: times, repetitions, and whatever else may be in one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.presence import ics
from bot.presence.ics import Event, UnreadableCalendarError, read_apart, read_events
from tests.support.calendar_server import calendar, event

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)


def read(*events: str, email: str = "sato@smilecorp.com", weeks: int = 4) -> list[Event]:
    return read_events(calendar(*events).encode(), NOW, NOW + timedelta(weeks=weeks), TOKYO, email)


def local(found: Event) -> tuple[str, str]:
    return f"{found.start:%m-%d %H:%M}", f"{found.end:%m-%d %H:%M}"


def test_times_in_every_form() -> None:
    found = read(
        event("a", "その1", "20261125T100000", "20261125T110000"),
        "UID:b\r\nSUMMARY:utc\r\nDTSTART:20261125T030000Z\r\nDTEND:20261125T040000Z",
        "UID:c\r\nSUMMARY:floating\r\nDTSTART:20261125T140000\r\nDURATION:PT90M",
        event("d", "終日", "20261126", "20261128"),
        "UID:e\r\nSUMMARY:one day\r\nDTSTART;VALUE=DATE:20261130",
    )
    assert [local(one) for one in found] == [
        ("11-25 10:00", "11-25 11:00"),
        ("11-25 12:00", "11-25 13:00"),
        ("11-25 14:00", "11-25 15:30"),
        ("11-26 00:00", "11-28 00:00"),
        ("11-30 00:00", "12-01 00:00"),
    ]
    assert [one.all_day for one in found] == [False, False, False, True, True]


def test_what_repeats_with_one_left_out_and_one_moved() -> None:
    found = read(
        event(
            "w",
            "定例",
            "20261118T100000",
            "20261118T110000",
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=Asia/Tokyo:20261202T100000",
        ),
        event(
            "w", "定例", "20261210T150000", "20261210T160000", "RECURRENCE-ID;TZID=Asia/Tokyo:20261209T100000"
        ),
    )
    assert [local(one)[0] for one in found] == ["11-25 10:00", "12-10 15:00", "12-16 10:00"]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "STATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Sato@smilecorp.com",
    ],
)
def test_what_blocks_no_time(line: str) -> None:
    [found] = read(event("a", "会議", "20261125T100000", "20261125T110000", line))
    assert found.free


def test_private_ones_and_attendees() -> None:
    [found] = read(
        event(
            "a", "会議", "20261125T100000", "20261125T110000", "CLASS:PRIVATE",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:sato@smilecorp.com", "ATTENDEE:mailto:ono@smilecorp.com",
        )
    )  # fmt: skip
    assert found.private
    assert not found.free
    assert found.others == 1


def test_one_event_that_is_wrong_spoils_no_other() -> None:
    found = read(
        event("bad", "壊れた", "20261125T100000", "20261125T110000", "RRULE:FREQ=NEVER"),
        event("good", "会議", "20261125T140000", "20261125T150000"),
    )
    assert "会議" in [one.title for one in found]


def events_in(body: bytes) -> list[Event] | None:
    """None where it is said to be no calendar."""
    try:
        return read_events(body, NOW, NOW + timedelta(days=1), TOKYO, "")
    except UnreadableCalendarError:
        return None


@pytest.mark.parametrize(
    "body", [b"", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe\x00", b"BEGIN:VEVENT"]
)
def test_what_is_no_calendar_has_no_events(body: bytes) -> None:
    assert not events_in(body)


@given(st.text(alphabet="BEGIN:VCALENDARVEVENT\r\nDTSTART;=2026T0Z,SUMMARYRRULE FREQDAILY", max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert not events_in(f"BEGIN:VCALENDAR\r\n{text}\r\nEND:VCALENDAR".encode())


async def test_it_is_read_apart_the_same() -> None:
    body = calendar(event("a", "会議", "20261125T100000", "20261125T110000", "RRULE:FREQ=DAILY"))
    until = NOW + timedelta(weeks=1)
    apart = await read_apart(body.encode(), NOW, until, "Asia/Tokyo", "")
    assert apart == read_events(body.encode(), NOW, until, TOKYO, "")
    assert len(apart) == 7


async def test_one_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics, "_SECONDS", 1.5)
    body = calendar(event("a", "会議", "20261124T000000", "20261124T000001", "RRULE:FREQ=SECONDLY"))
    with pytest.raises(UnreadableCalendarError):
        await read_apart(body.encode(), NOW, NOW + timedelta(weeks=4), "Asia/Tokyo", "")
