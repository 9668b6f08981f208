"""What people are asked by the clock: a return that has passed, a trip without an end.

Each question is taken by one transaction, which is the one to have it sent: once, whatever number of
processes look, and not again after a restart.
"""

from datetime import date

import sqlalchemy as sa

from bot.language.model import Kind
from bot.office.hours import is_open, local_day
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.board import lock_board
from bot.presence.tables import board, entries
from bot.presence.timeline import INTERRUPTIONS, StoredEntry, holding, overdue
from bot.presence.verbs import entries_of
from bot.store.job_runs import claim_run, has_run
from bot.store.transaction import Transaction

_OPEN_TRIPS = "presence.open_trips"


def unasked(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, staff) whose return has passed and who were not asked yet."""
    rows = tx.all(sa.select(board.c.organization, board.c.staff).where(board.c.ask_entry.is_not(None)))
    return [(row.organization, row.staff) for row in rows]


def take_overdue(tx: Transaction, roster: Roster, person: Person) -> StoredEntry | None:
    """The entry that the person is to be asked about now; None where another took it or it is settled."""
    row = lock_board(tx, roster.organization, person.id)
    if row.ask_entry is None:
        return None
    tx.update(
        board,
        board.c.organization == roster.organization,
        board.c.staff == person.id,
        ask_entry=None,
        asked_entry=row.ask_entry,
    )
    late = overdue(entries_of(tx, roster.organization, person.id), tx.now, roster.calendar)
    return late if late and late.id == row.ask_entry else None


def opening_day(tx: Transaction, roster: Roster) -> date | None:
    """Today, while the office is open and nobody was asked about open trips yet."""
    day = local_day(roster.office, tx.now)
    asked = has_run(tx, roster.organization, _OPEN_TRIPS, day.isoformat())
    return day if is_open(roster.office, tx.now) and not asked else None


def take_open_trips(tx: Transaction, roster: Roster) -> list[tuple[Person, StoredEntry]]:
    """Who is on a trip without an end since an earlier day; once for each business day, after opening."""
    day = opening_day(tx, roster)
    if day is None or not claim_run(tx, roster.organization, _OPEN_TRIPS, day.isoformat()):
        return []
    rows = tx.all(
        sa.select(entries.c.staff)
        .distinct()
        .where(
            entries.c.organization == roster.organization,
            entries.c.kind == Kind.TRIP,
            entries.c.end_at.is_(None),
            entries.c.closed_at.is_(None),
        )
    )
    found = []
    for row in rows:
        person = roster.people.get(row.staff)
        trip = person and _open_trip(tx, roster, person, day)
        if person and trip:
            found.append((person, trip))
    return found


def _open_trip(tx: Transaction, roster: Roster, person: Person, day: date) -> StoredEntry | None:
    """The trip that holds, also during a meeting on it; not one that began this very day."""
    stored = entries_of(tx, roster.organization, person.id)
    long = [item for item in stored if item.entry.kind not in INTERRUPTIONS]
    held = holding(long, tx.now)
    if held is None or held.entry.kind is not Kind.TRIP or held.stops is not None:
        return None
    return held if local_day(roster.office, held.entry.start) < day else None
