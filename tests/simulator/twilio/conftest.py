"""A small hand-written application under the stand-in, and a real Twilio client above it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp import ClientSession
from twilio.rest import Client

from simulator.twilio import NumberConfig, TwilioStandIn
from tests.support.twiml_app import ACCOUNT, OFFICE, TOKEN, App, RewritingClient, Start, serving


@pytest.fixture
async def app() -> AsyncIterator[App]:
    app = App()
    async with serving(app.handle) as base:
        app.base = base
        yield app
    assert app.unsigned == []


@pytest.fixture
async def start(app: App) -> AsyncIterator[Start]:
    """Starts a stand-in whose office number goes to the application; whatever is expected to be wrong is
    cleared by the test, the rest fails it."""
    async with AsyncExitStack() as stack:
        started: list[TwilioStandIn] = []

        async def begin(**settings: Any) -> TwilioStandIn:
            config = NumberConfig(f"{app.base}/voice", f"{app.base}/status", f"{app.base}/fallback")
            settings = {"account_sid": ACCOUNT, "auth_token": TOKEN, "numbers": {OFFICE: config}} | settings
            standin = TwilioStandIn(**settings)
            await stack.enter_async_context(standin.running())
            started.append(standin)
            return standin

        yield begin
        problems = [problem for standin in started for problem in standin.problems]
    assert problems == []


@pytest.fixture
async def twilio(start: Start) -> TwilioStandIn:
    return await start()


@pytest.fixture
async def client(twilio: TwilioStandIn) -> AsyncIterator[Client]:
    async with RewritingClient(twilio.base_url) as http:
        yield Client(ACCOUNT, TOKEN, http_client=http)


@pytest.fixture
async def web_client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session
