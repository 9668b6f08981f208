"""Asking staff whether they take a call, and who wins. Each verb is a function of one transaction.

The transfer's row is the lock: every verb takes it first, so taps, callbacks, time-outs and the
caller's own steps meet one after the other, in whichever process they arrive.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.model import CallerFacts
from bot.messages.verbs import EVENT, chats_of
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.reachable import may_be_asked
from bot.store.cards import post_card, touch_cards
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction
from bot.transfers.legs import hang_up_legs, place_leg, presence_with_calls
from bot.transfers.model import (
    LIVE,
    SUBJECT,
    Answer,
    OfferState,
    TapResult,
    TransferState,
    Verdict,
)
from bot.transfers.tables import offers, transfers


@dataclass(frozen=True, slots=True)
class TransferWish:
    """A caller's wish to speak to somebody. `call` is ours, or None where another system asks."""

    staff: str
    caller: CallerFacts
    purpose: str = ""
    urgent: bool = False
    vip: bool = False
    call: str | None = None
    timeout_seconds: int | None = None


def can_be_asked(tx: Transaction, roster: Roster, person: Person, *, urgent: bool, vip: bool) -> bool:
    """Whether asking this person makes sense now: the office's rules allow it and there is a way."""
    if not chats_of(person) and not person.phone:
        return False
    presence = presence_with_calls(tx, roster, person)
    return may_be_asked(roster.office, person, presence, tx.now, urgent=urgent, vip=vip)


def begin_transfer(tx: Transaction, roster: Roster, wish: TransferWish) -> str:
    """Ask the person wanted, then their backups, one after the other; the transfer's id.

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
    backups = [backup.id for backup in roster.backups_of(person) if backup.id != person.id]
    tx.insert(
        transfers,
        id=transfer,
        organization=roster.organization,
        call=wish.call,
        staff=person.id,
        caller={**asdict(wish.caller), "vip": wish.vip},
        purpose=wish.purpose,
        urgent=wish.urgent,
        state=TransferState.ASKING,
        waiting=[person.id, *backups],
        timeout_seconds=wish.timeout_seconds or times.timeout_seconds,
        hold_until=tx.now + timedelta(seconds=times.hold_seconds),
        created_at=tx.now,
    )
    _ask_next(tx, roster, _locked(tx, roster.organization, transfer))
    return transfer


def answer_offer(tx: Transaction, roster: Roster, offer_id: str, person: Person, answer: Answer) -> TapResult:
    """A tap on an offer's card. Exactly one acceptance wins; a late tap learns who was first."""
    offer = tx.first(
        sa.select(offers).where(offers.c.id == offer_id, offers.c.organization == roster.organization)
    )
    if offer is None:
        return TapResult(Verdict.UNKNOWN, answer)
    transfer = _locked(tx, roster.organization, offer.transfer)
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    result = TapResult(
        Verdict.LATE, answer, TransferState(transfer.state), transfer.reason, transfer.decided_by
    )
    if offer.staff != person.id:
        return _but(result, Verdict.NOT_ASKED)
    if offer.state == _state_for(answer) and offer.decided_at:
        return _but(result, Verdict.AGAIN)
    if offer.state != OfferState.ASKING or not is_open(transfer):
        return result
    if answer is Answer.ACCEPT:
        return _accept(tx, roster, transfer, offer, person, result)
    _decide_offer(tx, roster, offer.id, _state_for(answer))
    if answer.minutes:
        _finish(tx, roster, transfer, TransferState.PROMISED, by=person.id, promise_minutes=answer.minutes)
    elif answer is Answer.MESSAGE:
        _finish(tx, roster, transfer, TransferState.DECLINED, by=person.id, reason="message")
    else:
        _ask_next(tx, roster, transfer)
    return _but(result, Verdict.TAKEN)


def _accept(
    tx: Transaction, roster: Roster, transfer: Row[Any], offer: Row[Any], person: Person, result: TapResult
) -> TapResult:
    if transfer.call is None:  # another call system connects the two by itself
        _decide_offer(tx, roster, offer.id, OfferState.ACCEPTED)
        _finish(tx, roster, transfer, TransferState.ACCEPTED, by=person.id)
        return _but(result, Verdict.TAKEN)
    if not person.phone:
        return _but(result, Verdict.NO_TELEPHONE)
    if not place_leg(tx, roster, transfer, offer.id, person):
        return _but(result, Verdict.ENGAGED)
    _decide_offer(tx, roster, offer.id, OfferState.ACCEPTED)
    _mark(tx, transfer, state=TransferState.ACCEPTED, decided_by=person.id, decided_at=tx.now)
    return _but(result, Verdict.TAKEN)


