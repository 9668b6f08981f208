"""Asked in the chat, answered by a tap, never a silence: every way a transfer can go."""

import asyncio

from tests.support.world import World


async def asks_for(world: World, words: str = "スマイル企画の江川です。佐藤花子さんをお願いします"):
    """A caller who holds while 佐藤 is asked; the call."""
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says(words)
    await call.hears("少々お待ちくださいませ")
    return call


async def test_a_tap_a_ring_a_one_and_they_talk(world: World) -> None:
    call = await asks_for(world)
    card = await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("つなぐ", on=card)
    ring = await world.telephone_of("sato").rings()
    leg = await ring.answers()
    await leg.hears("スマイル企画の江川様")
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await leg.hangs_up()
    await call.ends()
    await world.on_slack("sato").sees("おつなぎしました")
    message = await world.calls_channel_sees("スマイル企画の江川様")
    assert "佐藤" in message.text


async def test_a_refusal_leads_to_the_message(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("出られない")
    await call.hears("手が離せない状況でございます")
    await call.hangs_up()
    await world.on_slack("sato").sees("スマイル企画の江川様からお電話がありました")


async def test_a_promise_is_told_and_kept_on_the_message(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("30分後に折り返す")
    await call.hears("30分ほどで")
    await call.hangs_up()
    message = await world.calls_channel_sees("江川様からお電話がありました")
    assert "11:00 まで" in message.text


async def test_nobody_answers_in_the_chat(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.passes(seconds=26)
    await call.hears("連絡が取れません")
    await call.hangs_up()
    await world.on_slack("sato").sees("時間切れ")


async def test_nobody_answers_the_telephone(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("つなぐ")
    ring = await world.telephone_of("sato").rings()
    await ring.rejects()
    await call.hears("電話に出ることができません")
    await call.hangs_up()
    await world.on_slack("sato").sees("応答がありませんでした")


async def test_a_voicemail_swallows_nobody(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("つなぐ")
    ring = await world.telephone_of("sato").rings()
    await ring.voicemail_answers()
    await call.hears("電話に出ることができません", within=5)
    await call.hangs_up()


async def test_the_caller_hangs_up_and_the_ringing_stops(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await world.on_slack("sato").taps("つなぐ")
    ring = await world.telephone_of("sato").rings()
    await call.hangs_up()
    await ring.stops()
    await world.on_slack("sato").sees("お切りになりました")


async def test_the_caller_gives_up_by_a_key(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("sato").sees("江川様からお電話です")
    await call.hears_music()
    await call.presses("5")
    await call.hears("ご伝言を承ります")
    await call.hangs_up()
    await world.on_slack("sato").sees("伝言に切り替えられました")


async def test_one_acceptance_wins_and_the_late_tap_learns_who(world: World) -> None:
    call = await asks_for(world)
    card = await world.on_slack("sato").sees("江川様からお電話です")
    sato = world.on_slack("sato")
    await asyncio.gather(*(sato.taps("つなぐ", on=card) for _ in range(4)))
    ring = await world.telephone_of("sato").rings()
    leg = await ring.answers()
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await world.settled()
    assert world.telephone_of("sato").times_rung == 1
    await leg.hangs_up()
    await call.ends()


async def test_the_backup_is_asked_next_and_takes_it(world: World) -> None:
    call = await asks_for(world, "アオバ商事の三上と申します。栗本さんをお願いします")
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_line("kurimoto").sees("三上様からお電話です")
    await world.on_slack("kurimoto").taps("出られない")
    await world.on_slack("sato").sees("三上様からお電話です")
    await world.on_slack("sato").taps("つなぐ")
    leg = await (await world.telephone_of("sato").rings()).answers()
    await leg.hears("栗本")
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await leg.hangs_up()
    await call.ends()


async def test_line_takes_the_call_and_slack_closes(world: World) -> None:
    call = await asks_for(world, "アオバ商事の三上と申します。栗本さんをお願いします")
    card = await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_line("kurimoto").sees("三上様からお電話です")
    await world.on_line("kurimoto").taps("つなぐ")
    leg = await (await world.telephone_of("kurimoto").rings()).answers()
    await world.on_slack("kurimoto").sees_gone(card, "つなぐ")
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await call.hangs_up()
    await leg.ends()
