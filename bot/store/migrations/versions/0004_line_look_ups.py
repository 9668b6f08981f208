"""People and offices are found by their names at LINE: a channel may be shared by thousands of offices."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OWN = sa.text("(office -> 'line' ->> 'secret') > ''")


def upgrade() -> None:
    op.create_index("ix_staff_line_user", "staff", [sa.text("(person ->> 'line')")])
    op.create_index(
        "ix_organizations_line_group", "organizations", [sa.text("((office -> 'line') ->> 'calls_group')")]
    )
    op.create_index(
        "ix_organizations_own_line",
        "organizations",
        ["line_destination"],
        postgresql_where=_OWN,
        sqlite_where=_OWN,
    )


def downgrade() -> None:
    op.drop_index("ix_organizations_own_line", "organizations")
    op.drop_index("ix_organizations_line_group", "organizations")
    op.drop_index("ix_staff_line_user", "staff")
