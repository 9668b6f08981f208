"""Records taken along: days as CSV, and everything held of one caller or one member of staff."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from bot.digests.exporting import What, as_csv, held_of_caller, held_of_person
from bot.digests.figures import Period
from bot.office.numbers import SHORTEST, parse_number
from bot.office.tables import staff
from bot.office.tokens import Scope
from bot.store.transaction import Transaction
from handlers.api.errors import not_found
from handlers.api.models import Csv, ExportDays, HeldOf, Nothing
from handlers.api.operations import CSV, Asked, Operation

_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)


def export_presence(tx: Transaction, asked: Asked[ExportDays, Nothing]) -> Csv:
    """Who set what, when, and by which channel."""
    return _days(tx, asked, What.PRESENCE)


def export_calls(tx: Transaction, asked: Asked[ExportDays, Nothing]) -> Csv:
    """Calls that came in."""
    return _days(tx, asked, What.CALLS)


def export_messages(tx: Transaction, asked: Asked[ExportDays, Nothing]) -> Csv:
    """Callers' messages."""
    return _days(tx, asked, What.MESSAGES)


def _days(tx: Transaction, asked: Asked[ExportDays, Nothing], what: What) -> Csv:
    query = asked.query
    days = None
    if query.month:
        days = Period.of_month(query.month)
    elif query.from_ or query.to:
        days = Period(query.from_ or _FIRST, query.to or _LAST)
    return Csv("".join(as_csv(tx, asked.roster, what, days)))


def caller_records(tx: Transaction, asked: Asked[Nothing, Nothing]) -> HeldOf:
    """Everything held of a caller; nothing of a number that never called."""
    number = parse_number(asked.id)
    if len(number.said) < SHORTEST:
        raise not_found("number", "id")
    return HeldOf(held=held_of_caller(tx, asked.roster, number))


def staff_records(tx: Transaction, asked: Asked[Nothing, Nothing]) -> HeldOf:
    """Everything held of somebody of the office, or who has left it."""
    mine = (staff.c.organization == asked.roster.organization, staff.c.id == asked.id)
    if tx.first(sa.select(staff.c.id).where(*mine)) is None:
        raise not_found("person", "id")
    return HeldOf(held=held_of_person(tx, asked.roster, asked.id))


def _of_days(
    what: What, scope: Scope, summary: str, run: Callable[[Transaction, Asked[ExportDays, Nothing]], Csv]
) -> Operation:
    path = f"/api/v1/export/{what}"
    return Operation("GET", path, scope, summary, run, Csv, query=ExportDays, media=CSV, taken=what)


OPERATIONS = (
    _of_days(What.PRESENCE, Scope.PRESENCE_READ, "Presence of some days or a month as CSV", export_presence),
    _of_days(What.CALLS, Scope.CALLS_READ, "Calls of some days or a month as CSV", export_calls),
    _of_days(What.MESSAGES, Scope.MESSAGES_READ, "Messages of some days or a month as CSV", export_messages),
    Operation(
        "GET",
        "/api/v1/callers/{id}/records",
        Scope.CALLS_READ,
        "Everything held of one caller",
        caller_records,
        HeldOf,
        also=(Scope.MESSAGES_READ, Scope.TRANSFERS_READ),
        taken="caller",
    ),
    Operation(
        "GET",
        "/api/v1/staff/{id}/records",
        Scope.PRESENCE_READ,
        "Everything held of one member of staff",
        staff_records,
        HeldOf,
        also=(Scope.CALLS_READ, Scope.MESSAGES_READ, Scope.TRANSFERS_READ),
        taken="person",
    ),
)
