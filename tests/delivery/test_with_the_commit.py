"""What one's own sender takes with the commit that writes it: sent once, and nothing lost where that fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa

from bot.clock import SettableClock
from bot.delivery.couriers import Courier
from bot.delivery.outcomes import Outcome, record
from bot.delivery.queue import CLAIMED_FOR, Parcel, claim, put_back
from bot.delivery.sender import Sender
from bot.platforms.errors import PermanentError
from bot.store.outbox import TOPIC, enqueue, outbox
from bot.store.store import Store
from bot.store.transaction import Transaction
from tests.support.processes import eventually

KIND = "test"


class Platform:
    """A courier whose rows may leave with their commit; counts how each was rendered."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.with_commit = 0
        self.in_turn = 0
        self.breaks: Callable[[Transaction], Any] = lambda tx: None
        self.fate: Callable[[Parcel], Any] = lambda parcel: None
        self.moot = False

    def prepare(self, tx: Transaction, parcel: Parcel) -> dict[str, Any] | None:
        self.in_turn += 1
        return parcel.request or dict(parcel.payload)

    def prompt(self, tx: Transaction, parcel: Parcel) -> dict[str, Any] | None:
        self.with_commit += 1
        self.breaks(tx)
        return None if self.moot else dict(parcel.payload)

    async def send(self, parcel: Parcel, request: dict[str, Any]) -> Any:
        self.sent.append(parcel)
        found = self.fate(parcel)
        return await found if asyncio.iscoroutine(found) else found

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        pass

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        pass


@asynccontextmanager
async def sending(store: Store, platform: Platform) -> AsyncIterator[Sender]:
    """A sender that has looked round once: it keeps up."""
    couriers: dict[str, Courier] = {KIND: platform}
    sender = Sender(store, couriers)
    task = asyncio.create_task(sender.run())
    await eventually(lambda: sender.room(0), "it keeps up")
    yield sender
    sender.stop()
    await task


def put(tx: Transaction, /, office: str = "smile", **payload: Any) -> str:
    return enqueue(tx, office, KIND, payload, first_in_lane=True)


def state_of(store: Store, row: str) -> Any:
    return store.read_now(lambda tx: tx.execute(sa.select(outbox).where(outbox.c.id == row)).one())


async def becomes(store: Store, row: str, state: str) -> None:
    await eventually(lambda: state_of(store, row).state == state, state)


async def test_it_leaves_as_it_was_rendered_with_the_commit(store: Store) -> None:
    platform = Platform()
    async with sending(store, platform):
        row = await store.run(put, text="a")
        written = state_of(store, row)
        assert (written.attempts, written.request) == (1, {"text": "a"})
        await becomes(store, row, "sent")
    assert [parcel.id for parcel in platform.sent] == [row]
    assert (platform.with_commit, platform.in_turn) == (1, 0)


async def test_what_is_not_needed_any_more_is_not_sent(store: Store) -> None:
    platform = Platform()
    platform.moot = True
    async with sending(store, platform):
        row = await store.run(put)
    assert state_of(store, row).state == "moot"
    assert not platform.sent


def divides_by_nothing(tx: Transaction) -> None:
    """PostgreSQL takes no further statement in this transaction."""
    tx.execute(sa.text("SELECT 1 / 0"))
    raise ZeroDivisionError  # SQLite finds nothing wrong


async def test_what_cannot_be_rendered_undoes_nothing_and_is_sent_in_its_turn(store: Store) -> None:
    platform = Platform()
    platform.breaks = divides_by_nothing
    async with sending(store, platform):
        rows = await asyncio.gather(*(store.run(put, number=number) for number in range(5)))
        for row in rows:
            await becomes(store, row, "sent")
    assert sorted(parcel.id for parcel in platform.sent) == sorted(rows)
    assert platform.in_turn == 5


async def test_where_more_waits_than_can_be_sent_all_wait_their_turn(store: Store) -> None:
    """Nobody's row passes those that the offices take turns with."""
    platform = Platform()
    let_go = asyncio.Event()
    platform.fate = lambda _parcel: let_go.wait()
    async with sending(store, platform) as sender:
        handed = [await store.run(put, "flood") for _ in range(40)]
        taken = [row for row in handed if state_of(store, row).request is not None]
        assert len(taken) <= 16
        assert sender.room(0) == 0
        other = await store.run(put, "smile")
        await eventually(lambda: other in {parcel.id for parcel in platform.sent}, "another office's way")
        let_go.set()
        for row in handed:
            await becomes(store, row, "sent")
    assert len({parcel.id for parcel in platform.sent}) == len(platform.sent) == 41


