"""Enqueue and Leave: a caller who waits, and what they hear."""

import asyncio
from typing import TYPE_CHECKING

from simulator.twilio.grammar import BEFORE_CONNECTING, WHILE_QUEUED
from simulator.twilio.leg import Dequeued, DocumentFailed, HungUp, Interrupted, Redirected
from simulator.twilio.model import Sound, Step
from simulator.twilio.queues import CallQueue, Member

if TYPE_CHECKING:
    from simulator.twilio.conversation import Turn
    from simulator.twilio.twiml import Verb

TWILIO_MUSIC = "Twilio's own music"


class Left(Interrupted):
    """The document for the waiting caller said Leave."""


async def leave(_turn: "Turn", _verb: "Verb") -> None:
    """Go out of the queue."""
    raise Left


async def enqueue(turn: "Turn", verb: "Verb") -> Step | None:
    """Wait in a queue until fetched, until Leave, or until the leg is wanted elsewhere."""
    exchange, leg = turn.exchange, turn.leg
    queue = exchange.queue(verb.text)
    if len(queue.members) >= min(queue.most, verb.number("maxQueueSize", queue.most)):
        return turn.step(
            verb, "action", {"QueueResult": "queue-full", "QueueSid": queue.sid, "QueueTime": "0"}
        )
    member = queue.join(leg, exchange.now())
    leg.note(Sound.EVENT, f"waits in queue {queue.name}")

    def ended(result: str) -> Step | None:
        queue.leave(member, exchange.now())
        waited = str(queue.waited(member, exchange.now()))
        return turn.step(verb, "action", {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": waited})

    try:
        result = await _wait(turn, verb, queue, member)
    except Dequeued as dequeued:
        try:
            await _connect(turn, dequeued)
            result = "bridged" if dequeued.bridge.connected_at else "error"
        except Redirected:
            await turn.farewell(ended("redirected-from-bridged"))
            raise
        except HungUp:
            await turn.farewell(ended("bridged" if dequeued.bridge.connected_at else "hangup"))
            raise
    except Redirected:
        await turn.farewell(ended("redirected"))
        raise
    except HungUp:
        await turn.farewell(ended("hangup"))
        raise
    finally:
        queue.leave(member, exchange.now())
    return ended(result)


async def _wait(turn: "Turn", verb: "Verb", queue: CallQueue, member: Member) -> str:
    """Play the waiting documents again and again; the result is why the caller left by itself."""
    exchange, leg = turn.exchange, turn.leg
    step = turn.step(verb, "waitUrl", {})

    def about() -> dict[str, str]:
        return {
            "QueueSid": queue.sid,
            "QueuePosition": str(queue.position(member)),
            "QueueTime": str(queue.waited(member, exchange.now())),
            "AvgQueueTime": str(queue.average_wait),
            "CurrentQueueSize": str(len(queue.members)),
            "MaxQueueSize": str(queue.most),
        }

    if step is None:
        leg.note(Sound.MUSIC, TWILIO_MUSIC)
        await leg.unless_interrupted(asyncio.Event().wait())
        raise AssertionError("Twilio's music has no end")
    try:
        while True:
            await turn.plays(leg, step, WHILE_QUEUED, about)
    except Left:
        return "leave"
    except DocumentFailed:
        # What Twilio does then is not documented; we take its QueueResult by the same name.
        return "error"


async def _connect(turn: "Turn", dequeued: Dequeued) -> None:
    """Hear what is said before, then talk until one of the two goes."""
    try:
        if dequeued.first is not None:
            await turn.plays(turn.leg, dequeued.first, BEFORE_CONNECTING - {"Gather", "Hangup"})
    except DocumentFailed:
        pass  # the caller hears nothing before, and is connected
    except BaseException:
        dequeued.bridge.end()
        raise
    dequeued.bridge.connect()
    await dequeued.bridge.stay(turn.leg)
