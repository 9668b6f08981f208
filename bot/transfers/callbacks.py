"""折り返す: a member of staff's telephone rings, then the caller is called from the company's number.

The call back's row is the lock. The staff leg is a leg like those of transfers, so that no telephone
has two at once; the caller's own answer is what keeps a promise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.model import CallerFacts
from bot.messages.verbs import called_back, caller_of, message_of, touch_message
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.scripts.render import render
from bot.scripts.speech import caller_name
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction
from bot.transfers.legs import (
    Leg,
    due_callback_legs,
    hang_up,
    is_late,
    leg_of,
    mark_bridged,
    mark_over,
    mark_ringing,
    mark_screening,
    place_callback_leg,
)
from bot.transfers.model import DECLINED, LegState
from bot.transfers.tables import callbacks, legs

PLACE = "callback.place"
"""Outbox kind: ring the telephone of whoever calls back."""
NEWS = "callback.news"
"""Outbox kind: a call back did not reach the caller; whoever tried is told."""
_SCREENING = timedelta(seconds=25)
_ENDED = {"completed", "busy", "failed", "no-answer", "canceled"}


class Begun(StrEnum):
    """What became of the wish to call back."""

    RINGS = "rings"
    ENGAGED = "engaged"  # their telephone rings or talks already
    RUNNING = "running"  # somebody is calling this caller back right now
    BY_HAND = "by_hand"  # no number of the company, no telephone, or no caller's number


class Outcome(StrEnum):
    """How a call back has ended."""

    REACHED = "reached"
    STAFF_NO_ANSWER = "staff_no_answer"
    DECLINED = "declined"  # 2 was pressed
    CALLER_BUSY = "caller_busy"
    CALLER_NO_ANSWER = "caller_no_answer"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the staff telephone hears; `ask`: 1 is waited for; `dial`: then this number is called."""

    sentences: tuple[str, ...] = ()
    ask: bool = False
    dial: str | None = None
    line: str = ""


