"""What must be sent: written together with the change that causes it, sent after the commit.

A row states an intent (`kind` and a small `payload`); bot/delivery renders it at its first attempt
and freezes the result on the row. Rows of one `lane` go out one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization
from bot.store.transaction import Transaction

TOPIC = "outbox"
CLAIMED_FOR = timedelta(seconds=20)
"""Longer than any request may take: a claim that runs out belonged to a process that died."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("call", sa.Text),  # the call it belongs to, where there is one
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", Json, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # pending, sent, moot, dead
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("claimed_until", Instant),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("request", Json),
    sa.Column("reference", Json),
    sa.Column("error", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("settled_at", Instant),
    sa.Index(
        "ix_outbox_pending",
        "due_at",
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    ),
    sa.Index(
        "ix_outbox_dead",
        "settled_at",
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    ),
    sa.Index(
        "ix_outbox_lane_pending",
        "lane",
        "id",
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    ),
)


@dataclass(eq=False, slots=True)
class Outgoing:
    """A row that is to be written. `ready`: it is due, and nothing can be before it in its lane."""

    values: dict[str, Any]
    ready: bool


class Taker(Protocol):
    """The sender of this process: it takes rows with the commit that writes them, claimed and rendered."""

    def room(self, verbs: int) -> int:
        """How many rows a verb may hand over while so many others run. Asked in the event loop."""
        ...

    def take(self, tx: Transaction, room: int) -> Sequence[Any]:
        """Claim and render what of `tx.outgoing` is to leave with the commit. At the end of the verb."""
        ...

    def send(self, taken: Sequence[Any]) -> None:
        """The commit is on disk. Said in the event loop."""
        ...


def enqueue(
    tx: Transaction,
    office: str,
    kind: str,
    payload: dict[str, Any],
    *,
    lane: str | None = None,
    due_at: datetime | None = None,
    first_in_lane: bool = False,
) -> str:
    """Have something sent once this transaction is committed; the row's id.

    Without a `lane` the row waits for nothing; without `due_at` it goes at once. `first_in_lane` says
    that nothing can be before it, so that this process's own sender may take it with the commit.
    """
    row = tx.new_id()
    values = {
        "id": row,
        "organization": office,
        "call": tx.call,
        "lane": lane or row,
        "kind": kind,
        "payload": payload,
        "state": "pending",
        "due_at": due_at or tx.now,
        "claimed_until": None,
        "attempts": 0,
        "request": None,
        "created_at": tx.now,
        "settled_at": None,
    }
    tx.outgoing.append(Outgoing(values, ready=first_in_lane and due_at is None))
    return row


def write_outgoing(tx: Transaction) -> None:
    """Write the rows of a transaction, at its end; senders are woken where one is for them."""
    rows = [row.values for row in tx.outgoing]
    tx.insert_all(outbox, rows)
    if any(row["state"] == "pending" and row["claimed_until"] is None for row in rows):
        tx.wake(TOPIC)
