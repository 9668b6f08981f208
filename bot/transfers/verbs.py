"""Asking staff whether they take a call, and who wins. Each verb is a function of one transaction.

The transfer's row is the lock: every verb takes it first, so taps, callbacks, time-outs and the
caller's own steps meet one after the other, in whichever process they arrive.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.model import CallerFacts
from bot.office.model import Person
from bot.office.roster import Roster
from bot.store.cards import touch_cards
from bot.store.transaction import Transaction
from bot.transfers.asking import ask_next, decide_offer, finish, locked, mark, tell
from bot.transfers.legs import hang_up_legs, place_leg, rings_for
from bot.transfers.line import line_up, others_in_line
from bot.transfers.model import (
    DECLINED,
    SUBJECT,
    Answer,
    OfferState,
    TapResult,
    TransferState,
    Verdict,
)
from bot.transfers.queries import COUNTED_EVERY, is_open, newest_transfer
from bot.transfers.tables import offers, transfers


@dataclass(frozen=True, slots=True)
class TransferWish:
    """A caller's wish to speak to somebody.

    `call` is ours, and `line` the number they dialled; both None where another system asks.
    """

    staff: str
    caller: CallerFacts
    purpose: str = ""
    urgent: bool = False
    vip: bool = False
    call: str | None = None
    line: str | None = None
    timeout_seconds: int | None = None


def begin_transfer(tx: Transaction, roster: Roster, wish: TransferWish) -> str:
    """Ask the person wanted, then the others in line, one after the other; the transfer's id.

    A call has one live transfer at most: asking again returns the one that runs.
    """
    if wish.call:
        running = tx.first(
            sa.select(transfers.c.id).where(transfers.c.call == wish.call, transfers.c.ended_at.is_(None))
        )
        if running:
            return str(running.id)
    person = roster.people[wish.staff]  # type: ignore[index]
    times = roster.office.transfer
    transfer = tx.new_id()
    tx.insert(
        transfers,
        id=transfer,
        organization=roster.organization,
        call=wish.call,
        line=wish.line,
        staff=person.id,
        caller={**asdict(wish.caller), "vip": wish.vip},
        purpose=wish.purpose,
        urgent=wish.urgent,
        state=TransferState.ASKING,
        waiting=line_up(roster, person),
        timeout_seconds=wish.timeout_seconds or times.timeout_seconds,
        hold_until=tx.now + timedelta(seconds=times.hold_seconds),
        created_at=tx.now,
    )
    ask_next(tx, roster, locked(tx, roster.organization, transfer))
    return transfer


_ASKED = (
    sa.select(
        transfers,
        offers.c.staff.label("asked"),
        offers.c.state.label("offer_state"),
        offers.c.decided_at.label("offer_decided_at"),
    )
    .join(offers, offers.c.transfer == transfers.c.id)
    .where(offers.c.id == sa.bindparam("offer"), offers.c.organization == sa.bindparam("organization"))
    .with_for_update(of=[transfers, offers])
)
"""A transfer with one of its offers, both locked: whoever waited for them reads what they have become."""


def answer_offer(tx: Transaction, roster: Roster, offer_id: str, person: Person, answer: Answer) -> TapResult:
    """A tap on an offer's card. Exactly one acceptance wins; a late tap learns who was first."""
    transfer = tx.first(_ASKED, {"offer": offer_id, "organization": roster.organization})
    if transfer is None:
        return TapResult(Verdict.UNKNOWN, answer)
    tx.call = transfer.call
    result = TapResult(
        Verdict.LATE,
        answer,
        TransferState(transfer.state),
        transfer.reason,
        transfer.decided_by,
        transfer.promise_minutes,
        OfferState(transfer.offer_state),
    )
    if transfer.asked != person.id:
        return replace(result, verdict=Verdict.NOT_ASKED, own=None)
    if _answered_so(transfer, answer):
        return replace(result, verdict=Verdict.AGAIN)
    if transfer.offer_state != OfferState.ASKING or not is_open(transfer):
        return result
    if answer is Answer.ACCEPT:
        return replace(result, verdict=_accept(tx, roster, transfer, offer_id, person))
    _refuse(tx, roster, transfer, offer_id, answer)
    return replace(result, verdict=Verdict.TAKEN)


def _answered_so(transfer: Row[Any], answer: Answer) -> bool:
    """Whether this very answer was given before."""
    given = transfer.offer_state == _state_for(answer) and transfer.offer_decided_at is not None
    return given and answer.minutes in (None, transfer.promise_minutes)


def _accept(tx: Transaction, roster: Roster, transfer: Row[Any], offer: str, person: Person) -> Verdict:
    if transfer.call is None:  # another call system connects the two by itself
        decide_offer(tx, roster, offer, OfferState.ACCEPTED)
        finish(tx, roster, transfer, TransferState.ACCEPTED, by=person.id)
        return Verdict.TAKEN
    if not person.telephone:
        return Verdict.NO_TELEPHONE
    if not place_leg(tx, roster, transfer, offer, person) and not rings_for(tx, offer):
        return Verdict.ENGAGED
    decide_offer(tx, roster, offer, OfferState.ACCEPTED)
    # No `mark`: to whoever waits for the outcome it is being asked as long as the telephone rings.
    tx.change(transfers, transfer.id, state=TransferState.ACCEPTED, decided_by=person.id, decided_at=tx.now)
    return Verdict.TAKEN


