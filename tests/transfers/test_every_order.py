"""Every order of events of caller, staff, time, network and dying processes, against the real verbs.

The machine drives what arrives from outside; the promises of the reception are its invariants.
"""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from bot.clock import SettableClock
from bot.delivery.offer_card import offer_card
from bot.delivery.outcomes import record
from bot.delivery.sender import Sender
from bot.delivery.telephone import LegHangUps, LegPlacements
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import Roster, roster_of
from bot.reception.calls import Arrival, Reply, hold_again, receive_call, resume_after_hold, take_step
from bot.reception.events import Hold, Said
from bot.reception.filing import end_call
from bot.reception.holding import holding_words
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.legs import HANG_UP, PLACE
from bot.transfers.model import Answer
from bot.transfers.screening import Screen, leg_answered, leg_left, leg_pressed, leg_progress
from bot.transfers.tables import legs, offers, transfers
from bot.transfers.verbs import caller_left
from handlers.chat import answer_button
from jobs.sweeps import settle_transfers
from tests.support.databases import drop_postgres, postgres_copy, sqlite_copy
from tests.support.exchange import Exchange, Phone, ProcessDied
from tests.support.world import TUESDAY_MORNING

MAIN = "+81345671234"
OFFICE = f"""
organization: smile
name: スマイルコーポレーション
numbers: ["{MAIN}"]
slack: {{team: T0SMILE, calls_channel: C0CALLS}}
transfer: {{timeout_seconds: 20, ring_seconds: 15, hold_seconds: 60, then: [backups, department]}}
staff:
  - {{id: kurimoto, name: 栗本 太郎, reading: くりもと たろう, department: 営業, phone: "+819012345678",
     slack: U0KURIMOTO, line: U{"1" * 32}, ring_at_half: true, backups: [sato]}}
  - {{id: sato, name: 佐藤 花子, reading: さとう はなこ, department: 総務, phone: "+819012345679", slack: U0SATO}}
  - {{id: mori, name: 森 一郎, reading: もり いちろう, department: 営業, phone: "+819012345680"}}
  - {{id: oka, name: 岡 久子, reading: おか ひさこ, department: 営業, slack: U0OKA}}
"""
STAFF = ("kurimoto", "sato", "mori", "oka")
WISHES = (
    "アオバ商事の三上と申します。栗本さんをお願いします",
    "みどり工業の青木です。総務の佐藤さんをお願いします",
)
ACTIVE = ("asking", "accepted")
FATES = ("rings", "rings", "refused", "later", "lost", "rings_unheard", "dies_before", "dies_after")
LONG = bool(os.environ.get("LONG_FAULTS"))
SELDOM = st.sampled_from([False, False, False, True])


@dataclass(eq=False)
class Caller:
    """Somebody on the line. `place`: listening, queue, talking, gone."""

    sid: str
    reply: Reply
    place: str = "listening"
    held: tuple[int, Reply] | None = None


