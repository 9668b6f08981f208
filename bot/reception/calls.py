"""Calls as they are stored: a conversation that any process can take one step further.

Each step of a call is a row with the answer given, so a repeated request hears the same again. The
call's row is the lock. What a caller said and was told becomes the message when the call has ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.model import SUBJECT as MESSAGE
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.tables import messages
from bot.messages.verbs import file_message, note_missed, promise_due, reopen_message
from bot.office.model import StaffId
from bot.office.numbers import is_our_line
from bot.office.roster import Roster, roster_of
from bot.reception.conversation import Conversation
from bot.reception.dialogue import SHORTEST_RECORDING, begin, step
from bot.reception.effects import record_effects
from bot.reception.events import (
    Event,
    HangUp,
    Hold,
    HungUp,
    Listen,
    TransferEnded,
    TransferOutcome,
    Turn,
)
from bot.reception.facts import facts_for, facts_of, known_caller
from bot.reception.summary import CallSummary, Promise, summary
from bot.reception.tables import calls, steps
from bot.scripts.render import render
from bot.store.cards import touch_cards
from bot.store.job_runs import claim_run
from bot.store.transaction import Transaction
from bot.transfers.model import TransferState
from bot.transfers.queries import is_held, newest_transfer
from bot.transfers.verbs import (
    TransferWish,
    begin_transfer,
    caller_hung_up_waiting,
    caller_left,
    caller_returned,
)

MISSED = "missed-calls"
"""The job that finds calls at the platform."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call as the platform announces it; `from_` as sent, which may be no number at all."""

    sid: str
    from_: str
    to: str
    forwarded_from: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller is to hear, the step whose input comes next, and words for the recogniser."""

    call: str
    step: int
    turn: Turn
    hints: tuple[str, ...] = ()


class NoSuchCallError(LookupError):
    """The platform speaks of a call that we never received."""


def receive_call(tx: Transaction, roster: Roster, arrival: Arrival) -> Reply:
    """A call arrives: greet it. The same call announced again hears the same greeting."""
    call = tx.new_id()
    refusal = _refusal(roster, arrival)
    row: dict[str, Any] = {
        "id": call,
        "organization": roster.organization,
        "sid": arrival.sid,
        "from_number": arrival.from_,
        "to_number": arrival.to,
        "forwarded_from": arrival.forwarded_from,
        "started_at": tx.now,
        "step": 1,
    }
    if refusal:
        if not tx.insert_if_new(calls, **row, state="refused", outcome=refusal.outcome):
            return _greeted(tx, roster, arrival.sid)
        _keep(tx, roster, call, 0, refusal.turn)
        return Reply(call, 1, refusal.turn)
    conversation, turn = begin(facts_for(tx, roster, arrival.from_, arrival.to, arrival.forwarded_from))
    if not tx.insert_if_new(calls, **row, state="live", conversation=conversation.model_dump(mode="json")):
        return _greeted(tx, roster, arrival.sid)
    _after(tx, roster, call, conversation, turn)
    _keep(tx, roster, call, 0, turn)
    return _reply(roster, call, 1, turn)


def _greeted(tx: Transaction, roster: Roster, sid: str) -> Reply:
    """What a call that is announced again was told the first time, here or by another process."""
    row = _call_by_sid(tx, sid)
    assert row is not None
    return _given(tx, roster, row, 0)


def take_step(tx: Transaction, roster: Roster, call: str, number: int, event: Event) -> Reply:
    """What the caller did at step `number`; a step that was taken already hears its answer again.

    Raises:
        NoSuchCallError: there is no such call in this office.
    """
    row = tx.lock(sa.select(calls).where(calls.c.id == call, calls.c.organization == roster.organization))
    if row is None:
        raise NoSuchCallError(call)
    if number < row.step:  # a repeated request
        return _given(tx, roster, row, number)
    if row.state != "live":
        return Reply(call, row.step, Turn(say=(), language="ja", then=HangUp()))
    conversation, turn = step(Conversation.model_validate(row.conversation), event, facts_of(tx, roster, row))
    tx.update(
        calls,
        calls.c.id == call,
        conversation=conversation.model_dump(mode="json"),
        step=row.step + 1,
    )
    _after(tx, roster, call, conversation, turn)
    _keep(tx, roster, call, row.step, turn)
    return _reply(roster, call, row.step + 1, turn)


def resume_after_hold(tx: Transaction, roster: Roster, call: str, number: int, *, bridged: bool) -> Reply:
    """The caller comes out of the queue: the dialogue hears how the asking ended.

    `bridged` is the platform's word that the two were joined; without it nobody was, whatever a key
    pressed at the last moment meant.
    """
    row = tx.lock(sa.select(calls).where(calls.c.id == call))
    if row is not None and number < row.step:  # a repeated request: another transfer may run by now
        return _given(tx, roster, row, number)
    return take_step(tx, roster, call, number, _ended(caller_returned(tx, roster, call, bridged=bridged)))


def hold_again(tx: Transaction, sid: str) -> Reply | None:
    """The queue broke under a caller while somebody is still asked: back into it. None where it is over."""
    row = _call_by_sid(tx, sid)
    if row is None or row.state != "live" or not is_held(tx, row.id):
        return None
    turn = _turn_of(tx, row, row.step - 1)
    return Reply(row.id, row.step, turn) if isinstance(turn.then, Hold) else None


def _ended(transfer: Row[Any] | None) -> TransferEnded:
    if transfer is None:
        return TransferEnded(outcome=TransferOutcome.UNREACHABLE)
    by = StaffId(transfer.decided_by) if transfer.decided_by else None
    reasons = {outcome.value: outcome for outcome in TransferOutcome}
    outcome = {
        TransferState.CONNECTED: TransferOutcome.BRIDGED,
        TransferState.PROMISED: TransferOutcome.PROMISED,
    }.get(transfer.state)
    if outcome is None:
        outcome = reasons.get(transfer.reason or "", TransferOutcome.EXPIRED)
    return TransferEnded(outcome=outcome, by=by, minutes=transfer.promise_minutes)


def end_call(tx: Transaction, roster: Roster, sid: str, *, status: str, seconds: int | None) -> str | None:
    """The platform's word that a call is over: ringing stops, the message is filed; its id.

    A second word of the same call changes nothing.
    """
    row = _call_by_sid(tx, sid)
    if row is None or row.ended_at is not None:
        return None
    tx.update(calls, calls.c.id == row.id, ended_at=tx.now, seconds=seconds)
    if row.state == "refused":
        return None
    caller_left(tx, roster, row.id, "hung_up")
    facts = facts_of(tx, roster, row)
    before = Conversation.model_validate(row.conversation)
    conversation, _ = step(before, HungUp(), facts)
    said = summary(conversation, facts)
    if before.holding and (unheard := _unheard_promise(tx, row.id)):
        said = said.model_copy(update={"promise": unheard, "staff": said.staff or unheard.staff})
    connected = _connection(tx, row.id)
    tx.update(
        calls,
        calls.c.id == row.id,
        state="ended",
        staff=said.staff,
        outcome="connected" if connected else ("message" if said.spoke else "missed"),
        conversation=conversation.model_dump(mode="json"),
    )
    if not said.spoke and not connected and not row.recording:
        note_missed(tx, roster, row.from_number)
        return None
    return file_message(tx, roster, _message(tx, roster, row, said, connected, status, seconds))


def hung_up_in_queue(tx: Transaction, roster: Roster, call: str) -> None:
    """The caller hung up while they waited: who pressed 1 just then has not met them.

    The word that the call is over may have come before: its message was filed as spoken about.
    """
    if not caller_hung_up_waiting(tx, roster, call):
        return
    filed = tx.first(sa.select(messages.c.id).where(messages.c.call == call, messages.c.state == "done"))
    if filed:
        tx.update(calls, calls.c.id == call, outcome="message")
        reopen_message(tx, roster, filed.id)


def keep_recording(tx: Transaction, sid: str, url: str, seconds: int | None) -> None:
    """A recording of a call, before or after its message was filed; a shorter one is only the receiver.

    Of a call that ended as 着信のみ it makes a message: the caller spoke to the tape and nowhere else.
    """
    row = _call_by_sid(tx, sid)
    if row is None or (seconds is not None and seconds < SHORTEST_RECORDING):
        return
    recording = {"url": url, "seconds": seconds}
    tx.update(calls, calls.c.id == row.id, recording=recording)
    filed = tx.first(sa.select(messages.c.id, messages.c.details).where(messages.c.call == row.id))
    if filed:
        tx.update(messages, messages.c.id == filed.id, details={**filed.details, "recording": url})
        touch_cards(tx, row.organization, MESSAGE, filed.id)
    elif row.state == "ended" and row.outcome == "missed":
        _file_late(tx, row.id)


def _file_late(tx: Transaction, call: str) -> None:
    """The message of a call whose recording came after its end."""
    row = tx.execute(sa.select(calls).where(calls.c.id == call)).one()
    roster = roster_of(tx, row.organization)
    facts = facts_of(tx, roster, row)
    said = summary(Conversation.model_validate(row.conversation), facts)
    tx.update(calls, calls.c.id == call, outcome="message")
    file_message(tx, roster, _message(tx, roster, row, said, None, "completed", row.seconds))


def call_by_id(tx: Transaction, call: str) -> Row[Any] | None:
    """One call's row."""
    return tx.first(sa.select(calls).where(calls.c.id == call))


