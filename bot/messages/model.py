"""A message from a caller, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SUBJECT = "message"
"""The subject of a message's cards."""
BUNDLE = "bundle"
"""The subject of a card with several messages, for somebody who is back."""
REMINDER = "reminder"
"""The subject of a card that says again what is not done; its id is `message:step`."""


class Why(StrEnum):
    """Why somebody has a message."""

    OWN = "own"
    LEAVE = "leave"  # the person is on leave; they stand in
    BACKUP = "backup"  # the person has not dealt with it for long
    MANAGER = "manager"
    RULE = "rule"  # a rule of the office


class Held(StrEnum):
    """What a message waits for before a person sees it."""

    LEAVE = "leave"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class CallerFacts:
    """Who called, as far as they said.

    `number` is E.164 where it is valid, else empty; `number_said` is what they said, for people to
    read; `verified`: read back and confirmed.
    """

    company: str = ""
    name: str = ""
    number: str = ""
    number_said: str = ""
    verified: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.name or self.company)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to be filed. Texts are what people read; `promise_due_at` is an aware instant.

    `details` are facts for the card: seconds, recording, mail_given, language, asked… `done_by` is who
    has spoken to the caller already, so that nothing is left to do.
    """

    staff: str | None
    caller: CallerFacts
    wish: str = ""
    body: str = ""
    told: str = ""
    promise: str = ""
    promise_due_at: datetime | None = None
    urgent: bool = False
    department: str | None = None
    call: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    done_by: str | None = None
