"""One leg: the line between Twilio and one telephone."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from simulator.changes import Changes
from simulator.twilio.ear import Ear
from simulator.twilio.model import Callback, CallStatus, Direction, Line, Sound, Step

T = TypeVar("T")


class Interrupted(Exception):  # noqa: N818 -- an event of the call, not an error
    """Something happened to the leg while it was busy with its TwiML."""


class HungUp(Interrupted):
    """The leg is over."""


class Redirected(Interrupted):
    """The REST API sent the leg elsewhere."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.url)
        self.step = step


class Dequeued(Interrupted):
    """Somebody takes the leg out of its queue; `first` is heard before the two are connected."""

    def __init__(self, bridge: "Bridge", first: Step | None) -> None:
        super().__init__("dequeued")
        self.bridge = bridge
        self.first = first


_RANK: tuple[type[Interrupted], ...] = (Dequeued, Redirected, HungUp)  # the later goes before the earlier


class DocumentFailed(Exception):  # noqa: N818 -- an event of the call
    """There is no document to go on with, which has been written down; `url` is "" for one at hand."""

    def __init__(self, code: int, url: str) -> None:
        super().__init__(f"{code} {url}")
        self.code = code
        self.url = url


@dataclass(eq=False)
class Leg:
    """State of one leg. `phone` is the number of the telephone at its far end."""

    sid: str
    sender: str
    to: str
    direction: Direction
    created: datetime
    now: Callable[[], datetime]
    changes: Changes
    parent: "Leg | None" = None
    forwarded_from: str | None = None
    fallback: Step | None = None
    callback: Callback | None = None
    status: CallStatus = CallStatus.QUEUED
    answered: datetime | None = None
    ended: datetime | None = None
    answered_by: str | None = None
    callbacks_sent: int = 0
    transcript: list[Line] = field(default_factory=list)
    ear: Ear | None = None
    bridge: "Bridge | None" = None
    led: bool = False  # whether TwiML, or what is to be told after it, is still going on
    star_leaves: bool = False  # whether * ends the conversation (hangupOnStar)
    telling: asyncio.Lock = field(default_factory=asyncio.Lock)
    _pending: Interrupted | None = None
    _alarm: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def inbound(self) -> bool:
        """Whether the telephone at the far end began the call."""
        return self.direction is Direction.INBOUND

    @property
    def phone(self) -> str:
        """The number of the telephone at the far end."""
        return self.sender if self.inbound else self.to

    @property
    def seconds(self) -> int:
        """Length of the conversation so far, whole seconds, at least 1 once answered."""
        if self.answered is None:
            return 0
        return max(1, round(((self.ended or self.now()) - self.answered).total_seconds()))

    @property
    def listens(self) -> list[str]:
        """What would be taken in now: `speech`, `keys`, or both."""
        takes = {
            "speech": self.bridge is not None or (self.ear is not None and self.ear.takes_speech),
            "keys": self.bridge is not None or (self.ear is not None and self.ear.takes_keys),
        }
        return [kind for kind, taken in takes.items() if taken]

    def note(self, sound: Sound, text: str) -> None:
        """Write a line into the transcript; music that goes on is one line."""
        if (
            sound is Sound.MUSIC
            and self.transcript
            and (self.transcript[-1].sound, self.transcript[-1].text) == (sound, text)
        ):
            return
        line = Line(self.now(), sound, text)
        self.transcript.append(line)
        self.changes.tell("line", phone=self.phone, call=self.sid, **line.written())

    def opens(self, ear: Ear) -> None:
        """From now on the machine listens with this ear."""
        self.ear = ear
        self.changes.tell("listens", phone=self.phone, call=self.sid, listens=self.listens)

    def closes(self) -> None:
        """The machine no longer listens."""
        self.ear = None
        self.changes.tell("listens", phone=self.phone, call=self.sid, listens=[])

    def interrupt(self, what: Interrupted) -> None:
        """Make whatever the leg waits for raise `what`, unless something weightier is on its way."""
        before = self._pending
        weightier = before is not None and _RANK.index(type(before)) > _RANK.index(type(what))
        lost = what if weightier else before
        if isinstance(lost, Dequeued):
            lost.bridge.end()
        if not weightier:
            self._pending = what
            self._alarm.set()

    def heed(self) -> None:
        """Raise what interrupted the leg, if anything did.

        Raises:
            Interrupted: what happened.
        """
        if self._pending is not None:
            raise self._take()

    async def unless_interrupted(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, given up as soon as the leg is interrupted.

        Raises:
            Interrupted: what happened.
        """
        if self._pending is not None:
            work.close()
            raise self._take()
        task = asyncio.ensure_future(work)
        alarm = asyncio.ensure_future(self._alarm.wait())
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if self._pending is not None:
                raise self._take()
            return task.result()
        finally:
            task.cancel()
            alarm.cancel()
            await asyncio.gather(task, alarm, return_exceptions=True)

    def _take(self) -> Interrupted:
        assert self._pending is not None
        taken = self._pending
        if not isinstance(taken, HungUp):
            self._pending = None
            self._alarm.clear()
        return taken


class Bridge:
    """Two legs that are to hear each other; it ends with the first of them."""

    def __init__(self, one: Leg, other: Leg) -> None:
        self.legs = (one, other)
        self.connected_at: datetime | None = None
        self.released = False  # the called leg was sent elsewhere, and outlives the conversation
        self.over = asyncio.Event()

    def partner(self, leg: Leg) -> Leg:
        """The other of the two."""
        return self.legs[1] if leg is self.legs[0] else self.legs[0]

    def connect(self) -> None:
        """From now on they hear each other, unless one has gone already."""
        if self.over.is_set():
            return
        self.connected_at = self.legs[0].now()
        for leg in self.legs:
            leg.bridge = self
        for leg in self.legs:
            leg.note(Sound.EVENT, f"connected with {self.partner(leg).phone}")

    def end(self) -> None:
        """They no longer hear each other."""
        if self.over.is_set():
            return
        self.over.set()
        for leg in self.legs:
            if leg.bridge is self:
                leg.bridge = None
                leg.note(Sound.EVENT, "disconnected")

    async def stay(self, leg: Leg, seconds: float | None = None) -> None:
        """Keep `leg` in the conversation until it is over, at most that long.

        Raises:
            Interrupted: what took the leg out of it.
        """
        try:
            with suppress(TimeoutError):
                await leg.unless_interrupted(self._is_over(seconds))
        finally:
            self.end()

    async def _is_over(self, seconds: float | None) -> None:
        async with asyncio.timeout(seconds):
            await self.over.wait()
