"""Records end: calls and messages past the office's `retention_days`, and those of one caller or person.

Everything that quotes them goes in the same transaction: steps, transfers, cards, what was sent. The
recordings are deleted at Twilio by the outbox. An audit line without contents remains.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from bot.digests.tables import erasures
from bot.messages.model import BUNDLE, REMINDER
from bot.messages.model import SUBJECT as MESSAGE
from bot.messages.tables import messages, missed, recipients
from bot.office.tables import invitations, staff
from bot.presence.tables import board, changes, entries, feeds, series
from bot.reception.tables import calls, disclosures, steps
from bot.store.cards import cards
from bot.store.outbox import enqueue, outbox
from bot.store.transaction import Transaction
from bot.transfers.model import SUBJECT as OFFER
from bot.transfers.tables import callbacks, legs, offers, transfers

RECORDING = "recording.delete"
"""Outbox kind: a recording is to be deleted at Twilio."""
BATCH = 100
"""Calls or messages erased in one transaction, so that nobody waits for the writer."""
What = Literal["retention", "caller", "person"]


@dataclass(frozen=True, slots=True)
class Erased:
    """How much is gone."""

    calls: int = 0
    messages: int = 0
    recordings: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(
            self.calls + other.calls, self.messages + other.messages, self.recordings + other.recordings
        )

    def __bool__(self) -> bool:
        return bool(self.calls or self.messages)


class StillHereError(Exception):
    """A person who is still with the office is not erased."""


def erase_old(tx: Transaction, organization: str, retention_days: int) -> Erased:
    """Erase some of what is older than the office keeps; nothing is left to do where nothing was erased."""
    before = tx.now - timedelta(days=retention_days)
    old_calls = _ids(
        tx,
        calls,
        calls.c.organization == organization,
        calls.c.started_at < before,
        calls.c.state != "live",
        limit=BATCH,
    )
    old_messages = _ids(
        tx,
        messages,
        messages.c.organization == organization,
        messages.c.created_at < before,
        messages.c.call.is_(None),
        limit=BATCH,
    )
    _delete(tx, missed, missed.c.organization == organization, missed.c.last_at < before)
    return _erase(tx, organization, old_calls, old_messages)


def erase_caller(tx: Transaction, organization: str, number: str) -> Erased:
    """Erase every call and message of one number (E.164)."""
    theirs = _ids(tx, calls, calls.c.organization == organization, calls.c.from_number == number)
    said = tx.all(
        sa.select(messages.c.id, messages.c.call).where(
            messages.c.organization == organization,
            sa.or_(
                messages.c.caller["number"].as_string() == number,
                messages.c.call.in_(theirs),
            ),
        )
    )
    theirs = sorted({*theirs, *(row.call for row in said if row.call)})
    erased = _erase(tx, organization, theirs, [row.id for row in said])
    _delete(tx, missed, missed.c.organization == organization, missed.c.number == number)
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
    for table in (entries, changes, board, series, feeds, recipients, offers, legs, callbacks, invitations):
        _delete(tx, table, table.c.organization == organization, table.c.staff == person)
    _delete(tx, disclosures, disclosures.c.organization == organization, disclosures.c.staff == person)
    _delete(tx, cards, cards.c.organization == organization, cards.c.audience == person)
    _delete(tx, transfers, transfers.c.organization == organization, transfers.c.staff == person)
    for column in (
        calls.c.staff,
        messages.c.staff,
        messages.c.done_by,
        messages.c.called_back_by,
        transfers.c.decided_by,
    ):
        table = column.table
        assert isinstance(table, sa.Table)
        tx.update(table, table.c.organization == organization, column == person, **{column.name: None})
    _delete(tx, staff, staff.c.organization == organization, staff.c.id == person)
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
        at=tx.now,
    )


def has_old(tx: Transaction, organization: str, before: datetime) -> bool:
    """Whether anything is older; a cheap look."""
    old_call = sa.select(calls.c.id).where(
        calls.c.organization == organization, calls.c.started_at < before, calls.c.state != "live"
    )
    old_message = sa.select(messages.c.id).where(
        messages.c.organization == organization, messages.c.created_at < before, messages.c.call.is_(None)
    )
    return tx.first(old_call.limit(1)) is not None or tx.first(old_message.limit(1)) is not None


def _erase(tx: Transaction, organization: str, of_calls: Sequence[str], filed: Iterable[str]) -> Erased:
    """Erase calls with their messages, and messages without a call."""
    gone = sorted({*filed, *_ids(tx, messages, messages.c.call.in_(of_calls))})
    recordings = _delete_recordings(tx, organization, of_calls)
    asked = _ids(tx, transfers, transfers.c.call.in_(of_calls))
    offered = _ids(tx, offers, offers.c.transfer.in_(asked))
    back = _ids(tx, callbacks, callbacks.c.message.in_(gone))
    bundles = {
        bundle
        for (bundle,) in tx.all(sa.select(recipients.c.bundle).where(recipients.c.message.in_(gone)))
        if bundle
    }
    _delete(tx, legs, sa.or_(legs.c.transfer.in_(asked), legs.c.callback.in_(back)))
    _delete(tx, offers, offers.c.id.in_(offered))
    _delete(tx, transfers, transfers.c.id.in_(asked))
    _delete(tx, callbacks, callbacks.c.id.in_(back))
    _delete(tx, recipients, recipients.c.message.in_(gone))
    _forget_cards(tx, organization, OFFER, offered)
    _forget_cards(tx, organization, MESSAGE, gone)
    _forget_cards(tx, organization, BUNDLE, bundles)
    for message in gone:
        like = cards.c.subject_id.like(f"{message}:%")
        _drop_cards(tx, cards.c.organization == organization, cards.c.subject == REMINDER, like)
    _delete(tx, messages, messages.c.id.in_(gone))
    _delete(tx, steps, steps.c.call.in_(of_calls))
    _delete(tx, disclosures, disclosures.c.call.in_(of_calls))
    _delete(tx, calls, calls.c.id.in_(of_calls))
    return Erased(len(of_calls), len(gone), recordings)


def _delete_recordings(tx: Transaction, organization: str, of_calls: Sequence[str]) -> int:
    kept = tx.all(sa.select(calls.c.recording).where(calls.c.id.in_(of_calls)))
    addresses = [row.recording["url"] for row in kept if row.recording and row.recording.get("url")]
    for address in addresses:
        sid = str(address).rstrip("/").rpartition("/")[2].partition(".")[0]
        enqueue(tx, organization, RECORDING, {"recording": sid})
    return len(addresses)


def _forget_cards(tx: Transaction, organization: str, subject: str, ids: Iterable[str]) -> None:
    where = (cards.c.organization == organization, cards.c.subject == subject, cards.c.subject_id.in_([*ids]))
    _drop_cards(tx, *where)


def _drop_cards(tx: Transaction, *where: sa.ColumnElement[bool]) -> None:
    """Cards and what was or is to be sent of them."""
    shown = _ids(tx, cards, *where)
    _delete(tx, outbox, outbox.c.lane.in_(shown))
    _delete(tx, cards, cards.c.id.in_(shown))


def _forget_sent(tx: Transaction, organization: str) -> None:
    """What was sent is kept for a week in case of questions: not after somebody asked to be forgotten."""
    _delete(tx, outbox, outbox.c.organization == organization, outbox.c.state != "pending")


def _ids(
    tx: Transaction, table: sa.Table, *where: sa.ColumnElement[bool], limit: int | None = None
) -> list[str]:
    return [found for (found,) in tx.all(sa.select(table.c.id).where(*where).limit(limit))]


def _delete(tx: Transaction, table: sa.Table, *where: sa.ColumnElement[bool]) -> None:
    tx.execute(sa.delete(table).where(*where))
