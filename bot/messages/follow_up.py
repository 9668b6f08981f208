"""Messages until they are done, promises until they are kept: the ladder of the office, each step once.

After the call a message is repeated to the person, then goes to the backups, then to the managers; a
promise is recalled shortly before it is due and when it is, then goes the same way. The next step's
time is a column; done or a call back that reached the caller ends it (docs/messages.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.absence import leave_of, managers_of, stand_ins
from bot.messages.model import REMINDER, Why
from bot.messages.quiet import quiet_until
from bot.messages.recipients import chat_of, give_together, given_to, post_to
from bot.messages.tables import messages
from bot.office.model import FollowUp, Person
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from bot.store.cards import touch_cards
from bot.store.transaction import Transaction

DUE_AT_ONCE = 50
"""Messages whose steps are taken in one transaction, so that one person hears of them together."""
To = Literal["person", "backups", "managers"]
_RECALLED_BEFORE = timedelta(minutes=5)
PROMISE = "promise_"
"""How the names of steps about a promise begin."""
HANDED = "handed"
"""Beside the steps of the ladder: the message was handed to somebody who had it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: its name, when it is due, and who hears of it."""

    name: str
    at: datetime
    to: To

    @property
    def is_promise(self) -> bool:
        return self.name.startswith(PROMISE)


def ladder(rules: FollowUp, since: datetime, promised: datetime, due: datetime | None) -> tuple[Step, ...]:
    """All steps for a message, the earliest first.

    `since`: when the person could see it. A promise made at `promised` is recalled five minutes before
    it is `due`, or at half its time where that is later.
    """
    escalate = timedelta(minutes=rules.escalate_minutes)
    steps = [
        Step(f"remind_{minutes}", since + timedelta(minutes=minutes), "person")
        for minutes in sorted(set(rules.remind_minutes))
    ]
    steps += [
        Step("backups", since + escalate, "backups"),
        Step("managers", since + 2 * escalate, "managers"),
    ]
    if due is not None:
        soon = max(due - _RECALLED_BEFORE, promised + (due - promised) / 2)
        steps += [
            Step("promise_soon", soon, "person"),
            Step("promise_due", due, "person"),
            Step("promise_backups", due + escalate, "backups"),
            Step("promise_managers", due + 2 * escalate, "managers"),
        ]
    return tuple(sorted(steps, key=lambda step: step.at))


def ladder_of(roster: Roster, row: Row[Any]) -> tuple[Step, ...]:
    """The steps for a message of this office, as far as its plan has them."""
    return _steps(roster, _seen_from(row), row.created_at, row.promise_due_at)


def first_step(roster: Roster, now: datetime, due: datetime | None) -> datetime | None:
    """When the follow-up of a message begins that is filed and seen `now`, with a promise that is `due`."""
    return min((step.at for step in _steps(roster, now, now, due)), default=None)


def _steps(roster: Roster, since: datetime, promised: datetime, due: datetime | None) -> tuple[Step, ...]:
    office = roster.office
    if not allowed(office, Feature.FOLLOW_UP):
        return ()
    steps = ladder(office.follow_up, since, promised, due)
    escalates = allowed(office, Feature.ESCALATION)
    return tuple(step for step in steps if escalates or step.to == "person")


def _seen_from(row: Row[Any]) -> datetime:
    """From when a message's time is counted."""
    at: datetime = row.follow_from or row.created_at
    return at


def begin_follow_up(tx: Transaction, roster: Roster, row: Row[Any]) -> None:
    """Have a message, as it is stored now, followed up."""
    if row.state == "open":
        _schedule(tx, row, ladder_of(roster, row), frozenset(row.followed or ()))


def end_follow_up(tx: Transaction, row: Row[Any]) -> None:
    """Nothing more is asked of anybody; the reminders already sent say that it is settled."""
    tx.update(messages, messages.c.id == row.id, follow_up_at=None)
    for name in row.followed or ():
        touch_cards(tx, row.organization, REMINDER, reminder_id(row.id, name))


def tell_new_holder(tx: Transaction, roster: Roster, row: Row[Any], person: Person) -> None:
    """Somebody who has a message already is in charge of it from now on; said once to each."""
    tx.update(messages, messages.c.id == row.id, followed=sorted({*(row.followed or ()), HANDED}))
    post_to(tx, roster, REMINDER, reminder_id(row.id, HANDED), person)


