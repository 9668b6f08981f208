"""The caller's side of a call: greeting, steps, holding, recording, the end."""

import structlog

from bot.office.roster import Roster, roster_by_number, roster_of
from bot.platforms.twilio import twiml
from bot.reception.calls import (
    Arrival,
    NoSuchCallError,
    Reply,
    call_by_id,
    file_once,
    hold_again,
    organization_of_sid,
    receive_call,
    resume_after_hold,
    take_step,
)
from bot.reception.events import Event, Hold, Listen, Pressed, Recorded, Said, Silence, Voicemail
from bot.reception.filing import end_call, hung_up_in_queue, keep_recording
from bot.reception.holding import holding_words
from bot.scripts import CATALOGUE
from bot.services import Services
from bot.store.transaction import Transaction
from bot.transfers.verbs import caller_left
from handlers.voice.door import BadWebhookError, Webhook, address

log = structlog.get_logger()
MUSIC = "/twilio/music.wav"
_FALLBACK_SECONDS = 120
_BROKEN = {"error", "system-error"}
_BRIDGED = {"bridged", "bridging-in-process", "redirected-from-bridged"}


async def call_arrives(services: Services, webhook: Webhook) -> str:
    """`POST /twilio/voice`: a new call, or the same one announced again."""
    arrival = _arrival(webhook)
    reply = await services.store.run(_receive, arrival)
    if reply is None:
        log.warning("voice.unknown_number")
        return twiml.reject()
    log.info("call.arrived", call=reply.call)
    return speak(services, reply)


async def caller_acts(services: Services, webhook: Webhook) -> str:
    """The caller spoke, pressed keys, or was silent."""
    call, step = _place(webhook)
    return speak(services, await services.store.run(_step, call, step, _input(webhook)))


async def caller_waits(services: Services, webhook: Webhook) -> str:
    """Twilio asks what the caller hears next in the queue: leave as soon as there is an outcome."""
    call = webhook.query.get("call", "")
    words = await services.store.read(holding_words, call)
    if words is None:
        return twiml.leave()
    give_up = address(services, "/twilio/voice/give-up", call=call)
    return twiml.wait(words.sentences, words.language, music=_music(services), give_up=give_up)


async def caller_gives_up(services: Services, webhook: Webhook) -> str:
    """A key while waiting: out of the queue, on to the message."""
    call = webhook.query.get("call", "")
    await services.store.run(_give_up, call)
    return twiml.leave()


async def caller_returns(services: Services, webhook: Webhook) -> str:
    """The caller is out of the queue."""
    call, step = _place(webhook)
    result = webhook.input("QueueResult")
    if result == "hangup":
        await services.store.run(_hung_up, call)
        return twiml.empty()
    if result in _BROKEN:
        again = await services.store.run(hold_again, webhook.sid)
        if again is not None:
            log.warning("voice.back_in_queue")
            return speak(services, again)
    return speak(services, await services.store.run(_resume, call, step, result in _BRIDGED))


async def caller_recorded(services: Services, webhook: Webhook) -> str:
    """A voicemail was taken."""
    call, step = _place(webhook)
    url, seconds = _recording(webhook)
    event = Recorded(url=url, seconds=seconds or 0)
    return speak(services, await services.store.run(_step_recorded, call, step, event))


async def recording_ready(services: Services, webhook: Webhook) -> str:
    """Twilio has the recording: of a voicemail, or of what the caller and our staff said."""
    url, seconds = _recording(webhook)
    if url and webhook.sid:
        await services.store.run(keep_recording, webhook.sid, url, seconds)
    return twiml.empty()


async def call_breaks(services: Services, webhook: Webhook) -> str:
    """`POST /twilio/fallback`: whoever waits for an answer goes on waiting, else a message is recorded."""
    waiting = await services.store.run(hold_again, webhook.sid)
    return speak(services, waiting) if waiting else await step_failed(services, webhook)


async def step_failed(services: Services, _webhook: Webhook) -> str:
    """Something of ours broke: a message is recorded without asking anything."""
    recorded = address(services, "/twilio/fallback/recorded")
    return twiml.record(
        (CATALOGUE["trouble_fallback"].ja,),
        "ja",
        action=recorded,
        status_url=address(services, "/twilio/voice/recording"),
        max_seconds=_FALLBACK_SECONDS,
    )


async def fallback_recorded(services: Services, webhook: Webhook) -> str:
    """The message of a broken call: kept with the call, which is made if it was never recorded."""
    url, seconds = _recording(webhook)
    if url:
        await services.store.run(_keep_fallback, _arrival(webhook), url, seconds)
    return await say_goodbye(services, webhook)


async def say_goodbye(_services: Services, _webhook: Webhook) -> str:
    """The end of a broken call."""
    return twiml.hang_up((CATALOGUE["trouble_fallback_end"].ja,), "ja")


