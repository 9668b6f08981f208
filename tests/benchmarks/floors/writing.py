"""What the bare programs have in place of our store: SQLAlchemy Core, as few statements as can be.

On SQLite one thread writes, a commit each or (`shares`) one for what has come meanwhile; on PostgreSQL as
many threads as ours, a commit each. As durable as ours: WAL and synchronous=FULL, fsync as the server has it.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import sqlalchemy as sa

Work = Callable[[sa.Connection], Any]
Waiting = tuple[asyncio.Future[Any], Work]

metadata = sa.MetaData()
people = sa.Table(
    "bare_people",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)
events = sa.Table(
    "bare_events",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)


def engine_for(url: str) -> sa.Engine:
    """An engine as durable as ours, with the two tables."""
    address = url.replace("postgresql://", "postgresql+psycopg://")
    if not url.startswith("sqlite"):
        engine = sa.create_engine(address, pool_size=8, max_overflow=0)
    else:
        engine = sa.create_engine(
            address, poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False}
        )

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    metadata.create_all(engine)
    return engine


class Writer:
    """Runs functions of a connection, and answers once they are on disk."""

    def __init__(self, engine: sa.Engine, *, shares: bool = False) -> None:
        self._engine = engine
        self._shares = shares
        self._queue = SimpleQueue[Waiting]()
        self._threads = ThreadPoolExecutor(1 if engine.dialect.name == "sqlite" else 8)
        if self._shares:
            threading.Thread(target=self._write, daemon=True).start()

    async def run(self, work: Work) -> Any:
        loop = asyncio.get_running_loop()
        if not self._shares:
            return await loop.run_in_executor(self._threads, self._alone, work)
        done: asyncio.Future[Any] = loop.create_future()
        self._queue.put((done, work))
        return await done

    def _alone(self, work: Work) -> Any:
        with self._engine.begin() as connection:
            return work(connection)

    def _write(self) -> None:
        while True:
            batch = [self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get())
            with self._engine.begin() as connection:
                results = [(done, work(connection)) for done, work in batch]
            batch[0][0].get_loop().call_soon_threadsafe(_tell, results)


def _tell(results: list[tuple[asyncio.Future[Any], Any]]) -> None:
    for done, result in results:
        done.set_result(result)
