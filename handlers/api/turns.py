"""Turns at the database for the programs of one office: their flood leaves everybody else a way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8
"""Requests of one office that are carried out at the same moment by one process."""
MOST_WAITING = 100
"""Those that wait behind them; further ones are told to come again."""


class CrowdedError(Exception):
    """As many requests of this office wait already as there is room for."""


class Turns:
    """Counts the requests of each office in this process."""

    def __init__(self) -> None:
        self._inside: dict[str, int] = {}
        self._turn: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def taken(self, organization: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it.

        Raises:
            CrowdedError: too many wait for theirs.
        """
        inside = self._inside.get(organization, 0)
        if inside >= AT_ONCE + MOST_WAITING:
            raise CrowdedError(organization)
        self._inside[organization] = inside + 1
        try:
            async with self._turn.setdefault(organization, asyncio.Semaphore(AT_ONCE)):
                yield
        finally:
            self._inside[organization] -= 1
            if not self._inside[organization]:
                del self._inside[organization], self._turn[organization]