def call_by_sid(tx: Transaction, sid: str) -> Row[Any] | None:
    """The row of a call by the platform's name for it."""
    return tx.first(sa.select(calls).where(calls.c.sid == sid))


def organization_of_sid(tx: Transaction, sid: str) -> str | None:
    """Whose call the platform speaks of."""
    row = tx.first(sa.select(calls.c.organization).where(calls.c.sid == sid))
    return row.organization if row else None


def file_once(tx: Transaction, organization: str, sid: str) -> bool:
    """True for the one who is to file a call found at the platform: once, and never after it was erased."""
    return claim_run(tx, organization, MISSED, sid)


def stale_calls(tx: Transaction, quiet_for: timedelta) -> list[Row[Any]]:
    """Live calls in which nothing has happened for a while: their last word may be lost.

    Or it happened later than now: the clock was set back.
    """
    last_step = sa.select(sa.func.max(steps.c.at)).where(steps.c.call == calls.c.id).scalar_subquery()
    quiet = sa.or_(last_step < tx.now - quiet_for, last_step > tx.now + quiet_for)
    return list(tx.all(sa.select(calls).where(calls.c.state == "live", quiet)))


@dataclass(frozen=True, slots=True)
class _Refusal:
    outcome: str
    turn: Turn


def _refusal(roster: Roster, arrival: Arrival) -> _Refusal | None:
    """Calls that are not taken: our own ring coming back, and blocked callers."""
    if is_our_line(roster.office, arrival.from_):
        return _Refusal("own_number", Turn(say=(), language="ja", then=HangUp()))
    if known_caller(roster, arrival.from_).block:
        sentence = render(roster.office, "refused", "ja")
        return _Refusal("blocked", Turn(say=(sentence,), language="ja", then=HangUp()))
    return None


