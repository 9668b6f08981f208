"""Records end: calls and messages past the office's `retention_days`, and those of one caller or person.

Everything that quotes them goes in the same transaction: steps, transfers, cards, what was sent. The
recordings are deleted at Twilio by the outbox. An audit line without contents remains.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from bot.digests.belongings import (
    BATCH,
    Records,
    ids,
    missed_of,
    named_in,
    of_caller,
    of_person,
    records_of,
    unsent_to,
)
from bot.digests.tables import erasures
from bot.messages.tables import messages, missed
from bot.office.numbers import Number
from bot.office.tables import invitations, staff
from bot.presence.tables import changes, entries, series
from bot.reception.calls import file_once
from bot.reception.recordings import delete_recording
from bot.reception.tables import calls, steps
from bot.store.cards import cards
from bot.store.outbox import enqueue, outbox
from bot.store.transaction import Transaction
from bot.transfers.tables import legs, transfers

WIPE = "card.wipe"
"""Outbox kind: a card in Slack is to say no more than that it was erased."""
_LISTED_FOR = timedelta(days=7)
"""Longer than any outage after which calls are looked for at Twilio."""
What = Literal["retention", "caller", "person"]


@dataclass(frozen=True, slots=True)
class Erased:
    """How much is gone."""

    calls: int = 0
    messages: int = 0
    recordings: int = 0
    others: int = 0  # transfers of other call systems, presence that is over

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(
            self.calls + other.calls,
            self.messages + other.messages,
            self.recordings + other.recordings,
            self.others + other.others,
        )

    def __bool__(self) -> bool:
        return bool(self.calls or self.messages or self.others)


class StillHereError(Exception):
    """A person who is still with the office is not erased."""


def erase_old(tx: Transaction, organization: str, retention_days: int) -> Erased:
    """Erase some of what is older than the office keeps; nothing is left to do where nothing was erased."""
    before = tx.now - timedelta(days=retention_days)
    old = {table: ids(tx, table, *where, limit=BATCH) for table, where in _old(organization, before).items()}
    erased = _erase(tx, records_of(tx, organization, old[calls], old[messages], old[transfers]))
    _delete(tx, missed, missed.c.organization == organization, missed.c.last_at < before)
    _delete(tx, outbox, outbox.c.organization == organization, outbox.c.settled_at < before)
    _delete(tx, invitations, invitations.c.organization == organization, invitations.c.expires_at < before)
    return erased + _erase_presence(tx, organization, old[entries], old[changes])


def erase_caller(tx: Transaction, organization: str, number: Number) -> Erased:
    """Erase every call and message of one number, and every transfer that another call system asked for."""
    erased = Erased()
    for records in of_caller(tx, organization, number):
        _wipe_cards(tx, records)
        erased += _erase(tx, records)
    for table, where in (missed_of(organization, number), unsent_to(organization, number)):
        _delete(tx, table, where)
    _forget_sent(tx, organization)
    note(tx, organization, "caller", erased)
    return erased


def erase_person(tx: Transaction, organization: str, person: str) -> None:
    """Erase somebody who has left: where they were and what they answered. Callers' messages stay, nameless.

    Raises:
        StillHereError: the office file still names them.
    """
    row = tx.first(
        sa.select(staff.c.active).where(staff.c.organization == organization, staff.c.id == person)
    )
    if row is not None and row.active:
        raise StillHereError
    _unname_calls(tx, organization, person)
    wanted = transfers.c.staff == person
    of_theirs = ids(tx, transfers, transfers.c.organization == organization, wanted)
    _erase(tx, records_of(tx, organization, (), (), of_theirs))
    _drop_cards(tx, cards.c.organization == organization, cards.c.audience == person)
    for table, where in of_person(organization, person):
        _delete(tx, table, where)
    for table, column, where in named_in(organization, person):
        tx.update(table, where, **{column.name: None})
    _forget_sent(tx, organization)
    note(tx, organization, "person", Erased())


def note(tx: Transaction, organization: str, what: What, erased: Erased) -> None:
    """The line that remains."""
    tx.insert(
        erasures,
        id=tx.new_id(),
        organization=organization,
        what=what,
        calls=erased.calls,
        messages=erased.messages,
        recordings=erased.recordings,
        others=erased.others,
        at=tx.now,
    )


def has_old(tx: Transaction, organization: str, before: datetime) -> bool:
    """Whether anything is older; a cheap look."""
    return any(ids(tx, table, *where, limit=1) for table, where in _old(organization, before).items())


def _old(organization: str, before: datetime) -> dict[sa.Table, tuple[sa.ColumnElement[bool], ...]]:
    """What an office no longer keeps: calls, messages and transfers of other systems, presence that is over.

    A change that began something which goes on or repeats is kept as long as that.
    """
    over = sa.func.coalesce(entries.c.closed_at, entries.c.end_at) < before
    in_use = sa.exists().where(
        entries.c.organization == changes.c.organization,
        entries.c.staff == changes.c.staff,  # the index is by person
        entries.c.change == changes.c.id,
    )
    repeats = sa.exists().where(sa.or_(series.c.change == changes.c.id, series.c.ended_by == changes.c.id))
    where: dict[sa.Table, tuple[sa.ColumnElement[bool], ...]] = {
        calls: (calls.c.started_at < before, calls.c.state != "live"),
        messages: (messages.c.created_at < before, messages.c.call.is_(None)),
        transfers: (transfers.c.created_at < before, transfers.c.call.is_(None)),
        entries: (entries.c.start_at < before, over),
        changes: (changes.c.created_at < before, ~in_use, ~repeats),
    }
    return {table: (table.c.organization == organization, *given) for table, given in where.items()}


def _erase(tx: Transaction, records: Records) -> Erased:
    """Erase records with their recordings, and the cards that show them."""
    recordings = _delete_recordings(tx, records)
    for shown in records.shown():
        _drop_cards(tx, shown)
    _delete(tx, outbox, records.unsent())
    _leave_at_platform(tx, records)
    for table, where in records.rows():
        _delete(tx, table, where)
    apart = 0 if records.calls else len(records.transfers)
    return Erased(len(records.calls), len(records.messages), recordings, apart)


def _leave_at_platform(tx: Transaction, records: Records) -> None:
    """Twilio still lists a call of the last days: it is not to be found there and filed anew."""
    lately = tx.all(
        sa.select(calls.c.sid).where(calls.c.id.in_(records.calls), calls.c.started_at > tx.now - _LISTED_FOR)
    )
    rung = tx.all(  # a recording of both goes by the name of our leg
        sa.select(legs.c.sid).where(
            legs.c.transfer.in_(records.transfers),
            legs.c.sid.is_not(None),
            legs.c.give_up_at > tx.now - _LISTED_FOR,
        )
    )
    for (sid,) in (*lately, *rung):
        file_once(tx, records.organization, sid)


def _erase_presence(tx: Transaction, organization: str, over: list[str], said: list[str]) -> Erased:
    """Erase entries that are over, and changes that have none left."""
    _delete(tx, entries, entries.c.organization == organization, entries.c.id.in_(over))
    _delete(tx, changes, changes.c.organization == organization, changes.c.id.in_(said))
    return Erased(others=len(over) + len(said))


def _unname_calls(tx: Transaction, organization: str, person: str) -> None:
    """What callers were told of a person, word for word, goes; what they wanted stays."""
    for_them = sa.select(calls.c.id).where(calls.c.organization == organization, calls.c.staff == person)
    _delete(tx, steps, steps.c.call.in_(for_them))
    tx.update(calls, calls.c.organization == organization, calls.c.staff == person, conversation=None)
    tx.update(messages, messages.c.organization == organization, messages.c.staff == person, told="")


def _delete_recordings(tx: Transaction, records: Records) -> int:
    kept = tx.all(sa.select(calls.c.recording).where(calls.c.id.in_(records.calls)))
    addresses = [row.recording["url"] for row in kept if row.recording and row.recording.get("url")]
    for address in addresses:
        delete_recording(tx, records.organization, str(address))
    return len(addresses)


def _wipe_cards(tx: Transaction, records: Records) -> None:
    """What Slack shows is ours to change; what LINE shows stays in its chats."""
    for shown in records.shown():
        for row in tx.all(sa.select(cards.c.reference).where(shown, cards.c.channel == "slack")):
            if row.reference:
                enqueue(tx, records.organization, WIPE, {"reference": row.reference})


def _drop_cards(tx: Transaction, *where: sa.ColumnElement[bool]) -> None:
    """Cards and what was or is to be sent of them."""
    shown = sa.select(cards.c.id).where(*where)
    _delete(tx, outbox, outbox.c.lane.in_(shown))
    _delete(tx, cards, cards.c.id.in_(shown))


def _forget_sent(tx: Transaction, organization: str) -> None:
    """What was sent is kept for a week in case of questions: not after somebody asked to be forgotten."""
    _delete(tx, outbox, outbox.c.organization == organization, outbox.c.state != "pending")


def _delete(tx: Transaction, table: sa.Table, *where: sa.ColumnElement[bool]) -> None:
    tx.execute(sa.delete(table).where(*where))
