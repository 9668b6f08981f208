"""Another call system, with the whole of ours around it."""

import asyncio

import aiohttp

from bot.office.tokens import make_token
from tests.api.conftest import EVERYTHING, Program
from tests.support.world import World

WISH = {
    "staff": "kurimoto",
    "caller": {"name": "三上", "company": "アオバ商事", "number": "+815012345678"},
    "purpose": "お見積りの件",
    "urgent": True,
}


def _token(world: World) -> str:
    return world.services.store.run_now(make_token, "smile", "pbx", EVERYTHING)


async def test_staff_answer_in_line_and_the_call_system_hears_it(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        pbx = Program(session, world.base_url, _token(world))
        asked = await pbx.post("/api/v1/transfers", WISH, key="call-1")
        kurimoto = world.on_line("kurimoto")
        card = await kurimoto.sees("アオバ商事の三上様からお電話です", within=10)
        assert card.was_push
        await world.on_slack("kurimoto").sees("アオバ商事の三上様からお電話です")

        waiting = asyncio.create_task(pbx.get(f"/api/v1/transfers/{asked.body['id']}", wait=30))
        await kurimoto.taps("30分後に折り返す")
        heard = (await waiting).body
        assert (heard["state"], heard["promise_minutes"], heard["by"]) == ("promised", 30, "kurimoto")

        said = await kurimoto.taps("つなぐ", on=card)  # too late
        answer = await kurimoto.sees(after=said)
        assert not answer.was_push
        assert (await pbx.get(f"/api/v1/transfers/{asked.body['id']}")).body["state"] == "promised"
        await world.settled()


async def test_a_cancelled_transfer_closes_the_card(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        pbx = Program(session, world.base_url, _token(world))
        asked = await pbx.post("/api/v1/transfers", WISH)
        card = await world.on_slack("kurimoto").sees("アオバ商事の三上様からお電話です")
        await pbx.delete(f"/api/v1/transfers/{asked.body['id']}")
        await world.on_slack("kurimoto").sees_gone(card, "つなぐ")
        await world.on_line("kurimoto").sees("アオバ商事の三上様からお電話です")
        await world.on_line("kurimoto").taps("つなぐ")
        assert (await pbx.get(f"/api/v1/transfers/{asked.body['id']}")).body["state"] == "cancelled"
        await world.settled()


async def test_a_message_is_in_chat_and_done_there_is_done_here(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        pbx = Program(session, world.base_url, _token(world))
        await pbx.post("/api/v1/messages", {**_MESSAGE, "staff": "kurimoto"})
        await world.calls_channel_sees("三上", "折り返しをお願いします")
        await world.on_slack("kurimoto").sees("三上", "折り返しをお願いします")
        await world.on_slack("kurimoto").taps("対応済み")
        (message,) = (await pbx.get("/api/v1/messages", state="done")).body["messages"]
        assert message["done_by"] == "kurimoto"
        await world.settled()


_MESSAGE = {"caller": WISH["caller"], "body": "折り返しをお願いします", "promise": 30}
