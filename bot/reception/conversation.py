"""A conversation with one caller, as it stands between two events: a value that is stored as JSON."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field

from bot.language.model import Kind
from bot.office.model import Frozen, PhoneNumber, StaffId
from bot.presence.reachable import Rule
from bot.reception.events import Language


class Question(StrEnum):
    """What the caller was asked last, or what is waited for."""

    WHOM = "whom"
    WHICH = "which"
    CONFIRM = "confirm"
    """A name that was not heard clearly: is it this person?"""
    NAME = "name"
    KNOWN = "known"
    """The number is a known caller's: is it they?"""
    OFFER = "offer"
    """The person can't come to the phone: call back, message, mail?"""
    DEPUTY = "deputy"
    MAIL_OFFER = "mail_offer"
    MAIL_HEARD = "mail_heard"
    """The address was spoken: written down, once more, by SMS?"""
    MESSAGE = "message"
    NUMBER_OWN = "number_own"
    NUMBER = "number"
    NUMBER_RIGHT = "number_right"
    MORE = "more"
    HOLDING = "holding"
    RECORDING = "recording"


class Wish(StrEnum):
    """What the caller wants done when the person can't be had."""

    CALLBACK = "callback"
    MESSAGE = "message"
    MAIL = "mail"
    """The address, as soon as it is known whose."""
    CALLED_ONLY = "called_only"
    """That they called is the message."""


class Saying(Frozen):
    """A sentence not yet spoken: a script and its values as the dialogue has them.

    What they sound like is worked out for the language of the turn (see `bot.reception.sayings`), so that
    any turn can be repeated in the other language. The script `@answer` is the answer of a person's presence.
    """

    script: str
    values: dict[str, str] = Field(default_factory=dict)


class Callback(Frozen):
    """A promise to the caller: within `minutes`, or from `day` on (the office's zone), or simply soon."""

    staff: StaffId
    minutes: int | None = None
    day: date | None = None
    text: str = ""


class CallbackNumber(Frozen):
    """The number to call back. `said` as digits; `e164` where it can be dialled."""

    said: str = ""
    e164: PhoneNumber | None = None
    valid: bool = False
    mobile: bool = False


class Reason(Frozen):
    """Why the call went on as it did with one person: how it was with them, the rule, the script.

    `did`: they were asked, the caller was told about them, or the asking ended (`outcome`). `script` is the
    name of the sentence that the caller heard.
    """

    at: AwareDatetime
    staff: StaffId
    did: Literal["asked", "told", "ended"]
    script: str
    kind: Kind | None = None
    overdue: bool = False
    on_call: bool = False
    rule: Rule = Rule.FREE
    outcome: str | None = None


class Conversation(Frozen):
    """Everything known of the call so far. `lines` are the caller's own words, those with content only."""

    language: Language = "ja"
    question: Question = Question.WHOM
    asked: dict[str, int] = Field(default_factory=dict)
    last: tuple[Saying, ...] = ()
    turns: int = 0
    waiting: int = 0
    """How many silences are still granted to a caller who asked us to wait."""

    company: str | None = None
    name: str | None = None
    refused_name: bool = False
    not_known: bool = False
    """Another than whom we know by this number."""

    staff: StaffId | None = None
    department: str | None = None
    candidates: tuple[StaffId, ...] = ()
    heard: str | None = None
    """The name as it was heard, where the one candidate is still to be confirmed."""
    otherwise: StaffId | None = None
    """Who will do where the one asked for is not to be had."""
    or_anyone: bool = False
    """Whether anybody else of the department will do then."""
    former: str | None = None
    stranger: str | None = None
    perhaps_name: str | None = None
    """The name to be confirmed may as well be the caller's own (栗本ですが)."""
    choices: tuple[str, ...] = ()
    """What the keys 1, 2, … of a menu stand for."""

    urgent: bool = False
    sales: bool = False
    purpose: str | None = None
    time: str | None = None
    wish: Wish | None = None
    settled: bool = False
    """The wish was confirmed to the caller."""

    number: CallbackNumber | None = None
    digits: str = ""
    """The beginning of a number that is said in pieces."""
    number_verified: bool = False
    number_closed: bool = False
    """No more is asked about the number, whether there is one or not."""
    corrections: int = 0

    lines: tuple[str, ...] = ()
    told_why: bool = False
    """Whether the lines say what it is about: a message need not be asked for."""
    message_given: bool = False
    told: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    answered: tuple[StaffId, ...] = ()
    tried: tuple[StaffId, ...] = ()
    holding: StaffId | None = None
    bridged: StaffId | None = None
    promise: Callback | None = None
    mail_given: StaffId | None = None
    recording: str | None = None
    recording_seconds: int = 0
    spoke: bool = False
    ended: bool = False
