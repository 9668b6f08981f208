"""Wrong invitation codes counted, answers of the API kept for repeated requests, events in order."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Instant, Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    op.create_index(op.f("ix_api_answers_created_at"), "api_answers", ["created_at"])
    op.create_table(
        "inbox_senders",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("newest_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source", "sender", name=op.f("pk_inbox_senders")),
    )
    op.create_index(op.f("ix_inbox_senders_newest_at"), "inbox_senders", ["newest_at"])
    op.create_table(
        "invitation_tries",
        sa.Column("line_user", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("line_user", name=op.f("pk_invitation_tries")),
    )


def downgrade() -> None:
    op.drop_table("invitation_tries")
    op.drop_index(op.f("ix_inbox_senders_newest_at"), table_name="inbox_senders")
    op.drop_table("inbox_senders")
    op.drop_index(op.f("ix_api_answers_created_at"), table_name="api_answers")
    op.drop_table("api_answers")
