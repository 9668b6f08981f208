"""Gathers tokens into frames.

The order of words is free, so a time waits as a `Point` until a particle, a status word or the end of
its clause tells what it is: a start, an end, or the day.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Any, ClassVar

from bot.language import around, parts
from bot.language.causes import without_causes
from bot.language.days import Day, within
from bot.language.frames import Frame, Point
from bot.language.joining import goes_on, is_cause, is_joint, may_return, replaces_end
from bot.language.lexicon import OUTLOOK, Role, Status
from bot.language.model import AskReason, Kind
from bot.language.parts import Type
from bot.language.stating import Stating
from bot.language.tokens import Clause, Clock, Length, Token, Unclear

_COMINGS = frozenset({parts.RETURN, parts.ARRIVE, parts.LAND})
_PART_OF_DAY = frozenset({parts.CLOCK, parts.MORNING, parts.AFTERNOON})
_AS_USUAL = re.compile("通常|普段|いつも|普通|平常")
_ELSEWHERE = re.compile("社(?:にて|で|へ|に)|@\\S*社")  # A社で打合せ


class Reader(Stating):
    """Reads segments (what stands between two pauses) one after the other."""

    def read(self, segments: Sequence[Clause]) -> list[Frame]:
        """The frames of a message.

        Raises:
            Unclear: two kinds, or two days, of which one must be meant.
        """
        takes = self._TAKES
        for segment, self.following in zip_longest(segments, segments[1:]):
            if self._back_at_work(segment) or self._adds_nothing(segment):
                continue
            if parts.THEN in segment.types:
                self._go_straight_home(segment)
            self._begin(segment)
            for index, token in enumerate(segment):
                type_ = token.type
                if type_ in takes:
                    takes[type_](self, token, segment, index)
                if type_ is not parts.GAP or not token.value.isspace():
                    self.last = token
        self.settle()
        if not self.frame.empty:
            self.frames.append(self.frame)
        return without_causes(self._shared())

    # --- clauses -------------------------------------------------------------------------

    def _begin(self, segment: Clause) -> None:
        types = segment.types
        kinds = [token.value for token in segment if token.type is parts.KIND] if parts.KIND in types else []
        if (
            parts.BECOME in types and self.frame.returns and not kinds
        ):  # 15時戻りの予定でしたが、16時になります
            self.frame.end, self.expects_end = None, True
        elif not self.frame.found and self.frame.comes_back and kinds:
            self.settle()
            then = parts.THEN in types  # 16時に戻ります、その後会議です
            if then or segment.has(parts.POINTS) or (self.frame.arrives and not is_cause(kinds)):
                self.close_frame()
        elif segment.opens and kinds and self._is_cause_of_another_day(segment):
            self._conclude()
        elif self.frame.found:
            self._begin_behind(segment, kinds)
        self.last = None
        self.brackets = 0

    def _begin_behind(self, segment: Clause, kinds: Sequence[Status]) -> None:
        """Whether a clause goes on with what the one before it stated."""
        types = segment.types
        self.settle()
        if self.frame.found:  # else what was left over has opened a stretch of its own
            if parts.THEN in types and not (kinds and kinds[0].role is Role.GO_HOME):
                self.close_frame()
            elif kinds and not around.comes_first(segment):
                today = types - {parts.DAY} if around.is_today(segment) else types
                if not (goes_on(self.frame, kinds, today) or is_joint(self.frame, kinds, segment)):
                    self.close_frame()
            elif segment.has(_COMINGS):
                self._come_back(segment)

    def _is_cause_of_another_day(self, segment: Clause) -> bool:
        found = self.frame.found
        causes = bool(found) and all(word.cause or word.status.role is Role.CAUSE for word in found)
        return causes and parts.DAY in segment.types and not around.is_today(segment)

    def _conclude(self) -> None:
        """電話中なので後でかけ直します。明日は在宅です: what gave no reason of the next sentence stands."""
        self.settle()
        for word in self.frame.found:
            word.cause = False
        self.close_frame()

    def _go_straight_home(self, segment: Clause) -> None:
        """客先で打ち合わせ、そのまま帰ります: from outside one goes home as by 直帰."""
        outside = any(word.status.kind is Kind.OUT for word in self.frame.found)
        last: Token | None = None
        for index, token in enumerate(segment):
            if token.type is parts.KIND:
                straight = last is not None and last.type is parts.THEN
                if straight and token.value.kind is Kind.LEFT and (outside or self.elsewhere):
                    segment[index] = replace(token, value=Status(Kind.OUT, Role.GO_HOME))
                outside = token.value.kind is Kind.OUT
            last = token

    def _back_at_work(self, segment: Clause) -> bool:
        """1/4まで休暇、1/5から出社します, 金曜は通常通り出社します: there is nothing to tell of it."""
        types = segment.types
        if parts.ARRIVE not in types or parts.DAY not in types:
            return False
        if parts.KIND in types or segment.has(_PART_OF_DAY):
            return False
        if any(token.type is parts.GAP and _AS_USUAL.search(token.value) for token in segment):
            return True
        covered = bool(self.frame.found) and (self.frame.end is not None or bool(self.frame.days))
        return covered and parts.FROM in types

    def _adds_nothing(self, segment: Clause) -> bool:
        """10分席を外します、すぐ戻ります; 金曜まで出張です、行ってきます: no stretch of its own."""
        frame = self.frame
        if not frame.found:
            return False
        return (frame.closed and around.is_soon_back(segment)) or (
            frame.timed and around.takes_leave(segment)
        )

    def _come_back(self, segment: Clause) -> None:
        if replaces_end(self.frame, segment):
            self.frame.end = self.frame.length = None
        if not may_return(self.frame, segment):
            self.close_frame()

    # --- tokens --------------------------------------------------------------------------

    def _part(self, token: Token, segment: Clause, index: int) -> None:
        self.open_point(segment, index)
        self.point.part = "morning" if token.type is parts.MORNING else "afternoon"
        if token.value:  # 午後いっぱい
            self.place_start(begins=True)
            self.frame.end = Point(clock=token.value)

    def _after(self, token: Token, segment: Clause, index: int) -> None:
        self.open_point(segment, index)
        self.point.after = token.value
        self.point.about = self.point.about or token.value.about

    def _whole_day(self, _token: Token, segment: Clause, index: int) -> None:
        self.split_before(segment, index)
        self.frame.whole_day = True

    def _about_before(self, _token: Token, _segment: Clause, _index: int) -> None:
        self.about_next = True

    def _perhaps(self, token: Token, segment: Clause, index: int) -> None:
        self.frame.perhaps = True
        self.point.outlook = token.value == OUTLOOK and not around.is_topic(segment, index - 1)

    def _then(self, _token: Token, segment: Clause, index: int) -> None:
        self.settle()
        if self.frame.found and self.frame.timed and around.ends_before(segment, index):
            self.close_frame()
        self.frame.then = self.frame.empty or (self.frame.comes_back and not self.frame.timed)

    def _clock(self, token: Token, segment: Clause, index: int) -> None:
        if self.point.part and not self.point.clock and around.runs_until(segment, index):
            self.place_start(begins=True)
            self.expects_end = True
        self.open_point(segment, index)
        clock: Clock = token.value
        if self.point.clock is not None and self.is_alternative():
            earlier = self.point.clock
            later = clock if earlier.name or clock.name or clock.minutes >= earlier.minutes else earlier
            self.point.clock, self.point.about = later, True
            return
        if self.point.part and not clock.name and clock.bare:  # 午後、3時
            minutes = clock.minutes % 720 + (720 if self.point.part == "afternoon" else 0)
            clock = replace(clock, minutes=minutes, bare=False)
        self.point.part = None
        self.point.clock = clock
        self.point.about = self.point.about or clock.about

    def _day(self, token: Token, segment: Clause, index: int) -> None:
        day: Day = token.value
        held = self.point.day
        if held is not None and not self.point.timed:
            if (joined := within(held, day)) is not None:
                self.point.day = joined
                self.frame.topic = False  # 今週は木曜まで
                return
            if self.is_alternative():
                raise Unclear(AskReason.AMBIGUOUS)
            if not self.expects_end and self.leading is None:
                self.split_before(segment, index)
                self.frame.days.append(held)
        elif self.point.timed:
            start = self.frame.start
            if held is None and (
                not self.expects_end or (start is not None and start.day is not None)
            ):  # 3pm Friday
                self.point.day = day
                return
            self.settle()
        elif self.frame.start and self.frame.start.day and self.frame.end and not self.frame.found:
            self.close_frame()  # 月〜水と金
        else:
            self.split_before(segment, index) if not self.expects_end else None
        self.point = Point(day=day, about=self.about_next)
        self.about_next = False

    def _length(self, token: Token, segment: Clause, index: int) -> None:
        length: Length = token.value
        if around.leaves_in(segment, index):
            self._after(token, segment, index)
            return
        if self.point.empty:
            self.split_before(segment, index)
        if self.about_next:
            length = replace(length, about=True)
            self.about_next = False
        if self.point.timed:
            self.place_start(begins=True)
        elif self.point.day is not None:
            self.frame.days.append(self.point.day)
            self.point = Point()
        self.frame.length = length
        self.expects_end = False

    def _from(self, token: Token, segment: Clause, index: int) -> None:
        if token.value:  # an English word: it stands before its time
            if self.point.timed:
                self.settle()
            self.leading = parts.FROM
            return
        if self.point.empty:
            if token.type is parts.DASH and around.leads(token, segment, index):  # 〜15時
                self.leading = parts.UNTIL
            return
        if token.type is parts.SINCE and self.point.timed:
            self.point.about = True
            return
        if token.type is parts.DASH and self.expects_end and self.frame.start is not None:
            return
        if token.type is parts.DASH and around.is_between(segment, index):
            self.point, self.about_next = Point(day=self.point.day), True
            return
        self.place_start(begins=True)
        self.frame.spans = token.type is parts.DASH
        self.expects_end = True

    def _until(self, token: Token, segment: Clause, index: int) -> None:
        if not token.value:
            if not self.point.empty:
                self.place_end()
            return
        first = self.leading is parts.FROM or around.is_before_a_day(segment, index)  # Tuesday until Thursday
        if self.point.timed or (first and not self.point.empty):  # 2pm until 4pm
            self.place_start(begins=True)
        elif self.point.day is not None:  # tomorrow until 4pm
            self.frame.topic = True
        self.leading = parts.UNTIL

    def _about(self, _token: Token, _segment: Clause, _index: int) -> None:
        if not self.point.empty:
            self.point.about = True
        elif self.last is not None and self.last.type is parts.LENGTH and self.frame.length:
            self.frame.length = replace(self.frame.length, about=True)
        elif self.frame.end is not None:
            self.frame.end.about = True

    def _gap(self, token: Token, _segment: Clause, _index: int) -> None:
        if token.type is parts.GAP:
            if self.last is not None and self.last.type is parts.DAY and not self.point.timed:
                self.frame.topic = self.frame.topic or token.value.lstrip().startswith("は")
            if "社" in token.value and _ELSEWHERE.search(token.value):
                self.elsewhere = True
            if "(" in token.value or ")" in token.value:
                self.brackets += token.value.count("(") - token.value.count(")")
        self.frame.pieces.append((token.start, token.end))

    def _shared(self) -> list[Frame]:
        """A stretch without a status word has that of the one after it, or else before it."""
        frames = self.frames
        if not self.point.empty:  # a time that met no word at all
            loose = Frame()
            if self.point.timed:
                loose.start = self.point
            elif self.point.day is not None:
                loose.days.append(self.point.day)
            frames.append(loose)
        if len(frames) == 1:
            return frames
        for index in range(len(frames) - 2, -1, -1):
            if not frames[index].found and not frames[index].comes_back:
                frames[index].found = frames[index + 1].found
        for before, frame in pairwise(frames):
            if not frame.found and not frame.comes_back:
                frame.found = before.found
        return frames

    _TAKES: ClassVar[dict[Type, Callable[[Any, Token, Clause, int], None]]] = {
        parts.CLOCK: _clock,
        parts.DAY: _day,
        parts.AFTER: _after,
        parts.MORNING: _part,
        parts.AFTERNOON: _part,
        parts.WHOLE_DAY: _whole_day,
        parts.LENGTH: _length,
        parts.FROM: _from,
        parts.SINCE: _from,
        parts.DASH: _from,
        parts.UNTIL: _until,
        parts.BY: _until,
        parts.ABOUT: _about_before,
        parts.ABOUT_BEHIND: _about,
        parts.PERHAPS: _perhaps,
        parts.KIND: Stating.take_kind,
        parts.RETURN: Stating.take_coming,
        parts.LAND: Stating.take_coming,
        parts.ARRIVE: Stating.take_coming,
        parts.FINISH: Stating.take_coming,
        parts.THEN: _then,
        parts.GAP: _gap,
        parts.INNOCENT: _gap,
        parts.NAME: _gap,
    }