def begin_callback(
    tx: Transaction, roster: Roster, message: str, person: Person, *, channel: str, line: str | None
) -> Begun:
    """Ring a person's telephone to call the caller of a message back; `line` is what both will see.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    caller = caller_of(message_of(tx, roster.organization, message))
    if not (line and person.telephone and caller.number):
        return Begun.BY_HAND
    callback = tx.new_id()
    new = tx.insert_if_new(
        callbacks,
        id=callback,
        organization=roster.organization,
        message=message,
        staff=person.id,
        channel=channel,
        line=line,
        number=caller.number,
        created_at=tx.now,
    )
    if not new:
        return Begun.RUNNING
    leg = place_callback_leg(tx, roster.organization, callback, person)
    if leg is None:
        tx.execute(sa.delete(callbacks).where(callbacks.c.id == callback))
        return Begun.ENGAGED
    enqueue(tx, roster.organization, PLACE, {"callback": callback, "leg": leg}, lane=f"leg:{leg}")
    touch_message(tx, roster.organization, message)
    return Begun.RINGS


def callback_answered(tx: Transaction, leg_id: str, sid: str) -> Prompt:
    """The staff telephone was picked up: say whom they are about to call, and wait for 1."""
    found = _locked(tx, leg_id, sid)
    if found is None:
        return Prompt()
    leg, row = found
    office = roster_of(tx, row.organization).office
    if row.ended_at or mark_screening(tx, leg, tx.now + _SCREENING) is None:
        return Prompt((render(office, "callback_over", "ja"),))
    return Prompt((render(office, "callback_whisper", "ja", caller=_spoken(tx, row)),), ask=True)


def callback_pressed(tx: Transaction, leg_id: str, sid: str, digits: str) -> Prompt:
    """1 calls the caller, 2 gives up, anything else is asked again; a repeated key does the same again."""
    found = _locked(tx, leg_id, sid)
    if found is None:
        return Prompt()
    leg, row = found
    office = roster_of(tx, row.organization).office
    if row.ended_at or leg.state is LegState.OVER:
        return Prompt((render(office, "callback_over", "ja"),))
    if digits == "1":
        mark_bridged(tx, leg)
        calling = render(office, "callback_calling", "ja", caller=_spoken(tx, row))
        return Prompt((calling,), dial=row.number, line=row.line)
    if digits == "2":
        _end(tx, row, leg.id, DECLINED, Outcome.DECLINED)
        return Prompt((render(office, "callback_over", "ja"),))
    return Prompt((render(office, "callback_whisper", "ja", caller=_spoken(tx, row)),), ask=True)


def caller_reached(tx: Transaction, leg_id: str) -> None:
    """The caller has picked up: the promise is kept, whatever is said now."""
    row = _callback_of(tx, leg_id)
    if row is None or row.reached_at is not None:
        return
    tx.update(callbacks, callbacks.c.id == row.id, reached_at=tx.now, outcome=Outcome.REACHED)
    called_back(tx, roster_of(tx, row.organization), row.message, row.staff)


def callback_dialled(tx: Transaction, leg_id: str, sid: str, status: str, *, talked: bool) -> Prompt:
    """Dialling the caller is over: what the staff member hears last."""
    found = _locked(tx, leg_id, sid)
    if found is None:
        return Prompt()
    if talked:
        caller_reached(tx, leg_id)
    leg, row = found[0], _callback_of(tx, leg_id)
    assert row is not None
    outcomes = {"busy": Outcome.CALLER_BUSY, "failed": Outcome.FAILED}
    _end(tx, row, leg.id, status, outcomes.get(status, Outcome.CALLER_NO_ANSWER))
    if row.reached_at or status == "canceled":
        return Prompt()
    office = roster_of(tx, row.organization).office
    return Prompt((render(office, "callback_unanswered", "ja", caller=_spoken(tx, row)),))


def callback_progress(tx: Transaction, leg_id: str, sid: str, status: str) -> None:
    """A status callback of the staff leg, in whatever order it comes."""
    found = _locked(tx, leg_id, sid)
    if found is None:
        return
    leg, row = found
    if status in {"ringing", "initiated", "queued"}:
        if leg.state is LegState.OVER:
            hang_up(tx, leg.id, leg.organization)
        else:
            ring = roster_of(tx, leg.organization).office.transfer.ring_seconds
            mark_ringing(tx, leg, timedelta(seconds=ring))
    elif status in _ENDED:
        talked = leg.state is LegState.BRIDGED
        _end(tx, row, leg.id, status, Outcome.CALLER_NO_ANSWER if talked else Outcome.STAFF_NO_ANSWER)


def callback_failed(tx: Transaction, leg_id: str) -> None:
    """The staff telephone cannot be rung at all."""
    row = _callback_of(tx, leg_id)
    if row is not None:
        _end(tx, row, leg_id, "failed", Outcome.FAILED)


def late_callbacks(tx: Transaction) -> bool:
    """Whether a staff telephone rings in vain; a cheap look, decided again under the lock."""
    return bool(due_callback_legs(tx))


def give_up_callbacks(tx: Transaction) -> None:
    """Staff telephones that were neither answered nor confirmed in time are stopped."""
    for leg_id in due_callback_legs(tx):
        row = _callback_of(tx, leg_id)
        leg = tx.execute(sa.select(legs).where(legs.c.id == leg_id)).one()
        if row is not None and is_late(tx, leg):
            hang_up(tx, leg_id, row.organization)
            _end(tx, row, leg_id, "no-answer", Outcome.STAFF_NO_ANSWER)


def last_callback(tx: Transaction, message: str) -> Row[Any] | None:
    """The newest call back for a message."""
    return tx.first(
        sa.select(callbacks).where(callbacks.c.message == message).order_by(callbacks.c.id.desc()).limit(1)
    )


def last_callback_to(tx: Transaction, organization: str, number: str, since: datetime) -> Row[Any] | None:
    """The newest call back to a number (E.164) after an instant, whether it was answered or not."""
    return tx.first(
        sa.select(callbacks)
        .where(
            callbacks.c.organization == organization,
            callbacks.c.number == number,
            callbacks.c.created_at > since,
        )
        .order_by(callbacks.c.id.desc())
        .limit(1)
    )


def _locked(tx: Transaction, leg_id: str, sid: str) -> tuple[Leg, Row[Any]] | None:
    """The leg that a webhook is about, and its call back, locked; None where it is another call's."""
    row = _callback_of(tx, leg_id)
    leg = leg_of(tx, leg_id, sid) if row is not None else None
    return (leg, row) if leg is not None and row is not None else None


def _callback_of(tx: Transaction, leg_id: str) -> Row[Any] | None:
    found = tx.first(sa.select(legs.c.callback).where(legs.c.id == leg_id))
    if found is None or found.callback is None:
        return None
    return tx.lock(sa.select(callbacks).where(callbacks.c.id == found.callback))


def _end(tx: Transaction, row: Row[Any], leg_id: str, result: str, outcome: Outcome) -> None:
    """Over, once: without the caller's answer the message stays open, and whoever tried is told."""
    mark_over(tx, leg_id, result)
    if row.ended_at is not None:
        return
    reached = row.reached_at is not None
    tx.update(
        callbacks,
        callbacks.c.id == row.id,
        ended_at=tx.now,
        outcome=Outcome.REACHED if reached else outcome,
    )
    touch_message(tx, row.organization, row.message)
    if not reached:
        enqueue(tx, row.organization, NEWS, {"callback": row.id})


def _spoken(tx: Transaction, row: Row[Any]) -> str:
    caller: CallerFacts = caller_of(message_of(tx, row.organization, row.message))
    return caller_name(caller.company or None, caller.name or None)
