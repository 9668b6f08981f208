"""Turns at the database for what one office sends: its flood leaves everybody else a way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store.store import StoreBusyError

AT_ONCE = 16
"""Requests of one office that a process gives the database at the same moment.

Enough to keep it busy, and few enough that who comes between them waits for milliseconds.
"""
MOST_WAITING = 200
"""Those that wait behind them; further ones are told to come again."""


class CrowdedError(StoreBusyError):
    """As many requests of this office wait already as there is room for: nothing was changed."""


class Turns:
    """Counts the requests of each office in this process, or of whoever else is named."""

    def __init__(self) -> None:
        self._inside: dict[str, int] = {}
        self._turn: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def taken(self, whose: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it.

        Raises:
            CrowdedError: too many wait for theirs.
        """
        inside = self._inside.get(whose, 0)
        if inside >= AT_ONCE + MOST_WAITING:
            raise CrowdedError(whose)
        self._inside[whose] = inside + 1
        try:
            async with self._turn.setdefault(whose, asyncio.Semaphore(AT_ONCE)):
                yield
        finally:
            self._inside[whose] -= 1
            if not self._inside[whose]:
                del self._inside[whose], self._turn[whose]
