"""Couriers of calls back: the staff telephone rung, and the word that a caller was not reached."""

import sqlalchemy as sa

from bot.delivery.chat import ChatClients, Says
from bot.delivery.couriers import Request
from bot.delivery.message_card import CALLBACK_ENDS, number_fact
from bot.delivery.queue import Parcel
from bot.delivery.telephone import Placements
from bot.delivery.wording import caller_title
from bot.messages.verbs import NoSuchMessageError, caller_of, message_of
from bot.office.roster import Roster, roster_of
from bot.platforms.cards import Button, Card, Fact
from bot.platforms.errors import PermanentError
from bot.platforms.twilio.client import TwilioClient
from bot.reception.tables import calls
from bot.store.transaction import Transaction
from bot.transfers.callbacks import Outcome, callback_failed
from bot.transfers.tables import callbacks


def company_line(tx: Transaction, roster: Roster, message: str) -> str | None:
    """The number that a caller sees when called back: the one they dialled, else the office's first."""
    ours = [line.number for line in roster.office.numbers]
    call = message_of(tx, roster.organization, message).call
    dialled = tx.execute(sa.select(calls.c.to_number).where(calls.c.id == call)).scalar() if call else None
    return dialled if dialled in ours else next(iter(ours), None)


class CallbackPlacements(Placements):
    """`callback.place`: ring the telephone of whoever calls back, once."""

    def __init__(self, twilio: TwilioClient, base_url: str, *, twilio_on: bool) -> None:
        super().__init__(twilio, base_url)
        self._on = twilio_on

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        leg = self.to_place(tx, parcel)
        if leg is None:
            return None
        if not self._on:
            callback_failed(tx, leg.id)
            return None
        row = tx.execute(sa.select(callbacks).where(callbacks.c.id == leg.callback)).one()
        roster = roster_of(tx, parcel.organization)
        return {
            "to": leg.number,
            "from_": row.line,
            "url": f"{self._base_url}/twilio/callback?leg={leg.id}",
            "status_url": f"{self._base_url}/twilio/callback/status?leg={leg.id}",
            "ring_seconds": roster.office.transfer.ring_seconds,
        }

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        callback_failed(tx, parcel.payload["leg"])


class CallbackNews(Says):
    """`callback.news`: to whoever tried, in the chat that they said it in."""

    def __init__(self, clients: ChatClients) -> None:
        super().__init__(clients)

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        if parcel.request:
            return super().prepare(tx, parcel)
        row = tx.first(sa.select(callbacks).where(callbacks.c.id == parcel.payload["callback"]))
        if row is None:
            return None
        roster = roster_of(tx, parcel.organization)
        person = roster.people.get(row.staff)
        address = person and (person.line if row.channel == "line" else person.slack)
        try:
            message = message_of(tx, parcel.organization, row.message)
        except NoSuchMessageError:
            return None
        if not address:
            return None
        self._clients.know_token(roster.office)
        caller = caller_of(message)
        text = f"{caller_title(caller)}への折り返し: {CALLBACK_ENDS[Outcome(row.outcome)]}。"
        number = number_fact(caller)
        facts: tuple[Fact, ...] = (number,) if number else ()
        buttons = (
            Button("message_callback", "もう一度折り返す", message.id),
            Button("message_done", "対応済み", message.id),
        )
        open_ = message.state == "open"
        card = Card(text=text, facts=facts, buttons=buttons if open_ else (), summary=text)
        return self._addressed(row.channel, address, card)
