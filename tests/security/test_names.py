"""An office, a department and people with names that are markup elsewhere: everywhere they are only names."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.world import OFFICE_FILE, World

NAMES = {
    "スマイルコーポレーション": "<!channel>商会",
    "department: 営業": 'department: "</Say>営業<@U0SATO>"',
    "name: 栗本 太郎": 'name: "栗本<!here> *太郎*"',
    "name: 佐藤 花子": 'name: "佐藤 <https://x.example|花子>"',
}
COMMANDS = ("<!", "<@", "<https://x.example", "</Say>営業<")


@pytest.fixture
def office() -> str:
    text = OFFICE_FILE.read_text(encoding="utf-8")
    for plain, wild in NAMES.items():
        assert plain in text
        text = text.replace(plain, wild)
    return text


@pytest_asyncio.fixture
async def strange(sqlite_url: str, office: str) -> AsyncIterator[World]:
    async with World(sqlite_url, office=office).running() as world:
        yield world


def shown(world: World) -> str:
    """Everything that Slack was told to show, as it went over the wire."""
    space = world.slack.space
    messages = [[kept.plain, kept.blocks] for channel in space.channels.values() for kept in channel.messages]
    return json.dumps([messages, [view.body for view in space.homes.values()]], ensure_ascii=False)


async def test_they_are_names_in_every_place(strange: World) -> None:
    kurimoto, sato = strange.on_slack("kurimoto"), strange.on_slack("sato")
    await kurimoto.types("/tori", "外出 15時まで")
    await sato.says("みんなの状況")
    await sato.sees("みんな")
    await sato.opens_home()
    call = await strange.caller().dials(strange.main_number)
    await call.hears("商会")
    await call.says("アオバ商事の三上です。佐藤花子さんをお願いします")
    await sato.sees("三上様")
    await call.hangs_up()
    await strange.passes(hours=9)
    await strange.settled()
    everything = shown(strange)
    assert [command for command in COMMANDS if command in everything] == []
    assert "&lt;!here&gt;" in everything
