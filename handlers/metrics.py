"""What operators watch, in Prometheus' terms. No label ever holds a name, a number or a text.

Gauges are read from the database when they are asked for, so that every process shows the same.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from prometheus_client import Counter, Gauge, Histogram

from bot.delivery.queue import backlog
from bot.messages.tables import messages
from bot.reception.tables import calls
from bot.store.job_runs import HEARTBEAT, reached_by
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from bot.transfers.tables import offers

http_seconds = Histogram(
    "toritsugi_http_seconds",
    "Time to answer, by route",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
http_answers = Counter(
    "toritsugi_http_answers", "Answers, by route and class of status (2xx, 5xx)", ["route", "status"]
)

_LATELY = timedelta(days=1)
_Read = Callable[[Transaction], float]


def _seconds_since(tx: Transaction, at: datetime | None) -> float:
    return max(0.0, (tx.now - at).total_seconds()) if at else 0.0


def _count(tx: Transaction, *where: sa.ColumnElement[bool]) -> float:
    return float(tx.execute(sa.select(sa.func.count()).where(*where)).scalar_one())


def _oldest(tx: Transaction, column: sa.Column[datetime], *where: sa.ColumnElement[bool]) -> float:
    """For how many seconds the earliest instant of a column has gone by."""
    return _seconds_since(tx, tx.execute(sa.select(sa.func.min(column)).where(*where)).scalar_one())


def _promise_broken_for(tx: Transaction) -> float:
    return _oldest(
        tx, messages.c.promise_due_at, messages.c.state == "open", messages.c.called_back_at.is_(None),
        messages.c.promise_due_at.is_not(None),
    )  # fmt: skip


_GAUGES: tuple[tuple[Gauge, _Read], ...] = (
    (
        Gauge("toritsugi_outbox_waiting", "Rows of the outbox that are due and not sent"),
        lambda tx: backlog(tx)[0],
    ),
    (
        Gauge("toritsugi_outbox_oldest_seconds", "How long the oldest row has waited, put off or due"),
        lambda tx: _seconds_since(tx, backlog(tx)[1]),
    ),
    (
        Gauge("toritsugi_outbox_dead", "Rows of the outbox given up in the last 24 hours"),
        lambda tx: _count(tx, outbox.c.state == "dead", outbox.c.settled_at > tx.now - _LATELY),
    ),
    (Gauge("toritsugi_calls_live", "Calls in progress"), lambda tx: _count(tx, calls.c.state == "live")),
    (
        Gauge("toritsugi_offers_overdue_seconds", "How long a question to staff has been past its time"),
        lambda tx: _oldest(tx, offers.c.expires_at, offers.c.state == "asking", offers.c.expires_at < tx.now),
    ),
    (
        Gauge(
            "toritsugi_promise_overdue_seconds",
            "How long a promise to a caller has been past its time",
        ),
        _promise_broken_for,
    ),
    (
        Gauge("toritsugi_jobs_age_seconds", "Since when no job has ticked; -1 where none ever has"),
        lambda tx: _seconds_since(tx, beat) if (beat := reached_by(tx, HEARTBEAT)) else -1.0,
    ),
)


def figures(tx: Transaction) -> list[float]:
    """What the gauges are to show."""
    return [read(tx) for _, read in _GAUGES]


def show(values: list[float]) -> None:
    """Set the gauges to what `figures` read."""
    for (gauge, _), value in zip(_GAUGES, values, strict=True):
        gauge.set(value)
