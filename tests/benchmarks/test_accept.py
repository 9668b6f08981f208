"""From the tap's arrival to our request at Twilio, beside a bare program that verifies, commits and sends.

Both run in this process, one tap after the other in turn, with fifty calls waiting and against the same
stub of Twilio. Before either tap all that followed from the one before has been sent. (Until 2026-11-22 only
before ours: the bare program's taps met our work of the tap before, and took at least half as long again.) Nothing here
asserts a time; the ratios are printed (goal: 2 at the median, 3 at the 99th percentile).
"""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import aiohttp
import pytest
import sqlalchemy as sa
from aiohttp import web
from pydantic import SecretStr
from pytest_benchmark.fixture import BenchmarkFixture
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import SystemClock
from bot.delivery.queue import backlog
from bot.messages.model import CallerFacts
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.services import Services
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.tables import offers
from bot.transfers.verbs import TransferWish, begin_transfer, caller_left
from handlers.composition import make_services
from handlers.slack.routes import slack_routes
from tests.benchmarks.floors.writing import Writer, engine_for, events
from tests.support.serving import delivering, listening, serving

WAITING = 50
ROUNDS = 4
A_FEW = 3
"""Calls where nothing is measured: `make test` only wants to know that all this works."""
SECRET = "signing-secret"
MAIN = "+81345671234"
SIGNED_IN = {"Authorization": "Basic QUM6dG9rZW4="}


def office() -> str:
    """People enough that every waiting call is asked of somebody else; open at all hours."""
    staff = "\n".join(
        f'  - {{id: p{n}, name: 栗本 {n}, reading: くりもと, phone: "+8190123456{n:02}", slack: U{n:03}}}'
        for n in range(WAITING)
    )
    return f"""
organization: smile
name: スマイルコーポレーション
hours: {{days: [mon, tue, wed, thu, fri, sat, sun], open: "00:00", close: "23:59", holidays: none}}
numbers: ["{MAIN}"]
slack: {{team: T0SMILE}}
transfer: {{timeout_seconds: 120, hold_seconds: 600}}
staff:
{staff}
"""


class Stub:
    """Twilio and Slack as far as they must answer; remembers when a call was asked for."""

    def __init__(self) -> None:
        self.asked = asyncio.Queue[float]()
        self.app = web.Application()
        self.app.router.add_post("/2010-04-01/Accounts/{sid}/Calls.json", self.call)
        self.app.router.add_route("*", "/{rest:.*}", self.anything)

    async def call(self, request: web.Request) -> web.Response:
        self.asked.put_nowait(time.perf_counter())
        await request.post()
        return web.json_response({"sid": f"CA{time.monotonic_ns():032x}", "status": "queued"}, status=201)

    async def anything(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "channel": "D1", "ts": "1.1"})


def signed(body: str) -> dict[str, str]:
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def tap(user: str, offer: str, slack: str) -> str:
    """The body of a tap on つなぐ, in a direct message."""
    payload = {
        "type": "block_actions",
        "team": {"id": "T0SMILE"},
        "user": {"id": user, "team_id": "T0SMILE"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "D1", "is_ephemeral": False},
        "channel": {"id": "D1", "name": "directmessage"},
        "response_url": f"{slack}/actions/T0SMILE/1/x",
        "trigger_id": f"{time.perf_counter_ns()}",
        "actions": [{"type": "button", "action_id": "transfer_accept", "value": offer, "action_ts": "1.0"}],
    }
    return "payload=" + quote(json.dumps(payload))


