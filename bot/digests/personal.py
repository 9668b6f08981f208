"""One person's own figures: what came for them, and how their promises stand."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.digests.figures import Period, is_kept
from bot.messages.tables import messages
from bot.office.roster import Roster
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Received:
    """Messages that came for a person in some days, and how many of them are done."""

    count: int
    done: int


@dataclass(frozen=True, slots=True)
class PersonalFigures:
    """Today's messages and those of the last seven days, today included; promises of the same days.

    `next_due` is when the next promise that is not kept yet falls due.
    """

    today: Received
    week: Received
    kept: int
    broken: int
    next_due: datetime | None


def personal_figures(tx: Transaction, roster: Roster, staff: str) -> PersonalFigures:
    """Read the figures of one person; a look at their own messages of a week."""
    today = tx.now.astimezone(roster.zone).date()
    week = Period(today - timedelta(days=6), today)
    since, _ = week.bounds(roster)
    midnight, _ = Period(today, today).bounds(roster)
    mine = (messages.c.organization == roster.organization, messages.c.staff == staff)
    rows = tx.all(
        sa.select(messages.c.created_at, messages.c.state).where(*mine, messages.c.created_at >= since)
    )
    promised = tx.all(
        sa.select(
            messages.c.state, messages.c.promise_due_at, messages.c.done_at, messages.c.called_back_at
        ).where(*mine, messages.c.promise_due_at >= since)
    )
    over = [row for row in promised if row.promise_due_at < tx.now]
    kept = sum(is_kept(row) for row in over)
    to_come = [
        row.promise_due_at
        for row in promised
        if row.promise_due_at >= tx.now and row.state == "open" and not row.called_back_at
    ]
    return PersonalFigures(
        today=_received([row.state for row in rows if row.created_at >= midnight]),
        week=_received([row.state for row in rows]),
        kept=kept,
        broken=len(over) - kept,
        next_due=min(to_come, default=None),
    )


def _received(states: list[str]) -> Received:
    counted = Counter(states)
    return Received(len(states), counted["done"])
