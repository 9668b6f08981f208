"""The call that must work, with the names of the page and with others, from the word in chat to the tap."""

import pytest

from tests.support.world import World


@pytest.mark.parametrize(
    ("status", "absence"),
    [("出張", "本日出張しております"), ("外出", "外出しております"), ("有休", "休みを取っております")],
)
async def test_an_urgent_caller_leaves_with_an_answer(world: World, status: str, absence: str) -> None:
    answer = await world.on_slack("kurimoto").types("/tori", status)
    assert absence in answer.text

    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("はい、スマイルコーポレーションでございます")
    await call.says(
        "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか"
    )
    await call.hears(absence)
    await call.says("何か今日中に連絡できる方法はありませんでしょうか")
    await call.hears("メールアドレス")
    await call.says("メールアドレスを教えてください")
    await call.hears("クリモト、アットマーク、スマイルコープ、ドット、コム")
    await call.says("ローマ字で kurimoto アット スマイルコープ ドットコムですね")
    await call.hears("はい、さようでございます")
    await call.says("012-3456-7890でお願いします")
    await call.hears("以上でよろしいでしょうか")
    await call.says("はい")
    await call.hears("折り返しお電話")
    await call.hangs_up()

    message = await world.calls_channel_sees("スマイル企画の江川様")
    assert "012-3456-7890" in message.text
    assert "お急ぎ" in message.text
    assert "大阪" not in call.everything_heard


async def test_the_message_reaches_the_person_and_is_closed_everywhere(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "15時帰社")
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長をお願いします")
    await call.hears("15時に戻る予定")
    await call.hangs_up()

    own = await world.on_slack("kurimoto").sees("アオバ商事の三上様")
    in_channel = await world.calls_channel_sees("アオバ商事の三上様")
    await world.on_slack("sato").taps("対応済み", on=in_channel)
    await world.settled()
    assert "対応済み: " in (await world.on_slack("kurimoto").sees("対応済み", "アオバ商事の三上様")).text
    assert [button.label for button in own.buttons] == ["経緯"]


async def test_a_caller_who_only_rings_leaves_one_line_a_day(world: World) -> None:
    for _ in range(3):
        call = await world.caller("+81311112222").dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.hangs_up()
    await world.settled()
    lines = [message for message in world.calls_channel.messages if "着信のみ" in message.text]
    assert len(lines) == 1
    assert "03-1111-2222" in lines[0].text
