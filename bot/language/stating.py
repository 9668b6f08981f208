"""How a status word, or a coming back, meets the times around it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language import around, parts
from bot.language.causes import gives_cause
from bot.language.frames import Found, Point
from bot.language.gathering import Gathering
from bot.language.joining import opens_next
from bot.language.kinds import HALVES
from bot.language.lexicon import Role, Status
from bot.language.model import AskReason, Kind
from bot.language.tokens import Clause, Token, Unclear

_BEGUN = re.compile("中(?!止|断)")
_GO_OUT = 3  # letters: 出ます, which is also said of meetings


class Stating(Gathering):
    """Takes what states something: 会議, 戻ります, 終わり."""

    def __init__(self) -> None:
        super().__init__()
        self.elsewhere = False  # A社で stands somewhere

    def take_kind(self, token: Token, segment: Clause, index: int) -> None:
        status: Status = token.value
        leaves = status.kind is Kind.LEFT
        if leaves and around.to_office(segment[:index]):  # 会社に15時に帰ります
            self.take_coming(replace(token, type=parts.RETURN, value=True), segment, index)
            return
        if self._states_nothing(token, segment, index):
            return
        if self.takes_back():
            self.frame.found.clear()
        if around.follows(segment, index):
            self._open_next(status, after=True)
        elif not self.expects_end:
            self._open_next(status, after=False)
        frame = self.frame
        if leaves and not self.point.empty and not frame.found and frame.returns and frame.closed:
            self.close_frame()  # 16時に戻って17時に退社します
        if self.frame.empty and self.point.empty:
            self.frame.first_is_status = True
        if not self.point.empty and (self.expects_end or not around.leaves_time(segment, index)):
            self._point_meets(status)
        last = self.last.type if self.last is not None else None
        noted = last is parts.KIND or (last is parts.CLOCK and self.frame.spans and self.frame.found)
        if status.role is Role.GO_HOME and noted and self.frame.closed:
            self.frame.goes_home = True
        self._found(status, token, segment, index)
        self.expects_end = False

    def _states_nothing(self, token: Token, segment: Clause, index: int) -> bool:
        """Whether a word only says why, or what one is at anyway."""
        status: Status = token.value
        frame = self.frame
        if around.overruns(segment, index):
            frame.pieces.append((token.start, token.end))
            return True
        if status.kind is Kind.LATE and around.is_outdone(segment, index):
            frame.length = None
            return True
        return status.role is Role.GOING and frame.takes_part and token.end - token.start <= _GO_OUT

    def _open_next(self, status: Status, *, after: bool) -> None:
        if opens_next(self.frame, status, after=after, timed=not self.point.empty):
            self.close_frame()
            self.frame.then = after

    def _found(self, status: Status, token: Token, segment: Clause, index: int) -> None:
        following = segment[index + 1] if index + 1 < len(segment) else None
        cause = False
        begun = status.begun
        if following is not None and following.type is parts.GAP and (behind := following.value.strip()):
            cause = gives_cause(behind)
            begun = begun or _BEGUN.match(behind) is not None
            joins = behind == "で" or (behind == "なので" and status.role in HALVES)
            if joins and self._stands(status, segment[index + 2 :]):
                cause = False
        frame = self.frame
        alternative = bool(frame.found) and self.is_alternative()
        frame.found.append(
            Found(status, token.start, token.end, cause, alternative, self.brackets > 0, begun)
        )

    def _stands(self, status: Status, rest: Sequence[Token]) -> bool:
        """今日は在宅で、17時に上がります; 木曜は出張で、金曜は在宅: で joins what is no cause."""
        if status.role in (Role.GO_DIRECT, Role.GO_BOTH):
            return True
        if status.role is Role.CAUSE:
            return False
        if rest:
            return self._stands_before(status, rest)
        following = self.following
        if status.kind is Kind.REMOTE or following is None:
            return status.kind is Kind.REMOTE
        timed = self.frame.timed or status.role in HALVES
        return timed and parts.KIND in following.types and following.has(parts.POINTS)

    def _stands_before(self, status: Status, rest: Sequence[Token]) -> bool:
        """午前半休で午後から在宅, 午前は在宅で午後休, 在宅で作業しています."""
        states = [token.value for token in rest if token.type is parts.KIND]
        kinds = {state.kind for state in states}
        if status.kind is Kind.REMOTE and kinds == {Kind.BUSY}:
            return True
        timed = any(token.type in parts.POINTS for token in rest) or any(s.role in HALVES for s in states)
        return bool(kinds) and timed and (self.frame.timed or status.role in HALVES)

    def _point_meets(self, status: Status) -> None:
        if self.expects_end or self.leading is parts.UNTIL:
            self.place_end()
        elif not self.point.timed:
            assert self.point.day is not None
            self.frame.days.append(self.point.day)
            self.point = Point()
        elif status.role in (Role.GO_DIRECT, Role.GO_BOTH):
            if self.point.day is not None:
                self.frame.days.append(self.point.day)
            self.point = Point()
        elif status.kind is Kind.LATE and not self._says_morning():
            self.place_end()
            self.frame.arrives = True
        else:
            self.place_start(begins=self.leading is parts.FROM)

    def _says_morning(self) -> bool:
        """明日の朝は遅れます: when one would have come, and not when one comes."""
        clock = self.point.clock
        return clock is not None and clock.about and clock.name == "opening"

    def take_coming(self, token: Token, segment: Clause, index: int) -> None:
        frame = self.frame
        if self.takes_back():  # 明日は在宅ではなく出社します
            frame.found.clear()
            if frame.days and self.point.empty:
                self.point = Point(day=frame.days.pop())
        if token.type is not parts.FINISH:
            self._comes(token)
            frame = self.frame
        if frame.empty or not frame.found:
            frame.first_is_status = frame.first_is_status or self.point.empty
        waits = self.point.day is not None and not self.point.timed and token.type is not parts.FINISH
        if waits and any(later.type is parts.CLOCK for later in segment[index + 1 :]):
            return  # 今日の戻りは16時です
        if not self.point.empty:
            self.place_end()
        elif self.expects_end and frame.end is None and self.last is not None:  # 午後から出社
            frame.end, frame.start = frame.start, None
        self.expects_end = token.type is parts.FINISH and frame.end is None  # 終わり15時半予定
        if frame.closed and around.goes_on(segment, index):
            self.close_frame()  # 16時に戻って17時から会議です

    def _comes(self, token: Token) -> None:
        """Of the stretch at hand, or of the next one where that has its end, it is the end by a coming."""
        frame = self.frame
        morning = frame.start is not None and frame.start.part == "morning" and not frame.begins
        elsewhen = bool(frame.days) and self.point.day is not None
        taken = frame.closed or frame.returns or morning or elsewhen
        if frame.found and taken and not self.point.empty and not self.expects_end:
            self.close_frame()
            frame = self.frame
            frame.then = not self.point.day
        frame.lands = token.type is parts.LAND and not frame.returns
        frame.returns = frame.returns or token.type is not parts.ARRIVE
        frame.to_office = frame.to_office or token.value is True or (frame.returns and self.elsewhere)
        frame.arrives = frame.arrives or token.type is parts.ARRIVE
        if frame.found and self.is_alternative():  # 在宅または出社
            raise Unclear(AskReason.AMBIGUOUS)
