"""Offices and their people, as stored."""

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization

LINE_USER = "(person ->> 'line')"
"""A person's LINE account, as their row is looked up by it: an expression that both databases read alike."""
LINE_GROUP = "((office -> 'line') ->> 'calls_group')"
OF_OWN_LINE = "(office -> 'line' ->> 'secret') > ''"

organizations = sa.Table(
    "organizations",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),  # changes with the office or any of its people
    sa.Column("office", Json, nullable=False),
    sa.Column("slack_team", sa.Text, index=True),
    sa.Column("line_destination", sa.Text, index=True),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Index("ix_organizations_line_group", sa.text(LINE_GROUP)),
    sa.Index(
        "ix_organizations_own_line",
        "line_destination",
        postgresql_where=sa.text(OF_OWN_LINE),
        sqlite_where=sa.text(OF_OWN_LINE),
    ),
)

lines = sa.Table(
    "lines",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    organization(),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person", Json, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Index("ix_staff_line_user", sa.text(LINE_USER)),
)

aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("spelling", sa.Text, nullable=False),  # as the recogniser wrote a name
    sa.Column("staff", sa.Text, nullable=False),  # whom the caller meant by it
    sa.Column("state", sa.Text, nullable=False),  # offered, confirmed, rejected
    sa.Column("call", sa.Text),
    sa.Column("offered_at", Instant, nullable=False),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_at", Instant),
    sa.UniqueConstraint("organization", "spelling", "staff"),
)

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("code_hash", sa.Text, primary_key=True),
    organization(),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
)

invitation_tries = sa.Table(
    "invitation_tries",
    metadata,
    sa.Column("line_user", sa.Text, primary_key=True),
    organization(),
    sa.Column("since", Instant, nullable=False),  # the first wrong code of the hour that counts
    sa.Column("tries", sa.Integer, nullable=False),
)

api_tokens = sa.Table(
    "api_tokens",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    organization(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
)

api_answers = sa.Table(
    "api_answers",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),  # the request's Idempotency-Key, after its path
    sa.Column("request_hash", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("body", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False, index=True),
)

slack_installations = sa.Table(
    "slack_installations",
    metadata,
    sa.Column("team", sa.Text, primary_key=True),
    organization(),  # empty until an office file names the workspace
    sa.Column("token", sa.Text, nullable=False),  # sealed with TORITSUGI_SECRET
    sa.Column("installed_by", sa.Text, nullable=False),
    sa.Column("installed_at", Instant, nullable=False),
)
