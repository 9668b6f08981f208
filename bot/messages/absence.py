"""Who gets nothing because they are on leave, until when, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language.model import Kind
from bot.office.hours import is_open, next_opening
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.timeline import INTERRUPTIONS, StoredEntry, holding
from bot.presence.verbs import entries_of
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Return:
    """When somebody on leave gets what waits for them; `until` is the end of the leave itself.

    Both are None where no end is known.
    """

    at: datetime | None = None
    until: datetime | None = None


def leave_of(tx: Transaction, roster: Roster, person: Person) -> Return | None:
    """The leave that a person is on now; None for somebody who is not."""
    held = _leave_at(entries_of(tx, roster.organization, person.id), tx.now)
    return _return(roster, held.stops) if held else None


def return_of(tx: Transaction, roster: Roster, person: Person) -> Return:
    """The return of somebody who is no longer on leave; without an end where they said so themselves."""
    begun = [
        item
        for item in entries_of(tx, roster.organization, person.id)
        if item.entry.kind is Kind.LEAVE and item.entry.start <= tx.now
    ]
    last = max(begun, key=lambda item: (item.change, item.entry.start), default=None)
    if last is None or last.stops is None or last.stops > tx.now or last.closed_at == last.stops:
        return Return()  # a sign of life, or a leave taken back
    return _return(roster, last.stops)


def stand_ins(tx: Transaction, roster: Roster, person: Person) -> Sequence[Person]:
    """Who gets what is for somebody away: the backups that are not on leave, else the managers."""

    def there(people: Sequence[Person]) -> tuple[Person, ...]:
        return tuple(one for one in people if one.id != person.id and leave_of(tx, roster, one) is None)

    return (
        there(roster.backups_of(person))
        or there(managers_of(roster, person.department))
        or there(roster.managers())
    )


def managers_of(
    roster: Roster, department: str | None, *, besides: Person | None = None
) -> tuple[Person, ...]:
    """The managers of a department; where it has none, every manager of the office."""
    everyone = tuple(one for one in roster.managers() if besides is None or one.id != besides.id)
    return tuple(one for one in everyone if department and one.department == department) or everyone


def _leave_at(stored: Sequence[StoredEntry], at: datetime) -> StoredEntry | None:
    """The leave that counts at a moment; a meeting or a break within it ends no leave."""
    held = holding((item for item in stored if item.entry.kind not in INTERRUPTIONS), at)
    return held if held and held.entry.kind is Kind.LEAVE else None


def _return(roster: Roster, until: datetime | None) -> Return:
    """At the end of a leave where the office is open then, else at the next opening."""
    if until is None:
        return Return()
    at = until if is_open(roster.office, until) else next_opening(roster.office, until)
    return Return(at, until)
