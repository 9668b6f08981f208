"""Telephone legs are found by the platform's name for them."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A database of before the first release may have it.
    op.create_index("ix_transfer_legs_sid", "transfer_legs", ["sid"], if_not_exists=True)


def downgrade() -> None:
    op.drop_index("ix_transfer_legs_sid", "transfer_legs")
