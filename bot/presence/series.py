"""Repetitions kept: begun, ended, and their occurrences made into entries some weeks ahead.

An occurrence is an ordinary entry of the change that began the repetition. So what is said later of
one day goes first, one occurrence is cancelled or changed like any entry, and undo takes all back.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.language.model import Entry
from bot.office.hours import local_day
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.board import publish
from bot.presence.model import PresenceNow
from bot.presence.repeating import Rule
from bot.presence.tables import series
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import (
    Actor,
    Change,
    NothingToChangeError,
    add_entry,
    ended_by,
    locked,
    record_change,
)
from bot.store.transaction import Transaction

AHEAD = timedelta(weeks=8)
"""How far ahead occurrences are entries."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Series:
    """One repetition of a person that has not ended."""

    id: str
    staff: str
    change: str
    rule: Rule


def begin_series(
    tx: Transaction,
    roster: Roster,
    person: Person,
    rule: Rule,
    actor: Actor,
    *,
    instead_of: str | None = None,
) -> Change:
    """Record something that repeats, in the place of another repetition where one is given.

    The change's entries are the occurrences made so far.
    """
    known = locked(tx, roster, person)
    until = local_day(roster.office, tx.now) + AHEAD
    new = _occurrences(roster, rule, rule.first, until, tx)
    closing = _live(known.entries, instead_of, tx.now) if instead_of else []
    closing += [item for item in ended_by(known.entries, new, tx.now, roster.zone) if item not in closing]
    change = record_change(tx, roster, person, actor, "repeat", known, closing, ())
    if instead_of:
        tx.update(series, series.c.id == instead_of, series.c.ended_by.is_(None), ended_by=change.id)
    begun = tx.new_id()
    tx.insert(
        series,
        id=begun,
        organization=roster.organization,
        staff=person.id,
        change=change.id,
        rule=rule.as_json(),
        made_until=until,
    )
    after = _add(tx, roster, person, change.id, begun, new)
    return replace(change, after=after, entries=new)


def end_series(tx: Transaction, roster: Roster, person: Person, given: str, actor: Actor) -> Change:
    """Take a repetition back: what of it holds or is still to come.

    Raises:
        NothingToChangeError: it has ended, or was never there.
    """
    known = locked(tx, roster, person)
    if find_series(tx, roster.organization, given) is None:
        raise NothingToChangeError
    closing = _live(known.entries, given, tx.now)
    change = record_change(tx, roster, person, actor, "end_repeat", known, closing, ())
    tx.update(series, series.c.id == given, ended_by=change.id)
    return change


def find_series(tx: Transaction, organization: str, given: str) -> Series | None:
    """The repetition of that id, unless it has ended."""
    row = tx.first(_OF_OFFICE.where(series.c.organization == organization, series.c.id == given))
    return _series(row) if row else None


def series_of(tx: Transaction, organization: str, staff: str) -> list[Series]:
    """A person's repetitions, the oldest first."""
    rows = tx.all(_OF_OFFICE.where(series.c.organization == organization, series.c.staff == staff))
    return [_series(row) for row in rows]


def without_later_occurrences(plan: Sequence[StoredEntry], zone: ZoneInfo) -> list[StoredEntry]:
    """A plan as people read it: of what repeats, here or in a calendar, only the day that comes first."""
    shown: list[StoredEntry] = []
    first_days: dict[Hashable, date] = {}
    for item in plan:
        day = item.entry.start.astimezone(zone).date()
        again = item.series or _as_in_calendar(item, zone)
        if again is None or first_days.setdefault(again, day) == day:
            shown.append(item)
    return shown


def _as_in_calendar(item: StoredEntry, zone: ZoneInfo) -> Hashable:
    """What an event has in common with its other occurrences; None for what is not from a calendar."""
    if not item.event:
        return None
    entry = item.entry
    length = entry.end and entry.end - entry.start
    return entry.kind, entry.note, entry.start.astimezone(zone).time(), length


def unmade(tx: Transaction, limit: int = 200) -> list[tuple[str, str]]:
    """(organization, series) whose occurrences should be made further ahead."""
    soon = tx.now.date() + AHEAD - timedelta(weeks=1)
    rows = tx.all(
        sa.select(series.c.organization, series.c.id)
        .where(series.c.ended_by.is_(None), series.c.made_until < soon)
        .limit(limit)
    )
    return [(row.organization, row.id) for row in rows]


def make_further(tx: Transaction, roster: Roster, given: str) -> int:
    """Make the next weeks' occurrences of a repetition; how many entries. Twice makes them once."""
    found = find_series(tx, roster.organization, given)
    person: Person | None = roster.people.get(found.staff) if found else None  # type: ignore[call-overload]
    if found is None or person is None:
        tx.update(series, series.c.id == given, ended_by=sa.func.coalesce(series.c.ended_by, given))
        return 0
    locked(tx, roster, person)
    row = tx.execute(sa.select(series.c.made_until).where(series.c.id == given)).one()
    until = local_day(roster.office, tx.now) + AHEAD
    new = _occurrences(roster, found.rule, row.made_until, until, tx)
    tx.update(series, series.c.id == given, made_until=max(until, row.made_until))
    _add(tx, roster, person, found.change, given, new)
    return len(new)


def _occurrences(roster: Roster, rule: Rule, since: date, until: date, tx: Transaction) -> tuple[Entry, ...]:
    """The entries of the days from `since` up to and without `until`; what is over by now is left out."""
    made = []
    for n in range(max(0, (until - since).days)):
        day = since + n * _DAY
        if rule.falls_on(day, roster.calendar):
            made += [
                replace(entry, start=max(entry.start, tx.now.astimezone(roster.zone)))
                for entry in rule.entries_on(day, roster.zone)
                if entry.end is None or entry.end > tx.now
            ]
    return tuple(made)


def _add(
    tx: Transaction, roster: Roster, person: Person, change: str, given: str, new: Sequence[Entry]
) -> PresenceNow:
    for entry in new:
        add_entry(tx, roster, person, change, entry, series=given)
    return publish(tx, roster, person, locked(tx, roster, person))


def _live(stored: Sequence[StoredEntry], given: str, now: datetime) -> list[StoredEntry]:
    """What of a repetition holds or is still to come."""
    return [
        item
        for item in stored
        if item.series == given and not item.closed_at and (item.stops is None or item.stops > now)
    ]


_OF_OFFICE = sa.select(series).where(series.c.ended_by.is_(None)).order_by(series.c.id)


def _series(row: Any) -> Series:
    return Series(row.id, row.staff, row.change, Rule.from_json(row.rule))
