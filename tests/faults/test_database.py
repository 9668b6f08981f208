"""The database restarted, locked, full: callers hear a word, nothing that was said is lost."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import psycopg
import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.settings import Settings
from bot.store.outbox import enqueue, outbox
from bot.store.schema import upgrade
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction
from tests.support.databases import drop_postgres, postgres_copy
from tests.support.processes import CALLER, MAIN, Deployment, eventually
from tests.support.world import TUESDAY_MORNING

TROUBLE = "少々お待ちください"


def told(deployment: Deployment) -> int:
    return sum("三上" in message.text for message in deployment.slack.channel("C0CALLS").messages)


@pytest_asyncio.fixture
async def deployment(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with Deployment(sqlite_url, tmp_path).running() as running:
        yield running


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


async def test_sqlite_locked_by_another_program_for_a_while(deployment: Deployment) -> None:
    call = await deployment.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=10)
    with locked(deployment.database_url):
        await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
        await call.hears(TROUBLE, within=10)
        await asyncio.sleep(0.5)  # long beside a moment, short beside the caller's patience
    await call.hears("三上様", within=15)
    await call.hangs_up()
    await deployment.twilio.all_told()
    await eventually(lambda: told(deployment), "the message is delivered", within=20)
    assert told(deployment) == 1


async def test_sqlite_locked_beyond_all_patience_still_takes_a_message(deployment: Deployment) -> None:
    with locked(deployment.database_url):
        call = await deployment.twilio.phone(CALLER).dials(MAIN)
        await call.hears("ご伝言のみ承ります", within=20)
        await call.says("アオバ商事の三上です。折り返しをお願いします。")
    await call.hears("お預かりいたしました", within=20)
    await call.ends(within=10)
    await deployment.twilio.all_told(within=20)
    await eventually(
        lambda: any("050-1234-5678" in m.text for m in deployment.slack.channel("C0CALLS").messages),
        "the call is told",
        within=20,
    )


# ---- PostgreSQL ------------------------------------------------------------------------------------


def backends(postgres: str) -> None:
    """Cut every connection of every client, as a restart does."""
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname <> 'postgres'"
        )


@pytest_asyncio.fixture
async def on_postgres(postgres: str, tmp_path: Path) -> AsyncIterator[Deployment]:
    url = postgres_copy(postgres)
    async with Deployment(url, tmp_path).running() as running:
        running.spawn("worker")
        yield running
    drop_postgres(url)


async def test_postgresql_loses_every_connection_again_and_again(
    on_postgres: Deployment, postgres: str
) -> None:
    async def leaves_word(number: str) -> None:
        call = await on_postgres.twilio.phone(number).dials(MAIN)
        await call.hears("スマイルコーポレーション", within=20)
        await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
        await call.hears("三上様", within=20)
        await call.hangs_up()

    async with asyncio.TaskGroup() as callers:
        for n in range(12):
            callers.create_task(leaves_word(f"+8150{40000000 + n}"))
            await asyncio.sleep(0.05)
            if n % 3 == 1:
                await asyncio.to_thread(backends, postgres)
    await on_postgres.twilio.all_told(within=20)
    await eventually(lambda: told(on_postgres) >= 12, "every message is delivered", within=40)
    await asyncio.sleep(0.5)
    assert told(on_postgres) == 12


# ---- a full disk -----------------------------------------------------------------------------------


def test_a_full_disk_is_said_and_costs_nothing_that_was_there(tmp_path: Path) -> None:
    """SQLite's own limit of pages stands for the disk: the error is the same."""
    url = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/full.db").sqlalchemy_url
    upgrade(url)
    store = Store(url, SettableClock(TUESDAY_MORNING))
    kept = store.run_now(lambda tx: enqueue(tx, "smile", "test", {}))

    def fill(tx: Transaction) -> None:
        size = tx.connection.exec_driver_sql("PRAGMA page_count").scalar()
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count={size}")
        enqueue(tx, "smile", "test", {"much": "x" * 1_000_000})

    with pytest.raises(StoreBusyError):
        store.run_now(fill)
    assert store.read_now(lambda tx: [row.id for row in tx.all(sa.select(outbox.c.id))]) == [kept]
    store.close()


# ---- a flood ---------------------------------------------------------------------------------------

FLOOD = 300 if os.environ.get("LONG_FAULTS") else 120


async def test_more_calls_at_once_than_can_be_served(deployment: Deployment) -> None:
    """Every caller hears something, and in the end the office knows of each."""

    async def calls(number: str) -> None:
        call = await deployment.twilio.phone(number).dials(MAIN)
        await eventually(lambda: call.everything_heard, "a word", within=30)
        await call.hangs_up()

    numbers = [f"+8150{20000000 + n}" for n in range(FLOOD)]
    await asyncio.gather(*(calls(number) for number in numbers))
    await deployment.twilio.all_told(within=60)
    late = [sent for sent in deployment.twilio.webhooks if sent.answer is None or sent.answer.status != 200]
    assert late == []
    async with aiohttp.ClientSession() as session, session.get(f"{deployment.base_url}/readyz") as answer:
        assert answer.status == 200
