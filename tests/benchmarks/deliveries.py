"""From a call's end to the chat's API, and messages a second, beside a bare queue and procrastinate."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.delivery.say import say
from bot.office.roster import roster_of
from bot.platforms.cards import Card
from bot.reception.calls import Arrival, take_step
from bot.reception.events import Said
from bot.reception.filing import end_call
from bot.services import Services
from bot.settings import Settings
from bot.store.transaction import Transaction
from handlers.composition import make_services
from handlers.voice.caller import _receive
from tests.benchmarks.floors.queue import BareQueue
from tests.benchmarks.results import Figure
from tests.support.serving import delivering

_PATIENCE_SECONDS = 120


class Chat:
    """A chat's API that takes everything, counts, and remembers when the last post came."""

    def __init__(self) -> None:
        self.posts = 0
        self.posted = asyncio.Event()
        self.posted_at = 0.0
        self.app = web.Application()
        self.app.router.add_route("*", "/{rest:.*}", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        if request.path.endswith(("chat.postMessage", "/bare")):
            self.posts += 1
            self.posted_at = time.perf_counter()
            self.posted.set()
        return web.json_response({"ok": True, "channel": "D1", "ts": f"{self.posts}.1"})

    async def reach(self, number: int) -> float:
        """Wait for so many posts; when the last one came."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while self.posts < number:
                self.posted.clear()
                await self.posted.wait()
        return self.posted_at


async def measure(
    kind: str, url: str, bare: str, procrastinate: str | None, *, calls: int, messages: int, rounds: int
) -> list[Figure]:
    """`url` has an office whose first person is 栗本 (Slack U0KURIMOTO); `bare` is an empty database."""
    async with AsyncExitStack() as stack:
        chat, address = await stack.enter_async_context(_listening())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        services = await stack.enter_async_context(_ours(url, address))
        queue = BareQueue(bare, f"{address}/bare", session)
        latency = await _latencies(services, queue, chat, calls)
        mine, floor = await _throughputs(services, queue, chat, messages, rounds)
        lines = [
            Figure("call's end to the chat's API", kind, "ms", latency[0] * 1000, latency[1] * 1000, 2.0),
            Figure("deliveries", kind, "/s", mine, floor, 0.5, more=True),
        ]
        if procrastinate:
            theirs = await _procrastinate(procrastinate, f"{address}/bare", chat, session, messages)
            lines.append(Figure("deliveries; floor: procrastinate", kind, "/s", mine, theirs, 1.0, more=True))
        return lines


async def _latencies(services: Services, queue: BareQueue, chat: Chat, calls: int) -> tuple[float, float]:
    """Seconds, in turns: ours from the platform's word that a call has ended."""
    mine, floor = [], []
    for number in range(calls + 1):
        sid = await services.store.run(_call, f"CD{time.time_ns():032x}")
        await _quiet(chat)
        before, began = chat.posts, time.perf_counter()
        await services.store.run(_end, sid)
        ours = await chat.reach(before + 1) - began
        await _quiet(chat)
        before, began = chat.posts, time.perf_counter()
        await queue.put([str(number)])
        sending = asyncio.create_task(queue.drain(_reached(chat, before + 1)))
        bare = await chat.reach(before + 1) - began
        await sending
        if number:
            mine.append(ours)
            floor.append(bare)
    return median(mine), median(floor)


def _reached(chat: Chat, number: int) -> Callable[[], bool]:
    return lambda: chat.posts >= number


async def _throughputs(
    services: Services, queue: BareQueue, chat: Chat, messages: int, rounds: int
) -> tuple[float, float]:
    """Messages a second, in turns; a first round loads what is needed only once."""
    mine, floor = [], []
    for round_ in range(rounds + 1):
        await _quiet(chat)
        before, began = chat.posts, time.perf_counter()
        await services.store.run(_say, messages)
        ours = messages / (await chat.reach(before + messages) - began)
        await _quiet(chat)
        before, began = chat.posts, time.perf_counter()
        await queue.put([str(number) for number in range(messages)])
        sending = asyncio.create_task(queue.drain(_reached(chat, before + messages)))
        bare = messages / (await chat.reach(before + messages) - began)
        await sending
        if round_:
            mine.append(ours)
            floor.append(bare)
    return median(mine), median(floor)


async def _procrastinate(
    url: str, address: str, chat: Chat, session: aiohttp.ClientSession, messages: int
) -> float:
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="post")
    async def send(text: str) -> None:
        async with session.post(address, json={"text": text}) as answer:
            await answer.read()

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        before, began = chat.posts, time.perf_counter()
        await send.batch_defer_async(*({"text": str(number)} for number in range(messages)))
        worker = app.run_worker_async(concurrency=16, wait=False, install_signal_handlers=False)
        working = asyncio.create_task(worker)
        theirs = messages / (await chat.reach(before + messages) - began)
        await working
        return theirs


async def _quiet(chat: Chat) -> None:
    """What follows from the post before (other cards, edits) is over."""
    seen = -1
    while seen != chat.posts:
        seen = chat.posts
        await asyncio.sleep(0.05)


def _call(tx: Transaction, sid: str) -> str:
    """A call in which a word was left."""
    reply = _receive(tx, Arrival(sid=sid, from_="+815012345678", to="+81345671234"))
    assert reply is not None
    take_step(
        tx,
        roster_of(tx, "smile"),
        reply.call,
        reply.step,
        Said(text="みどり工業の江川です。伝言をお願いします"),
    )
    return sid


def _end(tx: Transaction, sid: str) -> None:
    end_call(tx, roster_of(tx, "smile"), sid, status="completed", seconds=30)


def _say(tx: Transaction, messages: int) -> None:
    for number in range(messages):
        say(tx, "smile", "slack", f"U{number:08d}", Card(text=f"伝言 {number}"))


@asynccontextmanager
async def _listening() -> AsyncIterator[tuple[Chat, str]]:
    chat = Chat()
    runner = web.AppRunner(chat.app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield chat, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _ours(url: str, chat: str) -> AsyncIterator[Services]:
    settings = Settings(
        _env_file=None,
        database_url=url,
        toritsugi_secret=SecretStr("a long random text for measurements"),
        slack_bot_token=SecretStr("xoxb-test"),
        slack_signing_secret=SecretStr("slack-secret"),
        slack_api_url=f"{chat}/api/",
    )
    services = make_services(settings, SystemClock())
    async with delivering(services):
        yield services
