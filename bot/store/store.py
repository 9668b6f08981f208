"""How a verb is run: here and in `bot.store.writer` a transaction begins and commits, nowhere else.

SQLite: one writer thread, synchronous=FULL, so that "recorded" means on disk and no two writers
meet (docs/decisions/0002-one-writer-thread.md). PostgreSQL: a few threads, each with a pooled
connection. Reads use connections of their own that cannot write.
"""

import asyncio
import contextlib
import json
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.clock import Clock
from bot.store.outbox import TOPIC, Taker, write_outgoing
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
_TRIES = 3
_RETRYABLE = {"40001", "40P01", "23505"}  # serialization, deadlock; a row that somebody inserted meanwhile


class StoreBusyError(Exception):
    """The database did not answer in time: nothing was changed, the same verb may be tried again.

    At the commit itself nobody knows: then it is `CommitUnknownError`.
    """


class CommitUnknownError(StoreBusyError):
    """The connection broke at the commit: all of it was recorded, or nothing.

    A verb that has a key of its own (the inbox, a step, an `Idempotency-Key`) may be tried again.
    """


class _CannotTakeError(Exception):
    """The sender could not render what was to leave with the commit: nothing was changed."""


class _NothingDoneError(Exception):
    """`error` came before the commit, and another try may do better."""

    def __init__(self, error: DBAPIError) -> None:
        self.error = error


