"""First tables."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Instant, Json

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint(
            "organization", "spelling", "staff", name=op.f("uq_aliases_organization_spelling_staff")
        ),
    )
    op.create_table(
        "api_answers",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "key", name=op.f("pk_api_answers")),
    )
    with op.batch_alter_table("api_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_answers_created_at"), ["created_at"], unique=False)

    op.create_table(
        "api_tokens",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_api_tokens")),
    )
    op.create_table(
        "call_steps",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("turn", Json(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("call", "step", name=op.f("pk_call_steps")),
    )
    op.create_table(
        "callbacks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("reached_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
    )
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_callbacks_message"), ["message"], unique=False)
        batch_op.create_index("ix_callbacks_number", ["organization", "number", "created_at"], unique=False)
        batch_op.create_index(
            "uq_callbacks_live_message",
            ["message"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "calls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("from_number", sa.Text(), nullable=False),
        sa.Column("to_number", sa.Text(), nullable=False),
        sa.Column("forwarded_from", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("conversation", Json(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("recording", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("sid", name=op.f("uq_calls_sid")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(
            "ix_calls_live",
            ["started_at"],
            unique=False,
            postgresql_where=sa.text("state = 'live'"),
            sqlite_where=sa.text("state = 'live'"),
        )
        batch_op.create_index(
            "ix_calls_organization_from", ["organization", "from_number", "started_at"], unique=False
        )
        batch_op.create_index("ix_calls_organization_started", ["organization", "started_at"], unique=False)

    op.create_table(
        "cards",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("reference", Json(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint(
            "organization",
            "subject",
            "subject_id",
            "channel",
            "address",
            name=op.f("uq_cards_organization_subject_subject_id_channel_address"),
        ),
    )
    op.create_table(
        "deeds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    with op.batch_alter_table("deeds", schema=None) as batch_op:
        batch_op.create_index("ix_deeds_organization_at", ["organization", "at"], unique=False)

    op.create_table(
        "digest_pictures",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_digest_pictures")),
    )
    with op.batch_alter_table("digest_pictures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_pictures_created_at"), ["created_at"], unique=False)

    op.create_table(
        "disclosures",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("call", "staff", "how", name=op.f("pk_disclosures")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index("ix_disclosures_organization_at", ["organization", "at"], unique=False)

    op.create_table(
        "erasures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("recordings", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "inbox",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "source", "key", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_received_at"), ["received_at"], unique=False)

    op.create_table(
        "inbox_senders",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("newest_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "source", "sender", name=op.f("pk_inbox_senders")),
    )
    with op.batch_alter_table("inbox_senders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_senders_newest_at"), ["newest_at"], unique=False)

    op.create_table(
        "invitation_tries",
        sa.Column("line_user", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("line_user", name=op.f("pk_invitation_tries")),
    )
    op.create_table(
        "invitations",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitations")),
    )
    op.create_table(
        "job_runs",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("run_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "job", "slot", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "lines",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lines")),
    )
    op.create_table(
        "message_recipients",
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("bundle", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("message", "staff", name=op.f("pk_message_recipients")),
    )
    with op.batch_alter_table("message_recipients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_recipients_bundle"), ["bundle"], unique=False)
        batch_op.create_index(
            "ix_message_recipients_held",
            ["organization", "staff"],
            unique=False,
            postgresql_where=sa.text("held IS NOT NULL"),
            sqlite_where=sa.text("held IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_message_recipients_staff", ["organization", "staff", "message"], unique=False
        )

    op.create_table(
        "messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("caller", Json(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("promise_due_at", Instant(), nullable=True),
        sa.Column("details", Json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("called_back_at", Instant(), nullable=True),
        sa.Column("called_back_by", sa.Text(), nullable=True),
        sa.Column("follow_from", Instant(), nullable=True),
        sa.Column("follow_up_at", Instant(), nullable=True),
        sa.Column("followed", Json(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("call", name=op.f("uq_messages_call")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_messages_follow_up",
            ["follow_up_at"],
            unique=False,
            postgresql_where=sa.text("follow_up_at IS NOT NULL"),
            sqlite_where=sa.text("follow_up_at IS NOT NULL"),
        )
        batch_op.create_index("ix_messages_number", ["organization", "number", "id"], unique=False)
        batch_op.create_index(
            "ix_messages_open",
            ["organization", "staff"],
            unique=False,
            postgresql_where=sa.text("state = 'open'"),
            sqlite_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_messages_organization_created", ["organization", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_messages_promised",
            ["organization", "promise_due_at"],
            unique=False,
            postgresql_where=sa.text("promise_due_at IS NOT NULL"),
            sqlite_where=sa.text("promise_due_at IS NOT NULL"),
        )

    op.create_table(
        "missed_calls",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "number", "day", name=op.f("pk_missed_calls")),
    )
    op.create_table(
        "organizations",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("office", Json(), nullable=False),
        sa.Column("slack_team", sa.Text(), nullable=True),
        sa.Column("line_destination", sa.Text(), nullable=True),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", name=op.f("pk_organizations")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organizations_line_destination"), ["line_destination"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organizations_slack_team"), ["slack_team"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("request", Json(), nullable=True),
        sa.Column("reference", Json(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_dead",
            ["settled_at"],
            unique=False,
            postgresql_where=sa.text("state = 'dead'"),
            sqlite_where=sa.text("state = 'dead'"),
        )
        batch_op.create_index(
            "ix_outbox_lane_pending",
            ["lane", "id"],
            unique=False,
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_outbox_pending",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "presence_board",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown", Json(), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("ask_entry", sa.Text(), nullable=True),
        sa.Column("asked_entry", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organization", "staff", name=op.f("pk_presence_board")),
    )
    with op.batch_alter_table("presence_board", schema=None) as batch_op:
        batch_op.create_index(
            "ix_presence_board_ask",
            ["ask_entry"],
            unique=False,
            postgresql_where=sa.text("ask_entry IS NOT NULL"),
            sqlite_where=sa.text("ask_entry IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_presence_board_next_at"), ["next_at"], unique=False)

    op.create_table(
        "presence_changes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("closed", Json(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_changes")),
    )
    with op.batch_alter_table("presence_changes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_presence_changes_organization_created", ["organization", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_presence_changes_staff", ["organization", "staff", "created_at"], unique=False
        )

    op.create_table(
        "presence_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start_at", Instant(), nullable=False),
        sa.Column("end_at", Instant(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column(
            "over_at",
            Instant(),
            sa.Computed("coalesce(closed_at, end_at, '9999-12-31')", persisted=True),
            nullable=True,
        ),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_entries")),
    )
    with op.batch_alter_table("presence_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_presence_entries_organization_start", ["organization", "start_at"], unique=False
        )
        batch_op.create_index("ix_presence_entries_over", ["organization", "over_at"], unique=False)
        batch_op.create_index(
            "ix_presence_entries_staff_over", ["organization", "staff", "over_at"], unique=False
        )

    op.create_table(
        "presence_feeds",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("organization", "staff", name=op.f("pk_presence_feeds")),
    )
    op.create_table(
        "presence_series",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("rule", Json(), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_series")),
    )
    with op.batch_alter_table("presence_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_series_change"), ["change"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_series_ended_by"), ["ended_by"], unique=False)
        batch_op.create_index("ix_presence_series_staff", ["organization", "staff"], unique=False)

    op.create_table(
        "slack_installations",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("installed_by", sa.Text(), nullable=False),
        sa.Column("installed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_slack_installations")),
    )
    op.create_table(
        "staff",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", Json(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "id", name=op.f("pk_staff")),
    )
    op.create_table(
        "transfer_legs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("transfer", sa.Text(), nullable=False),
        sa.Column("callback", sa.Text(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("give_up_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("bridged_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_legs")),
    )
    with op.batch_alter_table("transfer_legs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_legs_offer"), ["offer"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_legs_transfer"), ["transfer"], unique=False)
        batch_op.create_index(
            "uq_transfer_legs_live_number",
            ["organization", "number"],
            unique=True,
            postgresql_where=sa.text("state <> 'over'"),
            sqlite_where=sa.text("state <> 'over'"),
        )
        batch_op.create_index(
            "uq_transfer_legs_live_transfer",
            ["transfer"],
            unique=True,
            postgresql_where=sa.text("state <> 'over'"),
            sqlite_where=sa.text("state <> 'over'"),
        )

    op.create_table(
        "transfer_offers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("transfer", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ring_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("counted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_offers")),
    )
    with op.batch_alter_table("transfer_offers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_transfer_offers_asking",
            ["expires_at"],
            unique=False,
            postgresql_where=sa.text("state = 'asking'"),
            sqlite_where=sa.text("state = 'asking'"),
        )
        batch_op.create_index(batch_op.f("ix_transfer_offers_transfer"), ["transfer"], unique=False)

    op.create_table(
        "transfers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("line", sa.Text(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("caller", Json(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("promise_minutes", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("waiting", Json(), nullable=False),
        sa.Column("timeout_seconds", sa.Integer(), nullable=False),
        sa.Column("connected_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("hold_until", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_call"), ["call"], unique=False)
        batch_op.create_index(
            "ix_transfers_live",
            ["hold_until"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_transfers_organization_created", ["organization", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_transfers_outside",
            ["organization", "created_at"],
            unique=False,
            postgresql_where=sa.text("call IS NULL"),
            sqlite_where=sa.text("call IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_transfers_outside",
            postgresql_where=sa.text("call IS NULL"),
            sqlite_where=sa.text("call IS NULL"),
        )
        batch_op.drop_index("ix_transfers_organization_created")
        batch_op.drop_index(
            "ix_transfers_live",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_transfers_call"))

    op.drop_table("transfers")
    with op.batch_alter_table("transfer_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_offers_transfer"))
        batch_op.drop_index(
            "ix_transfer_offers_asking",
            postgresql_where=sa.text("state = 'asking'"),
            sqlite_where=sa.text("state = 'asking'"),
        )

    op.drop_table("transfer_offers")
    with op.batch_alter_table("transfer_legs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfer_legs_live_transfer",
            postgresql_where=sa.text("state <> 'over'"),
            sqlite_where=sa.text("state <> 'over'"),
        )
        batch_op.drop_index(
            "uq_transfer_legs_live_number",
            postgresql_where=sa.text("state <> 'over'"),
            sqlite_where=sa.text("state <> 'over'"),
        )
        batch_op.drop_index(batch_op.f("ix_transfer_legs_transfer"))
        batch_op.drop_index(batch_op.f("ix_transfer_legs_offer"))

    op.drop_table("transfer_legs")
    op.drop_table("staff")
    op.drop_table("slack_installations")
    with op.batch_alter_table("presence_series", schema=None) as batch_op:
        batch_op.drop_index("ix_presence_series_staff")
        batch_op.drop_index(batch_op.f("ix_presence_series_ended_by"))
        batch_op.drop_index(batch_op.f("ix_presence_series_change"))

    op.drop_table("presence_series")
    op.drop_table("presence_feeds")
    with op.batch_alter_table("presence_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_presence_entries_staff_over")
        batch_op.drop_index("ix_presence_entries_over")
        batch_op.drop_index("ix_presence_entries_organization_start")

    op.drop_table("presence_entries")
    with op.batch_alter_table("presence_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_presence_changes_staff")
        batch_op.drop_index("ix_presence_changes_organization_created")

    op.drop_table("presence_changes")
    with op.batch_alter_table("presence_board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_presence_board_next_at"))
        batch_op.drop_index(
            "ix_presence_board_ask",
            postgresql_where=sa.text("ask_entry IS NOT NULL"),
            sqlite_where=sa.text("ask_entry IS NOT NULL"),
        )

    op.drop_table("presence_board")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_pending",
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(
            "ix_outbox_lane_pending",
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(
            "ix_outbox_dead",
            postgresql_where=sa.text("state = 'dead'"),
            sqlite_where=sa.text("state = 'dead'"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizations_slack_team"))
        batch_op.drop_index(batch_op.f("ix_organizations_line_destination"))

    op.drop_table("organizations")
    op.drop_table("missed_calls")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_messages_promised",
            postgresql_where=sa.text("promise_due_at IS NOT NULL"),
            sqlite_where=sa.text("promise_due_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_messages_organization_created")
        batch_op.drop_index(
            "ix_messages_open",
            postgresql_where=sa.text("state = 'open'"),
            sqlite_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_messages_number")
        batch_op.drop_index(
            "ix_messages_follow_up",
            postgresql_where=sa.text("follow_up_at IS NOT NULL"),
            sqlite_where=sa.text("follow_up_at IS NOT NULL"),
        )

    op.drop_table("messages")
    with op.batch_alter_table("message_recipients", schema=None) as batch_op:
        batch_op.drop_index("ix_message_recipients_staff")
        batch_op.drop_index(
            "ix_message_recipients_held",
            postgresql_where=sa.text("held IS NOT NULL"),
            sqlite_where=sa.text("held IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_message_recipients_bundle"))

    op.drop_table("message_recipients")
    op.drop_table("lines")
    op.drop_table("job_runs")
    op.drop_table("invitations")
    op.drop_table("invitation_tries")
    with op.batch_alter_table("inbox_senders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_senders_newest_at"))

    op.drop_table("inbox_senders")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_received_at"))

    op.drop_table("inbox")
    op.drop_table("erasures")
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.drop_index("ix_disclosures_organization_at")

    op.drop_table("disclosures")
    with op.batch_alter_table("digest_pictures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_pictures_created_at"))

    op.drop_table("digest_pictures")
    with op.batch_alter_table("deeds", schema=None) as batch_op:
        batch_op.drop_index("ix_deeds_organization_at")

    op.drop_table("deeds")
    op.drop_table("cards")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index("ix_calls_organization_started")
        batch_op.drop_index("ix_calls_organization_from")
        batch_op.drop_index(
            "ix_calls_live",
            postgresql_where=sa.text("state = 'live'"),
            sqlite_where=sa.text("state = 'live'"),
        )

    op.drop_table("calls")
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_callbacks_live_message",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_callbacks_number")
        batch_op.drop_index(batch_op.f("ix_callbacks_message"))

    op.drop_table("callbacks")
    op.drop_table("call_steps")
    op.drop_table("api_tokens")
    with op.batch_alter_table("api_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_answers_created_at"))

    op.drop_table("api_answers")
    op.drop_table("aliases")
