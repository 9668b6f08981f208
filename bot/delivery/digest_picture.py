"""The courier of a digest's picture, which was drawn before: a file in the office's Slack channel."""

import base64
from typing import Any

from bot.delivery.chat import ChatClients
from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.office.roster import roster_of
from bot.platforms.errors import PermanentError
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

PICTURE = "digest.picture"
"""Outbox kind: a picture below the digest."""
_FILE = "toritsugi.png"


def send_picture(tx: Transaction, organization: str, channel: str, png: bytes, title: str) -> None:
    """Have a picture shown in a Slack channel, after what was said there before it."""
    payload = {"channel": channel, "title": title, "png": base64.b64encode(png).decode()}
    enqueue(tx, organization, PICTURE, payload, lane=f"say:slack:{channel}")


class Pictures:
    """`digest.picture`: never sent twice, for Slack has no key to tell a repeated upload by."""

    def __init__(self, clients: ChatClients) -> None:
        self._clients = clients

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        if parcel.uncertain:
            return None
        self._clients.know_token(roster_of(tx, parcel.organization).office)
        return {"channel": parcel.payload["channel"]}

    async def send(self, parcel: Parcel, request: Request) -> Any:
        return await self._clients.slack.upload(
            request["channel"],
            base64.b64decode(parcel.payload["png"]),
            name=_FILE,
            title=parcel.payload["title"],
            team=self._clients.teams.get(parcel.organization, ""),
        )

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it: the figures are there without the picture."""
