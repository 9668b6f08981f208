"""The telephone of whoever calls a caller back: the whisper, the key, the caller."""

from bot.platforms.twilio import twiml
from bot.services import Services
from bot.transfers.callbacks import (
    Prompt,
    callback_answered,
    callback_dialled,
    callback_pressed,
    callback_progress,
    caller_reached,
)
from handlers.voice.door import BadWebhookError, Webhook, address

_RING_SECONDS = 30
_LONGEST_CALL_SECONDS = 4 * 60 * 60


async def is_answered(services: Services, webhook: Webhook) -> str:
    """The telephone was picked up: say whom they are about to call."""
    leg = _leg(webhook)
    return _show(services, leg, await services.store.run(callback_answered, leg, webhook.sid))


async def key(services: Services, webhook: Webhook) -> str:
    """A key was pressed."""
    leg = _leg(webhook)
    pressed = await services.store.run(callback_pressed, leg, webhook.sid, webhook.input("Digits"))
    return _show(services, leg, pressed)


async def dialled(services: Services, webhook: Webhook) -> str:
    """Calling the caller is over."""
    leg = _leg(webhook)
    status = webhook.input("DialCallStatus") or "completed"
    talked = status == "completed" and webhook.form.get("DialBridged") != "false"
    prompt = await services.store.run(callback_dialled, leg, webhook.sid, status, talked=talked)
    return _show(services, leg, prompt)


async def caller_status(services: Services, webhook: Webhook) -> str:
    """A status callback of the caller's telephone: that they picked up is what counts."""
    if webhook.form.get("CallStatus") == "in-progress":
        await services.store.run(caller_reached, _leg(webhook))
    return twiml.empty()


async def status(services: Services, webhook: Webhook) -> str:
    """A status callback of the staff telephone."""
    said = webhook.form.get("CallStatus", "")
    await services.store.run(callback_progress, _leg(webhook), webhook.sid, said)
    return twiml.empty()


def _show(services: Services, leg: str, prompt: Prompt) -> str:
    if prompt.dial:
        return twiml.dial(
            prompt.sentences,
            "ja",
            number=prompt.dial,
            caller_id=prompt.line,
            action=address(services, "/twilio/callback/dialled", leg=leg),
            status_url=address(services, "/twilio/callback/caller", leg=leg),
            ring_seconds=_RING_SECONDS,
            limit_seconds=_LONGEST_CALL_SECONDS,
        )
    if prompt.ask:
        return twiml.screen(prompt.sentences, "ja", action=address(services, "/twilio/callback/key", leg=leg))
    return twiml.hang_up(prompt.sentences, "ja")


def _leg(webhook: Webhook) -> str:
    leg = webhook.query.get("leg", "")
    if not leg:
        raise BadWebhookError("a call back's callback without its leg")
    return leg
