"""The switching centre: what there is (legs, queues, recordings, ringing telephones) and how it changes."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.changes import Changes
from simulator.twilio.background import Background
from simulator.twilio.courier import Courier, Lost, WebhookFailed, stamp
from simulator.twilio.faults import Channel, Faults
from simulator.twilio.leg import HungUp, Leg
from simulator.twilio.model import (
    Callback,
    CallStatus,
    Direction,
    NumberConfig,
    Problem,
    Recording,
    Sms,
    Sound,
    Step,
    new_sid,
)
from simulator.twilio.queues import CallQueue

_EVENTS = {CallStatus.QUEUED: "initiated", CallStatus.RINGING: "ringing", CallStatus.IN_PROGRESS: "answered"}


class Decision(StrEnum):
    """What the holder of a ringing telephone does."""

    HUMAN = "human"
    MACHINE = "machine_start"
    BUSY = "busy"
    NO_ANSWER = "no-answer"


@dataclass(eq=False)
class Ring:
    """A telephone that rings, or rang; `taken` once somebody looked at it."""

    leg: Leg
    decision: asyncio.Future[Decision]
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast things go.

    Attributes:
        pace: how long speech, music and silence take: 0 no time at all (and silence only where somebody
            says so), 1 as long as in life.
        second: how long a second of ringing, or of waiting for a queue, takes.
        poll_seconds: the least time between two requests for what a queued caller hears.
        haste: how many times faster than the pace the machine speaks, for people who read along.
        calm: how many times longer than the pace silence is borne, for people who have to type.
    """

    pace: float = 0.0
    second: float = 1.0
    poll_seconds: float = 0.05
    haste: float = 1.0
    calm: float = 1.0

    def patience(self, seconds: float) -> float | None:
        """How long silence is borne; None: until somebody says that they are silent."""
        return seconds * self.pace * self.calm if self.pace else None


