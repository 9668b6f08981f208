"""Filing messages and seeing them through. Each verb is a function of one transaction."""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.follow_up import begin_follow_up, end_follow_up, first_step, tell_new_holder
from bot.messages.model import BUNDLE, SUBJECT, CallerFacts, NewMessage
from bot.messages.recipients import forget_held, give_to_holder, given_to
from bot.messages.rules import apply_rules
from bot.messages.tables import messages, missed
from bot.office.hours import next_opening
from bot.office.model import Person
from bot.office.roster import Roster
from bot.store.cards import post_card, touch_cards
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

MISSED = "calls.missed"
"""Outbox kind: one line 着信のみ for a number and a day."""
EVENT = "webhook.event"
"""Outbox kind: an event for the office's webhooks."""


class NoSuchMessageError(LookupError):
    """There is no such message in this office."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether a message was closed by this very tap, and who has closed it."""

    first: bool
    by: str | None


def file_message(tx: Transaction, roster: Roster, new: NewMessage) -> str:
    """Record a message and have it shown to whom it concerns; its id. Once for each call."""
    tx.call = new.call
    row = tx.insert_new(
        messages,
        id=tx.new_id(),
        organization=roster.organization,
        call=new.call,
        staff=new.staff,
        department=new.department,
        caller=asdict(new.caller),
        number=new.caller.number or None,
        urgent=new.urgent,
        wish=new.wish,
        body=new.body,
        told=new.told,
        promise=new.promise,
        promise_due_at=new.promise_due_at,
        details=new.details,
        state="done" if new.done_by else "open",
        done_by=new.done_by,
        done_at=tx.now if new.done_by else None,
        follow_up_at=None if new.done_by else first_step(roster, tx.now, new.promise_due_at),
        created_at=tx.now,
    )
    if row is None:  # the call's message was filed before
        return str(tx.execute(sa.select(messages.c.id).where(messages.c.call == new.call)).scalar_one())
    show_message(tx, roster, row, new.staff)
    apply_rules(tx, roster, row)
    if new.staff:
        stored = message_of(tx, roster.organization, row.id)
        if stored.follow_from:  # their quiet hours put it off
            begin_follow_up(tx, roster, stored)
    _tell_backends(tx, roster, row.id, "message.created")
    return str(row.id)


def show_message(tx: Transaction, roster: Roster, message: Row[Any], staff: str | None) -> None:
    """Have a message shown to the person (or those who stand in), and at once to the calls channel."""
    person = roster.people.get(staff) if staff else None  # type: ignore[call-overload]
    if person is not None:
        give_to_holder(tx, roster, message, person)
    for channel, address in calls_channels(roster):
        post_card(
            tx, roster.organization, SUBJECT, message.id, channel=channel, address=address, audience="calls"
        )


def touch_message(tx: Transaction, organization: str, message: str) -> None:
    """Every card that shows a message shows it as it is now."""
    touch_cards(tx, organization, SUBJECT, message)
    for given in given_to(tx, message):
        if given.bundle:
            touch_cards(tx, organization, BUNDLE, given.bundle)


def chats_of(person: Person) -> list[tuple[str, str]]:
    """Every chat a person has: a transfer is asked in all of them."""
    both = (("slack", person.slack), ("line", person.line))
    return [(channel, address) for channel, address in both if address]


def calls_channels(roster: Roster) -> list[tuple[str, str]]:
    """Where the office watches its calls."""
    office = roster.office
    found = []
    if office.slack and office.slack.calls_channel:
        found.append(("slack", office.slack.calls_channel))
    if office.line and office.line.calls_group:
        found.append(("line", office.line.calls_group))
    return found


def note_missed(tx: Transaction, roster: Roster, number: str) -> None:
    """A call in which nobody spoke: one line for each number and day in the calls channel."""
    day = tx.now.astimezone(roster.zone).date()
    new = tx.insert_if_new(
        missed, organization=roster.organization, number=number, day=day, calls=1, last_at=tx.now
    )
    if not new:
        tx.update(
            missed,
            missed.c.organization == roster.organization,
            missed.c.number == number,
            missed.c.day == day,
            calls=missed.c.calls + 1,
            last_at=tx.now,
        )
        return
    for channel, address in calls_channels(roster):
        payload = {"channel": channel, "address": address, "number": number, "at": tx.now.isoformat()}
        enqueue(tx, roster.organization, MISSED, payload)


