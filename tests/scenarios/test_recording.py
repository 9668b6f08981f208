"""An office whose plan records what is said after connecting: callers are told first, and it can be had after."""

import pytest

from bot.scripts.catalogue import CATALOGUE
from jobs.reconcile import file_missed_calls
from tests.support.world import OFFICE_FILE, World

NOTICE = CATALOGUE["hold_recorded"].ja


async def connected(world: World):
    """佐藤 has taken 三上's call; returns the two telephones."""
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上と申します。佐藤花子さんをお願いします")
    await call.hears("少々お待ちくださいませ")
    await world.on_slack("sato").sees("三上様からお電話です")
    await world.on_slack("sato").taps("つなぐ")
    leg = await (await world.telephone_of("sato").rings()).answers()
    await leg.hears("三上様")
    await leg.presses("1")
    await leg.talks_with("+81312345678")
    return call, leg


async def test_the_caller_is_told_and_the_card_has_the_recording(world: World) -> None:
    call, leg = await connected(world)
    assert call.everything_heard.count(NOTICE) == 1
    world.clock.passes(minutes=2)
    await leg.hangs_up()
    await call.ends()
    await world.settled()
    card = await world.calls_channel_sees("三上様からお電話がありました", "録音")
    assert "/Recordings/RE" in str(card.blocks)
    assert "聞く（" in card.text


async def test_a_recording_whose_callback_was_lost_is_found_at_the_platform(world: World) -> None:
    """Else it would stay there for ever: what nobody here knows of, `retention_days` does not end."""
    world.twilio.faults.webhook("recording", "drop")
    call, leg = await connected(world)
    world.clock.passes(minutes=2)
    await leg.hangs_up()
    await call.ends()
    await world.settled()
    assert "録音" not in (await world.calls_channel_sees("三上様からお電話がありました")).text
    await file_missed_calls(world.services)
    await world.settled()
    await world.calls_channel_sees("三上様からお電話がありました", "録音")


@pytest.mark.parametrize("words", ["plan: transfer", "plan: premium\noptions: {recording: false}"])
async def test_where_it_is_off_nothing_is_recorded_nor_said(sqlite_url: str, words: str) -> None:
    office = OFFICE_FILE.read_text(encoding="utf-8").replace("plan: premium", words)
    async with World(sqlite_url, office=office).running() as world:
        call, leg = await connected(world)
        assert "録音" not in call.everything_heard
        await leg.hangs_up()
        await call.ends()
        await world.settled()
        card = await world.calls_channel_sees("三上様からお電話がありました")
        assert "録音" not in card.text


async def test_who_asks_a_second_person_is_not_told_again(world: World) -> None:
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上と申します。営業の栗本さんをお願いします")
    await call.hears("少々お待ちくださいませ")
    await world.on_slack("kurimoto").sees("三上様からお電話です")
    await world.on_slack("kurimoto").taps("出られない")
    await world.on_slack("sato").sees("三上様からお電話です")
    assert call.everything_heard.count(NOTICE) == 1
    await call.hangs_up()
