"""Stretches in local time, the ends that nobody said, and how stretches of one message fit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.language import times
from bot.language.frames import Found, Frame
from bot.language.model import Basis, Kind, OfficeCalendar

_HOUR = timedelta(hours=1)
_ALL_DAY = frozenset({Kind.REMOTE, Kind.AVAILABLE})
BRIEF = frozenset({Kind.AWAY, Kind.BUSY, Kind.MEETING})  # an hour, where nothing is said


@dataclass(slots=True)
class Draft:
    """An entry in local time, before stretches are fitted to each other."""

    kind: Kind
    start: datetime
    end: datetime | None
    basis: Basis
    frame: Frame
    word: Found | None
    starts_itself: bool  # its start was said, not taken from the moment


def assumed_end(kind: Kind, start: datetime, calendar: OfficeCalendar) -> tuple[datetime | None, Basis]:
    """The end of a stretch of which none was said (docs/status-language.md, End)."""
    if kind in BRIEF:
        return start + _HOUR, Basis.ASSUMED
    if kind is Kind.TRIP:
        return None, Basis.OPEN
    after = times.midnight_after(start.date())
    if kind is Kind.LEFT:
        return after, Basis.STATED
    if kind is Kind.OUT:
        closing = datetime.combine(start.date(), calendar.closing)
        return (closing if start < closing else after), Basis.ASSUMED
    if kind is Kind.LATE:
        noon = datetime.combine(start.date(), calendar.noon)
        return (noon if start < noon else start + _HOUR), Basis.ASSUMED
    return after, Basis.ASSUMED


def _lasts_around(draft: Draft, inner: Draft) -> bool:
    """在宅、14時〜15時 MTG: a state of the whole day goes on behind what has an end of its own."""
    return draft.kind in _ALL_DAY and inner.basis not in (Basis.ASSUMED, Basis.OPEN)


def fitted(drafts: list[Draft], calendar: OfficeCalendar) -> list[Draft]:
    """Stretches in the order of time, overlapping only where one lies inside another.

    An assumed end is cut at the next start; a stretch whose start was not said follows the one before it
    that ends sooner.
    """
    if len(drafts) == 1:
        return drafts
    for before, draft in pairwise(drafts):
        if draft.starts_itself or before.end is None or before.end.date() != draft.start.date():
            continue
        if draft.start < before.end and (draft.end is None or draft.end > before.end):
            if draft.basis is Basis.ASSUMED and draft.end is not None:
                draft.end, _ = assumed_end(draft.kind, before.end, calendar)
            draft.start = before.end
    ordered = sorted(drafts, key=lambda draft: draft.start)
    for index, draft in enumerate(ordered):
        for later in ordered[index + 1 :]:
            if draft.end is None or not draft.start < later.start < draft.end:
                continue
            inside = later.end is not None and later.end <= draft.end
            ended = draft.basis is Basis.ASSUMED and not _lasts_around(draft, later)
            if ended or not inside:
                draft.end = later.start
    return ordered
