"""Events that arrived: each counts once, however often a platform repeats it, and in its order."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.columns import Instant, metadata
from bot.store.transaction import Transaction

KEPT_FOR = timedelta(days=3)
"""Longer than any platform repeats an event (Slack: 24 h of delayed events; LINE: undisclosed)."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("received_at", Instant, nullable=False, index=True),
)

senders = sa.Table(
    "inbox_senders",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("newest_at", Instant, nullable=False, index=True),  # by the platform's clock
)


def first_time(tx: Transaction, organization: str, source: str, key: str) -> bool:
    """Whether this event is new. `source` is a platform, `key` its own name of the event."""
    return tx.insert_if_new(inbox, organization=organization, source=source, key=key, received_at=tx.now)


def in_order(tx: Transaction, organization: str, source: str, sender: str, at: datetime) -> bool:
    """Whether nothing that `sender` did later than `at` (by the platform's clock) was taken before."""
    if tx.insert_if_new(senders, organization=organization, source=source, sender=sender, newest_at=at):
        return True
    mine = (
        senders.c.organization == organization,
        senders.c.source == source,
        senders.c.sender == sender,
    )
    row = tx.lock(sa.select(senders.c.newest_at).where(*mine))
    if row is not None and row.newest_at > at:
        return False
    tx.update(senders, *mine, newest_at=at)
    return True


def forget_old(tx: Transaction) -> int:
    """Drop what no platform will repeat any more; how many."""
    before: datetime = tx.now - KEPT_FOR
    tx.execute(sa.delete(senders).where(senders.c.newest_at < before))
    return tx.execute(sa.delete(inbox).where(inbox.c.received_at < before)).rowcount
