"""SQLite's one writer thread: verbs that wait at the same moment share a commit.

Nobody is answered before all of them are on disk. Where one fails nothing is kept, and each runs again
alone (docs/decisions/0002-one-writer-thread.md).
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
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


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, committed at the end."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # The write lock is taken before the first read, so no update is ever lost.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


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
            if job.future.cancelled():
                continue
            together = self._commit(job, self._joining())
            if len(together) > 1 and job.error is not None:
                for each in together:
                    self._commit(each)
            self._committed([each.tx for each in together if each.tx and each.error is None])
            _answer(together)

    def _joining(self) -> Iterator[_Job]:
        """Whoever has come meanwhile; those who no longer wait are left out."""
        until = perf_counter() + _LONGEST_SECONDS
        while perf_counter() < until and not self._queue.empty():
            job = self._queue.get()
            if job is None:
                self._queue.put(None)  # the end comes after the commit
                return
            if not job.future.cancelled():
                yield job

    def _commit(self, first: _Job, joining: Iterable[_Job] = ()) -> list[_Job]:
        """Run verbs in one transaction; those that ran. Where one fails, its error is that of all."""
        ran = []
        try:
            with writing(self._engine) as connection:
                for job in chain((first,), joining):
                    ran.append(job)
                    job.tx = self._begun(connection)
                    job.result, job.error = job.verb(job.tx), None
        except BaseException as error:  # noqa: BLE001  (whatever it is, somebody waits for it)
            ran = ran or [first]
            for job in ran:
                job.error = error
        return ran


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
