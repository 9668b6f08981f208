"""The product as people run it: its own commands in processes of their own, told of the stand-ins."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

REAL = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "LINE_CHANNEL_SECRET",
    "LINE_CHANNEL_ACCESS_TOKEN",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
)
"""What opens a real account; where one is set nothing here may run."""

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV", "TMPDIR")
_START_SECONDS = 60.0
_STOP_SECONDS = 12.0
_LAST_LINES = 12


class ProductError(Exception):
    """The product did not do what the demo needs; the text says what it said."""


def real_credentials(environment: Mapping[str, str], folder: Path) -> list[str]:
    """The names of real credentials in the environment or in the folder's `.env`."""
    found = {name for name in REAL if environment.get(name)}
    file = folder / ".env"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else []:
        name, _, value = line.removeprefix("export ").partition("=")
        if value.strip().strip("'\""):
            found.add(name.strip().upper())
    return [name for name in REAL if name in found]


class Product:
    """One deployment of the product: a folder with its database and its environment."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """`folder` must have no `.env`; `environment` is all the product is told."""
        self._folder = folder
        self._log = folder / "serve.log"
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._environment = kept | {"PYTHONUNBUFFERED": "1"} | dict(environment)

    async def run(self, *arguments: str) -> str:
        """What a command prints.

        Raises:
            ProductError: it failed; with what it said.
        """
        process = await asyncio.create_subprocess_exec(
            *(_program(), *arguments),
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complaint = await process.communicate()
        if process.returncode:
            raise ProductError(f"toritsugi {arguments[0]}: {complaint.decode().strip()}")
        return printed.decode()

    @asynccontextmanager
    async def serving(self, base_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """`toritsugi serve`, ready; stopped at the end.

        Raises:
            ProductError: it does not get ready.
        """
        with self._log.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(_program(), "serve"),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C is ours; we stop it in order
            )
        try:
            await self._ready(process, f"{base_url}/readyz")
            yield process
        finally:
            await _stopped(process)

    def last_words(self) -> str:
        """The end of the log of `serve`."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])

    async def _ready(self, process: asyncio.subprocess.Process, url: str) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _START_SECONDS
        async with aiohttp.ClientSession() as session:
            while loop.time() < deadline:
                if process.returncode is not None:
                    raise ProductError(f"toritsugi serve ended at its start:\n{self.last_words()}")
                try:
                    async with session.get(url) as answer:
                        if answer.ok:
                            return
                except aiohttp.ClientError:
                    pass  # not listening yet
                await asyncio.sleep(0.05)
        raise ProductError(f"toritsugi serve is not ready after {_START_SECONDS:g} s:\n{self.last_words()}")


def _program() -> str:
    beside = Path(sys.executable).with_name("toritsugi")
    found = str(beside) if beside.exists() else shutil.which("toritsugi")
    if found is None:
        raise ProductError("the command toritsugi is not installed here; run `make setup` first")
    return found


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
