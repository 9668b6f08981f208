"""How calls begin: somebody dials one of our numbers, or the REST API has somebody called."""

import asyncio

from simulator.twilio.conversation import lead
from simulator.twilio.exchange import Exchange
from simulator.twilio.leg import Leg
from simulator.twilio.model import Callback, CallStatus, Direction, Sound, Step

EXTRA_RING_SECONDS = 5  # Twilio lets the network that much longer than Timeout says


def dial_in(exchange: Exchange, sender: str, to: str, forwarded_from: str | None = None) -> Leg:
    """Somebody dials one of the account's numbers.

    Raises:
        KeyError: it is none of them.
    """
    config = exchange.numbers[to]
    leg = exchange.new_leg(
        Direction.INBOUND,
        sender,
        to,
        forwarded_from=forwarded_from,
        fallback=Step(config.fallback_url) if config.fallback_url else None,
        callback=Callback(config.status_callback) if config.status_callback else None,
    )
    leg.note(Sound.EVENT, f"dials {to}")
    exchange.change(leg, CallStatus.RINGING)
    exchange.lives(leg, lead(exchange, leg, Step(config.voice_url)))
    return leg


def call_out(
    exchange: Exchange,
    sender: str,
    to: str,
    step: Step,
    *,
    seconds: int = 60,
    fallback: Step | None = None,
    callback: Callback | None = None,
    detect_machine: bool = False,
) -> Leg:
    """Call somebody for the REST API; answered, they are led from `step`."""
    leg = exchange.new_leg(Direction.API, sender, to, fallback=fallback, callback=callback)
    if detect_machine:
        leg.answered_by = "unknown"

    async def call() -> None:
        await asyncio.sleep(0)  # the REST answer says queued
        if await exchange.ring(leg, seconds + EXTRA_RING_SECONDS):
            await lead(exchange, leg, step)

    exchange.lives(leg, call())
    return leg
