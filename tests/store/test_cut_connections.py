"""Connections to PostgreSQL that died while nobody used them, and in the middle of a verb."""

import asyncio

import psycopg
import pytest
import sqlalchemy as sa

from bot.store.inbox import first_time, inbox
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """There is no connection to a file that could be cut."""
    return postgres_url


def write(tx: Transaction, key: str) -> None:
    first_time(tx, "smile", "test", key)


def kept(tx: Transaction) -> set[str]:
    return {row.key for row in tx.all(sa.select(inbox.c.key))}


def cut(url: str, *, only: int | None = None) -> None:
    """End the sessions of this database but our own, as a restart of the server does."""
    with psycopg.connect(url, autocommit=True) as connection:
        others = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for (pid,) in connection.execute(others).fetchall():
            if only in (None, pid):
                connection.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


def session(tx: Transaction) -> int:
    return int(tx.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


async def test_nobody_notices_that_the_idle_ones_have_died(store: Store, postgres_url: str) -> None:
    await asyncio.gather(*(store.run(write, f"before{n}") for n in range(20)))
    await asyncio.gather(*(store.read(kept) for _ in range(8)))
    cut(postgres_url)
    await asyncio.gather(*(store.run(write, f"after{n}") for n in range(20)))
    cut(postgres_url)
    found = await asyncio.gather(*(store.read(kept) for _ in range(8)))
    assert all(len(keys) == 40 for keys in found)


async def test_a_verb_whose_connection_dies_runs_again_and_counts_once(
    store: Store, postgres_url: str
) -> None:
    runs = []

    def unlucky(tx: Transaction) -> None:
        runs.append(1)
        write(tx, f"run{len(runs)}")
        if len(runs) == 1:
            cut(postgres_url, only=session(tx))
        write(tx, "end")

    await store.run(unlucky)
    assert await store.read(kept) == {"run2", "end"}


async def test_a_commit_without_an_answer_is_not_made_again(store: Store, postgres_url: str) -> None:
    """Nobody knows whether it counted: whoever asked for it decides, by the event's key."""
    runs = []

    def unlucky(tx: Transaction) -> None:
        runs.append(1)
        write(tx, "once")
        cut(postgres_url, only=session(tx))

    with pytest.raises(StoreBusyError):
        await store.run(unlucky)
    assert len(runs) == 1


async def test_one_that_dies_again_and_again_is_given_up(store: Store, postgres_url: str) -> None:
    def hopeless(tx: Transaction) -> None:
        cut(postgres_url, only=session(tx))
        write(tx, "never")

    with pytest.raises(StoreBusyError):
        await store.run(hopeless)
    assert await store.read(kept) == set()
