"""What the scanner hands to the grammar."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from bot.language.model import AskReason


class Unclear(Exception):  # noqa: N818 - a question to the sender, not an error
    """A message that must be asked back. Never leaves this package."""

    def __init__(self, reason: AskReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Type(Enum):
    """A token's place in the grammar."""

    __hash__ = object.__hash__  # members are one of a kind: no need to hash their names

    GAP = auto()  # whatever no word of ours matched
    INNOCENT = auto()  # a word that only looks like a status
    FILLER = auto()  # means nothing by itself
    NUMBER = auto()
    CLOCK = auto()
    DAY = auto()
    LENGTH = auto()
    AFTER = auto()  # a length from now: 20分後
    MORNING = auto()
    AFTERNOON = auto()
    WHOLE_DAY = auto()
    FROM = auto()
    UNTIL = auto()
    BY = auto()
    SINCE = auto()
    DASH = auto()
    ABOUT = auto()  # before a time
    ABOUT_BEHIND = auto()
    PERHAPS = auto()  # anywhere in the clause
    KIND = auto()
    RETURN = auto()
    ARRIVE = auto()
    LAND = auto()
    FINISH = auto()
    CLEAR = auto()
    CANCEL = auto()
    FINISHED = auto()
    EXTEND = auto()
    CHANGE = auto()
    MORE = auto()
    BECOME = auto()
    THEN = auto()
    PAST = auto()
    REPEATED = auto()
    NAME = auto()
    SUBJECT = auto()  # the name of whom a sentence is about
    PAUSE = auto()  # 、 and the like
    STOP = auto()  # 。 and the end of a line
    QUESTION = auto()


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
