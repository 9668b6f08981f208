"""Sends what the outbox holds: at once after a commit, and once a second whatever a crash left behind.

One kind of row has one courier, which renders, sends, and records. Outcomes are typed
(bot/platforms/errors.py): temporary ones are tried again, unknown ones ask first, permanent ones die
and somebody is told.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, Protocol, runtime_checkable

import structlog
from sqlalchemy.exc import OperationalError

from bot.delivery.measures import delivery_seconds
from bot.delivery.queue import (
    GIVE_UP_AFTER,
    UNKNOWN,
    Parcel,
    claim,
    freeze,
    parcel_of,
    put_back,
    settle,
)
from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError
from bot.store.outbox import CLAIMED_FOR, TOPIC
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction

log = structlog.get_logger()
_AT_ONCE = 20
_KEPT_FREE = 4
"""Places for offices of which nothing is under way: one office's flood leaves the others a way."""
_TICK_SECONDS = 1.0
_LONGEST_SECONDS = CLAIMED_FOR.total_seconds() - 3
_MOST_BREAKS = 5
"""Attempts at a row that breaks our own code, before it is given up: it holds up its lane."""
_RECORD_PAUSES = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 8.0)
"""Seconds between tries to record what became of a request while the database is away."""

P = ParamSpec("P")

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


@runtime_checkable
class PromptCourier(Courier, Protocol):
    """Sends a kind of row whose payload says it all: such rows come with their commit, without a claim."""

    def request_of(self, payload: Mapping[str, Any]) -> Request:
        """The request to send."""
        ...


