"""Databases of their own for tests that break them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.databases import drop_postgres, postgres_copy, postgres_template
from tests.support.postgres import Server, postgres_bin, postgres_server
from tests.support.processes import Deployment


@pytest.fixture
def own_server(postgres: str) -> Iterator[Server]:
    """A PostgreSQL server for this test alone, to be stopped and started; skipped where the others are."""
    programs = postgres_bin()
    assert programs is not None, "the shared server runs"
    with postgres_server(programs) as server:
        postgres_template(server.url)
        yield server


@pytest_asyncio.fixture
async def on_sqlite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Deployment]:
    """One `serve` on SQLite."""
    async with Deployment(sqlite_url, tmp_path).running() as running:
        yield running


@pytest_asyncio.fixture
async def on_postgres(postgres: str, tmp_path: Path) -> AsyncIterator[Deployment]:
    """A `serve` and a `worker` on PostgreSQL."""
    url = postgres_copy(postgres)
    async with Deployment(url, tmp_path).running() as running:
        running.spawn("worker")
        yield running
    drop_postgres(url)
