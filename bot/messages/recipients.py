"""Who gets a message, and when: at once, after quiet hours, or in one bundle after a leave.

What waits is a row with a due time; `release_held` shows it once, whatever number of processes look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.absence import Return, leave_of, return_of, stand_ins
from bot.messages.model import BUNDLE, SUBJECT, Held, Why
from bot.messages.quiet import quiet_until
from bot.messages.tables import messages, recipients
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.board import lock_board
from bot.presence.tables import board
from bot.store.cards import post_card
from bot.store.transaction import Transaction


def give_to_holder(tx: Transaction, roster: Roster, message: Row[Any], person: Person) -> None:
    """Give a message to whom it is for; while they are on leave to those who stand in, too."""
    leave = leave_of(tx, roster, person)
    if leave is None:
        give(tx, roster, message, person, Why.OWN)
        return
    _record(tx, roster, message, person, Why.OWN, Held.LEAVE, _awake(roster, person, leave))
    for other in stand_ins(tx, roster, person):
        give(tx, roster, message, other, Why.LEAVE)


def give(tx: Transaction, roster: Roster, message: Row[Any], person: Person, why: Why) -> bool:
    """Show a message to one person, in their quiet hours at the end of these; False if they had it."""
    new, shown = _hand(tx, roster, message, person, why)
    if shown:
        post_to(tx, roster, SUBJECT, message.id, person)
    return new


def give_together(
    tx: Transaction, roster: Roster, person: Person, given: Sequence[tuple[Row[Any], Why]]
) -> None:
    """Give several messages to one person: on one card where several are shown now."""
    _show(tx, roster, person, [m.id for m, why in given if _hand(tx, roster, m, person, why)[1]])


def _show(tx: Transaction, roster: Roster, person: Person, given: Sequence[str]) -> None:
    """Post one message, or several on one card."""
    if len(given) == 1:
        post_to(tx, roster, SUBJECT, given[0], person)
    elif given:
        bundle = tx.new_id()
        mine = (recipients.c.staff == person.id, recipients.c.message.in_(given))
        tx.update(recipients, *mine, bundle=bundle)
        post_to(tx, roster, BUNDLE, bundle, person)


def _hand(tx: Transaction, roster: Roster, message: Row[Any], person: Person, why: Why) -> tuple[bool, bool]:
    """Note that somebody has a message: whether that is new, and whether it is to be shown now."""
    quiet = None if message.urgent else quiet_until(roster.office, person, tx.now)
    new = _record(tx, roster, message, person, why, Held.QUIET if quiet else None, Return(quiet))
    if new and quiet and why is Why.OWN:
        tx.update(messages, messages.c.id == message.id, follow_from=quiet)
    return new, new and quiet is None


def given_to(tx: Transaction, message: str) -> Sequence[Row[Any]]:
    """Everybody who has a message, or for whom it waits."""
    return tx.all(
        sa.select(recipients).where(recipients.c.message == message).order_by(recipients.c.created_at)
    )


def bundle_messages(tx: Transaction, bundle: str) -> Sequence[Row[Any]]:
    """The messages of a bundle, the oldest first, each with `why` the person has it."""
    return tx.all(
        sa.select(messages, recipients.c.why)
        .join(recipients, recipients.c.message == messages.c.id)
        .where(recipients.c.bundle == bundle)
        .order_by(messages.c.created_at)
    )


def waiting(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, staff) for whom something may be due: its time has come, or they may be back."""
    kind = board.c.shown["kind"].as_string()
    on_board = sa.and_(board.c.organization == recipients.c.organization, board.c.staff == recipients.c.staff)
    back = sa.and_(
        recipients.c.held == Held.LEAVE,
        sa.or_(recipients.c.until.is_(None), recipients.c.until > tx.now),
        sa.or_(kind.is_(None), kind != Held.LEAVE.value),
    )
    rows = tx.all(
        sa.select(recipients.c.organization, recipients.c.staff)
        .distinct()
        .select_from(recipients.outerjoin(board, on_board))
        .where(recipients.c.held.is_not(None), sa.or_(recipients.c.due_at <= tx.now, back))
    )
    return [(row.organization, row.staff) for row in rows]


