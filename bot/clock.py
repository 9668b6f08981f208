"""The only reader of the time.

Every instant in the product is an aware `datetime`; what is stored and compared is UTC, an
office's zone is applied where people read or hear it.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Handed to whatever needs it; nothing else reads a clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands still until it is told otherwise: for tests and what-if questions."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Move to an aware instant, forwards or back."""
        self._at = at.astimezone(UTC)

    def passes(self, **how_long: float) -> None:
        """Let time pass: `clock.passes(minutes=5)`, the names of `timedelta`."""
        self._at += timedelta(**how_long)
