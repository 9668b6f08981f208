"""What every stand-in needs of HTTP: a server on the loopback only, and faults to order.

A fault is ordered for one method of a platform's API (`chat.postMessage`, `push`, …) and meets the
next calls of it. The kinds, and what the caller of the API experiences:

| kind | experience |
| --- | --- |
| `rate_limit` | 429 with `Retry-After` (seconds); nothing happened |
| `error` | the given status, 500 unless told; nothing happened |
| `garbage` | 200 with a body that is no JSON; nothing happened |
| `silence` | no answer, ever; nothing happened |
| `break` | the connection breaks; nothing happened |
| `slow` | it happens, and is answered, only after `seconds` |
| `answer` | the given status and JSON body; nothing happened |
| `accept_then_break` | it happened, the connection breaks before the answer |
| `accept_then_silence` | it happened, no answer ever comes |
| `accept_then_error` | it happened, the answer is an error |
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Now = Callable[[], datetime]
FaultKind = Literal[
    "rate_limit",
    "error",
    "garbage",
    "silence",
    "break",
    "slow",
    "answer",
    "accept_then_break",
    "accept_then_silence",
    "accept_then_error",
]

LOOPBACK = "127.0.0.1"
_IN_FLIGHT = timedelta(seconds=0.25)  # a call sent before the 429 was read is nobody's mistake


def system_now() -> datetime:
    """The machine's time, aware, in UTC; a test may give a stand-in another clock."""
    return datetime.now(UTC)


@asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on the loopback while the context lasts; yields `http://127.0.0.1:PORT`.

    Port 0 takes a free one. Raises OSError where the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port)
        await site.start()
        host, bound = runner.addresses[0][:2]
        yield f"http://{host}:{bound}"
    finally:
        await runner.cleanup()


def is_loopback(address: str) -> bool:
    """Whether a URL or a Host header names this machine only."""
    host = urlsplit(address if "//" in address else f"//{address}").hostname
    return host in {"localhost", LOOPBACK, "::1"}


def loopback_only(handler: Handler) -> Handler:
    """Refuse what a foreign web page could make a browser send: another Host or Origin than loopback."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not is_loopback(request.host) or (origin is not None and not is_loopback(origin)):
            raise web.HTTPForbidden(text="this control is for this machine only")
        return await handler(request)

    return guarded


@dataclass(slots=True)
class Fault:
    """One fault to order. `times`: how many calls it meets, None for all until `Faults.clear`."""

    kind: FaultKind
    times: int | None = 1
    retry_after: int = 1
    status: int = 500
    seconds: float = 1.0
    body: str = "{}"

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(get_args(FaultKind))}")


class Faults:
    """The faults ordered, by method; `answer` lets them happen around the true handler."""

    def __init__(self, *, rate_limited: str, failed: str, problems: list[str], now: Now = system_now) -> None:
        """`rate_limited` and `failed` are the platform's JSON bodies of a 429 and of a 5xx."""
        self._rate_limited = rate_limited
        self._failed = failed
        self._problems = problems
        self._now = now
        self._ordered: dict[str, list[Fault]] = {}
        self._over = asyncio.Event()
        self._limits: dict[str, tuple[int, timedelta, deque[datetime]]] = {}
        self._limited: dict[str, tuple[datetime, datetime]] = {}

    def order(
        self,
        method: str,
        kind: FaultKind,
        *,
        times: int | None = 1,
        retry_after: int = 1,
        status: int = 500,
        seconds: float = 1.0,
        body: str = "{}",
    ) -> None:
        """Let the next `times` calls of a method meet a fault, after those ordered before."""
        fault = Fault(kind, times, retry_after, status, seconds, body)
        self._ordered.setdefault(method, []).append(fault)

    def limit(self, method: str, calls: int, *, seconds: int = 60) -> None:
        """Answer 429 to what goes beyond so many calls in any such span, until `clear`."""
        self._limits[method] = (calls, timedelta(seconds=seconds), deque())

    def clear(self, method: str | None = None) -> None:
        """Call off what is ordered, for one method or for all."""
        for name in {*self._ordered, *self._limits} if method is None else {method}:
            self._ordered.pop(name, None)
            self._limits.pop(name, None)

    def end_silence(self) -> None:
        """Break the connections that are left without an answer, and those to come: the end of a test."""
        self._over.set()

    async def answer(self, method: str, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The handler's answer, or what the next fault ordered makes of it."""
        self._check_patience(method)
        fault = self._take(method)
        if fault is None:
            wait = self._wait(method)
            return self._refuse(method, wait) if wait else await handler(request)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return await handler(request)
        if fault.kind.startswith("accept"):
            await handler(request)
        if fault.kind.endswith("silence"):
            await self._over.wait()  # or until the caller hangs up, or the server stops
            return _broken(request)
        if fault.kind.endswith("break"):
            return _broken(request)
        if fault.kind == "rate_limit":
            return self._refuse(method, fault.retry_after)
        if fault.kind == "answer":
            return web.Response(status=fault.status, text=fault.body, content_type="application/json")
        if fault.kind == "garbage":
            return web.Response(text="<html><body>upstream is unwell", content_type="text/html")
        return web.Response(status=fault.status, text=self._failed, content_type="application/json")

    def _refuse(self, method: str, retry_after: int) -> web.Response:
        """A 429; that the caller then waits is checked."""
        now = self._now()
        self._limited[method] = (now, now + timedelta(seconds=retry_after))
        return web.Response(
            status=429,
            text=self._rate_limited,
            content_type="application/json",
            headers={"Retry-After": str(retry_after)},
        )

    def _wait(self, method: str) -> int:
        """Whole seconds until a limited method may be called again; 0 where it may be now, which counts."""
        calls, span, made = self._limits.get(method, (0, timedelta(), deque()))
        if not calls:
            return 0
        now = self._now()
        while made and now - made[0] >= span:
            made.popleft()
        if len(made) >= calls:
            return math.ceil((made[0] + span - now).total_seconds())
        made.append(now)
        return 0

    def _take(self, method: str) -> Fault | None:
        for fault in self._ordered.get(method, []):
            if fault.times is None:
                return fault
            if fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def _check_patience(self, method: str) -> None:
        told, until = self._limited.get(method, (None, None))
        if told is None or until is None:
            return
        now = self._now()
        if told + _IN_FLIGHT < now < until:
            left = (until - now).total_seconds()
            self._problems.append(f"{method}: called again {left:.1f} s before Retry-After was over")
        if now >= until:
            del self._limited[method]


def _broken(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
