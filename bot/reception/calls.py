"""Calls as they are stored: a conversation that any process can take one step further.

Each step of a call is a row with the answer given, so a repeated request hears the same again. The
call's row is the lock. What is filed when the call has ended: bot/reception/filing.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.office.model import StaffId
from bot.office.numbers import is_our_line
from bot.office.roster import Roster
from bot.reception.conversation import Conversation
from bot.reception.dialogue import begin, step
from bot.reception.effects import record_effects
from bot.reception.events import (
    Event,
    HangUp,
    Hold,
    Listen,
    TransferEnded,
    TransferOutcome,
    Turn,
)
from bot.reception.facts import facts_for, facts_of, known_caller
from bot.reception.summary import caller_facts, summary
from bot.reception.tables import calls, steps
from bot.reception.talk import Step
from bot.scripts.render import render
from bot.store.job_runs import claim_run, job_runs
from bot.store.transaction import Transaction
from bot.transfers.model import TransferState
from bot.transfers.queries import is_held
from bot.transfers.verbs import TransferWish, begin_transfer, caller_returned

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
        row |= {"state": "refused", "outcome": refusal.outcome}
        if not tx.insert_two_if_new(calls, row, steps, _step(tx, roster, call, 0, refusal.turn)):
            return _greeted(tx, roster, arrival.sid)
        return Reply(call, 1, refusal.turn)
    conversation, turn = _greeting(tx, roster, arrival.to)
    row |= {"state": "live", "conversation": conversation.model_dump(mode="json")}
    if not tx.insert_two_if_new(calls, row, steps, _step(tx, roster, call, 0, turn)):
        return _greeted(tx, roster, arrival.sid)
    _after(tx, roster, call, conversation, turn)
    return _reply(roster, call, 1, turn)


def _greeting(tx: Transaction, roster: Roster, to: str) -> Step:
    """How a call to one of our numbers begins, whoever calls. Worked out once for all calls of a minute."""
    line = to if any(line.number == to for line in roster.office.numbers) else ""
    known = _known_greeting(roster.revision, line, tx.now.replace(second=0, microsecond=0))
    if not known:
        known.append(begin(facts_for(tx, roster, "", to, None)))
    return known[0]


@lru_cache(maxsize=1024)
def _known_greeting(_revision: str, _line: str, _minute: datetime) -> list[Step]:
    """Room for one."""
    return []


def _greeted(tx: Transaction, roster: Roster, sid: str) -> Reply:
    """What a call that is announced again was told the first time, here or by another process."""
    row = locked_call(tx, sid)
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
    tx.insert(steps, **_step(tx, roster, call, row.step, turn))
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
    row = locked_call(tx, sid)
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


def call_by_id(tx: Transaction, call: str) -> Row[Any] | None:
    """One call's row."""
    return tx.first(sa.select(calls).where(calls.c.id == call))


def call_by_sid(tx: Transaction, sid: str) -> Row[Any] | None:
    """The row of a call by the platform's name for it."""
    return tx.first(sa.select(calls).where(calls.c.sid == sid))


_BY_SID = sa.select(calls).where(calls.c.sid == sa.bindparam("sid")).with_for_update()


def locked_call(tx: Transaction, sid: str) -> Row[Any] | None:
    """The row of a call by the platform's name for it, which nobody else changes until the commit."""
    row = tx.first(_BY_SID, {"sid": sid})
    tx.call = row.id if row is not None else None
    return row


def organization_of_sid(tx: Transaction, sid: str) -> str | None:
    """Whose call the platform speaks of."""
    row = tx.first(sa.select(calls.c.organization).where(calls.c.sid == sid))
    return row.organization if row else None


def file_once(tx: Transaction, organization: str, sid: str) -> bool:
    """True for the one who is to file a call found at the platform: once, and never after it was erased."""
    return claim_run(tx, organization, MISSED, sid)


def erased_from(tx: Transaction, sid: str) -> str | None:
    """The office that has erased a call of the last days; None for a call that is here, or never was."""
    filed = sa.select(job_runs.c.organization).where(job_runs.c.job == MISSED, job_runs.c.slot == sid)
    row = tx.first(filed) if call_by_sid(tx, sid) is None else None
    return row.organization if row else None


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
            caller=caller_facts(said),
            purpose=said.purpose or "",
            urgent=turn.then.urgent or said.urgent,
            vip=facts.caller.vip,
            call=call,
            line=row.to_number,
        )
        begin_transfer(tx, roster, wish)


def _step(tx: Transaction, roster: Roster, call: str, number: int, turn: Turn) -> dict[str, Any]:
    """A step with the answer that was given, as a row of `steps`."""
    return {
        "call": call,
        "step": number,
        "organization": roster.organization,
        "turn": turn.model_dump(mode="json"),
        "at": tx.now,
    }


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
