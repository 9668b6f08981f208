"""Leading a leg through TwiML: documents one after the other, and the verbs that concern one leg alone."""

import asyncio
import io
import time
import wave
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from simulator.twilio import dialing, holding, recording
from simulator.twilio.courier import Answer, WebhookFailed
from simulator.twilio.ear import Ear, Heard, Kind
from simulator.twilio.exchange import Exchange
from simulator.twilio.faults import Channel
from simulator.twilio.grammar import IN_CALL, WHILE_QUEUED
from simulator.twilio.leg import DocumentFailed, HungUp, Leg, Redirected
from simulator.twilio.model import CHARACTERS_PER_SECOND, Callback, CallStatus, Sound, Step
from simulator.twilio.twiml import Document, NotTwiml, Verb, read

XML_TYPES = ("text/xml", "application/xml", "text/html")
APOLOGY = "We are sorry. An application error has occurred. Goodbye."
MUSIC_SECONDS = 5.0  # of a sound whose length is not known
NOT_ANSWERING = ("Reject", "Pause")  # as first verbs they leave the call ringing


@dataclass(frozen=True, slots=True)
class Turn:
    """A document being played to a leg.

    Attributes:
        address: where the document came from, "" for one at hand.
        allowed: the verbs that have their place in it.
    """

    exchange: Exchange
    leg: Leg
    address: str
    allowed: frozenset[str]

    def step(self, verb: Verb, attribute: str, extra: Mapping[str, str]) -> Step | None:
        """The step that an address in a verb names; None where it names none."""
        url = verb.get(attribute)
        if not url:
            return None
        method = "waitUrlMethod" if attribute == "waitUrl" else "method"
        return Step(self.resolve(url), verb.get(method, "POST"), extra=extra)

    def resolve(self, url: str) -> str:
        """An address as seen from this document."""
        return urljoin(self.address, url) if self.address else url

    async def passes(self, seconds: float) -> None:
        """Let so much time of the conversation pass; where speech takes none, nothing comes in between."""
        if self.exchange.tempo.pace:
            await self.leg.unless_interrupted(asyncio.sleep(seconds * self.exchange.tempo.pace))
        else:
            self.leg.heed()

    async def repeats(self, verb: Verb, sound: Sound, text: str, seconds: float) -> None:
        """Let something be heard as often as `loop` says; 0 is without end, at any pace."""
        times = verb.number("loop", 1)
        for _ in range(times or 1):
            self.leg.note(sound, text)
            await self.passes(seconds)
        if not times:
            await self.leg.unless_interrupted(asyncio.Event().wait())

    async def plays(
        self, leg: Leg, step: Step, allowed: frozenset[str], about: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        """Play other documents in between, to this leg or another; see `follow`."""
        await follow(self.exchange, leg, step, allowed, about)

    async def lead(self, leg: Leg, step: Step) -> None:
        """Lead a leg on its own way from here to its end."""
        await lead(self.exchange, leg, step)

    async def farewell(self, step: Step | None) -> None:
        """Tell an address how a verb ended for a leg that has gone; its answer does not matter."""
        if step is not None:
            try:
                await fetch(self.exchange, self.leg, step)
            except WebhookFailed as error:
                self.exchange.problem(error.code, str(error), self.leg.sid)


Handler = Callable[[Turn, Verb], Awaitable[Step | None]]


async def lead(exchange: Exchange, leg: Leg, step: Step) -> None:
    """Lead a leg from a step to its end; what the REST API redirects goes on from there."""
    try:
        await _lead(exchange, leg, step)
    except HungUp:
        return
    except DocumentFailed:
        exchange.answer(leg)
        leg.note(Sound.SPEECH, APOLOGY)
    exchange.finish(leg, CallStatus.COMPLETED)


async def _lead(exchange: Exchange, leg: Leg, step: Step) -> None:
    while True:
        try:
            await follow(exchange, leg, step, IN_CALL)
        except Redirected as redirected:
            step = redirected.step
        except DocumentFailed as failed:
            spare = leg.fallback
            if spare is None or spare.url == failed.url:
                raise
            what = {"ErrorCode": str(failed.code), "ErrorUrl": failed.url}
            step = Step(spare.url, spare.method, extra=what)
        else:
            return


async def follow(
    exchange: Exchange,
    leg: Leg,
    step: Step,
    allowed: frozenset[str],
    about: Callable[[], Mapping[str, str]] = dict,
) -> None:
    """Play documents to a leg, from one to the next, until one runs out.

    Args:
        exchange: where the leg is.
        leg: who hears them.
        step: the first document.
        allowed: the verbs that have their place in them.
        about: further fields of each request.

    Raises:
        Interrupted: the leg is wanted elsewhere, or over.
        DocumentFailed: a document could not be had.
    """
    next_step: Step | None = step
    while next_step is not None:
        leg.heed()  # who was fetched out of a queue has no place in it to tell of
        began = time.monotonic()
        turn, document = await _document(exchange, leg, next_step, allowed, about)
        next_step = await _perform(turn, document)
        if allowed is WHILE_QUEUED or next_step == Step(turn.address):
            # A document that is asked for again and again, however little time its sounds take.
            pause = began + exchange.tempo.poll_seconds - time.monotonic()
            await leg.unless_interrupted(asyncio.sleep(max(0.0, pause)))


async def fetch(exchange: Exchange, leg: Leg, step: Step, channel: Channel = Channel.VOICE) -> Answer:
    """What an address answers about a leg.

    Raises:
        WebhookFailed: it answers nothing that could be used.
    """
    fields = {**exchange.about(leg), **step.extra}
    return await exchange.courier.ask(channel, step.url, step.method, fields)


async def _document(
    exchange: Exchange,
    leg: Leg,
    step: Step,
    allowed: frozenset[str],
    about: Callable[[], Mapping[str, str]],
) -> tuple[Turn, Document]:
    if step.twiml is not None:
        return _at_hand(exchange, leg, step.twiml, allowed)
    channel = Channel.WAIT if allowed is WHILE_QUEUED else Channel.VOICE
    try:
        asked = Step(step.url, step.method, extra={**about(), **step.extra})
        answer = await leg.unless_interrupted(fetch(exchange, leg, asked, channel))
        document = _read(answer, allowed)
    except (WebhookFailed, NotTwiml) as error:
        exchange.problem(error.code, str(error), step.url)
        raise DocumentFailed(error.code, step.url) from error
    _report(exchange, document, step.url)
    return Turn(exchange, leg, step.url, allowed), document


def _read(answer: Answer, allowed: frozenset[str]) -> Document:
    if answer.content_type not in XML_TYPES:
        raise NotTwiml(12300, f"{answer.content_type or 'no content type'} instead of text/xml")
    return read(answer.body, allowed)


def _at_hand(exchange: Exchange, leg: Leg, twiml: str, allowed: frozenset[str]) -> tuple[Turn, Document]:
    try:
        document = read(twiml.encode(), allowed, at_hand=True)
    except NotTwiml as error:
        exchange.problem(error.code, str(error), leg.sid)
        raise DocumentFailed(error.code, "") from error
    _report(exchange, document, leg.sid)
    return Turn(exchange, leg, "", allowed), document


def _report(exchange: Exchange, document: Document, where: str) -> None:
    for code, message in document.violations:
        exchange.problem(code, message, where)


async def _perform(turn: Turn, document: Document) -> Step | None:
    for verb in document.verbs:
        if verb.name not in NOT_ANSWERING and not verb.flag("answerOnBridge"):
            turn.exchange.answer(turn.leg)
        next_step = await HANDLERS[verb.name](turn, verb)
        if next_step is not None:
            return next_step
    return None


async def _say(turn: Turn, verb: Verb) -> None:
    seconds = len(verb.text) / CHARACTERS_PER_SECOND / turn.exchange.tempo.haste
    await turn.repeats(verb, Sound.SPEECH, verb.text, seconds)


async def _play(turn: Turn, verb: Verb) -> None:
    if keys := verb.get("digits"):
        turn.leg.note(Sound.TONE, keys)
        await turn.passes(len(keys) / 2)
        return
    url = turn.resolve(verb.text)
    try:
        sound = await turn.leg.unless_interrupted(turn.exchange.courier.media(url))
    except WebhookFailed as error:
        turn.exchange.problem(error.code, str(error), url)
        return
    seconds = _length(sound.body) if sound is not None else MUSIC_SECONDS
    await turn.repeats(verb, Sound.MUSIC, url, seconds)


def _length(sound: bytes) -> float:
    try:
        with wave.open(io.BytesIO(sound)) as opened:
            return float(opened.getnframes() / opened.getframerate())
    except (wave.Error, EOFError):
        return MUSIC_SECONDS


async def _pause(turn: Turn, verb: Verb) -> None:
    await turn.passes(verb.number("length", 1))


async def _gather(turn: Turn, verb: Verb) -> Step | None:
    kinds = verb.get("input", "dtmf").split()
    ear = Ear(
        speech="speech" in kinds,
        keys="dtmf" in kinds,
        closed=turn.leg.closes,
        finish_on=verb.get("finishOnKey", "#"),
        most=verb.number("numDigits", 0) or None,
        patient=bool(turn.exchange.tempo.pace),
    )
    turn.leg.opens(ear)
    try:
        await _prompt(turn, verb, ear)
        heard = await turn.leg.unless_interrupted(_listen(turn, ear, verb.number("timeout", 5)))
    finally:
        turn.leg.closes()
    _tell_partial_result(turn, verb, heard)
    fields = _gathered(heard, kinds)
    if heard.kind is Kind.NOTHING and not verb.flag("actionOnEmptyResult"):
        return None
    # Without an action the address of the document itself is asked.
    return turn.step(verb, "action", fields) or Step(turn.address, verb.get("method", "POST"), extra=fields)


async def _listen(turn: Turn, ear: Ear, seconds: float) -> Heard:
    """Wait for an answer; a queued caller's waiting must end, or nothing would be polled."""
    tempo = turn.exchange.tempo
    if turn.allowed is WHILE_QUEUED:
        return await ear.listen(max(seconds * tempo.pace, tempo.poll_seconds))
    return await ear.listen(tempo.patience(seconds), seconds * tempo.pace)


async def _prompt(turn: Turn, verb: Verb, ear: Ear) -> None:
    """Play what is nested in a question, until it is through or somebody answers (barge-in)."""

    async def play() -> None:
        for child in verb.children:
            await HANDLERS[child.name](turn, child)

    if not verb.flag("bargeIn", default=True):
        await play()
        return
    playing, touched = asyncio.ensure_future(play()), asyncio.ensure_future(ear.until_touched())
    try:
        await asyncio.wait({playing, touched}, return_when=asyncio.FIRST_COMPLETED)
        if playing.done():
            playing.result()
    finally:
        playing.cancel()
        touched.cancel()
        await asyncio.gather(playing, touched, return_exceptions=True)


def _tell_partial_result(turn: Turn, verb: Verb, heard: Heard) -> None:
    if heard.kind is Kind.SPEECH and (url := verb.get("partialResultCallback")):
        callback = Callback(turn.resolve(url), verb.get("partialResultCallbackMethod", "POST"))
        fields = turn.exchange.about(turn.leg) | {"UnstableSpeechResult": heard.text, "SequenceNumber": "0"}
        turn.exchange.tell(Channel.STATUS, callback, fields)


def _gathered(heard: Heard, kinds: list[str]) -> dict[str, str]:
    if heard.kind is Kind.SPEECH:
        fields = {"SpeechResult": heard.text}
        return fields if heard.confidence is None else fields | {"Confidence": str(heard.confidence)}
    if heard.kind is Kind.KEYS:
        fields = {"Digits": heard.text}
        return fields | {"FinishedOnKey": heard.finished_by} if heard.finished_by else fields
    names = {"dtmf": "Digits", "speech": "SpeechResult"}
    return {names[kind]: "" for kind in kinds}


async def _redirect(turn: Turn, verb: Verb) -> Step:
    return Step(turn.resolve(verb.text), verb.get("method", "POST"))


async def _hangup(turn: Turn, _verb: Verb) -> None:
    turn.exchange.finish(turn.leg, CallStatus.COMPLETED)
    raise HungUp


async def _reject(turn: Turn, verb: Verb) -> None:
    if turn.leg.status is CallStatus.IN_PROGRESS:
        turn.exchange.problem(0, "Reject: the call is answered already; it is hung up", turn.address)
        turn.exchange.finish(turn.leg, CallStatus.COMPLETED)
    busy = verb.get("reason") == "busy"
    turn.exchange.finish(turn.leg, CallStatus.BUSY if busy else CallStatus.NO_ANSWER)
    raise HungUp


async def _sms(_turn: Turn, _verb: Verb) -> None:
    """A message in the middle of a call is not simulated, only read."""


HANDLERS: Mapping[str, Handler] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
    "Sms": _sms,
    "Enqueue": holding.enqueue,
    "Leave": holding.leave,
    "Dial": dialing.dial,
    "Record": recording.record,
}
