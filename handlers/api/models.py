"""The shapes of the API's requests and answers. `/openapi.json` is made from them.

Instants are RFC 3339 with an offset: any offset in requests, the office's own in answers.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    model_validator,
)

from bot.language.model import Basis, Kind
from bot.office.model import Role

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(2000, 2101)


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a NUL character is no text")
    return text


def _within_reason(at: datetime) -> datetime:
    if at.year not in _YEARS:
        raise ValueError("the year is not of this century")
    return at


def _written_out(day: object) -> object:
    if isinstance(day, str) and not _DAY.fullmatch(day):
        raise ValueError("write a day as 2026-11-24")
    return day


def _stripped(text: str) -> str:
    return text.strip()


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, AfterValidator(_stripped), Field(max_length=100)]
Id = Annotated[Text, Field(min_length=1, max_length=64)]
Day = Annotated[date, BeforeValidator(_written_out), Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reason)]


class Request(BaseModel):
    """What programs send: an unknown key is a mistake worth hearing of."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What they get: every key is always there."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Error(Answer):
    """Why a request was refused. `field` is the key, parameter or header that is wrong."""

    error: str
    detail: str
    field: str | None


class Nothing(Request):
    """No parameters."""


# ---- people and presence -------------------------------------------------------------------------


class Staff(Answer):
    """Somebody of the office. Telephone numbers of staff are never given out, mail only where shared."""

    id: str
    name: str
    reading: str
    department: str | None
    title: str | None
    email: str | None = Field(description="Only where the person lets callers have it (`share_email`).")
    role: Role
    chats: list[Literal["slack", "line"]] = Field(description="The chats in which the person is asked.")
    telephone: bool = Field(description="Whether calls can be put through.")


class StaffList(Answer):
    staff: list[Staff]


class Presence(Answer):
    """What holds for one person now. `kind` is null where nothing is set."""

    staff: str
    name: str
    department: str | None
    version: int = Field(description="Counts the changes told to the routing backends.")
    kind: Kind | None
    start: datetime | None
    end: datetime | None = Field(description="Exclusive; null where open.")
    basis: Basis | None = Field(description="How the end is known; callers hear only stated and approx.")
    note: str = Field(description="Place, client, reason: for colleagues, never for callers.")
    overdue: bool = Field(description="A stated return has passed and nothing was heard since.")
    on_call: bool = Field(description="The person's telephone rings or is bridged for a caller.")
    reachable: bool = Field(description="Whether an ordinary call may be tried now.")
    say: str = Field(description="The sentence that callers hear, word for word.")


class PresenceList(Answer):
    presence: list[Presence]