def due_follow_ups(tx: Transaction) -> list[tuple[str, tuple[str, ...]]]:
    """(organization, messages) whose next step is due, a handful at a time."""
    rows = tx.all(
        sa.select(messages.c.organization, messages.c.id)
        .where(messages.c.follow_up_at <= tx.now)
        .order_by(messages.c.organization, messages.c.follow_up_at)
    )
    found: list[tuple[str, tuple[str, ...]]] = []
    for organization, group in groupby(rows, lambda row: str(row.organization)):
        due = [row.id for row in group]
        found += [
            (organization, tuple(due[first : first + DUE_AT_ONCE]))
            for first in range(0, len(due), DUE_AT_ONCE)
        ]
    return found


def take_steps(tx: Transaction, roster: Roster, due: Sequence[str]) -> None:
    """Take every step of some messages that is due, each once.

    Steps of one message that were missed together are one reminder; what one person hears at the same
    moment comes together.
    """
    told: dict[str, _News] = {}
    for message in sorted(due):
        row = tx.lock(sa.select(messages).where(messages.c.id == message))
        if row is not None and row.follow_up_at is not None and row.follow_up_at <= tx.now:
            _take(tx, roster, row, told)  # otherwise another process took it, or it is done
    for news in told.values():
        tx.call = news.call
        give_together(tx, roster, news.person, news.new)
        _remind(tx, roster, news)


@dataclass(slots=True)
class _News:
    """What one person is to hear: messages that they did not have, and reminders of those they have."""

    person: Person
    new: list[tuple[Row[Any], Why]] = field(default_factory=list)
    reminders: list[str] = field(default_factory=list)
    calls: set[str | None] = field(default_factory=set)

    @property
    def call(self) -> str | None:
        """The call it is all about; None where that is more than one."""
        return next(iter(self.calls)) if len(self.calls) == 1 else None


def _take(tx: Transaction, roster: Roster, row: Row[Any], told_to: dict[str, _News]) -> None:
    steps = ladder_of(roster, row)
    taken = frozenset(row.followed or ())
    due = [step for step in steps if step.at <= tx.now and step.name not in taken]
    told: dict[str, tuple[Person, Step]] = {}
    for step in due:
        told |= {person.id: (person, step) for person in _audience(tx, roster, row, step)}
    until = None if any(step.is_promise for step in due) else _all_quiet(tx, roster, row, told)
    if until:
        # The night does not count: what was to come after these steps comes as long after them as ever.
        since = _seen_from(row) + (until - min(step.at for step in due))
        tx.update(messages, messages.c.id == row.id, follow_up_at=until, follow_from=since)
        return
    holding = {given.staff: given.held for given in given_to(tx, row.id)}
    for person, step in told.values():
        news = told_to.setdefault(person.id, _News(person))
        news.calls.add(row.call)
        if person.id not in holding:
            news.new.append((row, Why.MANAGER if step.to == "managers" else Why.BACKUP))
        elif holding[person.id] is None or step.is_promise:
            news.reminders.append(reminder_id(row.id, step.name))
    taken |= {step.name for step in due}
    tx.update(messages, messages.c.id == row.id, followed=sorted(taken))
    _schedule(tx, row, steps, taken)


def reminder_id(message: str, step: str) -> str:
    """The subject id of a reminder's cards; several on one card are joined by commas."""
    return f"{message}:{step}"


def _audience(tx: Transaction, roster: Roster, row: Row[Any], step: Step) -> Sequence[Person]:
    """Who hears of a step: never anybody on leave."""
    holder = roster.people.get(row.staff) if row.staff else None
    found: Sequence[Person]
    if step.to == "managers":
        department = holder.department if holder else row.department
        found = managers_of(roster, department, besides=holder)
    elif holder is None:
        found = ()
    elif step.to == "backups" or leave_of(tx, roster, holder):
        return stand_ins(tx, roster, holder)
    else:
        found = (holder,)
    return [person for person in found if leave_of(tx, roster, person) is None]


def _all_quiet(
    tx: Transaction, roster: Roster, row: Row[Any], told: dict[str, tuple[Person, Step]]
) -> datetime | None:
    """When the first quiet hours end, where everybody concerned has them; None for urgent messages."""
    if row.urgent or not told:
        return None
    ends = [quiet_until(roster.office, person, tx.now) for person, _ in told.values()]
    known = [end for end in ends if end]
    return min(known) if len(known) == len(ends) else None


def _remind(tx: Transaction, roster: Roster, news: _News) -> None:
    """One push for all in LINE, where each is paid for; in Slack cards that close one by one."""
    channel, _ = chat_of(news.person)
    together = [",".join(news.reminders)] if channel == "line" and news.reminders else news.reminders
    for reminder in together:
        post_to(tx, roster, REMINDER, reminder, news.person)


def _schedule(tx: Transaction, row: Row[Any], steps: Sequence[Step], taken: frozenset[str]) -> None:
    to_come = [step.at for step in steps if step.name not in taken]
    tx.change(messages, row.id, follow_up_at=min(to_come, default=None))
