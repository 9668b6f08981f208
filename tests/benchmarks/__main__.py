"""`make bench`: every figure on both databases, written to docs/performance.md.

`python -m tests.benchmarks [--quick] [NAME…]`: quick ones show that it works, and measure nothing. With names
(`calls`, `commands`, `in_progress`, `deliveries`, `size`, `past`) only those are measured, and nothing is written.
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
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Bench:
    """Every measure on one kind of database; `new` makes an empty one. Each gives what belongs together."""

    kind: str
    new: Callable[[], str]
    folder: Path
    effort: Effort

    def office(self) -> str:
        """A database with many people and no past."""
        return self._seeded(0, STAFF)

    def calls(self) -> list[Figure]:
        return asyncio.run(
            arriving.new_calls(self.kind, self.office(), self._bare(), self.folder, **self._turns())
        )

    def commands(self) -> list[Figure]:
        return asyncio.run(
            arriving.commands_taken(
                self.kind, self.office(), self._bare(), USERS, self.folder, **self._turns()
            )
        )

    def in_progress(self) -> list[Figure]:
        effort = self.effort
        return asyncio.run(
            arriving.in_progress(
                self.kind, self.office(), self.folder, calls=effort.calls, steps=effort.steps
            )
        )

    def deliveries(self) -> list[Figure]:
        peer = None if self.kind == "SQLite" else self.new()
        effort = {
            "calls": self.effort.times,
            "messages": self.effort.messages,
            "rounds": self.effort.rounds,
        }
        return asyncio.run(deliveries.measure(self.kind, self.office(), self.new(), peer, **effort))

    def size(self) -> list[Figure]:
        effort = {"rounds": self.effort.rounds, "calls": 10 * self.effort.calls}
        return asyncio.run(size.measure(self.kind, self.office(), self.folder, **effort))

    def past(self) -> list[Figure]:
        """Much past beside little, filled as anybody would fill it."""
        effort = self.effort
        words = f"{effort.past:,} past calls and {effort.staff:,} staff"
        few, many = (self._seeded(calls, effort.staff) for calls in (min(1000, effort.past), effort.past))
        return past.measure(self.kind, few, many, words, times=effort.times, today=effort.calls)

    def _seeded(self, calls: int, staff: int) -> str:
        url = self.new()
        command(url, self.folder, "seed", "--calls", str(calls), "--staff", str(staff))
        return url

    def _bare(self) -> tuple[str, str]:
        return self.new(), self.new()

    def _turns(self) -> dict[str, Any]:
        return {"rounds": self.effort.rounds, "seconds": self.effort.seconds}


MEASURES = ("calls", "commands", "in_progress", "deliveries", "size", "past")


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
    chosen = [name for name in MEASURES if name in arguments]
    quiet()
    began, figures = time.perf_counter(), []
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as kinds:
        benches = [Bench(kind, new, Path(name), effort) for kind, new in kinds.items()]
        for bench, measure in product(benches, chosen or MEASURES):
            found: list[Figure] = getattr(bench, measure)()
            figures += found
            if effort is FULL and not chosen:
                PAGE.write_text(page(figures), encoding="utf-8")
            for one in found:
                print(
                    f"{one.what} ({one.database}): {one.ours:.4g} {one.unit}, floor {one.floor:.4g}, ratio {one.ratio:.2f}",
                    flush=True,
                )
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