def connect(tx: Transaction, roster: Roster, transfer_id: str, offer_id: str) -> bool:
    """The accepted person pressed 1: the two are joined, unless the caller is gone by now."""
    transfer = _locked(tx, roster.organization, transfer_id)
    if not is_open(transfer):
        return False
    _mark(tx, transfer, state=TransferState.CONNECTED, connected_at=tx.now)
    _decide_offer(tx, roster, offer_id, OfferState.CONNECTED)
    _tell(tx, roster, transfer_id, "transfer.accepted")
    return True


def leg_failed(tx: Transaction, roster: Roster, transfer_id: str, offer_id: str) -> None:
    """The accepted telephone was not answered or not confirmed: the next person, or the message."""
    transfer = _locked(tx, roster.organization, transfer_id)
    if is_open(transfer):
        _decide_offer(tx, roster, offer_id, OfferState.NO_ANSWER)
        _mark(tx, transfer, state=TransferState.ASKING, reason="no_answer", decided_by=None, decided_at=None)
        _ask_next(tx, roster, _locked(tx, roster.organization, transfer_id))
    elif transfer.state == TransferState.CONNECTED and transfer.ended_at is None:
        _mark(tx, transfer, ended_at=tx.now)
        touch_cards(tx, roster.organization, SUBJECT, offer_id)


def caller_left(tx: Transaction, roster: Roster, call: str, reason: str) -> None:
    """The caller hung up, or gave up waiting (`reason` hung_up, gave_up): ringing stops, cards close."""
    for (transfer_id,) in tx.all(
        sa.select(transfers.c.id).where(transfers.c.call == call, transfers.c.ended_at.is_(None))
    ):
        transfer = _locked(tx, roster.organization, transfer_id)
        if is_open(transfer):
            _finish(tx, roster, transfer, TransferState.CANCELLED, reason=reason)
        elif transfer.ended_at is None:
            _mark(tx, transfer, ended_at=tx.now)
            hang_up_legs(tx, transfer_id)
            _touch_all(tx, roster, transfer_id)


def cancel_transfer(tx: Transaction, roster: Roster, transfer_id: str) -> bool:
    """Stop asking; False where it had ended already."""
    transfer = _locked(tx, roster.organization, transfer_id)
    if not is_open(transfer):
        return False
    _finish(tx, roster, transfer, TransferState.CANCELLED, reason="cancelled")
    return True


def expire_offer(tx: Transaction, roster: Roster, offer_id: str) -> None:
    """Nobody answered an offer in time: the next person is asked."""
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    transfer = _locked(tx, roster.organization, offer.transfer)
    offer = tx.execute(sa.select(offers).where(offers.c.id == offer_id)).one()
    if offer.state == OfferState.ASKING and is_open(transfer) and offer.expires_at <= tx.now:
        _decide_offer(tx, roster, offer_id, OfferState.EXPIRED)
        _ask_next(tx, roster, transfer)


def expire_transfer(tx: Transaction, roster: Roster, transfer_id: str) -> None:
    """A caller has held as long as the office lets anyone hold."""
    transfer = _locked(tx, roster.organization, transfer_id)
    if is_open(transfer) and transfer.hold_until <= tx.now:
        _finish(tx, roster, transfer, TransferState.EXPIRED, reason=transfer.reason or "expired")


def due_offers(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, offer) whose time is up."""
    rows = tx.all(
        sa.select(offers.c.organization, offers.c.id).where(
            offers.c.state == OfferState.ASKING, offers.c.expires_at <= tx.now
        )
    )
    return [(row.organization, row.id) for row in rows]


def due_transfers(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, transfer) whose caller has held long enough."""
    rows = tx.all(
        sa.select(transfers.c.organization, transfers.c.id).where(
            transfers.c.ended_at.is_(None), transfers.c.state.in_(LIVE), transfers.c.hold_until <= tx.now
        )
    )
    return [(row.organization, row.id) for row in rows]


def is_open(transfer: Row[Any]) -> bool:
    """Whether a caller still waits for an answer."""
    return transfer.ended_at is None and transfer.state in LIVE


def transfer_of(tx: Transaction, organization: str, transfer: str) -> Row[Any] | None:
    """One transfer's row."""
    return tx.first(
        sa.select(transfers).where(transfers.c.id == transfer, transfers.c.organization == organization)
    )


def newest_transfer(tx: Transaction, call: str) -> Row[Any] | None:
    """A call's last transfer."""
    return tx.first(
        sa.select(transfers).where(transfers.c.call == call).order_by(transfers.c.id.desc()).limit(1)
    )


def _locked(tx: Transaction, organization: str, transfer: str) -> Row[Any]:
    row = tx.lock(
        sa.select(transfers).where(transfers.c.id == transfer, transfers.c.organization == organization)
    )
    assert row is not None
    return row


