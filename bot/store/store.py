"""How a verb is run: here and in `bot.store.writer` a transaction begins and commits, nowhere else.

SQLite: one writer thread, synchronous=FULL, so that "recorded" means on disk and no two writers
meet (docs/decisions/0002-one-writer-thread.md). PostgreSQL: a few threads, each with a pooled
connection. Reads use connections of their own that cannot write.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.clock import Clock
from bot.store.sealing import Sealer
from bot.store.transaction import Transaction
from bot.store.writer import SharedWriter, writing

P = ParamSpec("P")
R = TypeVar("R")

CHANNEL = "toritsugi"
_POSTGRES_THREADS = 8
_READ_THREADS = 4
_MOST_WAITING = 500
"""Verbs that wait for their turn: more than can be done while anybody waits for them."""
_WHERE_SILENT = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # milliseconds that what was sent may stay unconfirmed
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
}
"""A server that is gone without a word is given up after seconds; TCP alone waits a quarter of an hour."""
_RETRYABLE = {"40001", "40P01", "23505"}  # serialization, deadlock; a row that somebody inserted meanwhile


class StoreBusyError(Exception):
    """The database did not answer in time: nothing was changed, the same verb may be tried again."""


class Store:
    """The database of this process. Made by `open_store`; closed with `close`."""

    def __init__(self, url: str, clock: Clock, secret: str = "") -> None:
        """`secret` is TORITSUGI_SECRET, with which the offices' own secrets are sealed."""
        self.clock = clock
        self._sealer = Sealer(secret)
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._engine = _sqlite_engine(url, read_only=False) if self.is_sqlite else _postgres_engine(url)
        self._reader = _sqlite_engine(url, read_only=True) if self.is_sqlite else self._engine
        self._takes: frozenset[str] = frozenset()
        self._hand_over: Callable[[Sequence[Mapping[str, Any]]], None] | None = None
        self._writer = SharedWriter(self._engine, self._begun, self._committed) if self.is_sqlite else None
        self._writers = ThreadPoolExecutor(_POSTGRES_THREADS, "store-write")
        self._readers = ThreadPoolExecutor(_READ_THREADS, "store-read")
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._bell: _Bell | None = None
        self._waiting = 0

    async def run(
        self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb in one transaction and wait until it is recorded.

        Whoever is cancelled before its turn has changed nothing; one that has begun is finished.

        Raises:
            StoreBusyError: the database is locked or away, or too many wait; nothing was changed.
        """
        if self._waiting >= _MOST_WAITING:
            raise StoreBusyError("too many wait for the database")
        self._waiting += 1
        try:
            if self._writer is None:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._writers, lambda: self.run_now(verb, *args, **kwargs))
            return await self._writer.run(lambda tx: verb(tx, *args, **kwargs))
        except DBAPIError as error:
            _raise_if_away(error)
            raise
        finally:
            self._waiting -= 1

    async def read(
        self, query: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query that changes nothing, beside the writers."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self.read_now(query, *args, **kwargs))

    def run_now(self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`run` for callers without an event loop: commands, and a thread of PostgreSQL's."""
        for attempt in range(3):
            try:
                with writing(self._engine) as connection:
                    tx = self._begun(connection)
                    result = verb(tx, *args, **kwargs)
                    if tx.wakes and not self.is_sqlite:
                        _notify(connection, tx.wakes)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in _RETRYABLE and attempt < 2:
                    continue
                _raise_if_away(error)
                raise
            self._committed([tx])
            return result
        raise AssertionError("unreachable")

    def read_now(
        self, query: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """`read` for callers without an event loop."""
        try:
            with self._reader.connect() as connection:
                return query(self._begun(connection), *args, **kwargs)
        except DBAPIError as error:
            _raise_if_away(error)
            raise

    def on_wake(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` in this event loop after each commit that wakes `topic`; the way to stop it."""
        loop = asyncio.get_running_loop()

        def ring() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(callback)

        self._listeners.setdefault(topic, []).append(ring)
        if not self.is_sqlite and self._bell is None:
            self._bell = _Bell(self.url, self.ring)

        def stop() -> None:
            self._listeners[topic].remove(ring)
            if not self._listeners[topic]:
                del self._listeners[topic]  # topics may be as many as transfers

        return stop

    def take(
        self, kinds: Collection[str], take: Callable[[Sequence[Mapping[str, Any]]], None]
    ) -> Callable[[], None]:
        """Hand rows of the outbox of these kinds over with their commit; the way to stop it.

        `take` is called in this event loop with the rows, which are claimed already.
        """
        loop = asyncio.get_running_loop()

        def hand_over(rows: Sequence[Mapping[str, Any]]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the claims run out
                loop.call_soon_threadsafe(take, rows)

        def stop() -> None:
            self._takes = frozenset()

        self._takes, self._hand_over = frozenset(kinds), hand_over
        return stop

    def _begun(self, connection: Connection) -> Transaction:
        tx = Transaction(connection, self.clock.now(), self._sealer)
        tx.takes = self._takes
        return tx

    def _committed(self, done: Sequence[Transaction]) -> None:
        """What is to be sent at once is on its way before anybody else is woken."""
        handed = [row for tx in done for row in tx.handed]
        if handed and self._hand_over:
            self._hand_over(handed)
        for topic in set().union(*(tx.wakes for tx in done)):
            self.ring(topic)

    def ring(self, topic: str) -> None:
        """Tell this process's listeners of `topic`."""
        for listener in tuple(self._listeners.get(topic, ())):
            listener()

    def close(self) -> None:
        """Finish what runs, then let go of every connection."""
        if self._bell:
            self._bell.stop()
        if self._writer:
            self._writer.close()
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._engine.dispose()
        self._reader.dispose()


def _raise_if_away(error: DBAPIError) -> None:
    """Tell a database that is locked, full or gone from a statement that is wrong."""
    wrong = str(error.orig).startswith(("no such", "near "))  # SQLite says both by the same class
    if isinstance(error, OperationalError) and not wrong:
        raise StoreBusyError("the database is busy or away") from error


def _sqlite_engine(url: str, *, read_only: bool) -> Engine:
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        poolclass=sa.pool.QueuePool,
        pool_size=_READ_THREADS if read_only else 1,
        hide_parameters=True,  # an error's text goes to the log; names and messages do not
        connect_args={"check_same_thread": False, "timeout": 5},
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "cache_size=-8192",  # KiB for each connection; the rest is in the memory of the system
            *(("query_only=ON",) if read_only else ()),
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgres_engine(url: str) -> Engine:
    return sa.create_engine(
        url,
        pool_size=_POSTGRES_THREADS + _READ_THREADS,
        hide_parameters=True,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=5,
        connect_args={**_WHERE_SILENT, "options": "-c lock_timeout=5000 -c statement_timeout=15000"},
    )


def _notify(connection: Connection, topics: set[str]) -> None:
    connection.execute(sa.select(*(sa.func.pg_notify(CHANNEL, topic) for topic in sorted(topics))))


class _Bell:
    """Listens for other processes' commits on PostgreSQL and rings here; comes back after an outage."""

    def __init__(self, url: str, ring: Callable[[str], None]) -> None:
        from psycopg.conninfo import make_conninfo

        self._dsn = make_conninfo(url.replace("postgresql+psycopg://", "postgresql://"), **_WHERE_SILENT)
        self._ring = ring
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="store-bell", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        import psycopg

        while not self._stopped.is_set():
            with (
                contextlib.suppress(psycopg.Error),
                psycopg.connect(self._dsn, autocommit=True) as connection,
            ):
                connection.execute(f"LISTEN {CHANNEL}")
                while not self._stopped.is_set():
                    for notice in connection.notifies(timeout=0.5):
                        self._ring(notice.payload)
            self._stopped.wait(1)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=3)
