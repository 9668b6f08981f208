"""Who is where, over time, and who said so."""

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata, organization

entries = sa.Table(
    "presence_entries",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False),  # the change that made it; its order decides overlaps
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("start_at", Instant, nullable=False),
    sa.Column("end_at", Instant),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("closed_at", Instant),  # ended before its end: cleared, replaced, withdrawn
    sa.Index("ix_presence_entries_staff_start", "organization", "staff", "start_at"),
)

changes = sa.Table(
    "presence_changes",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),  # a staff id, or the name of a token or feed
    sa.Column("channel", sa.Text, nullable=False),  # slack, line, api, calendar, clock
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("closed", Json, nullable=False),  # [[entry id, its closed_at before], ...]: what undo restores
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("undone_at", Instant),
    sa.Index("ix_presence_changes_staff", "organization", "staff", "created_at"),
)

board = sa.Table(
    "presence_board",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # counts what backends are told
    sa.Column("shown", Json, nullable=False),  # the presence last told
    sa.Column("next_at", Instant, index=True),  # when the clock alone will change it
    sa.Column("asked_entry", sa.Text),  # the entry whose passed end the person was asked about
)
