"""What people outside can try: none of it has an effect, and a strange name is only a name."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import io
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import aiohttp
import pytest
import sqlalchemy as sa
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.platforms.cards import Card
from bot.platforms.errors import PermanentError
from bot.platforms.line.flex import messages
from bot.platforms.slack.blocks import blocks, text
from bot.platforms.slack.client import SlackClient
from bot.platforms.twilio import twiml
from bot.reception.tables import calls
from handlers import protocol
from handlers.bodies import BodyBrokenOffError, read_body
from handlers.signatures import line_signature_fits, slack_signature_fits, twilio_signature_fits
from tests.support.processes import Deployment
from tests.support.serving import listening
from tests.support.world import World

NAMES = [
    "<!channel>",
    "</Say><Dial>+81900000000</Dial>",
    "*太字* _斜_ ~消~ `x`",
    "@here",
    "<@U0KURIMOTO>",
    "{{ 7*7 }}",
]
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def signed(url: str, form: Mapping[str, str], token: str) -> str:
    """As Twilio signs: the address, then every field with its value, in the order of names."""
    whole = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.digest(token.encode(), whole.encode(), "sha1")).decode()


# ---- keys ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["old", "new"])
def test_while_a_key_is_changed_both_fit(key: str) -> None:
    both, body = "new, old", b"payload=%7B%7D"
    stamp = str(int(NOW.timestamp()))
    slack = "v0=" + hmac.new(key.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    assert slack_signature_fits(both, body, stamp, slack, NOW)
    line = base64.b64encode(hmac.digest(key.encode(), body, "sha256")).decode()
    assert line_signature_fits(both, body, line)
    url, form = "https://desk.example.com/twilio/voice", {"CallSid": "CA1", "To": "+81345671234"}
    assert twilio_signature_fits(both, url, form.items(), signed(url, form, key))


@pytest.mark.parametrize("secret", ["", ",", " , ", "new,old"])
@pytest.mark.parametrize("key", ["", "other", "new,old", " "])
def test_no_key_and_a_wrong_key_open_nothing(secret: str, key: str) -> None:
    body, stamp = b"{}", str(int(NOW.timestamp()))
    slack = "v0=" + hmac.new(key.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    assert not slack_signature_fits(secret, body, stamp, slack, NOW)
    assert not line_signature_fits(
        secret, body, base64.b64encode(hmac.digest(key.encode(), body, "sha256")).decode()
    )
    url = "https://desk.example.com/twilio/voice"
    assert not twilio_signature_fits(secret, url, [], signed(url, {}, key))


# ---- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name_in_slack(name: str) -> None:
    card = Card(text=f"{name}様からお電話です", title=f"{name}様", small=(name,))
    shown = text(card) + str(blocks(card))
    for command in ("<!", "<@", "</Say>"):
        assert command not in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name_on_the_telephone(name: str) -> None:
    document = ET.fromstring(twiml.hang_up((f"{name}様でいらっしゃいますね。",), "ja"))
    assert [verb.tag for verb in document] == ["Say", "Hangup"]
    assert not list(document[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name_in_line(name: str) -> None:
    assert name in str(messages(Card(text=f"{name}様からお電話です")))


async def test_a_caller_with_a_strange_name_is_announced_by_it(world: World) -> None:
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("<!channel>商事の三上</Say>と申します。佐藤健一さんに伝言をお願いします")
    await call.hangs_up()
    await world.twilio.all_told()
    await world.settled()
    for message in world.calls_channel.messages:
        assert "<!channel>" not in str(message.blocks)


# ---- replays ---------------------------------------------------------------------------------------


async def test_a_replayed_call_has_no_second_effect(world: World) -> None:
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
    await call.hangs_up()
    await world.twilio.all_told()
    await world.settled()
    before = len(world.calls_channel.messages)
    async with aiohttp.ClientSession() as session:
        for sent in list(world.twilio.webhooks):
            form = dict(sent.params)
            headers = {"x-twilio-signature": signed(sent.url, form, "twilio-token")}
            async with session.post(sent.url, data=form, headers=headers) as answer:
                assert answer.status == 200
    await world.settled()
    assert len(world.calls_channel.messages) == before
    rows = await world.services.store.read(lambda tx: tx.all(sa.select(calls)))
    assert [row.state for row in rows] == ["ended"]


# ---- limits ----------------------------------------------------------------------------------------


async def test_every_route_bounds_bodies_and_headers(sqlite_url: str, tmp_path) -> None:
    async with Deployment(sqlite_url, tmp_path).running() as deployment, aiohttp.ClientSession() as session:
        for path in ("/slack/events", "/line/webhook", "/twilio/voice", "/twilio/status", "/twilio/fallback"):
            async with session.post(deployment.base_url + path, data=io.BytesIO(b"x" * 3_000_000)) as answer:
                assert answer.status in (401, 403, 413), path
        for path in ("/twilio/voice", "/healthz", "/api/v1/presence", "/nowhere"):
            assert await endless_headers(deployment.port, path) < 40_000_000, path
        async with session.get(f"{deployment.base_url}/healthz") as answer:
            assert answer.status == 200


async def endless_headers(port: int, path: str) -> int:
    """How many bytes of headers are taken before the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n".encode())
    taken = 0
    try:
        while taken < 60_000_000 and not reader.at_eof():
            writer.write(b"X-More: " + b"x" * 8000 + b"\r\n")
            await writer.drain()
            taken += 8010
            await asyncio.sleep(0)
    except ConnectionError:
        pass
    writer.close()
    return taken


async def test_a_body_that_does_not_come_to_an_end_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Drop by drop, so that the connection is never idle; the bound is made short for the test."""
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.3)
    async with bounded(reads_everything) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        async with asyncio.timeout(20):
            while not reader.at_eof():
                with contextlib.suppress(ConnectionError):
                    writer.write(b"x")
                    await writer.drain()
                with contextlib.suppress(TimeoutError, ConnectionError):
                    await asyncio.wait_for(reader.read(100), 0.05)
        writer.close()


async def test_a_slow_body_within_the_bound_is_taken() -> None:
    async with bounded(reads_everything) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
        for letter in (b"a", b"b", b"c", b"d"):
            writer.write(letter)
            await writer.drain()
            await asyncio.sleep(0.05)
        async with asyncio.timeout(20):
            assert b"abcd" in await reader.readuntil(b"abcd")
        writer.close()


async def reads_everything(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads a body as our handlers do, and echoes it."""
    request = Request(scope, receive)
    try:
        answer = Response(await read_body(request, 2_000_000))
    except BodyBrokenOffError:
        answer = Response(status_code=400)
    await answer(scope, receive, send)


@contextlib.asynccontextmanager
async def bounded(app: ASGIApp) -> AsyncIterator[int]:
    """An application behind the protocol that `serve` uses; its port."""
    async with listening() as (listener, address):
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", http=protocol.BoundedProtocol
        )
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield int(address.rpartition(":")[2])
        finally:
            server.should_exit = True
            await task


# ---- addresses that come with requests ---------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com.example.com/x",
        "http://hooks.slack.com/x",
        "https://slack.com@127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "https://[",
        "/x",
        "ftp://slack.com/x",
    ],
)
async def test_an_answer_goes_to_slack_only(url: str) -> None:
    client = SlackClient("xoxb-test", "https://slack.com/api/")
    with pytest.raises(PermanentError, match="none of Slack's"):
        await client.respond(url, Card(text="戻りました"), replace=False)
    await client.close()
