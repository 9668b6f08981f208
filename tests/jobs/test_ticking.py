"""What runs by the clock, and how it ends."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.services import Services
from jobs.table import _guarded
from jobs.ticking import Every, Ticker


async def test_a_job_cut_short_by_the_end_of_the_process_is_no_error(
    caplog: pytest.LogCaptureFixture, logged: list[dict[str, object]]
) -> None:
    begun = asyncio.Event()

    async def waits_for_a_platform(_services: Services | None) -> None:
        begun.set()
        await asyncio.Event().wait()

    ticker = Ticker({_guarded(waits_for_a_platform, None): 1.0}, SystemClock())  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        ticker.start()
        async with asyncio.timeout(20):
            await begun.wait()
        await ticker.stop()
        async with asyncio.timeout(20):
            while not logged:
                await asyncio.sleep(0)
    assert [line["event"] for line in logged] == ["job.cut_short"]
    assert caplog.records == []


def test_after_a_sleep_of_days_nothing_is_made_up_for() -> None:
    """The machine slept, or its clock was set: every missed second would be looked at, and nobody answered."""
    now = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    every = Every(seconds=1, timezone=UTC)
    assert every.get_next_fire_time(now - timedelta(days=2), now) == now + timedelta(seconds=1)
    assert every.get_next_fire_time(now, now) == now + timedelta(seconds=1)
