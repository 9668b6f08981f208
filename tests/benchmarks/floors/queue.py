"""The least a durable post needs: insert, claim, HTTP post, mark done. A commit each, SQLAlchemy Core."""

import asyncio
from collections.abc import Callable

import aiohttp
import sqlalchemy as sa

from tests.benchmarks.floors.writing import Writer, engine_for, metadata

posts = sa.Table(
    "bare_posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
)
_NEW = sa.insert(posts)
_NEXT = (
    sa.select(posts.c.id, posts.c.body)
    .where(posts.c.state == "pending")
    .order_by(posts.c.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE = sa.update(posts).where(posts.c.id.in_(sa.bindparam("ids", expanding=True))).values(state="taken")
_DONE = sa.update(posts).where(posts.c.id == sa.bindparam("one")).values(state="done")
_AT_ONCE = 16


class BareQueue:
    """Sends what was put in, so many at once."""

    def __init__(self, url: str, address: str, session: aiohttp.ClientSession) -> None:
        self._writer = Writer(engine_for(url))
        self._address = address
        self._session = session
        self._running: set[asyncio.Task[None]] = set()

    async def put(self, bodies: list[str]) -> None:
        rows = [{"body": body, "state": "pending"} for body in bodies]
        await self._writer.run(lambda connection: connection.execute(_NEW, rows))

    async def drain(self, until: Callable[[], bool]) -> None:
        """Claim and send until `until()`."""
        while not until():
            room = _AT_ONCE - len(self._running)
            batch = (
                await self._writer.run(lambda connection, room=room: _claim(connection, room)) if room else []
            )
            for number, body in batch:
                task = asyncio.create_task(self._send(number, body))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            if not batch and self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        if self._running:
            await asyncio.wait(self._running)

    async def _send(self, number: int, body: str) -> None:
        async with self._session.post(self._address, json={"text": body}) as answer:
            await answer.read()
        await self._writer.run(lambda connection: connection.execute(_DONE, {"one": number}))


def _claim(connection: sa.Connection, most: int) -> list[tuple[int, str]]:
    found = [(row.id, row.body) for row in connection.execute(_NEXT, {"most": most})]
    if found:
        connection.execute(_TAKE, {"ids": [number for number, _ in found]})
    return found