def _refuse(tx: Transaction, roster: Roster, transfer: Row[Any], offer: str, answer: Answer) -> None:
    """Any answer but つなぐ: the caller hears it, or the next person is asked."""
    decide_offer(tx, roster, offer, _state_for(answer))
    if answer.minutes:
        state, minutes = TransferState.PROMISED, answer.minutes
        finish(tx, roster, transfer, state, by=transfer.asked, promise_minutes=minutes)
    elif answer is Answer.MESSAGE:
        finish(tx, roster, transfer, TransferState.DECLINED, by=transfer.asked, reason="message")
    elif answer is Answer.OTHER:
        mark(tx, transfer, waiting=[other.id for other in others_in_line(tx, roster, transfer)])
        ask_next(tx, roster, locked(tx, roster.organization, transfer.id))
    else:
        ask_next(tx, roster, transfer)


def ring_too(tx: Transaction, roster: Roster, offer_id: str) -> None:
    """Half the time has passed without a tap: the person's telephone rings beside the card."""
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    transfer = locked(tx, roster.organization, offer.transfer)
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    if offer.state != OfferState.ASKING or not is_open(transfer) or offer.ring_at is None:
        return
    if offer.ring_at > tx.now:
        return
    tx.update(offers, offers.c.id == offer_id, ring_at=None)
    person = roster.people.get(offer.staff)
    if person is not None and person.telephone and place_leg(tx, roster, transfer, offer_id, person):
        touch_cards(tx, roster.organization, SUBJECT, offer_id)


def count_down(tx: Transaction, organization: str, offer_id: str) -> None:
    """A card shows again how many seconds are left and how long the caller has waited; once each time."""
    counted = tx.update(
        offers,
        offers.c.id == offer_id,
        offers.c.state == OfferState.ASKING,
        offers.c.counted_at <= tx.now - COUNTED_EVERY,
        offers.c.expires_at > tx.now,
        counted_at=tx.now,
    )
    if counted:
        touch_cards(tx, organization, SUBJECT, offer_id)


def keep_asking(tx: Transaction, offer_id: str, until: datetime) -> None:
    """Somebody has picked up and hears who calls: their card does not run out meanwhile."""
    tx.update(
        offers,
        offers.c.id == offer_id,
        offers.c.state == OfferState.ASKING,
        offers.c.expires_at < until,
        expires_at=until,
    )


def connect(tx: Transaction, roster: Roster, transfer_id: str, offer_id: str, staff: str) -> None:
    """1 was pressed while the caller holds: the two are joined."""
    transfer = locked(tx, roster.organization, transfer_id)
    mark(
        tx,
        transfer,
        state=TransferState.CONNECTED,
        reason=None,
        decided_by=staff,
        decided_at=transfer.decided_at or tx.now,
        connected_at=tx.now,
        waiting=[],
    )
    decide_offer(tx, roster, offer_id, OfferState.CONNECTED)
    tell(tx, roster, transfer_id, "transfer.accepted")


def leg_failed(tx: Transaction, roster: Roster, transfer_id: str, offer_id: str, result: str) -> None:
    """A telephone is down: a talk has ended, or the next is asked unless the chat may still answer."""
    transfer = locked(tx, roster.organization, transfer_id)
    if transfer.state == TransferState.CONNECTED and transfer.ended_at is None:
        mark(tx, transfer, ended_at=tx.now)
        touch_cards(tx, roster.organization, SUBJECT, offer_id)
    if not is_open(transfer):
        return
    offer = tx.execute(sa.select(offers.c.state).where(offers.c.id == offer_id)).one()
    refused = result == DECLINED
    if offer.state == OfferState.ASKING and not refused:
        touch_cards(tx, roster.organization, SUBJECT, offer_id)
        return
    decide_offer(tx, roster, offer_id, OfferState.DECLINED if refused else OfferState.NO_ANSWER)
    reason = None if refused else "no_answer"
    mark(tx, transfer, state=TransferState.ASKING, reason=reason, decided_by=None, decided_at=None)
    ask_next(tx, roster, locked(tx, roster.organization, transfer_id))


def caller_left(tx: Transaction, roster: Roster, call: str, reason: str) -> None:
    """The caller hung up, or gave up waiting (`reason` hung_up, gave_up): ringing stops, cards close."""
    running = sa.select(transfers.c.id).where(transfers.c.call == call, transfers.c.ended_at.is_(None))
    for (transfer_id,) in tx.all(running):
        transfer = locked(tx, roster.organization, transfer_id)
        if is_open(transfer):
            finish(tx, roster, transfer, TransferState.CANCELLED, reason=reason)
        elif transfer.ended_at is None:
            _end_talk(tx, roster, transfer)


