"""A call played against any moment without a telephone, and taken back: what would be heard, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import parse
from bot.office.model import Person
from bot.office.roster import Roster
from bot.reception.calls import Arrival, call_by_id, receive_call, take_step
from bot.reception.conversation import Conversation
from bot.reception.events import Hold, Said
from bot.reception.why import explained
from bot.store.transaction import Transaction

_HURRY = re.compile(r"(?i)お?急ぎ(?:で)?|至急|緊急|(?:--)?urgent")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`at` in the office's zone, `lines` of speaker and words, `reasons` in Japanese.

    `asked`: whether staff would be asked in chat next.
    """

    at: datetime
    lines: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    asked: bool


class UnknownMomentError(ValueError):
    """No moment that can be understood."""


def without_hurry(words: Sequence[str]) -> tuple[list[str], bool]:
    """The words that do not say that the caller is in a hurry, and whether one did."""
    others = [word for word in words if not _HURRY.fullmatch(word)]
    return others, len(others) < len(words)


def moment_of(when: str, now: datetime, roster: Roster) -> datetime:
    """`明日10:30`, or a date and time as RFC 3339 without a zone is the office's.

    Raises:
        UnknownMomentError: it is neither.
    """
    try:
        at = datetime.fromisoformat(when)
        return at if at.tzinfo else at.replace(tzinfo=roster.zone)
    except ValueError:
        update = parse(f"{when}から外出", now, "command", roster.calendar)
    if not update.entries:
        raise UnknownMomentError(when)
    return update.entries[0].start


def rehearse(
    tx: Transaction, roster: Roster, caller: str, person: Person, at: datetime, *, urgent: bool
) -> Rehearsal:
    """What a call for `person` would come to at the aware instant `at`. Nothing of it stays."""
    now, call, wakes, said = tx.now, tx.call, set(tx.wakes), len(tx.outgoing)
    undo = tx.connection.begin_nested()
    tx.now = at.astimezone(now.tzinfo)
    try:
        return _played(tx, roster, caller, person, urgent=urgent)
    finally:
        undo.rollback()
        tx.now, tx.call, tx.wakes = now, call, wakes
        del tx.outgoing[said:]


def _played(tx: Transaction, roster: Roster, caller: str, person: Person, *, urgent: bool) -> Rehearsal:
    number = next((known.number for known in roster.office.callers if caller in (known.name or "")), "")
    line = next((line.number for line in roster.office.numbers), "")
    greeting = receive_call(tx, roster, Arrival("rehearsal", number, line))
    hurry = "急ぎなのですが、" if urgent else ""
    words = f"{caller}と申しますが、{hurry}{_called(roster, person)}さんいらっしゃいますか"
    answer = take_step(tx, roster, greeting.call, greeting.step, Said(text=words))
    row = call_by_id(tx, greeting.call)
    reasons = Conversation.model_validate(row.conversation).reasons if row and row.conversation else ()
    return Rehearsal(
        at=tx.now.astimezone(roster.zone),
        lines=(
            ("受付", " ".join(greeting.turn.say)),
            (caller, words),
            ("受付", " ".join(answer.turn.say)),
        ),
        reasons=explained(roster, reasons),
        asked=isinstance(answer.turn.then, Hold),
    )


def _called(roster: Roster, person: Person) -> str:
    """The surname, or the full name where it is shared."""
    shared = sum(other.surname == person.surname for other in roster.people.values()) > 1
    return "".join(person.name.split()) if shared else person.surname
