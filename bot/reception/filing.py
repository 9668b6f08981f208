"""A call's end: what is filed of it, whichever word of it comes first."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.model import SUBJECT as MESSAGE
from bot.messages.model import NewMessage
from bot.messages.tables import messages
from bot.messages.verbs import file_message, note_missed, promise_due, reopen_message
from bot.office.roster import Roster, roster_of
from bot.reception.calls import call_by_id, call_by_sid, erased_from, locked_call
from bot.reception.conversation import Conversation
from bot.reception.dialogue import SHORTEST_RECORDING, step
from bot.reception.events import HungUp
from bot.reception.facts import facts_of
from bot.reception.recordings import delete_recording
from bot.reception.summary import CallSummary, Promise, caller_facts, summary
from bot.reception.tables import calls
from bot.store.cards import touch_cards
from bot.store.transaction import Transaction
from bot.transfers.legs import call_of_leg
from bot.transfers.model import TransferState
from bot.transfers.queries import newest_transfer
from bot.transfers.verbs import caller_hung_up_waiting, caller_left


def end_call(tx: Transaction, roster: Roster, sid: str, *, status: str, seconds: int | None) -> str | None:
    """The platform's word that a call is over: ringing stops, the message is filed; its id.

    A second word of the same call changes nothing.
    """
    row = locked_call(tx, sid)
    if row is None or row.ended_at is not None:
        return None
    ended = {"ended_at": tx.now, "seconds": seconds}
    if row.state == "refused":
        tx.change(calls, row.id, **ended)
        return None
    transfer = newest_transfer(tx, row.id)
    if transfer is not None and transfer.ended_at is None:
        caller_left(tx, roster, row.id, "hung_up")
        transfer = newest_transfer(tx, row.id)
    facts = facts_of(tx, roster, row)
    before = Conversation.model_validate(row.conversation)
    conversation, _ = step(before, HungUp(), facts)
    said = summary(conversation, facts)
    if before.holding and (unheard := _unheard_promise(transfer)):
        said = said.model_copy(update={"promise": unheard, "staff": said.staff or unheard.staff})
    connected = _connection(transfer, tx.now)
    tx.change(
        calls,
        row.id,
        **ended,
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
    """A recording of a call, before or after its message was filed.

    `sid` names the caller's leg where they spoke to the tape, ours where they spoke to somebody.
    Of a call that ended as 着信のみ it makes a message: the caller spoke to the tape and nowhere else.
    One of a call that was erased is deleted; so is a short one, in which only the receiver is heard.
    """
    recorded = _recorded_call(tx, sid)
    if recorded is None:
        if office := erased_from(tx, sid):
            delete_recording(tx, office, url)
        return
    if seconds is not None and seconds < SHORTEST_RECORDING:
        delete_recording(tx, recorded.organization, url)
        return
    row = locked_call(tx, recorded.sid)
    assert row is not None
    recording = {"url": url, "seconds": seconds}
    tx.update(calls, calls.c.id == row.id, recording=recording)
    filed = tx.first(sa.select(messages.c.id, messages.c.details).where(messages.c.call == row.id))
    if filed:
        tx.update(messages, messages.c.id == filed.id, details={**filed.details, "recording": url})
        touch_cards(tx, row.organization, MESSAGE, filed.id)
    elif row.state == "ended" and row.outcome == "missed":
        _file_late(tx, row.id)


def lacks_recording(tx: Transaction, sid: str) -> bool:
    """Whether a call that is over, or erased, has a recording at the platform that nobody here knows of."""
    row = _recorded_call(tx, sid)
    if row is None:
        return erased_from(tx, sid) is not None
    return row.ended_at is not None and not row.recording


def _recorded_call(tx: Transaction, sid: str) -> Row[Any] | None:
    row = call_by_sid(tx, sid)
    if row is None and (call := call_of_leg(tx, sid)):
        row = call_by_id(tx, call)
    return row


def _file_late(tx: Transaction, call: str) -> None:
    """The message of a call whose recording came after its end."""
    row = tx.execute(sa.select(calls).where(calls.c.id == call)).one()
    roster = roster_of(tx, row.organization)
    facts = facts_of(tx, roster, row)
    said = summary(Conversation.model_validate(row.conversation), facts)
    tx.update(calls, calls.c.id == call, outcome="message")
    file_message(tx, roster, _message(tx, roster, row, said, None, "completed", row.seconds))


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
        caller=caller_facts(said),
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


def _connection(transfer: Row[Any] | None, now: datetime) -> dict[str, Any] | None:
    """Whom the caller spoke to, and for how many seconds."""
    if transfer is None or transfer.connected_at is None:
        return None
    ended = transfer.ended_at or now
    return {"by": transfer.decided_by, "seconds": int((ended - transfer.connected_at).total_seconds())}


def _unheard_promise(transfer: Row[Any] | None) -> Promise | None:
    """Somebody promised to call back, and the caller hung up before they could be told: it counts."""
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
