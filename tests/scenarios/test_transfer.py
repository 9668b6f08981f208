"""Asked in the chat, answered by a tap, never a silence: every way a transfer can go."""

import asyncio

from tests.support.world import World


async def asks_for(world: World, words: str = "スマイル企画の江川です。総務の大野さんをお願いします"):
    """A caller who holds while 大野 is asked; the call."""
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says(words)
    await call.hears("少々お待ちくださいませ")
    return call


async def test_a_tap_a_ring_a_one_and_they_talk(world: World) -> None:
    call = await asks_for(world)
    card = await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ", on=card)
    ring = await world.telephone_of("ono").rings()
    leg = await ring.answers()
    await leg.hears("スマイル企画の江川様")
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await leg.hangs_up()
    await call.ends()
    await world.on_slack("ono").sees("おつなぎしました")
    message = await world.calls_channel_sees("スマイル企画の江川様")
    assert "大野" in message.text


async def test_a_refusal_leads_to_the_message(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("出られない")
    await call.hears("手が離せない状況でございます")
    await call.hangs_up()
    await world.on_slack("ono").sees("スマイル企画の江川様からお電話がありました")


async def test_a_promise_is_told_and_kept_on_the_message(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("30分後に折り返す")
    await call.hears("30分ほどで")
    await call.hangs_up()
    message = await world.calls_channel_sees("江川様からお電話がありました")
    assert "11:00 まで" in message.text


async def test_nobody_answers_in_the_chat(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.passes(seconds=26)
    await call.hears("連絡が取れません")
    await call.hangs_up()
    await world.on_slack("ono").sees("時間切れ")


async def test_nobody_answers_the_telephone(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    ring = await world.telephone_of("ono").rings()
    await ring.rejects()
    await call.hears("電話に出ることができません")
    await call.hangs_up()
    await world.on_slack("ono").sees("応答がありませんでした")


async def test_a_voicemail_swallows_nobody(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    ring = await world.telephone_of("ono").rings()
    await ring.voicemail_answers()
    await call.hears("電話に出ることができません", within=15)
    await call.hangs_up()


async def test_the_caller_hangs_up_and_the_ringing_stops(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    ring = await world.telephone_of("ono").rings()
    await call.hangs_up()
    await ring.stops()
    await world.on_slack("ono").sees("お切りになりました")


async def test_the_caller_gives_up_by_a_key(world: World) -> None:
    call = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await call.hears_music()
    await call.presses("5")
    await call.hears("ご伝言を承ります")
    await call.hangs_up()
    await world.on_slack("ono").sees("伝言に切り替えられました")


async def test_one_acceptance_wins_and_the_late_tap_learns_who(world: World) -> None:
    call = await asks_for(world)
    card = await world.on_slack("ono").sees("江川様からお電話です")
    sato = world.on_slack("ono")
    await asyncio.gather(*(sato.taps("つなぐ", on=card) for _ in range(4)))
    ring = await world.telephone_of("ono").rings()
    leg = await ring.answers()
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await world.settled()
    assert world.telephone_of("ono").times_rung == 1
    await leg.hangs_up()
    await call.ends()


async def test_somebody_without_a_chat_is_rung_at_once(world: World) -> None:
    call = await asks_for(world, "アオバ商事の三上と申します。経理の渡辺さんをお願いします")
    leg = await (await world.telephone_of("watanabe").rings()).answers()
    await leg.hears("アオバ商事の三上様")
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await call.hangs_up()
    await leg.ends()


async def test_somebody_without_a_telephone_is_not_offered_to_connect(world: World) -> None:
    call = await asks_for(world, "アオバ商事の三上と申します。総務の高橋さんをお願いします")
    card = await world.on_line("takahashi").sees("三上様からお電話です")
    assert "つなぐ" not in [button.label for button in card.buttons]
    await world.on_line("takahashi").taps("5分後に折り返す")
    await call.hears("5分ほどで")
    await call.hangs_up()


async def test_the_next_caller_hears_that_they_are_on_the_telephone(world: World) -> None:
    first = await asks_for(world)
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    leg = await (await world.telephone_of("ono").rings()).answers()
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    second = await world.caller("+81322223333").dials(world.main_number)
    await second.hears("スマイルコーポレーション")
    await second.says("みどり工業の青木です。大野部長をお願いします")
    await second.hears("別の電話に出ております")
    await second.hangs_up()
    await first.hangs_up()
    await leg.ends()
    assert world.telephone_of("ono").most_at_once == 1


async def test_a_caller_holds_no_longer_than_the_office_lets_them(world: World) -> None:
    call = await asks_for(world, "アオバ商事の三上と申します。栗本さんをお願いします")
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_line("kurimoto").sees("三上様からお電話です")
    await world.passes(seconds=91)
    await call.hears("折り返し")
    await call.hangs_up()
    await world.settled()
    for person in ("kurimoto", "sato"):
        assert not [message for message in world.on_slack(person).dm if "つなぐ" in message.text]


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
