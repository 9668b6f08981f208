"""Work that goes on by itself."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Background:
    """Holds on to tasks until they end; `crashed` hears of an error that `expected` does not name."""

    def __init__(
        self, crashed: Callable[[BaseException], None], expected: tuple[type[Exception], ...]
    ) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._crashed = crashed
        self._expected = expected

    def run(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin some work now."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def stop(self) -> None:
        """Give up whatever still goes on."""
        while self._tasks:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, self._expected):
            self._crashed(error)
