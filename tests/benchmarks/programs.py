"""Programs under measurement: each a process of its own, asked how it is."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import free_port
from tests.support.processes import TORITSUGI

TWILIO_TOKEN = "twilio-token"
SLACK_SECRET = "slack-secret"
MAIN = "+81345671234"
TEAM = "T0SMILE"
NOBODY = "http://127.0.0.1:9/"  # platforms that are away: what is measured never waits for them


@dataclass
class Program:
    """A server on a port of the loopback."""

    process: subprocess.Popen[bytes]
    port: int
    seconds_to_start: float = 0.0

    @property
    def processor_seconds(self) -> float:
        """What it has used so far, its kernel time included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def mebibytes(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def environment(database_url: str, port: int) -> dict[str, str]:
    """All three platforms on."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TORITSUGI_SECRET": "a long random text for measurements",
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": SLACK_SECRET,
        "SLACK_API_URL": NOBODY,
        "LINE_CHANNEL_SECRET": "line-secret",
        "LINE_CHANNEL_ACCESS_TOKEN": "line-token",
        "LINE_API_URL": NOBODY,
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
        "TWILIO_API_URL": NOBODY,
    }


def command(database_url: str, folder: Path, *arguments: str) -> None:
    """Run one command of the product to its end."""
    subprocess.run(
        [TORITSUGI, *arguments],
        env=environment(database_url, 8000),
        cwd=folder,
        check=True,
        capture_output=True,
    )


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[Program]:
    """`toritsugi serve`."""
    port = free_port()
    with _running([str(TORITSUGI), "serve"], port, folder, environment(database_url, port)) as program:
        yield program


@contextmanager
def floor(name: str, folder: Path, *arguments: str) -> Iterator[Program]:
    """A bare program of `tests/benchmarks/floors`, given its port first."""
    port = free_port()
    line = [sys.executable, "-m", f"tests.benchmarks.floors.{name}", str(port), *arguments]
    root = str(Path(__file__).parents[2])
    with _running(line, port, folder, {"PATH": os.environ["PATH"], "PYTHONPATH": root}) as program:
        yield program


@contextmanager
def _running(line: Sequence[str], port: int, folder: Path, env: dict[str, str]) -> Iterator[Program]:
    log = folder / f"{port}.log"
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(line, env=env, cwd=folder, stdout=out, stderr=out)
    program = Program(process, port)
    try:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError(log.read_text()[-2000:])
            time.sleep(0.005)
        program.seconds_to_start = time.perf_counter() - began
        yield program
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return False  # not yet
    except OSError:
        return False
