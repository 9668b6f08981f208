"""Ticks, by APScheduler: a job looks again after its seconds, never meets itself, runs once when late.

APScheduler's next run is an instant of the machine's clock: set that back by three hours, and nothing
would run for three hours. So the clock is watched against the machine's running time, and after a
jump every job looks at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock

_FIRST_AFTER_SECONDS = 1.0
_WATCH_SECONDS = 1.0
_JUMP_SECONDS = 2.0
"""More than two readings of a steady clock can differ by."""
Tick = Callable[[], Awaitable[None]]


class Every(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Every so many seconds; what was missed in a sleep of days is not made up for.

    APScheduler looks at every missed run before it runs one: with two days of seconds that takes ten
    seconds, in which nobody is answered.
    """

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        following: datetime = super().get_next_fire_time(previous_fire_time, now)
        return following if following > now else now + self.interval


class Ticker:
    """The jobs of one process, from `start` until `stop`. Every one runs soon after the start."""

    def __init__(self, ticks: Mapping[Tick, float], clock: Clock) -> None:
        """`ticks`: each with the seconds between its runs. They may not raise."""
        self._ticks = ticks
        self._clock = clock
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, inside the running event loop."""
        for tick, seconds in self._ticks.items():
            first = self._clock.now() + timedelta(seconds=min(_FIRST_AFTER_SECONDS, seconds))
            self._scheduler.add_job(tick, Every(seconds=seconds, timezone=UTC), next_run_time=first)
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watch_clock())

    async def stop(self) -> None:
        """No more runs; what a job has begun in the database is finished or has not happened."""
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    async def _watch_clock(self) -> None:
        loop = asyncio.get_running_loop()
        ahead = self._clock.now().timestamp() - loop.time()
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            now = self._clock.now()
            drift = now.timestamp() - loop.time() - ahead
            if abs(drift) > _JUMP_SECONDS:
                ahead += drift
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=now)
