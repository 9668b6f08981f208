"""What the scanner hands to the grammar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.language.model import AskReason
from bot.language.parts import Type


class Unclear(Exception):  # noqa: N818 - a question to the sender, not an error
    """A message that must be asked back. Never leaves this package."""

    def __init__(self, reason: AskReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Token:
    """A piece of the folded text, `[start, end)`. `value` is what the type says it is."""

    type: Type
    value: Any
    start: int
    end: int


class Clause(list[Token]):
    """Tokens that stand together, between two pauses or two full stops; `types` are all of theirs.

    `opens`: it begins another sentence than the clause before it.
    """

    __slots__ = ("opens", "types")

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self.extend(tokens)
        self.types = {token.type for token in self}
        self.opens = False

    def has(self, types: frozenset[Type]) -> bool:
        """Whether a token of one of `types` is among them."""
        return not types.isdisjoint(self.types)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: minutes from midnight, or a name whose minutes the office calendar knows.

    `bare` is an hour of 1 to 12 that may mean either half of the day. `wrong` is no time at all (15:70).
    """

    minutes: int = 0
    bare: bool = False
    about: bool = False
    name: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time: minutes, or whole days where `days` is set."""

    minutes: int = 0
    days: int = 0
    months: int = 0
    about: bool = False
