"""What an office no longer keeps, and what somebody asked to have forgotten, is gone; nothing else is."""

from datetime import timedelta

import sqlalchemy as sa

from bot.digests.belongings import BATCH
from bot.digests.erasing import erase_caller, erase_old, erase_person, has_old
from bot.digests.exporting import held_of_caller
from bot.language.model import Basis, Entry, Kind
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.tables import messages
from bot.messages.verbs import file_message
from bot.office.model import StaffId
from bot.office.numbers import parse_number
from bot.office.roster import Roster
from bot.office.tables import api_answers
from bot.office.tokens import forget_answers
from bot.presence.tables import changes, entries
from bot.presence.verbs import Actor, set_presence
from bot.reception.calls import Arrival, erased_from, receive_call
from bot.reception.filing import end_call
from bot.store.columns import metadata
from bot.store.transaction import Transaction
from bot.transfers.model import Answer
from bot.transfers.tables import legs, offers, transfers
from bot.transfers.verbs import TransferWish, answer_offer, begin_transfer
from tests.support.office_store import MIKAMI, TUESDAY_MORNING, OfficeStore

DAYS = 180
NOT_ABOUT_CALLERS = {"organizations", "staff", "lines", "erasures", "alembic_version"}
ONLY_ON_THE_WAY = {"outbox", "cards", "presence_board"}


def asked_from_outside(office: OfficeStore, caller: CallerFacts = MIKAMI) -> str:
    """A transfer that another call system asks for."""
    return office.with_roster(
        begin_transfer, TransferWish(staff="kurimoto", caller=caller, purpose="契約の件")
    )


def stays_in(office: OfficeStore, kind: Kind, days: float | None) -> None:
    start = office.clock.now()
    end = start + timedelta(days=days) if days is not None else None
    entry = Entry(kind, start, end, Basis.STATED if end else Basis.OPEN, note="福岡")

    def say(tx: Transaction, roster: object) -> None:
        set_presence(tx, roster, roster.people["kurimoto"], [entry], Actor("kurimoto", "slack"))  # type: ignore[attr-defined,arg-type]

    office.with_roster(say)


def quoting(office: OfficeStore, *words: str, besides: frozenset[str] = frozenset()) -> set[str]:
    """The tables in which one of the words still stands."""
    known = set(metadata.tables) - NOT_ABOUT_CALLERS - besides
    return {
        name for name in known for row in office.rows(sa.select(metadata.tables[name]))
        if any(word in str(row) for word in words)
    }  # fmt: skip


def test_what_other_systems_asked_ends_as_calls_do(office: OfficeStore) -> None:
    asked_from_outside(office)
    office.at(TUESDAY_MORNING + timedelta(days=DAYS - 1))
    assert not office.run(erase_old, "smile", DAYS)
    office.at(TUESDAY_MORNING + timedelta(days=DAYS + 1))
    assert office.run(has_old, "smile", office.clock.now() - timedelta(days=DAYS))
    assert office.run(erase_old, "smile", DAYS)
    assert not office.rows(sa.select(transfers))
    assert not office.rows(sa.select(offers))
    assert not quoting(office, "三上", "契約の件")
    assert not office.run(erase_old, "smile", DAYS), "nothing is left to do"


def test_where_somebody_was_ends_too_and_what_goes_on_stays(office: OfficeStore) -> None:
    stays_in(office, Kind.OUT, 0.1)
    office.passes(hours=1)
    stays_in(office, Kind.TRIP, None)
    office.at(TUESDAY_MORNING + timedelta(days=DAYS + 1))
    while office.run(erase_old, "smile", DAYS):
        pass
    [left] = office.rows(sa.select(entries))
    assert left.kind == "trip"
    [change] = office.rows(sa.select(changes))
    assert change.id == left.change
    assert not office.run(has_old, "smile", office.clock.now() - timedelta(days=DAYS))


