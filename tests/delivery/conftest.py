"""An outbox at noon, without an office."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.clock import SettableClock
from bot.settings import Settings
from bot.store.store import Store

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOON)


@pytest.fixture
def store(database_url: str, clock: SettableClock) -> Iterator[Store]:
    store = Store(Settings(_env_file=None, database_url=database_url).sqlalchemy_url, clock)
    yield store
    store.close()