async def test_many_verbs_at_once_hand_over_no_more_than_there_is_room_for(store: Store) -> None:
    platform = Platform()
    let_go = asyncio.Event()
    platform.fate = lambda _parcel: let_go.wait()

    def much(tx: Transaction) -> list[str]:
        return [put(tx) for _ in range(10)]

    async with sending(store, platform):
        found = await asyncio.gather(*(store.run(much) for _ in range(30)))
        assert platform.with_commit <= 16
        let_go.set()
        rows = [row for rows in found for row in rows]
        await eventually(lambda: len(platform.sent) == len(rows), "all go out", within=30)
        await eventually(
            lambda: all(state_of(store, row).state == "sent" for row in rows), "and are recorded"
        )


async def test_what_was_lost_with_its_process_comes_back_as_uncertain(
    store: Store, clock: SettableClock
) -> None:
    platform = Platform()
    dying = Sender(store, {KIND: platform}, first=[KIND])
    stop = store.hand_over_to(dying)
    dying.send = lambda taken: None  # type: ignore[method-assign]
    row = await store.run(put)
    stop()
    assert not store.run_now(lambda tx: claim(tx, 4))
    clock.passes(seconds=CLAIMED_FOR.total_seconds())
    (again,) = store.run_now(lambda tx: claim(tx, 4))
    assert (again.id, again.uncertain, again.attempts) == (row, True, 2)
    assert again.request == {}


async def test_who_lost_the_claim_puts_nothing_back(store: Store, clock: SettableClock) -> None:
    """A word that comes late must not give away what another process is sending."""
    row = store.run_now(put)
    (slow,) = store.run_now(lambda tx: claim(tx, 4))
    clock.passes(seconds=CLAIMED_FOR.total_seconds())
    store.run_now(lambda tx: claim(tx, 4))
    store.run_now(lambda tx: put_back(tx, slow, "temporary", None))
    assert state_of(store, row).claimed_until == clock.now() + CLAIMED_FOR


async def test_one_outcome_that_cannot_be_recorded_keeps_no_other_from_it(
    store: Store, clock: SettableClock, logged: list[dict[str, object]]
) -> None:
    platform = Platform()
    platform.fate = lambda parcel: object() if parcel.payload.get("odd") else None  # no JSON can hold it
    async with sending(store, platform):
        odd, *others = store.run_now(lambda tx: [put(tx, odd=True), put(tx), put(tx)])
        store.ring(TOPIC)
        for row in others:
            await becomes(store, row, "sent")
        await eventually(
            lambda: any(line["event"] == "outbox.cannot_record" for line in logged), "it is said"
        )
    assert state_of(store, odd).state == "pending"
    assert len(platform.sent) == 3
    logged.clear()


def test_what_follows_from_one_outcome_breaks_no_other(store: Store, logged: list[dict[str, object]]) -> None:
    class Forgetful(Platform):
        def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
            put(tx, about=parcel.id)
            if parcel.payload.get("odd"):
                raise KeyError("nobody expected this")

    rows = store.run_now(lambda tx: [put(tx), put(tx, odd=True), put(tx)])
    parcels = store.run_now(lambda tx: claim(tx, 4))
    outcomes = [Outcome(parcel) for parcel in parcels]
    store.run_now(lambda tx: record(tx, outcomes, {KIND: Forgetful()}))
    assert [state_of(store, row).state for row in rows] == ["sent"] * 3
    follow = store.run_now(lambda tx: [parcel.payload["about"] for parcel in claim(tx, 9)])
    assert follow == [rows[0], rows[2]]
    assert [line["event"] for line in logged] == ["outbox.broken_after"]
    logged.clear()


class Telling(Platform):
    """A courier who tells somebody of a row that will never be sent."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        put(tx, about=parcel.id)
        tx.call = "a call that was looked up on the way"


def test_a_refusal_recorded_twice_is_told_once(store: Store) -> None:
    """The answer to a commit may be cut, and then the same outcomes are recorded again."""
    row = store.run_now(put)
    [parcel] = store.run_now(lambda tx: claim(tx, 4))
    outcome = Outcome(parcel, error=PermanentError("no"))
    for _ in range(2):
        store.run_now(lambda tx: record(tx, [outcome], {KIND: Telling()}))
    assert state_of(store, row).state == "dead"
    assert [told.payload["about"] for told in store.run_now(lambda tx: claim(tx, 9))] == [row]


def test_what_follows_from_a_row_names_the_call_of_that_row(store: Store) -> None:
    def put_for(tx: Transaction, call: str | None) -> None:
        tx.call = call
        put(tx)

    for call in ("one", None, "two"):
        store.run_now(put_for, call)
    outcomes = [Outcome(one, error=PermanentError("no")) for one in store.run_now(lambda tx: claim(tx, 4))]
    store.run_now(lambda tx: record(tx, outcomes, {KIND: Telling()}))
    told = store.run_now(lambda tx: claim(tx, 9))
    assert [(one.payload["about"], one.call) for one in told] == [
        (one.parcel.id, one.parcel.call) for one in outcomes
    ]
    assert [one.call for one in told] == ["one", None, "two"]
