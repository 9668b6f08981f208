"""What happens in a stand-in, told to those who wait for it: tests, and pages on an event stream."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from aiohttp import web

T = TypeVar("T")
_HEARTBEAT = 15.0  # seconds between comments on a quiet stream, so that a dead page is noticed


class Changes:
    """A bell: rung at every change, with what changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self._streams: set[asyncio.Queue[dict[str, Any]]] = set()

    def tell(self, what: str, **about: Any) -> None:
        """Something changed: wake those who wait; streams get `{"what": what, …}`, which must be JSON."""
        for event in self._waiting:
            event.set()
        for queue in self._streams:
            queue.put_nowait({"what": what, **about})

    async def until(self, look: Callable[[], T | None], within: float) -> T | None:
        """What `look` finds, as soon as it finds something; None after `within` seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while True:
                event.clear()
                found = look()
                left = deadline - loop.time()
                if found is not None or left <= 0:
                    return found
                try:
                    await asyncio.wait_for(event.wait(), left)
                except TimeoutError:
                    return look()
        finally:
            self._waiting.discard(event)

    @contextmanager
    def followed(self) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """Every change from now on, in order, until the block ends."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._streams.add(queue)
        try:
            yield queue
        finally:
            self._streams.discard(queue)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events, one JSON object each, until the reader goes."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"},
        )
        try:
            with self.followed() as queue:
                await response.prepare(request)
                await response.write(b": open\n\n")
                while True:
                    try:
                        change = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                        line = f"data: {json.dumps(change, ensure_ascii=False)}\n\n"
                    except TimeoutError:
                        line = ": still here\n\n"
                    await response.write(line.encode())
        except ConnectionResetError:
            return response
