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
    # From when on nobody need look at it: what holds is found among years of entries.
    sa.Column("over_at", Instant, sa.Computed("coalesce(closed_at, end_at, '9999-12-31')", persisted=True)),
    sa.Column("series", sa.Text),  # the repetition that it is one occurrence of
    sa.Column("event", sa.Text),  # read in a calendar: which event; empty once the event is gone from it
    sa.Index("ix_presence_entries_staff_over", "organization", "staff", "over_at"),
    sa.Index("ix_presence_entries_over", "organization", "over_at"),
    sa.Index("ix_presence_entries_organization_start", "organization", "start_at"),
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
    sa.Index("ix_presence_changes_organization_created", "organization", "created_at"),
)

board = sa.Table(
    "presence_board",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # counts what backends are told
    sa.Column("shown", Json, nullable=False),  # the presence last told
    sa.Column("next_at", Instant, index=True),  # when the clock alone will change it
    sa.Column("ask_entry", sa.Text),  # the entry whose end has passed, while the person must still be asked
    sa.Column("asked_entry", sa.Text),  # the entry that the person was asked about last
    sa.Index(
        "ix_presence_board_ask",
        "ask_entry",
        postgresql_where=sa.text("ask_entry IS NOT NULL"),
        sqlite_where=sa.text("ask_entry IS NOT NULL"),
    ),
)

series = sa.Table(
    "presence_series",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("staff", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False, index=True),  # the change that began it
    sa.Column("rule", Json, nullable=False),
    sa.Column(
        "made_until", sa.Date, nullable=False
    ),  # its occurrences are entries up to and without this day
    sa.Column("ended_by", sa.Text, index=True),  # the change that ended it
    sa.Index("ix_presence_series_staff", "organization", "staff"),
)

feeds = sa.Table(
    "presence_feeds",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),
    sa.Column("address_hash", sa.Text, nullable=False),  # the address itself is a secret of the office file
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("read_on", sa.Date),  # the office's day on which it was read in full last
    sa.Column("failures", sa.Integer, nullable=False),  # in a row
    sa.Column("told", sa.Boolean, nullable=False),  # the person knows that it is broken
    sa.Column("notice", sa.Text),  # what to say of it with the next reply in LINE
)
