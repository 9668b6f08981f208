"""A million calls of the past: what is asked every minute of the day takes as long as with a thousand.

Both databases are filled by `toritsugi seed`; the clock then stands nine days later, on a day with the same
two hundred calls in both, so that a digest has as much to tell.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from statistics import median
from typing import Any

from bot.clock import SettableClock, SystemClock
from bot.digests.figures import Period, figures_of
from bot.office.roster import roster_of
from bot.reception.calls import Arrival, take_step
from bot.reception.events import Said
from bot.reception.filing import end_call
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.slack.desk import SlackUser, take_command
from handlers.voice.caller import _receive
from tests.benchmarks.results import Figure

_LATER = timedelta(days=9)
_made = count()
_TEAM = "T0SMILE"


class Office:
    """One seeded database on its later day."""

    def __init__(self, url: str, today: int) -> None:
        self._store = Store(
            url.replace("postgresql://", "postgresql+psycopg://"), SettableClock(SystemClock().now() + _LATER)
        )
        for _ in range(today):
            self.voice()

    def voice(self) -> None:
        """A call from its beginning to its message."""
        sid = f"CB{next(_made):032x}"
        arrival = Arrival(sid=sid, from_="+81310000077", to="+81345671234")
        reply = self._store.run_now(_receive, arrival)
        assert reply is not None
        said = Said(text="みどり工業の江川です。栗本さんお願いします")
        self._store.run_now(_with_roster, take_step, reply.call, reply.step, said)
        self._store.run_now(
            lambda tx: end_call(tx, roster_of(tx, "smile"), sid, status="completed", seconds=60)
        )

    def status(self) -> None:
        who = SlackUser(_TEAM, f"U0{1 + next(_made) % 900:08d}")
        self._store.run_now(take_command, who, "away", "15時帰社", f"k{next(_made)}")

    def board(self) -> None:
        self._store.run_now(take_command, SlackUser(_TEAM, "U0KURIMOTO"), "whereis", "", f"k{next(_made)}")

    def digest(self) -> None:
        self._store.read_now(_digest)

    def close(self) -> None:
        self._store.close()


def _with_roster(tx: Transaction, verb: Callable[..., Any], *arguments: Any) -> Any:
    return verb(tx, roster_of(tx, "smile"), *arguments)


def _digest(tx: Transaction) -> None:
    roster = roster_of(tx, "smile")
    today = tx.now.astimezone(roster.zone).date()
    figures = figures_of(tx, roster, Period(today, today))
    assert figures.totals.calls


def measure(kind: str, small: str, big: str, words: str, *, times: int, today: int) -> list[Figure]:
    """Medians in milliseconds with much past (`words`) beside those with little, in turns."""
    little, much = Office(small, today), Office(big, today)
    found = []
    for what in ("voice", "status", "board", "digest"):
        taken: dict[Office, list[float]] = {little: [], much: []}
        for number in range(times + 1):
            for office in (little, much):
                began = time.perf_counter()
                getattr(office, what)()
                if number:
                    taken[office].append(time.perf_counter() - began)
        ours, floor = median(taken[much]) * 1000, median(taken[little]) * 1000
        found.append(Figure(f"{what} with {words}", kind, "ms", ours, floor, 1.3))
    little.close()
    much.close()
    return found
