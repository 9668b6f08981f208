"""Who did what, where no record of the thing itself says so. Ids only: no contents, no secrets."""

import sqlalchemy as sa

from bot.store.columns import Instant, metadata, organization
from bot.store.transaction import Transaction

deeds = sa.Table(
    "deeds",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),  # a staff id, a token's name, an account of the machine
    sa.Column("channel", sa.Text, nullable=False),  # slack, line, api, command
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),  # whom or what: an id, a name of a token; may be empty
    sa.Index("ix_deeds_organization_at", "organization", "at"),
)


def note(
    tx: Transaction, organization: str, actor: str, channel: str, action: str, subject: str = ""
) -> None:
    """Add a line to the trail, in the transaction of the deed itself."""
    tx.insert(
        deeds,
        id=tx.new_id(),
        organization=organization,
        at=tx.now,
        actor=actor,
        channel=channel,
        action=action,
        subject=subject,
    )
