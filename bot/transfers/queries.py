"""Reading transfers: how one stands, and what is due."""

from collections import Counter
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.store.transaction import Transaction
from bot.transfers.model import LIVE, OfferState
from bot.transfers.tables import offers, transfers

COUNTED_EVERY = timedelta(seconds=5)
_COUNTED_AT_ONCE = 4


def is_open(transfer: Row[Any]) -> bool:
    """Whether a caller still waits for an answer."""
    return transfer.ended_at is None and transfer.state in LIVE


def transfer_of(tx: Transaction, organization: str, transfer: str) -> Row[Any] | None:
    """One transfer's row."""
    return tx.first(
        sa.select(transfers).where(transfers.c.id == transfer, transfers.c.organization == organization)
    )


_NEWEST = (
    sa.select(transfers)
    .where(transfers.c.call == sa.bindparam("call"))
    .order_by(transfers.c.id.desc())
    .limit(1)
)


def newest_transfer(tx: Transaction, call: str) -> Row[Any] | None:
    """A call's last transfer; no other of it can be live."""
    return tx.first(_NEWEST, {"call": call})


def is_held(tx: Transaction, call: str) -> bool:
    """Whether a call's caller is to wait in the queue: somebody is asked, and there is time."""
    newest = newest_transfer(tx, call)
    return newest is not None and is_open(newest) and bool(tx.now < newest.hold_until)


def due_offers(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, offer) whose time is up."""
    return _asking(tx, offers.c.expires_at <= tx.now)


def due_rings(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, offer) whose person has not answered in the chat and wants their telephone rung."""
    return _asking(tx, offers.c.ring_at <= tx.now)


def due_counts(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, offer) whose card has shown the same seconds for a while.

    Slack takes some fifty edits a minute from one workspace: where many are asked at once, their cards
    keep the time until which they wait.
    """
    asking = sa.select(offers.c.organization, offers.c.id, offers.c.counted_at).where(
        offers.c.state == OfferState.ASKING
    )
    rows = tx.all(asking)
    asked = Counter(row.organization for row in rows)
    return [
        (row.organization, row.id)
        for row in rows
        if row.counted_at <= tx.now - COUNTED_EVERY and asked[row.organization] <= _COUNTED_AT_ONCE
    ]


def due_transfers(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, transfer) whose caller has held long enough."""
    rows = tx.all(
        sa.select(transfers.c.organization, transfers.c.id).where(
            transfers.c.ended_at.is_(None), transfers.c.state.in_(LIVE), transfers.c.hold_until <= tx.now
        )
    )
    return [(row.organization, row.id) for row in rows]


def _asking(tx: Transaction, due: sa.ColumnElement[bool]) -> list[tuple[str, str]]:
    rows = tx.all(
        sa.select(offers.c.organization, offers.c.id).where(offers.c.state == OfferState.ASKING, due)
    )
    return [(row.organization, row.id) for row in rows]
