"""Gathers tokens into frames.

The order of words is free, so a time waits as a `Point` until a particle, a status word or the end of
its clause tells what it is: a start, an end, or the day.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, ClassVar

from bot.language.days import Day, within
from bot.language.frames import Found, Frame, Point
from bot.language.joining import goes_on, may_return, opens_next, replaces_end
from bot.language.lexicon import Role, Status
from bot.language.model import AskReason, Kind
from bot.language.phrases import INSTEAD
from bot.language.tokens import POINTS, Clock, Length, Token, Type, Unclear

_COMINGS = frozenset({Type.RETURN, Type.ARRIVE, Type.LAND})
_CAUSES = (
    "のため", "ため", "の為", "為", "により", "によって", "につき", "なので", "ですので", "中なので",
    "中のため", "中につき", "ので", "の影響で", "の都合で", "が原因で",
    "による", "のせいで", "の関係で", "のことで", "になったため", "になったので", "で", "に伴い", "due to",
)  # fmt: skip
_NOT_CAUSES = ("です", "でお願い", "できま", "ではな", "でし")
_AFTERS = (
    "のち",
    "のちに",
    "後",
    "後に",
    "後、",
    "の後",
    "のあと",
    "の後に",
    "のあとに",
    "後は",
    "後から",
    "の後は",
    "のあとは",
)
_INTO_OFFICE = re.compile("(?:会社|事務所|オフィス|本社|(?<![一-龥])社)[にへ](?:は)?[、 ]*$")
_ELSEWHERE = re.compile("社(?:にて|で|へ|に)")  # A社で打合せ
_OR = ("か", "または", "又は", "もしくは", "or", "あるいは", "か、")


def _leads(dash: Token, segment: Sequence[Token], index: int) -> bool:
    """Whether a dash stands right before a time and behind none: an end."""
    following = segment[index + 1] if index + 1 < len(segment) else None
    if following is not None and following.type is Type.GAP and not following.value.strip():
        following = segment[index + 2] if index + 2 < len(segment) else None
    before = segment[index - 1] if index else None
    behind = (
        before is None
        or before.type is not Type.GAP
        or before.value[-1:] in " ()"
        or not before.value.strip()
    )
    return (
        behind
        and following is not None
        and following.type in (Type.CLOCK, Type.DAY)
        and dash.end <= following.start
    )


def _to_office(ahead: Sequence[Token]) -> bool:
    """Whether only a time stands between 会社に and the word behind `ahead`."""
    for token in reversed(ahead):
        if token.type is Type.GAP and _INTO_OFFICE.search(token.value):
            return True
        if token.type not in POINTS and token.type not in (Type.GAP, Type.ABOUT_BEHIND):
            return False
    return False


class Reader:
    """Reads segments (what stands between two pauses) one after the other."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.frame = Frame()
        self.point = Point()
        self.expects_end = False
        self.leading: Type | None = None  # an English preposition before its time
        self.about_next = False
        self.alternative = False
        self.last: Token | None = None
        self.elsewhere = False  # A社で stands somewhere

    def read(self, segments: Iterable[Sequence[Token]]) -> list[Frame]:
        """The frames of a message.

        Raises:
            Unclear: two kinds, or two days, of which one must be meant.
        """
        for segment in segments:
            self._begin(segment)
            for index, token in enumerate(segment):
                self._take(token, segment, index)
        self._settle()
        self._close_frame()
        return self._shared()

    # --- clauses -------------------------------------------------------------------------

    def _begin(self, segment: Sequence[Token]) -> None:
        types = {token.type for token in segment}
        kinds = [token.value for token in segment if token.type is Type.KIND]
        if not self.frame.found and self.frame.comes_back and kinds:
            self._settle()
            if types & POINTS or self.frame.arrives:
                self._close_frame()
        elif self.frame.found:
            self._settle()
            if not self.frame.found:  # what was left over has opened a stretch of its own
                return
            if Type.THEN in types and not (kinds and kinds[0].role is Role.GO_HOME):
                self._close_frame()
            elif kinds:
                if not goes_on(self.frame, kinds, types):
                    self._close_frame()
            elif types & _COMINGS:
                self._come_back(segment)
        self.last = None

    def _come_back(self, segment: Sequence[Token]) -> None:
        if replaces_end(self.frame, segment):
            self.frame.end = None
        if not may_return(self.frame, segment):
            self._close_frame()

    # --- tokens --------------------------------------------------------------------------

    def _take(self, token: Token, segment: Sequence[Token], index: int) -> None:
        take = self._TAKES.get(token.type)
        if take is not None:
            take(self, token, segment, index)
        if token.type is not Type.GAP or not token.value.isspace():
            self.last = token

    def _part(self, token: Token, segment: Sequence[Token], index: int) -> None:
        self._open_point(segment, index)
        self.point.part = "morning" if token.type is Type.MORNING else "afternoon"
        if token.value:  # 午後いっぱい
            self._place_start(begins=True)
            self.frame.end = Point(clock=token.value)

    def _after(self, token: Token, segment: Sequence[Token], index: int) -> None:
        self._open_point(segment, index)
        self.point.after = token.value

    def _whole_day(self, _token: Token, segment: Sequence[Token], index: int) -> None:
        self._split_before(segment, index)
        self.frame.whole_day = True

    def _about_before(self, _token: Token, _segment: Sequence[Token], _index: int) -> None:
        self.about_next = True

    def _perhaps(self, _token: Token, _segment: Sequence[Token], _index: int) -> None:
        self.frame.perhaps = True

    def _then(self, _token: Token, _segment: Sequence[Token], _index: int) -> None:
        self._settle()
        self.frame.then = self.frame.empty

    def _open_point(self, segment: Sequence[Token], index: int) -> None:
        """Before a time: does it belong to the stretch at hand, or open the next one?"""
        if self._takes_back():
            self.point = Point()
            self.frame.end = None
        if self.point.timed and not self._is_alternative():
            if self.point.part and not self.point.clock:  # 午後の15時
                return
            self._settle()
            if self.point.timed:  # 13時A社、15時B社訪問
                self._place_start(begins=False)
        if self.point.empty and not self.expects_end:
            self._split_before(segment, index)
        if self.about_next:
            self.point.about = True
            self.about_next = False

    def _split_before(self, segment: Sequence[Token], index: int) -> None:
        frame = self.frame
        if not frame.found or not frame.timed or frame.found[-1].cause:
            return
        ahead = [token for token in segment[index + 1 :] if token.type is Type.KIND]
        if ahead and not frame.first_is_status and ahead[0].value.role not in (Role.ABSENCE, Role.GO_HOME):
            self._close_frame()

    def _takes_back(self) -> bool:
        last = self.last
        return last is not None and last.type is Type.GAP and bool(INSTEAD.match(last.value))

    def _is_alternative(self) -> bool:
        last = self.last
        return last is not None and last.type is Type.GAP and last.value.strip() in _OR

    def _clock(self, token: Token, segment: Sequence[Token], index: int) -> None:
        self._open_point(segment, index)
        clock: Clock = token.value
        if self.point.clock is not None and self._is_alternative():
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

    def _day(self, token: Token, segment: Sequence[Token], index: int) -> None:
        day: Day = token.value
        held = self.point.day
        if held is not None and not self.point.timed:
            if (joined := within(held, day)) is not None:
                self.point.day = joined
                return
            if self._is_alternative():
                raise Unclear(AskReason.AMBIGUOUS)
            if not self.expects_end and self.leading is None:
                self._split_before(segment, index)
                self.frame.days.append(held)
        elif self.point.timed:
            start = self.frame.start
            if held is None and (
                not self.expects_end or (start is not None and start.day is not None)
            ):  # 3pm Friday
                self.point.day = day
                return
            self._settle()
        elif self.frame.start and self.frame.start.day and self.frame.end and not self.frame.found:
            self._close_frame()  # 月〜水と金
        else:
            self._split_before(segment, index) if not self.expects_end else None
        self.point = Point(day=day, about=self.about_next)
        self.about_next = False

    def _length(self, token: Token, segment: Sequence[Token], index: int) -> None:
        length: Length = token.value
        if self.point.empty:
            self._split_before(segment, index)
        if self.about_next:
            length = replace(length, about=True)
            self.about_next = False
        if self.point.timed:
            self._place_start(begins=True)
        elif self.point.day is not None:
            self.frame.days.append(self.point.day)
            self.point = Point()
        self.frame.length = length
        self.expects_end = False

    def _from(self, token: Token, segment: Sequence[Token], index: int) -> None:
        if token.value:  # an English word: it stands before its time
            if self.point.timed:
                self._settle()
            self.leading = Type.FROM
            return
        if self.point.empty:
            if token.type is Type.DASH and _leads(token, segment, index):  # 〜15時
                self.leading = Type.UNTIL
            return
        if token.type is Type.SINCE and self.point.timed:
            self.point.about = True
            return
        if token.type is Type.DASH and self.expects_end and self.frame.start is not None:
            return
        self._place_start(begins=True)
        self.frame.spans = token.type is Type.DASH
        self.expects_end = True

    def _until(self, token: Token, _segment: Sequence[Token], _index: int) -> None:
        if not token.value:
            if not self.point.empty:
                self._place_end()
            return
        if self.point.timed or (self.leading is Type.FROM and not self.point.empty):  # 2pm until 4pm
            self._place_start(begins=True)
        elif self.point.day is not None:  # tomorrow until 4pm
            self.frame.topic = True
        self.leading = Type.UNTIL

    def _about(self, _token: Token, _segment: Sequence[Token], _index: int) -> None:
        if not self.point.empty:
            self.point.about = True
        elif self.last is not None and self.last.type is Type.LENGTH and self.frame.length:
            self.frame.length = replace(self.frame.length, about=True)
        elif self.frame.end is not None:
            self.frame.end.about = True

    def _kind(self, token: Token, segment: Sequence[Token], index: int) -> None:
        status: Status = token.value
        if status.kind is Kind.LEFT and _to_office(segment[:index]):  # 会社に15時に帰ります
            self._coming(token._replace(type=Type.RETURN, value=True), segment, index)
            return
        frame = self.frame
        if self._takes_back():
            frame.found.clear()
        after = (
            index > 0 and segment[index - 1].type is Type.GAP and segment[index - 1].value.strip() in _AFTERS
        )
        timed = not self.point.empty
        if (after or not self.expects_end) and opens_next(frame, status, after=after, timed=timed):
            self._close_frame()
            frame = self.frame
            frame.then = after
        if status.kind is Kind.LEFT and timed and not frame.found and frame.returns and frame.closed:
            self._close_frame()  # 16時に戻って17時に退社します
            frame = self.frame
        if frame.empty and self.point.empty:
            frame.first_is_status = True
        if not self.point.empty:
            self._point_meets(status)
        following = segment[index + 1] if index + 1 < len(segment) else None
        behind = following.value.strip() if following is not None and following.type is Type.GAP else ""
        cause = behind.startswith(_CAUSES) and not behind.startswith(_NOT_CAUSES)
        if behind == "で" and self._stands(status, last=following is segment[-1]):
            cause = False
        frame = self.frame
        frame.found.append(
            Found(
                status, token.start, token.end, cause=cause,
                alternative=bool(frame.found) and self._is_alternative(),
                bracketed=self._in_brackets(segment, index),
            )
        )  # fmt: skip
        self.expects_end = False

    @staticmethod
    def _stands(status: Status, *, last: bool) -> bool:
        """今日は在宅で、17時に上がります; 直行で11時出社: で joins what is no cause."""
        return status.role in (Role.GO_DIRECT, Role.GO_BOTH) or (status.kind is Kind.REMOTE and last)

    def _in_brackets(self, segment: Sequence[Token], index: int) -> bool:
        if not any(token.type is Type.GAP and "(" in token.value for token in segment[:index]):
            return False
        before = "".join(token.value for token in segment[:index] if token.type is Type.GAP)
        return before.count("(") > before.count(")")

    def _point_meets(self, status: Status) -> None:
        if self.expects_end or self.leading is Type.UNTIL:
            self._place_end()
        elif not self.point.timed:
            assert self.point.day is not None
            self.frame.days.append(self.point.day)
            self.point = Point()
        elif status.role in (Role.GO_DIRECT, Role.GO_BOTH):
            if self.point.day is not None:
                self.frame.days.append(self.point.day)
            self.point = Point()
        elif status.kind is Kind.LATE:
            self._place_end()
            self.frame.arrives = True
        else:
            self._place_start(begins=self.leading is Type.FROM)

    def _coming(self, token: Token, _segment: Sequence[Token], _index: int) -> None:
        frame = self.frame
        if self._takes_back():  # 明日は在宅ではなく出社します
            frame.found.clear()
            if frame.days and self.point.empty:
                self.point = Point(day=frame.days.pop())
        if token.type is not Type.FINISH:
            morning = frame.start is not None and frame.start.part == "morning" and not frame.begins
            elsewhen = bool(frame.days) and self.point.day is not None
            taken = frame.closed or frame.returns or morning or elsewhen
            if frame.found and taken and not self.point.empty and not self.expects_end:
                self._close_frame()
                frame = self.frame
                frame.then = not self.point.day
            frame.returns = frame.returns or token.type is not Type.ARRIVE
            frame.to_office = frame.to_office or token.value is True or (frame.returns and self.elsewhere)
            frame.arrives = frame.arrives or token.type is Type.ARRIVE
            frame.lands = token.type is Type.LAND
        if frame.empty or not frame.found:
            frame.first_is_status = frame.first_is_status or self.point.empty
        if not self.point.empty:
            self._place_end()
        elif self.expects_end and frame.end is None:  # 午後から出社
            frame.end, frame.start = frame.start, None
        self.expects_end = False

    def _gap(self, token: Token, _segment: Sequence[Token], _index: int) -> None:
        if token.type is Type.GAP:
            if self.point.day is not None and not self.point.timed:
                self.frame.topic = self.frame.topic or token.value.lstrip().startswith("は")
            self.elsewhere = self.elsewhere or bool(_ELSEWHERE.search(token.value))
        self.frame.pieces.append((token.start, token.end))

    # --- points become starts, ends and days ---------------------------------------------

    def _place_start(self, *, begins: bool) -> None:
        frame = self.frame
        if frame.start is not None or (frame.end is not None and frame.found):
            self._close_frame()
            frame = self.frame
        frame.start, self.point = self.point, Point()
        frame.begins = begins
        self.leading = None

    def _place_end(self) -> None:
        frame = self.frame
        if frame.end is not None:
            self._close_frame()
            frame = self.frame
        frame.end, self.point = self.point, Point()
        self.expects_end = False
        self.leading = None

    def _settle(self) -> None:
        """What a point means that no particle followed before its clause ended."""
        if self.point.empty:
            self.leading = None
            return
        frame = self.frame
        if self.leading is Type.FROM:
            self._place_start(begins=True)
            self.expects_end = True
        elif self.expects_end or self.leading is Type.UNTIL or frame.comes_back:
            self._place_end()
        elif not frame.found and not frame.timed:
            return  # 15時、会議
        elif not self.point.timed:
            assert self.point.day is not None
            if frame.days and frame.found:
                return
            frame.days.append(self.point.day)
            self.point = Point()
        elif frame.found and frame.found[-1].status.kind is Kind.LATE:
            self._place_end()
        else:
            self._place_start(begins=False)

    def _close_frame(self) -> None:
        if not self.frame.empty:
            self.frames.append(self.frame)
        self.frame = Frame()
        self.expects_end = False

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
        for index in range(len(frames) - 2, -1, -1):
            if not frames[index].found and not frames[index].comes_back:
                frames[index].found = frames[index + 1].found
        for before, frame in pairwise(frames):
            if not frame.found and not frame.comes_back:
                frame.found = before.found
        return frames

    _TAKES: ClassVar[dict[Type, Callable[[Any, Token, Sequence[Token], int], None]]] = {
        Type.CLOCK: _clock,
        Type.DAY: _day,
        Type.AFTER: _after,
        Type.MORNING: _part,
        Type.AFTERNOON: _part,
        Type.WHOLE_DAY: _whole_day,
        Type.LENGTH: _length,
        Type.FROM: _from,
        Type.SINCE: _from,
        Type.DASH: _from,
        Type.UNTIL: _until,
        Type.BY: _until,
        Type.ABOUT: _about_before,
        Type.ABOUT_BEHIND: _about,
        Type.PERHAPS: _perhaps,
        Type.KIND: _kind,
        Type.RETURN: _coming,
        Type.LAND: _coming,
        Type.ARRIVE: _coming,
        Type.FINISH: _coming,
        Type.THEN: _then,
        Type.GAP: _gap,
        Type.INNOCENT: _gap,
        Type.NAME: _gap,
    }