def _after(tx: Transaction, roster: Roster, call: str, conversation: Conversation, turn: Turn) -> None:
    """What a turn causes beside its words, in the same commit."""
    tx.call = call
    record_effects(tx, roster, call, turn.effects)
    if isinstance(turn.then, Hold):
        row = tx.execute(sa.select(calls).where(calls.c.id == call)).one()
        facts = facts_of(tx, roster, row)
        said = summary(conversation, facts)
        wish = TransferWish(
            staff=turn.then.staff,
            caller=_caller(said),
            purpose=said.purpose or "",
            urgent=turn.then.urgent or said.urgent,
            vip=facts.caller.vip,
            call=call,
            line=row.to_number,
        )
        begin_transfer(tx, roster, wish)


def _caller(said: CallSummary) -> CallerFacts:
    return CallerFacts(
        said.company or "",
        said.name or "",
        said.number or "",
        said.number_said or "",
        said.number_verified,
    )


def _message(
    tx: Transaction,
    roster: Roster,
    row: Row[Any],
    said: CallSummary,
    connected: dict[str, Any] | None,
    status: str,
    seconds: int | None,
) -> NewMessage:
    promise = said.promise
    made = _promised_at(tx, row.id) if promise and promise.minutes else tx.now
    due = promise_due(roster, made, minutes=promise.minutes, day=promise.day) if promise else None
    details = {
        "seconds": seconds,
        "status": status,
        "connected": connected,
        "mail_given": said.mail_given,
        "callback_wanted": said.callback_wanted,
        "language": said.language,
        "number_valid": said.number_valid,
        "recording": row.recording["url"] if row.recording else None,
    }
    return NewMessage(
        staff=said.staff,
        department=said.department,
        caller=_caller(said),
        wish=said.wish,
        body=said.body,
        told="".join(said.told),
        promise=promise.text if promise else "",
        promise_due_at=due,
        urgent=said.urgent,
        call=row.id,
        details=details,
        done_by=connected["by"] if connected else None,
    )


