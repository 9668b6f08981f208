"""Events that arrived: each counts once, however often a platform repeats it, and in its order.

And what somebody's next words are meant of, where they were asked for them.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.columns import Instant, metadata
from bot.store.transaction import Transaction

KEPT_FOR = timedelta(days=3)
"""Longer than any platform repeats an event (Slack: 24 h of delayed events; LINE: undisclosed)."""
_AWAITED = "chat.edit"

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
    its = {"organization": organization, "source": source, "sender": sender}
    return tx.put_newest(senders, "newest_at", **its, newest_at=at)


def await_words(tx: Transaction, organization: str, person: str, about: str, at: datetime) -> None:
    """What a person types next is meant of `about`, since `at`; of nothing else that was said so before."""
    stop_awaiting(tx, organization, person)
    key = f"{person} {about}"
    tx.insert(inbox, organization=organization, source=_AWAITED, key=key, received_at=at)


def awaited(tx: Transaction, organization: str, person: str, since: datetime, until: datetime) -> str | None:
    """What the words of a person are meant of, if that was said between two moments."""
    said = inbox.c.received_at.between(since, until)
    row = tx.first(sa.select(inbox.c.key).where(*_awaited_of(organization, person), said))
    return row.key.rpartition(" ")[2] if row else None


def stop_awaiting(tx: Transaction, organization: str, person: str) -> None:
    """What a person types next is meant of nothing in particular."""
    tx.execute(sa.delete(inbox).where(*_awaited_of(organization, person)))


def _awaited_of(organization: str, person: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        inbox.c.organization == organization,
        inbox.c.source == _AWAITED,
        inbox.c.key.startswith(f"{person} ", autoescape=True),
    )


def forget_old(tx: Transaction) -> int:
    """Drop what no platform will repeat any more; how many."""
    before: datetime = tx.now - KEPT_FOR
    tx.execute(sa.delete(senders).where(senders.c.newest_at < before))
    return tx.execute(sa.delete(inbox).where(inbox.c.received_at < before)).rowcount
