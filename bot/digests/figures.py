"""Calls, messages and promises of some days in figures, for managers.

Instants are aware; days are the office's, both ends included.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.tables import messages
from bot.office.numbers import is_withheld
from bot.office.roster import Roster
from bot.reception.tables import calls
from bot.store.transaction import Transaction
from bot.transfers.tables import transfers

_TOP_CALLERS = 3
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included."""

    first: date
    last: date

    @classmethod
    def of_month(cls, text: str) -> "Period":
        """`2026-11`.

        Raises:
            ValueError: that is no month.
        """
        first = date.fromisoformat(f"{text}-01")
        return cls(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def a_week_before(self) -> "Period":
        return Period(self.first - timedelta(days=7), self.last - timedelta(days=7))

    def bounds(self, roster: Roster) -> tuple[datetime, datetime]:
        """The instants it begins and ends at; the end is excluded."""
        midnight = datetime.min.time()
        first = datetime.combine(self.first, midnight, roster.zone)
        return first, datetime.combine(self.last + timedelta(days=1), midnight, roster.zone)


@dataclass(frozen=True, slots=True)
class Totals:
    """Calls by what became of them; `missed` are those without a word (着信のみ)."""

    calls: int = 0
    connected: int = 0
    missed: int = 0

    @property
    def answered(self) -> int:
        """Those in which somebody spoke."""
        return self.calls - self.missed


@dataclass(frozen=True, slots=True)
class OpenMessages:
    """What one person has still to do; `oldest` is when the first of it came."""

    staff: str | None
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class TopCaller:
    """A number that called often, and the name it last gave."""

    number: str
    name: str
    calls: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period. `by_hour` counts connected, other and missed calls from 0 to 23 o'clock.

    `waits` are the seconds that callers held for somebody; `before` are the totals a week earlier.
    """

    period: Period
    totals: Totals
    before: Totals
    by_hour: tuple[tuple[int, int, int], ...]
    before_by_hour: tuple[int, ...]
    messages: int
    done: int
    waits: tuple[int, ...]
    kept: int
    broken: int
    callers: tuple[TopCaller, ...]
    open: tuple[OpenMessages, ...]


def figures_of(tx: Transaction, roster: Roster, period: Period) -> Figures:
    """Read the figures of a period; seconds for a week of a busy office, so never in the writer."""
    start, end = period.bounds(roster)
    rows = _calls(tx, roster, period)
    earlier = _calls(tx, roster, period.a_week_before())
    states = _states(tx, roster, start, end)
    kept, broken = _promises(tx, roster, start, end)
    return Figures(
        period=period,
        totals=_totals(rows),
        before=_totals(earlier),
        by_hour=_by_hour(roster, rows),
        before_by_hour=tuple(sum(hour) for hour in _by_hour(roster, earlier)),
        messages=sum(states.values()),
        done=states["done"],
        waits=_waits(tx, roster, start, end),
        kept=kept,
        broken=broken,
        callers=_top_callers(tx, roster, rows),
        open=open_messages(tx, roster),
    )


def calls_of_month(tx: Transaction, roster: Roster) -> int:
    """The calls of the month that `tx.now` lies in, counted as the office's `quota` counts them."""
    start, _ = Period.of_month(f"{tx.now.astimezone(roster.zone):%Y-%m}").bounds(roster)
    counted = sa.select(sa.func.count()).where(
        calls.c.organization == roster.organization, calls.c.started_at >= start, calls.c.state != "refused"
    )
    return int(tx.execute(counted).scalar_one())


def open_messages(tx: Transaction, roster: Roster) -> tuple[OpenMessages, ...]:
    """What is not done, by person, who has most first."""
    rows = tx.all(
        sa.select(
            messages.c.staff,
            sa.func.count().label("number"),
            sa.func.min(messages.c.created_at).label("oldest"),
        )
        .where(messages.c.organization == roster.organization, messages.c.state == "open")
        .group_by(messages.c.staff)
        .order_by(sa.func.count().desc(), messages.c.staff)
    )
    return tuple(OpenMessages(row.staff, row.number, row.oldest) for row in rows)


def _calls(tx: Transaction, roster: Roster, period: Period) -> list[Any]:
    start, end = period.bounds(roster)
    return list(
        tx.all(
            sa.select(calls.c.started_at, calls.c.outcome, calls.c.from_number).where(
                calls.c.organization == roster.organization,
                calls.c.started_at >= start,
                calls.c.started_at < end,
                calls.c.state != "refused",
            )
        )
    )


def _totals(rows: list[Any]) -> Totals:
    outcomes = Counter(row.outcome for row in rows)
    return Totals(len(rows), outcomes["connected"], outcomes["missed"])


def _by_hour(roster: Roster, rows: list[Any]) -> tuple[tuple[int, int, int], ...]:
    hours = [[0, 0, 0] for _ in range(_HOURS)]
    for row in rows:
        kind = {"connected": 0, "missed": 2}.get(row.outcome, 1)
        hours[row.started_at.astimezone(roster.zone).hour][kind] += 1
    return tuple((a, b, c) for a, b, c in hours)


def _states(tx: Transaction, roster: Roster, start: datetime, end: datetime) -> Counter[str]:
    rows = tx.all(
        sa.select(messages.c.state, sa.func.count().label("number"))
        .where(
            messages.c.organization == roster.organization,
            messages.c.created_at >= start,
            messages.c.created_at < end,
        )
        .group_by(messages.c.state)
    )
    return Counter({row.state: row.number for row in rows})


def _promises(tx: Transaction, roster: Roster, start: datetime, end: datetime) -> tuple[int, int]:
    """Promises that came due in the period: kept in time, and not."""
    rows = tx.all(
        sa.select(messages.c.promise_due_at, messages.c.done_at, messages.c.called_back_at).where(
            messages.c.organization == roster.organization,
            messages.c.promise_due_at >= start,
            messages.c.promise_due_at < min(end, tx.now),
        )
    )
    kept = sum(is_kept(row) for row in rows)
    return kept, len(rows) - kept


def is_kept(row: Row[Any]) -> bool:
    """Whether a message was done, or its caller called back, by the time that was promised."""
    settled = [at for at in (row.done_at, row.called_back_at) if at]
    return bool(settled) and min(settled) <= row.promise_due_at


def _waits(tx: Transaction, roster: Roster, start: datetime, end: datetime) -> tuple[int, ...]:
    rows = tx.all(
        sa.select(transfers.c.created_at, transfers.c.connected_at, transfers.c.ended_at).where(
            transfers.c.organization == roster.organization,
            transfers.c.call.is_not(None),
            transfers.c.created_at >= start,
            transfers.c.created_at < end,
        )
    )
    over = [(row.created_at, row.connected_at or row.ended_at) for row in rows]
    return tuple(int((until - since).total_seconds()) for since, until in over if until)


def _top_callers(tx: Transaction, roster: Roster, rows: list[Any]) -> tuple[TopCaller, ...]:
    """Numbers that called more than once."""
    counted = Counter(row.from_number for row in rows if not is_withheld(row.from_number))
    often = [(number, count) for number, count in counted.most_common(_TOP_CALLERS) if count > 1]
    return tuple(TopCaller(number, _name_of(tx, roster, number), count) for number, count in often)


def _name_of(tx: Transaction, roster: Roster, number: str) -> str:
    """What the office calls a number, else what its caller last said; empty where neither is known."""
    known = next((caller.name for caller in roster.office.callers if caller.number == number), None)
    if known:
        return known
    row = tx.first(
        sa.select(messages.c.caller)
        .where(
            messages.c.organization == roster.organization,
            messages.c.number == number,
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    return " ".join(filter(None, (row.caller["company"], row.caller["name"]))) if row else ""