async def call_status(services: Services, webhook: Webhook) -> str:
    """`POST /twilio/status`: the platform's word of how a call stands."""
    status = webhook.form.get("CallStatus", "")
    if status in {"completed", "busy", "failed", "no-answer", "canceled"}:
        seconds = _whole(webhook.form.get("CallDuration"))
        call, message = await services.store.run(_end, webhook, status, seconds)
        log.info("call.ended", call=call, message=message)
    return twiml.empty()


def speak(services: Services, reply: Reply) -> str:
    """A turn of the reception as TwiML."""
    turn = reply.turn
    here = {"call": reply.call, "step": reply.step}
    match turn.then:
        case Listen() as ear:
            return twiml.listen(
                turn.say,
                turn.language,
                action=address(services, "/twilio/voice/step", **here),
                hints=reply.hints,
                digits=ear.digits,
                finish_on_key=ear.finish_on_key,
                timeout_seconds=ear.timeout_seconds,
            )
        case Hold():
            return twiml.hold(
                turn.say,
                turn.language,
                queue=reply.call,
                wait_url=address(services, "/twilio/voice/wait", call=reply.call),
                action=address(services, "/twilio/voice/held", **here),
            )
        case Voicemail() as box:
            return twiml.record(
                turn.say,
                turn.language,
                action=address(services, "/twilio/voice/recorded", **here),
                status_url=address(services, "/twilio/voice/recording"),
                max_seconds=box.max_seconds,
            )
        case _:
            return twiml.hang_up(turn.say, turn.language)


def _receive(tx: Transaction, arrival: Arrival) -> Reply | None:
    roster = roster_by_number(tx, arrival.to)
    return receive_call(tx, roster, arrival) if roster else None


def _step(tx: Transaction, call: str, step: int, event: Event) -> Reply:
    return take_step(tx, _roster_of_call(tx, call), call, step, event)


def _step_recorded(tx: Transaction, call: str, step: int, event: Recorded) -> Reply:
    row = call_by_id(tx, call)
    if row is not None and event.url:
        keep_recording(tx, row.sid, event.url, event.seconds)
    return _step(tx, call, step, event)


def _resume(tx: Transaction, call: str, step: int, bridged: bool) -> Reply:
    return resume_after_hold(tx, _roster_of_call(tx, call), call, step, bridged=bridged)


def _hung_up(tx: Transaction, call: str) -> None:
    hung_up_in_queue(tx, _roster_of_call(tx, call), call)


def _give_up(tx: Transaction, call: str) -> None:
    caller_left(tx, _roster_of_call(tx, call), call, "gave_up")


def _end(
    tx: Transaction, webhook: Webhook, status: str, seconds: int | None
) -> tuple[str | None, str | None]:
    """Our ids of the call and of the message that came of it, where there are such.

    A call that could not be recorded when it came, because there were too many, is known from now on.
    """
    organization = organization_of_sid(tx, webhook.sid)
    if organization is None:
        roster = roster_by_number(tx, webhook.form.get("To", ""))
        if roster is None or not file_once(tx, roster.organization, webhook.sid):
            return None, None
        receive_call(tx, roster, _arrival(webhook))
        organization = roster.organization
    message = end_call(tx, roster_of(tx, organization), webhook.sid, status=status, seconds=seconds)
    return tx.call, message


def _keep_fallback(tx: Transaction, arrival: Arrival, url: str, seconds: int | None) -> None:
    _receive(tx, arrival)
    keep_recording(tx, arrival.sid, url, seconds)


def _roster_of_call(tx: Transaction, call: str) -> Roster:
    row = call_by_id(tx, call)
    if row is None:
        raise NoSuchCallError(call)
    return roster_of(tx, row.organization)


def _arrival(webhook: Webhook) -> Arrival:
    sid, to = webhook.sid, webhook.form.get("To", "")
    if not sid or not to:
        raise BadWebhookError("a call without CallSid or To")
    return Arrival(sid, webhook.form.get("From", ""), to, webhook.form.get("ForwardedFrom") or None)


def _place(webhook: Webhook) -> tuple[str, int]:
    call, step = webhook.query.get("call", ""), _whole(webhook.query.get("step"))
    if not call or step is None:
        raise BadWebhookError("a step without call or number")
    return call, step


def _input(webhook: Webhook) -> Event:
    digits = webhook.input("Digits")
    if digits:
        return Pressed(digits=digits)
    text = webhook.input("SpeechResult").strip()
    return Said(text=text, confidence=_confidence(webhook.form.get("Confidence"))) if text else Silence()


def _confidence(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


def _recording(webhook: Webhook) -> tuple[str, int | None]:
    """Where a recording lies (staff will open it: what is no web address is none), and its seconds."""
    url = webhook.form.get("RecordingUrl", "")
    address = url if url.startswith(("https://", "http://")) else ""
    return address, _whole(webhook.form.get("RecordingDuration"))


def _whole(value: str | None) -> int | None:
    """A count as Twilio writes it; nothing it counts has ten digits."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def _music(services: Services) -> str:
    return f"{services.settings.base_url}{MUSIC}"
