"""The call-routing backend hears of every change: signed, in order, whatever happens meanwhile."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from standardwebhooks.webhooks import Webhook

from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message, reopen_message
from bot.office.roster import roster_of
from bot.office.tokens import Scope, make_token
from simulator.http import serving
from tests.support.processes import eventually
from tests.support.world import OFFICE_FILE, World

SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtYS1wYng="


class Pbx:
    """Another call system that listens; it can be told to refuse."""

    def __init__(self) -> None:
        self.heard: list[dict[str, object]] = []
        self.ids: list[str] = []
        self.refuses = 0

    async def hear(self, request: web.Request) -> web.Response:
        body = await request.text()
        Webhook(SECRET).verify(body, dict(request.headers), json_parse=False)
        self.ids.append(request.headers["webhook-id"])
        if self.refuses:
            self.refuses -= 1
            return web.Response(status=503)
        self.heard.append(json.loads(body))
        return web.Response()

    def of(self, kind: str) -> list[dict[str, object]]:
        return [event["data"] for event in self.heard if event["type"] == kind]


@asynccontextmanager
async def world_with(pbx: Pbx, database_url: str) -> AsyncIterator[World]:
    app = web.Application()
    app.router.add_post("/presence", pbx.hear)
    async with serving(app) as address:
        routing = f'\nrouting:\n  - {{type: webhook, url: "{address}/presence", secret: "{SECRET}", private: true}}\n'
        office = OFFICE_FILE.read_text(encoding="utf-8") + routing
        world = World(database_url, office=office)
        # The signature's time must be the receiver's: the machine's clock.
        async with world.running() as running:
            from bot.clock import SystemClock

            running.services.webhooks._clock = SystemClock()
            yield running


async def test_changes_arrive_in_order_and_survive_an_outage(database_url: str) -> None:
    pbx = Pbx()
    pbx.refuses = 2
    async with world_with(pbx, database_url) as world:
        kurimoto = world.on_slack("kurimoto")
        await kurimoto.types("/tori", "15時帰社")
        await kurimoto.types("/tori", "出張 明日まで")
        await kurimoto.types("/back")
        async with asyncio.timeout(10):
            while len(pbx.of("presence.updated")) < 3:
                await world.passes(seconds=2)
                await asyncio.sleep(0.05)
        told = pbx.of("presence.updated")
        assert [event["kind"] for event in told] == ["out", "trip", None]
        assert [event["version"] for event in told] == [1, 2, 3]
        assert told[1]["say"].startswith("申し訳ございません、あいにく課長の栗本は本日出張しております")
        assert "note" not in told[1]
        assert pbx.ids[0] == pbx.ids[1] == pbx.ids[2], "a retry is the same event"


async def test_the_clock_alone_changes_presence(database_url: str) -> None:
    pbx = Pbx()
    async with world_with(pbx, database_url) as world:
        await world.on_slack("sato").types("/tori", "11時から12時まで会議")
        await world.passes(minutes=31)
        await eventually(
            lambda: [event["kind"] for event in pbx.of("presence.updated")] == ["meeting"], "begins"
        )
        await world.passes(minutes=60)
        await eventually(lambda: len(pbx.of("presence.updated")) == 2, "ends")
        assert pbx.of("presence.updated")[1]["kind"] is None


async def test_messages_and_transfers_are_told(database_url: str) -> None:
    pbx = Pbx()
    async with world_with(pbx, database_url) as world:
        call = await world.caller().dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says("アオバ商事の三上です。大野部長をお願いします")
        await world.on_slack("ono").sees("三上様からお電話です")
        await world.on_slack("ono").taps("出られない")
        await call.hears("手が離せない")
        await call.hangs_up()
        await eventually(lambda: pbx.of("message.created"), "the message")
        await eventually(lambda: pbx.of("transfer.declined"), "the transfer")
        assert pbx.of("message.created")[0]["staff"] == "ono"


async def test_a_message_that_was_taken_for_settled_is_told_to_be_open_again(database_url: str) -> None:
    """1 was pressed as the caller hung up: whoever heard that it is done hears that it is not."""
    pbx = Pbx()
    async with world_with(pbx, database_url) as world:
        store = world.services.store
        new = NewMessage(staff="ono", caller=CallerFacts("青空物産", "江川"), body="納期の件", done_by="ono")
        message = await store.run(lambda tx: file_message(tx, roster_of(tx, "smile"), new))
        await store.run(lambda tx: reopen_message(tx, roster_of(tx, "smile"), message))
        await eventually(lambda: pbx.of("message.reopened"), "it is told")
        [told] = pbx.of("message.reopened")
        assert (told["id"], told["state"], told["by"]) == (message, "open", None)
        await world.settled()


async def test_a_program_hears_the_outcome_of_its_transfer(database_url: str) -> None:
    """By a signed webhook, however often the program is away; a retry is the same event."""
    pbx = Pbx()
    async with world_with(pbx, database_url) as world:
        token = world.services.store.run_now(make_token, "smile", "pbx", (Scope.TRANSFERS,))
        headers = {"authorization": f"Bearer {token}"}

        async def asks_for_ono() -> str:
            wish = {
                "staff": "ono",
                "caller": {"name": "三上", "company": "アオバ商事"},
                "purpose": "お見積り",
            }
            async with http.post("/api/v1/transfers", json=wish) as answer:
                assert answer.status == 202
                return str((await answer.json())["id"])

        async with aiohttp.ClientSession(world.base_url, headers=headers) as http:
            accepted = await asks_for_ono()
            pbx.refuses = 2
            await world.on_slack("ono").taps(
                "つなぐ", on=await world.on_slack("ono").sees("三上様からお電話です")
            )
            async with asyncio.timeout(20):
                while not pbx.of("transfer.accepted"):
                    await world.passes(seconds=2)
                    await asyncio.sleep(0.05)
            promised = await asks_for_ono()
            await world.on_slack("ono").sees("三上様からお電話です", "お待ち 0秒")
            await world.on_slack("ono").taps("30分後に折り返す")
            await eventually(lambda: pbx.of("transfer.promised"), "the promise", within=20)
        (took,), (will,) = pbx.of("transfer.accepted"), pbx.of("transfer.promised")
        assert (took["id"], took["state"], took["by"]) == (accepted, "accepted", "ono")
        assert (will["id"], will["state"], will["promise_minutes"]) == (promised, "promised", 30)
        assert pbx.ids[0] == pbx.ids[1] == pbx.ids[2] != pbx.ids[3]


async def test_the_api_sets_what_the_next_call_hears(world: World) -> None:
    token = world.services.store.run_now(make_token, "smile", "pbx", [Scope("presence")])
    async with aiohttp.ClientSession(headers={"authorization": f"Bearer {token}"}) as http:
        url = f"{world.base_url}/api/v1/staff/ono/presence"
        async with http.put(url, json={"kind": "meeting", "end": "2026-11-24T16:00:00+09:00"}) as answer:
            assert answer.status == 200, await answer.text()
        async with http.get(f"{world.base_url}/api/v1/presence") as answer:
            shown = await answer.json()
    assert "meeting" in json.dumps(shown)
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。大野部長をお願いします")
    await call.hears("16時に終わる予定")
    await call.hangs_up()
