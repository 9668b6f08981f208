"""A text whose sending was taken back, as LINE allows: it is forgotten, and what it set can be taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.say import unsay
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.presence.wiping import wipe_words
from bot.store.texts import take_untold, take_wording, tell_later
from bot.store.transaction import Transaction
from handlers.chat.rewriting import listed, live_of
from handlers.chat.talk import Talk

_SAID_WITHIN = timedelta(days=8)
"""How long what was said is kept, and a day."""


def answer_unsent(
    tx: Transaction, roster: Roster, person: Person, name: str, at: datetime, channel: str
) -> None:
    """The sending of a text was taken back: its words are forgotten, and what it set stays.

    That it stays can wait for the next reply: `with_unsent`.
    """
    text = take_wording(tx, roster.organization, channel, name, at, gone=True)
    if text is None or not text.changes:
        return
    notes = wipe_words(tx, roster, text.changes)
    if notes:
        unsay(tx, roster.organization, notes, tx.now - _SAID_WITHIN)
    if live_of(Talk(tx, roster, person, channel), text):
        tell_later(tx, text, person.id)


def with_unsent(tx: Transaction, roster: Roster, person: Person, card: Card, channel: str) -> Card:
    """A reply that says, too, what stays of texts whose sending was taken back, each with its 取り消し."""
    talk = Talk(tx, roster, person, channel)
    for text in take_untold(tx, roster.organization, channel, person.id):
        if live := live_of(talk, text):
            named = listed(talk, live)
            line = f"送信を取り消された「{named}」の登録はそのままです"
            button = Button("status_cancel", f"取り消し: {named}", live[0].change)
            card = replace(card, small=(*card.small, line), buttons=(*card.buttons, button))
    return card
