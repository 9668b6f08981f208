"""Dial: ringing other telephones, or fetching a caller out of a queue, and talking with them."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.twilio import recording
from simulator.twilio.grammar import BEFORE_CONNECTING
from simulator.twilio.leg import Bridge, DocumentFailed, HungUp, Leg, Redirected
from simulator.twilio.model import Callback, CallStatus, Direction, Sound, Step
from simulator.twilio.queues import CallQueue

if TYPE_CHECKING:
    from simulator.twilio.conversation import Turn
    from simulator.twilio.twiml import Verb

RING_SECONDS = 30
TALK_SECONDS = 4 * 60 * 60
CONVERSATION = (Sound.SAID, Sound.PARTY)


@dataclass
class Outcome:
    """How dialling went, as the action is told."""

    status: str = CallStatus.NO_ANSWER
    leg: Leg | None = None
    bridge: Bridge | None = None

    @property
    def bridged(self) -> bool:
        """Whether the two ever heard each other."""
        return self.bridge is not None and self.bridge.connected_at is not None


async def dial(turn: "Turn", verb: "Verb") -> Step | None:
    """Connect the leg with another one; then go on with the action, or with the next verb."""
    outcome = Outcome()
    queue = next((child for child in verb.children if child.name == "Queue"), None)
    try:
        if queue is not None:
            await _fetch_from_queue(turn, verb, queue, outcome)
        else:
            await _ring_numbers(turn, verb, outcome)
    except HungUp:
        if not outcome.bridged:
            outcome.status = CallStatus.CANCELED
        await turn.farewell(_action(turn, verb, outcome))
        raise
    finally:
        if outcome.bridge is not None:
            outcome.bridge.end()
    return _action(turn, verb, outcome)


def _action(turn: "Turn", verb: "Verb", outcome: Outcome) -> Step | None:
    fields = {"DialCallStatus": str(outcome.status), "DialBridged": "true" if outcome.bridged else "false"}
    if outcome.leg is not None:
        fields["DialCallSid"] = outcome.leg.sid
    if outcome.bridge is not None and outcome.bridge.connected_at is not None:
        talked = turn.exchange.now() - outcome.bridge.connected_at
        seconds = max(1, round(talked.total_seconds()))
        fields["DialCallDuration"] = str(seconds)
        if verb.get("record", "do-not-record") != "do-not-record":
            said = " / ".join(line.text for line in turn.leg.transcript if line.sound in CONVERSATION)
            kept = recording.keep(turn, verb, turn.leg, said, "DialVerb", seconds)
            fields |= recording.fields_of(turn.exchange, kept)
    return turn.step(verb, "action", fields)


async def _talk(turn: "Turn", verb: "Verb", bridge: Bridge) -> None:
    limit = verb.number("timeLimit", TALK_SECONDS) * turn.exchange.tempo.second
    turn.leg.star_leaves = verb.flag("hangupOnStar")
    await bridge.stay(turn.leg, limit)


# A caller in a queue


async def _fetch_from_queue(turn: "Turn", verb: "Verb", noun: "Verb", outcome: Outcome) -> None:
    exchange, leg = turn.exchange, turn.leg
    queue = exchange.find_queue(noun.text)
    if queue is None:
        outcome.status = CallStatus.FAILED
        return
    bridge = await leg.unless_interrupted(_take(turn, verb, noun, queue, outcome))
    if bridge is None:
        return
    outcome.status = CallStatus.COMPLETED
    await _talk(turn, verb, bridge)
    if not outcome.bridged:
        outcome.status = CallStatus.NO_ANSWER


async def _take(
    turn: "Turn", verb: "Verb", noun: "Verb", queue: CallQueue, outcome: Outcome
) -> Bridge | None:
    """The way to the caller who has waited longest; an empty queue is waited for, not without end."""
    seconds = verb.number("timeout", RING_SECONDS) * turn.exchange.tempo.second
    member = await turn.exchange.changes.until(lambda: next(iter(queue.members), None), seconds)
    if member is None:
        return None
    outcome.leg, outcome.bridge = member.leg, Bridge(turn.leg, member.leg)
    queue.take(member, outcome.bridge, turn.step(noun, "url", {}), turn.exchange.now())
    return outcome.bridge


# Telephones


async def _ring_numbers(turn: "Turn", verb: "Verb", outcome: Outcome) -> None:
    legs = [_child(turn, verb, noun) for noun in _numbers(verb)]
    turn.leg.note(Sound.TONE, "ringing")
    try:
        answered = await turn.leg.unless_interrupted(_first_to_answer(turn, verb, [leg for leg, _ in legs]))
        outcome.leg = answered or legs[0][0]
        outcome.status = outcome.leg.status
        if answered is None:
            return
        outcome.bridge = Bridge(turn.leg, answered)
        noun = next(noun for leg, noun in legs if leg is answered)
        turn.exchange.lives(answered, _lead_child(turn, answered, noun, outcome.bridge))
        await _talk(turn, verb, outcome.bridge)
        outcome.status = CallStatus.COMPLETED
    finally:
        for leg, _ in legs:
            if outcome.bridge is None or not outcome.bridge.released:
                turn.exchange.finish(leg, CallStatus.COMPLETED if leg.answered else CallStatus.CANCELED)


def _numbers(verb: "Verb") -> list["Verb"]:
    return list(verb.children) or [verb]  # <Dial>+81…</Dial> is its own number


def _child(turn: "Turn", verb: "Verb", noun: "Verb") -> tuple[Leg, "Verb"]:
    callback = None
    if url := noun.get("statusCallback"):
        events = tuple(noun.get("statusCallbackEvent", "completed").split())
        callback = Callback(turn.resolve(url), noun.get("statusCallbackMethod", "POST"), events)
    sender = verb.get("callerId") or turn.leg.sender
    leg = turn.exchange.new_leg(Direction.DIAL, sender, noun.text, parent=turn.leg, callback=callback)
    return leg, noun


async def _first_to_answer(turn: "Turn", verb: "Verb", legs: list[Leg]) -> Leg | None:
    """Ring all at once, or one after the other; whoever answers first has the call."""
    seconds = float(verb.number("timeout", RING_SECONDS))
    if verb.flag("sequential"):
        for leg in legs:
            if await turn.exchange.ring(leg, seconds):
                return leg
        return None
    rings = {asyncio.ensure_future(turn.exchange.ring(leg, seconds)): leg for leg in legs}
    waiting = set(rings)
    try:
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for ring in done:
                if ring.result():
                    return rings[ring]
        return None
    finally:
        for leg in legs:
            if leg.status in (CallStatus.QUEUED, CallStatus.RINGING):
                turn.exchange.finish(leg, CallStatus.CANCELED)
        await asyncio.gather(*rings, return_exceptions=True)


async def _lead_child(turn: "Turn", leg: Leg, noun: "Verb", bridge: Bridge) -> None:
    """What the called person hears first, then the conversation, until one of the two goes."""
    try:
        if keys := noun.get("sendDigits"):
            leg.note(Sound.TONE, keys)
        first = turn.step(noun, "url", {}) if noun.name == "Number" else None
        if first is not None:
            await turn.plays(leg, first, BEFORE_CONNECTING)
        turn.exchange.answer(turn.leg)
        bridge.connect()
        await bridge.stay(leg)
    except (HungUp, DocumentFailed):
        pass
    except Redirected as redirected:
        bridge.released = True
        bridge.end()
        await turn.lead(leg, redirected.step)
    finally:
        bridge.end()
        turn.exchange.finish(leg, CallStatus.COMPLETED)
