"""Runs of calendar jobs: any number of processes may tick, one of them runs each slot."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.columns import Instant, metadata
from bot.store.transaction import Transaction

HEARTBEAT = "heartbeat"
"""The job that does nothing but say that jobs run."""

KEPT_FOR = timedelta(days=60)
"""Longer than any job looks back: a quota's month, a fortnight of digests."""

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


def reached(tx: Transaction, job: str) -> datetime:
    """The instant up to which `job` has done its work, for all offices; from now on where it never ran."""
    tx.insert_if_new(job_runs, organization="", job=job, slot="", run_at=tx.now)
    mine = sa.select(job_runs.c.run_at).where(*_everywhere(job))
    at: datetime = tx.execute(mine).scalar_one()
    return at


def reach(tx: Transaction, job: str, at: datetime) -> None:
    """Its work is done up to `at`."""
    tx.update(job_runs, *_everywhere(job), run_at=at)


def reached_by(tx: Transaction, job: str) -> datetime | None:
    """As `reached`, changing nothing; None where it never ran."""
    row = tx.first(sa.select(job_runs.c.run_at).where(*_everywhere(job)))
    return row.run_at if row else None


def forget_runs(tx: Transaction) -> int:
    """Drop runs so long ago that no job looks back to them; how many."""
    old = sa.delete(job_runs).where(job_runs.c.slot != "", job_runs.c.run_at < tx.now - KEPT_FOR)
    return tx.execute(old).rowcount


def _everywhere(job: str) -> tuple[sa.ColumnElement[bool], ...]:
    return job_runs.c.organization == "", job_runs.c.job == job, job_runs.c.slot == ""
