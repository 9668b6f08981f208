"""The machine's clock jumps while people are on the telephone: nobody holds for ever, nothing is lost or doubled."""

import pytest

from jobs.reconcile import settle_stale_calls
from tests.support.processes import eventually
from tests.support.world import World

CALLER = "+815012345678"
BACK, FORWARD = -3, 3
"""Hours."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The rules are the same on both; one is enough."""
    return sqlite_url


async def holds(world: World):
    """A caller who waits while 大野 is asked."""
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await world.on_slack("ono").sees("江川様からお電話です", within=15)
    await world.settled()
    return call


def told(world: World) -> int:
    return sum("江川様からお電話がありました" in message.text for message in world.calls_channel.messages)


async def test_set_back_while_a_caller_holds_and_nobody_answers(world: World) -> None:
    call = await holds(world)
    await world.passes(seconds=5)
    await world.passes(hours=BACK)
    await world.passes(seconds=26)  # no longer than anybody else is asked
    await call.hears("連絡が取れません", within=15)
    await call.hangs_up()
    await eventually(lambda: told(world), "the message", within=15)
    await world.settled()
    assert told(world) == 1


async def test_set_back_while_a_telephone_rings(world: World) -> None:
    call = await holds(world)
    await world.on_slack("ono").taps("つなぐ")
    await world.telephone_of("ono").rings(within=15)
    await world.settled()
    await world.passes(hours=BACK)
    await world.passes(seconds=60)
    await call.hears("電話に出ることができませんでした", within=15)
    assert world.telephone_of("ono").times_rung == 1
    await call.hangs_up()
    await world.settled()


@pytest.mark.parametrize("hours", [BACK, FORWARD])
async def test_an_answer_after_a_jump_counts(world: World, hours: int) -> None:
    """Set forward, the time for it is over, and the person learns so; set back, they are connected."""
    call = await holds(world)
    await world.passes(hours=hours)
    if hours == FORWARD:
        await call.hears("連絡が取れません", within=15)
        await world.on_slack("ono").sees("時間切れ", within=15)
        await call.hangs_up()
    else:
        await world.on_slack("ono").taps("つなぐ")
        leg = await (await world.telephone_of("ono").rings(within=15)).answers()
        await leg.hears("江川様", within=15)
        await leg.presses("1")
        await leg.talks_with(CALLER, within=15)
        await leg.hangs_up()
        await call.ends(within=15)
    await world.settled()


@pytest.mark.parametrize("hours", [BACK, FORWARD])
async def test_a_jump_between_two_sentences(world: World, hours: int) -> None:
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await world.passes(hours=hours)
    await call.says("スマイル企画の江川です。佐藤健一さんに伝言をお願いします")
    await call.hears("江川様", within=15)
    await world.passes(hours=-hours)
    await call.hangs_up()
    await world.twilio.all_told(within=15)
    await world.passes(seconds=1)
    await eventually(lambda: told(world), "the message", within=15)
    await world.settled()
    assert told(world) == 1


async def test_a_lost_end_is_found_though_the_clock_was_set_back(world: World) -> None:
    call = await world.caller(CALLER).dials(world.main_number)
    await call.hears("スマイルコーポレーション", within=15)
    await call.says("スマイル企画の江川です。佐藤健一さんに伝言をお願いします")
    await call.hears("江川様", within=15)
    world.twilio.faults.webhook("status", "drop")
    await call.hangs_up()
    await world.twilio.all_told(within=15)
    await world.settled()
    world.clock.passes(hours=BACK)
    await settle_stale_calls(world.services)
    await eventually(lambda: told(world), "the message", within=15)
    world.twilio.problems.clear()
