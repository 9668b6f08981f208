"""`presence.changed`: one routing backend hears the presence of one person, whatever kind it is."""

from typing import Any

from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.office.model import TaskRouterBackend
from bot.office.roster import roster_of
from bot.platforms.errors import PermanentError
from bot.routing.taskrouter import WorkerUpdates
from bot.routing.webhook import PresenceEvents
from bot.store.transaction import Transaction


class PresenceChanges:
    """The courier that knows the kinds of backends."""

    def __init__(self, events: PresenceEvents, workers: WorkerUpdates) -> None:
        self._events = events
        self._workers = workers

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        roster = roster_of(tx, parcel.organization)
        index = parcel.payload["backend"]
        backends = roster.office.routing
        backend = backends[index] if index < len(backends) else None
        if isinstance(backend, TaskRouterBackend):
            return self._workers.prepare(roster, backend, parcel)
        return self._events.prepare(tx, parcel)

    async def send(self, parcel: Parcel, request: Request) -> Any:
        if "worker" in request:
            return await self._workers.send(request)
        return await self._events.send(parcel, request)

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it."""