class Store:
    """The database of this process. Made by `open_store`; closed with `close`."""

    def __init__(self, url: str, clock: Clock, secret: str = "") -> None:
        """`secret` is TORITSUGI_SECRET, with which the offices' own secrets are sealed."""
        self.clock = clock
        self._sealer = Sealer(secret)
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        engine = _sqlite_engine if self.is_sqlite else _postgres_engine
        self._engine, self._reader = engine(url, read_only=False), engine(url, read_only=True)
        self._taker: Taker | None = None
        self._send: Callable[[Sequence[Any]], None] | None = None
        self._writer = SharedWriter(self._engine, self._begun, self._committed) if self.is_sqlite else None
        self._writers = ThreadPoolExecutor(_POSTGRES_THREADS, "store-write")
        self._readers = ThreadPoolExecutor(_READ_THREADS, "store-read")
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._bell: _Bell | None = None
        self._waiting = 0
        self._name = secrets.token_hex(8)

    async def run(
        self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a verb in one transaction and wait until it is recorded.

        Whoever is cancelled before its turn has changed nothing; one that has begun is finished.

        Raises:
            StoreBusyError: the database is locked or away, or too many wait; nothing was changed.
            CommitUnknownError: it went away at the commit; see there.
        """
        if self._waiting >= _MOST_WAITING:
            raise StoreBusyError("too many wait for the database")
        room = self._taker.room(self._waiting) if self._taker else 0
        self._waiting += 1
        try:
            try:
                return await self._run(self._whole(lambda tx: verb(tx, *args, **kwargs), room))
            except _CannotTakeError:  # the sender looks at it by itself, and says what is wrong
                return await self._run(self._whole(lambda tx: verb(tx, *args, **kwargs), 0))
        except DBAPIError as error:
            _raise_if_away(error)
            raise
        finally:
            self._waiting -= 1

    async def _run(self, work: Callable[[Transaction], R]) -> R:
        if self._writer is not None:
            return await self._writer.run(work)
        return await asyncio.get_running_loop().run_in_executor(self._writers, self._run_now, work)

    async def read(
        self, query: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query that changes nothing, beside the writers."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self.read_now(query, *args, **kwargs))

    def run_now(self, verb: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`run` for callers without an event loop: commands."""
        return self._run_now(self._whole(lambda tx: verb(tx, *args, **kwargs), 0))

    def _run_now(self, work: Callable[[Transaction], R]) -> R:
        return _tried(lambda: self._write_once(work))

    def _write_once(self, work: Callable[[Transaction], R]) -> R:
        done = False
        try:
            with writing(self._engine) as connection:
                tx = self._begun(connection)
                with _nothing_done():
                    result = work(tx)
                done = True
        except DBAPIError as error:
            if done and error.connection_invalidated:
                raise CommitUnknownError("the database went away at the commit") from error
            raise
        self._committed([tx])
        return result

    def read_now(
        self, query: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """`read` for callers without an event loop."""

        def once() -> R:
            with self._reader.connect() as connection, _nothing_done():
                return query(self._begun(connection), *args, **kwargs)

        return _tried(once)

    def on_wake(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` in this event loop after each commit that wakes `topic`; the way to stop it."""
        loop = asyncio.get_running_loop()

        def ring() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(callback)

        self._listeners.setdefault(topic, []).append(ring)
        if not self.is_sqlite and self._bell is None:
            self._bell = _Bell(self.url, self._heard)

        def stop() -> None:
            self._listeners[topic].remove(ring)
            if not self._listeners[topic]:
                del self._listeners[topic]  # topics may be as many as transfers

        return stop

    def hand_over_to(self, taker: Taker) -> Callable[[], None]:
        """Let the sender of this event loop take rows of the outbox with their commit; the way to stop it."""
        loop = asyncio.get_running_loop()

        def send(taken: Sequence[Any]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the claims run out
                loop.call_soon_threadsafe(taker.send, taken)

        def stop() -> None:
            self._taker = None

        self._taker, self._send = taker, send
        return stop

    def _begun(self, connection: Connection) -> Transaction:
        return Transaction(connection, self.clock.now(), self._sealer)

    def _whole(self, verb: Callable[[Transaction], R], room: int) -> Callable[[Transaction], R]:
        """A verb with what it has to say: as many rows as there is `room` for leave with the commit."""

        def work(tx: Transaction) -> R:
            result = verb(tx)
            if tx.outgoing:
                self._let_take(tx, room)
                write_outgoing(tx)
            if not self.is_sqlite:
                # A sender that keeps up sends by itself what is written here: the others need not look.
                self._notify(tx, tx.wakes - {TOPIC} if room else tx.wakes)
            return result

        return work

    def _let_take(self, tx: Transaction, room: int) -> None:
        taker = self._taker
        if taker is None:
            return
        try:
            tx.taken = taker.take(tx, room)
        except OperationalError:
            raise
        except Exception as error:  # what cannot be rendered must not undo what is to be told
            if not room:
                raise
            raise _CannotTakeError from error

    def _notify(self, tx: Transaction, topics: Collection[str]) -> None:
        """Tell the other processes with the commit; our own listeners hear of it after that, from us."""
        if topics:
            said = (sa.func.pg_notify(CHANNEL, f"{topic} {self._name}") for topic in sorted(topics))
            tx.execute(sa.select(*said))

    def _committed(self, done: Sequence[Transaction]) -> None:
        """What is to be sent at once is on its way before anybody else is woken."""
        taken = [one for tx in done for one in tx.taken]
        if taken and self._send:
            self._send(taken)
        for topic in set().union(*(tx.wakes for tx in done)):
            self.ring(topic)

    def ring(self, topic: str) -> None:
        """Tell this process's listeners of `topic`."""
        for listener in tuple(self._listeners.get(topic, ())):
            listener()

    def _heard(self, said: str) -> None:
        topic, _, name = said.partition(" ")
        if name != self._name:
            self.ring(topic)

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


@contextlib.contextmanager
def _nothing_done() -> Iterator[None]:
    """Around all that comes before a commit: there a connection may turn out to have died long ago."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _RETRYABLE:
            raise _NothingDoneError(error) from error
        raise


def _tried(once: Callable[[], R]) -> R:
    """Try again where nothing was done: that is cheaper than to ask each connection whether it lives."""
    for left in reversed(range(_TRIES)):
        try:
            return once()
        except _NothingDoneError as nothing:
            if not left:
                _raise_if_away(nothing.error)
                raise nothing.error from None
        except DBAPIError as error:
            _raise_if_away(error)
            raise
    raise AssertionError("unreachable")


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


def _postgres_engine(url: str, *, read_only: bool) -> Engine:
    settings = {"lock_timeout": "5000", "statement_timeout": "15000"}
    if read_only:
        settings["default_transaction_read_only"] = "on"
    return sa.create_engine(
        url,
        # Under READ COMMITTED each statement of a query sees its own moment anyway. A transaction would have
        # to be ended, and the driver forgets its prepared statements where it is rolled back.
        isolation_level="AUTOCOMMIT" if read_only else None,
        pool_size=_READ_THREADS if read_only else _POSTGRES_THREADS,
        hide_parameters=True,
        json_serializer=_as_json,
        max_overflow=0,
        pool_use_lifo=True,  # the one used last knows the statements that are run most
        pool_timeout=5,
        connect_args={
            **_WHERE_SILENT,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        },
    )


def _as_json(value: Any) -> bytes:
    """JSON by the quicker writer; what it has no room for is left to the library's."""
    try:
        return orjson.dumps(value)
    except TypeError:  # numbers of more than 64 bits, keys that are no text
        return json.dumps(value).encode()


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
