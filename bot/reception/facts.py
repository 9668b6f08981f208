"""What the dialogue looks up about a call, read in the transaction of its step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.tables import messages
from bot.office.hearing import Directory
from bot.office.model import KnownCaller, Line, Office, Person, PhoneNumber, StaffId
from bot.office.numbers import caller_number, parse_number
from bot.office.roster import Roster
from bot.presence.model import PresenceNow
from bot.reception.events import CallerLine
from bot.store.transaction import Transaction
from bot.transfers.callbacks import last_callback_to
from bot.transfers.legs import everyones_presence_with_calls, presence_with_calls
from bot.transfers.line import can_be_asked

_ONE_BY_ONE = 2  # people whose presence is read singly
_RECENT = timedelta(days=7)


@dataclass(frozen=True)
class CallFacts:
    """What the dialogue looks up, read in the transaction of its step."""

    tx: Transaction
    roster: Roster
    caller: CallerLine
    line: Line | None
    _presences: dict[StaffId, PresenceNow] = field(default_factory=dict, repr=False, compare=False)

    @property
    def office(self) -> Office:
        return self.roster.office

    @property
    def people(self) -> Mapping[StaffId, Person]:
        return self.roster.people

    @property
    def directory(self) -> Directory:
        return self.roster.directory

    @property
    def at(self) -> datetime:
        return self.tx.now

    def presence_of(self, staff: StaffId) -> PresenceNow:
        """Read once a step; from the third person on, those of the same department all at once."""
        if staff not in self._presences:
            person = self.people[staff]
            if len(self._presences) < _ONE_BY_ONE:
                self._presences[staff] = presence_with_calls(self.tx, self.roster, person)
            else:
                group = {staff, *(other.id for other in self.directory.colleagues(person))}
                self._presences.update(everyones_presence_with_calls(self.tx, self.roster, group))
        return self._presences[staff]

    def can_ask(self, staff: StaffId, urgent: bool) -> bool:
        person = self.roster.people[staff]
        presence = self.presence_of(staff)
        vip = self.caller.vip
        return can_be_asked(self.tx, self.roster, person, urgent=urgent, vip=vip, presence=presence)

    def returned_call(self, number: PhoneNumber) -> StaffId | None:
        """Whoever was last to call that number back; else who had its last message."""
        since = self.tx.now - _RECENT
        row = last_callback_to(self.tx, self.roster.organization, number, since) or self.tx.first(
            sa.select(messages.c.staff)
            .where(
                messages.c.organization == self.roster.organization,
                messages.c.created_at > since,
                messages.c.number == number,
                messages.c.staff.is_not(None),
            )
            .order_by(messages.c.id.desc())
            .limit(1)
        )
        return StaffId(row.staff) if row and row.staff in self.roster.people else None


def known_caller(roster: Roster, number: str) -> KnownCaller:
    """What the office file says of a number; an unknown one has no name."""
    for caller in roster.office.callers:
        if caller.number == number:
            return caller
    return KnownCaller(number=PhoneNumber(number))


def facts_of(tx: Transaction, roster: Roster, row: Row[Any]) -> CallFacts:
    """The facts of a stored call."""
    return facts_for(tx, roster, row.from_number, row.to_number, row.forwarded_from)


def facts_for(tx: Transaction, roster: Roster, from_: str, to: str, forwarded_from: str | None) -> CallFacts:
    """The facts of a call from one number to another."""
    number = caller_number(roster.own_numbers, from_, forwarded_from)
    known = known_caller(roster, number or from_)
    company, _, name = (known.name or "").rpartition(" ")
    caller = CallerLine(
        number=number,
        mobile=bool(number and parse_number(number).mobile),
        name=name or None,
        company=company or None,
        vip=known.vip,
    )
    line = next((line for line in roster.office.numbers if line.number == to), None)
    return CallFacts(tx, roster, caller, line if line and (line.department or line.staff) else None)
