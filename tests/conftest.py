"""Fixtures for every test: databases, the world, and the rule that a logged error fails."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings

from tests.support.databases import (
    drop_postgres,
    postgres_copy,
    postgres_template,
    sqlite_copy,
    sqlite_template,
)
from tests.support.postgres import postgres_bin, postgres_server

# Timing says nothing on a busy machine. In CI the same examples every time: a red run can be repeated.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

MISSING: dict[str, str] = {}
"""What this machine lacks for the whole suite, and what to do about it; said in the last lines."""


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server with a migrated template; its absence is named at the end, and an error in CI."""
    programs = postgres_bin()
    if programs is None:
        lacking("PostgreSQL", "install it (Debian: apt-get install postgresql) to run the tests on it")
    with postgres_server(programs) as server:
        postgres_template(server.url)
        yield server.url


def lacking(what: str, cure: str) -> None:
    """A part of the suite cannot run here: an error in CI, else a skip that the last lines name."""
    MISSING[what] = cure
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: {cure}", pytrace=False)
    pytest.skip(f"{what} is missing")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind, as DATABASE_URL names it."""
    if request.param == "sqlite":
        yield sqlite_copy(request.getfixturevalue("sqlite_file"), tmp_path)
        return
    url = postgres_copy(request.getfixturevalue("postgres"))
    yield url
    drop_postgres(url)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty PostgreSQL database, for what needs several processes."""
    url = postgres_copy(postgres)
    yield url
    drop_postgres(url)


@pytest.fixture
def sqlite_url(sqlite_file: Path, tmp_path: Path) -> str:
    """An empty SQLite database, for what does not depend on the database."""
    return sqlite_copy(sqlite_file, tmp_path)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[dict[str, object]]]:
    """What was logged; an error fails the test unless it was taken out of the list as expected."""
    with structlog.testing.capture_logs([structlog.processors.format_exc_info]) as lines:
        yield lines
    errors = [line for line in lines if line["log_level"] in ("error", "critical")]
    told = "\n".join(f"{line}\n{line.get('exception', '')}" for line in errors)
    assert not errors, f"errors were logged: {told}"


@pytest_asyncio.fixture
async def world(database_url: str) -> AsyncIterator["object"]:
    """The whole system with its peers, on both databases."""
    from tests.support.world import World

    async with World(database_url).running() as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, cure in MISSING.items():
        terminalreporter.write_line(f"NOT RUN without {what}: {cure}", yellow=True)
