"""That records were erased: when, by whom, how many. Never whose, nor what they said."""

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
    sa.Column("at", Instant, nullable=False),
)
