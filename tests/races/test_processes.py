"""Two processes, one database: taps that arrive everywhere at once, and a process that is killed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from simulator.twilio.telephone import Call
from tests.support.fleet import Fleet
from tests.support.processes import CALLER, MAIN

KURIMOTO, SATO = "+819012345678", "+819012345679"


@pytest_asyncio.fixture
async def fleet(postgres_url: str, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with Fleet(postgres_url, tmp_path).running() as running:
        yield running


async def asks(fleet: Fleet) -> Call:
    """A caller who holds while 栗本 is asked."""
    call = await fleet.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=10)
    await call.says("アオバ商事の三上と申します。営業の栗本さんをお願いします")
    await call.hears("少々お待ちくださいませ", within=10)
    await fleet.slack.user("U0KURIMOTO").sees("三上様からお電話です", within=10)
    return call


async def test_ten_taps_at_once_ring_once(fleet: Fleet) -> None:
    call = await asks(fleet)
    kurimoto = fleet.slack.user("U0KURIMOTO")
    card = await kurimoto.sees("三上様からお電話です")
    await asyncio.gather(*(kurimoto.taps("つなぐ", on=card, stale=True) for _ in range(10)))
    leg = await (await fleet.twilio.phone(KURIMOTO).rings(within=10)).answers()
    await leg.hears("三上様", within=10)
    await leg.presses("1")
    await leg.talks_with(CALLER, within=10)
    assert fleet.twilio.phone(KURIMOTO).times_rung == 1
    await kurimoto.taps("出られない", on=card, stale=True)
    await kurimoto.sees("すでにお受けになっています", within=10)
    await call.hangs_up()
    await leg.ends(within=10)
    await kurimoto.sees("おつなぎしました", within=10)


async def test_three_answers_at_once_and_the_caller_hears_one(fleet: Fleet) -> None:
    call = await asks(fleet)
    kurimoto = fleet.slack.user("U0KURIMOTO")
    card = await kurimoto.sees("三上様からお電話です")
    answers = ("5分後に折り返す", "30分後に折り返す", "伝言を頼む")
    await asyncio.gather(*(kurimoto.taps(answer, on=card, stale=True) for answer in answers))
    await call.hears("栗本", within=15)
    told = [words for words in ("5分ほどで", "30分ほどで") if words in call.everything_heard]
    assert len(told) <= 1
    assert not fleet.slack.user("U0SATO").dm
    assert fleet.twilio.phone(KURIMOTO).times_rung == 0
    await call.hangs_up()


@pytest.mark.parametrize("step", ["waiting", "asked", "tapped", "answered"])
async def test_one_is_killed_and_the_other_finishes(fleet: Fleet, step: str) -> None:
    call = await asks(fleet)
    if step == "waiting":
        await fleet.kill_with_a_request_in_it()
    if step == "asked":
        await fleet.kill()
    await fleet.slack.user("U0KURIMOTO").taps("つなぐ")
    ring = await fleet.twilio.phone(KURIMOTO).rings(within=10)
    if step == "tapped":
        await fleet.kill()
    leg = await ring.answers()
    await leg.hears("三上様", within=10)
    if step == "answered":
        await fleet.kill()
    await leg.presses("1")
    await leg.talks_with(CALLER, within=10)
    await leg.hangs_up()
    await call.ends(within=15)
    assert fleet.twilio.phone(KURIMOTO).times_rung == 1
