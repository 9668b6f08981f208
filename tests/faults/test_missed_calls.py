"""Calls that came in while nothing of ours answered: found at Twilio, filed once, at their own time."""

import asyncio
from typing import Any

import sqlalchemy as sa

from bot.digests.erasing import erase_caller
from bot.office.numbers import parse_number
from bot.reception.tables import calls
from bot.store.outbox import TOPIC
from bot.store.transaction import Transaction
from jobs.reconcile import file_missed_calls, settle_stale_calls
from tests.support.processes import eventually
from tests.support.world import World

CALLER = "+815012345678"


def known(tx: Transaction) -> list[Any]:
    return list(tx.all(sa.select(calls).order_by(calls.c.started_at)))


async def is_missed(world: World, number: str = CALLER) -> None:
    """A call that Twilio could not bring to us, neither to the step nor to the fallback."""
    world.twilio.faults.webhook("voice", "drop", times=2)
    world.twilio.faults.webhook("status", "drop")
    call = await world.caller(number).dials(world.main_number)
    await call.ends()
    await world.twilio.all_told()
    world.twilio.faults.clear()


async def test_a_call_that_never_reached_us_is_told_once(world: World) -> None:
    await file_missed_calls(world.services)  # the service was up once
    await is_missed(world)
    at = world.clock.now()
    world.clock.passes(hours=2)
    await asyncio.gather(*(file_missed_calls(world.services) for _ in range(3)))
    await file_missed_calls(world.services)
    world.services.store.ring(TOPIC)
    await world.calls_channel_sees("050-1234-5678", "着信のみ")
    await world.settled()
    (row,) = await world.services.store.read(known)
    assert row.started_at == at
    assert row.outcome == "missed"
    told = [message for message in world.calls_channel.messages if "050-1234-5678" in message.text]
    assert len(told) == 1
    world.twilio.problems.clear()


async def test_what_the_fallback_recorded_is_filed_with_the_call(world: World) -> None:
    await file_missed_calls(world.services)
    world.twilio.faults.webhook("voice", "drop")
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("申し訳ございません")
    world.twilio.faults.webhook("voice", "drop", times=2)
    world.twilio.faults.webhook("recording", "drop")
    world.twilio.faults.webhook("status", "drop")
    await call.says("アオバ商事の三上です。納期の件で、折り返しお電話をお願いします。")
    await call.ends()
    await world.twilio.all_told()
    await file_missed_calls(world.services)
    world.services.store.ring(TOPIC)
    await world.settled()
    (row,) = await world.services.store.read(known)
    assert row.recording["seconds"] > 1
    assert "/Recordings/RE" in row.recording["url"]
    assert (row.state, row.outcome) == ("ended", "missed")
    await world.calls_channel_sees("050-1234-5678", "録音")
    world.twilio.problems.clear()


async def test_calls_before_our_first_day_are_nobodys(world: World) -> None:
    await is_missed(world)
    world.clock.passes(hours=1)
    await file_missed_calls(world.services)
    assert await world.services.store.read(known) == []
    world.twilio.problems.clear()


async def test_a_call_that_we_know_is_left_alone(world: World) -> None:
    await file_missed_calls(world.services)
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
    await call.hangs_up()
    await world.twilio.all_told()
    await world.settled()
    before = await world.services.store.read(known)
    await file_missed_calls(world.services)
    assert await world.services.store.read(known) == before


async def test_twilio_being_away_costs_nothing(world: World) -> None:
    await file_missed_calls(world.services)
    await is_missed(world)
    for kind in ("error", "garbage", "break", "rate_limit"):
        world.twilio.faults.order("calls.list", kind, times=2)  # a broken question is asked once more
        world.clock.passes(minutes=30)
        await file_missed_calls(world.services)
        assert await world.services.store.read(known) == [], kind
        world.twilio.faults.clear()
    await file_missed_calls(world.services)
    assert len(await world.services.store.read(known)) == 1
    world.services.store.ring(TOPIC)
    await world.settled()
    world.twilio.problems.clear()


