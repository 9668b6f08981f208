"""The telephones over HTTP, as a page uses them."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from simulator.twilio import TwilioStandIn
from tests.support.twiml_app import CALLER, OFFICE, STAFF, App


class Page:
    def __init__(self, session: ClientSession, base: str) -> None:
        self.session = session
        self.base = f"{base}/_control"

    async def does(self, do: str, phone: str = "", **said: Any) -> tuple[int, Any]:
        body = {"do": do, **({"phone": phone} if phone else {}), **said}
        async with self.session.post(f"{self.base}/commands", json=body) as answer:
            return answer.status, await answer.json()

    async def state(self) -> dict[str, Any]:
        async with self.session.get(f"{self.base}/state") as answer:
            state: dict[str, Any] = await answer.json()
            return state

    async def call(self, phone: str) -> dict[str, Any]:
        state = await self.state()
        call: dict[str, Any] = next(each for each in state["phones"] if each["number"] == phone)["calls"][-1]
        return call


@pytest.fixture
def page(twilio: TwilioStandIn, web_client: ClientSession) -> Page:
    return Page(web_client, twilio.base_url)


@pytest.fixture
async def events(page: Page) -> AsyncIterator[asyncio.Queue[dict[str, Any]]]:
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    async with page.session.get(f"{page.base}/events") as stream:
        assert stream.content_type == "text/event-stream"

        async def read() -> None:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    queue.put_nowait(json.loads(line.removeprefix(b"data: ")))

        reading = asyncio.create_task(read())
        yield queue
        reading.cancel()


async def until(events: asyncio.Queue[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    async with asyncio.timeout(2):
        while True:
            event = await events.get()
            if wanted.items() <= event.items():
                return event


async def test_a_whole_call_from_a_page(app: App, page: Page, events: asyncio.Queue[dict[str, Any]]) -> None:
    app["/voice"] = '<Gather input="speech dtmf" action="/heard"><Say>ご用件をどうぞ</Say></Gather>'
    app["/heard"] = f"<Dial>{STAFF}</Dial>"
    status, dialled = await page.does("dials", CALLER, to=OFFICE)
    assert (status, dialled["ok"]) == (200, True)
    await until(events, what="line", phone=CALLER, sound="speech", text="ご用件をどうぞ")
    assert (await page.call(CALLER))["listens"] == ["speech", "keys"]
    assert (await page.does("says", CALLER, words="栗本さんを"))[0] == 200
    await until(events, what="call", phone=STAFF, status="ringing")
    assert (await page.does("answers", STAFF))[0] == 200
    await until(events, what="line", phone=CALLER, text=f"connected with {STAFF}")
    await page.does("says", STAFF, words="栗本です")
    await until(events, what="line", phone=CALLER, sound="party", text="栗本です")
    assert (await page.call(CALLER))["with"] == STAFF
    await page.does("hangs_up", CALLER)
    ended = await until(events, what="call", phone=STAFF, status="completed")
    assert ended["call"] == (await page.call(STAFF))["call"]


async def test_what_can_not_be_done(app: App, page: Page) -> None:
    app["/voice"] = "<Enqueue>q</Enqueue>"
    assert (await page.does("hangs_up", CALLER))[0] == 409
    assert (await page.does("answers", STAFF))[0] == 409
    assert (await page.does("dials", CALLER, to="+81300000000"))[0] == 400
    assert (await page.does("dials", CALLER))[0] == 400
    assert (await page.does("sings", CALLER))[0] == 400
    await page.does("dials", CALLER, to=OFFICE)
    assert (await page.does("says", CALLER, words="もしもし"))[0] == 409


async def test_other_sites_may_not_use_it(page: Page) -> None:
    for headers in ({"Origin": "https://evil.test"}, {"Host": "evil.test"}):
        async with page.session.get(f"{page.base}/state", headers=headers) as answer:
            assert answer.status == 403
    ours = {"Origin": "http://localhost:8000"}
    async with page.session.get(f"{page.base}/state", headers=ours) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == ours["Origin"]


async def test_faults_are_switched_on_from_a_page(
    app: App, page: Page, twilio: TwilioStandIn, events: asyncio.Queue[dict[str, Any]]
) -> None:
    app["/voice"] = "<Hangup/>"
    assert (await page.does("webhook_fault", channel="status", kind="hold"))[0] == 200
    assert (await page.does("fault", method="calls.create", kind="rate_limit"))[0] == 200
    assert (await page.does("webhook_fault", channel="status", kind="sulk"))[0] == 400
    await page.does("dials", CALLER, to=OFFICE)
    await until(events, what="held")
    assert app.of("/status") == []
    await page.does("release")
    await twilio.all_told()
    assert len(app.of("/status")) == 1
