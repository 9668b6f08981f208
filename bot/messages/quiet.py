"""When a person is not to be disturbed: `quiet` of the office file, a person's own first. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.office.model import Office, Person


def quiet_until(office: Office, person: Person, at: datetime) -> datetime | None:
    """The end of the quiet hours that the instant `at` lies in, in the office's zone; None outside them.

    `from` is included, `to` is not; a `to` before `from` is the next morning's.
    """
    hours = person.quiet or office.quiet
    if hours is None:
        return None
    local = at.astimezone(ZoneInfo(office.timezone))
    time, wraps = local.time(), hours.start > hours.end
    inside = time >= hours.start or time < hours.end if wraps else hours.start <= time < hours.end
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if wraps and time >= hours.start else 0)
    return datetime.combine(day, hours.end, local.tzinfo)
