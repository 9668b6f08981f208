"""Plain answers in chat, stated by any verb and sent after its commit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.platforms.cards import Card
from bot.store.outbox import enqueue, outbox
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


def unsay(tx: Transaction, organization: str, notes: Collection[str], since: datetime) -> None:
    """Take notes, which stand in brackets behind a status, out of what was or is to be said since then."""
    rows = tx.all(
        sa.select(outbox.c.id, outbox.c.payload, outbox.c.request).where(
            outbox.c.organization == organization,
            outbox.c.kind.in_((SAY, RESPOND)),
            outbox.c.created_at >= since,
        )
    )
    for row in rows:
        said = (row.payload, row.request)
        payload, request = (_without(part, notes) for part in said)
        if (payload, request) != said:
            tx.change(outbox, row.id, payload=payload, request=request)


def _without(said: Any, notes: Collection[str]) -> Any:
    if isinstance(said, dict):
        return {key: _without(value, notes) for key, value in said.items()}
    if isinstance(said, list):
        return [_without(value, notes) for value in said]
    if isinstance(said, str):
        for note in notes:
            said = said.replace(f"({note})", "")
    return said
