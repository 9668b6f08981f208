"""Whom to ask, and in which order: the person, then their backups and department as the office sets it."""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.verbs import chats_of
from bot.office.model import Person, StaffId
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from bot.presence.model import PresenceNow
from bot.presence.reachable import may_be_asked
from bot.store.transaction import Transaction
from bot.transfers.legs import presence_with_calls
from bot.transfers.tables import offers


def line_up(roster: Roster, person: Person) -> list[StaffId]:
    """Everybody who may come to be asked for a call to `person`, in order and each once."""
    line = {person.id: person}
    for group in roster.office.transfer.then:
        if group == "department":
            more: Iterable[Person] = _colleagues(roster, person)
        else:
            more = roster.backups_of(person) if allowed(roster.office, Feature.BACKUPS) else ()
        line |= {other.id: other for other in more}
    return list(line)


def can_be_asked(
    tx: Transaction,
    roster: Roster,
    person: Person,
    *,
    urgent: bool,
    vip: bool,
    presence: PresenceNow | None = None,
) -> bool:
    """Whether asking this person makes sense now: the office's rules allow it and there is a way.

    `presence` (with calls) spares reading it.
    """
    if not chats_of(person) and not person.telephone:
        return False
    presence = presence or presence_with_calls(tx, roster, person)
    return may_be_asked(roster.office, person, presence, tx.now, urgent=urgent, vip=vip)


def others_in_line(tx: Transaction, roster: Roster, transfer: Row[Any]) -> Iterator[Person]:
    """To whom a call can be passed now: who is next in line, else anyone of the department, never twice."""
    asked = {staff for (staff,) in tx.all(sa.select(offers.c.staff).where(offers.c.transfer == transfer.id))}
    wanted = roster.people.get(transfer.staff)
    line = [*transfer.waiting, *(other.id for other in (_colleagues(roster, wanted) if wanted else ()))]
    for staff in dict.fromkeys(line):
        person = roster.people.get(staff)
        if person is None or staff in asked:
            continue
        vip = bool(transfer.caller.get("vip"))
        if can_be_asked(tx, roster, person, urgent=transfer.urgent, vip=vip):
            yield person


def _colleagues(roster: Roster, person: Person) -> Iterator[Person]:
    """The others of a person's department."""
    for other in roster.people.values():
        if person.department and other.department == person.department and other.id != person.id:
            yield other