_OF_ID = sa.select(messages).where(
    messages.c.id == sa.bindparam("message"), messages.c.organization == sa.bindparam("organization")
)


def message_of(tx: Transaction, organization: str, message: str) -> Row[Any]:
    """One message's row.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = tx.first(_OF_ID, {"message": message, "organization": organization})
    if row is None:
        raise NoSuchMessageError(message)
    return row


def caller_of(row: Row[Any]) -> CallerFacts:
    """The caller of a message's row."""
    return CallerFacts(**row.caller)


def close_message(tx: Transaction, roster: Roster, message: str, by: str) -> Closing:
    """対応済み: done once, by whoever was first; every card of it says so.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = _locked(tx, roster, message)
    if row.state == "done":
        return Closing(first=False, by=row.done_by)
    tx.update(messages, messages.c.id == message, state="done", done_by=by, done_at=tx.now)
    end_follow_up(tx, row)
    touch_message(tx, roster.organization, message)
    _tell_backends(tx, roster, message, "message.done")
    return Closing(first=True, by=by)


def reopen_message(tx: Transaction, roster: Roster, message: str) -> None:
    """It was filed as spoken about, and nobody spoke to the caller: it is open, and followed up.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = _locked(tx, roster, message)
    tx.update(
        messages,
        messages.c.id == message,
        state="open",
        done_by=None,
        done_at=None,
        details={**row.details, "connected": None},
    )
    begin_follow_up(tx, roster, message_of(tx, roster.organization, message))
    touch_message(tx, roster.organization, message)
    _tell_backends(tx, roster, message, "message.reopened")


def reassign_message(tx: Transaction, roster: Roster, message: str, to: Person) -> bool:
    """担当変更: give an open message to a colleague; False where it is done already.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = _locked(tx, roster, message)
    if row.state == "done":
        return False
    tx.update(messages, messages.c.id == message, staff=to.id)
    touch_message(tx, roster.organization, message)
    if any(given.staff == to.id and given.held is None for given in given_to(tx, message)):
        tell_new_holder(tx, roster, row, to)  # they have the card: it alone would say nothing in LINE
    else:
        show_message(tx, roster, message_of(tx, roster.organization, message), to.id)
    return True


def hand_over_open(tx: Transaction, roster: Roster, leaver: Person) -> int:
    """Give the open messages of somebody who is out of reach to a backup, else a manager; how many.

    `roster` is the office as it was with the leaver in it.
    """
    heirs = [*roster.backups_of(leaver), *roster.managers()]
    heir = next((person for person in heirs if person.id != leaver.id and chats_of(person)), None)
    rows = tx.all(
        sa.select(messages.c.id).where(
            messages.c.organization == roster.organization,
            messages.c.staff == leaver.id,
            messages.c.state == "open",
        )
    )
    if heir:
        for (message,) in rows:
            reassign_message(tx, roster, message, heir)
    forget_held(tx, roster.organization, leaver.id)
    return len(rows) if heir else 0


def called_back(tx: Transaction, roster: Roster, message: str, by: str) -> None:
    """A call back has reached the caller: a promise is kept, nobody is reminded any more.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = _locked(tx, roster, message)
    if row.called_back_at is None:
        tx.update(messages, messages.c.id == message, called_back_at=tx.now, called_back_by=by)
        end_follow_up(tx, row)
    touch_message(tx, roster.organization, message)


def _locked(tx: Transaction, roster: Roster, message: str) -> Row[Any]:
    """A message's row, which nobody else changes until the commit."""
    row = tx.lock(
        sa.select(messages).where(messages.c.id == message, messages.c.organization == roster.organization)
    )
    if row is None:
        raise NoSuchMessageError(message)
    tx.call = row.call
    return row


def _tell_backends(tx: Transaction, roster: Roster, message: str, event: str) -> None:
    for index, backend in enumerate(roster.office.routing):
        if backend.type == "webhook":
            payload = {"backend": index, "event": event, "message": message}
            enqueue(tx, roster.organization, EVENT, payload, lane=f"message:{message}:{index}")


def promise_due(roster: Roster, now: datetime, *, minutes: int | None, day: Any) -> datetime | None:
    """When a promised call back is due: in so many minutes, or by closing of a day."""
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    if day is None:
        return None
    closing: time = roster.calendar.closing
    due = datetime.combine(day, closing, roster.zone)
    return due if due > now else next_opening(roster.office, now)
