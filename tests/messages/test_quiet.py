"""Quiet hours: from included, to not; over midnight; a person's own before the office's."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.quiet import quiet_until
from bot.office.model import Person, Quiet, StaffId
from tests.support.offices import smile

TOKYO = ZoneInfo("Asia/Tokyo")
NIGHT = Quiet(start=time(19), end=time(8, 30))
NOON = Quiet(start=time(12), end=time(13))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
YEAR = datetime(2026, 1, 1, tzinfo=TOKYO)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))


def somebody(quiet: Quiet | None = None) -> Person:
    return Person(id=StaffId("kurimoto"), name="栗本 太郎", reading="くりもと たろう", quiet=quiet)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(18, 59), None),
        (at(19), at(8, 30, day=25)),
        (at(23, 59), at(8, 30, day=25)),
        (at(0, 0, day=25), at(8, 30, day=25)),
        (at(8, 29, day=25), at(8, 30, day=25)),
        (at(8, 30, day=25), None),
        (datetime(2026, 12, 31, 22, tzinfo=TOKYO), datetime(2027, 1, 1, 8, 30, tzinfo=TOKYO)),
    ],
)
def test_the_night_of_the_office(moment: datetime, end: datetime | None) -> None:
    assert quiet_until(smile(quiet=NIGHT), somebody(), moment) == end


def test_ones_own_go_before_the_offices() -> None:
    assert quiet_until(smile(quiet=NIGHT), somebody(NOON), at(12, 30)) == at(13)
    assert quiet_until(smile(quiet=NIGHT), somebody(NOON), at(22)) is None


def test_an_office_without_quiet_hours_has_none() -> None:
    assert quiet_until(smile(), somebody(), at(3)) is None


@given(times, times, moments)
def test_they_end_after_now_within_a_day_and_at_their_hour(start: time, end: time, moment: datetime) -> None:
    until = (
        quiet_until(smile(quiet=Quiet(start=start, end=end)), somebody(), moment) if start != end else None
    )
    if until is None:
        return
    assert timedelta(0) < until - moment <= timedelta(days=1)
    assert until.timetz().replace(tzinfo=None) == end
    assert quiet_until(smile(quiet=Quiet(start=start, end=end)), somebody(), until) is None


@given(moments)
def test_the_hour_is_the_offices_where_summer_time_changes_it(moment: datetime) -> None:
    paris = ZoneInfo("Europe/Paris")
    office = smile(quiet=NIGHT, timezone="Europe/Paris")
    until = quiet_until(office, somebody(), moment)
    assert until is None or until.astimezone(paris).time() == time(8, 30)
