"""Figures beside their floors, as a table for people."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_HEAD = """# Performance

Written by `make bench`: each figure beside a program that does the least that must be done, in the same run on the same machine, in turns.
Absolute figures say little (a shared machine, the client on it too); ratios say whether a goal is met. The programs stand in
`tests/benchmarks/floors/`; nothing in the test suite asserts a time.

"""

_NOTES = """How it is measured:

- **New call** and **`/away`**: sixteen connections, rounds of a second in turns; the ratio is the median of those of neighbouring rounds; `toritsugi serve` as it is run,
  with its log and its jobs. The bare program verifies the signature, reads one indexed row and commits one; bare Bolt runs our
  statements on tables like ours. Both by SQLAlchemy Core and one writer thread on SQLite, and as durable as ours. On SQLite there are two of each: one commits
  each request alone, one shares a commit among those that wait, as our store does.
- **Calls in progress**: each says something every one to three seconds, or holds and is asked again.
- **Deliveries**: one stub takes what is posted; the floor inserts, claims, posts and marks, a commit each. Ours begins with the platform's word
  that a call has ended, and also works out what the message is, who gets it and when they are reminded. A message leaves with the commit that
  writes it; of many at once each turn of the sender records some and claims the next. Throughput is the median of rounds in turns. Every clock
  stops when the post arrives; what is recorded after it counts for neither. (Until 2026-11-22 the floor's and procrastinate's ran on to the end
  of theirs, which slowed them.)
- **Start and memory**: beside a program that imports the same SDKs and serves one route, in turns, the least of the rounds. Memory is what is
  resident, shared pages of libraries included in both; a SQLite file is read, not mapped. The program beside it imports all the SDKs; ours
  loads LINE's (27 MiB) only where somebody is in LINE, and here nobody is: with it the two are alike.
- **The past**: two databases of `toritsugi seed` with as many people, one with a thousand calls. The clock stands nine days later, on a day with the same calls
  in both: a digest is as long as its days, not as the past. *voice* is a whole call in the database, from arrival to message.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `ours` and `floor` are in `unit`; `goal` is the bound of their ratio, `more` where more is better."""

    what: str
    database: str
    unit: str
    ours: float
    floor: float
    goal: float
    more: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def met(self) -> bool:
        return self.ratio >= self.goal if self.more else self.ratio <= self.goal


def page(figures: Iterable[Figure]) -> str:
    """The whole of docs/performance.md."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    load = f"{os.getloadavg()[2]:.0f} programs running or waiting on average"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {load}.\n",
        "| what | database | ours | floor | ratio | goal | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures:
        bound = f"{'≥' if one.more else '≤'} {one.goal:g}"
        lines.append(
            f"| {one.what} | {one.database} | {one.ours:,.4g} {one.unit} | {one.floor:,.4g} {one.unit} "
            f"| {one.ratio:.2f} | {bound} | {'met' if one.met else '**missed**'} |"
        )
    return _HEAD + "\n".join(lines) + "\n\n" + _NOTES