def _connection(tx: Transaction, call: str) -> dict[str, Any] | None:
    """Whom the caller spoke to, and for how many seconds."""
    transfer = newest_transfer(tx, call)
    if transfer is None or transfer.connected_at is None:
        return None
    ended = transfer.ended_at or tx.now
    return {"by": transfer.decided_by, "seconds": int((ended - transfer.connected_at).total_seconds())}


def _unheard_promise(tx: Transaction, call: str) -> Promise | None:
    """Somebody promised to call back, and the caller hung up before they could be told: it counts."""
    transfer = newest_transfer(tx, call)
    if transfer is None or transfer.state != TransferState.PROMISED:
        return None
    minutes = transfer.promise_minutes
    text = f"{minutes}分ほどで折り返すとのお返事でした。お客様にお伝えする前に、お電話が切れました。"
    return Promise(text=text, minutes=minutes, staff=transfer.decided_by)


def _promised_at(tx: Transaction, call: str) -> datetime:
    """When somebody asked for this call promised to call back: their minutes count from then."""
    transfer = newest_transfer(tx, call)
    at: datetime | None = transfer.decided_at if transfer is not None and transfer.promise_minutes else None
    return at or tx.now


def _call_by_sid(tx: Transaction, sid: str) -> Row[Any] | None:
    row = tx.lock(sa.select(calls).where(calls.c.sid == sid))
    tx.call = row.id if row is not None else None
    return row


def _keep(tx: Transaction, roster: Roster, call: str, number: int, turn: Turn) -> None:
    tx.insert(
        steps,
        call=call,
        step=number,
        organization=roster.organization,
        turn=turn.model_dump(mode="json"),
        at=tx.now,
    )


def _given(tx: Transaction, roster: Roster, row: Row[Any], number: int) -> Reply:
    return _reply(roster, row.id, number + 1, _turn_of(tx, row, number))


def _reply(roster: Roster, call: str, step: int, turn: Turn) -> Reply:
    listens = isinstance(turn.then, Listen) and turn.then.names
    return Reply(call, step, turn, roster.directory.hints() if listens else ())


def _turn_of(tx: Transaction, row: Row[Any], number: int) -> Turn:
    turn = tx.execute(
        sa.select(steps.c.turn).where(steps.c.call == row.id, steps.c.step == number)
    ).scalar_one()
    return Turn.model_validate(turn)
