"""The stretch at hand while a message is read, and how times become its start, its end and its days."""

from bot.language import parts
from bot.language.frames import Frame, Point
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.parts import Type
from bot.language.phrases import INSTEAD, OR
from bot.language.tokens import Clause, Token

_NOON = 12 * 60
# Named times that also name the part of the day around them: from, and up to.
_PARTS = {
    "opening": (5 * 60, _NOON),
    "noon": (11 * 60, 15 * 60),
    "afternoon": (_NOON, 16 * 60),
    "evening": (15 * 60, 20 * 60),
    "night": (17 * 60, 24 * 60),
}
_STATUS = frozenset({parts.KIND, parts.RETURN, parts.ARRIVE, parts.LAND, parts.FINISH})


class Gathering:
    """Frames that are complete, the one at hand, and a time that waits for what tells its part in it."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.frame = Frame()
        self.point = Point()
        self.expects_end = False  # a start was said, its end may follow
        self.leading: Type | None = None  # an English preposition before its time
        self.about_next = False
        self.last: Token | None = None  # of the clause, blanks aside
        self.brackets = 0  # open ones in the clause
        self.following: Clause | None = None  # the clause behind the one at hand

    # --- before a time -------------------------------------------------------------------

    def open_point(self, segment: Clause, index: int) -> None:
        """Before a time: does it belong to the stretch at hand, or open the next one?"""
        if self.takes_back():
            self.point = Point()
            self.frame.end = None
        if self.point.timed and not self.is_alternative():
            if self.point.part and not self.point.clock:  # 午後の15時
                return
            self.settle()
            if self.point.timed:  # 13時A社、15時B社訪問
                self.place_start(begins=False)
        if self.point.empty and not self.expects_end:
            self.split_before(segment, index)
        if self.about_next:
            self.point.about = True
            self.about_next = False

    def split_before(self, segment: Clause, index: int) -> None:
        frame = self.frame
        if not frame.found or frame.found[-1].cause or not (frame.timed or frame.takes_half):
            return
        ahead = [token for token in segment[index + 1 :] if token.type in _STATUS]
        if ahead and ahead[0].type is not parts.KIND:  # 11時に出社して13時から会議です
            return
        ahead = [token for token in ahead if token.type is parts.KIND]
        if not (ahead or segment.has(_STATUS)) and self.following and not self.following.has(parts.POINTS):
            ahead = [token for token in self.following if token.type is parts.KIND]  # 14時〜15時、MTG
        if not ahead or ahead[0].value.role in (Role.ABSENCE, Role.GO_HOME):
            return
        if not frame.first_is_status or (frame.takes_half and ahead[0].value.role is not Role.CAUSE):
            self.close_frame()

    # --- what the word before does -------------------------------------------------------

    def takes_back(self) -> bool:
        last = self.last
        return last is not None and last.type is parts.GAP and bool(INSTEAD.match(last.value))

    def is_alternative(self) -> bool:
        last = self.last
        return last is not None and last.type is parts.GAP and last.value.strip() in OR

    # --- points become starts, ends and days ---------------------------------------------

    def place_start(self, *, begins: bool) -> None:
        frame = self.frame
        if frame.start is not None and _lies_within(self.point, frame):
            self.point.day = frame.start.day
        elif frame.start is not None or (frame.end is not None and frame.found):
            self.close_frame()
            frame = self.frame
        frame.start, self.point = self.point, Point()
        frame.begins = begins
        self.leading = None

    def place_end(self) -> None:
        frame = self.frame
        if frame.end is not None:
            self.close_frame()
            frame = self.frame
        frame.end, self.point = self.point, Point()
        self.expects_end = False
        self.leading = None

    def settle(self) -> None:
        """What a point means that no particle followed before its clause ended."""
        if self.point.empty:
            self.leading = None
            return
        frame = self.frame
        if self.leading is parts.FROM:
            self.place_start(begins=True)
            self.expects_end = True
        elif self.expects_end or self.leading is parts.UNTIL or frame.comes_back:
            self.place_end()
        elif not frame.found and not frame.timed:
            return  # 15時、会議
        elif not self.point.timed:
            assert self.point.day is not None
            if frame.days and frame.found:
                return
            frame.days.append(self.point.day)
            self.point = Point()
        elif frame.found and (frame.found[-1].status.kind is Kind.LATE or self._ends_what_runs()):
            self.place_end()
        else:
            self.place_start(begins=False)

    def _ends_what_runs(self) -> bool:
        """会議中です。15時頃です, 外出します。17時目処です: until then, and not from then on."""
        frame, point = self.frame, self.point
        if frame.timed or point.clock is None:
            return False
        return point.outlook or (point.day is None and frame.found[-1].begun)

    def close_frame(self) -> None:
        if not self.frame.empty:
            self.frames.append(self.frame)
        self.frame = Frame()
        self.expects_end = False


def _lies_within(point: Point, frame: Frame) -> bool:
    """Whether a time says more exactly when in a part of the day: 夕方 商談 17時〜18時."""
    part, clock = frame.start, point.clock
    if part is None or frame.closed or clock is None or clock.name or point.day is not None:
        return False
    if part.clock is None:
        return part.part == "afternoon" or (part.part == "morning" and clock.minutes < _NOON)
    first, last = _PARTS.get(part.clock.name, (0, 0))
    minutes = clock.minutes + _NOON if clock.bare and clock.minutes < first else clock.minutes
    return first <= minutes < last and not frame.begins  # 夕方から外出、18時直帰
