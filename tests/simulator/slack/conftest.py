from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SettableClock
from simulator.http import serving
from simulator.slack import Channel, SlackStandIn, User

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-stand-in"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime.now(UTC))


@pytest.fixture
async def slack(clock: SettableClock) -> AsyncIterator[SlackStandIn]:
    stand_in = SlackStandIn(
        SECRET,
        TOKEN,
        users=[User("U0SATO", "sato", "佐藤 花子"), User("U0KURIMOTO", "kurimoto", "栗本 太郎")],
        channels=["C0CALLS", Channel("C0SECRET", kind="private", members={"U0SATO"})],
        now=clock.now,
    )
    async with stand_in.running():
        yield stand_in


@pytest.fixture
def client(slack: SlackStandIn) -> AsyncWebClient:
    return AsyncWebClient(TOKEN, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(signing_secret=SECRET, client=client)


@pytest.fixture
async def receives(slack: SlackStandIn, app: AsyncApp) -> AsyncIterator[Callable[[], object]]:
    """Serve the Bolt app and point the stand-in at it."""
    async with AsyncExitStack() as stack:
        base = await stack.enter_async_context(serving(app.server(port=0, path="/slack/events").web_app))
        slack.events_url = f"{base}/slack/events"
        yield lambda: None


def actions(*buttons: tuple[str, str]) -> list[dict[str, Any]]:
    elements = [
        {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": label}, "value": "17"}
        for label, action in buttons
    ]
    return [{"type": "actions", "block_id": "ask", "elements": elements}]


def modal(title: str = "状況") -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "edit",
        "private_metadata": "entry-3",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "保存"},
        "blocks": [
            {
                "type": "input",
                "block_id": "what",
                "label": {"type": "plain_text", "text": "内容"},
                "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "外出"},
            },
            {
                "type": "input",
                "block_id": "until",
                "optional": True,
                "label": {"type": "plain_text", "text": "戻り"},
                "element": {"type": "timepicker", "action_id": "time"},
            },
        ],
    }
