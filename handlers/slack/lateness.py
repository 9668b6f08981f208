"""What goes on after Slack has had its answer: Slack waits three seconds, a locked database longer."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import structlog

PATIENCE_SECONDS = 2.0

log = structlog.get_logger()


class Lateness:
    """The work of one process that outlives its requests, kept until it is done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Future[Any]] = set()

    async def in_time(self, task: "asyncio.Future[Any]") -> bool:
        """Whether a task is done while Slack still waits; it goes on either way."""
        done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        return bool(done)

    def go_on(self, work: Awaitable[None]) -> None:
        """Let work go on by itself; a fault of it is in the log."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Future[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("slack.late_work_failed", exc_info=task.exception())
