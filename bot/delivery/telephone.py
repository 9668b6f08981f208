"""Couriers to the telephone: ringing staff, stopping that, and short messages to callers.

A telephone is never rung twice for one leg: Twilio has no idempotency key, so a request whose fate
is unknown is left to its callbacks and, without them, to the leg's deadline.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.platforms.errors import PermanentError, UnknownOutcomeError
from bot.platforms.twilio.client import TwilioClient
from bot.store.transaction import Transaction
from bot.transfers.legs import mark_placed
from bot.transfers.model import LegState
from bot.transfers.screening import leg_ended
from bot.transfers.tables import legs


class _Base:
    def __init__(self, twilio: TwilioClient, base_url: str) -> None:
        self._twilio = twilio
        self._base_url = base_url

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it."""


class Placements(_Base):
    """Ringing a telephone for a leg, once."""

    @staticmethod
    def to_place(tx: Transaction, parcel: Parcel) -> Row[Any] | None:
        """The leg that a row is to ring; None where that was tried before, or nobody wants it any more."""
        leg = tx.first(sa.select(legs).where(legs.c.id == parcel.payload["leg"]))
        if leg is None or parcel.uncertain or leg.state != LegState.PLACING or leg.sid:
            return None
        return leg

    async def send(self, parcel: Parcel, request: Request) -> Any:
        try:
            return await self._twilio.place_call(**request)
        except UnknownOutcomeError:
            return None  # it may ring: the callbacks or the deadline will tell

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        if reference and parcel.request:
            ring = timedelta(seconds=parcel.request["ring_seconds"])
            mark_placed(tx, parcel.payload["leg"], reference, ring)


class LegPlacements(Placements):
    """`leg.place`: ring a member of staff's telephone; see `place_leg` for the payload."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        return self.prompt(tx, parcel) if self.to_place(tx, parcel) else None

    def prompt(self, _tx: Transaction, parcel: Parcel) -> Request:
        """Everything is known when the telephone is to ring."""
        leg = parcel.payload["leg"]
        return {
            "to": parcel.payload["to"],
            "from_": parcel.payload["from"],
            "url": f"{self._base_url}/twilio/leg?leg={leg}",
            "status_url": f"{self._base_url}/twilio/leg/status?leg={leg}",
            "ring_seconds": parcel.payload["ring_seconds"],
        }

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """A number that cannot be rung: the caller goes on to the next person."""
        leg_ended(tx, parcel.payload["leg"], "failed")


class LegHangUps(_Base):
    """`leg.hang_up`: stop a telephone that rings or talks."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        leg = tx.first(sa.select(legs).where(legs.c.id == parcel.payload["leg"]))
        return {"sid": leg.sid} if leg is not None and leg.sid else None

    async def send(self, _parcel: Parcel, request: Request) -> Any:
        await self._twilio.end_call(request["sid"])


class ShortMessages(_Base):
    """`sms`: a text to a caller, never repeated when its fate is unknown."""

    def prepare(self, _tx: Transaction, parcel: Parcel) -> Request | None:
        return None if parcel.uncertain else parcel.payload

    async def send(self, _parcel: Parcel, request: Request) -> Any:
        try:
            return await self._twilio.send_sms(to=request["to"], from_=request["from"], text=request["text"])
        except UnknownOutcomeError:
            return None
