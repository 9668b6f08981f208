"""The office calendar that holds where an office has set none: Japanese public holidays, Monday to Friday."""

from datetime import date
from functools import lru_cache

from bot.language.model import OfficeCalendar


@lru_cache(maxsize=1024)
def japanese_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in Japan."""
    import jpholiday  # loaded only when a business day is counted: it is a third of the start-up time

    return bool(jpholiday.is_holiday(day))


DEFAULT_CALENDAR = OfficeCalendar(is_holiday=japanese_holiday)
