"""Ticks, by APScheduler: a job looks again after its seconds, never meets itself, runs once when late.

APScheduler's next run is an instant of the machine's clock: set that back by three hours, and nothing
would run for three hours. So the clock is watched against the machine's running time, and after a
jump every job looks at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

_FIRST_AFTER_SECONDS = 1.0
_WATCH_SECONDS = 1.0
_JUMP_SECONDS = 2.0
"""More than two readings of a steady clock can differ by."""
Tick = Callable[[], Awaitable[None]]


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
            self._scheduler.add_job(tick, "interval", seconds=seconds, next_run_time=first)
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
