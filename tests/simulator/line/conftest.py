import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from linebot.v3.messaging import AsyncApiClient, AsyncMessagingApi, Configuration
from linebot.v3.webhook import SignatureValidator

from bot.clock import SettableClock
from simulator.http import serving
from simulator.line import Group, LineStandIn, User

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "stand-in-token"
SATO = "U" + "1" * 32
KURIMOTO = "U" + "2" * 32
CALLS = "C" + "3" * 32


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))


@pytest.fixture
async def line(clock: SettableClock) -> AsyncIterator[LineStandIn]:
    users = [User(SATO, "佐藤"), User(KURIMOTO, "栗本")]
    stand_in = LineStandIn(SECRET, TOKEN, users=users, groups=[Group(CALLS, "電話")], now=clock.now)
    async with stand_in.running():
        yield stand_in


@pytest.fixture
async def api(line: LineStandIn) -> AsyncIterator[AsyncMessagingApi]:
    async with AsyncApiClient(Configuration(host=line.api_url, access_token=TOKEN)) as client:
        yield AsyncMessagingApi(client)


class Receiver:
    """A bot's webhook: checks the signature with the SDK, keeps what came, answers as told."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.answers: list[int] = []  # the next statuses; 200 after them
        self.hears: Callable[[dict[str, Any]], Any] | None = None

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies for event in body["events"]]

    async def receive(self, request: web.Request) -> web.Response:
        text = await request.text()
        if not SignatureValidator(SECRET).validate(text, request.headers["x-line-signature"]):
            return web.Response(status=401)
        self.bodies.append(json.loads(text))
        status = self.answers.pop(0) if self.answers else 200
        if self.hears and status == 200:
            for event in self.bodies[-1]["events"]:
                await self.hears(event)
        return web.Response(status=status)


@pytest.fixture
async def receiver(line: LineStandIn) -> AsyncIterator[Receiver]:
    bot = Receiver()
    app = web.Application()
    app.router.add_post("/line/webhook", bot.receive)
    async with serving(app) as base:
        line.webhook_url = f"{base}/line/webhook"
        yield bot
