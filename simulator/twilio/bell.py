"""Waiting until something has changed."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after every change; whoever waits then looks again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits now."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, look: Callable[[], T | None], seconds: float | None = None) -> T:
        """The first answer of `look` that is neither None nor False.

        Raises:
            TimeoutError: after that many seconds.
        """
        async with asyncio.timeout(seconds):
            while True:
                rung = self._rung
                found = look()
                if found is not None and found is not False:
                    return found
                await rung.wait()
