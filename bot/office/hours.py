"""When an office is open. Times without a zone are the office's; instants are aware.

The noon break divides the day for the status language only: the office is open through it. A close
of 23:59 means through midnight, so that 00:00 to 23:59 on all days is an office that never closes.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import chain
from zoneinfo import ZoneInfo

from bot.language.model import OfficeCalendar
from bot.office.model import WEEKDAYS, Hours, Office

_SATURDAY = 5
_END_OF_DAY = time(23, 59)
_DAY = timedelta(days=1)
_SEARCHED_DAYS = 3_660  # longer than any sane row of closures; past it the office counts as never open


def zone_of(office: Office) -> ZoneInfo:
    """The office's time zone."""
    return ZoneInfo(office.timezone)


def local_day(office: Office, at: datetime) -> date:
    """The date in the office at the instant `at`."""
    return at.astimezone(zone_of(office)).date()


def calendar_of(office: Office) -> OfficeCalendar:
    """The office's calendar as the status language sees it: one opening and closing for every day."""
    hours = office.hours
    return OfficeCalendar(
        zone=zone_of(office),
        weekdays=_weekdays(hours.days, hours.sat is not None),
        opening=hours.open,
        noon=hours.noon[0],
        afternoon=hours.noon[1],
        closing=hours.close,
        is_holiday=lambda day: _is_closed(hours, day),
    )


def is_business_day(office: Office, day: date) -> bool:
    """Whether the office opens at all on `day`."""
    return day.weekday() in _weekdays(office.hours.days, office.hours.sat is not None) and not _is_closed(
        office.hours, day
    )


def opening_of(office: Office, day: date) -> datetime | None:
    """The instant at which the office opens on `day`; None where it stays closed."""
    return _edges(office, day)[0] if is_business_day(office, day) else None


def closing_of(office: Office, day: date) -> datetime | None:
    """The instant at which the office closes on `day` (exclusive); None where it stays closed."""
    return _edges(office, day)[1] if is_business_day(office, day) else None


def is_open(office: Office, at: datetime) -> bool:
    """Whether the instant `at` lies in business hours."""
    day = local_day(office, at)
    if not is_business_day(office, day):
        return False
    opening, closing = _edges(office, day)
    return opening <= at < closing


def next_opening(office: Office, at: datetime) -> datetime:
    """The first opening at or after the instant `at`, in the office's zone.

    An office that never opens again is said to open at 09:00 the day after.
    """
    today = local_day(office, at)
    for day in chain((today,), _business_days_after(office, today)):
        opening = opening_of(office, day)
        if opening is not None and opening >= at:
            return opening
    return datetime.combine(today + _DAY, time(9), zone_of(office))


def next_business_day(office: Office, day: date) -> date:
    """The first business day after `day`; the very next day for an office that never opens again."""
    return next(_business_days_after(office, day), day + _DAY)


def business_day_from(office: Office, day: date) -> date:
    """`day` itself where it is a business day, else the next one."""
    return day if is_business_day(office, day) else next_business_day(office, day)


def business_days_between(office: Office, first: date, last: date) -> int:
    """How many business days there are from `first` up to and without `last`; 0 where reversed."""
    return sum(is_business_day(office, first + n * _DAY) for n in range((last - first).days))


def _business_days_after(office: Office, day: date) -> Iterator[date]:
    for n in range(1, min(_SEARCHED_DAYS, (date.max - day).days) + 1):
        if is_business_day(office, later := day + n * _DAY):
            yield later


def _edges(office: Office, day: date) -> tuple[datetime, datetime]:
    hours, zone = office.hours, zone_of(office)
    opens, closes = hours.sat if hours.sat and day.weekday() == _SATURDAY else (hours.open, hours.close)
    midnight = closes >= _END_OF_DAY
    return (
        datetime.combine(day, opens, zone),
        datetime.combine(day + _DAY if midnight else day, time(0) if midnight else closes, zone),
    )


@lru_cache(maxsize=256)
def _weekdays(days: tuple[str, ...], on_saturday: bool) -> frozenset[int]:
    saturday = {_SATURDAY} if on_saturday else set()
    return frozenset({WEEKDAYS.index(day) for day in days} | saturday)


def _is_closed(hours: Hours, day: date) -> bool:
    if any(first <= day <= last for first, last in hours.closed):
        return True
    return hours.holidays == "JP" and day in _japanese_holidays(day.year)


@cache
def _japanese_holidays(year: int) -> frozenset[date]:
    """National holidays with their substitutes. Loaded when first asked: most commands need none."""
    import jpholiday

    return frozenset(day for day, _ in jpholiday.year_holidays(year))