class Office(RuleBasedStateMachine):
    """One office, its telephones and its callers."""

    database: Callable[[], AbstractContextManager[str]]
    """A new database, as long as the context lasts: its URL for SQLAlchemy."""

    @initialize()
    def opens(self) -> None:
        self.leftovers = contextlib.ExitStack()
        self.clock = SettableClock(TUESDAY_MORNING)
        url = self.leftovers.enter_context(type(self).database())
        self.store = Store(url, self.clock)
        self.leftovers.callback(self.store.close)
        file = read_office_file(OFFICE, {})
        self.store.run_now(lambda tx: apply_office(tx, file.office, file.people))
        self.network = Exchange()
        couriers: Any = {
            PLACE: LegPlacements(self.network, "http://ours"),  # type: ignore[arg-type]
            HANG_UP: LegHangUps(self.network, "http://ours"),  # type: ignore[arg-type]
        }
        self.sender = Sender(self.store, couriers)
        self.loop = asyncio.new_event_loop()
        self.leftovers.callback(self.loop.close)
        self.callers: list[Caller] = []

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        try:
            self.everything_comes_to_an_end()
        finally:
            self.leftovers.close()

    # ---- the caller ------------------------------------------------------------------------------

    @precondition(lambda self: len(self.callers) < 3)
    @rule(wish=st.sampled_from(WISHES))
    def calls(self, wish: str) -> None:
        sid = f"CAcaller{len(self.callers)}"
        arrival = Arrival(sid, f"+8131111000{len(self.callers)}", MAIN)
        reply = self.does(lambda tx, roster: receive_call(tx, roster, arrival))
        reply = self.does(
            lambda tx, roster: take_step(tx, roster, reply.call, 1, Said(text=wish, confidence=1))
        )
        assert reply.turn.say
        self.callers.append(Caller(sid, reply, self.next_place(reply)))

    @rule(data=st.data())
    def waits(self, data: st.DataObject) -> None:
        caller = self.some(data, [caller for caller in self.callers if caller.place == "queue"])
        if caller and self.store.read_now(holding_words, caller.reply.call) is None:
            self.leaves_queue(caller, bridged=False)

    @rule(data=st.data(), really=SELDOM)
    def gives_up(self, data: st.DataObject, really: bool) -> None:
        caller = really and self.some(data, [caller for caller in self.callers if caller.place == "queue"])
        if caller:
            self.does(lambda tx, roster: caller_left(tx, roster, caller.reply.call, "gave_up"))
            self.leaves_queue(caller, bridged=False)

    @rule(data=st.data())
    def queue_breaks(self, data: st.DataObject) -> None:
        """Whoever still waits for an answer goes on waiting; nobody else is sent back."""
        caller = self.some(data, [caller for caller in self.callers if caller.place == "queue"])
        if caller:
            again = self.store.run_now(hold_again, caller.sid)
            words = self.store.read_now(holding_words, caller.reply.call)
            if again is None:
                self.leaves_queue(caller, bridged=False)
            else:
                assert words is not None
                assert (again.step, again.turn) == (caller.reply.step, caller.reply.turn)

    @rule(data=st.data(), really=SELDOM)
    def hangs_up(self, data: st.DataObject, really: bool) -> None:
        caller = really and self.some(data, self.callers)  # the word of it may come again
        if caller:
            self.is_gone(caller)
            self.does(lambda tx, roster: end_call(tx, roster, caller.sid, status="completed", seconds=9))

    @rule(data=st.data())
    def return_is_told_again(self, data: st.DataObject) -> None:
        caller = self.some(data, [caller for caller in self.callers if caller.held])
        if caller and caller.held:
            step, reply = caller.held
            again = self.does(
                lambda tx, roster: resume_after_hold(tx, roster, reply.call, step, bridged=False)
            )
            assert again.turn == reply.turn

    # ---- the staff -------------------------------------------------------------------------------

    @rule(data=st.data(), staff=st.sampled_from(STAFF), answer=st.sampled_from(list(Answer)))
    def taps(self, data: st.DataObject, staff: str, answer: Answer) -> None:
        cards = self.rows(sa.select(offers.c.id, offers.c.staff))
        offer = self.some(data, cards)
        if offer:
            reply = self.does(
                lambda tx, roster: answer_button(
                    tx,
                    roster,
                    roster.people[staff],
                    answer.value,
                    offer.id,
                    "slack",  # type: ignore[index]
                )
            )
            assert reply.card.text
            assert offer.staff == staff or "ほかの方あて" in reply.card.text

    @rule(data=st.data(), answer=st.sampled_from([Answer.ACCEPT, Answer.ACCEPT, *Answer]))
    def taps_own_card(self, data: st.DataObject, answer: Answer) -> None:
        offer = self.some(
            data, self.rows(sa.select(offers.c.id, offers.c.staff).where(offers.c.state == "asking"))
        )
        if offer:
            self.does(
                lambda tx, roster: answer_button(
                    tx, roster, roster.people[offer.staff], answer.value, offer.id, "line"
                )
            )

    @rule(data=st.data())
    def accepts_and_picks_up(self, data: st.DataObject) -> None:
        """The way it is meant to go, up to the key."""
        self.taps_own_card(data, Answer.ACCEPT)
        self.outbox_is_sent("rings")
        self.picks_up(data)

    @rule(data=st.data())
    def half_the_time_passes(self, data: st.DataObject) -> None:
        """The telephone rings beside the card."""
        self.time_passes(11, ticks=True)
        self.outbox_is_sent("rings")
        self.picks_up(data)

    @rule(data=st.data())
    def picks_up(self, data: st.DataObject) -> None:
        phone = self.some(data, [phone for phone in self.network.live if phone.state == "ringing"])
        if phone:
            phone.state = "screening"
            self.shows(phone, self.store.run_now(leg_answered, phone.leg, phone.sid))

    @rule(data=st.data(), key=st.sampled_from(["1", "1", "1", "2", "7"]))
    def presses(self, data: st.DataObject, key: str) -> None:
        phone = self.some(data, [phone for phone in self.network.live if phone.state == "screening"])
        if phone:
            phone.keys.append(key)
            self.shows(phone, self.store.run_now(leg_pressed, phone.leg, phone.sid, key))

    @rule(data=st.data())
    def key_is_told_again(self, data: st.DataObject) -> None:
        phone = self.some(data, [phone for phone in self.network.phones if phone.state == "bridged"])
        if phone:
            again = self.store.run_now(leg_pressed, phone.leg, phone.sid, "1")
            assert again.queue == phone.caller.reply.call

    @rule(data=st.data(), word=st.sampled_from(["no-answer", "busy", "failed", "completed"]))
    def loses_the_telephone(self, data: st.DataObject, word: str) -> None:
        phone = self.some(data, self.network.live)
        if phone:
            caller = phone.caller
            self.network.end(phone, word)
            if caller and caller.place == "talking":
                self.leaves_queue(caller, bridged=True)

    # ---- the network, the clock, the processes ---------------------------------------------------

    @rule(data=st.data())
    def callback_arrives(self, data: st.DataObject) -> None:
        told = self.some(data, self.network.told)  # in any order, and again
        if told:
            phone, status = told
            self.store.run_now(leg_progress, phone.leg, phone.sid, status)

    @rule(fate=st.sampled_from(FATES))
    def outbox_is_sent(self, fate: str) -> None:
        self.network.fate = fate
        self.sends()

    @rule(seconds=st.sampled_from([1, 4, 8, 11, 21, 61]), ticks=st.booleans())
    def time_passes(self, seconds: int, ticks: bool) -> None:
        self.clock.passes(seconds=seconds)
        if ticks:
            self.ticks()

    @rule()
    def ticks(self) -> None:
        self.loop.run_until_complete(settle_transfers(SimpleNamespace(store=self.store)))  # type: ignore[arg-type]

    # ---- what always holds -----------------------------------------------------------------------

    @invariant()
    def the_database_keeps_its_promises(self) -> None:
        if not hasattr(self, "store"):
            return
        by_id = {row.id: row for row in self.rows(sa.select(transfers))}
        asked = self.rows(sa.select(offers))
        ringing = self.rows(sa.select(legs).where(legs.c.state != "over"))
        assert len({leg.number for leg in ringing}) == len(ringing)
        for leg in ringing:
            assert by_id[leg.transfer].ended_at is None, "a leg of a transfer that is over"
        for transfer in by_id.values():
            states = [offer.state for offer in asked if offer.transfer == transfer.id]
            active = [state for state in states if state in ACTIVE]
            own = [leg for leg in ringing if leg.transfer == transfer.id]
            assert len(own) <= 1, "two telephones for one caller"
            if transfer.ended_at is not None:
                assert not active or (transfer.call is None), f"an offer still {active}"
            elif transfer.state == "connected":
                assert states.count("connected") == 1
                assert not active
            else:
                assert active == [transfer.state], "exactly one person is asked"
                assert transfer.state == "asking" or own, "accepted, and nothing rings"
        for offer in asked:
            card = self.does(lambda tx, roster, offer=offer: offer_card(tx, roster, offer.id))
            assert bool(card and card.buttons) == (offer.state == "asking")

    @invariant()
    def nobody_talks_with_two(self) -> None:
        if hasattr(self, "network"):
            talking = [phone for phone in self.network.phones if phone.state == "bridged"]
            assert len({phone.caller for phone in talking}) == len(talking)
            assert len({phone.number for phone in talking}) == len(talking)

    def everything_comes_to_an_end(self) -> None:
        """Time runs out, whatever was left undone is done: every caller was answered, nothing rings."""
        self.network.fate = "rings"
        for _ in range(4):
            self.clock.passes(seconds=31)
            self.sends()
            self.ticks()
            self.all_is_told()
        for caller in self.callers:
            if caller.place == "queue":
                assert self.store.read_now(holding_words, caller.reply.call) is None, "waits for ever"
                self.leaves_queue(caller, bridged=False)
        for caller in self.callers:
            self.is_gone(caller)
            self.does(
                lambda tx, roster, one=caller: end_call(tx, roster, one.sid, status="completed", seconds=9)
            )
        for _ in range(3):
            self.clock.passes(seconds=31)
            self.sends()
            self.ticks()
            self.all_is_told()
        self.sends()
        assert not self.rows(sa.select(transfers.c.id).where(transfers.c.ended_at.is_(None)))
        assert not self.rows(sa.select(legs.c.id).where(legs.c.state != "over"))
        assert not self.network.live, "a telephone that nobody stops"

    # ---- helpers ---------------------------------------------------------------------------------

    def does(self, what: Any) -> Any:
        return self.store.run_now(lambda tx: what(tx, self.roster(tx)))

    def roster(self, tx: Transaction) -> Roster:
        return roster_of(tx, "smile")

    def rows(self, query: Any) -> Any:
        return self.store.read_now(lambda tx: tx.all(query))

    def some(self, data: st.DataObject, among: Any) -> Any:
        return data.draw(st.sampled_from(list(among))) if among else None

    def sends(self) -> None:
        _, batch = self.store.run_now(self.sender._record_and_claim, (), 50, set())
        for parcel in batch:
            with contextlib.suppress(ProcessDied):
                outcome = self.loop.run_until_complete(self.sender._attempt(parcel))
                self.store.run_now(record, [outcome], self.sender._couriers)

    def all_is_told(self) -> None:
        for phone, status in list(self.network.told):
            self.store.run_now(leg_progress, phone.leg, phone.sid, status)
        for phone in self.network.live:
            if phone.state == "ringing":
                self.network.end(phone, "no-answer")
            elif phone.state == "screening":
                self.network.end(phone, "completed")

    def next_place(self, reply: Reply) -> str:
        return "queue" if isinstance(reply.turn.then, Hold) else "listening"

    def leaves_queue(self, caller: Caller, *, bridged: bool) -> None:
        """Out of the queue: the answer that the caller hears is never nothing."""
        step = caller.reply.step
        reply = self.does(
            lambda tx, roster: resume_after_hold(tx, roster, caller.reply.call, step, bridged=bridged)
        )
        assert reply.turn.say, "silence instead of an outcome"
        caller.held = (step, reply)
        caller.reply = reply
        caller.place = self.next_place(reply)

    def is_gone(self, caller: Caller) -> None:
        """The line is cut; whoever talked with them is alone, which the network tells."""
        caller.place = "gone"
        for phone in self.network.phones:
            if phone.state == "bridged" and phone.caller is caller:
                self.network.end(phone, "completed")
                self.store.run_now(leg_left, phone.leg, phone.sid, "completed")

    def shows(self, phone: Phone, screen: Screen) -> None:
        """What a telephone does with the answer to its webhook."""
        if screen.queue:
            caller = next(caller for caller in self.callers if caller.reply.call == screen.queue)
            if caller.place == "queue":
                phone.state, phone.caller, caller.place = "bridged", caller, "talking"
            else:
                self.network.end(phone, "completed")
                self.store.run_now(leg_left, phone.leg, phone.sid, "completed")
        elif not screen.ask:
            self.network.end(phone, "completed")


