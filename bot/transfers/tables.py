"""Transfers: a caller's wish to be connected, whom it was offered to, and the telephones rung for it.

Call backs, too: their staff telephones are legs like those of transfers.
"""

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization

transfers = sa.Table(
    "transfers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("call", sa.Text, index=True),  # None where another call system asks
    sa.Column("line", sa.Text),  # the number that the caller dialled
    sa.Column("staff", sa.Text, nullable=False),  # whom the caller wants
    sa.Column("caller", Json, nullable=False),  # company, name, number
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),  # why it ended as it did: declined, message, no_answer, gave_up…
    sa.Column("promise_minutes", sa.Integer),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_at", Instant),
    sa.Column("waiting", Json, nullable=False),  # staff ids still to be asked, in order
    sa.Column("timeout_seconds", sa.Integer, nullable=False),
    sa.Column("connected_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("hold_until", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("ix_transfers_organization_created", "organization", "created_at"),
    sa.Index(
        "ix_transfers_live",
        "hold_until",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    ),
    sa.Index(
        "ix_transfers_outside",
        "organization",
        "created_at",
        postgresql_where=sa.text("call IS NULL"),
        sqlite_where=sa.text("call IS NULL"),
    ),
)

offers = sa.Table(
    "transfer_offers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("transfer", sa.Text, nullable=False, index=True),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("ring_at", Instant),  # when their telephone rings too; None once it did, or never does
    sa.Column("decided_at", Instant),
    sa.Column("counted_at", Instant),  # the seconds left were last shown as of then
    sa.Index(
        "ix_transfer_offers_asking",
        "expires_at",
        postgresql_where=sa.text("state = 'asking'"),
        sqlite_where=sa.text("state = 'asking'"),
    ),
)

legs = sa.Table(
    "transfer_legs",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("offer", sa.Text, nullable=False, index=True),
    sa.Column("transfer", sa.Text, nullable=False, index=True),
    sa.Column("callback", sa.Text),  # the call back it is for, which offer and transfer then name too
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("sid", sa.Text, index=True),
    sa.Column("state", sa.Text, nullable=False),  # placing, ringing, screening, bridged, over
    sa.Column("result", sa.Text),
    sa.Column("give_up_at", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("bridged_at", Instant),
    sa.Column("ended_at", Instant),
    # At most one ringing or bridged leg per caller, and per telephone number.
    sa.Index(
        "uq_transfer_legs_live_transfer",
        "transfer",
        unique=True,
        postgresql_where=sa.text("state <> 'over'"),
        sqlite_where=sa.text("state <> 'over'"),
    ),
    sa.Index(
        "uq_transfer_legs_live_number",
        "organization",
        "number",
        unique=True,
        postgresql_where=sa.text("state <> 'over'"),
        sqlite_where=sa.text("state <> 'over'"),
    ),
)

callbacks = sa.Table(
    "callbacks",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("message", sa.Text, nullable=False, index=True),
    sa.Column("staff", sa.Text, nullable=False),  # who calls back
    sa.Column("channel", sa.Text, nullable=False),  # the chat they said so in
    sa.Column("line", sa.Text, nullable=False),  # the company's number that both see
    sa.Column("number", sa.Text, nullable=False),  # the caller's
    sa.Column("outcome", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("reached_at", Instant),  # the caller picked up
    sa.Column("ended_at", Instant),
    sa.Index("ix_callbacks_number", "organization", "number", "created_at"),
    # One at a time for each message.
    sa.Index(
        "uq_callbacks_live_message",
        "message",
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    ),
)
