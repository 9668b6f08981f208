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
    sa.Column("number", sa.Text),  # the caller's once more, for looking it up; None where it is not known
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
    sa.Column("called_back_at", Instant),  # a call back that reached somebody; it keeps the promise
    sa.Column("called_back_by", sa.Text),
    sa.Column("follow_from", Instant),  # from when reminders count, quiet hours left out; None: at once
    sa.Column("follow_up_at", Instant),  # the next step of the follow-up; None: nothing is to come
    sa.Column("followed", Json),  # the steps that were taken, by name
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("ix_messages_organization_created", "organization", "created_at"),
    sa.Index("ix_messages_number", "organization", "number", "id"),
    sa.Index(
        "ix_messages_open",
        "organization",
        "staff",
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    ),
    sa.Index(
        "ix_messages_follow_up",
        "follow_up_at",
        postgresql_where=sa.text("follow_up_at IS NOT NULL"),
        sqlite_where=sa.text("follow_up_at IS NOT NULL"),
    ),
    sa.Index(
        "ix_messages_promised",
        "organization",
        "promise_due_at",
        postgresql_where=sa.text("promise_due_at IS NOT NULL"),
        sqlite_where=sa.text("promise_due_at IS NOT NULL"),
    ),
)

recipients = sa.Table(
    "message_recipients",
    metadata,
    sa.Column("message", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),
    organization(),
    sa.Column("why", sa.Text, nullable=False),  # own, leave, backup, manager, rule
    sa.Column("held", sa.Text),  # why it still waits: leave, quiet; None once it was shown
    sa.Column("due_at", Instant),  # when it is shown, as far as that is known
    sa.Column("until", Instant),  # the end of the leave that it waits for
    sa.Column("bundle", sa.Text, index=True),  # shown together with others, on one card
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("ix_message_recipients_staff", "organization", "staff", "message"),
    sa.Index(
        "ix_message_recipients_held",
        "organization",
        "staff",
        postgresql_where=sa.text("held IS NOT NULL"),
        sqlite_where=sa.text("held IS NOT NULL"),
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
