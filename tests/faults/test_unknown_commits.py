"""A connection that breaks at the commit itself: nobody is told that nothing was done, and a repeat counts once."""

from collections.abc import Iterator

import aiohttp
import pytest

from handlers.commands.token import run as make_token
from tests.support.cut_commits import Wire
from tests.support.world import World


@pytest.fixture
def wire(postgres_url: str) -> Iterator[Wire]:
    with Wire(postgres_url).stretched() as stretched:
        yield stretched


@pytest.mark.parametrize("counts", [False, True], ids=["lost", "recorded"])
async def test_a_program_is_told_that_nobody_knows_and_its_key_makes_a_repeat_safe(
    wire: Wire, counts: bool
) -> None:
    async with World(wire.url).running() as world, aiohttp.ClientSession(world.base_url) as web:
        token = make_token(world.services.settings, "program", ["messages"], None).strip().splitlines()[-1]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "call-4711"}
        body = {"staff": "kurimoto", "body": "納期の件でお電話がありました"}
        wire.cut_the_commit_of("call-4711", counts=counts)
        async with web.post("/api/v1/messages", json=body, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]) == (503, "unknown")
        async with web.post("/api/v1/messages", json=body, headers=headers) as answer:
            assert answer.status == 201
            filed = (await answer.json())["id"]
        async with web.get("/api/v1/messages", headers=headers) as answer:
            assert [message["id"] for message in (await answer.json())["messages"]] == [filed]
        assert wire.cuts == 1


@pytest.mark.parametrize("counts", [False, True], ids=["lost", "recorded"])
async def test_who_types_a_command_is_asked_to_look(wire: Wire, counts: bool) -> None:
    async with World(wire.url).running() as world:
        wire.cut_the_commit_of("青空商店", counts=counts)
        said = await world.on_slack("ono").types("/tori", "外出 15時まで 青空商店")
        assert "記録できたか確かめられませんでした" in said.text
        assert "記録できませんでした" not in said.text
        assert wire.cuts == 1
        await world.on_slack("ono").types("/tori", "外出 15時まで 青空商店")
        await world.settled()


@pytest.mark.parametrize("counts", [False, True], ids=["lost", "recorded"])
async def test_who_writes_in_line_is_asked_to_look(wire: Wire, counts: bool) -> None:
    async with World(wire.url).running() as world:
        wire.cut_the_commit_of("青空商店", counts=counts)
        await world.on_line("kurimoto").says("外出 15時まで 青空商店")
        await world.on_line("kurimoto").sees("記録できたか確かめられませんでした", within=20)
        assert wire.cuts == 1
        await world.settled()
