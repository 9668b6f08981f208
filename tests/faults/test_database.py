"""The database restarted, locked, slow, full: callers hear a word, nothing that was said is lost or doubled."""

import asyncio
import os
import resource
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import psycopg

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from simulator.twilio.telephone import Call
from tests.support.callers import FALLBACK, GREETING, hears_one_of, leaves_word, times_told
from tests.support.databases import postgres_copy
from tests.support.postgres import Server
from tests.support.processes import CALLER, MAIN, Deployment, eventually

TROUBLE = "少々お待ちください"
LONG = bool(os.environ.get("LONG_FAULTS"))


async def says_ready(deployment: Deployment) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{deployment.base_url}/readyz") as answer:
        return answer.status


async def becomes(deployment: Deployment, status: int) -> None:
    """Wait until `/readyz` answers so."""
    async with asyncio.timeout(30):
        while await says_ready(deployment) != status:
            await asyncio.sleep(0.05)


async def all_are_told_once(deployment: Deployment, numbers: list[str]) -> None:
    await deployment.twilio.all_told(within=40)
    await eventually(lambda: all(times_told(deployment, n) for n in numbers), "each is told", within=60)
    await asyncio.sleep(0.5)  # a second copy would follow at once
    assert [times_told(deployment, number) for number in numbers] == [1] * len(numbers)


# ---- another program writes ------------------------------------------------------------------------


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program writes, and takes its time."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_sqlite_locked_by_another_program_for_a_while(on_sqlite: Deployment) -> None:
    call = await on_sqlite.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=20)
    with locked(on_sqlite.database_url):
        await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
        await call.hears(TROUBLE, within=20)
    await call.hears("三上様", within=20)
    await call.hangs_up()
    await all_are_told_once(on_sqlite, [CALLER])


async def test_sqlite_locked_beyond_all_patience_still_takes_a_message(on_sqlite: Deployment) -> None:
    with locked(on_sqlite.database_url):
        call = await on_sqlite.twilio.phone(CALLER).dials(MAIN)
        await call.hears(FALLBACK, within=30)
        await call.says("アオバ商事の三上です。折り返しをお願いします。")
    await call.hears("お預かりいたしました", within=20)
    await call.ends(within=20)
    await all_are_told_once(on_sqlite, [CALLER])


# ---- PostgreSQL stopped, cut off, slow -------------------------------------------------------------


async def test_postgresql_is_stopped_and_started_while_callers_speak(
    own_server: Server, tmp_path: Path
) -> None:
    """A crash, then an orderly stop; figures: calls held, messages lost (0), doubled (0)."""
    numbers = [f"+8150{40000000 + n}" for n in range(30 if LONG else 9)]
    coming = iter(numbers)
    async with Deployment(postgres_copy(own_server.url), tmp_path).running() as deployment:
        deployment.spawn("worker")
        async with asyncio.TaskGroup() as callers:
            for mode in ("immediate", "fast"):
                for number in [next(coming) for _ in range(len(numbers) // 3)]:
                    callers.create_task(leaves_word(deployment, number))
                    await asyncio.sleep(0.05)
                await asyncio.to_thread(own_server.stop, mode)
                await becomes(deployment, 503)
                await asyncio.to_thread(own_server.start)
                await becomes(deployment, 200)
            for number in coming:
                callers.create_task(leaves_word(deployment, number))
        await all_are_told_once(deployment, numbers)
    print(f"calls held: {len(numbers)}; lost: 0, doubled: 0")


def cut_off(postgres: str) -> None:
    """Cut every connection of every client."""
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname <> 'postgres'"
        )


async def test_postgresql_loses_every_connection_again_and_again(
    on_postgres: Deployment, postgres: str
) -> None:
    numbers = [f"+8150{40000000 + n}" for n in range(48 if LONG else 12)]
    async with asyncio.TaskGroup() as callers:
        for n, number in enumerate(numbers):
            callers.create_task(leaves_word(on_postgres, number))
            await asyncio.sleep(0.05)
            if n % 3 == 1:
                await asyncio.to_thread(cut_off, postgres)
    await all_are_told_once(on_postgres, numbers)
    print(f"calls held: {len(numbers)}; lost: 0, doubled: 0")


KEEPALIVE = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)


