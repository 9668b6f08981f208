"""The managers' digest: at its hour, once, also after an outage; not on days off."""

from datetime import datetime

from bot.digests.daily import claim_digest
from bot.office.roster import roster_of
from tests.support.world import TOKYO, World


def digests(world: World) -> list[str]:
    return [message.text for message in world.slack.channel("C0DIGEST").messages]


async def begins(world: World) -> None:
    """As `load` does: the hour that has gone by before the office existed is nobody's digest."""
    world.services.store.run_now(lambda tx: claim_digest(tx, roster_of(tx, "smile")))


async def test_it_comes_once_at_its_hour(world: World) -> None:
    await begins(world)
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長に伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    only_rang = await world.caller("+81344445555").dials(world.main_number)
    await only_rang.hears("スマイルコーポレーション")
    await only_rang.hangs_up()
    await world.settled()
    assert not digests(world)
    await world.passes(hours=7, minutes=31)
    await world.settled()
    await world.passes(minutes=1)
    await world.settled()
    [digest] = digests(world)
    assert "11月24日（火）" in digest
    assert "1件" in digest
    assert "着信のみ" in digest
    assert "栗本さん: 1件" in digest


async def test_one_missed_while_down_is_sent_on_return_and_days_off_have_none(world: World) -> None:
    await begins(world)
    world.clock.set(datetime(2026, 11, 28, 10, 0, tzinfo=TOKYO))  # a Saturday, after days without a tick
    await world.passes(minutes=1)
    await world.settled()
    await world.passes(days=1)
    await world.settled()
    [digest] = digests(world)
    assert "11月27日（金）" in digest
