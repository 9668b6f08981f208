"""Many threads on one database: one winner, no deadlock, nothing left open. On both databases."""

import itertools
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.delivery.queue import claim, settle
from bot.language.model import Basis, Entry, Kind
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.recipients import show_again
from bot.messages.verbs import close_message, file_message
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.model import StaffId
from bot.office.roster import roster_of
from bot.presence.tables import board
from bot.presence.verbs import Actor, set_presence
from bot.settings import Settings
from bot.store.cards import EDIT, touch_cards
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.model import SUBJECT, Answer, Verdict
from bot.transfers.screening import give_up_leg, leg_answered, leg_ended, leg_pressed, leg_progress
from bot.transfers.tables import legs, offers, transfers
from bot.transfers.verbs import (
    TransferWish,
    answer_offer,
    begin_transfer,
    caller_hung_up_waiting,
    caller_left,
    expire_offer,
    expire_transfer,
)
from handlers.chat import answer_button
from jobs.sweeps import _refresh
from tests.support.world import ENV, OFFICE_FILE, TUESDAY_MORNING

AT_ONCE = 8
ROUNDS = 12
CALLER = CallerFacts("アオバ商事", "三上", "+815012345678", "", True)
NEW = NewMessage(staff="kurimoto", caller=CALLER, body="見積りの件です")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    settings = Settings(_env_file=None, database_url=database_url)
    store = Store(settings.sqlalchemy_url, SettableClock(TUESDAY_MORNING))
    file = read_office_file(OFFICE_FILE.read_text(encoding="utf-8"), ENV)
    store.run_now(lambda tx: apply_office(tx, file.office, file.people))
    yield store
    store.close()


def asked(store: Store, call: str, staff: str = "kurimoto") -> tuple[str, str]:
    """A transfer that runs, and its first offer."""

    def begin(tx: Transaction) -> tuple[str, str]:
        wish = TransferWish(staff=staff, caller=CALLER, call=call)
        transfer = begin_transfer(tx, roster_of(tx, "smile"), wish)
        offer = tx.execute(sa.select(offers.c.id).where(offers.c.transfer == transfer)).scalar_one()
        return transfer, offer

    return store.run_now(begin)


