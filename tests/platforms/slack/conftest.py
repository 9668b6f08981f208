"""A Slack stand-in and our client to it."""

from collections.abc import AsyncIterator

import pytest

from bot.platforms.slack.client import SlackClient
from simulator.slack import SlackStandIn


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    stand_in = SlackStandIn("secret", "xoxb-test", users=["U0SATO"], channels=["C0CALLS"])
    async with stand_in.running():
        yield stand_in


@pytest.fixture
async def client(slack: SlackStandIn) -> AsyncIterator[SlackClient]:
    made = SlackClient("xoxb-test", slack.api_url)
    yield made
    await made.close()