def forget_expected(logged: list[dict[str, object]]) -> None:
    """The network refuses by order, and cards have no courier here; any other error fails."""
    expected = ("outbox.refused", "outbox.no_courier")
    logged[:] = [line for line in logged if line.get("event") not in expected]


@pytest.fixture
def on_sqlite(sqlite_file: Path) -> type[Office]:
    """The office on a file of its own, each time it opens."""

    @contextmanager
    def database() -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            yield sqlite_copy(sqlite_file, Path(folder))

    return type("OfficeOnSqlite", (Office,), {"database": staticmethod(database)})


@pytest.fixture
def on_postgres(postgres: str) -> type[Office]:
    """The office on a database of its own, each time it opens."""

    @contextmanager
    def database() -> Iterator[str]:
        url = postgres_copy(postgres)
        try:
            yield Settings(_env_file=None, database_url=url).sqlalchemy_url
        finally:
            drop_postgres(url)

    return type("OfficeOnPostgres", (Office,), {"database": staticmethod(database)})


def runs(machine: type[Office], examples: int) -> None:
    """Long: as often again by `make test-faults`."""
    run_machine(
        machine,
        settings=settings(
            max_examples=examples * (10 if LONG else 1),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_order_of_events(on_sqlite: type[Office], logged: list[dict[str, object]]) -> None:
    runs(on_sqlite, 50)
    forget_expected(logged)


def test_every_order_of_events_on_postgres(
    on_postgres: type[Office], logged: list[dict[str, object]]
) -> None:
    runs(on_postgres, 8)
    forget_expected(logged)


@pytest.mark.parametrize("fate", ["refused", "lost", "later"])
def test_a_telephone_that_cannot_be_rung_never_keeps_the_caller(
    fate: str, on_sqlite: type[Office], logged: list[dict[str, object]]
) -> None:
    office: Any = on_sqlite()
    office.opens()
    office.calls(WISHES[1])
    offer = office.rows(sa.select(offers.c.id))[0]
    office.does(
        lambda tx, roster: answer_button(
            tx, roster, roster.people["sato"], "transfer_accept", offer.id, "slack"
        )
    )
    for _ in range(12):
        office.outbox_is_sent(fate)
        office.time_passes(1, ticks=True)
    assert office.store.read_now(holding_words, office.callers[0].reply.call) is None
    office.teardown()
    forget_expected(logged)
