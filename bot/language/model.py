"""What a message about somebody's whereabouts means: the values that the parser returns.

Shapes and words are those of the status language (docs/status-language.md).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """What a person is doing while an entry lasts."""

    OUT = "out"
    TRIP = "trip"
    MEETING = "meeting"
    AWAY = "away"
    BUSY = "busy"
    REMOTE = "remote"
    LEAVE = "leave"
    LATE = "late"
    LEFT = "left"
    AVAILABLE = "available"


class Basis(StrEnum):
    """How an entry's end is known. Callers are never promised an assumed or open end."""

    STATED = "stated"
    APPROX = "approx"
    ASSUMED = "assumed"
    OPEN = "open"


class Action(StrEnum):
    """What a message asks for."""

    SET = "set"
    CLEAR = "clear"
    EXTEND = "extend"
    QUERY = "query"
    ASK = "ask"
    NONE = "none"


class AskReason(StrEnum):
    """Why a message must be asked back instead of guessed."""

    PAST_TIME = "past_time"
    AMBIGUOUS = "ambiguous"
    NO_KIND = "no_kind"
    INVALID_DATE = "invalid_date"
    REVERSED_RANGE = "reversed_range"


Context = Literal["command", "chat"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of time. Instants are aware; `end` is exclusive, None where open.

    `word` is the status word as typed that decided the kind (来客, 電話中): callers may hear a
    wording by it. `note` is what is left (place, client, reason): for colleagues only.
    """

    kind: Kind
    start: datetime
    end: datetime | None
    basis: Basis
    note: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """The meaning of one message.

    `entries` only for SET, in order; `reason` only for ASK; `minutes` or `end` only for EXTEND;
    `who` the name as typed, without honorific, title or @ (None: the sender, or everyone for a QUERY).
    """

    action: Action
    entries: tuple[Entry, ...] = ()
    reason: AskReason | None = None
    minutes: int | None = None
    end: datetime | None = None
    who: str | None = None


def _no_holidays(_day: date) -> bool:
    return False


@dataclass(frozen=True)
class OfficeCalendar:
    """When an office works, in its own zone. Weekdays count from Monday, 0, to Sunday, 6."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Tokyo"))
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    opening: time = time(9)
    noon: time = time(12)
    afternoon: time = time(13)
    closing: time = time(18)
    is_holiday: Callable[[date], bool] = _no_holidays

    def is_business_day(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return day.weekday() in self.weekdays and not self.is_holiday(day)
