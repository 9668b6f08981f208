"""The clock's questions to a person about their own presence, as they stand; in Slack changed in place."""

from collections.abc import Sequence

from bot.delivery.presence_card import open_trip_card, overdue_card, settled_card
from bot.office.hours import local_day
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Card
from bot.presence.board import QUESTION, question_id
from bot.presence.timeline import StoredEntry, overdue, presence_at
from bot.presence.verbs import entries_of
from bot.store.cards import post_card
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

ASK = "presence.ask"
"""Outbox kind: one question to one person about one entry, in LINE."""


def ask(tx: Transaction, roster: Roster, person: Person, item: StoredEntry) -> None:
    """Ask a person about an entry: in Slack, where it costs nothing; LINE only for those without Slack."""
    if person.slack:
        day = local_day(roster.office, tx.now) if item.entry.end is None else None
        post_card(
            tx,
            roster.organization,
            QUESTION,
            question_id(item.id, day),
            channel="slack",
            address=person.slack,
            audience=person.id,
        )
    elif person.line:
        _enqueue(tx, roster, person, item.id, person.line)


def ask_in_line(tx: Transaction, roster: Roster, staff: str, question: str) -> None:
    """Slack will not take a question: it is asked in LINE, where the person has that."""
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person and person.line:
        _enqueue(tx, roster, person, question.partition(":")[0], person.line)


def question_card(tx: Transaction, roster: Roster, question: str, staff: str) -> Card | None:
    """A question as it stands: still open, or what came of it; None where the entry is no more."""
    stored = entries_of(tx, roster.organization, staff)
    item = _item(stored, question)
    if item is None:
        return None
    if _is_open(tx, roster, stored, item):
        return open_trip_card(roster, item) if item.entry.end is None else overdue_card(roster, item)
    return settled_card(roster, item, presence_at(stored, tx.now, roster.calendar), tx.now)


def is_asking(tx: Transaction, roster: Roster, question: str, staff: str) -> bool:
    """Whether a question still wants an answer: one that does not is not worth posting."""
    stored = entries_of(tx, roster.organization, staff)
    item = _item(stored, question)
    return item is not None and _is_open(tx, roster, stored, item)


def _item(stored: Sequence[StoredEntry], question: str) -> StoredEntry | None:
    entry = question.partition(":")[0]
    return next((item for item in stored if item.id == entry), None)


def _is_open(tx: Transaction, roster: Roster, stored: Sequence[StoredEntry], item: StoredEntry) -> bool:
    if item.closed_at:
        return False
    if item.entry.end is None:
        return True
    late = overdue(stored, tx.now, roster.calendar)
    return late is not None and late.id == item.id


def _enqueue(tx: Transaction, roster: Roster, person: Person, entry: str, address: str) -> None:
    payload = {"staff": person.id, "entry": entry, "channel": "line", "address": address}
    enqueue(tx, roster.organization, ASK, payload, lane=f"say:line:{address}")
