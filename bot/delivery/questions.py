"""The clock's questions on their way in LINE: shown only while they are still open.

A chat may be down for hours; whoever has come back meanwhile is not asked whether they are back.
"""

from bot.delivery.chat import Says
from bot.delivery.couriers import Request
from bot.delivery.question_card import is_asking, question_card
from bot.delivery.queue import Parcel
from bot.office.roster import roster_of
from bot.platforms.errors import PermanentError
from bot.store.transaction import Transaction


class Questions(Says):
    """`presence.ask`: a question in LINE, which cannot change it. Moot at any attempt once it is answered."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        roster = roster_of(tx, parcel.organization)
        self._clients.know_token(roster.office)
        entry, staff = parcel.payload["entry"], parcel.payload["staff"]
        card = question_card(tx, roster, entry, staff) if is_asking(tx, roster, entry, staff) else None
        if card is None:
            return None
        return {
            "channel": parcel.payload["channel"],
            "address": parcel.payload["address"],
            "card": card.as_json(),
        }

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it: callers hear a safe sentence meanwhile."""
