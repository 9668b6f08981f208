"""When a digest is due, and for which days: daily and weekly, never on a closed day, each once.

What was missed while everything was down comes once on return: the newest of each kind, no more.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.digests.figures import Period
from bot.office.hours import business_day_from, is_business_day
from bot.office.model import WEEKDAYS, Office
from bot.office.roster import Roster
from bot.store.job_runs import claim_run, has_run
from bot.store.transaction import Transaction

Kind = Literal["daily", "weekly"]
_LOOK_BACK_DAYS = 14
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest that is to be sent; `slot` tells it from every other of its kind."""

    kind: Kind
    period: Period
    slot: date

    @property
    def job(self) -> str:
        return f"digest.{self.kind}"


def due_digests(tx: Transaction, roster: Roster) -> list[Digest]:
    """The digests whose hour has come and that nobody has sent; a cheap look."""
    found = (daily_digest(roster.office, tx.now), weekly_digest(roster.office, tx.now))
    return [
        digest
        for digest in found
        if digest and not has_run(tx, roster.organization, digest.job, digest.slot.isoformat())
    ]


def claim(tx: Transaction, roster: Roster, digest: Digest) -> bool:
    """True for the one who is to send it."""
    return claim_run(tx, roster.organization, digest.job, digest.slot.isoformat())


def skip_past(tx: Transaction, roster: Roster) -> None:
    """For a new office: the first digest is the next one, not an hour that has gone by."""
    for digest in due_digests(tx, roster):
        claim(tx, roster, digest)


def daily_digest(office: Office, now: datetime) -> Digest | None:
    """Of the last business day whose digest hour has come at the instant `now`."""
    hour = office.digest.daily
    if hour is None:
        return None
    zone = ZoneInfo(office.timezone)
    today = now.astimezone(zone).date()
    for back in range(_LOOK_BACK_DAYS):
        day = today - timedelta(days=back)
        if is_business_day(office, day) and datetime.combine(day, hour, zone) <= now:
            return Digest("daily", Period(day, day), day)
    return None


def weekly_digest(office: Office, now: datetime) -> Digest | None:
    """Of the seven days before its weekday; on the next business day where that one is closed."""
    weekly = office.digest.weekly
    if weekly is None:
        return None
    weekday, hour = weekly
    zone = ZoneInfo(office.timezone)
    today = now.astimezone(zone).date()
    base = today - timedelta(days=(today.weekday() - WEEKDAYS.index(weekday)) % 7)
    for slot in (base, base - _WEEK):
        day = business_day_from(office, slot)
        if datetime.combine(day, hour, zone) <= now:
            return Digest("weekly", Period(slot - _WEEK, slot - timedelta(days=1)), slot)
    return None
