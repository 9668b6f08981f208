"""`toritsugi seed`: what it leaves is what calls leave behind, and it mixes with nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.clock import SystemClock
from bot.digests.figures import Period, figures_of
from bot.messages.tables import messages
from bot.office.roster import roster_of
from bot.presence.tables import changes, entries
from bot.reception.tables import calls
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.tables import offers, transfers
from handlers.commands.seed import NotEmptyError, seed

CALLS = 120


def test_every_call_leaves_what_a_call_leaves(database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    seed(settings, count=CALLS, staff=5)
    store = Store(settings.sqlalchemy_url, SystemClock())
    store.read_now(_is_whole)
    store.close()
    with pytest.raises(NotEmptyError):
        seed(settings, count=1, staff=5)


def _is_whole(tx: Transaction) -> None:
    of_call = calls.c.id == messages.c.call
    rows = tx.all(
        sa.select(calls, messages.c.state.label("message"), messages.c.details, messages.c.number).where(
            of_call
        )
    )
    assert len(rows) == CALLS
    assert all(timedelta(seconds=row.seconds) == row.ended_at - row.started_at for row in rows)
    assert all(row.details == {"seconds": row.seconds} and row.number == row.from_number for row in rows)
    assert {row.message for row in sorted(rows, key=lambda row: row.started_at)[:50]} == {"done"}
    connected = {row.id for row in rows if row.outcome == "connected"}
    asked = tx.all(sa.select(transfers.c.call).join(offers, offers.c.transfer == transfers.c.id))
    assert {row.call for row in asked} == connected
    out = tx.all(sa.select(entries.c.staff).join(changes, changes.c.id == entries.c.change))
    assert len(out) == CALLS // 5
    roster = roster_of(tx, "smile")
    today = tx.now.astimezone(roster.zone).date()
    figures = figures_of(tx, roster, Period(today - timedelta(days=200), today))
    assert (figures.totals.calls, figures.totals.connected) == (CALLS, len(connected))
    assert sum(one.count for one in figures.open) == sum(row.message == "open" for row in rows) > 0
