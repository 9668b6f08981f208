"""What texts made is known by the platform's names for them, so that it follows their new wordings."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Instant, Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox_texts",
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("newest_at", Instant(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("changes", Json(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("tell", sa.Text(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization", "source", "name", name=op.f("pk_inbox_texts")),
    )
    op.create_index(op.f("ix_inbox_texts_seen_at"), "inbox_texts", ["seen_at"])
    for column in ("question", "tell"):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_inbox_texts_{column}",
            "inbox_texts",
            ["organization", column],
            postgresql_where=given,
            sqlite_where=given,
        )


def downgrade() -> None:
    op.drop_table("inbox_texts")
