"""What is held of one caller, one person, or some calls: the same rows to show and to erase."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.messages.model import BUNDLE, REMINDER
from bot.messages.model import SUBJECT as MESSAGE
from bot.messages.tables import messages, missed, recipients
from bot.office.aliases import SUBJECT as ALIAS
from bot.office.numbers import Number
from bot.office.tables import aliases, invitations, staff
from bot.presence.tables import board, changes, entries, feeds, series
from bot.reception.tables import calls, disclosures, steps
from bot.store.cards import cards
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from bot.transfers.model import SUBJECT as OFFER
from bot.transfers.tables import callbacks, legs, offers, transfers

BATCH = 100
"""Calls or messages looked at together: few enough for a statement, and for nobody to wait long."""
Where = sa.ColumnElement[bool]
Rows = tuple[sa.Table, Where]
"""A table, and which of its rows."""


@dataclass(frozen=True, slots=True)
class Records:
    """Calls and messages of one office with all that hangs on them, by their ids."""

    organization: str
    calls: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    callbacks: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.calls or self.messages or self.transfers)

    def rows(self) -> tuple[Rows, ...]:
        """What is held, each table once; what names others comes before what it names."""
        return (
            (legs, legs.c.transfer.in_(self.transfers) | legs.c.callback.in_(self.callbacks)),
            (offers, offers.c.id.in_(self.offers)),
            (transfers, transfers.c.id.in_(self.transfers)),
            (callbacks, callbacks.c.id.in_(self.callbacks)),
            (recipients, recipients.c.message.in_(self.messages)),
            (messages, messages.c.id.in_(self.messages)),
            (aliases, aliases.c.id.in_(self.aliases)),
            (steps, steps.c.call.in_(self.calls)),
            (disclosures, disclosures.c.call.in_(self.calls)),
            (calls, calls.c.id.in_(self.calls)),
        )

    def shown(self) -> Iterator[Where]:
        """The cards that show them."""
        subjects = ((OFFER, self.offers), (MESSAGE, self.messages), (BUNDLE, self.bundles))
        for subject, ids in (*subjects, (ALIAS, self.aliases)):
            if ids:
                yield sa.and_(self._card(subject), cards.c.subject_id.in_(ids))
        for message in self.messages:
            yield sa.and_(self._card(REMINDER), cards.c.subject_id.contains(f"{message}:", autoescape=True))

    def unsent(self) -> Where:
        """What is still to be told of them to the office's webhooks."""
        return sa.and_(
            outbox.c.organization == self.organization,
            outbox.c.state == "pending",
            outbox.c.payload["message"].as_string().in_(self.messages),
        )

    def _card(self, subject: str) -> Where:
        return sa.and_(cards.c.organization == self.organization, cards.c.subject == subject)


def records_of(
    tx: Transaction,
    organization: str,
    of_calls: Iterable[str],
    filed: Iterable[str] = (),
    asked: Iterable[str] = (),
) -> Records:
    """Calls, messages and transfers, with those that hang on the calls, and what hangs on them."""
    found_calls = tuple(sorted(of_calls))
    found_messages = _with(filed, ids(tx, messages, messages.c.call.in_(found_calls)))
    found_transfers = _with(asked, ids(tx, transfers, transfers.c.call.in_(found_calls)))
    in_bundles = sa.select(recipients.c.bundle).where(recipients.c.message.in_(found_messages))
    return Records(
        organization=organization,
        calls=found_calls,
        messages=found_messages,
        transfers=found_transfers,
        offers=tuple(ids(tx, offers, offers.c.transfer.in_(found_transfers))),
        callbacks=tuple(ids(tx, callbacks, callbacks.c.message.in_(found_messages))),
        aliases=tuple(ids(tx, aliases, aliases.c.call.in_(found_calls), aliases.c.state == "offered")),
        bundles=tuple(sorted({bundle for (bundle,) in tx.all(in_bundles) if bundle})),
    )


def of_caller(tx: Transaction, organization: str, number: Number) -> Iterator[Records]:
    """Everything of whoever calls from a number, or left it to be called back at; a batch at a time."""
    given = _written(number)
    rang = ids(tx, calls, calls.c.organization == organization, calls.c.from_number.in_(given))
    left = messages.c.number.in_(given) | messages.c.caller["number_said"].as_string().in_(given)
    said = tx.all(
        sa.select(messages.c.id, messages.c.call).where(messages.c.organization == organization, left)
    )
    asked = ids(
        tx,
        transfers,
        transfers.c.organization == organization,
        transfers.c.call.is_(None),
        transfers.c.caller["number"].as_string().in_(given),
    )
    spoken = _with(rang, (row.call for row in said if row.call))
    filed = [row.id for row in said if not row.call]
    for first in range(0, max(len(spoken), len(filed), len(asked)), BATCH):
        batch = slice(first, first + BATCH)
        yield records_of(tx, organization, spoken[batch], filed[batch], asked[batch])


def missed_of(organization: str, number: Number) -> Rows:
    """The lines 着信のみ of a number."""
    return missed, sa.and_(missed.c.organization == organization, missed.c.number.in_(_written(number)))


def unsent_to(organization: str, number: Number) -> Rows:
    """What is still to be sent about or to a number: lines 着信のみ, short messages."""
    quotes = (outbox.c.payload[name].as_string().in_(_written(number)) for name in ("number", "to"))
    return outbox, sa.and_(
        outbox.c.organization == organization, outbox.c.state == "pending", sa.or_(*quotes)
    )


def of_person(organization: str, person: str) -> tuple[Rows, ...]:
    """Everything about one member of staff that is no caller's: where they were, what they answered."""
    held = (
        (entries, entries.c.staff == person),
        (changes, changes.c.staff == person),
        (series, series.c.staff == person),
        (board, board.c.staff == person),
        (feeds, feeds.c.staff == person),
        (recipients, recipients.c.staff == person),
        (legs, legs.c.staff == person),
        (offers, offers.c.staff == person),
        (callbacks, callbacks.c.staff == person),
        (disclosures, disclosures.c.staff == person),
        (aliases, aliases.c.staff == person),
        (invitations, invitations.c.staff == person),
        (staff, staff.c.id == person),
    )
    return tuple((table, sa.and_(table.c.organization == organization, where)) for table, where in held)


def named_in(organization: str, person: str) -> Iterator[tuple[sa.Table, sa.Column[Any], Where]]:
    """Where callers' records and others' changes name a person: table, column, rows."""
    columns = (
        calls.c.staff,
        messages.c.staff,
        messages.c.done_by,
        messages.c.called_back_by,
        transfers.c.decided_by,
        aliases.c.decided_by,
    )
    for column in columns:
        table = column.table
        assert isinstance(table, sa.Table)
        yield table, column, sa.and_(table.c.organization == organization, column == person)


def ids(tx: Transaction, table: sa.Table, *where: Where, limit: int | None = None) -> list[str]:
    """The ids of the rows that fit."""
    return [found for (found,) in tx.all(sa.select(table.c.id).where(*where).limit(limit))]


def _written(number: Number) -> list[str]:
    """The ways in which a number may be stored."""
    return [text for text in (number.e164, number.said) if text]


def _with(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({found for group in groups for found in group}))
