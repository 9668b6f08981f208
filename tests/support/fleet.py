"""Two `serve` processes on one PostgreSQL behind one address, as behind a load balancer."""

import asyncio
import contextlib
import itertools
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.postgres import free_port
from tests.support.processes import Deployment, eventually


class Fleet(Deployment):
    """Requests go to the processes in turn; one that is gone is passed over."""

    size = 2
    connection = "#rc=2&rp=5xx,ct,rt"  # as docs/twilio.md has the number's addresses end

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.ports = [free_port() for _ in range(self.size)]
        self._spawning = self.ports[0]
        self._turn = itertools.count()
        self._open: Counter[int] = Counter()  # connections by process
        self._taken: Counter[int] = Counter()  # the same, with those that are over

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Fleet"]:
        front = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)
        async with front, super().running():
            yield self

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"PORT": str(self._spawning)}

    async def start(self) -> subprocess.Popen[bytes]:
        """Start the processes and wait until each listens."""
        for port in self.ports:
            self._spawning = port
            self.spawn("serve")
        for port in self.ports:
            await eventually(lambda port=port: port in self.listening(), f"{port} listens", within=90)
        return self.processes[-1]

    async def kill(self) -> None:
        """`kill -9` one of them; whoever was connected with it has noticed."""
        await super().kill()
        await eventually(lambda: not self._open[self.ports[-1]], "its connections are closed")

    async def kill_with_a_request_in_it(self) -> None:
        """`kill -9` one of them while somebody waits for its answer."""
        self.processes[-1].send_signal(signal.SIGSTOP)
        before = self._taken[self.ports[-1]]
        await eventually(lambda: self._taken[self.ports[-1]] > before, "a request has come to it")
        await self.kill()

    def listening(self) -> list[int]:
        """The processes that take connections now."""
        found = []
        for port in self.ports:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    found.append(port)
        return found

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Bring a connection to the process whose turn it is, or to the next that takes connections.

        As load balancers do with what is not idempotent: a request that a process took with it is not
        sent a second time. Its sender sees the connection break, and Twilio asks again.
        """
        first = next(self._turn)
        for offset in range(len(self.ports)):
            port = self.ports[(first + offset) % len(self.ports)]
            try:
                there, back = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self._open[port] += 1
            self._taken[port] += 1
            try:
                await asyncio.gather(_pump(reader, back), _pump(there, writer))
            finally:
                self._open[port] -= 1
            return
        writer.close()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    sink.close()
