"""Several offices in one deployment: nothing of one is ever sent, shown, listed or logged at the other."""

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest_asyncio
import sqlalchemy as sa

import bot.schema  # noqa: F401  (every table)
from bot.store.columns import metadata
from bot.store.transaction import Transaction
from handlers.commands.export import Days, export_csv
from handlers.commands.token import run as make_token
from tests.support.neighbours import SATO_LINE, Neighbour, Neighbours

OF_A = ("青葉商会", "三上", "納期", "札幌", "5011110001")
OF_B = ("緑川工業", "小川", "見積", "福岡", "5022220002")


@pytest_asyncio.fixture
async def neighbours(database_url: str) -> AsyncIterator[Neighbours]:
    async with Neighbours(database_url).running() as running:
        yield running


async def has_its_day(world: Neighbours, office: Neighbour, words: tuple[str, ...], other: Neighbour) -> None:
    """Chat in Slack and LINE, a call with a promise, a message, a board, a home."""
    _, caller, about, place, number = words
    sato, suzuki = office.slack.user("U0SATO"), office.slack.user("U0SUZUKI")
    in_line = office.line.user(SATO_LINE)
    await suzuki.types("/tori", f"出張 明日まで {place}")
    await in_line.says("会議 11時まで")
    await in_line.sees("会議")
    await sato.says("取り込み中")
    await sato.sees("取り込み中")
    await sato.types("/tori", "戻りました")
    await sato.types("/whereis", "鈴木")
    await sato.types("/status", "みんな")
    await sato.opens_home()
    await sato.sees_home("鈴木")

    call = await world.twilio.phone(f"+81{number}").dials(office.number)
    await call.hears(office.company, within=15)
    await call.says(f"取引先の{caller}と申します。{about}の件で、佐藤さんをお願いします")
    await sato.sees(f"{caller}様からお電話です", within=15)
    other.slack.user("U0SATO").does_not_see(caller)
    await sato.taps("30分後に折り返す")
    await call.hears("30分ほどで", within=15)
    await call.hangs_up()
    await sato.sees(f"{caller}様からお電話がありました", within=15)
    await world.settled()


async def test_two_offices_of_the_same_names_never_meet(
    neighbours: Neighbours, logged: list[dict[str, object]]
) -> None:
    a, b = neighbours.a, neighbours.b
    await has_its_day(neighbours, a, OF_A, b)
    await has_its_day(neighbours, b, OF_B, a)
    # The same person at the same minute, each in their own office.
    await a.slack.user("U0SATO").types("/tori", "外出 15時まで 札幌")
    await b.slack.user("U0SATO").types("/tori", "外出 16時まで 福岡")
    await neighbours.passes(hours=2)  # promises, reminders
    await neighbours.passes(hours=6)  # the day's digest
    await a.slack.user("U0SUZUKI").types("/tori", "電話")
    await b.slack.user("U0SUZUKI").types("/tori", "伝言")
    await neighbours.settled()

    for office, foreign in ((a, OF_B), (b, OF_A)):
        assert not [word for word in foreign if word in office.told], office.name
        rows = await neighbours.services.store.read(everything_of, office.name)
        assert not [word for word in foreign if word in rows], office.name
        assert not [word for word in foreign if word in exported(neighbours, office)], office.name
    heard = {call.number: call.everything_heard for call in neighbours.twilio.calls}
    assert "緑川" not in heard["+81" + OF_A[-1]]
    assert "青葉" not in heard["+81" + OF_B[-1]]
    assert not [word for word in (*OF_A, *OF_B) if word in repr(logged)]


async def test_a_token_opens_its_own_office_only(neighbours: Neighbours) -> None:
    a, b = neighbours.a, neighbours.b
    await has_its_day(neighbours, a, OF_A, b)
    await has_its_day(neighbours, b, OF_B, a)
    settings = neighbours.services.settings
    scopes = ["presence", "transfers", "messages", "calls"]
    tokens = {office.name: make_token(settings, "program", scopes, office.name) for office in (a, b)}
    async with aiohttp.ClientSession(f"{neighbours.base_url}") as web:

        async def get(office: Neighbour, path: str) -> tuple[int, str]:
            headers = {"Authorization": f"Bearer {tokens[office.name].strip().splitlines()[-1]}"}
            async with web.get(path, headers=headers) as answer:
                return answer.status, await answer.text()

        async with web.get("/openapi.json") as answer:
            paths = [path for path, item in (await answer.json())["paths"].items() if "get" in item]
        lists = [path for path in paths if "{" not in path]
        assert lists
        for office, foreign in ((a, OF_B), (b, OF_A)):
            other = b if office is a else a
            for path in lists:
                _, body = await get(office, path)
                assert not [word for word in foreign if word in body], path
            ids = await neighbours.services.store.read(ids_of, other.name)
            assert ids
            for path in (path for path in paths if "{" in path and "staff" not in path):
                for one in ids:
                    given = path[path.index("{") : path.index("}") + 1]
                    status, body = await get(office, path.replace(given, one))
                    assert status == 404 or "callers" in path, (path, one)
                    assert not [word for word in foreign if word in body], path


def everything_of(tx: Transaction, organization: str) -> str:
    """Every row of one office, of every table."""
    tables = [table for table in metadata.sorted_tables if "organization" in table.c]
    assert len(tables) > 20
    return repr([tx.all(sa.select(t).where(t.c.organization == organization)) for t in tables])


def ids_of(tx: Transaction, organization: str) -> list[str]:
    """The ids of an office's calls, messages and transfers."""
    tables = [metadata.tables[name] for name in ("calls", "messages", "transfers")]
    return [
        id_ for t in tables for (id_,) in tx.all(sa.select(t.c.id).where(t.c.organization == organization))
    ]


def exported(neighbours: Neighbours, office: Neighbour) -> str:
    out = io.StringIO()
    for what in ("presence", "calls", "messages"):
        more: dict[str, Any] = {"organization": office.name}
        export_csv(neighbours.services.settings, what, Days(), out=out, **more)
    assert len(out.getvalue().splitlines()) > 3
    return out.getvalue()
