"""The sender against couriers that break in every way: once where one can know, never stuck, in turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.clock import SettableClock
from bot.delivery.queue import CLAIMED_FOR, Parcel, claim, follow_clock, put_back
from bot.delivery.sender import Sender
from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError
from bot.store.outbox import enqueue, outbox
from bot.store.store import Store
from bot.store.transaction import Transaction
from tests.delivery.conftest import NOON
from tests.support.processes import eventually

KIND = "test"


class Platform:
    """A courier of its own kind of row; what happens to each is told by its payload."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.told: list[str] = []
        self.under_way = 0
        self.fate: Callable[[Parcel], Any] = lambda parcel: None

    def prepare(self, tx: Transaction, parcel: Parcel) -> dict[str, Any] | None:
        if parcel.payload.get("unfit"):
            raise ValueError("this cannot be rendered")
        return dict(parcel.payload)

    async def send(self, parcel: Parcel, request: dict[str, Any]) -> Any:
        self.sent.append(parcel)
        self.under_way += 1
        try:
            found = self.fate(parcel)
            if asyncio.iscoroutine(found):
                await found
        finally:
            self.under_way -= 1

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        if parcel.payload.get("breaks after"):
            raise KeyError("nobody expected this")

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        self.told.append(parcel.id)


@asynccontextmanager
async def sending(store: Store, platform: Platform) -> AsyncIterator[Sender]:
    sender = Sender(store, {KIND: platform})
    task = asyncio.create_task(sender.run())
    yield sender
    sender.stop()
    await task


def put(store: Store, office: str = "smile", lane: str | None = None, **payload: Any) -> str:
    return store.run_now(lambda tx: enqueue(tx, office, KIND, payload, lane=lane))


def state_of(store: Store, row: str) -> Any:
    return store.read_now(lambda tx: tx.execute(sa.select(outbox).where(outbox.c.id == row)).one())


async def becomes(store: Store, row: str, state: str) -> None:
    await eventually(lambda: state_of(store, row).state == state, state)


async def passes(store: Store, clock: SettableClock) -> None:
    """Let a minute pass, once nothing is under way."""
    claimed = sa.select(outbox.c.id).where(outbox.c.state == "pending", outbox.c.claimed_until.is_not(None))
    await eventually(lambda: not store.read_now(lambda tx: tx.all(claimed)), "nothing is under way")
    clock.passes(minutes=1)
    store.ring("outbox")
    await asyncio.sleep(0.02)


async def tries(store: Store, clock: SettableClock, platform: Platform, times: int) -> None:
    """Let so many attempts be made."""
    while len(platform.sent) < times:
        await passes(store, clock)


def raising(error: Exception) -> Callable[[Parcel], Any]:
    def fate(_parcel: Parcel) -> Any:
        raise error

    return fate


async def test_what_breaks_our_own_code_is_given_up_and_told_and_its_lane_goes_on(
    store: Store, clock: SettableClock, logged: list[dict[str, object]]
) -> None:
    platform = Platform()
    broken = put(store, lane="one", bad=True)
    next_one = put(store, lane="one")
    platform.fate = lambda parcel: {}["nothing"] if parcel.payload.get("bad") else None
    async with sending(store, platform):
        await tries(store, clock, platform, 6)
        await becomes(store, next_one, "sent")
    assert state_of(store, broken).state == "dead"
    assert platform.told == [broken]
    assert [line["event"] for line in logged].count("outbox.broken") == 5
    logged[:] = [line for line in logged if line["event"] != "outbox.broken"]


async def test_what_cannot_be_rendered_is_told_and_stops_nobody(
    store: Store, clock: SettableClock, logged: list[dict[str, object]]
) -> None:
    platform = Platform()
    unfit, other = put(store, unfit=True), put(store)
    async with sending(store, platform):
        await becomes(store, other, "sent")
        while not platform.told:
            await passes(store, clock)
    assert platform.told == [unfit]
    assert [parcel.id for parcel in platform.sent] == [other]
    logged[:] = [line for line in logged if line["event"] != "outbox.cannot_render"]


async def test_what_was_sent_is_not_sent_again_though_the_rest_breaks(
    store: Store, logged: list[dict[str, object]]
) -> None:
    platform = Platform()
    row = put(store, **{"breaks after": True})
    async with sending(store, platform):
        await becomes(store, row, "sent")
    assert len(platform.sent) == 1
    logged[:] = [line for line in logged if line["event"] != "outbox.broken_after"]


async def test_an_unknown_fate_stays_unknown_whatever_comes_after(store: Store, clock: SettableClock) -> None:
    """A look that is refused for now says nothing of the attempt before it."""
    platform = Platform()
    put(store)
    errors = [
        UnknownOutcomeError("?"),
        TemporaryError("429"),
        TemporaryError("429"),
        UnknownOutcomeError("?"),
    ]
    platform.fate = lambda parcel: raising(errors[min(parcel.attempts, 4) - 1])(parcel)
    async with sending(store, platform):
        await tries(store, clock, platform, 4)
    assert [parcel.uncertain for parcel in platform.sent[:4]] == [False, True, True, True]


