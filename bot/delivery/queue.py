"""The outbox as a queue: claiming what is due, and recording what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby, zip_longest
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.store.outbox import CLAIMED_FOR, outbox
from bot.store.transaction import Transaction

UNKNOWN = "unknown"
"""The error of a row whose last attempt may have succeeded."""
_LONGEST_PAUSE = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=1)
"""No platform's Retry-After is believed beyond this."""
_CLOCKS_DIFFER = timedelta(seconds=10)
"""Machines whose clocks agree less than this are not kept in order."""
GIVE_UP_AFTER = timedelta(hours=48)
"""A chat that is down for a weekend still gets its messages."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One claimed row. `attempts` counts this one; `request` is frozen since the first attempt.

    `due_at` is when it was to go. `uncertain`: an earlier attempt may have succeeded without our knowing.
    """

    id: str
    organization: str
    call: str | None
    lane: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    request: dict[str, Any] | None
    uncertain: bool
    created_at: datetime
    due_at: datetime


def parcel_of(row: Mapping[str, Any], *, attempts: int, uncertain: bool = False) -> Parcel:
    """A claimed row as its courier gets it."""
    names = ("id", "organization", "call", "lane", "kind", "payload", "created_at", "due_at")
    said = {name: row[name] for name in names}
    return Parcel(**said, request=row.get("request"), attempts=attempts, uncertain=uncertain)


_first = outbox.alias("first")
_FIRST_OF_LANE = (
    sa.select(_first.c.id)
    .where(_first.c.lane == outbox.c.lane, _first.c.state == "pending")
    .order_by(_first.c.id)
    .limit(1)
    .scalar_subquery()
)
"""Looked up row by row: NOT EXISTS is a join to PostgreSQL, and one of nothing with nothing, because its
statistics are made while nothing is pending. With five hundred rows each look took a tenth of a second."""
_DUE = (
    sa.select(outbox)
    .where(
        outbox.c.state == "pending",
        outbox.c.due_at <= sa.bindparam("now"),
        sa.or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= sa.bindparam("now")),
        outbox.c.organization.not_in(sa.bindparam("without", expanding=True)),
        outbox.c.id == _FIRST_OF_LANE,
    )
    .order_by(outbox.c.due_at)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=outbox)
)
_DUE_FIRST = _DUE.where(outbox.c.kind.in_(sa.bindparam("kinds", expanding=True)))

_CLAIM = (
    sa.update(outbox)
    .where(outbox.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(attempts=outbox.c.attempts + 1, claimed_until=sa.bindparam("until"))
)
_FREEZE = sa.update(outbox).where(outbox.c.id == sa.bindparam("row")).values(request=sa.bindparam("rendered"))
_SETTLE = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("row"), outbox.c.state == "pending")
    .values(
        state=sa.bindparam("ended"),
        reference=sa.bindparam("answer"),
        error=sa.bindparam("why"),
        claimed_until=None,
        settled_at=sa.bindparam("at"),
    )
)


def claim(
    tx: Transaction, limit: int, *, without: Collection[str] = (), first: Collection[str] = ()
) -> list[Parcel]:
    """Take rows that are due, at most one of each lane; nobody else gets them while they are claimed.

    Where there are more than `limit`, the offices take turns. `without` names offices that are to wait.
    While there are rows of the kinds in `first`, only those are taken.
    """
    rows = _due(tx, limit, without, first) or _due(tx, limit, without)
    if len(rows) == limit:
        met = {row.organization for row in rows}
        rows = _in_turns([*rows, *_due(tx, limit, met | set(without))])[:limit]
    if rows:
        tx.execute(_CLAIM, {"ids": [row.id for row in rows], "until": tx.now + CLAIMED_FOR})
    return [
        parcel_of(
            row._asdict(),
            attempts=row.attempts + 1,
            uncertain=row.claimed_until is not None or row.error == UNKNOWN,
        )
        for row in rows
    ]


