"""Which verbs, attributes and values TwiML has, after Twilio's reference and the types of its SDKs.

Verbs that the stand-in does not play (Connect, Pay, …) are left out on purpose: an application that
sends one learns of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.twilio.twiml import Verb

Check = Callable[[str], bool]
Violation = tuple[int, str]  # Twilio's error number and what is wrong

SAY_LIMIT = 4096
HINTS_LIMIT = 500
HINT_LENGTH_LIMIT = 100
SCHEMA_VIOLATION = 12200


def one_of(*values: str) -> Check:
    """Exactly one of these values."""
    return lambda text: text in values


def some_of(*values: str) -> Check:
    """A list of these values, parted by spaces."""
    return lambda text: bool(text.split()) and set(text.split()) <= set(values)


def whole(least: int, most: int = 10**9) -> Check:
    """A whole number within these bounds."""
    return lambda text: text.isascii() and text.isdecimal() and least <= int(text) <= most


def matching(pattern: str) -> Check:
    """Text of this form, and nothing else."""
    return lambda text: re.fullmatch(pattern, text) is not None


def at_most(characters: int) -> Check:
    """Some text of limited length."""
    return lambda text: len(text.strip()) > 0 and len(text) <= characters


def hints(text: str) -> bool:
    """Words to expect: at most 500, of at most 100 characters each."""
    entries = text.split(",")
    return len(entries) <= HINTS_LIMIT and all(len(entry.strip()) <= HINT_LENGTH_LIMIT for entry in entries)


BOOLEAN = one_of("true", "false")
METHOD = one_of("GET", "POST")
URL = matching(r"(https?://[^\s/]+|/(?!/))\S*|https?://[^\s/]+")
E164 = matching(r"\+[1-9]\d{6,14}")
KEYS = matching(r"[0-9*#]*")
SENT_KEYS = matching(r"[0-9*#wWA-Da-d]+")
LANGUAGE = matching(r"[a-z]{2,3}-[A-Z]{2}(-[A-Z]+)?")
PROGRESS = some_of("initiated", "ringing", "answered", "completed")
RECORDING_EVENTS = some_of("in-progress", "completed", "absent")
TRIM = one_of("trim-silence", "do-not-trim")
SPEECH_MODEL = one_of(
    "default",
    "numbers_and_commands",
    "phone_call",
    "experimental_conversations",
    "experimental_utterances",
    "googlev2_long",
    "googlev2_short",
    "googlev2_telephony",
    "googlev2_telephony_short",
    "deepgram_nova-2",
    "deepgram_nova-3",
)
NOT_IN_JAPANESE = ("numbers_and_commands",)

_JAPANESE_VOICES = frozenset(
    ["Polly.Mizuki", "Polly.Takumi", "Polly.Takumi-Neural", "Polly.Kazuha-Neural", "Polly.Tomoko-Neural"]
    + [f"Google.ja-JP-{kind}-{letter}" for kind in ("Standard", "Wavenet") for letter in "ABCD"]
    + [f"Google.ja-JP-Neural2-{letter}" for letter in "BCD"]
    + [
        f"Google.ja-JP-Chirp3-HD-{name}"
        for name in ("Aoede", "Charon", "Fenrir", "Kore", "Leda", "Orus", "Puck", "Zephyr")
    ]
)
_ENGLISH_VOICES = {
    f"Polly.{name}{kind}": language
    for name, language in (("Joanna", "en-US"), ("Matthew", "en-US"), ("Amy", "en-GB"), ("Brian", "en-GB"))
    for kind in ("", "-Neural")
}
_GOOGLE_VOICE = re.compile(
    r"Google\.([a-z]{2}-[A-Z]{2})-((Standard|Wavenet|Neural2)-[A-J]|Chirp3-HD-[A-Z][a-z]+)"
)
_OLD_VOICES = {"man": {"en", "en-gb", "es", "fr", "de"}, "woman": {"en", "en-gb", "es", "fr", "de"}}


def language_of_voice(voice: str) -> str | None:
    """The one language a voice speaks; None for a voice that there is not."""
    if voice in _JAPANESE_VOICES:
        return "ja-JP"
    google = _GOOGLE_VOICE.fullmatch(voice)
    if google and google[1] != "ja-JP":
        return google[1]
    return _ENGLISH_VOICES.get(voice)


def _say(verb: "Verb") -> Iterator[Violation]:
    voice, language = verb.attributes.get("voice"), verb.attributes.get("language")
    if voice in _OLD_VOICES:
        if language is not None and language.lower() not in _OLD_VOICES[voice]:
            yield 13512, f"Say: the voice {voice} does not speak {language}"
    elif voice is not None and voice != "alice":
        speaks = language_of_voice(voice)
        if speaks is None:
            yield 13511, f"Say: there is no voice {voice}"
        elif language not in (None, speaks):
            yield 13512, f"Say: the voice {voice} does not speak {language}"
    if not verb.text.strip():
        yield 13520, "Say: there is no text"
    elif len(verb.text) > SAY_LIMIT:
        yield 13520, f"Say: {len(verb.text)} characters, of at most {SAY_LIMIT}"


def _play(verb: "Verb") -> Iterator[Violation]:
    if "digits" not in verb.attributes and not URL(verb.text.strip()):
        yield 13420, f"Play: not an address: {verb.text.strip()!r}"


def _gather(verb: "Verb") -> Iterator[Violation]:
    model = verb.attributes.get("speechModel")
    if model is not None and not whole(1)(verb.attributes.get("speechTimeout", "")):
        yield 13335, "Gather: with speechModel, speechTimeout must be a positive whole number"
    if model in NOT_IN_JAPANESE and verb.attributes.get("language") == "ja-JP":
        yield 13334, f"Gather: the model {model} does not know ja-JP"


def _dial(verb: "Verb") -> Iterator[Violation]:
    text = verb.text.strip()
    if bool(text) == bool(verb.children):
        yield 13201, "Dial: needs either one number or nouns"
    elif text and not E164(text):
        yield 13223, f"Dial: not a telephone number: {text!r}"
    nouns = {child.name for child in verb.children}
    if len(nouns) > 1 or (nouns == {"Queue"} and len(verb.children) > 1):
        yield 13201, "Dial: one Queue, or Numbers alone"
    if len(verb.children) > 10:
        yield 13201, "Dial: at most ten numbers ring at once"


def _number(verb: "Verb") -> Iterator[Violation]:
    if not E164(verb.text.strip()):
        yield 13223, f"Number: not a telephone number: {verb.text.strip()!r}"


def _named(verb: "Verb") -> Iterator[Violation]:
    if not at_most(64)(verb.text):
        yield SCHEMA_VIOLATION, f"{verb.name}: needs the name of a queue"


def _redirect(verb: "Verb") -> Iterator[Violation]:
    if not URL(verb.text.strip()):
        yield 11100, f"Redirect: not an address: {verb.text.strip()!r}"


def _nothing_more(_verb: "Verb") -> Iterator[Violation]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What one verb may have; `whole_verb` finds what is wrong with the verb as a whole."""

    attributes: Mapping[str, Check] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False
    whole_verb: Callable[["Verb"], Iterator[Violation]] = _nothing_more