def test_a_caller_is_forgotten_in_every_table_and_no_other_is(office: OfficeStore) -> None:
    other = CallerFacts("みどり商会", "緑川", "+81366667777")
    for sid, caller in (("CA1", MIKAMI), ("CA2", other)):
        office.message(caller=caller, body=f"{caller.company}の{caller.name}です")
        asked_from_outside(office, caller)
        arrival = Arrival(sid, caller.number, "+81345671234")
        office.with_roster(receive_call, arrival)
        office.with_roster(end_call, arrival.sid, status="completed", seconds=9)
    erased = office.run(erase_caller, "smile", parse_number("03-1111-2222"))
    assert (erased.calls, erased.messages) == (1, 1)
    assert quoting(office, "三上", "11112222") == set()
    assert {"messages", "transfers", "calls", "missed_calls"} <= quoting(office, "緑川", "66667777")


def test_a_recording_under_our_own_leg_is_known_as_erased_too(office: OfficeStore) -> None:
    """Twilio names a recording of both by the leg it began on, which may be ours."""
    arrival = Arrival("CA1", MIKAMI.number, "+81345671234")
    call = office.with_roster(receive_call, arrival).call
    office.with_roster(begin_transfer, TransferWish(staff="kurimoto", caller=MIKAMI, call=call))
    [offer] = office.rows(sa.select(offers))

    def accept(tx: Transaction, roster: Roster) -> None:
        answer_offer(tx, roster, offer.id, roster.people[StaffId("kurimoto")], Answer.ACCEPT)
        tx.update(legs, legs.c.offer == offer.id, sid="CAours")

    office.with_roster(accept)
    office.run(erase_caller, "smile", parse_number(MIKAMI.number))
    assert [office.run(erased_from, sid) for sid in ("CA1", "CAours", "CAother")] == ["smile", "smile", None]


def test_who_left_only_a_number_that_is_none_can_be_forgotten(office: OfficeStore) -> None:
    office.message(caller=CallerFacts("", "三上", "", "01234567890"))
    assert office.run(erase_caller, "smile", parse_number("012-3456-7890")).messages == 1
    assert not quoting(office, "三上")


def test_a_caller_of_more_messages_than_a_batch_is_forgotten_whole(office: OfficeStore) -> None:
    many = BATCH + 1

    def file(tx: Transaction, roster: Roster) -> None:
        for _ in range(many):
            file_message(tx, roster, NewMessage(staff=None, caller=MIKAMI, body="また掛けます"))

    office.with_roster(file)
    assert office.run(erase_caller, "smile", parse_number(MIKAMI.number)).messages == many
    assert not office.rows(sa.select(messages))


def test_what_is_shown_to_a_caller_is_all_that_erasing_would_take(office: OfficeStore) -> None:
    office.message(body="見積もりの件")
    asked_from_outside(office)
    held = office.with_roster(held_of_caller, parse_number(MIKAMI.number))
    assert set(held) >= quoting(office, "三上", "11112222", besides=frozenset(ONLY_ON_THE_WAY))
    assert len(held["messages"]) == len(held["transfers"]) == 1


def test_who_left_is_named_in_no_table(office: OfficeStore) -> None:
    stays_in(office, Kind.TRIP, None)
    asked_from_outside(office)
    office.message(told="申し訳ございません、課長の栗本は出張しております。")
    office.run(lambda tx: tx.execute(sa.text("UPDATE staff SET active = false WHERE id = 'kurimoto'")))
    office.run(erase_person, "smile", "kurimoto")
    assert quoting(office, "kurimoto", "栗本", "福岡") == set()
    assert len(office.rows(sa.select(messages))) == 1, "what the caller wanted stays"


def test_answers_to_programs_are_forgotten_though_none_asks_again(office: OfficeStore) -> None:
    office.run(
        lambda tx: tx.insert(
            api_answers,
            organization="smile",
            key="a",
            request_hash="",
            status=201,
            body={},
            created_at=tx.now,
        )
    )
    office.passes(days=6)
    office.run(forget_answers)
    assert len(office.rows(sa.select(api_answers))) == 1
    office.passes(days=2)
    office.run(forget_answers)
    assert not office.rows(sa.select(api_answers))
