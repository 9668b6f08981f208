"""A client that keeps a server busy: as many requests at once as connections, each after the answer to the last."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

MakeRequest = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Round:
    """What a server did: seconds that passed, seconds each answer took, and the processor's in all."""

    seconds: float
    latencies: list[float]
    processor: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


class BadAnswerError(Exception):
    """A server answered otherwise than by 200: nothing was measured."""


async def drive(
    port: int, make: MakeRequest, *, connections: int, seconds: float = 0.0, requests: int = 0
) -> Round:
    """Send what `make` makes until the time is over and so many were answered."""
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    drivers = [
        (await loop.create_connection(lambda: _Driver(make, until, latencies, requests), "127.0.0.1", port))[
            1
        ]
        for _ in range(connections)
    ]
    await asyncio.gather(*(driver.done for driver in drivers))
    return Round(time.perf_counter() - began, latencies)


class _Driver(asyncio.Protocol):
    def __init__(self, make: MakeRequest, until: float, latencies: list[float], requests: int) -> None:
        self._make = make
        self._until = until
        self._latencies = latencies
        self._requests = requests
        self._received = b""
        self._sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self._end(BadAnswerError(self._received[:400].decode("utf-8", "replace")))
            return
        now = time.perf_counter()
        self._latencies.append(now - self._sent_at)
        if now < self._until or len(self._latencies) < self._requests:
            self._send()
        else:
            self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(BadAnswerError("the connection broke"))

    def _send(self) -> None:
        self._received = b""
        request = self._make()
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(None)
        self._transport.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def post(port: int, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A form's POST as it goes over the wire."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
