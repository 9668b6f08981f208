"""Telephone legs are found by the platform's name for them."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("transfer_legs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_legs_sid"), ["sid"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfer_legs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_legs_sid"))
