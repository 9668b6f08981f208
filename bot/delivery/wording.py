"""Small words that several cards share. Japanese, for staff."""

from datetime import datetime

from bot.messages.model import CallerFacts
from bot.office.numbers import groups, parse_number
from bot.office.roster import Roster
from bot.scripts.speech import relative_of

NOBODY_NAMED = "お名前不明の方"
_WEEKDAYS = "月火水木金土日"


def caller_title(caller: CallerFacts) -> str:
    """`スマイル企画の江川様`, with what is known of it."""
    relative = relative_of(caller.name)
    if relative and not caller.company:
        return relative
    if caller.name:
        return f"{caller.company}の{caller.name}様" if caller.company else f"{caller.name}様"
    return f"{caller.company}様" if caller.company else NOBODY_NAMED


def telephone(number: str) -> str:
    """A number as people write it: 03-1234-5678."""
    return "-".join(groups(parse_number(number)))


def name_of(roster: Roster, staff: str | None) -> str:
    """`栗本さん`, full where two share the surname; empty for nobody."""
    person = roster.people.get(staff) if staff else None  # type: ignore[call-overload]
    if person is None:
        return ""
    shared = sum(other.surname == person.surname for other in roster.people.values()) > 1
    return f"{person.name if shared else person.surname}さん"


def duration(seconds: int) -> str:
    """`3分20秒`."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"


def moment(at: datetime, roster: Roster, now: datetime) -> str:
    """`15:04` today, `11/24(火) 15:04` on another day; in the office's zone."""
    local = at.astimezone(roster.zone)
    if local.date() == now.astimezone(roster.zone).date():
        return f"{local:%H:%M}"
    return f"{local.month}/{local.day}({_WEEKDAYS[local.weekday()]}) {local:%H:%M}"
