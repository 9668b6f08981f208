"""The courier that deletes recordings at Twilio: safe to repeat, for one that is gone is what was wanted."""

from typing import Any

from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.delivery.say import say
from bot.messages.recipients import chat_of
from bot.office.roster import NoSuchOfficeError, roster_of
from bot.platforms.cards import Card
from bot.platforms.errors import PermanentError
from bot.platforms.twilio.client import TwilioClient
from bot.store.transaction import Transaction


class RecordingDeletions:
    """`recording.delete`."""

    def __init__(self, twilio: TwilioClient, *, twilio_on: bool) -> None:
        self._twilio = twilio
        self._on = twilio_on

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        return dict(parcel.payload)

    async def send(self, _parcel: Parcel, request: Request) -> Any:
        if not self._on:
            raise PermanentError("no Twilio account is set")
        await self._twilio.delete_recording(request["recording"])

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """What should be gone is still there: the managers are asked to delete it by hand."""
        try:
            roster = roster_of(tx, parcel.organization)
        except NoSuchOfficeError:
            return
        card = Card(
            title="録音を Twilio から消せませんでした",
            text=f"Twilio の管理画面で、録音 {parcel.payload['recording']} を削除してください。",
            tone="urgent",
        )
        for manager in roster.managers():
            channel, address = chat_of(manager)
            if address:
                say(tx, roster.organization, channel, address, card)