def leg_of(store: Store, transfer: str) -> str:
    """The telephone rung for a transfer."""
    its = sa.select(legs.c.id).where(legs.c.transfer == transfer)
    return store.read_now(lambda tx: str(tx.execute(its).scalar_one()))


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Every deed in a thread of its own, started together; what each gave."""
    start = Barrier(len(deeds))

    def together(deed: Callable[[], Any]) -> Any:
        start.wait(10)
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(together, deeds))


def tap(store: Store, offer: str, answer: Answer, staff: str = "kurimoto") -> Callable[[], Any]:
    def taps(tx: Transaction) -> Any:
        roster = roster_of(tx, "smile")
        return answer_offer(tx, roster, offer, roster.people[staff], answer)  # type: ignore[index]

    return lambda: store.run_now(taps)


def test_one_acceptance_counts_however_many_arrive(store: Store) -> None:
    for n in range(ROUNDS):
        transfer, offer = asked(store, f"call{n}", "ono")
        results = all_at_once([tap(store, offer, Answer.ACCEPT, "ono") for _ in range(AT_ONCE)])
        verdicts = [result.verdict for result in results]
        assert verdicts.count(Verdict.TAKEN) == 1
        assert set(verdicts) == {Verdict.TAKEN, Verdict.AGAIN}
        placed = store.read_now(lambda tx, t=transfer: tx.all(sa.select(legs).where(legs.c.transfer == t)))
        assert len(placed) == 1
        store.run_now(lambda tx, n=n: caller_left(tx, roster_of(tx, "smile"), f"call{n}", "hung_up"))


def test_different_answers_at_once_and_one_of_them_holds(store: Store) -> None:
    for n in range(ROUNDS):
        transfer, offer = asked(store, f"call{n}", "ono")
        results = all_at_once([tap(store, offer, answer, "ono") for answer in Answer])
        assert [result.verdict for result in results].count(Verdict.TAKEN) == 1
        store.run_now(lambda tx, n=n: caller_left(tx, roster_of(tx, "smile"), f"call{n}", "hung_up"))
        assert_settled(store, transfer)


def test_one_telephone_is_never_rung_for_two_callers(store: Store) -> None:
    for n in range(ROUNDS):
        both = [asked(store, f"call{n}{letter}", "ono") for letter in "ab"]
        results = all_at_once([tap(store, offer, Answer.ACCEPT, "ono") for _, offer in both])
        assert sorted(result.verdict for result in results) == [Verdict.ENGAGED, Verdict.TAKEN]
        for letter in "ab":
            gone = f"call{n}{letter}"
            store.run_now(lambda tx, gone=gone: caller_left(tx, roster_of(tx, "smile"), gone, "hung_up"))


def test_everything_at_once_ends_in_one_way(store: Store) -> None:
    shuffle = random.Random(20261124)
    for n in range(ROUNDS):
        call = f"call{n}"
        transfer, offer = asked(store, call)
        tap(store, offer, Answer.ACCEPT)()
        leg = leg_of(store, transfer)
        store.clock.passes(seconds=shuffle.choice([0, 11, 26, 91]))  # type: ignore[attr-defined]
        verbs: list[Callable[[Transaction], Any]] = [
            lambda tx, leg=leg: leg_answered(tx, leg, "CA1"),
            lambda tx, leg=leg: leg_pressed(tx, leg, "CA1", "1"),
            lambda tx, leg=leg: leg_progress(tx, leg, "CA1", "ringing"),
            lambda tx, leg=leg: leg_progress(tx, leg, "CA1", "completed"),
            lambda tx, leg=leg: leg_ended(tx, leg, "busy"),
            lambda tx, leg=leg: give_up_leg(tx, leg),
            lambda tx, offer=offer: expire_offer(tx, roster_of(tx, "smile"), offer),
            lambda tx, transfer=transfer: expire_transfer(tx, roster_of(tx, "smile"), transfer),
            lambda tx, call=call: caller_left(tx, roster_of(tx, "smile"), call, "hung_up"),
        ]
        shuffle.shuffle(verbs)
        all_at_once([lambda verb=verb: store.run_now(verb) for verb in verbs])
        assert_settled(store, transfer)


def test_one_pressed_while_the_caller_hangs_up_is_never_a_conversation(store: Store) -> None:
    for n in range(ROUNDS):
        call = f"call{n}"
        transfer, offer = asked(store, call)
        tap(store, offer, Answer.ACCEPT)()
        leg = leg_of(store, transfer)
        store.run_now(leg_answered, leg, "CA1")
        all_at_once(
            [
                lambda leg=leg: store.run_now(leg_pressed, leg, "CA1", "1"),
                lambda call=call: store.run_now(
                    lambda tx: caller_hung_up_waiting(tx, roster_of(tx, "smile"), call)
                ),
            ]
        )
        row = store.read_now(
            lambda tx, t=transfer: tx.execute(sa.select(transfers).where(transfers.c.id == t)).one()
        )
        assert (row.state, row.reason, row.connected_at) == ("cancelled", "hung_up", None)
        assert_settled(store, transfer)


def assert_settled(store: Store, transfer: str) -> None:
    """The caller is gone: nothing asks, nothing rings."""

    def look(tx: Transaction) -> None:
        row = tx.execute(sa.select(transfers).where(transfers.c.id == transfer)).one()
        assert row.ended_at is not None
        states = [s for (s,) in tx.all(sa.select(offers.c.state).where(offers.c.transfer == transfer))]
        assert not {"asking", "accepted"} & set(states), states
        live = [s for (s,) in tx.all(sa.select(legs.c.state).where(legs.c.transfer == transfer))]
        assert set(live) <= {"over"}, live

    store.read_now(look)


def test_sweeps_of_many_processes_meet_on_the_same_legs(store: Store) -> None:
    """The order of locks: a deadlock would end one of these with an error after its retries."""
    placed = []
    for n, staff in enumerate(("ono", "sato.ken", "suzuki", "saito")):
        transfer, offer = asked(store, f"call{n}", staff)
        tap(store, offer, Answer.ACCEPT, staff)()
        placed.append(transfer)
    store.clock.passes(seconds=40)  # type: ignore[attr-defined]
    ids = [leg for (leg,) in store.read_now(lambda tx: tx.all(sa.select(legs.c.id)))]
    sweeps = [lambda leg=leg: store.run_now(give_up_leg, leg) for leg in itertools.chain(ids, reversed(ids))]
    ends = [lambda leg=leg: store.run_now(leg_progress, leg, "CA", "completed") for leg in ids]
    all_at_once([*sweeps, *ends])
    results = [
        row.result for row in store.read_now(lambda tx: tx.all(sa.select(legs).where(legs.c.id.in_(ids))))
    ]
    assert set(results) <= {"no-answer", "completed"}


def test_what_a_card_shows_last_is_how_it_stands_last(store: Store) -> None:
    """An edit waits while the card changes once more: claimed meanwhile, it would show what was before."""
    transfer, offer = asked(store, "call")

    def shown(tx: Transaction) -> list[str]:
        """What is shown by whatever can be sent now."""
        parcels = claim(tx, 100)
        for parcel in parcels:
            settle(tx, parcel.id, "sent")
        now = tx.execute(sa.select(transfers.c.purpose).where(transfers.c.id == transfer)).scalar_one()
        return [now for parcel in parcels if parcel.kind == EDIT]

    store.run_now(shown)  # the card is posted
    store.run_now(lambda tx: touch_cards(tx, "smile", SUBJECT, offer))
    touched, looked = Event(), Event()

    def change(tx: Transaction) -> None:
        tx.change(transfers, transfer, purpose="その後")
        touch_cards(tx, "smile", SUBJECT, offer)
        touched.set()
        looked.wait(0.5)  # SQLite lets nobody look meanwhile

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(store.run_now, change)
        assert touched.wait(10)
        seen = store.run_now(shown)
        looked.set()
        changing.result(10)
    seen += store.run_now(shown)
    assert seen[-1] == "その後"


def test_the_clock_brings_back_nothing_that_was_changed_meanwhile(store: Store) -> None:
    changed, looked = Event(), Event()

    def change(tx: Transaction) -> None:
        roster = roster_of(tx, "smile")
        person = roster.people[StaffId("kurimoto")]
        until = tx.now + timedelta(hours=2)
        set_presence(
            tx, roster, person, [Entry(Kind.OUT, tx.now, until, Basis.STATED)], Actor("kurimoto", "slack")
        )
        changed.set()
        looked.wait(0.5)  # SQLite lets nobody look meanwhile

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(store.run_now, change)
        assert changed.wait(10)
        store.run_now(_refresh, "smile", "kurimoto")
        looked.set()
        changing.result(10)
    shown = store.read_now(lambda tx: tx.execute(sa.select(board.c.shown)).scalar_one())
    assert shown["kind"] == "out"


def test_nobody_closes_a_message_while_a_card_of_it_leaves(store: Store) -> None:
    """The card is rendered as the message is; who closes it next must find that card, to change it."""
    message = store.run_now(lambda tx: file_message(tx, roster_of(tx, "smile"), NEW))
    shown, may_end = Event(), Event()

    def show(tx: Transaction) -> None:
        roster = roster_of(tx, "smile")
        show_again(tx, roster, roster.people[StaffId("kurimoto")])
        shown.set()
        may_end.wait(10)

    with ThreadPoolExecutor(2) as pool:
        showing = pool.submit(store.run_now, show)
        assert shown.wait(10)
        closing = pool.submit(
            store.run_now, lambda tx: close_message(tx, roster_of(tx, "smile"), message, "kurimoto")
        )
        waited = not wait([closing], timeout=0.5).done
        may_end.set()
        showing.result(10)
        closing.result(10)
    assert waited


def goes_out(tx: Transaction) -> str:
    """栗本 is out for an hour; the change."""
    roster = roster_of(tx, "smile")
    entry = Entry(Kind.OUT, tx.now, tx.now + timedelta(hours=1), Basis.STATED)
    return set_presence(tx, roster, roster.people[StaffId("kurimoto")], (entry,), Actor("x", "slack")).id


def test_of_answers_to_whether_somebody_is_back_the_first_counts(store: Store) -> None:
    """30分延長 tapped by eight fingers is half an hour."""

    def longer(change: str) -> str:
        def tap(tx: Transaction) -> str:
            roster = roster_of(tx, "smile")
            kurimoto = roster.people[StaffId("kurimoto")]
            return answer_button(tx, roster, kurimoto, "status_extend", change, "slack").card.title

        return store.run_now(tap)

    for _ in range(ROUNDS):
        titles = all_at_once([partial(longer, store.run_now(goes_out))] * AT_ONCE)
        assert sum(title.startswith("延長しました") for title in titles) == 1


def test_of_ends_picked_at_once_the_first_counts(store: Store) -> None:
    def change(minutes: int, change: str) -> str:
        def pick(tx: Transaction) -> str:
            roster = roster_of(tx, "smile")
            kurimoto, end = roster.people[StaffId("kurimoto")], tx.now + timedelta(minutes=minutes)
            card = answer_button(tx, roster, kurimoto, "status_edit", change, "line", end).card
            return card.title or card.text

        return store.run_now(pick)

    for _ in range(ROUNDS):
        said = store.run_now(goes_out)
        deeds = [partial(change, 70 + number, said) for number in range(AT_ONCE)]
        answers = all_at_once(deeds)
        assert sum(answer.startswith("変更しました") for answer in answers) == 1
        assert sum("すでに終わったか、変更されています" in answer for answer in answers) == AT_ONCE - 1
