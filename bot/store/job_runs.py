"""Runs of calendar jobs: any number of processes may tick, one of them runs each slot."""

import sqlalchemy as sa

from bot.store.columns import Instant, metadata
from bot.store.transaction import Transaction

job_runs = sa.Table(
    "job_runs",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("slot", sa.Text, primary_key=True),
    sa.Column("run_at", Instant, nullable=False),
)


def claim_run(tx: Transaction, organization: str, job: str, slot: str) -> bool:
    """True for the one caller that is to run `job` for `slot` (a day, an hour: any text)."""
    return tx.insert_if_new(job_runs, organization=organization, job=job, slot=slot, run_at=tx.now)


def has_run(tx: Transaction, organization: str, job: str, slot: str) -> bool:
    """Whether somebody has claimed that run."""
    found = sa.select(job_runs.c.job).where(
        job_runs.c.organization == organization, job_runs.c.job == job, job_runs.c.slot == slot
    )
    return tx.first(found) is not None