_RECORDING = {
    "recordingStatusCallback": URL,
    "recordingStatusCallbackMethod": METHOD,
    "recordingStatusCallbackEvent": RECORDING_EVENTS,
    "trim": TRIM,
}

RULES: Mapping[str, Rule] = {
    "Say": Rule(
        {"voice": at_most(64), "language": LANGUAGE, "loop": whole(0, 1000)}, text=True, whole_verb=_say
    ),
    "Play": Rule({"loop": whole(0, 1000), "digits": SENT_KEYS}, text=True, whole_verb=_play),
    "Pause": Rule({"length": whole(1, 600)}),
    "Gather": Rule(
        {
            "input": some_of("dtmf", "speech"),
            "action": URL,
            "method": METHOD,
            "timeout": whole(0, 600),
            "speechTimeout": lambda text: text == "auto" or whole(1, 60)(text),
            "maxSpeechTime": whole(1, 60),
            "profanityFilter": BOOLEAN,
            "finishOnKey": KEYS,
            "numDigits": whole(1),
            "partialResultCallback": URL,
            "partialResultCallbackMethod": METHOD,
            "language": LANGUAGE,
            "hints": hints,
            "bargeIn": BOOLEAN,
            "debug": BOOLEAN,
            "actionOnEmptyResult": BOOLEAN,
            "speechModel": SPEECH_MODEL,
            "enhanced": BOOLEAN,
        },
        frozenset({"Say", "Play", "Pause"}),
        whole_verb=_gather,
    ),
    "Redirect": Rule({"method": METHOD}, text=True, whole_verb=_redirect),
    "Enqueue": Rule(
        {
            "action": URL,
            "method": METHOD,
            "waitUrl": URL,
            "waitUrlMethod": METHOD,
            "maxQueueSize": whole(1, 5000),
        },
        text=True,
        whole_verb=_named,
    ),
    "Leave": Rule(),
    "Dial": Rule(
        {
            "action": URL,
            "method": METHOD,
            "timeout": whole(1, 600),
            "hangupOnStar": BOOLEAN,
            "timeLimit": whole(1, 86400),
            "callerId": E164,
            "record": one_of(
                "do-not-record",
                "record-from-answer",
                "record-from-ringing",
                "record-from-answer-dual",
                "record-from-ringing-dual",
            ),
            "recordingTrack": one_of("both", "inbound", "outbound"),
            "answerOnBridge": BOOLEAN,
            "ringTone": matching(r"[a-z]{2}(-old)?"),
            "sequential": BOOLEAN,
            **_RECORDING,
        },
        frozenset({"Number", "Queue"}),
        text=True,
        whole_verb=_dial,
    ),
    "Number": Rule(
        {
            "sendDigits": SENT_KEYS,
            "url": URL,
            "method": METHOD,
            "statusCallbackEvent": PROGRESS,
            "statusCallback": URL,
            "statusCallbackMethod": METHOD,
        },
        text=True,
        whole_verb=_number,
    ),
    "Queue": Rule({"url": URL, "method": METHOD}, text=True, whole_verb=_named),
    "Record": Rule(
        {
            "action": URL,
            "method": METHOD,
            "timeout": whole(0, 600),
            "finishOnKey": KEYS,
            "maxLength": whole(1, 14400),
            "playBeep": BOOLEAN,
            "transcribe": one_of("false"),  # Twilio transcribes American English only
            "transcribeCallback": lambda _url: False,
            **_RECORDING,
        }
    ),
    "Hangup": Rule(),
    "Reject": Rule({"reason": one_of("rejected", "busy")}),
    "Sms": Rule(
        {"to": E164, "from": E164, "action": URL, "method": METHOD, "statusCallback": URL}, text=True
    ),
}

# What a document may hold, by what it is asked for.
IN_CALL = frozenset(RULES) - {"Number", "Queue", "Leave"}
WHILE_QUEUED = frozenset({"Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather"})
BEFORE_CONNECTING = frozenset({"Play", "Say", "Pause", "Hangup", "Redirect", "Gather"})

# Tags of speech synthesis inside Say (SSML), and what each may have.
SSML: Mapping[str, frozenset[str]] = {
    "break": frozenset({"strength", "time"}),
    "emphasis": frozenset({"level"}),
    "lang": frozenset({"{http://www.w3.org/XML/1998/namespace}lang"}),
    "p": frozenset(),
    "phoneme": frozenset({"alphabet", "ph"}),
    "prosody": frozenset({"volume", "rate", "pitch"}),
    "s": frozenset(),
    "say-as": frozenset({"interpret-as", "format"}),
    "sub": frozenset({"alias"}),
    "w": frozenset({"role"}),
}
