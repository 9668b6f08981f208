"""A store on an empty database."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.store import Store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = Store(Settings(_env_file=None, database_url=database_url).sqlalchemy_url, SystemClock())
    yield opened
    opened.close()
