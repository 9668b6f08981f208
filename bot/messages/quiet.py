"""When a person is not to be disturbed: `quiet` of the office file, a person's own first. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.office.model import Office, Person, Quiet


def quiet_until(office: Office, person: Person, at: datetime) -> datetime | None:
    """The end of the quiet hours that the instant `at` lies in, in the office's zone; None outside them.

    `from` is included, `to` is not; a `to` before `from` is the next morning's.
    """
    hours = person.quiet or office.quiet
    if hours is None:
        return None
    local = at.astimezone(ZoneInfo(office.timezone))
    if not within(hours, local):
        return None
    wraps = hours.start > hours.end
    day = local.date() + timedelta(days=1 if wraps and local.time() >= hours.start else 0)
    return datetime.combine(day, hours.end, local.tzinfo)


def within(hours: Quiet, local: datetime) -> bool:
    """Whether a local time lies in a stretch of the day that may wrap past midnight."""
    time = local.time()
    if hours.start > hours.end:
        return time >= hours.start or time < hours.end
    return hours.start <= time < hours.end