def _due(
    tx: Transaction, limit: int, without: Collection[str], kinds: Collection[str] | None = None
) -> Sequence[Row[Any]]:
    """What is due, of some kinds alone where they are given."""
    asked = {"now": tx.now, "limit": limit, "without": sorted(without)}
    if kinds is None:
        return tx.all(_DUE, asked)
    return tx.all(_DUE_FIRST, {**asked, "kinds": sorted(kinds)}) if kinds else ()


def _in_turns(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The first of every office, then the second of every office, and so on."""
    by_office = sorted(rows, key=lambda row: row.organization)
    queues = [list(group) for _, group in groupby(by_office, lambda row: row.organization)]
    return [row for row in chain.from_iterable(zip_longest(*queues)) if row is not None]


def release_claims(tx: Transaction) -> int:
    """Take over what a process that is surely gone had claimed (SQLite: there is only ever one)."""
    return tx.update(
        outbox, outbox.c.state == "pending", outbox.c.claimed_until.is_not(None), claimed_until=tx.now
    )


def freeze(tx: Transaction, requests: Mapping[str, dict[str, Any]]) -> None:
    """Keep what is about to be sent, by row: a second attempt sends the same."""
    if requests:
        rows = [{"row": row, "rendered": request} for row, request in requests.items()]
        tx.connection.execute(_FREEZE, rows)


def settle(
    tx: Transaction, parcel_id: str, state: str, *, reference: Any = None, error: str | None = None
) -> bool:
    """The row is finished: sent, moot (nobody needs it any more) or dead.

    What is finished stays so: then False.
    """
    ended = {"row": parcel_id, "ended": state, "answer": reference, "why": error, "at": tx.now}
    return tx.execute(_SETTLE, ended).rowcount == 1


def settle_sent(tx: Transaction, references: Mapping[str, Any]) -> None:
    """`settle` of rows that were sent, each with what its platform calls it."""
    sent = {"ended": "sent", "why": None, "at": tx.now}
    if references:
        rows = [{"row": row, "answer": answer, **sent} for row, answer in references.items()]
        tx.connection.execute(_SETTLE, rows)


def put_back(tx: Transaction, parcel: Parcel, error: str, retry_after: timedelta | None) -> None:
    """Try again later: when the platform says, else after a pause that doubles.

    Once an attempt's fate is unknown the row stays uncertain, whatever becomes of the next ones. Where the
    claim ran out meanwhile and another attempt has begun, nothing is changed.
    """
    doubled = min(timedelta(seconds=2 ** min(parcel.attempts - 1, 9)), _LONGEST_PAUSE)
    pause = min(retry_after, _LONGEST_WAIT) if retry_after else doubled
    tx.update(
        outbox,
        outbox.c.id == parcel.id,
        outbox.c.state == "pending",
        outbox.c.attempts == parcel.attempts,
        due_at=tx.now + pause,
        claimed_until=None,
        error=UNKNOWN if parcel.uncertain else error,
    )


def follow_clock(tx: Transaction) -> bool:
    """The clock was set back: what was due then is due now, what was claimed then is claimed no more.

    A claim that lies further ahead than any claim may, or a row from the future, tells. Another machine's
    clock may be a little ahead of ours: what it has just claimed is being sent.

    Returns whether there was any.
    """
    claimed = tx.update(
        outbox,
        outbox.c.state == "pending",
        outbox.c.claimed_until > tx.now + CLAIMED_FOR + _CLOCKS_DIFFER,
        claimed_until=tx.now,
    )
    late = tx.update(
        outbox,
        outbox.c.state == "pending",
        outbox.c.due_at > tx.now,
        outbox.c.created_at > tx.now + _CLOCKS_DIFFER,
        sa.or_(outbox.c.attempts > 0, outbox.c.due_at == outbox.c.created_at),
        due_at=tx.now,
    )
    return bool(claimed or late)


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
