"""Records as files: an office's days as CSV, and everything held of one caller or one person.

Days are the office's, instants are written in its zone.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from bot.digests.belongings import Rows, missed_of, named_in, of_caller, of_person
from bot.digests.figures import Period
from bot.messages.tables import messages
from bot.office.numbers import Number
from bot.office.roster import Roster
from bot.presence.tables import changes, entries
from bot.reception.tables import calls
from bot.store.transaction import Transaction

Held = dict[str, list[dict[str, Any]]]
"""By table its rows, as plain JSON values."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""With these a formula begins; a Japanese spreadsheet takes the wide ones, too."""
_SECRET = {"code_hash", "address_hash", "calendar"}


class What(StrEnum):
    """The records that an office can have as CSV."""

    PRESENCE = "presence"
    CALLS = "calls"
    MESSAGES = "messages"


def as_csv(tx: Transaction, roster: Roster, what: What, days: Period | None = None) -> Iterator[str]:
    """The records of some days (all where none are given), a line at a time, the header first.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    table, at, header = _COLUMNS[what]
    where = [table.c.organization == roster.organization]
    if days is not None:
        start, end = days.bounds(roster)
        where += [at >= start, at < end]
    source, columns = _HISTORY if what is What.PRESENCE else (table, (table,))
    rows = tx.execute(sa.select(*columns).select_from(source).where(*where).order_by(at))
    found = ([_inner(row, name) for name in header] for row in rows.mappings().yield_per(500))
    return _lines(roster, header, found)


def held_of_caller(tx: Transaction, roster: Roster, number: Number) -> Held:
    """Everything that is held of whoever calls from a number."""
    held: Held = {}
    known = [caller for caller in roster.office.callers if caller.number == number.e164]
    held["office_file"] = [caller.model_dump(mode="json") for caller in known]
    for records in of_caller(tx, roster.organization, number):
        _add(tx, roster, held, records.rows())
    _add(tx, roster, held, [missed_of(roster.organization, number)])
    return {name: rows for name, rows in held.items() if rows}


def held_of_person(tx: Transaction, roster: Roster, person: str) -> Held:
    """Everything that is held of a member of staff; of callers' records, which ones name them."""
    held: Held = {}
    _add(tx, roster, held, of_person(roster.organization, person))
    named = [
        {"table": table.name, "column": column.name, "id": found}
        for table, column, where in named_in(roster.organization, person)
        for (found,) in tx.all(sa.select(table.c.id).where(where))
    ]
    return {name: rows for name, rows in {**held, "named_in": named}.items() if rows}


def held_as_csv(roster: Roster, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """One table of what is held, a line at a time."""
    header = tuple(rows[0]) if rows else ()
    return _lines(roster, header, ([row[name] for name in header] for row in rows))


def _add(tx: Transaction, roster: Roster, held: Held, found: Iterable[Rows]) -> None:
    for table, where in found:
        rows = tx.execute(sa.select(table).where(where)).mappings()
        held.setdefault(table.name, []).extend(_plain(roster, row) for row in rows)


def _plain(roster: Roster, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    """A row without our own secrets, as JSON has it."""
    return {name: _json(roster, value) for name, value in row.items() if name not in _SECRET}


def _json(roster: Roster, value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(roster, value)
    if isinstance(value, datetime):
        return _local(roster, value)
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


def _lines(roster: Roster, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    write = csv.writer(_Through()).writerow
    yield write(header)
    for row in rows:
        yield write([_cell(roster, value) for value in row])


class _Through:
    """What csv writes, handed on."""

    def write(self, line: str) -> str:
        return line


def _cell(roster: Roster, value: Any) -> str:
    if isinstance(value, datetime):
        return _local(roster, value)
    if isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = "" if value is None else str(value)
    return harmless(text)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _local(roster: Roster, at: datetime) -> str:
    return at.astimezone(roster.zone).isoformat(timespec="seconds")


def _inner(row: RowMapping, name: str) -> Any:
    """A column, or a key of the JSON in it: `caller.name`."""
    outer, _, inner = name.partition(".")
    return (row[outer] or {}).get(inner) if inner else row[outer]


_HISTORY = (
    changes.outerjoin(entries, changes.c.id == entries.c.change),
    (
        *(column for column in entries.c if column.name not in ("organization", "staff")),
        *(changes.c[name] for name in ("staff", "actor", "channel", "action", "undone_at")),
        changes.c.created_at.label("said_at"),
    ),
)
"""Every change with the entries that it made; one that only ended something (戻りました) has none."""

_COLUMNS: dict[What, tuple[sa.Table, sa.Column[Any], tuple[str, ...]]] = {
    What.PRESENCE: (
        changes,
        changes.c.created_at,
        (
            "staff", "kind", "start_at", "end_at", "basis", "note", "closed_at",
            "actor", "channel", "said_at", "action", "undone_at",
        ),
    ),
    What.CALLS: (
        calls,
        calls.c.started_at,
        ("id", "started_at", "ended_at", "seconds", "from_number", "to_number", "staff", "outcome"),
    ),
    What.MESSAGES: (
        messages,
        messages.c.created_at,
        (
            "id", "created_at", "staff", "department", "caller.company", "caller.name", "caller.number",
            "caller.number_said", "caller.verified", "urgent", "wish", "body", "told", "promise",
            "promise_due_at", "state", "done_by", "done_at", "called_back_by", "called_back_at", "call",
        ),
    ),
}  # fmt: skip
