"""Every fault of every platform: what was to be told is there once where the platform lets us know."""

import os
from collections.abc import Sequence
from typing import Literal

import pytest

from bot.delivery.say import say
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message
from bot.office.roster import roster_of
from bot.platforms.cards import Card
from bot.store.outbox import TOPIC
from simulator.twilio.faults import RestFault
from tests.support.processes import eventually
from tests.support.world import World

LONG = bool(os.environ.get("LONG_FAULTS"))
WORDS = "本日の会議は十五時からです"
CERTAIN = ["rate_limit", "error", "garbage", "break"]
ACCEPTED = ["accept_then_error", "accept_then_break"]
SILENT = ["silence", "accept_then_silence"] if LONG else []  # five seconds each
KURIMOTO = {"slack": "U0KURIMOTO", "line": "U" + "1" * 32}


def on_databases(kinds: Sequence[str]) -> pytest.MarkDecorator:
    """Every kind of fault: on both databases in the long form, in the short one on each in turn."""
    databases = ("sqlite", "postgresql")
    every = [(database, kind) for database in databases for kind in kinds]
    in_turn = [(databases[n % 2], kind) for n, kind in enumerate(kinds)]
    return pytest.mark.parametrize(
        ("database_url", "kind"), every if LONG else in_turn, indirect=["database_url"]
    )


async def is_told(world: World, channel: Literal["slack", "line"], kind: str, times: int = 1) -> list[str]:
    """One word to 栗本 while the chat is unwell; every text that then is in their chat."""
    person = world.on_slack("kurimoto") if channel == "slack" else world.on_line("kurimoto")
    stand_in = world.slack if channel == "slack" else world.line
    method = "chat.postMessage" if channel == "slack" else "push"
    address = KURIMOTO[channel]
    stand_in.faults.order(method, kind, times=times, retry_after=7)
    await world.services.store.run(say, "smile", channel, address, Card(text=WORDS))
    for _ in range(times + 1):
        await world.settled(within=20)
        world.clock.passes(seconds=30)
        world.services.store.ring(TOPIC)
    await world.settled(within=20)
    texts = [message.text for message in (person.dm if channel == "slack" else person.messages)]
    return [text for text in texts if WORDS in text]


@on_databases(CERTAIN + ACCEPTED + SILENT)
async def test_slack_has_it_once(world: World, kind: str) -> None:
    assert len(await is_told(world, "slack", kind)) == 1


@on_databases(CERTAIN + ACCEPTED + SILENT)
async def test_line_has_it_once(world: World, kind: str) -> None:
    assert len(await is_told(world, "line", kind)) == 1


async def test_slack_away_for_a_while_then_there(world: World) -> None:
    assert len(await is_told(world, "slack", "error", times=4)) == 1


@on_databases([kind for kind in RestFault if LONG or "silence" not in kind])
async def test_no_telephone_rings_twice_whatever_twilio_answers(world: World, kind: RestFault) -> None:
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です")
    world.twilio.faults.order("calls.create", kind)
    await world.on_slack("ono").taps("つなぐ")
    await world.settled(within=20)
    for _ in range(8):
        await world.passes(seconds=15)
        await world.settled(within=20)
    assert world.telephone_of("ono").times_rung <= 1
    await eventually(lambda: "手" in call.everything_heard or "電話" in call.everything_heard, "a word")
    if not call.ended:
        await call.hangs_up()


@pytest.mark.parametrize("fault", ["repeat", "delay"])
async def test_webhooks_that_come_twice_or_late_are_one_call(world: World, fault: str) -> None:
    world.twilio.faults.webhook("voice", fault, times=3)
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=20)
    await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
    await call.hears("三上様", within=20)
    world.twilio.faults.webhook("status", "repeat")
    await call.hangs_up()
    await world.twilio.all_told()
    await world.settled()
    told = [message for message in world.calls_channel.messages if "三上" in message.text]
    assert len(told) == 1


async def test_a_calls_channel_that_takes_nothing_is_told_to_the_managers_once(
    world: World, logged: list[dict[str, object]]
) -> None:
    for number in ("+815012345678", "+815012345679"):
        refusal = '{"ok": false, "error": "not_in_channel"}'
        world.slack.faults.order("chat.postMessage", "answer", status=200, body=refusal)
        call = await world.caller(number).dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says("アオバ商事の三上です。綾小路さんをお願いします")
        await call.hears("見当たりません")
        await call.hangs_up()
        await world.twilio.all_told()
        await world.settled()
    await world.on_slack("sato.ken").sees("投稿できません")
    told = [message for message in world.on_slack("sato.ken").dm if "投稿できません" in message.text]
    assert len(told) == 1
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["outbox.refused"] * 2
    logged.clear()


async def is_filed(world: World, staff: str, body: str) -> None:
    """A message for somebody."""
    new = NewMessage(staff=staff, caller=CallerFacts("青空物産", "江川"), body=body)
    await world.services.store.run(lambda tx: file_message(tx, roster_of(tx, "smile"), new))


