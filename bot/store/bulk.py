"""Many rows at once, by the quickest way each database has. For example data."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NewType

from bot.store.transaction import Transaction

Json = NewType("Json", str)
"""The text of a JSON value, ready to be stored."""


def bulk_insert(
    tx: Transaction, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert plain values: texts, numbers, booleans, aware instants, `Json` texts, None.

    `table` and `columns` are names from the code, never from outside.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    cursor = tx.connection.connection.cursor()
    if tx.connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
    cursor.executemany(
        statement, [[_instant(one) if type(one) is datetime else one for one in row] for row in rows]
    )


def _instant(value: datetime) -> str:
    """Naive UTC text, as SQLAlchemy stores it on SQLite."""
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
