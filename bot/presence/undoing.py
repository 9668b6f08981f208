"""Taking a change back: everything is as if it had not been made, and what was done since then stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.office.roster import Roster
from bot.presence.board import publish
from bot.presence.tables import changes, entries, series
from bot.presence.timeline import StoredEntry, presence_at
from bot.presence.verbs import Change, NothingToChangeError, as_stored, ended_by, entries_of, locked
from bot.store.transaction import Transaction


def undo_change(tx: Transaction, roster: Roster, change_id: str) -> Change:
    """Put back what was there before a change, except for what was said or taken back since.

    Raises:
        NothingToChangeError: there is no such change, or it is undone already.
    """
    of_office = changes.c.organization == roster.organization
    row = tx.lock(
        sa.select(changes).where(of_office, changes.c.id == change_id, changes.c.undone_at.is_(None))
    )
    if row is None or row.staff not in roster.people:
        raise NothingToChangeError
    person = roster.people[row.staff]
    known = locked(tx, roster, person)
    before = presence_at(known.entries, tx.now, roster.calendar)
    tx.update(changes, changes.c.id == change_id, undone_at=tx.now)
    # Withdrawn entries never held: closed at their own start.
    tx.update(entries, entries.c.change == change_id, closed_at=entries.c.start_at)
    _put_back(tx, row, roster.zone)
    # A repetition that the change began ends with it; one that it ended goes on.
    tx.update(series, series.c.change == change_id, ended_by=change_id)
    tx.update(series, series.c.ended_by == change_id, series.c.change != change_id, ended_by=None)
    known = replace(known, entries=entries_of(tx, roster.organization, person.id))
    after = publish(tx, roster, person, known)
    return Change(change_id, person.id, "undo", before, after)


def _put_back(tx: Transaction, undone: Any, zone: ZoneInfo) -> None:
    """Reopen what a change closed, as far as what was said since leaves it open."""
    before = dict(undone.closed)
    items = _entries(tx, undone, entries.c.id.in_(before))
    its_own = changes.c.id.in_({item.change for item in items})
    taken_back = {row.id for row in _changes(tx, undone, its_own, changes.c.undone_at.is_not(None))}
    later = _changes(tx, undone, changes.c.id > undone.id, changes.c.undone_at.is_(None))
    edited = {given for row in later if row.action == "edit" for given, _ in row.closed}
    said = _entries(tx, undone, entries.c.change.in_({row.id for row in later}) | entries.c.id.in_(edited))
    closed = {row.id: list(row.closed) for row in later}
    for item in items:
        if item.change in taken_back:
            continue
        was = datetime.fromisoformat(before[item.id]) if before[item.id] else None
        ending = next((row for row in later if was is None and _would_end(row, item, said, zone)), None)
        if ending is not None:
            closed[ending.id].append([item.id, None])
            tx.update(changes, changes.c.id == ending.id, closed=closed[ending.id])
            was = max(ending.created_at, item.entry.start)
        tx.update(entries, entries.c.id == item.id, closed_at=was)


def _would_end(change: Any, item: StoredEntry, said: Sequence[StoredEntry], zone: ZoneInfo) -> bool:
    """Whether a change would have ended an entry, had that still been open."""
    if change.action == "clear":  # a return that is overdue, too
        return bool(item.entry.start <= change.created_at)
    if change.action == "calendar":
        return False
    new = [other.entry for other in said if other.change == change.id]
    edited = dict(change.closed) if change.action == "edit" else {}
    replaced = [other for other in said if other.id in edited]
    held = replace(item, closed_at=None)
    return bool(ended_by([held], new, change.created_at, zone, replaced=replaced))


def _changes(tx: Transaction, beside: Any, *which: sa.ColumnElement[bool]) -> Sequence[Any]:
    """The changes of the same person, the oldest first."""
    theirs = (changes.c.organization == beside.organization, changes.c.staff == beside.staff)
    return tx.all(sa.select(changes).where(*theirs, *which).order_by(changes.c.id))


def _entries(tx: Transaction, beside: Any, *which: sa.ColumnElement[bool]) -> list[StoredEntry]:
    """The entries of the same person."""
    theirs = (entries.c.organization == beside.organization, entries.c.staff == beside.staff)
    return [as_stored(row) for row in tx.all(sa.select(entries).where(*theirs, *which))]