def caller_hung_up_waiting(tx: Transaction, roster: Roster, call: str) -> bool:
    """The platform's word that the caller hung up in the queue; True where somebody had just pressed 1.

    Those two have not met, whatever the key meant.
    """
    newest = newest_transfer(tx, call)
    transfer = locked(tx, roster.organization, newest.id) if newest else None
    if transfer is None or transfer.state != TransferState.CONNECTED:
        caller_left(tx, roster, call, "hung_up")
        return False
    _undo_connection(tx, roster, transfer, TransferState.CANCELLED, "hung_up")
    return True


def caller_returned(tx: Transaction, roster: Roster, call: str, *, bridged: bool) -> Row[Any] | None:
    """The caller is out of the queue: the newest transfer as it has ended by that; None without any.

    `bridged` is the platform's word that the two were joined. Without it nobody was, whatever a key
    pressed at the last moment meant.
    """
    newest = newest_transfer(tx, call)
    if newest is None:
        return None
    transfer = locked(tx, roster.organization, newest.id)
    if is_open(transfer):
        over = transfer.hold_until <= tx.now
        state = TransferState.EXPIRED if over else TransferState.CANCELLED
        finish(tx, roster, transfer, state, reason=transfer.reason or "expired" if over else "unreachable")
    elif transfer.state == TransferState.CONNECTED and not bridged:
        _undo_connection(tx, roster, transfer, TransferState.EXPIRED, "no_answer")
    elif transfer.ended_at is None:
        _end_talk(tx, roster, transfer)
    return newest_transfer(tx, call)


def _end_talk(tx: Transaction, roster: Roster, transfer: Row[Any]) -> None:
    mark(tx, transfer, ended_at=tx.now)
    hang_up_legs(tx, transfer.id)
    for (offer,) in tx.all(sa.select(offers.c.id).where(offers.c.transfer == transfer.id)):
        touch_cards(tx, roster.organization, SUBJECT, offer)


def _undo_connection(
    tx: Transaction, roster: Roster, transfer: Row[Any], state: TransferState, reason: str
) -> None:
    """1 was pressed and the two did not meet: nobody has spoken to this caller."""
    mark(tx, transfer, connected_at=None)
    joined = sa.select(offers.c.id).where(
        offers.c.transfer == transfer.id, offers.c.state == OfferState.CONNECTED
    )
    for (offer,) in tx.all(joined):
        gone = state is TransferState.CANCELLED
        decide_offer(tx, roster, offer, OfferState.CLOSED if gone else OfferState.NO_ANSWER)
    finish(tx, roster, transfer, state, reason=reason)


def cancel_transfer(tx: Transaction, roster: Roster, transfer_id: str) -> bool:
    """Stop asking; False where it had ended already."""
    transfer = locked(tx, roster.organization, transfer_id)
    if not is_open(transfer):
        return False
    finish(tx, roster, transfer, TransferState.CANCELLED, reason="cancelled")
    return True


def expire_offer(tx: Transaction, roster: Roster, offer_id: str) -> None:
    """Nobody answered an offer in time: the next person is asked."""
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    transfer = locked(tx, roster.organization, offer.transfer)
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    if offer.state == OfferState.ASKING and is_open(transfer) and offer.expires_at <= tx.now:
        decide_offer(tx, roster, offer_id, OfferState.EXPIRED)
        ask_next(tx, roster, transfer)


def pass_over(tx: Transaction, roster: Roster, staff: str) -> None:
    """Somebody can no longer be asked: callers who hold for them go on to the next person at once."""
    asked = sa.select(offers.c.id, offers.c.transfer).where(
        offers.c.organization == roster.organization,
        offers.c.staff == staff,
        offers.c.state == OfferState.ASKING,
    )
    for row in tx.all(asked):
        transfer = locked(tx, roster.organization, row.transfer)
        offer = tx.execute(sa.select(offers).where(offers.c.id == row.id)).one()
        if offer.state == OfferState.ASKING and is_open(transfer) and not rings_for(tx, offer.id):
            decide_offer(tx, roster, offer.id, OfferState.EXPIRED)
            ask_next(tx, roster, transfer)


def expire_transfer(tx: Transaction, roster: Roster, transfer_id: str) -> None:
    """A caller has held as long as the office lets anyone hold."""
    transfer = locked(tx, roster.organization, transfer_id)
    if is_open(transfer) and transfer.hold_until <= tx.now:
        finish(tx, roster, transfer, TransferState.EXPIRED, reason=transfer.reason or "expired")


def _state_for(answer: Answer) -> OfferState:
    return {
        Answer.ACCEPT: OfferState.ACCEPTED,
        Answer.DECLINE: OfferState.DECLINED,
        Answer.MESSAGE: OfferState.MESSAGE,
        Answer.OTHER: OfferState.PASSED,
    }.get(answer, OfferState.PROMISED)
