"""What the scanner hands to the grammar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from bot.language.model import AskReason


class Unclear(Exception):  # noqa: N818 - a question to the sender, not an error
    """A message that must be asked back. Never leaves this package."""

    def __init__(self, reason: AskReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Type:
    """A token's place in the grammar: one object for each, compared by identity.

    No Enum: looking a member up costs it three times as much in Python 3.11, and every message asks
    a few hundred times.
    """

    __slots__ = ("name",)

    GAP: ClassVar["Type"]  # whatever no word of ours matched
    INNOCENT: ClassVar["Type"]  # a word that only looks like a status
    FILLER: ClassVar["Type"]  # means nothing by itself
    NUMBER: ClassVar["Type"]
    CLOCK: ClassVar["Type"]
    DAY: ClassVar["Type"]
    LENGTH: ClassVar["Type"]
    AFTER: ClassVar["Type"]  # a length from now: 20分後
    MORNING: ClassVar["Type"]
    AFTERNOON: ClassVar["Type"]
    WHOLE_DAY: ClassVar["Type"]
    FROM: ClassVar["Type"]
    UNTIL: ClassVar["Type"]
    BY: ClassVar["Type"]
    SINCE: ClassVar["Type"]
    DASH: ClassVar["Type"]
    ABOUT: ClassVar["Type"]  # before a time
    ABOUT_BEHIND: ClassVar["Type"]
    PERHAPS: ClassVar["Type"]  # anywhere in the clause
    KIND: ClassVar["Type"]
    RETURN: ClassVar["Type"]
    ARRIVE: ClassVar["Type"]
    LAND: ClassVar["Type"]
    FINISH: ClassVar["Type"]
    CLEAR: ClassVar["Type"]
    CANCEL: ClassVar["Type"]
    FINISHED: ClassVar["Type"]
    EXTEND: ClassVar["Type"]
    CHANGE: ClassVar["Type"]
    MORE: ClassVar["Type"]
    BECOME: ClassVar["Type"]
    THEN: ClassVar["Type"]
    PAST: ClassVar["Type"]
    REPEATED: ClassVar["Type"]
    NAME: ClassVar["Type"]
    SUBJECT: ClassVar["Type"]  # the name of whom a sentence is about
    PAUSE: ClassVar["Type"]  # 、 and the like
    STOP: ClassVar["Type"]  # 。 and the end of a line
    QUESTION: ClassVar["Type"]

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Type.{self.name}"


for _name in Type.__annotations__:
    setattr(Type, _name, Type(_name))


POINTS = frozenset(
    {Type.CLOCK, Type.DAY, Type.AFTER, Type.LENGTH, Type.MORNING, Type.AFTERNOON, Type.WHOLE_DAY}
)
"""What names a time, a day or a length."""


class Token(NamedTuple):
    """A piece of the folded text, `[start, end)`. `value` is what the type says it is."""

    type: Type
    value: Any
    start: int
    end: int


class Clause(list[Token]):
    """Tokens that stand together, between two pauses or two full stops; `types` are all of theirs."""

    __slots__ = ("types",)

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        super().__init__(tokens)
        self.types = {token.type for token in self}

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