def bare(writer: Writer, twilio: str, session: aiohttp.ClientSession) -> Starlette:
    """What must be done at least: verify, commit one row durably by SQLAlchemy Core, send."""
    new = sa.insert(events)
    sending: set[asyncio.Task[None]] = set()

    async def send() -> None:
        form = {"To": "+819012345600", "From": MAIN, "Url": "http://127.0.0.1/leg"}
        url = f"{twilio}/2010-04-01/Accounts/AC/Calls.json"
        async with session.post(url, data=form, headers=SIGNED_IN) as answer:
            await answer.json()

    async def knock(request: Request) -> Response:
        body = await request.body()
        basis = f"v0:{request.headers['x-slack-request-timestamp']}:".encode() + body
        digest = hmac.new(SECRET.encode(), basis, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(f"v0={digest}", request.headers["x-slack-signature"])
        row = {"id": uuid.uuid4().hex, "key": "tap", "body": body.decode()}
        await writer.run(lambda connection: connection.execute(new, row))
        task = asyncio.create_task(send())
        sending.add(task)
        task.add_done_callback(sending.discard)
        return Response()

    return Starlette(routes=[Route("/slack/events", knock, methods=["POST"])])


def waiting_calls(store: Store, round_: int, callers: int) -> list[tuple[str, str]]:
    """Callers who hold; (Slack user, offer) of each."""

    def begin(tx: Transaction) -> list[tuple[str, str]]:
        roster = roster_of(tx, "smile")
        caller = CallerFacts("アオバ商事", "三上", "+815012345678", "", True)
        found = []
        for n in range(callers):
            call = f"call{round_}-{n}"
            transfer = begin_transfer(tx, roster, TransferWish(staff=f"p{n}", caller=caller, call=call))
            offer = tx.execute(sa.select(offers.c.id).where(offers.c.transfer == transfer)).scalar_one()
            found.append((f"U{n:03}", offer))
        return found

    return store.run_now(begin)


@asynccontextmanager
async def ours(database_url: str, base_url: str, stub: str) -> AsyncIterator[Services]:
    settings = Settings(
        _env_file=None,
        database_url=database_url,
        public_url=base_url,
        toritsugi_secret=SecretStr("test-secret"),
        slack_bot_token=SecretStr("xoxb-test"),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=f"{stub}/api/",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr("token"),
        twilio_api_url=stub,
    )
    services = make_services(settings, SystemClock())
    file = read_office_file(office(), {})
    services.store.run_now(lambda tx: apply_office(tx, file.office, file.people))
    async with delivering(services):
        yield services


async def measured(
    database_url: str, folder: Path, rounds: int, callers: int
) -> tuple[list[float], list[float]]:
    """Seconds from tap to request: ours, and the bare program's."""
    async with AsyncExitStack() as stack:
        stub = Stub()
        runner = web.AppRunner(stub.app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        session = await stack.enter_async_context(aiohttp.ClientSession())
        mine, mine_url = await stack.enter_async_context(listening())
        floor, floor_url = await stack.enter_async_context(listening())
        services = await stack.enter_async_context(ours(database_url, mine_url, address))
        await stack.enter_async_context(serving(Starlette(routes=slack_routes(services)), mine))
        # On SQLite beside ours, because a file has one writer; on PostgreSQL in the same database.
        beside = f"sqlite:///{folder}/bare.db" if database_url.startswith("sqlite") else database_url
        engine = engine_for(beside)
        stack.callback(engine.dispose)
        await stack.enter_async_context(serving(bare(Writer(engine), address, session), floor))

        async def taps(url: str, user: str, offer: str) -> float:
            body = tap(user, offer, address)
            began = time.perf_counter()
            async with session.post(f"{url}/slack/events", data=body, headers=signed(body)) as answer:
                assert answer.status == 200
            return await asyncio.wait_for(stub.asked.get(), 10) - began

        found: tuple[list[float], list[float]] = ([], [])

        async def all_sent() -> None:
            while (await services.store.read(backlog))[0]:
                await asyncio.sleep(0.002)

        for round_ in range(rounds + 1):
            for user, offer in waiting_calls(services.store, round_, callers):
                await all_sent()  # what is measured is one tap, not what follows from the one before
                found[0].append(await taps(mine_url, user, offer))
                await all_sent()
                found[1].append(await taps(floor_url, user, offer))
            services.store.run_now(_hang_up, round_, callers)
            if round_ == 0:  # the first round loads the SDKs
                found[0].clear()
                found[1].clear()
        return found


def _hang_up(tx: Transaction, round_: int, callers: int) -> None:
    for n in range(callers):
        caller_left(tx, roster_of(tx, "smile"), f"call{round_}-{n}", "hung_up")


def test_from_the_tap_to_the_ring(
    benchmark: BenchmarkFixture,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    size = (ROUNDS, WAITING) if pytestconfig.getoption("--benchmark-only") else (1, A_FEW)

    def run() -> tuple[list[float], list[float]]:
        return asyncio.run(measured(database_url, tmp_path, *size))

    mine, floor = benchmark.pedantic(run, rounds=1)
    figures = {
        "p50": (median(mine), median(floor)),
        "p99": (quantiles(mine, n=100)[98], quantiles(floor, n=100)[98]),
    }
    for name, (us, them) in figures.items():
        benchmark.extra_info[name] = {"ours_ms": us * 1000, "bare_ms": them * 1000, "ratio": us / them}
        if size != (ROUNDS, WAITING):
            continue
        with capsys.disabled():
            print(
                f"\n{sa.make_url(database_url).get_backend_name()} {name}: {us * 1000:.1f} ms, bare {them * 1000:.1f} ms, ratio {us / them:.2f}",
                end="",
            )
