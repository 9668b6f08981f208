"""The managers' digests: at their hours, once, also after an outage; not on days off."""

from collections.abc import AsyncIterator
from datetime import datetime

import aiohttp
import pytest_asyncio
import sqlalchemy as sa

from bot.digests.tables import pictures as pictures_kept
from bot.reception.tables import calls as calls_table
from bot.settings import Settings
from bot.store.transaction import Transaction
from tests.support.world import OFFICE_FILE, TOKYO, World

LINE_ONLY = OFFICE_FILE.read_text(encoding="utf-8").replace(
    "slack: {team: T0SMILE, calls_channel: C0CALLS, digest_channel: C0DIGEST, status_channel: C0KINTAI}",
    f"line: {{destination: U{'f' * 32}, secret: '${{LINE_SMILE_SECRET}}', token: '${{LINE_SMILE_TOKEN}}', "
    f"calls_group: C{'1' * 32}}}",
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def digests(world: World) -> list[str]:
    return [message.text for message in world.slack.channel("C0DIGEST").messages if not message.files]


def pictures(world: World) -> list[bytes]:
    """The files shown in the managers' channel."""
    shown = [file for message in world.slack.channel("C0DIGEST").messages for file in message.files]
    return [world.slack.space.files[file["id"]]["content"] for file in shown]


@pytest_asyncio.fixture
async def plain(database_url: str) -> AsyncIterator[World]:
    """An office whose digests have no picture: drawing one takes a second."""
    office = OFFICE_FILE.read_text(encoding="utf-8") + "options: {pictures: false}\n"
    async with World(database_url, office=office).running() as running:
        yield running


async def calls(world: World, number: str, words: str = "") -> None:
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    if words:
        await call.says(words)
        await call.hears("三上様")
    await call.hangs_up()
    await world.settled()


MESSAGE = "アオバ商事の三上です。栗本課長に伝言をお願いします"


async def test_it_comes_once_at_its_hour_with_a_picture(world: World) -> None:
    await calls(world, "+81311112222", MESSAGE)
    await calls(world, "+81311112222", MESSAGE)
    await calls(world, "+81344445555")
    assert not digests(world)
    await world.reaches(at(24, 18, 1))
    await world.reaches(at(24, 18, 2))
    [digest] = digests(world)
    for words in ("11月24日（火）のお電話", "3件", "着信のみ", "栗本さん: 2件", "アオバ商事 三上 2件"):
        assert words in digest
    [picture] = pictures(world)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 780, "two dots for each point of a telephone's width"


async def test_one_missed_while_down_is_sent_on_return_and_days_off_have_none(plain: World) -> None:
    plain.clock.set(at(28, 10))  # a Saturday, after days without a tick
    await plain.reaches(at(28, 10, 1))
    await plain.reaches(at(29, 10, 1))
    [digest] = digests(plain)
    assert "11月27日（金）" in digest


async def test_the_week_is_compared_with_the_one_before(plain: World) -> None:
    await calls(plain, "+81311112222", MESSAGE)
    await plain.reaches(at(27, 10))
    await calls(plain, "+81311112222", MESSAGE)
    await plain.reaches(at(30, 9, 1))
    assert "11月23日（月）から11月29日（日）のお電話" in digests(plain)[-1]
    assert "2件" in digests(plain)[-1]
    await calls(plain, "+81311112222", MESSAGE)
    plain.clock.set(datetime(2026, 12, 7, 8, 59, tzinfo=TOKYO))
    await plain.reaches(datetime(2026, 12, 7, 9, 0, tzinfo=TOKYO))
    assert "1件（前の週 2件、-1）" in digests(plain)[-1]


async def test_promises_kept_and_broken_are_counted(plain: World) -> None:
    ono = plain.on_slack("ono")
    for number, who in (("+815012345678", "スマイル企画の江川"), ("+815012345679", "アオバ商事の三上")):
        call = await plain.caller(number).dials(plain.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says(f"{who}です。総務の大野さんをお願いします")
        card = await ono.sees(f"{who}様からお電話です")
        await ono.taps("30分後に折り返す", on=card)
        await call.hears("30分ほどで")
        await call.hangs_up()
        await ono.sees(f"{who}様からお電話がありました")
    messages = [message for message in ono.dm if "からお電話がありました" in message.text]
    assert len(messages) == 2
    await ono.taps("対応済み", on=messages[0])
    await plain.reaches(at(24, 18, 1))
    assert "守れた 1件、守れなかった 1件" in digests(plain)[-1]


async def test_an_office_on_line_alone_gets_text_in_its_group_and_what_line_has_cost(sqlite_url: str) -> None:
    async with World(sqlite_url, office=LINE_ONLY).running() as world:
        await world.reaches(at(24, 18, 1))
        group = world.line.group("C" + "1" * 32)
        digest = group.messages[-1].text
        assert "11月24日（火）のお電話" in digest
        assert "LINE の今月の送信" in digest


async def test_managers_hear_once_that_the_months_calls_run_out_and_callers_never(sqlite_url: str) -> None:
    office = OFFICE_FILE.read_text(encoding="utf-8") + "quota: 2\noptions: {pictures: false}\n"
    async with World(sqlite_url, office=office).running() as world:
        ono = world.on_slack("ono")
        for number in ("+81311112222", "+81311113333", "+81311114444"):
            await calls(world, number, MESSAGE)
        await world.reaches(at(24, 12))
        await world.reaches(at(24, 13))
        told = [message.text for message in ono.dm if "ご契約の件数に達しました" in message.text]
        assert len(told) == 1
        assert "2件に対して 3件" in told[0]
        await world.reaches(at(24, 18, 1))
        assert "今月のお電話 3件 / ご契約 2件" in digests(world)[-1]


async def test_ones_own_figures_on_request(plain: World) -> None:
    kurimoto = plain.on_slack("kurimoto")
    await calls(plain, "+81311112222", MESSAGE)
    await kurimoto.types("/calls")
    await kurimoto.sees("未対応の伝言", "今日 1件（対応済み 0件）、7日間 1件（対応済み 0件）")
    card = next(message for message in kurimoto.dm if "三上様からお電話がありました" in message.text)
    await kurimoto.taps("対応済み", on=card)
    await kurimoto.types("/calls")
    await kurimoto.sees("未対応の伝言はありません", "今日 1件（対応済み 1件）")


class Public(World):
    """Reached by LINE under a public address; its people still use the one of the test."""

    def _settings(self) -> Settings:
        given = super()._settings().model_dump()
        return Settings(_env_file=None, **{**given, "public_url": "https://toritsugi.example.com"})


async def test_line_shows_the_picture_by_an_address_that_nobody_guesses(sqlite_url: str) -> None:
    async with Public(sqlite_url, office=LINE_ONLY).running() as world:
        world.services.store.run_now(rang, at(24, 10))
        await world.reaches(at(24, 18, 1))
        [message] = world.line.group("C" + "1" * 32).messages
        address = message.body["contents"]["hero"]["url"]
        assert address.startswith("https://toritsugi.example.com/line/pictures/")
        path = address.removeprefix("https://toritsugi.example.com")
        async with aiohttp.ClientSession() as browser:
            async with browser.get(world.base_url + path) as answer:
                assert answer.content_type == "image/png"
                assert (await answer.read()).startswith(b"\x89PNG")
            for other in ("/line/pictures/x.png", f"/line/pictures/{'A' * 43}.png"):
                async with browser.get(world.base_url + other) as answer:
                    assert answer.status == 404
        assert world.services.store.read_now(lambda tx: len(tx.all(sa.select(pictures_kept.c.token)))) == 1
        await world.reaches(datetime(2026, 12, 25, 18, 2, tzinfo=TOKYO))
        assert world.services.store.read_now(lambda tx: len(tx.all(sa.select(pictures_kept.c.token)))) == 0


def rang(tx: Transaction, when: datetime) -> None:
    tx.insert(
        calls_table,
        id=tx.new_id(),
        organization="smile",
        sid="CA" + "1" * 32,
        from_number="+81311112222",
        to_number="+81345671234",
        state="ended",
        outcome="connected",
        step=1,
        started_at=when,
    )
