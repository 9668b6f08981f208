"""The accepted telephone: who it is for, the confirmation by 1, and how it ends.

Callbacks come late, twice and out of order; each function here is safe to repeat.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Row

from bot.office.plans import Feature, allowed
from bot.office.roster import Roster, roster_of
from bot.scripts.render import render
from bot.scripts.speech import caller_name, polite_name
from bot.store.transaction import Transaction
from bot.transfers.legs import (
    Leg,
    hang_up,
    is_late,
    leg_of,
    locked_leg,
    mark_bridged,
    mark_over,
    mark_ringing,
    mark_screening,
)
from bot.transfers.model import DECLINED, LegState, TransferState
from bot.transfers.queries import is_open, transfer_of
from bot.transfers.verbs import connect, keep_asking, leg_failed

CONFIRM = "1"
DECLINE = "2"


@dataclass(frozen=True, slots=True)
class Screen:
    """What the telephone hears.

    `ask`: 1 is waited for; `queue`: it is joined to that caller, and what they say is `recorded` or not;
    else it ends.
    """

    sentences: tuple[str, ...] = ()
    ask: bool = False
    queue: str | None = None
    recorded: bool = False


def leg_answered(tx: Transaction, leg_id: str, sid: str) -> Screen:
    """Somebody (or something) answered: say who calls and wait for 1."""
    leg = leg_of(tx, leg_id, sid)
    if leg is None:
        return Screen()
    roster = roster_of(tx, leg.organization)
    transfer = transfer_of(tx, leg.organization, leg.transfer)
    if transfer is None or not _still_wanted(tx, transfer):
        return Screen((_gone(roster, transfer),))
    until = mark_screening(tx, leg, transfer.hold_until)
    if until is None:
        return Screen((_gone(roster, transfer),))
    keep_asking(tx, leg.offer, until)
    return Screen((_whisper(roster, leg, transfer),), ask=True)


def leg_pressed(tx: Transaction, leg_id: str, sid: str, digits: str) -> Screen:
    """A key: 1 joins the caller, 2 declines, anything else is asked again."""
    leg = leg_of(tx, leg_id, sid)
    if leg is None:
        return Screen()
    roster = roster_of(tx, leg.organization)
    transfer = transfer_of(tx, leg.organization, leg.transfer)
    if transfer is not None and leg.state is LegState.BRIDGED and transfer.ended_at is None:
        return _join(roster, transfer)  # the same key, sent again
    if transfer is None or leg.state is LegState.OVER or not _still_wanted(tx, transfer):
        return Screen((_gone(roster, transfer),))
    return _decided(tx, roster, leg, transfer, digits)


def _still_wanted(tx: Transaction, transfer: Row[Any]) -> bool:
    """Whether the caller still holds: past `hold_until` they are on their way out of the queue."""
    return is_open(transfer) and bool(tx.now < transfer.hold_until)


def _decided(tx: Transaction, roster: Roster, leg: Leg, transfer: Row[Any], digits: str) -> Screen:
    if digits == CONFIRM:
        connect(tx, roster, leg.transfer, leg.offer, leg.staff)
        mark_bridged(tx, leg)
        return _join(roster, transfer)
    if digits == DECLINE:
        leg_ended(tx, leg.id, DECLINED)
        return Screen((render(roster.office, "leg_declined", "ja"),))
    return Screen((render(roster.office, "whisper_again", "ja"),), ask=True)


def _join(roster: Roster, transfer: Row[Any]) -> Screen:
    return Screen(queue=transfer.call, recorded=allowed(roster.office, Feature.RECORDING))


def leg_progress(tx: Transaction, leg_id: str, sid: str, status: str) -> None:
    """A status callback of the leg; by rank, whatever the order of arrival."""
    leg = leg_of(tx, leg_id, sid)
    if leg is None:
        return
    if status in {"ringing", "initiated", "queued"}:
        if leg.state is LegState.OVER:  # nobody wants it any more, and it had no name to be stopped by
            hang_up(tx, leg.id, leg.organization)
        else:
            ring = roster_of(tx, leg.organization).office.transfer.ring_seconds
            mark_ringing(tx, leg, timedelta(seconds=ring))
    elif status in {"completed", "busy", "failed", "no-answer", "canceled"}:
        leg_ended(tx, leg.id, status)


def leg_left(tx: Transaction, leg_id: str, sid: str, result: str) -> None:
    """The bridge is over, or the caller had gone from the queue; another call's word counts for nothing."""
    if leg_of(tx, leg_id, sid) is not None:
        leg_ended(tx, leg_id, result)


def leg_ended(tx: Transaction, leg_id: str, result: str) -> None:
    """The telephone is down again: the caller goes on, or their talk has ended."""
    leg = locked_leg(tx, leg_id)
    if leg is not None and mark_over(tx, leg_id, result):
        leg_failed(tx, roster_of(tx, leg.organization), leg.transfer, leg.offer, result)


def give_up_leg(tx: Transaction, leg_id: str) -> None:
    """A telephone that was neither answered nor confirmed in time is stopped, if that still holds."""
    leg = locked_leg(tx, leg_id)
    if leg is not None and is_late(tx, leg):
        hang_up(tx, leg.id, leg.organization)
        leg_ended(tx, leg.id, "no-answer")


def _gone(roster: Roster, transfer: Row[Any] | None) -> str:
    if transfer is not None and transfer.reason in ("hung_up", "gave_up"):
        return render(roster.office, "leg_caller_gone", "ja")
    taken = transfer is not None and transfer.state == TransferState.CONNECTED
    by = roster.people.get(transfer.decided_by) if transfer is not None and taken else None
    if by is not None:
        return render(roster.office, "leg_taken", "ja", other=by.surname)
    return render(roster.office, "leg_over", "ja")


def _whisper(roster: Roster, leg: Leg, transfer: Row[Any]) -> str:
    data = transfer.caller
    caller = caller_name(data["company"] or None, data["name"] or None)
    wanted = roster.people.get(transfer.staff)
    if wanted is not None and leg.staff != wanted.id:
        other = polite_name(wanted)
        return render(roster.office, "whisper_for_other", "ja", caller=caller, other=other)
    name = "whisper_urgent" if transfer.urgent else "whisper"
    return render(roster.office, name, "ja", caller=caller, purpose=transfer.purpose)
