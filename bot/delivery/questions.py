"""The clock's questions on their way to a person: shown only while they are still open.

A chat may be down for hours; whoever has come back meanwhile is not asked whether they are back.
"""

from typing import Any

from bot.delivery.chat import Says
from bot.delivery.presence_card import open_trip_card, overdue_card
from bot.delivery.queue import Parcel
from bot.delivery.sender import Request
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.presence.timeline import StoredEntry, overdue
from bot.presence.verbs import entries_of
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

ASK = "presence.ask"
"""Outbox kind: one question to one person about one entry."""


def ask(tx: Transaction, roster: Roster, person: Person, item: StoredEntry) -> None:
    """Ask a person about an entry: in Slack, where it costs nothing; LINE only for those without Slack."""
    address = person.slack or person.line
    if address is None:
        return
    channel = "slack" if person.slack else "line"
    payload = {"staff": person.id, "entry": item.id, "channel": channel, "address": address}
    enqueue(tx, roster.organization, ASK, payload, lane=f"say:{channel}:{address}")


class Questions(Says):
    """`presence.ask`: are you back, does the trip go on. Moot at any attempt once that is known."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        roster = roster_of(tx, parcel.organization)
        self._clients.know_token(roster.office)
        stored = entries_of(tx, parcel.organization, parcel.payload["staff"])
        item = next((item for item in stored if item.id == parcel.payload["entry"]), None)
        if item is None or item.closed_at:
            return None
        if item.entry.end is None:
            return self._asked(parcel.payload, open_trip_card(roster, item).as_json())
        late = overdue(stored, tx.now, roster.calendar)
        if late is None or late.id != item.id:
            return None
        return self._asked(parcel.payload, overdue_card(roster, item).as_json())

    @staticmethod
    def _asked(payload: dict[str, Any], card: dict[str, Any]) -> Request:
        return {"channel": payload["channel"], "address": payload["address"], "card": card}
