"""What a clause says before it is worked out: a frame is one stretch of time as said."""

from dataclasses import dataclass, field
from typing import Literal

from bot.language.days import Day
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.tokens import Clock, Length

Part = Literal["morning", "afternoon"]
_NAMED_HALVES = frozenset({Role.HALF_MORNING, Role.HALF_AFTERNOON})


@dataclass(slots=True)
class Point:
    """A moment or a day, as far as it has been said."""

    day: Day | None = None
    clock: Clock | None = None
    after: Length | None = None
    part: Part | None = None
    about: bool = False
    outlook: bool = False  # 目処: until about then, of what goes on

    @property
    def empty(self) -> bool:
        return self.day is None and self.clock is None and self.after is None and self.part is None

    @property
    def timed(self) -> bool:
        """Whether it names more than a day."""
        return self.clock is not None or self.after is not None or self.part is not None


@dataclass(slots=True)
class Found:
    """A status word in its clause. `cause`: のため or the like follows. `alternative`: か stands before."""

    status: Status
    start: int
    end: int
    cause: bool = False
    alternative: bool = False
    bracketed: bool = False
    begun: bool = False  # 会議中


@dataclass(slots=True)
class Frame:
    """One stretch of time as said."""

    found: list[Found] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    topic: bool = False  # the day carries は
    start: Point | None = None
    begins: bool = False  # the start is said with から or as a range
    spans: bool = False  # ... by a dash, which may also mean "between"
    end: Point | None = None
    returns: bool = False  # the end is a coming back
    to_office: bool = False  # ... at the office, from outside (帰社), or from a meeting elsewhere (A社で)
    arrives: bool = False  # ... for the first time that day
    lands: bool = False  # ... or just somewhere (15時着)
    length: Length | None = None
    whole_day: bool = False
    then: bool = False
    perhaps: bool = False
    pieces: list[tuple[int, int]] = field(default_factory=list)  # where notes may stand
    first_is_status: bool = False
    goes_home: bool = False  # from what has an end of its own: 定時まで外出 直帰

    @property
    def timed(self) -> bool:
        return bool(self.start or self.end or self.length or self.days or self.whole_day)

    @property
    def takes_half(self) -> bool:
        """Whether its word says which half of the day it takes: 午前半休, which needs no other time."""
        return bool(self.found) and self.found[-1].status.role in _NAMED_HALVES

    @property
    def closed(self) -> bool:
        return self.end is not None or self.length is not None

    @property
    def takes_part(self) -> bool:
        """Whether it is a meeting: 会議は15時から16時まで出ます."""
        return bool(self.found) and self.found[-1].status.kind is Kind.MEETING

    @property
    def comes_back(self) -> bool:
        return self.returns or self.arrives

    @property
    def empty(self) -> bool:
        return not (self.found or self.timed or self.comes_back)
