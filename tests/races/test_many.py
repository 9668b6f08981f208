"""Many processes on one PostgreSQL: a commit in one wakes the others, and what is done by the clock is done once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from bot.delivery import sender
from bot.delivery.say import say
from bot.platforms.cards import Card
from bot.services import Services
from bot.store.outbox import TOPIC
from handlers.composition import make_sender, make_services
from jobs.table import TABLE
from tests.support.databases import drop_postgres, postgres_copy
from tests.support.processes import eventually
from tests.support.world import OFFICE_FILE, World

WITHOUT_PICTURES = OFFICE_FILE.read_text(encoding="utf-8").replace("plan: premium", "plan: always")
MORE = 3
"""Processes beside the first."""


@pytest.fixture
def postgres_urls(postgres: str) -> Iterator[list[str]]:
    urls = [postgres_copy(postgres) for _ in range(2)]
    yield urls
    for url in urls:
        drop_postgres(url)


@pytest.fixture
def database_url(postgres_urls: list[str]) -> str:
    return postgres_urls[0]


# ---- waking ----------------------------------------------------------------------------------------


def listening(url: str) -> int:
    """Connections that wait for other processes' commits."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        ).fetchone()
    return row[0] if row else 0


@asynccontextmanager
async def beside(world: World) -> AsyncIterator[Services]:
    """Another process: its own connections, its own memory."""
    services = make_services(world.services.settings, world.clock)
    yield services
    await services.close()


async def test_a_commit_in_one_process_wakes_the_sender_of_another(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick behind it is set to an hour: whatever is sent here was sent because of the word."""
    monkeypatch.setattr(sender, "_TICK_SECONDS", 3600.0)
    world = World(database_url)
    async with world.running(), beside(world) as other:
        kurimoto = world.on_slack("kurimoto")
        await eventually(lambda: listening(database_url) == 1, "the sender listens")
        await other.store.run(say, "smile", "slack", "U0KURIMOTO", Card(text="ひとつ"))
        await kurimoto.sees("ひとつ", within=20)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            )
        await eventually(lambda: listening(database_url) == 0, "it was cut off")
        await eventually(lambda: listening(database_url) == 1, "it listens again", within=20)
        await other.store.run(say, "smile", "slack", "U0KURIMOTO", Card(text="ふたつ"))
        await kurimoto.sees("ふたつ", within=20)


# ---- by the clock ----------------------------------------------------------------------------------


async def has_a_day(world: World, processes: list[Services]) -> Counter[str]:
    """Things that the clock brings about, with every process ticking at the same moments; what people saw."""

    async def tick(services: Services) -> None:
        for row in TABLE:
            await row.job(services)

    async def passes(**how_long: float) -> None:
        await world.settled(within=20)
        world.clock.passes(**how_long)
        await asyncio.gather(*(tick(services) for services in processes))
        world.services.store.ring(TOPIC)
        await world.settled(within=20)

    await world.on_slack("saito").types("/tori", "外出 11時まで")
    await world.on_slack("kurimoto").types("/tori", "出張 福岡")
    await world.on_line("suzuki").says("毎週水曜 在宅")
    for number, whom in (("+815012345671", "佐藤健さん"), ("+815012345672", "斎藤さん")):
        call = await world.caller(number).dials(world.main_number)
        await call.hears("スマイルコーポレーション", within=15)
        await call.says(f"アオバ商事の三上と申します。{whom}に伝言をお願いします")
        await call.hears("三上様", within=15)
        await call.hangs_up()
    lost = await world.caller("+815012345673").dials(world.main_number)
    await lost.hears("スマイルコーポレーション", within=15)
    world.twilio.faults.webhook("status", "drop")
    await lost.hangs_up()
    for minutes in (16, 20, 30, 60):  # reminders, a return that passes, an end that never came
        await passes(minutes=minutes)
        if minutes == 20:  # later the question gives way to what became of it
            await world.on_slack("saito").sees("戻る予定でしたが", within=20)
    await passes(hours=6)  # the digest
    await passes(hours=15)  # the morning after: trips
    texts = [message.text for person in world.slack.space.users for message in world.slack.user(person).dm]
    texts += [
        message.text
        for channel in ("C0CALLS", "C0DIGEST")
        for message in world.slack.channel(channel).messages
    ]
    texts += [
        message.text for person in world.line.account.users for message in world.line.user(person).messages
    ]
    world.twilio.problems.clear()
    return Counter(texts)


async def test_however_many_tick_everybody_hears_everything_once(postgres_urls: list[str]) -> None:
    """A day with one process and the same day with four: what people see is the same."""
    alone = World(postgres_urls[0], office=WITHOUT_PICTURES)
    async with alone.running():
        seen = await has_a_day(alone, [alone.services])
    together = World(postgres_urls[1], office=WITHOUT_PICTURES)
    async with together.running():
        others = [make_services(together.services.settings, together.clock) for _ in range(MORE)]
        senders = [make_sender(services) for services in others]
        sending = [asyncio.create_task(one.run()) for one in senders]
        seen_together = await has_a_day(together, [together.services, *others])
        for one in senders:
            one.stop()
        await asyncio.gather(*sending)
        for services in others:
            await services.close()
    assert seen_together == seen
    for words in ("三上様", "のお電話", "続いていますか", "着信のみ"):
        assert any(words in text for text in seen), words
