"""The table of jobs.

Ticks come from memory; every claim and deadline is in the database, so any number of processes may
run this table (docs/decisions/0004-the-scheduler-only-ticks.md).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.services import Services
from bot.store.store import StoreBusyError
from jobs.calendars import read_calendars
from jobs.digests import send_digests, watch_calls, watch_line_quota
from jobs.heartbeat import beat
from jobs.messages import deliver_held_messages, follow_up_messages, settle_callbacks
from jobs.presence import ask_about_trips, ask_whether_back, make_occurrences
from jobs.reconcile import file_missed_calls, keep_up_with_clock, prune, settle_stale_calls
from jobs.retention import end_records
from jobs.routing import repair_workers
from jobs.sweeps import refresh_presence, settle_transfers
from jobs.ticking import Tick, Ticker

log = structlog.get_logger()
Job = Callable[[Services], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    """A job and how often it looks, in seconds."""

    job: Job
    seconds: float


TABLE = (
    Row(settle_transfers, 1),
    Row(refresh_presence, 1),
    Row(deliver_held_messages, 1),
    Row(follow_up_messages, 1),
    Row(settle_callbacks, 1),
    Row(ask_whether_back, 1),
    Row(ask_about_trips, 15),
    Row(send_digests, 15),
    Row(watch_line_quota, 3600),
    Row(watch_calls, 3600),
    Row(make_occurrences, 600),
    Row(read_calendars, 60),
    Row(settle_stale_calls, 10),
    Row(keep_up_with_clock, 15),
    Row(beat, 15),
    Row(repair_workers, 300),
    Row(file_missed_calls, 300),
    Row(prune, 3600),
    Row(end_records, 3600),
)


def make_ticker(services: Services) -> Ticker:
    """A ticker with every job, not started."""
    return Ticker({_guarded(row.job, services): row.seconds for row in TABLE}, services.clock)


def _guarded(job: Job, services: Services) -> Tick:
    """A job that fails is logged and looks again at its next tick."""

    async def tick() -> None:
        try:
            await job(services)
        except StoreBusyError:
            log.warning("job.database_busy", job=job.__name__)
        except asyncio.CancelledError:  # the process stops; APScheduler would call it an error
            log.info("job.cut_short", job=job.__name__)
        except Exception:  # one job's fault must not end its ticking
            log.exception("job.failed", job=job.__name__)

    return tick
