"""An entry in words that a person checks at a glance; they parse back to the same entry."""

from datetime import date, datetime, timedelta
from typing import Literal

from bot.language.model import Basis, Entry, Kind, OfficeCalendar

_KINDS = {
    Kind.OUT: ("外出", "out"),
    Kind.TRIP: ("出張", "business trip"),
    Kind.MEETING: ("会議", "meeting"),
    Kind.AWAY: ("離席", "away"),
    Kind.BUSY: ("取り込み中", "busy"),
    Kind.REMOTE: ("在宅", "WFH"),
    Kind.LEAVE: ("休み", "leave"),
    Kind.LATE: ("遅刻", "late"),
    Kind.LEFT: ("退社", "left"),
    Kind.AVAILABLE: ("対応可", "available"),
}
_WEEKDAYS = "月火水木金土日"


def describe(
    entry: Entry, now: datetime, calendar: OfficeCalendar, language: Literal["ja", "en"] = "ja"
) -> str:
    """`今日 15:00 まで 外出`, `11月25日(水) 〜 27日(金) 出張(福岡)`; `now` is aware, times are the office's."""
    word = _KINDS[entry.kind][language == "en"]
    note = f"({entry.note})" if entry.note else ""
    return f"{_span(entry, now.astimezone(calendar.zone), calendar)}{word}{note}"


def _span(entry: Entry, now: datetime, calendar: OfficeCalendar) -> str:
    start = entry.start.astimezone(calendar.zone)
    begins = "" if start <= now else f"{_moment(start, now)} から "
    if entry.end is None:
        return begins
    end = entry.end.astimezone(calendar.zone)
    about = "ごろ" if entry.basis is Basis.APPROX else ""
    if _is_midnight(end):
        last = (end - timedelta(days=1)).date()
        if not begins:
            return f"{_day(last, now.date())} まで "
        if _is_midnight(start):
            first = _day(start.date(), now.date())
            return f"{first} " if last == start.date() else f"{first} 〜 {_day(last, now.date())} "
        return f"{begins}{_day(last, now.date())} まで "
    same_day = begins and end.date() == start.date()
    shown = f"{end:%H:%M}" if same_day else _moment(end, now)
    return f"{begins}{shown}{about} まで "


def _moment(at: datetime, now: datetime) -> str:
    day = _day(at.date(), now.date())
    return day if _is_midnight(at) else f"{day} {at:%H:%M}"


def _day(day: date, today: date) -> str:
    if day == today:
        return "今日"
    if day == today + timedelta(days=1):
        return "明日"
    return f"{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute) == (0, 0)
