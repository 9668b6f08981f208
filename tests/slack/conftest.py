from collections.abc import AsyncIterator

import pytest

from tests.support.slack_desk import SlackDesk, slack_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[SlackDesk]:
    """An office in Slack, on an empty SQLite database."""
    async with slack_desk(sqlite_url) as running:
        yield running