async def test_nobody_comes_back_before_retry_after(store: Store, clock: SettableClock) -> None:
    platform = Platform()
    row = put(store)
    platform.fate = raising(TemporaryError("429", timedelta(seconds=40)))
    async with sending(store, platform):
        await eventually(lambda: state_of(store, row).error, "put back")
    assert state_of(store, row).due_at == NOON + timedelta(seconds=40)


async def test_a_retry_after_without_sense_is_no_life_sentence(store: Store) -> None:
    put(store)
    (parcel,) = store.run_now(lambda tx: claim(tx, 4))
    store.run_now(lambda tx: put_back(tx, parcel, "temporary", timedelta(days=4000)))
    assert state_of(store, parcel.id).due_at == NOON + timedelta(hours=1)


async def test_days_without_success_end_with_a_word(
    store: Store, clock: SettableClock, logged: list[dict[str, object]]
) -> None:
    platform = Platform()
    row = put(store)
    platform.fate = raising(TemporaryError("away"))
    async with sending(store, platform):
        await eventually(lambda: state_of(store, row).error, "put back")
        clock.passes(hours=49)
        store.ring("outbox")
        await becomes(store, row, "dead")
    assert platform.told == [row]


async def test_a_flood_of_one_office_leaves_the_others_their_way(store: Store, clock: SettableClock) -> None:
    """The platform does not answer the flood at all; the other office's message goes out at once."""
    platform = Platform()
    store.run_now(lambda tx: [enqueue(tx, "flood", KIND, {}) for _ in range(300)])
    clock.passes(seconds=1)
    let_go = asyncio.Event()
    platform.fate = lambda parcel: let_go.wait() if parcel.organization == "flood" else None
    async with sending(store, platform):
        await eventually(lambda: platform.under_way >= 16, "the flood is under way")
        row = put(store, "smile")
        await becomes(store, row, "sent")
        assert {parcel.organization for parcel in platform.sent} == {"flood", "smile"}
        platform.fate = lambda parcel: None
        let_go.set()
        await eventually(lambda: len(platform.sent) == 301, "all go out", within=30)
    assert len({parcel.id for parcel in platform.sent}) == 301


def test_offices_take_turns(store: Store, clock: SettableClock) -> None:
    for office in ("a", "b", "c"):
        clock.passes(seconds=1)
        store.run_now(lambda tx, office=office: [enqueue(tx, office, KIND, {}) for _ in range(20)])
    first = [parcel.organization for parcel in store.run_now(lambda tx: claim(tx, 6))]
    second = [parcel.organization for parcel in store.run_now(lambda tx: claim(tx, 6, without={"a"}))]
    assert first == ["a", "b"] * 3
    assert second == ["b", "c"] * 3


def test_a_claim_of_a_process_that_died_runs_out(store: Store, clock: SettableClock) -> None:
    put(store)
    store.run_now(lambda tx: claim(tx, 4))
    assert store.run_now(lambda tx: claim(tx, 4)) == []
    clock.passes(seconds=CLAIMED_FOR.total_seconds())
    (again,) = store.run_now(lambda tx: claim(tx, 4))
    assert again.uncertain
    assert again.attempts == 2


def test_a_clock_that_is_set_back_holds_nothing_up(store: Store, clock: SettableClock) -> None:
    claimed = put(store)
    store.run_now(lambda tx: claim(tx, 4))
    waiting = put(store)
    planned = store.run_now(lambda tx: enqueue(tx, "smile", KIND, {}, due_at=NOON + timedelta(hours=5)))
    clock.set(NOON - timedelta(hours=3))
    assert store.run_now(lambda tx: claim(tx, 4)) == []
    assert store.run_now(follow_clock)
    found = {parcel.id: parcel.uncertain for parcel in store.run_now(lambda tx: claim(tx, 4))}
    assert found == {claimed: True, waiting: False}
    assert state_of(store, planned).due_at == NOON + timedelta(hours=5)
    assert not store.run_now(follow_clock)


def test_what_a_machine_whose_clock_is_ahead_has_claimed_is_its_own(
    store: Store, clock: SettableClock
) -> None:
    """A few seconds between two machines are no clock that was set back: nothing is sent twice."""
    row = put(store)
    clock.passes(seconds=3)  # the other machine's clock
    store.run_now(claim, 4)
    clock.passes(seconds=-3)  # ours
    assert not store.run_now(follow_clock)
    assert store.run_now(claim, 4) == []
    clock.passes(seconds=CLAIMED_FOR.total_seconds() + 3)
    assert [parcel.id for parcel in store.run_now(claim, 4)] == [row]
