"""HTTP as uvicorn speaks it, with a bound on how long and how large a request may come in.

The parser itself takes headers without end, and waits for a body for ever. The size of bodies is bounded
where they are read (handlers/bodies.py).
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Twice what common reverse proxies let pass."""
HEAD_SECONDS = 15.0
BODY_SECONDS = 20.0
"""From the headers' end to the body's: the platforms themselves give up an answer after fifteen."""


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose headers are too long, or whose request does not come to an end."""

    _head_bytes = 0
    _in_head = True
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._calm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self._give_up()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._wait(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        self._wait(BODY_SECONDS)
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._calm()
        self._in_head, self._head_bytes = True, 0
        super().on_message_complete()

    def _wait(self, seconds: float) -> None:
        """Give up unless the next part of the request has come by then."""
        self._calm()
        self._patience = self.loop.call_later(seconds, self._give_up)

    def _calm(self) -> None:
        if self._patience:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self._in_head:
            self.send_400_response("The headers are too long or too slow.")
        else:
            self.transport.close()  # whoever reads the body finds that its sender is gone