def test_a_server_that_is_gone_without_a_word_is_given_up_within_seconds(postgres_url: str) -> None:
    """Its machine died, or the network in between: nothing comes, not even that the connection is over."""

    def patience(tx: Transaction) -> int:
        """Milliseconds that the system waits for the other side to confirm what was sent."""
        driver = tx.connection.connection.dbapi_connection
        with socket.fromfd(driver.fileno(), socket.AF_INET, socket.SOCK_STREAM) as connection:
            idle, every, count = (connection.getsockopt(socket.IPPROTO_TCP, one) for one in KEEPALIVE)
            assert idle + every * count <= 20, "seconds until a server that only fell silent is given up"
            return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)

    settings = Settings(_env_file=None, database_url=postgres_url)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        assert 0 < store.read_now(patience) <= 15_000
        assert 0 < store.run_now(patience) <= 15_000
    finally:
        store.close()


def run(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


async def test_a_database_that_takes_its_time(on_postgres: Deployment) -> None:
    """Every step takes longer than a caller may wait: they hear a word, then the answer of that same step."""
    run(
        on_postgres.database_url,
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(1.2); RETURN NEW; END $$",
        "CREATE TRIGGER slow BEFORE INSERT ON call_steps FOR EACH ROW EXECUTE FUNCTION slow()",
    )
    call = await on_postgres.twilio.phone(CALLER).dials(MAIN)
    await call.hears(TROUBLE, within=20)
    await call.hears("スマイルコーポレーション", within=20)
    await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
    await call.hears(TROUBLE, within=20)
    await call.hears("三上様", within=20)
    await call.hangs_up()
    await all_are_told_once(on_postgres, [CALLER])


# ---- a full disk -----------------------------------------------------------------------------------


async def test_sqlite_on_a_disk_that_is_full(on_sqlite: Deployment) -> None:
    """No file of the process may grow: for it, the disk is full. Later there is room again."""
    before = await leaves_word(on_sqlite, "+815040000001")
    process = on_sqlite.processes[-1].pid
    limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, limits[1]))
    call = await on_sqlite.twilio.phone("+815040000002").dials(MAIN)
    await call.hears(FALLBACK, within=30)
    assert await says_ready(on_sqlite) == 200  # it reads: nothing is to be restarted
    resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    await call.says("アオバ商事の三上です。折り返しをお願いします。")
    await call.hears("お預かりいたしました", within=20)
    await leaves_word(on_sqlite, "+815040000003")
    assert before.ended
    await all_are_told_once(on_sqlite, [f"+81504000000{n}" for n in (1, 2, 3)])


async def test_postgresql_on_a_disk_that_is_full(on_postgres: Deployment) -> None:
    """The server says so, in its own words, to every statement that needs room."""
    run(
        on_postgres.database_url,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON calls FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    call = await on_postgres.twilio.phone(CALLER).dials(MAIN)
    await call.hears(FALLBACK, within=30)
    run(on_postgres.database_url, "DROP TRIGGER full_disk ON calls")
    await call.says("アオバ商事の三上です。折り返しをお願いします。")
    await call.hears("お預かりいたしました", within=20)
    await all_are_told_once(on_postgres, [CALLER])


# ---- a flood ---------------------------------------------------------------------------------------

FLOOD = 300 if LONG else 120


async def test_more_calls_at_once_than_can_be_served(on_sqlite: Deployment) -> None:
    """Every caller hears something, and in the end each call that was greeted is filed."""

    async def calls(number: str) -> Call:
        call = await on_sqlite.twilio.phone(number).dials(MAIN)
        await hears_one_of(call, GREETING, TROUBLE, FALLBACK)
        await call.hangs_up()
        return call

    flood = await asyncio.gather(*(calls(f"+8150{20000000 + n}") for n in range(FLOOD)))
    await on_sqlite.twilio.all_told(within=90)
    greeted = sum(GREETING in call.everything_heard for call in flood)
    await eventually(lambda: filed(on_sqlite) >= greeted, "each is filed", within=90)
    print(f"calls at once: {FLOOD}; greeted at once: {greeted}; filed: {filed(on_sqlite)}")
    await becomes(on_sqlite, 200)


def filed(deployment: Deployment) -> int:
    connection = sqlite3.connect(deployment.database_url.removeprefix("sqlite:///"))
    (count,) = connection.execute("SELECT count(*) FROM calls WHERE state = 'ended'").fetchone()
    connection.close()
    return int(count)
