"""Events that arrived: each counts once, however often a platform repeats it."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.columns import Instant, metadata
from bot.store.transaction import Transaction

KEPT_FOR = timedelta(days=3)
"""Longer than any platform repeats an event (Slack: 24 h of delayed events; LINE: undisclosed)."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("organization", sa.Text, nullable=False),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("received_at", Instant, nullable=False, index=True),
)


def first_time(tx: Transaction, organization: str, source: str, key: str) -> bool:
    """Whether this event is new. `source` is a platform, `key` its own name of the event."""
    return tx.insert_if_new(inbox, organization=organization, source=source, key=key, received_at=tx.now)


def forget_old(tx: Transaction) -> int:
    """Drop what no platform will repeat any more; how many."""
    before: datetime = tx.now - KEPT_FOR
    return tx.execute(sa.delete(inbox).where(inbox.c.received_at < before)).rowcount
