"""Messages and calls."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages import model as messages_model
from bot.messages.promises import due_of
from bot.messages.tables import messages
from bot.messages.verbs import file_message, message_of
from bot.office.numbers import is_withheld
from bot.office.roster import Roster
from bot.office.tokens import Scope
from bot.reception.tables import calls
from bot.store.transaction import Transaction
from handlers.api.callers import facts_of, person_of, shown
from handlers.api.models import (
    Call,
    CallList,
    Message,
    MessageList,
    MessagePage,
    NewMessage,
    Nothing,
    Page,
)
from handlers.api.operations import Asked, Operation
from handlers.api.paging import page_of


def list_messages(tx: Transaction, asked: Asked[MessagePage, Nothing]) -> MessageList:
    """Messages, the newest first."""
    query = sa.select(messages).where(messages.c.organization == asked.roster.organization)
    if asked.query.staff:
        query = query.where(messages.c.staff == asked.query.staff)
    if asked.query.state:
        query = query.where(messages.c.state == asked.query.state)
    page = page_of(tx, query, messages.c.created_at, asked.query)
    return MessageList(messages=[_message(row, asked.roster) for row in page.rows], next=page.next)


def leave_message(tx: Transaction, asked: Asked[Nothing, NewMessage]) -> Message:
    """File a message as after a call of our own."""
    wish = asked.body
    person = person_of(asked.roster, wish.staff) if wish.staff else None
    promise, due_at = _promise(asked.roster, wish.promise, tx.now)
    message = file_message(
        tx,
        asked.roster,
        messages_model.NewMessage(
            staff=person.id if person else None,
            department=person.department if person else None,
            caller=facts_of(asked.roster, wish.caller),
            body=wish.body,
            urgent=wish.urgent,
            promise=promise,
            promise_due_at=due_at,
        ),
    )
    return _message(message_of(tx, asked.roster.organization, message), asked.roster)


def _promise(roster: Roster, given: str | int | None, now: datetime) -> tuple[str, datetime | None]:
    if isinstance(given, int):
        return f"{given}分ほどで折り返し", now + timedelta(minutes=given)
    return given or "", due_of(roster, given or "", now)


def _message(row: Row[Any], roster: Roster) -> Message:
    return Message(
        id=row.id,
        call=row.call,
        staff=row.staff,
        department=row.department,
        caller=shown(row.caller),
        urgent=row.urgent,
        wish=row.wish,
        body=row.body,
        told=row.told,
        promise=row.promise,
        promise_due_at=_local(row.promise_due_at, roster),
        state=row.state,
        done_by=row.done_by,
        done_at=_local(row.done_at, roster),
        created_at=row.created_at.astimezone(roster.zone),
    )


def list_calls(tx: Transaction, asked: Asked[Page, Nothing]) -> CallList:
    """Calls, the newest first."""
    query = sa.select(calls).where(calls.c.organization == asked.roster.organization)
    if asked.query.staff:
        query = query.where(calls.c.staff == asked.query.staff)
    page = page_of(tx, query, calls.c.started_at, asked.query)
    return CallList(calls=[_call(row, asked.roster) for row in page.rows], next=page.next)


def _call(row: Row[Any], roster: Roster) -> Call:
    return Call(
        id=row.id,
        number="" if is_withheld(row.from_number) else row.from_number,
        called=row.to_number,
        staff=row.staff,
        state=row.state,
        outcome=row.outcome,
        started_at=row.started_at.astimezone(roster.zone),
        ended_at=_local(row.ended_at, roster),
        seconds=row.seconds,
    )


def _local(at: datetime | None, roster: Roster) -> datetime | None:
    return at.astimezone(roster.zone) if at else None


OPERATIONS = (
    Operation(
        "GET",
        "/api/v1/messages",
        Scope.MESSAGES_READ,
        "Callers' messages, the newest first",
        list_messages,
        MessageList,
        query=MessagePage,
    ),
    Operation(
        "POST",
        "/api/v1/messages",
        Scope.MESSAGES,
        "File a message; it is in chat at once",
        leave_message,
        Message,
        status=201,
        body=NewMessage,
        idempotent_by_key=True,
    ),
    Operation(
        "GET",
        "/api/v1/calls",
        Scope.CALLS_READ,
        "Calls that came in, the newest first",
        list_calls,
        CallList,
        query=Page,
    ),
)
