"""More than can be done: everybody gets an answer, one office's flood is its own, nothing grows for ever."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import pytest
import sqlalchemy as sa

import bot.schema  # noqa: F401  (every table)
from bot.store import store as store_module
from bot.store.columns import metadata
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction
from handlers import turns
from handlers.commands.token import run as make_token
from tests.support.callers import FALLBACK, GREETING, hears_one_of
from tests.support.neighbours import Neighbours
from tests.support.processes import eventually
from tests.support.world import World


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The rules are the same on both; SQLite's single writer can be stopped."""
    return sqlite_url


@contextmanager
def stopped(store: Store) -> Iterator[None]:
    """A verb that does not end, so that everybody else waits."""
    begun, over = threading.Event(), threading.Event()

    def verb(_tx: Transaction) -> None:
        begun.set()
        over.wait(60)

    task = asyncio.get_running_loop().create_task(store.run(verb))
    try:
        yield
    finally:
        over.set()
        task.add_done_callback(lambda done: done.exception())


async def test_a_flood_at_one_office_is_its_own(
    database_url: str, monkeypatch: pytest.MonkeyPatch, logged: list[dict[str, object]]
) -> None:
    """Beyond the turns of a line its callers hear a word at once; the other office's calls take their way."""
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "MOST_WAITING", 2)
    async with Neighbours(database_url).running() as world:
        flood = [world.twilio.phone(f"+81501111{n:04}") for n in range(12)]
        with stopped(world.services.store):
            calls = [await phone.dials(world.a.number) for phone in flood]
            await eventually(lambda: crowded(logged) >= 1, "there is no room for all", within=20)
            before = crowded(logged)
            other = await world.twilio.phone("+815022220000").dials(world.b.number)
            assert world.services.store._waiting <= 4, "one of the flood, the neighbour, perhaps the sender"
        await other.hears(world.b.company, within=20)
        assert before >= 1
        for call in calls:
            await hears_one_of(call, world.a.company, FALLBACK)
            await call.hangs_up()
        await other.hangs_up()
        await world.settled()


def crowded(logged: list[dict[str, object]]) -> int:
    return sum(line["event"] == "voice.crowded" for line in logged)


async def test_a_flood_of_one_offices_programs_is_its_own(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond its turns a program is told to come again; those of another office only wait for theirs."""
    monkeypatch.setattr(turns, "AT_ONCE", 2)
    monkeypatch.setattr(turns, "MOST_WAITING", 3)
    async with Neighbours(database_url).running() as world, aiohttp.ClientSession(world.base_url) as web:
        settings = world.services.settings
        tokens = {o.name: make_token(settings, "program", ["messages"], o.name) for o in (world.a, world.b)}
        answered: list[tuple[str, int, str | None]] = []

        async def files_a_message(office: str) -> None:
            headers = {"Authorization": f"Bearer {tokens[office].strip().splitlines()[-1]}"}
            async with web.post("/api/v1/messages", json={"body": "納期の件"}, headers=headers) as answer:
                answered.append((office, answer.status, answer.headers.get("Retry-After")))

        async with asyncio.TaskGroup() as programs:
            with stopped(world.services.store):
                for _ in range(12):
                    programs.create_task(files_a_message(world.a.name))
                await eventually(lambda: len(answered) == 7, "the rest is told at once", within=20)
                before = world.services.store._waiting
                programs.create_task(files_a_message(world.b.name))
                await eventually(lambda: world.services.store._waiting > before, "its turn comes at once")
                assert answered == [(world.a.name, 429, "1")] * 7
        assert sorted(answered[7:]) == [(world.a.name, 201, None)] * 5 + [(world.b.name, 201, None)]
        await world.settled()


async def test_who_finds_too_many_waiting_is_told_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_MOST_WAITING", 20)
    store = world.services.store
    with stopped(store):
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(store.run(lambda tx: tx.now)) for _ in range(30)]
        await eventually(lambda: sum(task.done() for task in waiting) >= 11, "the rest is refused", within=20)
        assert all(isinstance(task.exception(), StoreBusyError) for task in waiting if task.done())
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) >= 10
    assert await store.run(lambda tx: tx.now) == world.clock.now()  # and nobody is left behind


async def test_a_caller_in_a_flood_leaves_a_message_and_chat_says_that_it_is_late(world: World) -> None:
    with stopped(world.services.store):
        call = await world.caller("+815012345678").dials(world.main_number)
        await call.hears(FALLBACK, within=30)
        said = await world.on_slack("ono").types("/tori", "外出 15時まで")
        assert said.text, "an answer in time, though nothing is done yet"
        await call.says("アオバ商事の三上です。折り返しをお願いします。")
    await call.ends(within=30)
    await world.on_slack("ono").sees("外出", within=20)
    await world.calls_channel_sees("050-1234-5678", within=30)
    await world.settled(within=20)


EVENTS = (
    "calls", "call_steps", "transfers", "transfer_offers", "transfer_legs", "messages", "message_recipients",
    "missed_calls", "cards", "outbox", "inbox", "inbox_senders", "disclosures", "presence_changes",
)  # fmt: skip


async def test_nothing_that_happened_is_kept_for_ever(world: World) -> None:
    """After the days that the office keeps its records, no table has a row of what happened."""
    for n in range(3):
        call = await world.caller(f"+81501234567{n}").dials(world.main_number)
        await call.hears(GREETING, within=15)
        await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
        await world.on_slack("ono").sees("江川様からお電話です", within=15)
        await world.on_slack("ono").taps("30分後に折り返す" if n else "つなぐ")
        await world.settled(within=20)
        await call.hangs_up()
        await world.settled(within=20)
    await world.on_slack("ono").types("/tori", "外出 11時まで")
    listeners = set(world.services.store._listeners)
    for _ in range(3):
        await world.passes(days=70)  # 180 are kept
        await world.settled(within=20)
    await world.passes(days=9)  # what the last days have sent is a week old
    await world.passes(hours=1)
    counts = await world.services.store.read(rows)
    kept = {name: counts[name] for name in EVENTS if counts[name] > 5}
    assert not kept, "what the clock itself brought about in the last days is all there may be"
    assert counts["calls"] == counts["messages"] == counts["transfers"] == 0
    assert counts["job_runs"] < 20
    assert set(world.services.store._listeners) == listeners
    assert world.services.store._waiting == 0


def rows(tx: Transaction) -> dict[str, int]:
    return {
        table.name: tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }
