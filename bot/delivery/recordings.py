"""The courier that deletes recordings at Twilio: safe to repeat, for one that is gone is what was wanted."""

from typing import Any

from bot.delivery.queue import Parcel
from bot.delivery.sender import Request
from bot.platforms.errors import PermanentError
from bot.platforms.twilio.client import TwilioClient
from bot.store.transaction import Transaction


class RecordingDeletions:
    """`recording.delete`."""

    def __init__(self, twilio: TwilioClient) -> None:
        self._twilio = twilio

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        return dict(parcel.payload)

    async def send(self, _parcel: Parcel, request: Request) -> Any:
        await self._twilio.delete_recording(request["recording"])

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it."""
