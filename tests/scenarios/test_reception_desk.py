"""What the desk learns from calls and tells of them: aliases, disclosures, why, calls tried out."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from bot.messages.tables import messages
from bot.office.tables import aliases
from bot.reception.tables import calls, disclosures
from bot.store.transaction import Transaction
from tests.support.world import World


def _all(table: sa.Table) -> Callable[[Transaction], list[Any]]:
    return lambda tx: list(tx.all(sa.select(table)))


async def _asks_for(world: World, heard: str, number: str = "+81311112222"):
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says(f"アオバ商事の三上です。{heard}さんはいらっしゃいますか")
    return call


async def test_a_settled_spelling_counts_once_a_manager_has_confirmed_it(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await _asks_for(world, "クリノト")
    await call.hears("栗本")
    assert "出張" not in call.heard
    await call.says("はい、そうです")
    await call.hears("出張しております")
    await call.hangs_up()
    manager = world.on_slack("ono")
    offered = await manager.sees("「くりのと」を栗本さんとして登録しますか")

    again = await _asks_for(world, "クリノト")
    await again.hears("栗本")
    assert "出張" not in again.heard, "it must not count before it is confirmed"
    await again.says("はい")
    await again.hears("出張")
    await again.hangs_up()
    assert len(await world.services.store.read(_all(aliases))) == 1

    await manager.taps("登録する", on=offered)
    await manager.sees("として登録しました")
    sure = await _asks_for(world, "クリノト")
    await sure.hears("出張しております")
    await sure.hangs_up()

    listed = await manager.types("/toritsugi", "aliases")
    assert "登録済み" in listed.text
    await manager.taps("「くりのと」を削除", on=listed)
    await manager.sees("登録していません")
    asked = await _asks_for(world, "クリノト")
    await asked.hears("栗本")
    assert "出張" not in asked.heard
    await asked.hangs_up()


async def test_a_spelling_that_was_refused_is_not_offered_again(world: World) -> None:
    manager = world.on_slack("ono")
    await world.on_slack("kurimoto").types("/tori", "出張")
    for _ in range(2):
        call = await _asks_for(world, "クリノト")
        await call.hears("栗本")
        await call.says("はい")
        await call.hears("出張しております")
        await call.hangs_up()
        await world.settled()
        offers = [message for message in manager.dm if "として登録しますか" in message.text]
        if offers:
            await manager.taps("登録しない", on=offers[0])
            await manager.sees("登録していません")
    rows = await world.services.store.read(_all(aliases))
    assert [row.state for row in rows] == ["rejected"]


async def test_only_managers_decide_what_a_spelling_means(world: World) -> None:
    answer = await world.on_slack("sato").types("/toritsugi", "aliases")
    assert "管理者の方だけ" in answer.text


async def test_each_address_given_is_recorded_and_on_the_card(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await world.caller("+818011112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本さんのメールアドレスを教えてください")
    await call.hears("クリモト")
    await call.says("一文字ずつお願いします")
    await call.hears("ケー")
    await call.says("ショートメールで送ってください")
    await call.hears("お送り")
    await call.hangs_up()
    card = await world.calls_channel_sees("三上様", "栗本さんのアドレスをお伝えしました")
    assert "口頭・一文字ずつ・SMS" in card.text
    rows = await world.services.store.read(_all(disclosures))
    assert {(row.organization, row.staff, row.how) for row in rows} == {
        ("smile", "kurimoto", how) for how in ("spoken", "letters", "sms")
    }


async def test_a_card_tells_why_the_call_went_as_it_did(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await _asks_for(world, "栗本")
    await call.hears("出張しております")
    await call.hangs_up()
    card = await world.calls_channel_sees("三上様")
    reader = world.on_slack("sato")
    await reader.taps("経緯", on=card)
    told = await reader.sees("このお電話の経緯")
    assert "栗本 太郎さん: 出張 → 不在中で、ご本人の設定が不可のため" in told.text
    assert "answer_trip" in told.text


async def test_somebody_who_was_asked_is_in_the_reasons_with_the_outcome(world: World) -> None:
    call = await _asks_for(world, "栗本")
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_slack("kurimoto").taps("出られない")
    await call.hangs_up()
    card = await world.calls_channel_sees("三上様からお電話がありました")
    reader = world.on_slack("sato")
    await reader.taps("経緯", on=card)
    told = await reader.sees("このお電話の経緯")
    assert "登録なし（在席の扱い） → お尋ねできる状態のため、チャットでお尋ねしました" in told.text


async def test_a_manager_tries_a_call_in_chat_and_nothing_of_it_stays(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "明日 出張")
    manager = world.on_slack("ono")
    away = await manager.types("/toritsugi", "try 江川 栗本 明日10:30 急ぎ")
    assert "出張しております" in away.text
    assert "急ぎ" in away.text
    assert "設定が不可" in away.text
    free = await manager.types("/toritsugi", "try 三上 栗本")
    assert "チャットでお尋ねしました" in free.text
    of_firm = await manager.types("/toritsugi", "try アオバ商事 三上 栗本 明日10:30")
    assert "アオバ商事の三上と申します" in of_firm.text.replace("が、", "、")
    assert "出張しております" in of_firm.text
    await world.settled()
    assert not await world.services.store.read(_all(calls))
    assert not await world.services.store.read(_all(messages))
    assert not [message for message in world.on_slack("kurimoto").dm if "お電話です" in message.text]


async def test_what_a_try_cannot_read_is_said(world: World) -> None:
    manager = world.on_slack("ono")
    assert "の形で送ってください" in (await manager.types("/toritsugi", "try 江川")).text
    assert "見つかりません" in (await manager.types("/toritsugi", "try 江川 綾小路")).text
    assert "どなた" in (await manager.types("/toritsugi", "try 江川 佐藤")).text
    assert "日時として" in (await manager.types("/toritsugi", "try 江川 栗本 いつか")).text
    assert "管理者の方だけ" in (await world.on_slack("sato").types("/toritsugi", "try 江川 栗本")).text


async def test_a_manager_previews_a_sentence(world: World) -> None:
    manager = world.on_slack("ono")
    shown = await manager.types("/toritsugi", "say answer_trip")
    assert "出張しております" in shown.text
    assert "business trip" in shown.text
    assert "answer_trip" in (await manager.types("/toritsugi", "say answer_tripp")).text


async def test_earlier_calls_of_the_number_are_on_the_card(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    for subject in ("納品の日程", "請求書の宛名", "図面の訂正"):
        call = await _asks_for(world, "栗本")
        await call.hears("出張しております")
        await call.says(f"{subject}の件で伝言をお願いします")
        await call.hears("ご用件をお話しください")
        await call.hangs_up()
        card = await world.calls_channel_sees("三上様", subject)
    assert card.text.count("前回まで") == 2
    assert "栗本さんあて" in card.text


async def test_a_known_number_is_greeted_by_name_once_it_is_confirmed(world: World) -> None:
    call = await world.caller("+81312345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("栗本さんをお願いします")
    await call.hears("スマイル企画の江川様でいらっしゃいますか")
    await call.says("はい、そうです")
    await call.hears("いつもお世話になっております")
    await world.on_slack("kurimoto").sees("スマイル企画の江川様からお電話です")
    await call.hangs_up()


async def test_a_fax_leaves_one_line_a_day(world: World) -> None:
    for _ in range(2):
        call = await world.caller("+81311112222").dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says("ピーヒョロロ")
        await call.hears("届いていない")
        await call.hangs_up()
    await world.settled()
    assert [message.text for message in world.calls_channel.messages] == ["着信のみ: 03-1111-2222"]