class Sender:
    """The loop of one process. Any number of processes may run one on the same database.

    `first` are the kinds that go before all others: somebody is on the line.
    """

    def __init__(self, store: Store, couriers: Mapping[str, Courier], first: Collection[str] = ()) -> None:
        self._store = store
        self._couriers = couriers
        self._first = first
        self._bell = asyncio.Event()
        self._running: dict[asyncio.Task[None], str] = {}  # each with its office
        self._stopping = False
        self._take_no_more: Callable[[], None] = lambda: None

    async def run(self) -> None:
        """Send until `stop`; then finish what is being sent."""
        quiet = self._store.on_wake(TOPIC, self._bell.set)
        prompt = [kind for kind, courier in self._couriers.items() if isinstance(courier, PromptCourier)]
        self._take_no_more = self._store.take(prompt, self._take)
        try:
            while not self._stopping:
                self._bell.clear()
                if not await self._start_what_is_due():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_TICK_SECONDS):
                            await self._bell.wait()
        finally:
            quiet()
            self._take_no_more()
            if self._running:
                await asyncio.gather(*self._running, return_exceptions=True)

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._take_no_more()
        self._bell.set()

    async def _start_what_is_due(self) -> bool:
        """Start sending a batch; whether there may be more right now."""
        room = _AT_ONCE - len(self._running)
        if room <= 0:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return True
        wait = set(self._running.values()) if room <= _KEPT_FREE else set()
        try:
            batch = await self._store.run(self._claim, room if wait else room - _KEPT_FREE, wait)
        except StoreBusyError:
            log.warning("outbox.database_busy")
            return False
        except Exception:  # whatever it is, the sender must be there when it is over
            log.exception("outbox.cannot_claim")
            return False
        for parcel, request in batch:
            self._start(parcel, request)
        if batch:
            await asyncio.sleep(0)  # these leave before the next are rendered
        return bool(batch)

    def _take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Send rows that came with their commit. No limit holds them up: somebody is on the line."""
        for row in rows:
            courier = self._couriers[row["kind"]]
            assert isinstance(courier, PromptCourier)
            request = courier.request_of(row["payload"])
            parcel = replace(parcel_of(row, attempts=row["attempts"]), request=request)
            self._start(parcel, request)

    def _start(self, parcel: Parcel, request: Request) -> None:
        task = asyncio.create_task(self._deliver(parcel, request))
        self._running[task] = parcel.organization
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._bell.set()
        if not task.cancelled() and task.exception():
            log.error("outbox.sender_failed", exc_info=task.exception())

    def _claim(self, tx: Transaction, limit: int, without: set[str]) -> list[tuple[Parcel, Request]]:
        """Claim and render in one transaction: what is sent is what holds at that moment."""
        batch = []
        for parcel in claim(tx, limit, without=without, first=self._first):
            courier = self._couriers.get(parcel.kind)
            if courier is None:
                settle(tx, parcel.id, "dead", error=f"no courier for {parcel.kind}")
                log.error("outbox.no_courier", **_named(parcel))
                continue
            try:
                with tx.savepoint():
                    request = courier.prepare(tx, parcel)
            except OperationalError:
                raise  # a lock or the database itself: no fault of this row
            except Exception as error:  # one row that cannot be rendered must not stop the others
                log.exception("outbox.cannot_render", **_named(parcel))
                self._broke(tx, parcel, courier, "broken", error)
                continue
            if request is None:
                settle(tx, parcel.id, "moot")
                continue
            if request != parcel.request:
                freeze(tx, parcel.id, request)
            batch.append((replace(parcel, request=request), request))
        return batch

    async def _deliver(self, parcel: Parcel, request: Request) -> None:
        """One attempt, within the time of its claim, and what became of it."""
        courier = self._couriers[parcel.kind]
        logged = log.bind(**_named(parcel))
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                reference = await courier.send(parcel, request)
        except TemporaryError as error:
            logged.warning("outbox.later", why=str(error), attempt=parcel.attempts)
            await self._record(self._later, parcel, courier, "temporary", error)
        except (UnknownOutcomeError, TimeoutError) as error:
            logged.warning("outbox.unknown", why=str(error) or "no end", attempt=parcel.attempts)
            await self._record(self._later, parcel, courier, UNKNOWN, error)
        except PermanentError as error:
            logged.error("outbox.refused", why=str(error))  # noqa: TRY400  (the platform said no: no trace)
            await self._record(self._refuse, parcel, courier, error)
        except Exception as error:  # our own fault, and nobody knows how far it came
            logged.exception("outbox.broken", attempt=parcel.attempts)
            await self._record(self._broke, parcel, courier, UNKNOWN, error)
        else:
            if parcel.attempts == 1:
                waited = self._store.clock.now() - parcel.due_at
                delivery_seconds.labels(parcel.kind).observe(max(0.0, waited.total_seconds()))
            await self._record(self._succeed, parcel, courier, reference)
            logged.info("outbox.sent", attempt=parcel.attempts)

    async def _record(
        self, verb: Callable[Concatenate[Transaction, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Record an outcome, though the database be away for a while.

        If it stays away the claim runs out, and the next attempt asks the platform first.
        """
        for pause in (*_RECORD_PAUSES, None):
            try:
                return await self._store.run(verb, *args, **kwargs)
            except StoreBusyError:
                if pause is None:
                    log.warning("outbox.not_recorded")
                    return None
                await asyncio.sleep(pause)
        return None

    @staticmethod
    def _succeed(tx: Transaction, parcel: Parcel, courier: Courier, reference: Any) -> None:
        settle(tx, parcel.id, "sent", reference=reference)
        with _beside(tx, parcel):
            courier.delivered(tx, parcel, reference)

    @staticmethod
    def _later(
        tx: Transaction,
        parcel: Parcel,
        courier: Courier,
        word: str,
        error: Exception,
    ) -> None:
        if tx.now - parcel.created_at > GIVE_UP_AFTER:
            Sender._refuse(tx, parcel, courier, PermanentError(f"given up after days: {error}"))
            return
        retry_after = error.retry_after if isinstance(error, TemporaryError) else None
        put_back(tx, parcel, word, retry_after)

    @staticmethod
    def _broke(tx: Transaction, parcel: Parcel, courier: Courier, word: str, error: Exception) -> None:
        if parcel.attempts >= _MOST_BREAKS:
            Sender._refuse(tx, parcel, courier, PermanentError(f"our own fault: {type(error).__name__}"))
            return
        put_back(tx, parcel, word, None)

    @staticmethod
    def _refuse(tx: Transaction, parcel: Parcel, courier: Courier, error: PermanentError) -> None:
        settle(tx, parcel.id, "dead", error=str(error))
        with _beside(tx, parcel):
            courier.refused(tx, parcel, error)


@contextlib.contextmanager
def _beside(tx: Transaction, parcel: Parcel) -> Iterator[None]:
    """What follows from an outcome; should it break, the outcome itself is kept."""
    try:
        with tx.savepoint():
            yield
    except OperationalError:
        raise
    except Exception:  # without this a row that was sent would be sent again
        log.exception("outbox.broken_after", **_named(parcel))


def _named(parcel: Parcel) -> dict[str, str]:
    """What a line of the log says of a row; its call, too, so that a call can be followed to its end."""
    ids = {"outbox": parcel.id, "kind": parcel.kind, "organization": parcel.organization}
    return {**ids, "call": parcel.call} if parcel.call else ids
