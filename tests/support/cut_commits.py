"""PostgreSQL behind a wire that breaks at one commit: before the server has it, or before its answer is here.

Threads of its own: what is tested may keep its event loop busy meanwhile.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class Wire:
    """Passes everything on, until the transaction that was named commits. `url` is the database by it."""

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._server = there.hostname, there.port
        self._front = socket.create_server(("127.0.0.1", 0))
        self.url = there._replace(
            netloc=f"{there.username}@127.0.0.1:{self._front.getsockname()[1]}"
        ).geturl()
        self.cuts = 0
        self._marker: bytes | None = None
        self._counts = False
        self._threads: list[threading.Thread] = []

    def cut_the_commit_of(self, text: str, *, counts: bool) -> None:
        """The next transaction that writes `text` loses its connection as it commits.

        `counts`: the server has the commit, and only its answer is lost.
        """
        self._marker, self._counts = text.encode(), counts

    @contextmanager
    def stretched(self) -> Iterator["Wire"]:
        """Take connections; at the end each has been closed by its client."""
        self._start(self._accept)
        try:
            yield self
        finally:
            self._front.shutdown(socket.SHUT_RDWR)
            self._front.close()
            for thread in self._threads:
                thread.join(20)

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the front is closed: it is over
            while True:
                client, _ = self._front.accept()
                self._start(self._pass_on, client)

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._server) as server:
            self._start(self._answer, server, client)
            meant = False
            with contextlib.suppress(OSError):
                while data := client.recv(65536):
                    meant = meant or (self._marker is not None and self._marker in data)
                    if meant and b"COMMIT" in data:
                        self._cut(client, server, data)
                        return
                    server.sendall(data)
                server.shutdown(socket.SHUT_WR)

    def _cut(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        self.cuts, self._marker = self.cuts + 1, None
        client.shutdown(socket.SHUT_RDWR)  # whatever is answered, it does not arrive
        if self._counts:
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
        while server.recv(65536):
            pass

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
