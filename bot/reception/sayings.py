"""From what the dialogue means to say to the sentences that are spoken."""

from collections.abc import Callable
from datetime import date

from bot.office.departments import department_in_english
from bot.office.hours import local_day, next_opening, zone_of
from bot.office.model import StaffId
from bot.office.numbers import groups, parse_number
from bot.presence.answer import Answer, caller_answer
from bot.reception.conversation import Saying
from bot.reception.events import Facts, Language
from bot.scripts import render
from bot.scripts.speech import (
    caller_name,
    polite_name,
    spoken_day,
    spoken_hours,
    spoken_mail,
    spoken_moment,
    spoken_number,
)

ANSWER = "@answer"
CALLER = "|"
"""Between company and name in the value `caller`."""

NAMED = "="
"""Before a name in the values `person` and `other`: somebody who is not in the office file."""

BETWEEN = "|"
"""Between departments in the value `departments`."""

TEAM = "@"
"""Before a department in the value `person`: whoever is in charge there."""

LETTERS = "letters:"
"""Before a staff id in the value `mail`: letter by letter."""


def answer_of(facts: Facts, staff: StaffId, language: Language = "ja") -> Answer:
    """What callers are told about `staff` now, who is not being asked (or was already)."""
    presence = facts.presence_of(staff)
    return caller_answer(facts.office, facts.people[staff], presence, facts.at, language, askable=False)


def sentence(facts: Facts, saying: Saying, language: Language) -> str:
    """One saying as it is spoken, in either language; empty where it is about somebody no longer there."""
    if saying.script == ANSWER:
        staff = StaffId(saying.values["person"])
        return answer_of(facts, staff, language).sentence if staff in facts.people else ""
    values = {key: _spoken(facts, key, value, language) for key, value in saying.values.items()}
    return render(facts.office, saying.script, language, **values)


def _spoken(facts: Facts, key: str, value: str, language: Language) -> str:
    convert = _VALUES.get(key)
    return convert(facts, value, language) if convert else value


def _person(facts: Facts, value: str, language: Language) -> str:
    if value.startswith(NAMED):
        return value.removeprefix(NAMED)
    if value.startswith(TEAM):
        return _team(value.removeprefix(TEAM), language)
    person = facts.people.get(StaffId(value))
    if person is None:
        return "担当の者" if language == "ja" else "our staff"
    return polite_name(person, language)


def _team(department: str, language: Language) -> str:
    if language == "ja":
        return f"{department}の担当の者"
    return f"the {department_in_english(department)} department"


def _department(_facts: Facts, value: str, language: Language) -> str:
    return value if language == "ja" else department_in_english(value)


def _departments(facts: Facts, value: str, language: Language) -> str:
    names = [_department(facts, name, language) for name in value.split(BETWEEN) if name]
    return ("、" if language == "ja" else ", ").join(names)


def _caller(_facts: Facts, value: str, language: Language) -> str:
    company, _, name = value.partition(CALLER)
    return caller_name(company, name, language)


def _number(_facts: Facts, value: str, language: Language) -> str:
    return spoken_number(groups(parse_number(value)), language)


def _mail(facts: Facts, value: str, language: Language) -> str:
    person = facts.people.get(StaffId(value.removeprefix(LETTERS)))
    address = person.email if person and person.email else ""
    return spoken_mail(address, value.startswith(LETTERS), language)


def _hours(facts: Facts, _value: str, language: Language) -> str:
    return spoken_hours(facts.office.hours, language)


def _opening(facts: Facts, _value: str, language: Language) -> str:
    return spoken_moment(next_opening(facts.office, facts.at), facts.at, zone_of(facts.office), language)


def _day(facts: Facts, value: str, language: Language) -> str:
    return spoken_day(date.fromisoformat(value), local_day(facts.office, facts.at), language)


_VALUES: dict[str, Callable[[Facts, str, Language], str]] = {
    "person": _person,
    "other": _person,
    "caller": _caller,
    "number": _number,
    "mail": _mail,
    "hours": _hours,
    "opening": _opening,
    "day": _day,
    "department": _department,
    "departments": _departments,
}
