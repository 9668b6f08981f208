"""The outbox as a queue: claiming what is due, and recording what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.outbox import outbox
from bot.store.transaction import Transaction

CLAIMED_FOR = timedelta(seconds=20)
"""Longer than any request may take: a claim that runs out belonged to a process that died."""
_LONGEST_PAUSE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=48)
"""A chat that is down for a weekend still gets its messages."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One claimed row. `attempts` counts this one; `request` is frozen since the first attempt.

    `uncertain`: an earlier attempt may have succeeded without our knowing.
    """

    id: str
    organization: str
    lane: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    request: dict[str, Any] | None
    uncertain: bool
    created_at: datetime


_earlier = outbox.alias("earlier")
_DUE = (
    sa.select(outbox)
    .where(
        outbox.c.state == "pending",
        outbox.c.due_at <= sa.bindparam("now"),
        sa.or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= sa.bindparam("now")),
        ~sa.exists().where(
            _earlier.c.lane == outbox.c.lane, _earlier.c.state == "pending", _earlier.c.id < outbox.c.id
        ),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=outbox)
)


def claim(tx: Transaction, limit: int) -> list[Parcel]:
    """Take rows that are due, at most one of each lane; nobody else gets them while they are claimed."""
    rows = tx.all(_DUE, {"now": tx.now, "limit": limit})
    for row in rows:
        tx.update(
            outbox, outbox.c.id == row.id, attempts=row.attempts + 1, claimed_until=tx.now + CLAIMED_FOR
        )
    return [
        Parcel(
            id=row.id,
            organization=row.organization,
            lane=row.lane,
            kind=row.kind,
            payload=row.payload,
            attempts=row.attempts + 1,
            request=row.request,
            uncertain=row.claimed_until is not None or row.error == "unknown",
            created_at=row.created_at,
        )
        for row in rows
    ]


def release_claims(tx: Transaction) -> int:
    """Take over what a process that is surely gone had claimed (SQLite: there is only ever one)."""
    return tx.update(
        outbox, outbox.c.state == "pending", outbox.c.claimed_until.is_not(None), claimed_until=tx.now
    )


def freeze(tx: Transaction, parcel_id: str, request: dict[str, Any]) -> None:
    """Keep what is about to be sent: a second attempt sends the same."""
    tx.update(outbox, outbox.c.id == parcel_id, request=request)


def settle(
    tx: Transaction, parcel_id: str, state: str, *, reference: Any = None, error: str | None = None
) -> None:
    """The row is finished: sent, moot (nobody needs it any more) or dead."""
    tx.update(
        outbox,
        outbox.c.id == parcel_id,
        state=state,
        reference=reference,
        error=error,
        claimed_until=None,
        settled_at=tx.now,
    )


def put_back(tx: Transaction, parcel: Parcel, error: str, retry_after: timedelta | None) -> None:
    """Try again later: when the platform says, else after a pause that doubles."""
    pause = retry_after or min(timedelta(seconds=2 ** min(parcel.attempts - 1, 9)), _LONGEST_PAUSE)
    tx.update(outbox, outbox.c.id == parcel.id, due_at=tx.now + pause, claimed_until=None, error=error)


def next_due(tx: Transaction) -> datetime | None:
    """When the next waiting row is due."""
    found: datetime | None = tx.execute(
        sa.select(sa.func.min(outbox.c.due_at)).where(outbox.c.state == "pending")
    ).scalar()
    return found


def backlog(tx: Transaction) -> tuple[int, datetime | None]:
    """How many rows are due, and since when the oldest has waited.

    A row that is put off until its platform answers again waits all the while.
    """
    due, tried = outbox.c.due_at <= tx.now, outbox.c.attempts > 0
    since = sa.case((tried, outbox.c.created_at), else_=outbox.c.due_at)
    row = tx.execute(
        sa.select(sa.func.count().filter(due).label("due"), sa.func.min(since).label("oldest")).where(
            outbox.c.state == "pending", sa.or_(due, tried)
        )
    ).one()
    return int(row.due), row.oldest


def forget_settled(tx: Transaction, before: datetime) -> int:
    """Drop what was finished before an instant; how many."""
    return tx.execute(
        sa.delete(outbox).where(outbox.c.state.in_(("sent", "moot")), outbox.c.settled_at < before)
    ).rowcount