@pytest.mark.parametrize("word", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_a_token_that_is_refused_loses_nothing(
    world: World, word: str, logged: list[dict[str, object]]
) -> None:
    """Somebody mends it: what waited is there once. Who has another chat had it there at once."""
    world.slack.refuses("chat.postMessage", word, times=None)
    await leaves_a_message(world)
    await world.services.store.run(say, "smile", "slack", KURIMOTO["slack"], Card(text=WORDS))
    await is_filed(world, "saito", "見積の件")
    await is_filed(world, "kurimoto", "納期の件")
    await world.on_line("kurimoto").sees("納期の件")
    await world.settled()
    assert {line["event"] for line in logged if line["log_level"] == "error"} == {"outbox.shut_out"}
    world.slack.faults.clear()
    await recovers(world, 1)
    for words, where in (
        ("三上様", world.calls_channel.messages),
        ("納期の件", world.calls_channel.messages),
        ("見積の件", world.on_slack("saito").dm),
        (WORDS, world.on_slack("kurimoto").dm),
    ):
        assert len([message for message in where if words in message.text]) == 1, words
    assert not any("納期の件" in message.text for message in world.on_slack("kurimoto").dm)
    logged.clear()


async def test_a_line_token_that_is_refused_loses_nothing(
    world: World, logged: list[dict[str, object]]
) -> None:
    refusal = '{"message": "Authentication failed"}'
    world.line.faults.order("push", "answer", status=401, body=refusal, times=None)
    await is_filed(world, "takahashi", "納期の件")
    await world.settled()
    world.line.faults.clear()
    await recovers(world, 1)
    told = [message for message in world.on_line("takahashi").messages if "納期の件" in message.text]
    assert len(told) == 1
    assert {line["event"] for line in logged if line["log_level"] == "error"} == {"outbox.shut_out"}
    logged.clear()


# ---- what changes in place, what is answered, what is hung up ---------------------------------------


async def leaves_a_message(world: World, number: str = "+815012345678") -> None:
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
    await call.hears("三上様", within=15)
    await call.hangs_up()
    await world.settled(within=20)


async def recovers(world: World, times: int) -> None:
    """The platform is well again after so many attempts, each a pause later."""
    for _ in range(times + 1):
        await world.settled(within=20)
        world.clock.passes(seconds=30)
        world.services.store.ring(TOPIC)
    await world.settled(within=20)


@on_databases(CERTAIN + ACCEPTED + SILENT)
async def test_a_card_in_slack_ends_up_as_things_are(world: World, kind: str) -> None:
    """`chat.update` fails, twice: the card says in the end what was done, and stands there once."""
    await leaves_a_message(world)
    world.slack.faults.order("chat.update", kind, times=2, retry_after=7)
    card = await world.calls_channel_sees("三上様")
    await world.on_slack("ono").taps("対応済み", on=card)
    await recovers(world, 2)
    told = [message for message in world.calls_channel.messages if "三上様" in message.text]
    assert len(told) == 1
    assert "大野" in told[0].text
    assert not any(button.label == "対応済み" for button in told[0].buttons)


@on_databases(CERTAIN[1:] + ACCEPTED + SILENT)
async def test_a_status_whose_answer_line_does_not_take_is_set_once(world: World, kind: str) -> None:
    """A reply may be sent once, and what LINE does not take is not paid for by a push."""
    world.line.faults.order("reply", kind, retry_after=7)
    await world.on_line("kurimoto").says("外出 15時まで")
    await recovers(world, 1)
    assert not any(message.was_push for message in world.on_line("kurimoto").messages)
    answered = [message for message in world.on_line("kurimoto").messages if message.from_bot]
    assert len(answered) <= 1
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("営業の栗本さんをお願いします")
    await call.hears("15時", within=15)
    await call.hangs_up()


@on_databases([kind for kind in RestFault if LONG or "silence" not in kind])
async def test_a_telephone_stops_ringing_whatever_twilio_answers(world: World, kind: RestFault) -> None:
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です", within=15)
    await world.on_slack("ono").taps("つなぐ")
    ring = await world.telephone_of("ono").rings(within=15)
    await world.settled(within=20)
    world.twilio.faults.order("calls.update", kind)
    await call.hangs_up()
    await recovers(world, 1)
    await ring.stops(within=15)
    assert world.telephone_of("ono").times_rung == 1


async def test_everything_that_every_platform_tells_comes_twice(world: World) -> None:
    world.slack.courier.copies = world.line.courier.copies = 2
    for channel in ("voice", "wait", "status"):
        world.twilio.faults.webhook(channel, "repeat", times=20)
    await world.on_line("kurimoto").says("会議 11時まで")
    await world.on_slack("ono").says("外出 15時まで")
    await world.on_slack("ono").says("戻りました")
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です", within=15)
    await world.on_slack("ono").taps("30分後に折り返す")
    await call.hears("30分ほどで", within=15)
    await call.hangs_up()
    await world.settled(within=20)
    card = await world.calls_channel_sees("江川様からお電話がありました")
    await world.on_slack("ono").taps("対応済み", on=card)
    await world.settled(within=20)
    assert sum("江川様からお電話がありました" in m.text for m in world.calls_channel.messages) == 1
    assert sum("江川様からお電話です" in m.text for m in world.on_slack("ono").dm) <= 1
    assert len([m for m in world.on_line("kurimoto").messages if m.from_bot]) == 1
    assert card.text.count("11:00 まで") == 1


async def test_taps_and_texts_that_overtake_one_another(world: World) -> None:
    """What was typed last holds, in whichever order it arrives; one answer to a call counts."""
    ono = world.on_slack("ono")
    world.slack.courier.hold()
    for text in ("外出 15時まで", "会議 16時まで", "休暇 明日まで"):
        await ono.says(text)
        world.clock.passes(seconds=1)
    await world.slack.courier.release(reverse=True)
    await world.settled(within=20)
    world.line.courier.hold()
    kurimoto = world.on_line("kurimoto")
    for text in ("外出 15時まで", "会議 16時まで"):
        await kurimoto.says(text)
        world.clock.passes(seconds=1)
    await world.line.courier.release(reverse=True)
    await world.settled(within=20)
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("総務の大野さんをお願いします")
    await call.hears("休", within=15)
    await call.hangs_up()
    other = await world.caller("+815012345679").dials(world.main_number)
    await other.hears("スマイルコーポレーション", within=15)
    await other.says("営業の栗本さんをお願いします")
    await other.hears("16時", within=15)
    await other.hangs_up()
