"""SQLite's one writer thread: verbs that wait at the same moment share a commit, each with a savepoint.

One that fails takes back only its own; nobody is answered before all of them are on disk
(docs/decisions/0002-one-writer-thread.md).
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy.engine import Connection, Engine

from bot.store.transaction import Transaction

R = TypeVar("R")
Verb = Callable[[Transaction], Any]
_LONGEST_SECONDS = 0.02
"""After so long no further verb joins: those that are done wait for the commit."""


@dataclass(eq=False, slots=True)
class _Job:
    verb: Verb
    future: asyncio.Future[Any]
    tx: Transaction | None = None
    result: Any = None
    error: BaseException | None = None


class SharedWriter:
    """Runs verbs one after the other.

    `begun` makes a verb's transaction; `committed` hears of those that are on disk.
    """

    def __init__(
        self,
        engine: Engine,
        begun: Callable[[Connection], Transaction],
        committed: Callable[[Sequence[Transaction]], None],
    ) -> None:
        self._engine = engine
        self._begun = begun
        self._committed = committed
        self._queue = SimpleQueue[_Job | None]()
        self._thread: threading.Thread | None = None

    async def run(self, verb: Callable[[Transaction], R]) -> R:
        """What `verb` returns or raises, once it is recorded.

        Whoever is cancelled before its turn has changed nothing; one that has begun is finished.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="store-write", daemon=True)
            self._thread.start()
        job = _Job(verb, asyncio.get_running_loop().create_future())
        self._queue.put(job)
        result: R = await job.future
        return result

    def close(self) -> None:
        """Finish what was asked for."""
        if self._thread:
            self._queue.put(None)
            self._thread.join()

    def _write(self) -> None:
        while (job := self._queue.get()) is not None:
            begun: list[_Job] = []
            try:
                with self._engine.begin() as connection:
                    for each in self._joining(job):
                        begun.append(each)
                        self._run(connection, each)
            except BaseException as error:  # noqa: BLE001  (whatever it is, somebody waits for it)
                begun = begun or [job]
                for each in begun:
                    each.error = each.error or error
            self._committed([each.tx for each in begun if each.tx and each.error is None])
            _answer(begun)

    def _joining(self, first: _Job) -> Iterator[_Job]:
        """The first, and whoever has come meanwhile; those who no longer wait are left out."""
        until = perf_counter() + _LONGEST_SECONDS
        if not first.future.cancelled():
            yield first
        while perf_counter() < until and not self._queue.empty():
            job = self._queue.get()
            if job is None:
                self._queue.put(None)  # the end comes after the commit
                return
            if not job.future.cancelled():
                yield job

    def _run(self, connection: Connection, job: _Job) -> None:
        """One verb in its savepoint.

        Raises:
            Exception: the database has given up the whole transaction (a full disk).
        """
        database = connection.connection.driver_connection
        assert database is not None
        database.execute("SAVEPOINT verb")
        job.tx = self._begun(connection)
        try:
            job.result = job.verb(job.tx)
        except BaseException as error:
            if not database.in_transaction:
                raise
            job.error = error
            database.execute("ROLLBACK TO verb")
        database.execute("RELEASE verb")


def _answer(jobs: list[_Job]) -> None:
    """Wake each event loop once."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.future.get_loop(), []).append(job)
    for loop, its in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, its)


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():  # cancelled meanwhile
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
