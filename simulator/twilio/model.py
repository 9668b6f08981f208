"""The values the stand-in speaks in. All instants are aware, in UTC; all lengths of time are seconds."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CHARACTERS_PER_SECOND = 7.5  # Japanese, read aloud at an even pace


class CallStatus(StrEnum):
    """Where a call is; the names are Twilio's."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def final(self) -> bool:
        """Whether the call is over."""
        return self not in (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS)


class Direction(StrEnum):
    """Who began a call; the names are Twilio's."""

    INBOUND = "inbound"
    API = "outbound-api"
    DIAL = "outbound-dial"


class Sound(StrEnum):
    """What kind of thing a line of a transcript is."""

    SPEECH = "speech"  # the machine's voice
    MUSIC = "music"
    TONE = "tone"  # ringing, a beep, keys played
    PARTY = "party"  # the other person, once connected
    SAID = "said"  # by the holder of this telephone
    PRESSED = "pressed"
    SILENT = "silent"
    EVENT = "event"  # answered, connected, hung up


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was heard or done at a telephone, and when."""

    at: datetime
    sound: Sound
    text: str

    def written(self) -> dict[str, str]:
        """As JSON, for pages."""
        return {"at": self.at.isoformat(), "sound": self.sound.value, "text": self.text}


@dataclass(frozen=True, slots=True)
class NumberConfig:
    """What an incoming number is set to at Twilio; the addresses are absolute.

    `method` is how Twilio asks them; `application` is a TwiML App that would answer in their place.
    """

    voice_url: str
    status_callback: str | None = None
    fallback_url: str | None = None
    method: str = "POST"
    application: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the application under test as Twilio's debugger would show it.

    `code` is Twilio's error number, 0 where Twilio has none for it.
    """

    code: int
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the next TwiML of a call comes from: an address to ask, or a document at hand."""

    url: str = ""
    method: str = "POST"
    twiml: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Callback:
    """Where the progress of a call is told, and which events of it."""

    url: str
    method: str = "POST"
    events: tuple[str, ...] = ("completed",)


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message as it lies in a telephone."""

    sid: str
    sender: str
    to: str
    body: str
    at: datetime
    status_callback: str = ""


@dataclass(slots=True)
class Recording:
    """A recording; the sound is the text that was said."""

    sid: str
    call_sid: str
    text: str
    seconds: int
    at: datetime
    source: str


def new_sid(prefix: str) -> str:
    """A fresh identifier in Twilio's form: two letters and 32 hexadecimal digits."""
    return prefix + uuid.uuid4().hex
