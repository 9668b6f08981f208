"""Everything that telephones hear and do, as it happens, for whoever listens."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

KEPT = 2000


class Journal:
    """Numbered events; late listeners get what was kept from where they left off."""

    def __init__(self) -> None:
        self._kept: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()
        self._number = 0

    def publish(self, kind: str, **fields: Any) -> None:
        """Add an event; the fields are JSON values."""
        self._number += 1
        event = {"id": self._number, "type": kind, **fields}
        self._kept.append(event)
        for listener in self._listeners:
            listener.put_nowait(event)

    async def since(self, number: int) -> AsyncIterator[dict[str, Any]]:
        """Events after that number, for ever."""
        listener: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for event in self._kept:
            if event["id"] > number:
                listener.put_nowait(event)
        self._listeners.add(listener)
        try:
            while True:
                yield await listener.get()
        finally:
            self._listeners.discard(listener)