async def test_a_call_that_twilio_says_nothing_of_holds_up_no_other(world: World) -> None:
    """The last word of three calls is lost, and Twilio leaves the question for one of them unanswered."""
    for number in ("+815012345671", "+815012345672", "+815012345673"):
        call = await world.caller(number).dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
        await call.hears("三上様")
        world.twilio.faults.webhook("status", "drop")
        await call.hangs_up()
        await world.twilio.all_told()
    await world.settled()
    world.clock.passes(minutes=1)
    world.twilio.faults.order("calls.fetch", "silence")
    settling = asyncio.create_task(settle_stale_calls(world.services))
    await eventually(lambda: len(told_of_mikami(world)) == 2, "the others are filed", within=20)
    assert not settling.done()
    settling.cancel()
    await asyncio.gather(settling, return_exceptions=True)
    await settle_stale_calls(world.services)
    await eventually(lambda: len(told_of_mikami(world)) == 3, "and the third, asked for again", within=20)
    world.twilio.problems.clear()


def told_of_mikami(world: World) -> list[object]:
    return [message for message in world.calls_channel.messages if "三上様" in message.text]


async def test_a_recording_whose_callback_was_lost_is_found_with_the_end(world: World) -> None:
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await world.settled()
    world.twilio.faults.webhook("voice", "drop")
    await call.says("アオバ商事の三上と申します")
    await call.hears("申し訳ございません", within=15)
    world.twilio.faults.webhook("voice", "drop", times=2)
    world.twilio.faults.webhook("recording", "drop")
    world.twilio.faults.webhook("status", "drop")
    await call.says("アオバ商事の三上です。納期の件で、折り返しお電話をお願いします。")
    await call.ends(within=15)
    await world.twilio.all_told(within=15)
    world.clock.passes(minutes=1)
    await settle_stale_calls(world.services)
    await world.calls_channel_sees("050-1234-5678", "録音", within=15)
    world.twilio.problems.clear()


async def test_a_recording_whose_callback_alone_was_lost_is_found(world: World) -> None:
    await file_missed_calls(world.services)
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    world.twilio.faults.webhook("voice", "drop")
    await call.says("アオバ商事の三上と申します")
    await call.hears("申し訳ございません", within=15)
    world.twilio.faults.webhook("voice", "drop", times=2)
    world.twilio.faults.webhook("recording", "drop")
    await call.says("アオバ商事の三上です。納期の件で、折り返しお電話をお願いします。")
    await call.ends(within=15)
    await world.settled()
    for _ in range(2):
        await file_missed_calls(world.services)
        await world.settled()
    told = [message.text for message in world.calls_channel.messages if "050-1234-5678" in message.text]
    assert sum("録音" in text for text in told) == 1
    world.twilio.problems.clear()


async def test_who_is_forgotten_is_not_found_again_at_twilio(world: World) -> None:
    await file_missed_calls(world.services)
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
    await call.hears("三上様", within=15)
    await call.hangs_up()
    await world.settled()
    await world.services.store.run(lambda tx: erase_caller(tx, "smile", parse_number(CALLER)))
    await file_missed_calls(world.services)
    assert await world.services.store.read(known) == []


async def test_a_call_of_which_only_the_end_reached_us_is_told_at_once(world: World) -> None:
    await file_missed_calls(world.services)
    world.twilio.faults.webhook("voice", "drop", times=2)
    call = await world.caller(CALLER).dials(world.main_number)
    await call.ends(within=15)
    await world.calls_channel_sees("050-1234-5678", "着信のみ", within=15)
    await file_missed_calls(world.services)
    await world.settled()
    told = [message for message in world.calls_channel.messages if "050-1234-5678" in message.text]
    assert len(told) == 1
    world.twilio.problems.clear()
