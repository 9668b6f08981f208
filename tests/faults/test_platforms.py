"""Every fault of every platform: what was to be told is there once where the platform lets us know."""

import os
from typing import Literal

import pytest

from bot.delivery.say import say
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


@pytest.mark.parametrize("kind", CERTAIN + ACCEPTED + SILENT)
async def test_slack_has_it_once(world: World, kind: str) -> None:
    assert len(await is_told(world, "slack", kind)) == 1


@pytest.mark.parametrize("kind", CERTAIN + ACCEPTED + SILENT)
async def test_line_has_it_once(world: World, kind: str) -> None:
    assert len(await is_told(world, "line", kind)) == 1


async def test_slack_away_for_a_while_then_there(world: World) -> None:
    assert len(await is_told(world, "slack", "error", times=4)) == 1


@pytest.mark.parametrize("kind", [kind for kind in RestFault if LONG or "silence" not in kind])
async def test_no_telephone_rings_twice_whatever_twilio_answers(world: World, kind: RestFault) -> None:
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です")
    world.twilio.faults.order("calls.create", kind)
    await world.on_slack("ono").taps("つなぐ")
    await world.settled(within=12)
    for _ in range(8):
        await world.passes(seconds=15)
        await world.settled(within=12)
    assert world.telephone_of("ono").times_rung <= 1
    await eventually(lambda: "手" in call.everything_heard or "電話" in call.everything_heard, "a word")
    if not call.ended:
        await call.hangs_up()


@pytest.mark.parametrize("fault", ["repeat", "delay"])
async def test_webhooks_that_come_twice_or_late_are_one_call(world: World, fault: str) -> None:
    world.twilio.faults.webhook("voice", fault, times=3)
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=10)
    await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
    await call.hears("三上様", within=10)
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
