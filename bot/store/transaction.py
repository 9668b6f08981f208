"""What a verb is given: one open transaction, its instant, and the few statements all verbs share."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, CursorResult, Row

from bot.store.ids import new_id
from bot.store.sealing import Sealer

if TYPE_CHECKING:
    from bot.store.outbox import Outgoing


@cache
def _insert(table: sa.Table) -> sa.Insert:
    """Made once: making a statement takes longer than SQLite takes to run it."""
    return sa.insert(table)


@cache
def _change(table: sa.Table) -> sa.Update:
    return sa.update(table).where(table.c.id == sa.bindparam("its_id"))


@cache
def _insert_if_new(table: sa.Table, dialect: str) -> sa.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # Without this option an INSERT on PostgreSQL reports no count of rows.
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _insert_new(table: sa.Table, dialect: str) -> sa.Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.c)


@cache
def _put_newest(table: sa.Table, instant: str, dialect: str) -> sa.Executable:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    newer = insert.excluded[instant]
    keys = list(table.primary_key.columns)
    put = insert.on_conflict_do_update(
        index_elements=keys, set_={instant: newer}, where=table.c[instant] <= newer
    )
    return put.execution_options(preserve_rowcount=True)


@cache
def _insert_two(
    first: sa.Table, names: tuple[str, ...], second: sa.Table, its_names: tuple[str, ...]
) -> sa.Executable:
    """Both rows, or none where the first is there already: one statement, as PostgreSQL can."""
    values = {name: sa.bindparam(f"first_{name}", type_=first.c[name].type) for name in names}
    new = postgresql.insert(first).values(values).on_conflict_do_nothing().returning(sa.true()).cte("new")
    its = [sa.bindparam(f"second_{name}", type_=second.c[name].type) for name in its_names]
    both = sa.insert(second).from_select(its_names, sa.select(*its).select_from(new))
    return both.execution_options(preserve_rowcount=True)


class Transaction:
    """One unit of work. A verb reads and writes through it; only the store begins and commits it.

    `now` is one aware UTC instant for the whole transaction; `call` the call that the work is about, once
    that is known: what is sent for it carries it along, so that one id leads through every log.
    """

    def __init__(self, connection: Connection, now: datetime, sealer: Sealer | None = None) -> None:
        self.connection = connection
        self.sealer = sealer or Sealer()
        self.now = now
        self.call: str | None = None
        self.wakes: set[str] = set()
        self.offices: dict[str, Any] = {}
        """Offices as read in this transaction, dropped when one changes; see `bot.office.roster`."""
        self.outgoing: list[Outgoing] = []
        """Rows of the outbox, written at the end; see `bot.store.outbox.enqueue`."""
        self.taken: Sequence[Any] = ()
        """What this process's own sender makes of them at once."""

    def execute(
        self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        return self.connection.execute(statement, parameters)

    def first(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Row[Any] | None:
        return self.execute(statement, parameters).first()

    def all(
        self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        return self.execute(statement, parameters).all()

    def lock(self, statement: sa.Select[Any]) -> Row[Any] | None:
        """Read one row and keep others from changing it until the commit.

        SQLite has a single writer, so there the read alone is enough.
        """
        return self.execute(statement.with_for_update()).first()

    def insert(self, table: sa.Table, **values: Any) -> None:
        self.execute(_insert(table), values)

    def insert_if_new(self, table: sa.Table, **values: Any) -> bool:
        """Insert unless a unique key says it is there already; True where it was new."""
        return self.execute(_insert_if_new(table, self.connection.dialect.name), values).rowcount == 1

    def put_newest(self, table: sa.Table, instant: str, **values: Any) -> bool:
        """Insert the row, or move the one of its key on to a later `instant`; False where that is past."""
        statement = _put_newest(table, instant, self.connection.dialect.name)
        return self.execute(statement, values).rowcount == 1

    def insert_two_if_new(
        self, first: sa.Table, row: Mapping[str, Any], second: sa.Table, its: Mapping[str, Any]
    ) -> bool:
        """Insert a row, and `its` of another table, unless the first is there already; True if it was new."""
        if self.connection.dialect.name != "postgresql":
            new = self.insert_if_new(first, **row)
            if new:
                self.insert(second, **its)
            return new
        statement = _insert_two(first, tuple(row), second, tuple(its))
        values = {f"first_{name}": value for name, value in row.items()}
        values |= {f"second_{name}": value for name, value in its.items()}
        return self.execute(statement, values).rowcount == 1

    def insert_new(self, table: sa.Table, **values: Any) -> Row[Any] | None:
        """The row as it was inserted; None where a unique key says that it is there already."""
        return self.first(_insert_new(table, self.connection.dialect.name), values)

    def update(self, table: sa.Table, *where: sa.ColumnElement[bool], **values: Any) -> int:
        """Change the rows that fit; their number."""
        return self.execute(sa.update(table).where(*where).values(**values)).rowcount

    def insert_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of the same columns by one statement."""
        self.connection.execute(_insert(table), rows)

    def change(self, table: sa.Table, row: str, **values: Any) -> None:
        """Change one row by its id."""
        self.execute(_change(table), values | {"its_id": row})

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails inside is taken back, and the transaction goes on."""
        before = len(self.outgoing)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.outgoing[before:]
            self.offices.clear()
            raise

    def as_of(self, at: datetime) -> "Transaction":
        """The same unit of work for what happened at an earlier instant (aware) and is recorded now."""
        past = Transaction(self.connection, at.astimezone(UTC), self.sealer)
        past.call, past.wakes, past.outgoing = self.call, self.wakes, self.outgoing
        return past

    def new_id(self) -> str:
        return new_id(self.now)

    def wake(self, topic: str) -> None:
        """After the commit, tell whoever waits for `topic`, in this process and in the others."""
        self.wakes.add(topic)
