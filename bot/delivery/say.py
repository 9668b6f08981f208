"""Plain answers in chat, stated by any verb and sent after its commit."""

from bot.platforms.cards import Card
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

SAY = "chat.say"
"""Outbox kind: one card to one person or channel."""
RESPOND = "slack.respond"
"""Outbox kind: an answer through the `response_url` that came with a Slack command or tap."""


def say(tx: Transaction, organization: str, channel: str, address: str, card: Card) -> None:
    """Have a card said; what goes to one address goes in order. `channel` is `slack` or `line`."""
    payload = {"channel": channel, "address": address, "card": card.as_json()}
    enqueue(tx, organization, SAY, payload, lane=f"say:{channel}:{address}")


def respond(tx: Transaction, organization: str, url: str, card: Card, *, replace: bool) -> None:
    """Have a command or a tap answered; `replace` puts the card in the place of the one tapped."""
    enqueue(tx, organization, RESPOND, {"url": url, "card": card.as_json(), "replace": replace}, lane=url)
