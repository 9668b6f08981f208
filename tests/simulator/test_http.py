"""The server, the faults and the bell that the stand-ins share."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.clock import SettableClock
from simulator.changes import Changes
from simulator.http import Faults, is_loopback, loopback_only, serving


class Desk:
    """A server with one method, `bell`, and a count of how often it rang."""

    def __init__(self, clock: SettableClock) -> None:
        self.rung = 0
        self.problems: list[str] = []
        self.base = ""
        self.faults = Faults(
            rate_limited='{"e":"slow"}', failed='{"e":"no"}', problems=self.problems, now=clock.now
        )

    async def ring(self, _request: web.Request) -> web.Response:
        self.rung += 1
        return web.json_response({"rung": self.rung})

    async def receive(self, request: web.Request) -> web.StreamResponse:
        return await self.faults.answer("bell", request, self.ring)

    async def call(self, within: float = 5.0) -> tuple[int, str]:
        timeout = aiohttp.ClientTimeout(total=within)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.post(self.base) as response:
            return response.status, await response.text()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
async def desk(clock: SettableClock) -> AsyncIterator[Desk]:
    desk = Desk(clock)
    app = web.Application()
    app.router.add_post("/", desk.receive)
    async with serving(app) as base:
        desk.base = base
        yield desk


async def test_it_listens_on_the_loopback_only(desk: Desk) -> None:
    assert desk.base.startswith("http://127.0.0.1:")
    assert await desk.call() == (200, '{"rung": 1}')


@pytest.mark.parametrize(
    ("kind", "options", "answer", "rung"),
    [
        ("rate_limit", {}, (429, '{"e":"slow"}'), 0),
        ("error", {"status": 503}, (503, '{"e":"no"}'), 0),
        ("answer", {"status": 403, "body": '{"e":"you"}'}, (403, '{"e":"you"}'), 0),
        ("garbage", {}, (200, "<html><body>upstream is unwell"), 0),
        ("accept_then_error", {"status": 502}, (502, '{"e":"no"}'), 1),
        ("slow", {"seconds": 0.01}, (200, '{"rung": 1}'), 1),
    ],
)
async def test_faults_with_an_answer(
    desk: Desk, kind: Any, options: dict[str, Any], answer: tuple[int, str], rung: int
) -> None:
    desk.faults.order("bell", kind, **options)
    assert await desk.call() == answer
    assert desk.rung == rung


@pytest.mark.parametrize(("kind", "rung"), [("break", 0), ("accept_then_break", 1)])
async def test_faults_that_break_the_connection(desk: Desk, kind: Any, rung: int) -> None:
    desk.faults.order("bell", kind)
    with pytest.raises(aiohttp.ClientError):
        await desk.call()
    assert desk.rung == rung


@pytest.mark.parametrize(("kind", "rung"), [("silence", 0), ("accept_then_silence", 1)])
async def test_faults_without_an_answer(desk: Desk, kind: Any, rung: int) -> None:
    desk.faults.order("bell", kind)
    with pytest.raises(TimeoutError):
        await desk.call(within=0.1)
    assert desk.rung == rung


async def test_faults_meet_as_many_calls_as_ordered_and_in_order(desk: Desk) -> None:
    desk.faults.order("bell", "error", times=2)
    desk.faults.order("bell", "garbage")
    assert [(await desk.call())[0] for _ in range(4)] == [500, 500, 200, 200]
    assert desk.rung == 1
    desk.faults.order("bell", "error", times=None)
    assert [(await desk.call())[0] for _ in range(3)] == [500, 500, 500]
    desk.faults.clear("bell")
    assert (await desk.call())[0] == 200


async def test_a_limit_lets_so_many_through_in_a_span(desk: Desk, clock: SettableClock) -> None:
    desk.faults.limit("bell", 2, seconds=10)
    statuses = [(await desk.call())[0]]
    clock.passes(seconds=4)
    statuses += [(await desk.call())[0] for _ in range(2)]
    assert statuses == [200, 200, 429]
    clock.passes(seconds=6)  # the first call is now ten seconds old
    assert [(await desk.call())[0] for _ in range(2)] == [200, 429]
    desk.faults.clear()
    assert (await desk.call())[0] == 200
    assert desk.problems == []


def test_a_fault_that_does_not_exist_is_refused(clock: SettableClock) -> None:
    with pytest.raises(ValueError, match="accept_then_break"):
        Desk(clock).faults.order("bell", "explode")  # type: ignore[arg-type]


async def test_calling_before_retry_after_is_over_is_a_problem(desk: Desk, clock: SettableClock) -> None:
    desk.faults.order("bell", "rate_limit", retry_after=5)
    await desk.call()
    await desk.call()  # may have been on its way
    assert desk.problems == []
    clock.passes(seconds=4)
    await desk.call()
    assert desk.problems == ["bell: called again 1.0 s before Retry-After was over"]
    clock.passes(seconds=1)
    await desk.call()
    assert len(desk.problems) == 1


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8000", True),
        ("localhost:8000", True),
        ("[::1]:8000", True),
        ("https://evil.example.com", False),
        ("127.0.0.1.evil.example.com", False),
        ("null", False),
    ],
)
def test_what_is_this_machine(address: str, here: bool) -> None:
    assert is_loopback(address) is here


async def test_a_rebound_name_is_turned_away() -> None:
    async def hello(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", loopback_only(hello))
    async with serving(app) as base, aiohttp.ClientSession() as session:
        async with session.get(base) as response:
            assert response.status == 200
        async with session.get(base, headers={"Host": "evil.example.com"}) as response:
            assert response.status == 403


async def test_waiting_ends_with_the_change_or_the_time() -> None:
    changes = Changes()
    found: list[str] = []
    waiting = asyncio.ensure_future(changes.until(lambda: found[-1] if found else None, 5))
    await asyncio.sleep(0)
    changes.tell("noise")
    await asyncio.sleep(0)
    assert not waiting.done()
    found.append("it")
    changes.tell("it came")
    assert await waiting == "it"
    found.clear()
    assert await changes.until(lambda: found[-1] if found else None, 0.01) is None
