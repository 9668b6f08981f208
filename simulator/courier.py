"""Carries a platform's requests to the product: in time or not, once or twice, in order or not."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product answered. Without a status it did not: `failure` is `timeout` or `connection`."""

    status: int | None = None
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is a 2xx."""
        return self.status is not None and 200 <= self.status < 300


class Courier:
    """Posts to the product. Open it with `async with`; what is under way is dropped at the end."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._held: list[Callable[[], Awaitable[Any]]] | None = None
        self.copies = 1  # how often every delivery is made, one after the other

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, limit: float) -> Answer:
        """One POST; an answer later than `limit` seconds counts as none."""
        if self._session is None:
            raise RuntimeError("the stand-in is not running")
        timeout = aiohttp.ClientTimeout(total=limit)
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return Answer(response.status, await response.text(errors="replace"), dict(response.headers))
        except TimeoutError:
            return Answer(failure="timeout")
        except aiohttp.ClientError:
            return Answer(failure="connection")

    async def deliver(self, send: Callable[[], Awaitable[Any]]) -> None:
        """Make a delivery now, `copies` times; or keep it until `release` while deliveries are held."""
        if self._held is not None:
            self._held.append(send)
            return
        for _ in range(self.copies):
            await send()

    def hold(self) -> None:
        """Keep every delivery from now on until `release`."""
        self._held = self._held or []

    async def release(self, *, reverse: bool = False, at_once: bool = False) -> None:
        """Deliver what was held: in order, in reverse, or all at the same time."""
        held, self._held = self._held or [], None
        if reverse:
            held.reverse()
        if at_once:
            await asyncio.gather(*(self.deliver(send) for send in held))
            return
        for send in held:
            await self.deliver(send)

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let work go on beside the caller; `settled` waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is under way; an error of such work is raised here."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
