"""What happens on the line, and what the reception does about it.

The values between the dialogue and whatever telephone it is held over. All are frozen and make a JSON
round trip. Seconds and minutes are whole numbers; days are dates in the office's zone.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import Field

from bot.office.hearing import Directory
from bot.office.model import Frozen, Line, Office, Person, PhoneNumber, StaffId
from bot.presence.model import PresenceNow

Language = Literal["ja", "en"]


class Said(Frozen):
    """The caller spoke.

    `confidence` is the recogniser's own, 0 to 1; platforms may leave it out or make it up, so it decides
    nothing.
    """

    type: Literal["said"] = "said"
    text: str
    confidence: float | None = None


class Pressed(Frozen):
    """Keys, without the finishing one."""

    type: Literal["pressed"] = "pressed"
    digits: str


class Silence(Frozen):
    """Nothing was heard in the time that was given."""

    type: Literal["silence"] = "silence"


class TransferOutcome(StrEnum):
    """How asking for somebody ended for the caller."""

    BRIDGED = "bridged"
    """They spoke; the bridge is over."""
    DECLINED = "declined"
    PROMISED = "promised"
    MESSAGE = "message"
    """The person asks for a message to be taken."""
    EXPIRED = "expired"
    NO_ANSWER = "no_answer"
    """Somebody accepted, but their telephone was not picked up."""
    UNREACHABLE = "unreachable"
    """There was nobody to ask, or the question could not be sent."""
    GAVE_UP = "gave_up"
    """The caller pressed a key while holding."""


class TransferEnded(Frozen):
    """The outcome of a Hold. `by` is who decided; `minutes` the time promised."""

    type: Literal["transfer_ended"] = "transfer_ended"
    outcome: TransferOutcome
    by: StaffId | None = None
    minutes: int | None = None


class Recorded(Frozen):
    """A voicemail was taken; zero seconds where nothing was said."""

    type: Literal["recorded"] = "recorded"
    url: str
    seconds: int


class HungUp(Frozen):
    """The caller hung up."""

    type: Literal["hung_up"] = "hung_up"


Event = Annotated[
    Said | Pressed | Silence | TransferEnded | Recorded | HungUp,
    Field(discriminator="type"),
]


class Listen(Frozen):
    """Hear the caller.

    `names`: those of the office are given to the recogniser. `digits`: exactly so many keys end the input;
    None: any number, ended by `finish_on_key` or a pause.
    """

    type: Literal["listen"] = "listen"
    names: bool = False
    digits: int | None = None
    finish_on_key: str = "#"
    timeout_seconds: int = 6


class Hold(Frozen):
    """Keep the caller and ask `staff` in chat; the outcome comes back as TransferEnded."""

    type: Literal["hold"] = "hold"
    staff: StaffId
    urgent: bool = False


class Voicemail(Frozen):
    """Record the caller; comes back as Recorded."""

    type: Literal["voicemail"] = "voicemail"
    max_seconds: int = 120


class HangUp(Frozen):
    """End the call after what is said."""

    type: Literal["hang_up"] = "hang_up"


class SendSms(Frozen):
    """Send `text` to the caller's telephone."""

    type: Literal["send_sms"] = "send_sms"
    number: PhoneNumber
    text: str


class MailDisclosed(Frozen):
    """A member of staff's mail address was given away; kept for the record."""

    type: Literal["mail_disclosed"] = "mail_disclosed"
    staff: StaffId
    how: Literal["spoken", "letters", "sms"]


class NameSettled(Frozen):
    """The caller confirmed whom they meant by a name that was heard as `spelling`."""

    type: Literal["name_settled"] = "name_settled"
    staff: StaffId
    spelling: str


class PromisedCallback(Frozen):
    """The caller was promised a call: within `minutes`, or from `day` on, or without a time."""

    type: Literal["promised_callback"] = "promised_callback"
    staff: StaffId
    minutes: int | None = None
    day: date | None = None


Then = Annotated[Listen | Hold | Voicemail | HangUp, Field(discriminator="type")]
Effect = Annotated[SendSms | MailDisclosed | NameSettled | PromisedCallback, Field(discriminator="type")]


class Turn(Frozen):
    """What the reception does next: say these sentences, cause these effects, then this."""

    say: tuple[str, ...]
    language: Language
    then: Then
    effects: tuple[Effect, ...] = ()


class CallerLine(Frozen):
    """What is known of the line a call came from.

    `number` only where it may be offered as the caller's own; `name`, `company` and `vip` from the
    office's list of callers.
    """

    number: PhoneNumber | None = None
    mobile: bool = False
    name: str | None = None
    company: str | None = None
    vip: bool = False


class Facts(Protocol):
    """Everything the dialogue looks up, as it holds at the moment of a step."""

    @property
    def office(self) -> Office: ...

    @property
    def people(self) -> Mapping[StaffId, Person]: ...

    @property
    def directory(self) -> Directory: ...

    @property
    def at(self) -> datetime:
        """The present instant, aware."""
        ...

    @property
    def caller(self) -> CallerLine: ...

    @property
    def line(self) -> Line | None:
        """The number dialled, where it is a department's or one person's."""
        ...

    def presence_of(self, staff: StaffId) -> PresenceNow: ...

    def can_ask(self, staff: StaffId, urgent: bool) -> bool:
        """Whether `staff` can be asked now: reachable, in the plan, with a chat or telephone."""
        ...

    def returned_call(self, number: PhoneNumber) -> StaffId | None:
        """Who last called that number, or was to call it back."""
        ...
