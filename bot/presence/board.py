"""The board: what was last told of each person, and when the clock will change it.

Every change goes through `publish`; a job calls `refresh_due` for changes that time alone makes.
What differs from the last telling gets the next version and goes to the routing backends, in order.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.answer import caller_answer
from bot.presence.model import NOTHING_SET, PresenceNow
from bot.presence.reachable import may_be_asked
from bot.presence.tables import board
from bot.presence.timeline import StoredEntry, next_change, overdue, presence_at
from bot.store.cards import touch_cards
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

QUESTION = "presence.question"
"""Subject of the cards by which the clock asks a person about an entry; their ids: `question_id`."""
CHANGED = "presence.changed"
"""Outbox kind: one backend is to hear the newest presence of one person."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of one person, locked until the commit: their row of the board, their entries."""

    row: Any
    entries: list[StoredEntry]


def lock_board(tx: Transaction, organization: str, staff: str) -> Any:
    """The person's row, made where it is missing, locked until the commit."""
    whose = {"whose": organization, "who": staff}
    row = tx.first(_LOCKED, whose)
    if row is None:
        shown = as_shown(NOTHING_SET)
        tx.insert_if_new(board, organization=organization, staff=staff, version=0, shown=shown)
        row = tx.first(_LOCKED, whose)
    assert row is not None
    return row


_LOCKED = (
    sa.select(board)
    .where(board.c.organization == sa.bindparam("whose"), board.c.staff == sa.bindparam("who"))
    .with_for_update()
)
_PUBLISH = (
    sa.update(board)
    .where(board.c.organization == sa.bindparam("whose"), board.c.staff == sa.bindparam("who"))
    .values(
        shown=sa.bindparam("telling"),
        version=sa.bindparam("counted"),
        next_at=sa.bindparam("next_time"),
        ask_entry=sa.bindparam("asking"),
    )
)


def question_id(entry: str, day: date | None = None) -> str:
    """The subject of a question: about an overdue return once, about an open trip once a `day`."""
    return f"{entry}:{day.isoformat()}" if day else entry


def as_shown(presence: PresenceNow) -> dict[str, Any]:
    """A presence as plain data, as it is compared and stored."""
    return {
        "kind": presence.kind.value if presence.kind else None,
        "start": presence.start.isoformat() if presence.start else None,
        "end": presence.end.isoformat() if presence.end else None,
        "basis": presence.basis.value if presence.basis else None,
        "note": presence.note,
        "word": presence.word,
        "overdue": presence.overdue,
    }


def publish(tx: Transaction, roster: Roster, person: Person, known: Known) -> PresenceNow:
    """Bring the person's board row up to date, and tell the backends if what holds is new: that is returned.

    A return that has just become overdue is noted, for the person to be asked about it once.
    """
    row, stored = known.row, known.entries
    now = presence_at(stored, tx.now, roster.calendar)
    shown = as_shown(now)
    changed = row.shown != shown
    late = overdue(stored, tx.now, roster.calendar)
    told_now = {
        "whose": roster.organization,
        "who": person.id,
        "telling": shown,
        "counted": row.version + 1 if changed else row.version,
        "next_time": next_change(stored, tx.now, roster.calendar),
        "asking": late.id if late and late.id != row.asked_entry else None,
    }
    tx.execute(_PUBLISH, told_now)
    if not changed:
        return now
    if row.asked_entry and row.shown.get("overdue") != shown["overdue"]:
        touch_cards(tx, roster.organization, QUESTION, question_id(row.asked_entry))
    for index in range(len(roster.office.routing)):
        enqueue(
            tx,
            roster.organization,
            CHANGED,
            {"backend": index, "data": told(roster, person, now, row.version + 1, tx.now)},
            lane=f"presence:{roster.organization}:{index}:{person.id}",
        )
    return now


def told(roster: Roster, person: Person, presence: PresenceNow, version: int, at: datetime) -> dict[str, Any]:
    """A presence as backends and the API hear it; `say` is the sentence for callers. Never the note."""
    shown = as_shown(presence)
    return {
        "organization": roster.organization,
        "staff": person.id,
        "version": version,
        **{name: shown[name] for name in ("kind", "start", "end", "basis")},
        "reachable": may_be_asked(roster.office, person, presence, at, urgent=False, vip=False),
        "say": caller_answer(roster.office, person, presence, at).sentence,
    }


def due(tx: Transaction, limit: int = 200) -> list[tuple[str, str]]:
    """(organization, staff) whose presence the clock has changed since it was last told."""
    rows = tx.all(
        sa.select(board.c.organization, board.c.staff)
        .where(board.c.next_at <= tx.now)
        .order_by(board.c.next_at)
        .limit(limit)
    )
    return [(row.organization, row.staff) for row in rows]


def version_of(tx: Transaction, organization: str, staff: str) -> tuple[int, datetime | None]:
    """The number of the last telling, and when the next change by the clock comes."""
    row = tx.first(
        sa.select(board.c.version, board.c.next_at).where(
            board.c.organization == organization, board.c.staff == staff
        )
    )
    return (row.version, row.next_at) if row else (0, None)


def versions_of(tx: Transaction, organization: str) -> dict[str, int]:
    """The number of the last telling of everybody who was ever told of."""
    rows = tx.all(sa.select(board.c.staff, board.c.version).where(board.c.organization == organization))
    return {row.staff: row.version for row in rows}


def forget(tx: Transaction, organization: str, staff: str) -> None:
    """Nobody waits for the clock on behalf of somebody who left."""
    tx.update(
        board, board.c.organization == organization, board.c.staff == staff, next_at=None, ask_entry=None
    )