class PresenceChange(Request):
    """Either `text`, in the words of the status language, or `kind` with its times; `kind` null clears.

    Without `start` it begins now. Without `end` it ends as the same word typed in chat would, unless
    `basis` is `open`.
    """

    text: Annotated[Text, Field(min_length=1, max_length=500)] | None = None
    kind: Kind | None = None
    start: Moment | None = None
    end: Moment | None = None
    basis: Basis | None = None
    note: Annotated[Text, Field(max_length=500)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "PresenceChange":
        given = self.model_fields_set
        if self.text is not None and given - {"text"}:
            raise ValueError("`text` says it all: send it alone")
        if self.text is None and "kind" not in given:
            raise ValueError("send `text`, or `kind` (null clears)")
        if self.kind is None and given - {"text", "kind"}:
            raise ValueError("nothing goes with a `kind` of null")
        if self.basis is Basis.OPEN and self.end is not None:
            raise ValueError("an open entry has no `end`")
        if self.basis in (Basis.STATED, Basis.APPROX) and self.end is None:
            raise ValueError(f"a basis of {self.basis} needs an `end`")
        return self


class EntryShown(Answer):
    """One stretch of time that was set."""

    kind: Kind
    start: datetime
    end: datetime | None
    basis: Basis
    note: str


class PresenceChanged(Answer):
    """What was set, and what holds now."""

    change: str = Field(description="The id of the change.")
    entries: list[EntryShown] = Field(description="Empty where something was cleared.")
    presence: Presence


# ---- transfers and messages ----------------------------------------------------------------------


class Caller(Request):
    """Who calls, as far as is known. A number that is no telephone number is kept as it was said."""

    name: Name | None = None
    company: Name | None = None
    number: Annotated[Text, AfterValidator(_stripped), Field(max_length=40)] | None = None


class NewTransfer(Request):
    """A wish to have somebody asked whether they take a call."""

    staff: Id
    caller: Caller | None = None
    purpose: Annotated[Text, Field(max_length=500)] | None = None
    urgent: bool = False
    seconds: Annotated[int, Field(ge=5, le=120)] | None = Field(
        None, description="How long each person is asked; the office's own setting where it is left out."
    )


TransferOutcome = Literal["asking", "accepted", "declined", "promised", "expired", "cancelled"]


class Transfer(Answer):
    """How the asking stands. `by` is the staff id of whoever decided it, `at` when."""

    id: str
    staff: str
    state: TransferOutcome
    reason: str | None = Field(description="Why it ended so: declined, message, no_answer, expired…")
    promise_minutes: int | None = Field(description="In how many minutes a call back was promised.")
    by: str | None
    at: datetime | None
    caller: "CallerShown"
    purpose: str
    urgent: bool
    created_at: datetime
    expires_at: datetime = Field(description="When asking ends at the latest.")


class Wait(Request):
    """How long to wait for an outcome."""

    wait: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = Field(
        0, description="Seconds to wait for an outcome; the answer comes as soon as there is one."
    )


class NewMessage(Request):
    """A message from a caller. Without `staff` it goes to the calls channel."""

    staff: Id | None = None
    caller: Caller | None = None
    body: Annotated[Text, Field(min_length=1, max_length=5000)]
    urgent: bool = False
    promise: (
        Annotated[Text, Field(max_length=300)] | Annotated[int, Field(strict=True, ge=1, le=43200)] | None
    ) = Field(
        None,
        description="What the caller was promised: words, which may say a time (30分後, 本日中, 明日10時), "
        "or the minutes within which to call back.",
    )


class CallerShown(Answer):
    """Who called. `number` is E.164; `number_said` what was said where that is no dialable number."""

    name: str
    company: str
    number: str
    number_said: str


class Message(Answer):
    """A caller's message."""

    id: str
    call: str | None
    staff: str | None
    department: str | None
    caller: CallerShown
    urgent: bool
    wish: str
    body: str
    told: str = Field(description="What the caller was told.")
    promise: str
    promise_due_at: datetime | None
    state: Literal["open", "done"]
    done_by: str | None
    done_at: datetime | None
    created_at: datetime


class MessageList(Answer):
    messages: list[Message]
    next: str | None = Field(description="The `cursor` of the next page; null on the last one.")


class Page(Request):
    """One page of a list, the newest first."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[Text, Field(max_length=200)] | None = None
    staff: Id | None = None
    since: Moment | None = Field(None, description="Nothing older than this.")
    until: Moment | None = Field(None, description="Only what is older than this.")


class MessagePage(Page):
    """One page of the messages."""

    state: Literal["open", "done"] | None = None


class ExportDays(Request):
    """Days of the office, both included: a month, or from one to another; all where none is given."""

    month: Annotated[Text, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")] | None = Field(
        None, description="2026-11; not with `from` or `to`."
    )
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "ExportDays":
        if self.month and (self.from_ or self.to):
            raise ValueError("name a month or days, not both")
        return self


class Csv(RootModel[str]):
    """Comma-separated values, the header first; no cell is a formula."""


class HeldOf(Answer):
    """Everything that is held of somebody: by table its rows, as they are stored."""

    held: dict[str, list[dict[str, Any]]]


class Call(Answer):
    """A telephone call that came in."""

    id: str
    number: str = Field(description="The caller's number in E.164; empty where it was withheld.")
    called: str = Field(description="Which of the office's numbers was called.")
    staff: str | None
    state: str
    outcome: str | None
    started_at: datetime
    ended_at: datetime | None
    seconds: int | None


class CallList(Answer):
    calls: list[Call]
    next: str | None = Field(description="The `cursor` of the next page; null on the last one.")
