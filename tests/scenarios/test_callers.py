"""Callers who do not simply talk: silence, a tape, keys, another language, sales, numbers from abroad."""

import pytest

from bot.reception.filing import keep_recording
from tests.support.world import World

GREETING = "スマイルコーポレーション"


async def left_with_the_tape(world: World, number: str = "+81311112222"):
    """A caller who said nothing that was understood, when the tape begins."""
    call = await world.caller(number).dials(world.main_number)
    await call.hears(GREETING)
    for _ in range(4):
        await call.stays_silent()
    await call.hears("発信音のあとに")
    return call


async def test_a_voicemail_is_linked_in_the_message(world: World) -> None:
    call = await left_with_the_tape(world)
    await call.says("アオバ商事の三上です。また連絡します")
    await call.hears("お預かりいたしました")
    await call.hangs_up()
    card = await world.calls_channel_sees("03-1111-2222", "録音")
    assert "聞く" in card.text
    await world.settled()
    assert not [message for message in world.calls_channel.messages if "着信のみ" in message.text]


async def test_who_hangs_up_before_the_tone_leaves_one_line(world: World) -> None:
    call = await left_with_the_tape(world)
    await call.hangs_up()
    await world.settled()
    assert [message.text for message in world.calls_channel.messages] == ["着信のみ: 03-1111-2222"]


async def test_a_recording_that_comes_after_the_end_makes_the_message(world: World) -> None:
    call = await left_with_the_tape(world)
    await call.hangs_up()
    await world.calls_channel_sees("着信のみ")
    for _ in range(2):
        await world.services.store.run(keep_recording, call.sid, "https://api.example/Recordings/RE9", 7)
    card = await world.calls_channel_sees("03-1111-2222", "録音")
    assert "お電話をいただきました" in card.text
    await world.settled()
    assert len(world.calls_channel.messages) == 2


@pytest.mark.parametrize("turns", range(6))
async def test_hanging_up_at_any_step_leaves_what_is_known(sqlite_url: str, turns: int) -> None:
    async with World(sqlite_url).running() as world:
        await _hangs_up_after(world, turns)


async def _hangs_up_after(world: World, turns: int) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    steps = (
        ("アオバ商事の三上です", "三上様"),
        ("栗本課長をお願いします", "出張しております"),
        ("折り返しをお願いします", "おかけになっている番号"),
        ("いえ、03-5555-1234にお願いします", "5 5 5 5"),
        ("はい", "申し伝えます"),
        ("見積もりの件です", ""),
    )
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears(GREETING)
    for said, heard in steps[: turns + 1]:
        await call.says(said)
        await call.hears(heard)
    await call.hangs_up()
    card = await world.calls_channel_sees("三上様")
    if turns >= 1:
        await world.on_slack("kurimoto").sees("三上様")
    assert ("03-5555-1234" in card.text) == (turns >= 3)
    assert ("折り返し" in card.text) == (turns >= 1)


async def test_english_by_a_key_in_the_middle(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears(GREETING)
    await call.says("栗本課長をお願いします")
    await call.hears("出張しております")
    await call.presses("9")
    await call.hears("business trip")
    await call.says("This is Ann Lee from Orion. Please have him call me back")
    await call.hears("Ann Lee of Orion")
    await call.hangs_up()
    assert "Ann Lee" in (await world.calls_channel_sees("Orion", "英語")).text


@pytest.mark.parametrize(
    "words",
    [
        "新電力のご提案でお電話しました、佐藤花子さんお願いします",
        "人材紹介のジョブリンクの吉岡と申しますが佐藤花子様いらっしゃいますか",
    ],
)
async def test_sales_never_ring_anybody(world: World, words: str) -> None:
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears(GREETING)
    await call.says(words)
    await call.hears("おつなぎいたしかねます")
    await call.says("そこをなんとか佐藤花子さんにつないでください")
    await call.hears("おつなぎいたしかねます")
    await call.hangs_up()
    assert "営業・ご案内のお電話です" in (await world.calls_channel_sees("営業・ご案内")).text
    await world.settled()
    assert not [message for message in world.on_slack("sato").dm if "からお電話です" in message.text]


async def test_a_number_from_abroad_is_read_back_and_kept(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await world.caller("+442079460958").dials(world.main_number)
    await call.hears(GREETING)
    await call.says("Hello, this is Ann Lee from Orion. May I speak to Mr. Kurimoto?")
    await call.hears("business trip")
    await call.says("Please have him call me back")
    await call.hears("4 4, 2 0, 7 9 4 6, 0 9 5 8")
    await call.says("Yes")
    await call.hears("call you back")
    await call.hangs_up()
    assert "+44" in (await world.calls_channel_sees("Ann Lee")).text


async def test_a_fax_that_stays_leaves_one_line(world: World) -> None:
    for _ in range(2):
        call = await world.caller("+81311112222").dials(world.main_number)
        await call.hears(GREETING)
        await call.stays_silent()
        await call.says("ピーピーピー")
        await call.ends()
    await world.settled()
    assert [message.text for message in world.calls_channel.messages] == ["着信のみ: 03-1111-2222"]
