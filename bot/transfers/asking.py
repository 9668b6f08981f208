"""The steps that the verbs share: offering a call to the next in line, deciding an offer, ending it all.

Each expects the transfer's row to be locked by `locked`.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.messages.verbs import EVENT, chats_of
from bot.office.model import Person
from bot.office.roster import Roster
from bot.store.cards import post_card, touch_cards
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction
from bot.transfers.legs import hang_up_legs, place_leg
from bot.transfers.line import can_be_asked
from bot.transfers.model import SUBJECT, OfferState, TransferState
from bot.transfers.tables import offers, transfers


def locked(tx: Transaction, organization: str, transfer: str) -> Row[Any]:
    """A transfer's row, which nobody else changes until the commit."""
    row = tx.lock(
        sa.select(transfers).where(transfers.c.id == transfer, transfers.c.organization == organization)
    )
    assert row is not None
    tx.call = row.call
    return row


def mark(tx: Transaction, transfer: Row[Any], **values: Any) -> None:
    """Change a transfer, and wake whoever waits for its outcome."""
    tx.change(transfers, transfer.id, **values)
    tx.wake(f"transfer:{transfer.id}")


def ask_next(tx: Transaction, roster: Roster, transfer: Row[Any]) -> None:
    """Offer the call to the next in line who may be asked; with nobody left, the asking is over."""
    hang_up_legs(tx, transfer.id)
    waiting = list(transfer.waiting)
    vip = bool(transfer.caller.get("vip"))
    while waiting and tx.now < transfer.hold_until:
        person = roster.people.get(waiting.pop(0))
        if person is None or not can_be_asked(tx, roster, person, urgent=transfer.urgent, vip=vip):
            continue
        if _offer(tx, roster, transfer, person):
            mark(tx, transfer, waiting=waiting)
            return
    refused = _wanted_refused(tx, transfer)
    state = TransferState.DECLINED if refused else TransferState.EXPIRED
    finish(tx, roster, transfer, state, reason="declined" if refused else transfer.reason or "expired")


def decide_offer(tx: Transaction, roster: Roster, offer: str, state: OfferState) -> None:
    """Record what became of an offer; its cards show it."""
    tx.change(offers, offer, state=state, decided_at=tx.now)
    touch_cards(tx, roster.organization, SUBJECT, offer)


def finish(
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
    mark(
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
    unsettled = sa.select(offers.c.id, offers.c.state).where(
        offers.c.transfer == transfer.id,
        offers.c.state.in_((OfferState.ASKING, OfferState.ACCEPTED)),
        offers.c.staff != (by or ""),
    )
    for offer in tx.all(unsettled):
        late = state is TransferState.EXPIRED and offer.state == OfferState.ASKING
        decide_offer(tx, roster, offer.id, OfferState.EXPIRED if late else OfferState.CLOSED)
    if state in _EVENTS:
        tell(tx, roster, transfer.id, _EVENTS[state])


_EVENTS = {
    TransferState.ACCEPTED: "transfer.accepted",
    TransferState.DECLINED: "transfer.declined",
    TransferState.PROMISED: "transfer.promised",
    TransferState.EXPIRED: "transfer.expired",
}


def tell(tx: Transaction, roster: Roster, transfer: str, event: str) -> None:
    """Have the office's webhooks told."""
    for index, backend in enumerate(roster.office.routing):
        if backend.type == "webhook":
            payload = {"backend": index, "event": event, "transfer": transfer}
            enqueue(tx, roster.organization, EVENT, payload, lane=f"transfer:{transfer}:{index}")


def _offer(tx: Transaction, roster: Roster, transfer: Row[Any], person: Person) -> bool:
    """Ask one person in every chat they have; somebody without a chat is rung at once."""
    chats = chats_of(person)
    offer = tx.new_id()
    if not chats:
        if transfer.call is None or not place_leg(tx, roster, transfer, offer, person):
            return False
        mark(tx, transfer, state=TransferState.ACCEPTED, decided_by=person.id, decided_at=tx.now)
    seconds = transfer.timeout_seconds
    rings_too = bool(chats and transfer.call and person.ring_at_half and person.telephone)
    tx.insert(
        offers,
        id=offer,
        organization=roster.organization,
        transfer=transfer.id,
        staff=person.id,
        state=OfferState.ASKING if chats else OfferState.ACCEPTED,
        asked_at=tx.now,
        expires_at=min(tx.now + timedelta(seconds=seconds), transfer.hold_until),
        ring_at=tx.now + timedelta(seconds=seconds / 2) if rings_too else None,
        counted_at=tx.now,
    )
    for channel, address in chats:
        post_card(
            tx, roster.organization, SUBJECT, offer, channel=channel, address=address, audience=person.id
        )
    return True


def _wanted_refused(tx: Transaction, transfer: Row[Any]) -> bool:
    """Whether the very person the caller wants has said no."""
    own = tx.first(
        sa.select(offers.c.state).where(offers.c.transfer == transfer.id, offers.c.staff == transfer.staff)
    )
    return own is not None and own.state in (OfferState.DECLINED, OfferState.PASSED)
