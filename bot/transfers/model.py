"""The words of a transfer: its states, its ends, and what staff may answer."""

from dataclasses import dataclass
from enum import StrEnum

SUBJECT = "offer"
"""The subject of an offer's cards."""
DECLINED = "declined"
"""The result of a leg whose person pressed 2 instead of 1."""


class TransferState(StrEnum):
    """How a transfer stands.

    ASKING and ACCEPTED (their telephone rings) are live; the rest are ends, CONNECTED until the two
    hang up.
    """

    ASKING = "asking"
    ACCEPTED = "accepted"
    CONNECTED = "connected"
    DECLINED = "declined"
    PROMISED = "promised"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


LIVE = (TransferState.ASKING, TransferState.ACCEPTED)


class OfferState(StrEnum):
    """How one person's offer stands."""

    ASKING = "asking"
    ACCEPTED = "accepted"
    CONNECTED = "connected"
    DECLINED = "declined"
    PROMISED = "promised"
    MESSAGE = "message"
    PASSED = "passed"  # to somebody else
    EXPIRED = "expired"
    NO_ANSWER = "no_answer"  # accepted, but the telephone was not answered
    CLOSED = "closed"  # somebody else took it, or the caller is gone


class LegState(StrEnum):
    """How a staff member's telephone stands."""

    PLACING = "placing"
    RINGING = "ringing"
    SCREENING = "screening"  # answered; hears who calls, has not pressed 1
    BRIDGED = "bridged"
    OVER = "over"


class Answer(StrEnum):
    """What a person asked may answer; the names of the buttons."""

    ACCEPT = "transfer_accept"
    DECLINE = "transfer_decline"
    PROMISE_5 = "transfer_promise_5"
    PROMISE_30 = "transfer_promise_30"
    MESSAGE = "transfer_message"
    OTHER = "transfer_other"

    @property
    def minutes(self) -> int | None:
        return {Answer.PROMISE_5: 5, Answer.PROMISE_30: 30}.get(self)


class Verdict(StrEnum):
    """What became of a tap."""

    TAKEN = "taken"  # it counts
    AGAIN = "again"  # the same person had answered so already
    LATE = "late"  # somebody else was first, or it is over
    NOT_ASKED = "not_asked"
    NO_TELEPHONE = "no_telephone"
    ENGAGED = "engaged"  # their telephone is ringing or bridged already
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TapResult:
    """The answer to a tap: what became of it, how the transfer stands, and who decided.

    `own` is how the tapping person's offer stood, None where it is not theirs.
    """

    verdict: Verdict
    answer: Answer
    state: TransferState | None = None
    reason: str | None = None
    decided_by: str | None = None
    promise_minutes: int | None = None
    own: OfferState | None = None
