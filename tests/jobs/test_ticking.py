"""What runs by the clock, and how it ends."""

import asyncio
import logging

import pytest

from bot.clock import SystemClock
from bot.services import Services
from jobs.table import _guarded
from jobs.ticking import Ticker


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
