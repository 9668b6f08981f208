"""`make bench`: every figure on both databases, written to docs/performance.md.

`python -m tests.benchmarks [--quick]`: quick ones show that it works, and measure nothing.
"""

import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

import structlog

from tests.benchmarks import arriving, deliveries, past, size
from tests.benchmarks.programs import command
from tests.benchmarks.results import Figure, page
from tests.support.databases import run_on
from tests.support.postgres import postgres_bin, postgres_server

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
STAFF = 500
USERS = ["U0KURIMOTO", *(f"U0{number:08d}" for number in range(1, STAFF))]
_made = count()


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: float
    calls: int
    steps: int
    messages: int
    times: int
    past: int
    staff: int


FULL = Effort(rounds=5, seconds=1.0, calls=200, steps=6, messages=500, times=30, past=1_000_000, staff=5000)
QUICK = Effort(rounds=1, seconds=0.1, calls=5, steps=2, messages=20, times=1, past=300, staff=STAFF)


def measure(kind: str, new: Callable[[], str], folder: Path, effort: Effort) -> Iterator[list[Figure]]:
    """Every figure on one kind of database; `new` makes an empty one. Those of a kind come together."""

    def office() -> str:
        url = new()
        command(url, folder, "seed", "--calls", "0", "--staff", str(STAFF))
        return url

    url, turns = office(), {"rounds": effort.rounds, "seconds": effort.seconds}
    yield asyncio.run(arriving.new_calls(kind, url, (new(), new()), folder, **turns))
    yield asyncio.run(arriving.commands_taken(kind, url, (new(), new()), USERS, folder, **turns))
    yield asyncio.run(arriving.in_progress(kind, url, folder, calls=effort.calls, steps=effort.steps))
    peer = None if kind == "SQLite" else new()
    yield asyncio.run(
        deliveries.measure(kind, office(), new(), peer, calls=effort.times, messages=effort.messages)
    )
    yield asyncio.run(size.measure(kind, office(), folder, rounds=effort.rounds, calls=10 * effort.calls))


def measure_past(kind: str, new: Callable[[], str], folder: Path, effort: Effort) -> Iterator[list[Figure]]:
    """Much past beside little, filled as anybody would fill it."""
    words = f"{effort.past:,} past calls and {effort.staff:,} staff"
    few, many = new(), new()
    for url, calls in ((few, min(1000, effort.past)), (many, effort.past)):
        command(url, folder, "seed", "--calls", str(calls), "--staff", str(effort.staff))
    yield past.measure(kind, few, many, words, times=effort.times, today=effort.calls)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """How an empty database of each kind that this machine has is made."""
    kinds = {"SQLite": lambda: f"sqlite:///{folder}/{next(_made)}.db"}
    programs = postgres_bin()
    if programs is None:
        yield kinds
        return
    with postgres_server(programs, durable=True) as server:

        def new() -> str:
            name = f"bench_{next(_made)}"
            run_on(server.url, f"CREATE DATABASE {name}")
            return f"{server.url}/{name}"

        yield kinds | {"PostgreSQL": new}


def quiet() -> None:
    """Only what goes wrong is said."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def main(arguments: list[str]) -> None:
    effort = QUICK if "--quick" in arguments else FULL
    quiet()
    began, figures = time.perf_counter(), []
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as kinds:
        for one_measure, (kind, new) in product((measure, measure_past), kinds.items()):
            for found in one_measure(kind, new, Path(name), effort):
                figures += found
                if effort is FULL:
                    PAGE.write_text(page(figures), encoding="utf-8")
                for one in found:
                    print(
                        f"{one.what} ({one.database}): {one.ours:.4g} {one.unit}, floor {one.floor:.4g}, ratio {one.ratio:.2f}",
                        flush=True,
                    )
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
