"""Deliveries: in time or not, once or twice, in order or not."""

import asyncio

import pytest
from aiohttp import web

from simulator.courier import Courier
from simulator.http import serving


async def answer(request: web.Request) -> web.Response:
    if request.path == "/never":
        await asyncio.Event().wait()
    return web.Response(status=204 if request.path == "/ok" else 500, text="")


async def test_what_an_answer_says() -> None:
    app = web.Application()
    app.router.add_post("/{any}", answer)
    async with serving(app) as base, Courier() as courier:
        good = await courier.post(f"{base}/ok", b"", {}, limit=5)
        assert (good.ok, good.status, good.failure) == (True, 204, "")
        bad = await courier.post(f"{base}/bad", b"", {}, limit=5)
        assert (bad.ok, bad.status) == (False, 500)
        late = await courier.post(f"{base}/never", b"", {}, limit=0.05)
        assert (late.ok, late.failure) == (False, "timeout")
    async with Courier() as courier:
        gone = await courier.post(f"{base}/ok", b"", {}, limit=5)
        assert (gone.ok, gone.failure) == (False, "connection")


async def test_it_has_to_be_open() -> None:
    with pytest.raises(RuntimeError):
        await Courier().post("http://127.0.0.1:9", b"", {}, limit=1)


async def test_holding_releasing_and_doubling() -> None:
    made: list[str] = []

    async def deliver(courier: Courier, name: str) -> None:
        async def send() -> None:
            made.append(name)

        await courier.deliver(send)

    async with Courier() as courier:
        await deliver(courier, "a")
        courier.hold()
        for name in "bcd":
            await deliver(courier, name)
        assert made == ["a"]
        await courier.release(reverse=True)
        assert made == ["a", "d", "c", "b"]
        courier.hold()
        await deliver(courier, "e")
        await deliver(courier, "f")
        await courier.release(at_once=True)
        assert made[4:] == ["e", "f"]
        courier.copies = 2
        await deliver(courier, "g")
        assert made[6:] == ["g", "g"]


async def test_work_in_the_background_is_waited_for_and_its_error_raised() -> None:
    async def fails() -> None:
        raise ValueError("broken")

    async with Courier() as courier:
        done: list[int] = []

        async def works() -> None:
            await asyncio.sleep(0)
            done.append(1)

        courier.start(works())
        await courier.settled()
        assert done == [1]
        courier.start(fails())
        with pytest.raises(ValueError, match="broken"):
            await courier.settled()