def _ask_next(tx: Transaction, roster: Roster, transfer: Row[Any]) -> None:
    """Offer the call to the next in line who may be asked; with nobody left, the asking is over."""
    waiting = list(transfer.waiting)
    caller_vip = bool(transfer.caller.get("vip"))
    while waiting and tx.now < transfer.hold_until:
        person = roster.people.get(waiting.pop(0))
        if person is None or not can_be_asked(tx, roster, person, urgent=transfer.urgent, vip=caller_vip):
            continue
        if _offer(tx, roster, transfer, person):
            _mark(tx, transfer, waiting=waiting)
            return
    _mark(tx, transfer, waiting=[])
    own = tx.first(
        sa.select(offers.c.state).where(offers.c.transfer == transfer.id, offers.c.staff == transfer.staff)
    )
    refused = own is not None and own.state in (OfferState.DECLINED, OfferState.PASSED)
    state = TransferState.DECLINED if refused else TransferState.EXPIRED
    fallback = "declined" if refused else "expired"
    _finish(tx, roster, transfer, state, reason=fallback if refused else transfer.reason or fallback)


def _offer(tx: Transaction, roster: Roster, transfer: Row[Any], person: Person) -> bool:
    """Ask one person in every chat they have; somebody without a chat is rung at once."""
    chats = chats_of(person)
    offer = tx.new_id()
    expires = min(tx.now + timedelta(seconds=transfer.timeout_seconds), transfer.hold_until)
    if not chats:
        if transfer.call is None or not place_leg(tx, roster, transfer, offer, person):
            return False
        _mark(tx, transfer, state=TransferState.ACCEPTED, decided_by=person.id, decided_at=tx.now)
    tx.insert(
        offers,
        id=offer,
        organization=roster.organization,
        transfer=transfer.id,
        staff=person.id,
        state=OfferState.ASKING if chats else OfferState.ACCEPTED,
        asked_at=tx.now,
        expires_at=expires,
    )
    for channel, address in chats:
        post_card(
            tx, roster.organization, SUBJECT, offer, channel=channel, address=address, audience=person.id
        )
    return True


def _decide_offer(tx: Transaction, roster: Roster, offer: str, state: OfferState) -> None:
    tx.update(offers, offers.c.id == offer, state=state, decided_at=tx.now)
    touch_cards(tx, roster.organization, SUBJECT, offer)


def _finish(
    tx: Transaction,
    roster: Roster,
    transfer: Row[Any],
    state: TransferState,
    *,
    by: str | None = None,
    reason: str | None = None,
    promise_minutes: int | None = None,
) -> None:
    """End the asking: other offers close, ringing telephones stop, whoever waits is told."""
    _mark(
        tx,
        transfer,
        state=state,
        reason=reason,
        promise_minutes=promise_minutes,
        decided_by=by,
        decided_at=tx.now,
        ended_at=tx.now,
        waiting=[],
    )
    hang_up_legs(tx, transfer.id)
    for offer in tx.all(
        sa.select(offers).where(
            offers.c.transfer == transfer.id,
            offers.c.state.in_((OfferState.ASKING, OfferState.ACCEPTED)),
            offers.c.staff != (by or ""),
        )
    ):
        late = state is TransferState.EXPIRED and offer.state == OfferState.ASKING
        _decide_offer(tx, roster, offer.id, OfferState.EXPIRED if late else OfferState.CLOSED)
    event = {
        TransferState.ACCEPTED: "transfer.accepted",
        TransferState.DECLINED: "transfer.declined",
        TransferState.PROMISED: "transfer.promised",
        TransferState.EXPIRED: "transfer.expired",
    }.get(state)
    if event:
        _tell(tx, roster, transfer.id, event)


def _tell(tx: Transaction, roster: Roster, transfer: str, event: str) -> None:
    for index, backend in enumerate(roster.office.routing):
        if backend.type == "webhook":
            payload = {"backend": index, "event": event, "transfer": transfer}
            enqueue(tx, roster.organization, EVENT, payload, lane=f"transfer:{transfer}:{index}")


def _mark(tx: Transaction, transfer: Row[Any], **values: Any) -> None:
    tx.update(transfers, transfers.c.id == transfer.id, **values)
    tx.wake(f"transfer:{transfer.id}")


def _touch_all(tx: Transaction, roster: Roster, transfer: str) -> None:
    for (offer,) in tx.all(sa.select(offers.c.id).where(offers.c.transfer == transfer)):
        touch_cards(tx, roster.organization, SUBJECT, offer)


def _state_for(answer: Answer) -> OfferState:
    return {
        Answer.ACCEPT: OfferState.ACCEPTED,
        Answer.DECLINE: OfferState.DECLINED,
        Answer.MESSAGE: OfferState.MESSAGE,
        Answer.OTHER: OfferState.PASSED,
    }.get(answer, OfferState.PROMISED)


def _but(result: TapResult, verdict: Verdict) -> TapResult:
    return TapResult(verdict, result.answer, result.state, result.reason, result.decided_by)


def others_in_line(roster: Roster, waiting: Iterable[str]) -> list[Person]:
    """The people a call could still be passed to, in order."""
    return [roster.people[staff] for staff in waiting if staff in roster.people]  # type: ignore[index]
