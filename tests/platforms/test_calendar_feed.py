"""Fetching a calendar: validators, limits, and never a way into our own network."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.platforms.addresses import is_private_literal
from bot.platforms.calendar_feed import MOST_BYTES, FeedClient
from bot.platforms.errors import PermanentError, TemporaryError
from tests.support.calendar_server import CalendarServer, event


@pytest_asyncio.fixture
async def server() -> AsyncIterator[CalendarServer]:
    async with CalendarServer().running() as running:
        running.shows(event("m", "会議", "20261124T140000", "20261124T150000"))
        yield running


@pytest_asyncio.fixture
async def client() -> AsyncIterator[FeedClient]:
    client = FeedClient()
    yield client
    await client.close()


async def test_it_comes_with_its_validators_and_not_again_while_they_fit(
    server: CalendarServer, client: FeedClient
) -> None:
    first = await client.fetch(server.address, private=True)
    assert first.body is not None
    assert first.etag == server.etag
    again = await client.fetch(server.address, first.etag, first.last_modified, private=True)
    assert again.body is None


@pytest.mark.parametrize(
    ("status", "code"), [(401, "refused"), (403, "refused"), (404, "missing"), (410, "missing")]
)
async def test_what_will_not_pass_by_itself(
    server: CalendarServer, client: FeedClient, status: int, code: str
) -> None:
    server.status = status
    with pytest.raises(PermanentError) as caught:
        await client.fetch(server.address, private=True)
    assert caught.value.code == code
    assert server.address not in str(caught.value), "an address is a secret"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_may_pass(server: CalendarServer, client: FeedClient, status: int) -> None:
    server.status = status
    with pytest.raises(TemporaryError):
        await client.fetch(server.address, private=True)


@pytest.mark.parametrize("body", ["", "<html>", "hello"])
async def test_what_is_no_calendar(server: CalendarServer, client: FeedClient, body: str) -> None:
    server.body = body
    with pytest.raises(PermanentError) as caught:
        await client.fetch(server.address, private=True)
    assert caught.value.code == "no_calendar"


async def test_a_calendar_without_end(server: CalendarServer, client: FeedClient) -> None:
    server.body = "BEGIN:VCALENDAR\r\n" + "X" * MOST_BYTES
    with pytest.raises(PermanentError) as caught:
        await client.fetch(server.address, private=True)
    assert caught.value.code == "too_large"


async def test_a_private_address_is_refused_unless_it_is_known_to_be_one(
    server: CalendarServer, client: FeedClient
) -> None:
    for address in (server.address, server.address.replace("127.0.0.1", "localhost")):
        with pytest.raises(PermanentError) as caught:
            await client.fetch(address)
        assert caught.value.code == "forbidden"
    assert not server.asked


async def test_a_redirect_leads_nowhere_else_inside(server: CalendarServer, client: FeedClient) -> None:
    server.status, server.location = 302, "http://localhost:1/secret"
    with pytest.raises(PermanentError) as caught:
        await client.fetch(server.address, private=True)
    assert caught.value.code == "forbidden"


async def test_redirects_end(server: CalendarServer, client: FeedClient) -> None:
    server.status, server.location, server.etag = 302, "/cal.ics", None
    with pytest.raises(PermanentError) as caught:
        await client.fetch(server.address, private=True)
    assert caught.value.code == "missing"
    assert len(server.asked) == 4


async def test_nobody_there(client: FeedClient) -> None:
    with pytest.raises(TemporaryError):
        await client.fetch("http://127.0.0.1:9/cal.ics", private=True)


@pytest.mark.parametrize(
    "address", ["ftp://example.com/x.ics", "file:///etc/passwd", "https://", "http://[::"]
)
async def test_what_is_no_address_of_the_web(client: FeedClient, address: str) -> None:
    with pytest.raises(PermanentError) as caught:
        await client.fetch(address)
    assert caught.value.code == "forbidden"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "localhost",
        "0.0.0.0",
    ],
)
def test_hosts_inside(host: str) -> None:
    assert is_private_literal(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "calendar.example.com", "2606:4700::1"])
def test_hosts_outside(host: str) -> None:
    assert not is_private_literal(host)