def release_held(tx: Transaction, roster: Roster, person: Person) -> int:
    """Show a person what waited for this moment, on one card where it is more than one; how many."""
    lock_board(tx, roster.organization, person.id)
    rows = tx.all(
        sa.select(recipients)
        .where(
            recipients.c.organization == roster.organization,
            recipients.c.staff == person.id,
            recipients.c.held.is_not(None),
        )
        .order_by(recipients.c.message)
    )
    lock_messages(tx, [row.message for row in rows])
    leave = leave_of(tx, roster, person)
    if leave is not None:
        _wait_for_return(tx, roster, person, leave, rows)
        return 0
    ready = [row for row in rows if _is_ready(tx, roster, person, row)]
    if not ready:
        return 0
    whole = len(ready) > 1 or any(row.held == Held.LEAVE for row in ready)
    bundle = tx.new_id() if whole else None
    for row in ready:
        tx.update(recipients, *_this(row), held=None, due_at=None, bundle=bundle)
    if bundle:
        post_to(tx, roster, BUNDLE, bundle, person)
    else:
        post_to(tx, roster, SUBJECT, ready[0].message, person)
    return len(ready)


def show_again(tx: Transaction, roster: Roster, person: Person) -> None:
    """The chat that had somebody's messages is theirs no more: what is open is shown in the one they have."""
    shown = tx.all(
        sa.select(recipients.c.message)
        .join(messages, messages.c.id == recipients.c.message)
        .where(
            recipients.c.organization == roster.organization,
            recipients.c.staff == person.id,
            recipients.c.held.is_(None),
            messages.c.state == "open",
        )
    )
    found = [message for (message,) in shown]
    lock_messages(tx, found)
    _show(tx, roster, person, found)


def lock_messages(tx: Transaction, given: Sequence[str]) -> None:
    """Messages that nobody closes until the commit: a card of theirs may leave with it, as they are now."""
    if given:
        mine = messages.c.id.in_(given)
        tx.execute(sa.select(messages.c.id).where(mine).order_by(messages.c.id).with_for_update())


def forget_held(tx: Transaction, organization: str, staff: str) -> None:
    """Nothing waits for somebody who left the office."""
    tx.execute(
        sa.delete(recipients).where(
            recipients.c.organization == organization,
            recipients.c.staff == staff,
            recipients.c.held.is_not(None),
        )
    )


def chat_of(person: Person) -> tuple[str, str | None]:
    """Where a person's messages go: the chat they prefer, the other where they have only that."""
    if person.chat == "line" and person.line:
        return "line", person.line
    return ("slack", person.slack) if person.slack else ("line", person.line)


def post_to(tx: Transaction, roster: Roster, subject: str, subject_id: str, person: Person) -> None:
    """Post a card to the chat a person prefers; nothing for somebody without one."""
    channel, address = chat_of(person)
    if address:
        post_card(
            tx, roster.organization, subject, subject_id, channel=channel, address=address, audience=person.id
        )


def _record(
    tx: Transaction,
    roster: Roster,
    message: Row[Any],
    person: Person,
    why: Why,
    held: Held | None,
    due: Return,
) -> bool:
    return tx.insert_if_new(
        recipients,
        message=message.id,
        staff=person.id,
        organization=roster.organization,
        why=why,
        held=held,
        due_at=due.at,
        until=due.until,
        created_at=tx.now,
    )


def _wait_for_return(
    tx: Transaction, roster: Roster, person: Person, leave: Return, rows: Iterable[Row[Any]]
) -> None:
    """A leave goes on, or has begun before the quiet hours ended: others stand in for what they have not."""
    due = _awake(roster, person, leave)
    for row in rows:
        if row.held == Held.QUIET and row.why == Why.OWN:
            message = tx.execute(sa.select(messages).where(messages.c.id == row.message)).one()
            for other in stand_ins(tx, roster, person):
                give(tx, roster, message, other, Why.LEAVE)
        tx.update(recipients, *_this(row), held=Held.LEAVE, due_at=due.at, until=due.until)


def _is_ready(tx: Transaction, roster: Roster, person: Person, row: Row[Any]) -> bool:
    """Whether a held message is to be shown now to somebody who is not on leave."""
    if row.held == Held.QUIET or (row.until and row.until <= tx.now):
        return bool(row.due_at <= tx.now)
    back = return_of(tx, roster, person)
    if back.until is None:
        return True  # they are back, and said so
    due = _awake(roster, person, back)
    tx.update(recipients, *_this(row), due_at=due.at, until=due.until)
    return due.at is None or due.at <= tx.now


def _awake(roster: Roster, person: Person, back: Return) -> Return:
    """A return, put off to the end of the quiet hours that it falls into."""
    quiet = quiet_until(roster.office, person, back.at) if back.at else None
    return replace(back, at=quiet or back.at)


def _this(row: Row[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    return recipients.c.message == row.message, recipients.c.staff == row.staff
