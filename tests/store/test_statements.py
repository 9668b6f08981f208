"""Statements that differ between the databases do the same on both."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.clock import SettableClock
from bot.reception.tables import calls, steps
from bot.store.inbox import first_time
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url.replace("postgresql://", "postgresql+psycopg://"), SettableClock(NOW))
    yield opened
    opened.close()


def arrive(tx: Transaction, call: str, sid: str, turn: dict[str, Any]) -> bool:
    row = {
        "id": call,
        "organization": "smile",
        "sid": sid,
        "from_number": "+815012345678",
        "to_number": "+81345671234",
        "started_at": tx.now,
        "step": 1,
        "state": "live",
    }
    its = {"call": call, "step": 0, "organization": "smile", "turn": turn, "at": tx.now}
    return tx.insert_two_if_new(calls, row, steps, its)


def stored(tx: Transaction) -> list[tuple[str, Any]]:
    both = sa.select(calls.c.sid, steps.c.turn).join(steps, steps.c.call == calls.c.id)
    return [(row.sid, row.turn) for row in tx.all(both.order_by(calls.c.sid))]


def test_a_row_and_its_row_are_written_together_or_not_at_all(store: Store) -> None:
    assert store.run_now(arrive, "1", "CA1", {"say": "はい"})
    assert not store.run_now(arrive, "2", "CA1", {"say": "another answer"})
    assert store.run_now(arrive, "3", "CA3", {"say": "はい"})
    assert store.read_now(stored) == [("CA1", {"say": "はい"}), ("CA3", {"say": "はい"})]
    assert store.read_now(lambda tx: len(tx.all(sa.select(steps)))) == 2


@pytest.mark.parametrize(
    "value", [{"number": 2**70}, {"text": '江川 \\ " 👍'}, {"nothing": None, "list": [1.5]}]
)
def test_whatever_json_can_say_comes_back(store: Store, value: dict[str, Any]) -> None:
    store.run_now(arrive, "1", "CA1", value)
    assert store.read_now(stored) == [("CA1", value)]


def test_a_query_cannot_write(store: Store) -> None:
    with pytest.raises((DBAPIError, StoreBusyError)):
        store.read_now(first_time, "smile", "slack", "Ev1")
    assert store.run_now(first_time, "smile", "slack", "Ev1")
