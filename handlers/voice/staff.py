"""The staff member's side of a transfer: the whisper, the key, the bridge."""

from bot.platforms.twilio import twiml
from bot.services import Services
from bot.transfers.screening import Screen, leg_answered, leg_left, leg_pressed, leg_progress
from handlers.voice.door import BadWebhookError, Webhook, address

_LONGEST_CALL_SECONDS = 4 * 60 * 60


async def leg_is_answered(services: Services, webhook: Webhook) -> str:
    """The telephone was picked up: say who calls."""
    leg = _leg(webhook)
    return _show(services, leg, await services.store.run(leg_answered, leg, webhook.sid))


async def leg_key(services: Services, webhook: Webhook) -> str:
    """A key was pressed."""
    leg = _leg(webhook)
    pressed = await services.store.run(leg_pressed, leg, webhook.sid, webhook.input("Digits"))
    return _show(services, leg, pressed)


async def leg_left_queue(services: Services, webhook: Webhook) -> str:
    """The bridge is over, or the caller had gone from the queue."""
    result = webhook.input("DialCallStatus") or "completed"
    await services.store.run(leg_left, _leg(webhook), webhook.sid, result)
    return twiml.hang_up((), "ja")


async def leg_status(services: Services, webhook: Webhook) -> str:
    """A status callback of the leg."""
    status = webhook.form.get("CallStatus", "")
    await services.store.run(leg_progress, _leg(webhook), webhook.sid, status)
    return twiml.empty()


async def hang_up(_services: Services, _webhook: Webhook) -> str:
    """The last resort: a voicemail or a member of staff hears nothing more; the leg's deadline goes on."""
    return twiml.hang_up((), "ja")


def _show(services: Services, leg: str, screen: Screen) -> str:
    if screen.queue:
        return twiml.join(
            queue=screen.queue,
            action=address(services, "/twilio/leg/joined", leg=leg),
            limit_seconds=_LONGEST_CALL_SECONDS,
            recording_url=address(services, "/twilio/voice/recording") if screen.recorded else None,
        )
    if screen.ask:
        return twiml.screen(screen.sentences, "ja", action=address(services, "/twilio/leg/key", leg=leg))
    return twiml.hang_up(screen.sentences, "ja")


def _leg(webhook: Webhook) -> str:
    leg = webhook.query.get("leg", "")
    if not leg:
        raise BadWebhookError("a leg's callback without its id")
    return leg
