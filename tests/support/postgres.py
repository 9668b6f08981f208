"""A PostgreSQL server of the tests' own: in a temporary folder, on a free port, gone afterwards."""

import contextlib
import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def postgres_bin() -> Path | None:
    """Where PostgreSQL's programs are on this machine; None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return versions[-1].parent if versions else None


class Server:
    """A PostgreSQL server that is stopped and started again; its data stay."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._durable = durable
        # PostgreSQL refuses to run as root.
        self._user = _other_user() if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="toritsugi-pg-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._port = free_port()
        self._data = str(self._folder / "data")
        self._run("initdb", "-D", self._data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        """Its address without a database."""
        return f"postgresql://test@127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        log = str(self._folder / "log")
        self._run(
            "pg_ctl",
            "-D",
            self._data,
            "-w",
            "-l",
            log,
            "-o",
            f"{options} -c fsync={'on' if self._durable else 'off'}",
            "start",
        )

    def stop(self, mode: str = "fast") -> None:
        """`fast` cuts every connection; `immediate` is a crash, after which it repairs itself."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", mode, "stop")

    def remove(self) -> None:
        """Throw everything away."""
        with contextlib.suppress(subprocess.CalledProcessError):  # it may be stopped already
            self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if self._user:
            command = ["runuser", "-u", self._user, "--", *command]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder)


@contextmanager
def postgres_server(programs: Path, *, durable: bool = False) -> Iterator[Server]:
    """A server that runs while the context lasts; `durable` where a commit is to cost what it costs."""
    server = Server(programs, durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def free_port() -> int:
    """A port that nobody listens on, below those that systems give to connections: it stays free till used."""
    while True:
        port = random.randrange(15000, 32000)
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("no user but root to run PostgreSQL as")
