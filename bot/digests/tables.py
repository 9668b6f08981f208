"""That records were erased: when, how many, never whose. The pictures that LINE fetches by address."""

import sqlalchemy as sa

from bot.store.columns import Instant, metadata, organization

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    organization(),
    sa.Column("what", sa.Text, nullable=False),  # retention, caller, person
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("messages", sa.Integer, nullable=False),
    sa.Column("recordings", sa.Integer, nullable=False),
    sa.Column("others", sa.Integer, nullable=False),  # transfers asked from outside, presence that is over
    sa.Column("at", Instant, nullable=False),
)

pictures = sa.Table(
    "digest_pictures",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),  # cannot be guessed: whoever has the address may look
    organization(),
    sa.Column("png", sa.LargeBinary, nullable=False),
    sa.Column("created_at", Instant, nullable=False, index=True),
)
