"""Messages from callers, and what callers were promised."""

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("call", sa.Text, unique=True),
    sa.Column("staff", sa.Text),
    sa.Column("department", sa.Text),
    sa.Column("caller", Json, nullable=False),  # company, name, number, number_said, verified
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("wish", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("promise", sa.Text, nullable=False),
    sa.Column("promise_due_at", Instant),
    sa.Column("details", Json, nullable=False),  # seconds, recording, mail given, asked…: for the card
    sa.Column("state", sa.Text, nullable=False),  # open, done
    sa.Column("done_by", sa.Text),
    sa.Column("done_at", Instant),
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("ix_messages_organization_created", "organization", "created_at"),
    sa.Index(
        "ix_messages_open",
        "organization",
        "staff",
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    ),
)

missed = sa.Table(
    "missed_calls",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("last_at", Instant, nullable=False),
)
