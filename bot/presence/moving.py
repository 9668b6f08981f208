"""明日の会議を15時からに変更: what becomes of an entry whose new times were said in a few words. Pure."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.language.model import Entry
from bot.presence.timeline import INTERRUPTIONS

_CLOCK = re.compile(
    r"(?:午[前後]\s*)?(?:\d{1,2}\s*(?:時|:\d\d)|[一二三四五六七八九十]+時)|正午|朝一|午後一|定時|午[前後]|夕方"
)
_FROM = re.compile(r"から|より|以降")
_UNTIL = re.compile(r"まで|迄|[〜~～]")
_SHIFT = re.compile(
    r"(?:(?P<hours>\d{1,2})\s*時間\s*(?P<half>半)?)?\s*(?:(?P<minutes>\d{1,3})\s*分)?\s*(?:(?P<later>後|あと|遅|繰り?下)|早|前|繰り?上)"
)


def shifted(entry: Entry, words: str) -> Entry | None:
    """An entry moved by so much (1時間後ろに, 30分早く), as long as it was; None where that is not said."""
    found = _SHIFT.search(words)
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    half = 30 if found["half"] else 0
    by = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0) + half)
    by = by if found["later"] else -by
    return replace(entry, start=entry.start + by, end=entry.end and entry.end + by)


def names_clock(words: str) -> bool:
    """Whether words name a time of day."""
    return _CLOCK.search(words) is not None


def at_new_times(entry: Entry, said: Entry, words: str, start: datetime, *, holds: bool) -> Entry:
    """The entry as new words have it; what they do not say stays: the other end, the length, the time of day.

    `said` is what the words alone would set. `start` is that of the entry, in the office's zone, and
    `holds` whether it has begun.
    """
    clocks = len(_CLOCK.findall(words))
    begins = _FROM.search(words) is not None
    ends = _UNTIL.search(words) is not None or clocks > 1
    if begins and ends:
        return replace(entry, start=said.start, end=said.end, basis=said.basis)
    an_end_alone = clocks and not begins and (holds or entry.kind not in INTERRUPTIONS)
    if ends or an_end_alone:  # 16時に変更, of an outing; of a meeting to come it is the start
        return replace(entry, end=said.end, basis=said.basis)
    day = said.start.astimezone(start.tzinfo)
    at = day if clocks else datetime.combine(day, start.timetz())
    to_the_end = not clocks or (entry.end and entry.end.astimezone(start.tzinfo).time() == time(0))
    if begins and to_the_end and entry.end and at < entry.end:  # a day at home from noon on ends as it did
        return replace(entry, start=at)
    return replace(entry, start=at, end=entry.end and at + (entry.end - entry.start))
