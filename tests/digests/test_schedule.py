"""When digests are due: each once, never on a day off, and the newest alone after an outage."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.schedule import claim, daily_digest, due_digests, skip_past, weekly_digest
from bot.office.hours import is_business_day
from bot.office.model import DigestTimes, Hours
from bot.office.roster import Roster
from bot.store.transaction import Transaction
from tests.support.office_store import TOKYO, OfficeStore
from tests.support.offices import smile

HOURS = Hours(closed=((date(2026, 12, 29), date(2027, 1, 3)),))
TIMES = DigestTimes(daily=time(18), weekly=("mon", time(9)))
OFFICE = smile(hours=HOURS, digest=TIMES)
YEAR = datetime(2026, 1, 1, tzinfo=TOKYO)
moments = st.integers(0, 730 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at(11, 24, 17, 59), date(2026, 11, 20)),  # the Monday before is a holiday
        (at(11, 24, 18, 0), date(2026, 11, 24)),
        (at(11, 28, 23, 0), date(2026, 11, 27)),  # a Saturday
        (at(12, 31, 18, 30), date(2026, 12, 28)),  # closed over the new year
        (at(1, 3, 23, 0, year=2027), date(2026, 12, 28)),
        (at(1, 4, 18, 0, year=2027), date(2027, 1, 4)),
    ],
)
def test_the_day_of_the_daily_one(now: datetime, day: date) -> None:
    digest = daily_digest(OFFICE, now)
    assert digest is not None
    assert (digest.period.first, digest.period.last, digest.slot) == (day, day, day)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (at(11, 30, 8, 59), date(2026, 11, 22)),  # sent on Tuesday the 24th, for the 23rd is a holiday
        (at(11, 24, 8, 59), date(2026, 11, 15)),
        (at(11, 24, 9, 0), date(2026, 11, 22)),
        (at(11, 30, 9, 0), date(2026, 11, 29)),
        (at(1, 3, 12, 0, year=2027), date(2026, 12, 27)),
        (at(1, 4, 9, 0, year=2027), date(2027, 1, 3)),
    ],
)
def test_the_days_of_the_weekly_one(now: datetime, last: date) -> None:
    digest = weekly_digest(OFFICE, now)
    assert digest is not None
    assert (digest.period.first, digest.period.last) == (last - timedelta(days=6), last)


@given(moments, st.integers(0, 60 * 24 * 30))
def test_time_only_goes_on(moment: datetime, later_minutes: int) -> None:
    later = moment + timedelta(minutes=later_minutes)
    for due in (daily_digest, weekly_digest):
        first, second = due(OFFICE, moment), due(OFFICE, later)
        assert first is None or second is None or first.slot <= second.slot


@given(moments)
def test_never_of_a_day_off_nor_of_one_that_is_not_over(moment: datetime) -> None:
    daily = daily_digest(OFFICE, moment)
    assert daily is None or is_business_day(OFFICE, daily.slot)
    weekly = weekly_digest(OFFICE, moment)
    assert weekly is None or weekly.period.last < moment.date()
    assert weekly is None or weekly.period.days == 7


def test_an_office_that_wants_none() -> None:
    quiet = smile(digest=DigestTimes(daily=None))
    assert daily_digest(quiet, at(11, 24, 19)) is None
    assert weekly_digest(quiet, at(11, 24, 19)) is None


def test_an_office_that_is_never_open_gets_none() -> None:
    closed = smile(hours=Hours(closed=((date(2026, 1, 1), date(2027, 12, 31)),)), digest=TIMES)
    assert daily_digest(closed, at(11, 24, 19)) is None


def test_each_once_whoever_claims_and_a_new_office_waits_for_its_first(database_url: str) -> None:
    office = OfficeStore(database_url, OFFICE)
    office.at(at(11, 24, 19))

    def take(tx: Transaction, roster: Roster) -> list[bool]:
        return [claim(tx, roster, digest) for digest in due_digests(tx, roster)]

    office.with_roster(skip_past)
    assert office.with_roster(due_digests) == []
    office.at(at(11, 25, 18))
    [digest] = office.with_roster(due_digests)
    assert office.with_roster(take) == [True]
    assert not office.with_roster(lambda tx, roster: claim(tx, roster, digest))
    assert office.with_roster(due_digests) == []
    office.store.close()
