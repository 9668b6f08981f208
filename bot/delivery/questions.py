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
from bot.platforms.errors import PermanentError
from bot.presence.timeline import StoredEntry, overdue
from bot.presence.verbs import entries_of
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

ASK = "presence.ask"
"""Outbox kind: one question to one person about one entry."""


def ask(tx: Transaction, roster: Roster, person: Person, item: StoredEntry) -> None:
    """Ask a person about an entry: in Slack, where it costs nothing; LINE only for those without Slack."""
    if person.slack:
        _enqueue(tx, roster, person, item.id, "slack", person.slack)
    elif person.line:
        _enqueue(tx, roster, person, item.id, "line", person.line)


def _enqueue(tx: Transaction, roster: Roster, person: Person, entry: str, channel: str, address: str) -> None:
    payload = {"staff": person.id, "entry": entry, "channel": channel, "address": address}
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

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """What Slack will not take is asked in LINE."""
        roster = roster_of(tx, parcel.organization)
        person = roster.people.get(parcel.payload["staff"])
        if parcel.payload["channel"] == "slack" and person and person.line:
            _enqueue(tx, roster, person, parcel.payload["entry"], "line", person.line)

    @staticmethod
    def _asked(payload: dict[str, Any], card: dict[str, Any]) -> Request:
        return {"channel": payload["channel"], "address": payload["address"], "card": card}
