"""The rich menu shown to somebody whose LINE account was just linked."""

from typing import Any

from bot.delivery.chat import ChatClients
from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.office.roster import roster_of
from bot.platforms.errors import PermanentError
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

MENU = "line.menu"
"""Outbox kind: one person is to have the staff's menu in LINE."""


def show_menu(tx: Transaction, organization: str, user: str) -> None:
    """Have the menu shown to a LINE user of the office."""
    enqueue(tx, organization, MENU, {"user": user}, lane=f"menu:{user}")


class Menus:
    """`line.menu`."""

    def __init__(self, clients: ChatClients) -> None:
        self._clients = clients

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        roster = roster_of(tx, parcel.organization)
        if roster.by_line(parcel.payload["user"]) is None:
            return None  # the link has ended since
        self._clients.know_token(roster.office)
        return {"user": parcel.payload["user"]}

    async def send(self, parcel: Parcel, request: Request) -> Any:
        await self._clients.line.show_menu(self._clients.tokens[parcel.organization], request["user"])

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it: the same texts can be typed."""