@dataclass(eq=False)
class Exchange:
    """Everything of one account. Changes are made in one step of the event loop each."""

    account_sid: str
    numbers: dict[str, NumberConfig]
    now: Callable[[], datetime]
    tempo: Tempo
    faults: Faults
    changes: Changes
    base_url: str = ""
    legs: dict[str, Leg] = field(default_factory=dict)
    queues: dict[str, CallQueue] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    messages: dict[str, Sms] = field(default_factory=dict)
    rings: dict[str, list[Ring]] = field(default_factory=lambda: defaultdict(list))
    most_at_once: Counter[str] = field(default_factory=Counter)
    callbacks_due: int = 0
    dead_phones: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    background: Background = field(init=False)
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.background = Background(self._crashed, (WebhookFailed,))

    def _crashed(self, error: BaseException) -> None:
        self.problem(0, f"the stand-in itself failed: {error!r}")

    def problem(self, code: int, message: str, where: str = "") -> None:
        """Write down a fault of the application, as Twilio's debugger would."""
        self.problems.append(Problem(code, message, where))
        self.changes.tell("problem", code=code, message=message, where=where)

    # Legs

    def new_leg(
        self,
        direction: Direction,
        sender: str,
        to: str,
        *,
        parent: Leg | None = None,
        forwarded_from: str | None = None,
        fallback: Step | None = None,
        callback: Callback | None = None,
    ) -> Leg:
        """A leg that does nothing yet."""
        leg = Leg(
            sid=new_sid("CA"),
            sender=sender,
            to=to,
            direction=direction,
            created=self.now(),
            now=self.now,
            changes=self.changes,
            parent=parent,
            forwarded_from=forwarded_from,
            fallback=fallback,
            callback=callback,
        )
        self.legs[leg.sid] = leg
        live = sum(other.phone == leg.phone and not other.status.final for other in self.legs.values())
        self.most_at_once[leg.phone] = max(live, self.most_at_once[leg.phone])
        self.change(leg, CallStatus.QUEUED)
        return leg

    def change(self, leg: Leg, status: CallStatus) -> None:
        """A leg that is not over comes into a state; whoever asked to be told is."""
        assert not leg.status.final, f"{leg.sid} is {leg.status} already"
        leg.status = status
        if status is CallStatus.IN_PROGRESS:
            leg.answered = self.now()
        self.changes.tell(
            "call",
            phone=leg.phone,
            call=leg.sid,
            status=status.value,
            sender=leg.sender,
            to=leg.to,
            direction=leg.direction.value,
        )
        event = "completed" if status.final else _EVENTS[status]
        if leg.callback is not None and event in leg.callback.events:
            self.tell(Channel.STATUS, leg.callback, self.progress(leg), leg.telling)

    def answer(self, leg: Leg) -> None:
        """The conversation begins, if it has not."""
        if leg.status in (CallStatus.QUEUED, CallStatus.RINGING):
            self.change(leg, CallStatus.IN_PROGRESS)
            leg.note(Sound.EVENT, "answered")

    def finish(self, leg: Leg, status: CallStatus) -> None:
        """A leg ends, unless it has ended already; whatever it was doing stops."""
        if leg.status.final:
            return
        leg.ended = self.now()
        if leg.bridge is not None:
            leg.bridge.end()
        leg.ear = None
        leg.note(Sound.EVENT, f"ended: {status.value}")
        self.change(leg, status)
        leg.interrupt(HungUp(status.value))

    def about(self, leg: Leg) -> dict[str, str]:
        """The fields that every request about a leg carries."""
        fields = {
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": leg.sid,
            "CallStatus": leg.status.value,
            "Called": leg.to,
            "Caller": leg.sender,
            "Direction": leg.direction.value,
            "From": leg.sender,
            "To": leg.to,
        }
        for side, number in (
            ("From", leg.sender),
            ("Caller", leg.sender),
            ("To", leg.to),
            ("Called", leg.to),
        ):
            japan = number.startswith("+81")
            fields |= {f"{side}City": "", f"{side}State": "", f"{side}Zip": ""}
            fields[f"{side}Country"] = "JP" if japan else ""
        if leg.parent is not None:
            fields["ParentCallSid"] = leg.parent.sid
        if leg.forwarded_from is not None:
            fields["ForwardedFrom"] = leg.forwarded_from
            fields["CalledVia"] = leg.forwarded_from
        if leg.answered_by is not None:
            fields["AnsweredBy"] = leg.answered_by
        return fields

    def progress(self, leg: Leg) -> dict[str, str]:
        """The fields of a status callback; counts it."""
        fields = self.about(leg) | {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(leg.callbacks_sent),
            "Timestamp": stamp(self.now()),
        }
        if leg.status is CallStatus.QUEUED:
            fields["CallStatus"] = "initiated"  # the one status that only callbacks know
        leg.callbacks_sent += 1
        if leg.status.final:
            fields["CallDuration"] = str(leg.seconds)
            fields["Duration"] = str(-(-leg.seconds // 60))
        return fields

    def tell(
        self,
        channel: Channel,
        callback: Callback,
        fields: Mapping[str, str],
        turn: asyncio.Lock | None = None,
    ) -> None:
        """Send a callback, as soon as those before it with the same `turn` are through."""
        self.callbacks_due += 1
        self.background.run(self._tell(channel, callback, fields, turn))

    async def _tell(
        self, channel: Channel, callback: Callback, fields: Mapping[str, str], turn: asyncio.Lock | None
    ) -> None:
        try:
            await self.courier.ask(channel, callback.url, callback.method, fields, turn)
        except Lost:
            pass  # no fault of the application
        except WebhookFailed as error:
            self.problem(error.code, str(error), fields.get("CallSid", ""))
        finally:
            self.callbacks_due -= 1
            self.changes.tell("told", call=fields.get("CallSid", ""))

    def lives(self, leg: Leg, life: Coroutine[Any, Any, None]) -> None:
        """Run all that a leg does, beside everything else."""
        leg.led = True
        self.background.run(self._live(leg, life))

    async def _live(self, leg: Leg, life: Coroutine[Any, Any, None]) -> None:
        try:
            await life
        finally:
            leg.led = False
            self.changes.tell("told", call=leg.sid)

    def quiet(self) -> bool:
        """Whether all that ended calls left to be told has been told, but for callbacks held back."""
        ended = any(leg.led and leg.status.final for leg in self.legs.values())
        return not ended and self.callbacks_due == self.faults.number_held

    # Telephones

    async def ring(self, leg: Leg, seconds: float) -> bool:
        """Let the telephone at the far end ring, that many seconds at most; whether it was answered."""
        if leg.status.final:
            return False  # called off before it rang
        if leg.phone in self.dead_phones:
            self.finish(leg, CallStatus.FAILED)
            return False
        ring = Ring(leg, asyncio.get_running_loop().create_future())
        self.rings[leg.phone].append(ring)
        leg.note(Sound.TONE, f"rings: {leg.sender}")
        self.change(leg, CallStatus.RINGING)
        try:
            decision = await leg.unless_interrupted(
                asyncio.wait_for(ring.decision, seconds * self.tempo.second)
            )
        except TimeoutError:
            decision = Decision.NO_ANSWER
        except HungUp:
            return False
        if decision in (Decision.HUMAN, Decision.MACHINE):
            leg.answered_by = decision.value if leg.answered_by is not None else None
            self.answer(leg)
            return True
        self.finish(leg, CallStatus.BUSY if decision is Decision.BUSY else CallStatus.NO_ANSWER)
        return False

    def queue(self, name: str) -> CallQueue:
        """The queue of that name, made when it is first needed."""
        queue = self.find_queue(name)
        if queue is None:
            queue = CallQueue(new_sid("QU"), name, self.now())
            self.queues[queue.sid] = queue
        return queue

    def find_queue(self, name: str) -> CallQueue | None:
        """The queue of that name, if there is one."""
        return next((queue for queue in self.queues.values() if queue.name == name), None)
