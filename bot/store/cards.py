"""Cards: messages in a chat that change in place, as intents that any noun may state.

A card shows a subject (an offer, a message). What it says is rendered late, in bot/delivery, from
the subject's state at that moment; so edits that come close together are one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization
from bot.store.outbox import TOPIC, enqueue, outbox
from bot.store.transaction import Transaction

POST = "card.post"
EDIT = "card.edit"

cards = sa.Table(
    "cards",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),  # slack, line
    sa.Column("address", sa.Text, nullable=False),  # a Slack channel or user, a LINE user or group
    sa.Column("audience", sa.Text, nullable=False),  # the staff id it is for, or "calls"
    sa.Column("reference", Json),  # where the platform keeps it, once posted
    sa.Column("created_at", Instant, nullable=False),
    sa.UniqueConstraint("organization", "subject", "subject_id", "channel", "address"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows, and to whom: columns of its row, and in the payload of its `POST`."""

    subject: str
    subject_id: str
    channel: str
    address: str
    audience: str

    @classmethod
    def of(cls, values: Mapping[Any, Any]) -> "Shown":
        """From a row or a payload."""
        return cls(**{field.name: values[field.name] for field in fields(cls)})


def post_card(
    tx: Transaction, office: str, subject: str, subject_id: str, *, channel: str, address: str, audience: str
) -> None:
    """Have a card posted, once for each address."""
    card = tx.new_id()
    shown = asdict(Shown(subject, subject_id, channel, address, audience))
    if tx.insert_if_new(cards, id=card, organization=office, created_at=tx.now, **shown):
        enqueue(tx, office, POST, {"card": card, **shown}, lane=card, first_in_lane=True)


def touch_cards(tx: Transaction, office: str, subject: str, subject_id: str) -> None:
    """Have every card of a subject show its state of now. LINE cannot edit: its cards stay."""
    about = {"organization": office, "subject": subject, "subject_id": subject_id}
    written = {row.values["lane"] for row in tx.outgoing}
    for row in tx.all(_SHOWN_IN, about):
        if row.waiting:
            tx.wake(TOPIC)  # a sender may pass over it while it is locked
        elif row.id not in written:
            enqueue(tx, office, EDIT, {"card": row.id}, lane=row.id)


def forget_card(tx: Transaction, office: str, subject: str, subject_id: str) -> None:
    """A subject's cards are somebody else's now: no edit reaches them."""
    tx.execute(
        sa.delete(cards).where(
            cards.c.organization == office, cards.c.subject == subject, cards.c.subject_id == subject_id
        )
    )


_OF_SUBJECT = (
    cards.c.organization == sa.bindparam("organization"),
    cards.c.subject == sa.bindparam("subject"),
    cards.c.subject_id == sa.bindparam("subject_id"),
    cards.c.channel == "slack",
)
_UNCLAIMED = (
    sa.select(outbox.c.id)
    .where(outbox.c.lane == cards.c.id, outbox.c.state == "pending", outbox.c.attempts == 0)
    .order_by(outbox.c.id)
    .limit(1)
    .with_for_update()
    .scalar_subquery()
)
"""An edit that nobody has claimed: locked, so that none is claimed and rendered before this commit."""
_SHOWN_IN = sa.select(cards.c.id, _UNCLAIMED.label("waiting")).where(*_OF_SUBJECT)
