"""Sends what the outbox holds: with the commit, or after it, and each second what a crash left behind.

One kind of row has one courier, which renders, sends, and records. Outcomes are typed
(bot/platforms/errors.py): temporary ones are tried again, unknown ones ask first, permanent ones die
and somebody is told.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog

from bot.delivery.couriers import Courier, PromptCourier, Request, each_by_itself
from bot.delivery.measures import delivery_seconds
from bot.delivery.outcomes import Outcome, named, record
from bot.delivery.queue import Parcel, claim, freeze, parcel_of, settle
from bot.platforms.errors import PermanentError, ShutOutError, TemporaryError, UnknownOutcomeError
from bot.store.outbox import CLAIMED_FOR, TOPIC
from bot.store.store import Store, StoreBusyError
from bot.store.transaction import Transaction

log = structlog.get_logger()
_AT_ONCE = 20
_KEPT_FREE = 4
"""Places for offices of which nothing is under way: one office's flood leaves the others a way."""
_HANDED_OVER = 4
"""Rows that one verb may hand over with its commit, besides telephones."""
_TICK_SECONDS = 1.0
_LONGEST_SECONDS = CLAIMED_FOR.total_seconds() - 3
_LAST_PAUSES = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the tries of a process that ends to record what it has sent, while the database is away."""


class Sender:
    """The loop of one process. Any number of processes may run one on the same database.

    Each turn is one transaction: what became of the last attempts is recorded, the next rows are claimed
    and rendered. As long as it keeps up, cards and telephones do not even wait for a turn: they are taken
    with the commit that writes them.

    `first` are the kinds that go before all others: somebody is on the line.
    """

    def __init__(self, store: Store, couriers: Mapping[str, Courier], first: Collection[str] = ()) -> None:
        self._store = store
        self._couriers = couriers
        self._prompt = {kind: one for kind, one in couriers.items() if isinstance(one, PromptCourier)}
        self._first = first
        self._bell = asyncio.Event()
        self._running: dict[asyncio.Task[Outcome], str] = {}  # each with its office
        self._ended: list[Outcome] = []  # of which nothing is recorded yet
        self._keeps_up = False
        self._stopping = False
        self._take_no_more: Callable[[], None] = lambda: None

    async def run(self) -> None:
        """Send until `stop`; then finish what is being sent."""
        quiet = self._store.on_wake(TOPIC, self._bell.set)
        self._take_no_more = self._store.hand_over_to(self)
        try:
            while not self._stopping:
                self._bell.clear()
                if not await self._turn():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(_TICK_SECONDS):
                            await self._bell.wait()
        finally:
            quiet()
            self._take_no_more()
            while self._running:  # a commit of this moment may still hand something over
                await asyncio.gather(*self._running, return_exceptions=True)
            await self._record_the_rest()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._take_no_more()
        self._bell.set()

    # ---- with the commit -------------------------------------------------------------------------

    def room(self, verbs: int) -> int:
        """Nothing where more waits than can be sent: then the offices take turns."""
        places = _AT_ONCE - _KEPT_FREE - len(self._running) - verbs * _HANDED_OVER
        return _HANDED_OVER if self._keeps_up and places >= _HANDED_OVER else 0

    def take(self, tx: Transaction, room: int) -> list[Parcel]:
        """Claim and render what is ready. Telephones need no room: somebody is on the line."""
        taken = []
        for row in tx.outgoing:
            kind = row.values["kind"]
            courier = self._prompt.get(kind)
            if courier is None or not row.ready or not (room or kind in self._first):
                continue
            room -= kind not in self._first
            parcel = parcel_of(row.values, attempts=1)
            request = courier.prompt(tx, parcel)
            if request is None:
                row.values |= {"state": "moot", "settled_at": tx.now}
                continue
            row.values |= {"claimed_until": tx.now + CLAIMED_FOR, "attempts": 1, "request": request}
            taken.append(replace(parcel, request=request))
        return taken

    def send(self, taken: Sequence[Parcel]) -> None:
        """Start sending; what became of it is recorded by one of the next turns."""
        for parcel in taken:
            task = asyncio.create_task(self._attempt(parcel))
            self._running[task] = parcel.organization
            task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[Outcome]) -> None:
        del self._running[task]
        self._bell.set()
        if task.cancelled():
            return
        if error := task.exception():
            log.error("outbox.sender_failed", exc_info=error)
        else:
            self._ended.append(task.result())

    # ---- in turns --------------------------------------------------------------------------------

    async def _turn(self) -> bool:
        """Record what has ended, start sending what is due; whether there may be more right now."""
        ended = tuple(self._ended)
        room = max(0, _AT_ONCE - len(self._running))
        without = set(self._running.values()) if room <= _KEPT_FREE else set()
        limit = room if without else room - _KEPT_FREE
        if not ended and not limit:
            return False
        try:
            found, batch = await self._store.run(self._record_and_claim, ended, limit, without)
        except StoreBusyError:
            log.warning("outbox.database_busy")
            return False
        except Exception:  # whatever it is, the sender must be there when it is over
            log.exception("outbox.cannot_claim")
            await self._record_each(ended)
            return False
        del self._ended[: len(ended)]
        self._keeps_up = found < limit and not without
        self.send(batch)
        return found == limit > 0

    def _record_and_claim(
        self, tx: Transaction, ended: Sequence[Outcome], limit: int, without: Collection[str]
    ) -> tuple[int, list[Parcel]]:
        """How many rows were claimed, and those that are to be sent."""
        record(tx, ended, self._couriers)
        found = claim(tx, limit, without=without, first=self._first) if limit else []
        return len(found), self._rendered(tx, found)

    def _rendered(self, tx: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Rendered in the transaction that claims them: what is sent is what holds at that moment."""
        known = [parcel for parcel in parcels if parcel.kind in self._couriers]
        for parcel in parcels:
            if parcel.kind not in self._couriers:
                settle(tx, parcel.id, "dead", error=f"no courier for {parcel.kind}")
                log.error("outbox.no_courier", **named(parcel))
        batch = []
        prepare, unfit = partial(self._prepare, tx), partial(self._unfit, tx)
        for parcel, request in each_by_itself(tx, known, prepare, unfit):
            if request is None:
                settle(tx, parcel.id, "moot")
            else:
                batch.append((parcel, request))
        freeze(tx, {parcel.id: request for parcel, request in batch if request != parcel.request})
        return [replace(parcel, request=request) for parcel, request in batch]

    def _prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        tx.call = parcel.call
        return self._couriers[parcel.kind].prepare(tx, parcel)

    def _unfit(self, tx: Transaction, parcel: Parcel, error: Exception) -> None:
        """One row that cannot be rendered must not stop the others."""
        log.error("outbox.cannot_render", **named(parcel), exc_info=error)
        record(tx, [Outcome(parcel, error=error, began=False)], self._couriers)

    async def _attempt(self, parcel: Parcel) -> Outcome:
        """One attempt, within the time of its claim."""
        assert parcel.request is not None
        logged = log.bind(**named(parcel), attempt=parcel.attempts)
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                reference = await self._couriers[parcel.kind].send(parcel, parcel.request)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is an outcome)
            _say_failed(logged, error)
            return Outcome(parcel, error=error)
        if parcel.attempts == 1:
            waited = self._store.clock.now() - parcel.due_at
            delivery_seconds.labels(parcel.kind).observe(max(0.0, waited.total_seconds()))
        logged.info("outbox.sent")
        return Outcome(parcel, reference)

    # ---- recording when something is wrong -------------------------------------------------------

    async def _record_each(self, ended: Sequence[Outcome]) -> None:
        """One that cannot be recorded must not keep the others from it: its claim runs out."""
        for one in ended:
            try:
                await self._store.run(record, [one], self._couriers)
            except StoreBusyError:
                return
            except Exception:
                log.exception("outbox.cannot_record", **named(one.parcel))
            self._ended.remove(one)

    async def _record_the_rest(self) -> None:
        """What stays unrecorded is claimed by another process later, which asks the platform first."""
        for pause in (*_LAST_PAUSES, None):
            await self._record_each(tuple(self._ended))
            if not self._ended:
                return
            if pause is not None:
                await asyncio.sleep(pause)
        log.warning("outbox.not_recorded", rows=len(self._ended))


def _say_failed(logged: structlog.stdlib.BoundLogger, error: Exception) -> None:
    if isinstance(error, TemporaryError):
        logged.warning("outbox.later", why=str(error))
    elif isinstance(error, UnknownOutcomeError | TimeoutError):
        logged.warning("outbox.unknown", why=str(error) or "no end")
    elif isinstance(error, ShutOutError):
        logged.error("outbox.shut_out", why=str(error))
    elif isinstance(error, PermanentError):
        logged.error("outbox.refused", why=str(error))  # the platform said no: no trace
    else:  # our own fault, and nobody knows how far it came
        logged.error("outbox.broken", exc_info=error)
