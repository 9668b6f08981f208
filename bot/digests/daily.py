"""The day in figures, for managers. Instants are aware; days are the office's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from bot.messages.tables import messages, missed
from bot.office.hours import is_business_day
from bot.office.roster import Roster
from bot.reception.tables import calls
from bot.store.job_runs import claim_run
from bot.store.transaction import Transaction

JOB = "digest.daily"
_LOOK_BACK_DAYS = 14


@dataclass(frozen=True)
class OpenMessages:
    """What one person has still to do; `oldest` is when the first of it came."""

    staff: str | None
    count: int
    oldest: datetime


@dataclass(frozen=True)
class DayFigures:
    """One day: calls with a word and 着信のみ apart, what was connected, messages, and what is open."""

    day: date
    calls: int
    connected: int
    missed: int
    messages: int
    done: int
    open: tuple[OpenMessages, ...]


def day_figures(tx: Transaction, roster: Roster, day: date) -> DayFigures:
    """The figures of one day in the office's zone."""
    start = datetime.combine(day, datetime.min.time(), roster.zone)
    end = start + timedelta(days=1)
    of_day = (
        calls.c.organization == roster.organization,
        calls.c.started_at >= start,
        calls.c.started_at < end,
        calls.c.state != "refused",
    )
    outcomes = _counted(tx, calls.c.outcome, *of_day)
    states = _counted(
        tx,
        messages.c.state,
        messages.c.organization == roster.organization,
        messages.c.created_at >= start,
        messages.c.created_at < end,
    )
    waiting = tx.all(
        sa.select(
            messages.c.staff,
            sa.func.count().label("number"),
            sa.func.min(messages.c.created_at).label("oldest"),
        )
        .where(messages.c.organization == roster.organization, messages.c.state == "open")
        .group_by(messages.c.staff)
        .order_by(sa.func.count().desc())
    )
    only_rang = tx.execute(
        sa.select(sa.func.coalesce(sa.func.sum(missed.c.calls), 0)).where(
            missed.c.organization == roster.organization, missed.c.day == day
        )
    ).scalar_one()
    total = sum(outcomes.values())
    return DayFigures(
        day=day,
        calls=total - outcomes.get("missed", 0),
        connected=outcomes.get("connected", 0),
        missed=int(only_rang),
        messages=sum(states.values()),
        done=states.get("done", 0),
        open=tuple(OpenMessages(row.staff, row.number, row.oldest) for row in waiting),
    )


def _counted(
    tx: Transaction, column: sa.Column[str], *where: sa.ColumnElement[bool]
) -> dict[str | None, int]:
    counted = sa.select(column.label("name"), sa.func.count().label("number")).where(*where).group_by(column)
    return {row.name: int(row.number) for row in tx.all(counted)}


def due_digest(roster: Roster, now: datetime) -> date | None:
    """The last business day whose digest hour has come; None where the office wants none."""
    hour = roster.office.digest.daily
    if hour is None:
        return None
    local = now.astimezone(roster.zone)
    for back in range(_LOOK_BACK_DAYS):
        day = local.date() - timedelta(days=back)
        due = datetime.combine(day, hour, roster.zone)
        if due <= now and is_business_day(roster.office, day):
            return day
    return None


def claim_digest(tx: Transaction, roster: Roster) -> date | None:
    """The day whose digest this caller is to send now: once for each day, whoever asks first.

    One that was missed while everything was down comes on return.
    """
    day = due_digest(roster, tx.now)
    if day is None or not claim_run(tx, roster.organization, JOB, day.isoformat()):
        return None
    return day
