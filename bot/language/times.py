"""Times of day: which instant an hour means."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.language.model import AskReason, OfficeCalendar
from bot.language.tokens import Clock, Unclear

_HALF_DAY = 12 * 60
_MINUTES_A_DAY = 24 * 60
_EARLIEST, _LATEST = 7 * 60, 22 * 60  # bare hours lie from 07:00 to before 22:00
_NAMED_HOURS = {"evening": time(17), "night": time(19), "midnight": time(0)}


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """An aware `moment` as the clock on the wall of `zone` shows it, to the second."""
    there = moment.astimezone(zone)
    return datetime(there.year, there.month, there.day, there.hour, there.minute, there.second)  # noqa: DTZ001


def zoned(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clock on the wall of `zone` shows `moment`."""
    return datetime.combine(moment.date(), moment.time(), zone)


def midnight(day: date) -> datetime:
    """The first instant of `day`, local."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local to the office; zoned at the end


def midnight_after(day: date) -> datetime:
    """The first instant of the day after `day`, local."""
    return midnight(date.fromordinal(day.toordinal() + 1))


def on(day: date, minutes: int) -> datetime:
    """The moment `minutes` after the first instant of `day`, local; a day may have more than 24 hours."""
    if minutes < _MINUTES_A_DAY:
        return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60)  # noqa: DTZ001
    return midnight(day) + timedelta(minutes=minutes)


def named(clock: Clock, calendar: OfficeCalendar) -> time:
    """The time that a name (朝一, 定時, 夕方) has in this office."""
    if clock.name in _NAMED_HOURS:
        return _NAMED_HOURS[clock.name]
    found: time = getattr(calendar, clock.name)
    return found


def plain(clock: Clock, day: date, calendar: OfficeCalendar, *, ends: bool = False) -> datetime:
    """`clock` on `day` as it would be read for a later day: 1 to 6 is the afternoon, 7 to 12 is itself.

    An end at 0:00 is the midnight after.
    """
    if clock.wrong:
        raise Unclear(AskReason.INVALID_DATE)
    if clock.name:
        at = datetime.combine(day, named(clock, calendar))
        return at + timedelta(days=1) if clock.name == "midnight" else at
    minutes = clock.minutes
    if clock.bare and minutes < 7 * 60:
        minutes += 12 * 60
    elif ends and minutes == 0:
        minutes = 24 * 60
    return on(day, minutes)


def today(clock: Clock, now: datetime, calendar: OfficeCalendar, *, ends: bool = False) -> datetime:
    """`clock` on the day of `now`: of a bare hour's two readings the first one after now.

    Raises:
        Unclear: a bare hour has no reading left today.
    """
    if not clock.bare:
        return plain(clock, now.date(), calendar, ends=ends)
    return _first_after(clock, now.date(), now) or _no_more()


def following(clock: Clock, day: date, start: datetime, calendar: OfficeCalendar) -> datetime:
    """The second time of a range: a bare hour follows the first.

    Raises:
        Unclear: it does not.
    """
    if not clock.bare or day != start.date():
        return plain(clock, day, calendar, ends=True)
    found = _first_after(clock, day, start)
    if found is None:
        raise Unclear(AskReason.REVERSED_RANGE)
    return found


def _first_after(clock: Clock, day: date, moment: datetime) -> datetime | None:
    for minutes in (clock.minutes, clock.minutes + _HALF_DAY):
        if _EARLIEST <= minutes < _LATEST and (reading := on(day, minutes)) > moment:
            return reading
    return None


def _no_more() -> datetime:
    raise Unclear(AskReason.PAST_TIME)
