"""The clock was set back: nobody holds, is asked or rung for longer than was meant."""

from datetime import timedelta

import sqlalchemy as sa

from bot.store.transaction import Transaction
from bot.transfers.model import LegState, OfferState
from bot.transfers.tables import legs, offers, transfers

_CLOCKS_DIFFER = timedelta(seconds=10)
"""Machines whose clocks agree less than this are not kept in order."""
_RUNNING = (
    (transfers, transfers.c.ended_at.is_(None), "created_at", ("hold_until",)),
    (offers, offers.c.state == OfferState.ASKING, "asked_at", ("expires_at", "ring_at")),
    (legs, legs.c.state != LegState.OVER, "created_at", ("give_up_at",)),
)
"""Rows that run: when they began, and what ends them."""


def follow_clock(tx: Transaction) -> bool:
    """Let what began in the future begin now, its deadlines as far away as before; whether there was any."""
    found = False
    for table, running, began, deadlines in _RUNNING:
        for row in tx.all(sa.select(table).where(running, table.c[began] > tx.now + _CLOCKS_DIFFER)):
            times = row._mapping  # noqa: SLF001  (SQLAlchemy's own way to a column by its name)
            back = times[began] - tx.now
            moved = {name: times[name] - back for name in deadlines if times[name] is not None}
            tx.update(table, table.c.id == row.id, **{began: tx.now}, **moved)
            found = True
    return found
