"""Nothing of ours runs: Twilio answers with the TwiML Bins of docs/twilio.md; on return it is all filed, once."""

import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio
from aiohttp import web

from simulator.http import serving
from tests.support.callers import FALLBACK, cards_of
from tests.support.processes import MAIN, Deployment, eventually

PAGE = Path(__file__).parents[2] / "docs" / "twilio.md"
HALF_A_WORD, NEW = "+815012345671", "+815012345672"


@pytest_asyncio.fixture
async def bin_url() -> AsyncIterator[str]:
    """Where Twilio keeps the two documents of the page; the address of the one that a number falls back to."""
    thanks, fallback = re.findall(r"```xml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    async def bin_of(request: web.Request) -> web.Response:
        text = fallback if request.path == "/fallback" else thanks
        here = f"http://{request.host}/thanks"
        return web.Response(text=re.sub(r"https://handler\S*?(?=\")", here, text), content_type="text/xml")

    app = web.Application()
    app.router.add_route("*", "/{bin}", bin_of)
    async with serving(app) as base:
        yield f"{base}/fallback"


async def test_what_callers_said_while_nothing_ran_is_filed_on_return(
    on_sqlite: Deployment, bin_url: str
) -> None:
    on_sqlite.twilio.numbers[MAIN] = replace(on_sqlite.twilio.numbers[MAIN], fallback_url=bin_url)
    known = await on_sqlite.twilio.phone(HALF_A_WORD).dials(MAIN)
    await known.hears("スマイルコーポレーション", within=20)
    await on_sqlite.kill()
    new = await on_sqlite.twilio.phone(NEW).dials(MAIN)
    await known.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
    for call in (known, new):
        await call.hears(FALLBACK, within=20)
        await call.says("アオバ商事の三上です。折り返しをお願いします")
        await call.hears("お預かりいたしました", within=20)
        await call.ends(within=20)
    await on_sqlite.twilio.all_told(within=20)
    a_while_passes(on_sqlite)
    await on_sqlite.start()
    for number in (HALF_A_WORD, NEW):
        await eventually(lambda number=number: cards_of(on_sqlite, number), "it is filed", within=40)
        (card,) = cards_of(on_sqlite, number)
        assert "録音" in card


def a_while_passes(deployment: Deployment) -> None:
    """A call in which nothing happens is asked about after twenty seconds: they are over."""
    with sqlite3.connect(deployment.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE call_steps SET at = datetime(at, '-30 seconds') || '.000000'")
    connection.close()
