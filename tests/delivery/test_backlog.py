"""What operators see of deliveries that do not get through."""

from datetime import timedelta

from bot.clock import SettableClock
from bot.delivery.queue import backlog, claim, put_back
from bot.store.outbox import enqueue
from bot.store.store import Store
from tests.delivery.conftest import NOON


def test_what_is_put_off_has_waited_since_it_was_written(store: Store, clock: SettableClock) -> None:
    store.run_now(lambda tx: enqueue(tx, "smile", "chat.say", {}))
    (parcel,) = store.run_now(lambda tx: claim(tx, 16))
    store.run_now(lambda tx: put_back(tx, parcel, "temporary", timedelta(minutes=5)))
    clock.passes(minutes=3)
    assert store.read_now(backlog) == (0, NOON)


def test_what_is_planned_for_later_does_not_wait(store: Store) -> None:
    store.run_now(lambda tx: enqueue(tx, "smile", "chat.say", {}, due_at=NOON + timedelta(hours=12)))
    assert store.read_now(backlog) == (0, None)


def test_what_is_due_waits_since_it_was_due(store: Store, clock: SettableClock) -> None:
    store.run_now(lambda tx: enqueue(tx, "smile", "chat.say", {}, due_at=NOON + timedelta(minutes=1)))
    clock.passes(minutes=2)
    assert store.read_now(backlog) == (1, NOON + timedelta(minutes=1))
