"""What holds, of all that was said: pure functions on stored entries.

Later words win where entries overlap. An entry inside another keeps both, the inner one counting
while it lasts; so does an earlier planned hour inside a later day of `remote` or `available`. Who comes
in on a day of leave, trip or `remote` is in on that day, and away again on the next. What was read in a
calendar holds only where the person has said nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.language.model import Basis, Entry, Kind, OfficeCalendar
from bot.presence.model import NOTHING_SET, PresenceNow

_RETURNS = {Kind.OUT, Kind.TRIP, Kind.LATE}
_FRAMES = {Kind.REMOTE, Kind.AVAILABLE}
_DAY = timedelta(days=1)
INTERRUPTIONS = {Kind.MEETING, Kind.AWAY, Kind.BUSY}
"""Kinds that happen inside another state instead of ending it."""
_WHILE_IN = INTERRUPTIONS | {Kind.LATE}


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry and where it came from. `change` ids sort by time; `closed_at` cuts it short.

    `series` is the repetition it belongs to; `event` is not None where it was read in a calendar.
    """

    id: str
    change: str
    entry: Entry
    closed_at: datetime | None = None
    series: str | None = None
    event: str | None = None

    @property
    def said(self) -> str:
        """When it was said, to be compared: a calendar is one saying, older than any of the person's."""
        return self.change if self.event is None else ""

    @property
    def stops(self) -> datetime | None:
        """The end that counts: its own, or the moment it was closed."""
        if self.closed_at and (self.entry.end is None or self.closed_at < self.entry.end):
            return self.closed_at
        return self.entry.end

    def covers(self, at: datetime) -> bool:
        stops = self.stops
        return self.entry.start <= at and (stops is None or at < stops)

    def inside(self, other: "StoredEntry") -> bool:
        """Whether this one is a part of the time of `other`."""
        if self.entry.start < other.entry.start or self.entry.end is None:
            return False
        return other.entry.end is None or self.entry.end <= other.entry.end


def holding(stored: Iterable[StoredEntry], at: datetime) -> StoredEntry | None:
    """The entry that counts at a moment, None where none covers it."""
    chosen: StoredEntry | None = None
    known = sorted(stored, key=lambda item: (item.said, item.entry.start))
    aside = set_aside(known, at)
    for candidate in known:
        if not candidate.covers(at) or candidate.id in aside:
            continue
        if chosen is not None and _keeps(chosen, candidate):
            continue
        chosen = candidate
    return chosen


def set_aside(stored: Sequence[StoredEntry], at: datetime) -> set[str]:
    """What does not count on the day of a moment, because the person said that they come in on that day.

    An arrival begins where its day does (26日は出社します), or when it was said.
    """
    arrivals = [
        (item.said, item.entry.start, item.stops)
        for item in stored
        if item.entry.kind is Kind.LATE and item.stops and item.entry.start <= at < item.entry.start + _DAY
    ]
    return {
        item.id
        for item in stored
        for said, start, stops in arrivals
        if item.entry.kind not in _WHILE_IN
        and item.said <= said
        and item.entry.start <= start < stops
        and item.covers(stops)
    }


def _keeps(earlier: StoredEntry, later: StoredEntry) -> bool:
    """Whether `earlier` goes on counting although `later` covers the moment too."""
    if earlier.said == later.said:
        return earlier.inside(later) and not later.inside(earlier)
    if earlier.event is not None:
        return False  # a calendar never counts over what the person said
    return later.entry.kind in _FRAMES and earlier.entry.kind not in _FRAMES and earlier.inside(later)


def presence_at(stored: Sequence[StoredEntry], at: datetime, calendar: OfficeCalendar) -> PresenceNow:
    """What holds for one person at a moment, an overdue return included.

    A stated or approximate end of `out`, `trip` or `late` that passes is overdue until any later
    entry begins, it is closed, or the office closes that day.
    """
    current = holding(stored, at)
    if current:
        entry = current.entry
        return PresenceNow(entry.kind, entry.start, current.stops, entry.basis, entry.note, entry.word)
    late = overdue(stored, at, calendar)
    if late:
        entry = late.entry
        return PresenceNow(
            entry.kind, entry.start, entry.end, entry.basis, entry.note, entry.word, overdue=True
        )
    return NOTHING_SET


def overdue(stored: Sequence[StoredEntry], at: datetime, calendar: OfficeCalendar) -> StoredEntry | None:
    """The entry whose return has passed without a word, while nothing else holds."""
    if holding(stored, at):
        return None
    passed = [item for item in stored if item.stops is not None and item.entry.start < item.stops <= at]
    if not passed:
        return None
    last = max(passed, key=lambda item: (item.stops, item.said))
    entry = last.entry
    if last.closed_at or entry.end is None or entry.kind not in _RETURNS:
        return None
    if entry.basis not in (Basis.STATED, Basis.APPROX) or at >= forgotten_at(entry.end, calendar):
        return None
    return last


def forgotten_at(end: datetime, calendar: OfficeCalendar) -> datetime:
    """When an overdue return is no longer waited for: closing on the day of its end.

    An end at midnight or outside the hours is nobody's return during the day: it is never overdue.
    """
    local = end.astimezone(calendar.zone)
    closing = local.replace(
        hour=calendar.closing.hour, minute=calendar.closing.minute, second=0, microsecond=0
    )
    opens = local.replace(hour=calendar.opening.hour, minute=calendar.opening.minute, second=0, microsecond=0)
    return closing if opens <= local < closing else end


def next_change(stored: Sequence[StoredEntry], at: datetime, calendar: OfficeCalendar) -> datetime | None:
    """The next instant after `at` when the clock alone may change what holds."""
    instants = [item.entry.start for item in stored if not item.closed_at]
    for item in stored:
        if item.entry.kind is Kind.LATE:
            instants.append(item.entry.start + _DAY)
        if item.stops:
            instants.append(item.stops)
            if not item.closed_at:
                instants.append(forgotten_at(item.stops, calendar))
    return min((instant for instant in instants if instant > at), default=None)
