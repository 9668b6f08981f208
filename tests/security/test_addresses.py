"""Webhook targets that an office names: no way into our own network, and no redirect is followed."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.clock import SettableClock
from bot.platforms.addresses import PublicResolver, is_private_literal
from bot.platforms.errors import PermanentError, PlatformError, TemporaryError
from bot.routing.webhook import WebhookSender
from simulator.http import serving
from tests.support.world import TUESDAY_MORNING

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fd00::1",
    "fe80::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
]


@pytest_asyncio.fixture
async def sender() -> AsyncIterator[WebhookSender]:
    sender = WebhookSender(SettableClock(TUESDAY_MORNING))
    yield sender
    await sender.close()


@pytest.mark.parametrize("host", INSIDE)
def test_what_is_inside_is_known_as_such(host: str) -> None:
    assert is_private_literal(host)


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "pbx.example.com",
        "localhost.example.com",
    ],
)
def test_what_is_outside_is_not(host: str) -> None:
    assert not is_private_literal(host)


@pytest.mark.parametrize("host", INSIDE)
async def test_nothing_is_sent_inside(sender: WebhookSender, host: str) -> None:
    shown = f"[{host}]" if ":" in host else host
    with pytest.raises(PermanentError):
        await sender.post(f"http://{shown}:9/x", "secret", "id", "{}", private=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
async def test_other_ways_to_write_an_address_lead_nowhere(sender: WebhookSender, host: str) -> None:
    """The resolver of the system takes these for loopback."""
    with pytest.raises(PlatformError):
        await sender.post(f"http://{host}:9/x", "secret", "id", "{}", private=False)


class Rebinding(AbstractResolver):
    """A name server that says one thing first and another later."""

    def __init__(self) -> None:
        self.answers = ["8.8.8.8", "127.0.0.1"]

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ResolveResult(hostname=host, host=found, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is held."""


async def test_a_name_that_changes_its_mind_is_looked_at_each_time() -> None:
    resolver = PublicResolver()
    resolver._inner = Rebinding()
    assert [found["host"] for found in await resolver.resolve("pbx.example.com", 443)] == ["8.8.8.8"]
    with pytest.raises(OSError, match="private"):
        await resolver.resolve("pbx.example.com", 443)


async def test_a_redirect_is_not_followed(sender: WebhookSender) -> None:
    asked: list[str] = []

    async def redirects(request: web.Request) -> web.Response:
        asked.append(request.path)
        raise web.HTTPTemporaryRedirect("/inside")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", redirects)
    async with serving(app) as address:
        with pytest.raises(TemporaryError, match="307"):
            await sender.post(f"{address}/hook", "secret", "id", "{}", private=True)
    assert asked == ["/hook"]
