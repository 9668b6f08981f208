"""What must be sent: written together with the change that causes it, sent after the commit.

A row states an intent (`kind` and a small `payload`); bot/delivery renders it at its first attempt
and freezes the result on the row. Rows of one `lane` go out one after the other.
"""

from datetime import datetime, timedelta
from typing import Any

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
    that nothing can be before it: where this process's own sender takes such rows with the commit, the
    row is written as claimed by it, and no second transaction stands between the two.
    """
    row = tx.new_id()
    taken = first_in_lane and due_at is None and kind in tx.takes
    values = {
        "id": row,
        "organization": office,
        "call": tx.call,
        "lane": lane or row,
        "kind": kind,
        "payload": payload,
        "state": "pending",
        "due_at": due_at or tx.now,
        "claimed_until": tx.now + CLAIMED_FOR if taken else None,
        "attempts": 1 if taken else 0,
        "created_at": tx.now,
    }
    tx.insert(outbox, **values)
    if taken:
        tx.handed.append(values)
    else:
        tx.wake(TOPIC)
    return row
