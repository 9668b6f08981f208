"""TwiML: what a telephone hears and does next, as XML. Pure.

Attributes and limits: twilio.com/docs/voice/twiml. Written as Twilio's own classes write it (which the
tests compare), in a sixth of their time: a caller waits for it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

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


class _Verb:
    """One element of TwiML. `add` names children and attributes as Twilio does; None leaves one out."""

    __slots__ = ("_children", "_end", "_start")

    def __init__(self, name: str, text: str = "", /, **attributes: object) -> None:
        said = "".join(
            f" {_camel(key)}={quoteattr(_value(value), _QUOTES)}"
            for key, value in attributes.items()
            if value is not None
        )
        self._start = f"<{name}{said}>{escape(text)}"
        self._end = f"</{name}>"
        self._children: list[_Verb] = []

    def add(self, name: str, text: str = "", /, **attributes: object) -> "_Verb":
        child = _Verb(name, text, **attributes)
        self._children.append(child)
        return child

    def __str__(self) -> str:
        return "".join((self._start, *map(str, self._children), self._end))


_QUOTES = {'"': "&quot;"}


@cache
def _camel(name: str) -> str:
    """`speech_timeout` is `speechTimeout`."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _response() -> _Verb:
    return _Verb("Response")


def _document(response: _Verb) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{response}'


def say(parent: _Verb, sentences: Sequence[str], language: Language) -> None:
    """Speak sentences, one Say each, with the neural voice of the language."""
    locale, voice = _VOICES[language]
    for sentence in sentences:
        for start in range(0, len(sentence), _MAX_SAY):
            parent.add("Say", sentence[start : start + _MAX_SAY], voice=voice, language=locale)


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
    response = _response()
    options: dict[str, object] = {"num_digits": digits} if digits else {"finish_on_key": finish_on_key}
    gather = response.add(
        "Gather",
        input="speech dtmf",
        language=_VOICES[language][0],
        action=action,
        method="POST",
        timeout=timeout_seconds,
        speech_timeout=str(SPEECH_TIMEOUT_SECONDS),
        hints=",".join(hint[:_MAX_HINT].replace(",", " ") for hint in hints[:_MAX_HINTS]) or None,
        action_on_empty_result=True,
        profanity_filter=False,
        **options,
    )
    say(gather, sentences, language)
    response.add("Redirect", action, method="POST")
    return _document(response)


def hang_up(sentences: Sequence[str], language: Language) -> str:
    """Speak, then end the call."""
    response = _response()
    say(response, sentences, language)
    response.add("Hangup")
    return _document(response)


def hold(sentences: Sequence[str], language: Language, *, queue: str, wait_url: str, action: str) -> str:
    """Speak, then keep the caller in a queue of their own until somebody takes them out."""
    response = _response()
    say(response, sentences, language)
    response.add("Enqueue", queue, wait_url=wait_url, wait_url_method="POST", action=action, method="POST")
    return _document(response)


def leave() -> str:
    """Take the caller out of the queue; the Enqueue's action goes on."""
    response = _response()
    response.add("Leave")
    return _document(response)


def wait(sentences: Sequence[str], language: Language, *, music: str, give_up: str) -> str:
    """One piece of waiting: a word now and then, a few seconds of music; a key gives up."""
    response = _response()
    gather = response.add(
        "Gather",
        input="dtmf",
        num_digits=1,
        timeout=1,
        action=give_up,
        method="POST",
        action_on_empty_result=False,
    )
    say(gather, sentences, language)
    gather.add("Play", music)
    return _document(response)


def record(
    sentences: Sequence[str], language: Language, *, action: str, status_url: str, max_seconds: int
) -> str:
    """Speak, then record until silence, a key or the limit."""
    response = _response()
    say(response, sentences, language)
    response.add(
        "Record",
        action=action,
        method="POST",
        max_length=max_seconds,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=status_url,
    )
    response.add("Redirect", action, method="POST")
    return _document(response)


def screen(sentences: Sequence[str], language: Language, *, action: str) -> str:
    """The whisper: who calls, and 1 to take it. A voicemail presses nothing, which ends the leg."""
    response = _response()
    for _ in range(2):
        gather = response.add(
            "Gather", input="dtmf", num_digits=1, timeout=5, action=action, method="POST", finish_on_key=""
        )
        say(gather, sentences, language)
    response.add("Hangup")
    return _document(response)


def join(*, queue: str, action: str, limit_seconds: int, recording_url: str | None) -> str:
    """Connect this leg to the caller who waits in `queue`; what they say is recorded for `recording_url`."""
    response = _response()
    recording: dict[str, str] = (
        {"record": "record-from-answer-dual", "recording_status_callback": recording_url}
        if recording_url
        else {}
    )
    dial = response.add("Dial", action=action, method="POST", time_limit=limit_seconds, **recording)
    dial.add("Queue", queue)
    return _document(response)


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
    response = _response()
    say(response, sentences, language)
    child = response.add(
        "Dial",
        action=action,
        method="POST",
        caller_id=caller_id,
        timeout=ring_seconds,
        time_limit=limit_seconds,
    )
    child.add("Number", number, status_callback=status_url, status_callback_event="answered completed")
    return _document(response)


def redirect(url: str, sentences: Sequence[str] = (), language: Language = "ja", pause: int = 0) -> str:
    """Speak, wait a moment, and ask us again."""
    response = _response()
    say(response, sentences, language)
    if pause:
        response.add("Pause", length=pause)
    response.add("Redirect", url, method="POST")
    return _document(response)


def reject() -> str:
    """Refuse a call before it is answered."""
    response = _response()
    response.add("Reject", reason="rejected")
    return _document(response)


def empty() -> str:
    """Nothing: the verbs after the one that asked go on."""
    return _document(_response())
