"""The telephones rung for a transfer or a call back: one leg at most for each number, each step settled once.

A leg's id is in its callback addresses. The first callback names the call that counts; any other
call that claims the same leg is hung up (a request whose fate was unknown is never repeated).
Whoever changes a leg has locked its transfer, or its call back, before: one order of locks, so no deadlock.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.language.model import Kind
from bot.office.model import Person, StaffId
from bot.office.roster import Roster
from bot.presence.model import PresenceNow
from bot.presence.verbs import presence_of, presence_of_all
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction
from bot.transfers.model import LegState
from bot.transfers.tables import legs, transfers

PLACE = "leg.place"
"""Outbox kind: ring a telephone, once."""
HANG_UP = "leg.hang_up"
"""Outbox kind: stop a telephone ringing, or end its call."""

_SCREENING = timedelta(seconds=25)
"""How long somebody who answered may take to press 1."""
_PLACING = timedelta(seconds=10)
"""How long the platform may take to say that the telephone rings; a request without an answer ends so."""
_GRACE = timedelta(seconds=5)
"""After its time the platform itself says that nobody answered; that word may be lost."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg as callbacks need it."""

    id: str
    organization: str
    offer: str
    transfer: str
    staff: str
    state: LegState
    sid: str | None


def engaged(tx: Transaction, organization: str, number: str | None, *, besides: str = "") -> bool:
    """Whether a leg to this number rings or is bridged, for another offer than `besides`."""
    if not number:
        return False
    found = tx.first(
        sa.select(legs.c.id).where(
            legs.c.organization == organization,
            legs.c.number == number,
            legs.c.state != LegState.OVER,
            legs.c.offer != besides,
        )
    )
    return found is not None


def call_of_leg(tx: Transaction, sid: str) -> str | None:
    """The call of the caller for whom a telephone was rung, by the platform's name for that leg."""
    of_leg = (
        sa.select(transfers.c.call).join(legs, legs.c.transfer == transfers.c.id).where(legs.c.sid == sid)
    )
    row = tx.first(of_leg)
    return row.call if row else None


def rings_for(tx: Transaction, offer: str) -> bool:
    """Whether a telephone rings, or talks, for an offer."""
    live = sa.select(legs.c.id).where(legs.c.offer == offer, legs.c.state != LegState.OVER)
    return tx.first(live) is not None


def presence_with_calls(tx: Transaction, roster: Roster, person: Person) -> PresenceNow:
    """What holds for a person now, 電話中 while their telephone rings or is bridged for a caller."""
    presence = presence_of(tx, roster, person.id)
    return _on_call(presence) if engaged(tx, roster.organization, person.telephone) else presence


def everyones_presence_with_calls(
    tx: Transaction, roster: Roster, among: Collection[StaffId] | None = None
) -> Mapping[StaffId, PresenceNow]:
    """`presence_with_calls` of everybody, or of those `among` them, in two queries."""
    live = sa.select(legs.c.number).where(
        legs.c.organization == roster.organization, legs.c.state != LegState.OVER
    )
    numbers = {number for (number,) in tx.all(live)}
    return {
        staff: _on_call(presence) if roster.people[staff].telephone in numbers else presence
        for staff, presence in presence_of_all(tx, roster, among).items()
    }


def _on_call(presence: PresenceNow) -> PresenceNow:
    return replace(presence, kind=Kind.BUSY, word="電話中", end=None, basis=None, overdue=False, on_call=True)


def place_leg(tx: Transaction, roster: Roster, transfer: Row[Any], offer: str, person: Person) -> bool:
    """Have a person's telephone rung; False where that number, or one for this caller, rings or talks."""
    assert person.telephone
    leg = tx.new_id()
    new = tx.insert_if_new(
        legs,
        id=leg,
        organization=roster.organization,
        offer=offer,
        transfer=transfer.id,
        staff=person.id,
        number=person.telephone,
        state=LegState.PLACING,
        give_up_at=min(tx.now + _PLACING, transfer.hold_until),
        created_at=tx.now,
    )
    if new:
        payload = {
            "leg": leg,
            "to": person.telephone,
            "from": _line(roster, transfer),
            "ring_seconds": roster.office.transfer.ring_seconds,
        }
        enqueue(tx, roster.organization, PLACE, payload, lane=f"leg:{leg}", first_in_lane=True)
    return new


def _line(roster: Roster, transfer: Row[Any]) -> str | None:
    """The company's number that the telephone shows: the one the caller dialled, else the first."""
    ours = [line.number for line in roster.office.numbers]
    return transfer.line if transfer.line in ours else next(iter(ours), transfer.line)


