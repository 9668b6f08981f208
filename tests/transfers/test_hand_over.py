"""A telephone's row comes to its sender with the commit that wants it rung, and never without that commit."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.delivery.sender import Sender
from bot.delivery.telephone import LegHangUps, LegPlacements
from bot.messages.model import CallerFacts
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.reception.rehearsal import rehearse
from bot.settings import Settings
from bot.store.outbox import CLAIMED_FOR, TOPIC, outbox
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.legs import HANG_UP, PLACE
from bot.transfers.verbs import TransferWish, begin_transfer
from tests.support.exchange import Exchange
from tests.support.processes import eventually
from tests.support.world import TUESDAY_MORNING

MORI = "+819012345680"
OFFICE = f"""
organization: smile
name: スマイルコーポレーション
numbers: ["+81345671234", "+81345671235"]
staff:
  - {{id: mori, name: 森 一郎, reading: もり いちろう, department: 営業, phone: "{MORI}"}}
"""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    url = Settings(_env_file=None, database_url=database_url).sqlalchemy_url
    store = Store(url, SettableClock(TUESDAY_MORNING))
    file = read_office_file(OFFICE, {})
    store.run_now(lambda tx: apply_office(tx, file.office, file.people))
    yield store
    store.close()


@pytest.fixture
def network() -> Exchange:
    return Exchange()


def sender_of(store: Store, network: Exchange) -> Sender:
    couriers: Any = {
        PLACE: LegPlacements(network, "http://ours"),  # type: ignore[arg-type]
        HANG_UP: LegHangUps(network, "http://ours"),  # type: ignore[arg-type]
    }
    return Sender(store, couriers, first=(PLACE, HANG_UP))


@pytest_asyncio.fixture
async def sending(store: Store, network: Exchange) -> AsyncIterator[Sender]:
    sender = sender_of(store, network)
    running = asyncio.create_task(sender.run())
    await asyncio.sleep(0)  # it has begun
    yield sender
    sender.stop()
    await running


def rings_mori(tx: Transaction) -> None:
    """森さん has no chat, so that a caller's wish rings the telephone at once."""
    caller = CallerFacts("アオバ商事", "三上", "+815012345678", "", True)
    begin_transfer(tx, roster_of(tx, "smile"), TransferWish("mori", caller, call="call", line="+81345671235"))


def rows(store: Store) -> Any:
    return store.read_now(lambda tx: tx.all(sa.select(outbox).order_by(outbox.c.id)))


async def test_a_telephone_rings_with_the_commit(store: Store, network: Exchange, sending: Sender) -> None:
    await store.run(rings_mori)
    (row,) = rows(store)
    assert row.attempts == 1  # claimed by the very transaction that wrote it
    await eventually(lambda: network.phones, "it rings")
    await eventually(lambda: rows(store)[0].state == "sent", "it is recorded")
    assert [phone.number for phone in network.phones] == [MORI]
    assert rows(store)[0].attempts == 1


async def test_nothing_rings_for_what_was_taken_back(
    store: Store, network: Exchange, sending: Sender
) -> None:
    def thinks_better_of_it(tx: Transaction) -> None:
        with contextlib.suppress(LookupError), tx.savepoint():
            breaks(tx)

    def breaks(tx: Transaction) -> None:
        rings_mori(tx)
        raise LookupError

    await store.run(thinks_better_of_it)
    with pytest.raises(LookupError):
        await store.run(breaks)
    roster = store.read_now(lambda tx: roster_of(tx, "smile"))
    person = roster.people["mori"]  # type: ignore[index]
    await store.run(rehearse, roster, "三上", person, TUESDAY_MORNING, urgent=False)
    assert not rows(store)
    await store.run(rings_mori)
    await eventually(lambda: network.phones, "the real one rings")
    assert len(network.phones) == 1


async def test_without_a_sender_the_row_waits_for_one(store: Store, network: Exchange) -> None:
    store.run_now(rings_mori)  # as a command of the shell does
    (row,) = rows(store)
    assert (row.attempts, row.claimed_until) == (0, None)
    sender = sender_of(store, network)
    running = asyncio.create_task(sender.run())
    await eventually(lambda: network.phones, "it rings")
    sender.stop()
    await running
    store.run_now(lambda tx: tx.wake(TOPIC))
    assert rows(store)[0].state == "sent"


async def test_what_died_with_its_process_is_not_rung_again(store: Store, network: Exchange) -> None:
    """Nobody knows whether it rang: the leg's own deadline goes on to the next person."""
    died = sender_of(store, network)
    died.send = lambda taken: None  # type: ignore[method-assign]  # it dies here, with the rows in its hands
    stop = store.hand_over_to(died)
    await store.run(rings_mori)
    stop()
    sender = sender_of(store, network)
    running = asyncio.create_task(sender.run())
    store.clock.passes(seconds=CLAIMED_FOR.total_seconds() + 1)  # type: ignore[attr-defined]
    store.ring(TOPIC)
    await eventually(lambda: rows(store)[0].state == "moot", "given up")
    sender.stop()
    await running
    assert not network.phones
