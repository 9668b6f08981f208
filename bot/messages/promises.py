"""When a promise in words falls due: 30分後に折り返し, 本日中に, 明日15時までに. Pure."""

import re
import unicodedata
from datetime import datetime, time, timedelta

from bot.messages.verbs import promise_due
from bot.office.roster import Roster

_AFTER = re.compile(r"(\d{1,4})\s*(分|時間)(半)?")
_CLOCK = re.compile(r"(午前|午後)?\s*(\d{1,2})(?:時(?!間)(\d{1,2}分|半)?|[:：](\d{2}))")
_DAYS = ((re.compile("明後日|あさって"), 2), (re.compile("明日|あす|翌日"), 1), (re.compile("本日|今日"), 0))
_LONGEST = timedelta(days=30)


def due_of(roster: Roster, promise: str, now: datetime) -> datetime | None:
    """The instant by which a promise is to be kept; None where its words name no time that is to come."""
    text = unicodedata.normalize("NFKC", promise)
    local = now.astimezone(roster.zone)
    ahead = next((days for words, days in _DAYS if words.search(text)), None)
    day = local.date() + timedelta(days=ahead or 0)
    clock = _CLOCK.search(text)
    if clock:
        at = _time(clock)
        due = datetime.combine(day, at, roster.zone) if at else None
        return due if due and due > now else None
    after = _AFTER.search(text)
    if after:
        unit = timedelta(minutes=1) if after[2] == "分" else timedelta(hours=1)
        length = int(after[1]) * unit + (unit / 2 if after[3] else timedelta(0))
        return now + length if timedelta(0) < length <= _LONGEST else None
    return promise_due(roster, now, minutes=None, day=day) if ahead is not None else None


def _time(clock: re.Match[str]) -> time | None:
    """`15時半`, `午後3時15分`, `15:30`; None for an hour that no day has."""
    hour = int(clock[2]) + (12 if clock[1] == "午後" and int(clock[2]) < 12 else 0)
    minute = 30 if clock[3] == "半" else int((clock[3] or clock[4] or "0").rstrip("分"))
    return time(hour, minute) if hour < 24 and minute < 60 else None
