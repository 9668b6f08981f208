"""TwiML: what a telephone hears and does next, as XML. Pure; built by Twilio's own classes, which escape.

Attributes and limits: twilio.com/docs/voice/twiml. The builder takes any keyword, so only names from
those pages are used here. (Writing the XML ourselves saved 0.05 ms of a request: not worth a second writer.)
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape

from twilio.twiml.voice_response import VoiceResponse

Language = Literal["ja", "en"]

_VOICES: dict[str, tuple[str, str]] = {
    "ja": ("ja-JP", "Polly.Kazuha-Neural"),
    "en": ("en-US", "Polly.Joanna-Neural"),
}
_MAX_SAY = 3000
"""Twilio takes 4,096 characters in one Say; escaping may lengthen ours."""
_MAX_HINTS, _MAX_HINT = 500, 100
SPEECH_TIMEOUT_SECONDS = 2
"""A pause this long ends what a caller says."""


def say(parent: VoiceResponse, sentences: Sequence[str], language: Language) -> None:
    """Speak sentences, one Say each, with the neural voice of the language."""
    locale, voice = _VOICES[language]
    for sentence in sentences:
        for start in range(0, len(sentence), _MAX_SAY):
            parent.say(sentence[start : start + _MAX_SAY], voice=voice, language=locale)


def listen(
    sentences: Sequence[str],
    language: Language,
    *,
    action: str,
    hints: Sequence[str] = (),
    digits: int | None = None,
    finish_on_key: str = "#",
    timeout_seconds: int = 6,
) -> str:
    """Speak, and hear speech or keys; talking over the prompt is heard. Silence comes to `action` too."""
    written = _listening(tuple(sentences), language, tuple(hints), digits, finish_on_key, timeout_seconds)
    return written.replace(_ACTION, escape(action, {'"': "&quot;"}))


_ACTION = "\ue000"
"""Stands for the address; nothing that is said has a character of this kind."""


@lru_cache(maxsize=256)
def _listening(
    sentences: tuple[str, ...],
    language: Language,
    hints: tuple[str, ...],
    digits: int | None,
    finish_on_key: str,
    timeout_seconds: int,
) -> str:
    """An office says the same to most who call: only the address differs."""
    response = VoiceResponse()
    options: dict[str, object] = {"num_digits": digits} if digits else {"finish_on_key": finish_on_key}
    gather = response.gather(
        input="speech dtmf",
        language=_VOICES[language][0],
        action=_ACTION,
        method="POST",
        timeout=timeout_seconds,
        speech_timeout=str(SPEECH_TIMEOUT_SECONDS),
        hints=",".join(hint[:_MAX_HINT].replace(",", " ") for hint in hints[:_MAX_HINTS]) or None,
        action_on_empty_result=True,
        profanity_filter=False,
        **options,
    )
    say(gather, sentences, language)
    response.redirect(_ACTION, method="POST")
    return str(response)


def hang_up(sentences: Sequence[str], language: Language) -> str:
    """Speak, then end the call."""
    response = VoiceResponse()
    say(response, sentences, language)
    response.hangup()
    return str(response)


def hold(sentences: Sequence[str], language: Language, *, queue: str, wait_url: str, action: str) -> str:
    """Speak, then keep the caller in a queue of their own until somebody takes them out."""
    response = VoiceResponse()
    say(response, sentences, language)
    response.enqueue(queue, wait_url=wait_url, wait_url_method="POST", action=action, method="POST")
    return str(response)


def leave() -> str:
    """Take the caller out of the queue; the Enqueue's action goes on."""
    response = VoiceResponse()
    response.leave()
    return str(response)


def wait(sentences: Sequence[str], language: Language, *, music: str, give_up: str) -> str:
    """One piece of waiting: a word now and then, a few seconds of music; a key gives up."""
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf", num_digits=1, timeout=1, action=give_up, method="POST", action_on_empty_result=False
    )
    say(gather, sentences, language)
    gather.play(music)
    return str(response)


def record(
    sentences: Sequence[str], language: Language, *, action: str, status_url: str, max_seconds: int
) -> str:
    """Speak, then record until silence, a key or the limit."""
    response = VoiceResponse()
    say(response, sentences, language)
    response.record(
        action=action,
        method="POST",
        max_length=max_seconds,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=status_url,
    )
    response.redirect(action, method="POST")
    return str(response)


def screen(sentences: Sequence[str], language: Language, *, action: str) -> str:
    """The whisper: who calls, and 1 to take it. A voicemail presses nothing, which ends the leg."""
    response = VoiceResponse()
    for _ in range(2):
        gather = response.gather(
            input="dtmf", num_digits=1, timeout=5, action=action, method="POST", finish_on_key=""
        )
        say(gather, sentences, language)
    response.hangup()
    return str(response)


def join(*, queue: str, action: str, limit_seconds: int, recording_url: str | None) -> str:
    """Connect this leg to the caller who waits in `queue`; what they say is recorded for `recording_url`."""
    response = VoiceResponse()
    recording: dict[str, str] = (
        {"record": "record-from-answer-dual", "recording_status_callback": recording_url}
        if recording_url
        else {}
    )
    dial = response.dial(action=action, method="POST", time_limit=limit_seconds, **recording)
    dial.queue(queue)
    return str(response)


def dial(
    sentences: Sequence[str],
    language: Language,
    *,
    number: str,
    caller_id: str,
    action: str,
    status_url: str,
    ring_seconds: int,
    limit_seconds: int,
) -> str:
    """Speak, then connect a number, which sees `caller_id`; `status_url` hears that it answered."""
    response = VoiceResponse()
    say(response, sentences, language)
    child = response.dial(
        action=action, method="POST", caller_id=caller_id, timeout=ring_seconds, time_limit=limit_seconds
    )
    child.number(number, status_callback=status_url, status_callback_event="answered completed")
    return str(response)


def redirect(url: str, sentences: Sequence[str] = (), language: Language = "ja", pause: int = 0) -> str:
    """Speak, wait a moment, and ask us again."""
    response = VoiceResponse()
    say(response, sentences, language)
    if pause:
        response.pause(length=pause)
    response.redirect(url, method="POST")
    return str(response)


def reject() -> str:
    """Refuse a call before it is answered."""
    response = VoiceResponse()
    response.reject(reason="rejected")
    return str(response)


def empty() -> str:
    """Nothing: the verbs after the one that asked go on."""
    return str(VoiceResponse())
