"""Verbs that wait at the same moment share a commit, and yet each stands or falls alone."""

import asyncio
import threading

import sqlalchemy as sa

from bot.clock import SystemClock
from bot.store.inbox import first_time, inbox
from bot.store.store import Store
from bot.store.transaction import Transaction

MANY = 40


class RefusedError(Exception):
    """What a verb raises after it has written."""


def write(tx: Transaction, key: str) -> str:
    first_time(tx, "smile", "test", key)
    return key


def write_and_refuse(tx: Transaction, key: str) -> None:
    write(tx, key)
    raise RefusedError(key)


def kept(tx: Transaction) -> set[str]:
    return {row.key for row in tx.all(sa.select(inbox.c.key))}


async def test_each_hears_its_own_and_a_failure_takes_back_only_its_own(store: Store) -> None:
    work = [store.run(write_and_refuse if n % 3 == 0 else write, f"k{n}") for n in range(MANY)]
    heard = await asyncio.gather(*work, return_exceptions=True)
    good = {f"k{n}" for n in range(MANY) if n % 3}
    assert {found for found in heard if isinstance(found, str)} == good
    assert sum(isinstance(found, RefusedError) for found in heard) == MANY - len(good)
    assert await store.read(kept) == good


async def test_a_row_that_is_there_already_fails_one_verb_alone(store: Store) -> None:
    def twice(tx: Transaction) -> None:
        for _ in range(2):
            tx.insert(inbox, organization="smile", source="test", key="twice", received_at=tx.now)

    failed, written = await asyncio.gather(store.run(twice), store.run(write, "k"), return_exceptions=True)
    assert isinstance(failed, sa.exc.IntegrityError)
    assert written == "k"
    assert await store.read(kept) == {"k"}


async def test_who_is_cancelled_before_their_turn_changes_nothing(sqlite_url: str) -> None:
    store = Store(sqlite_url, SystemClock())
    begun, go_on = threading.Event(), threading.Event()

    def holds_up(_tx: Transaction) -> None:
        begun.set()
        go_on.wait(20)

    first = asyncio.create_task(store.run(holds_up))
    assert await asyncio.to_thread(begun.wait, 20)
    waiting = asyncio.create_task(store.run(write, "withdrawn"))
    await asyncio.sleep(0)  # it stands in the line
    waiting.cancel()
    last = asyncio.create_task(store.run(write, "last"))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(first, last)
    assert waiting.cancelled()
    assert await store.read(kept) == {"last"}
    store.close()


async def test_listeners_hear_of_it_after_the_commit(store: Store) -> None:
    heard = asyncio.Event()
    seen: list[set[str]] = []

    def look() -> None:
        seen.append(store.read_now(kept))
        heard.set()

    def wake(tx: Transaction) -> None:
        write(tx, "told")
        tx.wake("topic")

    store.on_wake("topic", look)
    await store.run(wake)
    await asyncio.wait_for(heard.wait(), 20)
    assert seen[0] == {"told"}


async def test_every_way_into_the_database_opens_what_is_sealed(database_url: str) -> None:
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    store = Store(url, SystemClock(), "a long random text")

    def opened(tx: Transaction) -> str:
        return tx.sealer.open(sealed)

    sealed = await store.run(lambda tx: tx.sealer.close("line-token"))
    ways = [await store.run(opened), store.run_now(opened), await store.read(opened), store.read_now(opened)]
    store.close()
    assert sealed != "line-token"
    assert ways == ["line-token"] * 4
