"""Sends what the outbox holds: at once after a commit, and once a second whatever a crash left behind.

One kind of row has one courier, which renders, sends, and records. Outcomes are typed
(bot/platforms/errors.py): temporary ones are tried again, unknown ones ask first, permanent ones die
and somebody is told.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog

from bot.delivery.queue import GIVE_UP_AFTER, Parcel, claim, freeze, put_back, settle
from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError
from bot.store.outbox import TOPIC
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction

log = structlog.get_logger()
_AT_ONCE = 16
_TICK_SECONDS = 1.0

Request = dict[str, Any]


class Courier(Protocol):
    """Sends one kind of row."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        """The request to send, from the state of now (or the one frozen); None where it is moot."""
        ...

    async def send(self, parcel: Parcel, request: Request) -> Any:
        """Send it; what the platform calls it. Raises a PlatformError."""
        ...

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Record a success beyond the row itself."""
        ...

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """It will never be sent: tell somebody, take another way."""
        ...


class Sender:
    """The loop of one process. Any number of processes may run one on the same database."""

    def __init__(self, store: Store, couriers: Mapping[str, Courier]) -> None:
        self._store = store
        self._couriers = couriers
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def run(self) -> None:
        """Send until `stop`; then finish what is being sent."""
        quiet = self._store.on_wake(TOPIC, self._bell.set)
        try:
            while not self._stopping:
                self._bell.clear()
                if not await self._start_what_is_due():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_TICK_SECONDS):
                            await self._bell.wait()
        finally:
            quiet()
            if self._running:
                await asyncio.gather(*self._running, return_exceptions=True)

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._bell.set()

    async def _start_what_is_due(self) -> bool:
        """Start sending a batch; whether there may be more right now."""
        room = _AT_ONCE - len(self._running)
        if room <= 0:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return True
        try:
            batch = await self._store.run(self._claim, room)
        except StoreBusyError:
            log.warning("outbox.database_busy")
            return False
        for parcel, request in batch:
            task = asyncio.create_task(self._deliver(parcel, request))
            self._running.add(task)
            task.add_done_callback(self._finished)
        return bool(batch)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._bell.set()
        if not task.cancelled() and task.exception():
            log.error("outbox.sender_failed", exc_info=task.exception())

    def _claim(self, tx: Transaction, limit: int) -> list[tuple[Parcel, Request]]:
        """Claim and render in one transaction: what is sent is what holds at that moment."""
        batch = []
        for parcel in claim(tx, limit):
            courier = self._couriers.get(parcel.kind)
            if courier is None:
                settle(tx, parcel.id, "dead", error=f"no courier for {parcel.kind}")
                continue
            try:
                with tx.connection.begin_nested():
                    request = courier.prepare(tx, parcel)
            except Exception as error:  # one row that cannot be rendered must not stop the others
                log.exception("outbox.cannot_render", outbox=parcel.id, kind=parcel.kind)
                settle(tx, parcel.id, "dead", error=f"cannot be rendered: {type(error).__name__}")
                continue
            if request is None:
                settle(tx, parcel.id, "moot")
                continue
            if request != parcel.request:
                freeze(tx, parcel.id, request)
            batch.append((replace(parcel, request=request), request))
        return batch

    async def _deliver(self, parcel: Parcel, request: Request) -> None:
        courier = self._couriers[parcel.kind]
        logged = log.bind(outbox=parcel.id, kind=parcel.kind, organization=parcel.organization)
        try:
            reference = await courier.send(parcel, request)
        except TemporaryError as error:
            logged.warning("outbox.later", why=str(error), attempt=parcel.attempts)
            await self._store.run(self._later, parcel, courier, "temporary", error)
        except UnknownOutcomeError as error:
            logged.warning("outbox.unknown", why=str(error), attempt=parcel.attempts)
            await self._store.run(self._later, parcel, courier, "unknown", error)
        except PermanentError as error:
            logged.error("outbox.refused", why=str(error))  # noqa: TRY400  (the platform said no: no trace)
            await self._store.run(self._refuse, parcel, courier, error)
        else:
            await self._store.run(self._succeed, parcel, courier, reference)
            logged.info("outbox.sent", attempt=parcel.attempts)

    @staticmethod
    def _succeed(tx: Transaction, parcel: Parcel, courier: Courier, reference: Any) -> None:
        settle(tx, parcel.id, "sent", reference=reference)
        courier.delivered(tx, parcel, reference)

    @staticmethod
    def _later(
        tx: Transaction,
        parcel: Parcel,
        courier: Courier,
        word: str,
        error: TemporaryError | UnknownOutcomeError,
    ) -> None:
        if tx.now - parcel.created_at > GIVE_UP_AFTER:
            Sender._refuse(tx, parcel, courier, PermanentError(f"given up after days: {error}"))
            return
        retry_after = error.retry_after if isinstance(error, TemporaryError) else None
        put_back(tx, parcel, word, retry_after)

    @staticmethod
    def _refuse(tx: Transaction, parcel: Parcel, courier: Courier, error: PermanentError) -> None:
        settle(tx, parcel.id, "dead", error=str(error))
        courier.refused(tx, parcel, error)
