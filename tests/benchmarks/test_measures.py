"""That every measure still runs, in its smallest form: what it finds there means nothing."""

import asyncio
from pathlib import Path

import pytest

from tests.benchmarks import arriving, deliveries, past
from tests.benchmarks.programs import command
from tests.benchmarks.results import Figure, page


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> str:
    command(sqlite_url, tmp_path, "seed", "--calls", "60", "--staff", "5")
    return sqlite_url


def test_calls_beside_the_bare_program(office: str, tmp_path: Path) -> None:
    bare = (f"sqlite:///{tmp_path}/alone.db", f"sqlite:///{tmp_path}/shared.db")
    figures = asyncio.run(arriving.new_calls("SQLite", office, bare, tmp_path, rounds=1, seconds=0.2))
    assert all(one.ours > 0 and one.floor > 0 for one in figures)


def test_deliveries_beside_the_bare_queue(office: str, tmp_path: Path) -> None:
    bare = f"sqlite:///{tmp_path}/bare.db"
    figures = asyncio.run(deliveries.measure("SQLite", office, bare, None, calls=1, messages=5, rounds=1))
    assert all(one.ours > 0 and one.floor > 0 for one in figures)


def test_the_past(office: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    command(other, tmp_path, "seed", "--calls", "10", "--staff", "5")
    figures = past.measure("SQLite", other, office, "60 calls", times=1, today=2)
    assert len(figures) == 4


def test_the_page_says_what_is_met_and_what_is_not() -> None:
    written = page(
        [Figure("a", "SQLite", "ms", 3, 2, 1.3), Figure("b", "SQLite", "/s", 3, 2, 0.5, more=True)]
    )
    assert "| a | SQLite | 3 ms | 2 ms | 1.50 | ≤ 1.3 | **missed** |" in written
    assert "| b | SQLite | 3 /s | 2 /s | 1.50 | ≥ 0.5 | met |" in written
