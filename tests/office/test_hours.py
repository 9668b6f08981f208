"""When an office is open."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.hours import (
    business_day_from,
    business_days_between,
    calendar_of,
    closing_of,
    is_business_day,
    is_open,
    next_business_day,
    next_opening,
    opening_of,
)
from bot.office.model import WEEKDAYS, Hours, Office, OrganizationId

TOKYO = ZoneInfo("Asia/Tokyo")


def office(timezone: str = "Asia/Tokyo", **hours: object) -> Office:
    return Office(
        organization=OrganizationId("a"), name="a", timezone=timezone, hours=Hours.model_validate(hours)
    )


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


NINE_TO_SIX = office()
SATURDAYS = office(sat=(time(9), time(13)))
ALWAYS = office(days=WEEKDAYS, open=time(0), close=time(23, 59), holidays="none")
NEW_YEAR = office(closed=((date(2026, 12, 29), date(2027, 1, 3)),))


@pytest.mark.parametrize(
    ("of", "when", "expected"),
    [
        (NINE_TO_SIX, "2026-11-24T09:00", True),
        (NINE_TO_SIX, "2026-11-24T08:59:59", False),
        (NINE_TO_SIX, "2026-11-24T12:30", True),  # through the noon break
        (NINE_TO_SIX, "2026-11-24T17:59:59", True),
        (NINE_TO_SIX, "2026-11-24T18:00", False),
        (NINE_TO_SIX, "2026-11-23T10:00", False),  # 勤労感謝の日
        (NINE_TO_SIX, "2026-09-22T10:00", False),  # between two holidays
        (office(holidays="none"), "2026-11-23T10:00", True),
        (NINE_TO_SIX, "2026-11-28T10:00", False),
        (SATURDAYS, "2026-11-28T12:59", True),
        (SATURDAYS, "2026-11-28T13:00", False),
        (NEW_YEAR, "2026-12-28T10:00", True),
        (NEW_YEAR, "2026-12-29T10:00", False),
        (NEW_YEAR, "2027-01-04T10:00", True),
        (ALWAYS, "2026-11-22T00:00", True),
        (ALWAYS, "2026-11-22T23:59:59", True),
    ],
)
def test_open(of: Office, when: str, expected: bool) -> None:
    assert is_open(of, at(when)) is expected
    assert is_open(of, at(when).astimezone(ZoneInfo("UTC"))) is expected


@pytest.mark.parametrize(
    ("of", "when", "expected"),
    [
        (NINE_TO_SIX, "2026-11-24T08:00", "2026-11-24T09:00"),
        (NINE_TO_SIX, "2026-11-24T09:00", "2026-11-24T09:00"),
        (NINE_TO_SIX, "2026-11-24T10:00", "2026-11-25T09:00"),
        (NINE_TO_SIX, "2026-11-20T19:00", "2026-11-24T09:00"),  # weekend, then a holiday
        (SATURDAYS, "2026-11-20T19:00", "2026-11-21T09:00"),
        (NEW_YEAR, "2026-12-28T18:00", "2027-01-04T09:00"),
        (ALWAYS, "2026-11-22T00:01", "2026-11-23T00:00"),
    ],
)
def test_next_opening(of: Office, when: str, expected: str) -> None:
    assert next_opening(of, at(when)) == at(expected)


def test_edges_of_a_day() -> None:
    assert opening_of(SATURDAYS, date(2026, 11, 28)) == at("2026-11-28T09:00")
    assert closing_of(SATURDAYS, date(2026, 11, 28)) == at("2026-11-28T13:00")
    assert closing_of(SATURDAYS, date(2026, 11, 27)) == at("2026-11-27T18:00")
    assert closing_of(ALWAYS, date(2026, 11, 28)) == at("2026-11-29T00:00")
    assert opening_of(NINE_TO_SIX, date(2026, 11, 28)) is None
    assert closing_of(NINE_TO_SIX, date(2026, 11, 23)) is None


def test_business_days() -> None:
    assert next_business_day(NINE_TO_SIX, date(2026, 11, 20)) == date(2026, 11, 24)
    assert business_day_from(NINE_TO_SIX, date(2026, 11, 24)) == date(2026, 11, 24)
    assert business_day_from(NINE_TO_SIX, date(2026, 11, 21)) == date(2026, 11, 24)
    assert business_days_between(NINE_TO_SIX, date(2026, 11, 20), date(2026, 11, 27)) == 4
    assert business_days_between(NINE_TO_SIX, date(2026, 11, 27), date(2026, 11, 20)) == 0


def test_an_office_that_never_opens_gives_the_next_day() -> None:
    never = office(days=())
    assert next_business_day(never, date(2026, 11, 20)) == date(2026, 11, 21)
    assert next_opening(never, at("2026-11-20T10:00")) == at("2026-11-21T09:00")
    assert next_business_day(never, date(9999, 12, 30)) == date(9999, 12, 31)


def test_the_calendar_of_the_status_language() -> None:
    calendar = calendar_of(
        office(open=time(10), close=time(19), noon=(time(12), time(13)), sat=(time(9), time(12)))
    )
    assert (calendar.opening, calendar.noon, calendar.afternoon, calendar.closing) == (
        time(10),
        time(12),
        time(13),
        time(19),
    )
    assert calendar.is_business_day(date(2026, 11, 28))
    assert not calendar.is_business_day(date(2026, 11, 23))


def test_another_zone_has_its_own_days() -> None:
    new_york = ZoneInfo("America/New_York")
    there = office("America/New_York", holidays="none")
    assert is_open(there, at("2026-11-01T23:30", TOKYO)) is False  # Sunday morning there
    assert is_open(there, at("2026-11-03T00:30", TOKYO))  # Monday there
    assert next_opening(there, at("2026-10-30T20:00", new_york)) == at(
        "2026-11-02T09:00", new_york
    )  # clocks go back


_times = st.times().map(lambda value: value.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    edges=st.tuples(_times, _times).filter(lambda pair: pair[0] < pair[1]),
    when=st.floats(0, 6 * 365 * 24 * 60).map(lambda minutes: at("2024-01-01") + timedelta(minutes=minutes)),
)
def test_the_next_opening_opens_and_nothing_opens_before(
    days: set[str], edges: tuple[time, time], when: datetime
) -> None:
    of = office(days=tuple(days), open=edges[0], close=edges[1])
    opening = next_opening(of, when)
    assert opening >= when
    assert is_open(of, opening)
    assert (
        opening == when
        or not is_open(of, opening - timedelta(microseconds=1))
        or edges == (time(0), time(23, 59))
    )
    day = next_business_day(of, when.date())
    assert is_business_day(of, day)
    assert business_days_between(of, when.date() + timedelta(days=1), day) == 0
