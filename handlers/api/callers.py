"""Callers, in and out."""

from collections.abc import Mapping
from typing import Any

from bot.messages.model import CallerFacts
from bot.office.model import Person, StaffId
from bot.office.numbers import caller_number, is_withheld, parse_number
from bot.office.roster import Roster
from handlers.api.errors import invalid
from handlers.api.models import Caller, CallerShown


def facts_of(roster: Roster, caller: Caller | None) -> CallerFacts:
    """A caller as messages keep them; one of our own lines, or a withheld number, is nobody's."""
    if caller is None:
        return CallerFacts()
    company, name, said = caller.company or "", caller.name or "", caller.number or ""
    number = parse_number(said)
    if number.e164 and number.valid:
        own = caller_number(roster.own_numbers, number.e164)
        return CallerFacts(company, name, own or "", "" if own else said)
    return CallerFacts(company, name, "", "" if is_withheld(said) and not number.said else said)


def is_vip(roster: Roster, caller: CallerFacts) -> bool:
    """Whether the office file names this caller as one."""
    return any(known.vip and known.number == caller.number for known in roster.office.callers)


def shown(caller: Mapping[str, Any]) -> CallerShown:
    """A stored caller."""
    return CallerShown(
        **{name: caller.get(name) or "" for name in ("name", "company", "number", "number_said")}
    )


def person_of(roster: Roster, staff: str) -> Person:
    """The person that a body names.

    Raises:
        ApiError: 422, the office has nobody of that id.
    """
    person = roster.people.get(StaffId(staff))
    if person is None:
        raise invalid("this office has nobody of that id", "staff", "unknown_staff")
    return person
