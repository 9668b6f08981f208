"""Calls, and each step of their conversations."""

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("sid", sa.Text, nullable=False, unique=True),
    sa.Column("from_number", sa.Text, nullable=False),
    sa.Column("to_number", sa.Text, nullable=False),
    sa.Column("forwarded_from", sa.Text),
    sa.Column("state", sa.Text, nullable=False),  # live, ended, refused
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("conversation", Json),
    sa.Column("staff", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("seconds", sa.Integer),
    sa.Column("recording", Json),  # {url, seconds}
    sa.Index("ix_calls_organization_started", "organization", "started_at"),
    sa.Index("ix_calls_organization_from", "organization", "from_number", "started_at"),
    sa.Index(
        "ix_calls_live",
        "started_at",
        postgresql_where=sa.text("state = 'live'"),
        sqlite_where=sa.text("state = 'live'"),
    ),
)

steps = sa.Table(
    "call_steps",
    metadata,
    sa.Column("call", sa.Text, primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    organization(),
    sa.Column("turn", Json, nullable=False),  # the answer given, repeated when the request is
    sa.Column("at", Instant, nullable=False),
)

disclosures = sa.Table(
    "disclosures",
    metadata,
    sa.Column("call", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),  # whose mail address the caller was given
    sa.Column("how", sa.Text, primary_key=True),  # spoken, letters, sms
    organization(),
    sa.Column("at", Instant, nullable=False),  # the first time
    sa.Index("ix_disclosures_organization_at", "organization", "at"),
)
