"""`toritsugi export presence|calls|messages`: an office's records as CSV, safe to open in a spreadsheet."""

import csv
from datetime import date, datetime, timedelta
from typing import Any, TextIO

import sqlalchemy as sa

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.messages.tables import messages
from bot.office.roster import Roster
from bot.presence.tables import changes, entries
from bot.reception.tables import calls
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportError(UsageError):
    """The export cannot be made; the text says why."""


def export_csv(
    settings: Settings, what: str, first: str | None, last: str | None, organization: str | None, out: TextIO
) -> None:
    """Write the records of the days `first` to `last` (both included, ISO dates; all where left out).

    Raises:
        ExportError: an unknown kind of record, or a wrong day.
    """
    if what not in _QUERIES:
        raise ExportError(f"export what? One of: {', '.join(_QUERIES)}")
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        store.read_now(_write, what, first, last, organization, out)
    finally:
        store.close()


def _write(
    tx: Transaction, what: str, first: str | None, last: str | None, organization: str | None, out: TextIO
) -> None:
    roster = chosen_roster(tx, organization)
    table, column, header = _QUERIES[what]
    where = [table.c.organization == roster.organization]
    if first:
        where.append(column >= _midnight(roster, first))
    if last:
        where.append(column < _midnight(roster, last) + timedelta(days=1))
    writer = csv.writer(out)
    writer.writerow(header)
    source, columns = _HISTORY if what == "presence" else (table, (table,))
    rows = tx.execute(sa.select(*columns).select_from(source).where(*where).order_by(column))
    for row in rows.mappings().yield_per(500):
        writer.writerow([_cell(row, name, roster) for name in header])


def _midnight(roster: Roster, day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), roster.zone)
    except ValueError:
        raise ExportError(f"{day}: write a day as 2026-11-24") from None


def _cell(row: Any, name: str, roster: Roster) -> str:
    outer, _, inner = name.partition(".")
    value = row[outer]
    if inner:
        value = (value or {}).get(inner)
    if isinstance(value, datetime):
        return value.astimezone(roster.zone).isoformat(timespec="seconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


_HISTORY = (
    changes.outerjoin(entries, changes.c.id == entries.c.change),
    (
        *(column for column in entries.c if column.name not in ("organization", "staff")),
        *(changes.c[name] for name in ("staff", "actor", "channel", "action", "undone_at")),
        changes.c.created_at.label("said_at"),
    ),
)
"""Every change with the entries that it made; one that only ended something (戻りました) has none."""

_QUERIES: dict[str, tuple[sa.Table, sa.Column[Any], tuple[str, ...]]] = {
    "presence": (
        changes,
        changes.c.created_at,
        (
            "staff", "kind", "start_at", "end_at", "basis", "note", "closed_at",
            "actor", "channel", "said_at", "action", "undone_at",
        ),
    ),
    "calls": (
        calls,
        calls.c.started_at,
        ("id", "started_at", "ended_at", "seconds", "from_number", "to_number", "staff", "outcome"),
    ),
    "messages": (
        messages,
        messages.c.created_at,
        (
            "id", "created_at", "staff", "caller.company", "caller.name", "caller.number", "urgent",
            "wish", "body", "promise", "promise_due_at", "state", "done_by", "done_at",
        ),
    ),
}  # fmt: skip