def place_callback_leg(tx: Transaction, organization: str, callback: str, person: Person) -> str | None:
    """Have a person's own telephone rung for a call back; None where it rings or talks already."""
    assert person.telephone
    leg = tx.new_id()
    new = tx.insert_if_new(
        legs,
        id=leg,
        organization=organization,
        offer=callback,
        transfer=callback,
        callback=callback,
        staff=person.id,
        number=person.telephone,
        state=LegState.PLACING,
        give_up_at=tx.now + _PLACING,
        created_at=tx.now,
    )
    return leg if new else None


def locked_leg(tx: Transaction, leg_id: str) -> Row[Any] | None:
    """A leg's row, its transfer locked; None where it is unknown."""
    found = tx.first(sa.select(legs.c.transfer).where(legs.c.id == leg_id))
    if found is None:
        return None
    transfer = tx.lock(sa.select(transfers.c.call).where(transfers.c.id == found.transfer))
    tx.call = transfer.call if transfer is not None else None
    return tx.first(sa.select(legs).where(legs.c.id == leg_id))


def leg_of(tx: Transaction, leg_id: str, sid: str) -> Leg | None:
    """The leg a callback is about, its transfer locked; None where it is unknown or another call's."""
    row = locked_leg(tx, leg_id)
    if row is None or (row.sid and row.sid != sid):
        return None
    if not row.sid:
        tx.update(legs, legs.c.id == leg_id, sid=sid)
    return Leg(row.id, row.organization, row.offer, row.transfer, row.staff, LegState(row.state), sid)


def mark_placed(tx: Transaction, leg_id: str, sid: str, ring: timedelta) -> None:
    """The platform has taken the call and will ring for `ring`; a callback may have said so before."""
    tx.update(legs, legs.c.id == leg_id, legs.c.sid.is_(None), sid=sid)
    tx.update(
        legs,
        legs.c.id == leg_id,
        legs.c.state == LegState.PLACING,
        give_up_at=tx.now + _PLACING + ring,
    )


def mark_ringing(tx: Transaction, leg: Leg, ring: timedelta) -> None:
    """A progress callback; never takes a leg back from a later state."""
    tx.update(
        legs,
        legs.c.id == leg.id,
        legs.c.state == LegState.PLACING,
        state=LegState.RINGING,
        give_up_at=tx.now + ring + _GRACE,
    )


def mark_screening(tx: Transaction, leg: Leg, until: datetime) -> datetime | None:
    """Somebody answered, and has until then to press 1; None where the leg is over or bridged."""
    last_moment = min(tx.now + _SCREENING, until)
    changed = tx.update(
        legs,
        legs.c.id == leg.id,
        legs.c.state.in_((LegState.PLACING, LegState.RINGING, LegState.SCREENING)),
        state=LegState.SCREENING,
        give_up_at=last_moment,
    )
    return last_moment if changed else None


def mark_bridged(tx: Transaction, leg: Leg) -> None:
    tx.update(legs, legs.c.id == leg.id, state=LegState.BRIDGED, bridged_at=tx.now)


def mark_over(tx: Transaction, leg_id: str, result: str) -> bool:
    """The leg has ended; True the first time it is said."""
    changed = tx.update(
        legs,
        legs.c.id == leg_id,
        legs.c.state != LegState.OVER,
        state=LegState.OVER,
        result=result,
        ended_at=tx.now,
    )
    return changed == 1


def hang_up_legs(tx: Transaction, transfer: str) -> None:
    """Stop every telephone that still rings or talks for a transfer."""
    live = sa.select(legs).where(legs.c.transfer == transfer, legs.c.state != LegState.OVER)
    for row in tx.all(live):
        mark_over(tx, row.id, "cancelled")
        enqueue(tx, row.organization, HANG_UP, {"leg": row.id}, lane=f"leg:{row.id}")


def is_late(tx: Transaction, leg: Row[Any]) -> bool:
    """Whether a leg has neither rung through nor been confirmed in time."""
    return leg.state in _UNCONFIRMED and leg.give_up_at <= tx.now


def due_legs(tx: Transaction) -> list[str]:
    """Legs of transfers that neither rang through nor were confirmed in time."""
    return [leg for (leg,) in tx.all(_late(tx).where(legs.c.callback.is_(None)))]


def due_callback_legs(tx: Transaction) -> list[str]:
    """The same of legs for calls back."""
    return [leg for (leg,) in tx.all(_late(tx).where(legs.c.callback.is_not(None)))]


def _late(tx: Transaction) -> sa.Select[str]:
    return sa.select(legs.c.id).where(
        legs.c.state != LegState.OVER,  # by which the index of live legs is found, small among years of them
        legs.c.state.in_(_UNCONFIRMED),
        legs.c.give_up_at <= tx.now,
    )


def hang_up(tx: Transaction, leg_id: str, organization: str) -> None:
    """End one leg's call at the platform."""
    enqueue(tx, organization, HANG_UP, {"leg": leg_id}, lane=f"leg:{leg_id}")


_UNCONFIRMED = (LegState.PLACING, LegState.RINGING, LegState.SCREENING)
