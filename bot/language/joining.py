"""Whether a clause still speaks of the stretch at hand, ends it, or opens the next."""

from collections.abc import Sequence

from bot.language import parts
from bot.language.frames import Frame
from bot.language.kinds import HALVES
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.parts import Type
from bot.language.tokens import Clause

_AWAY_FOR_LONG = frozenset({Kind.TRIP, Kind.LEAVE})
_HELD = frozenset({Kind.MEETING, Kind.BUSY})


def is_joint(frame: Frame, kinds: Sequence[Status], segment: Clause) -> bool:
    """B社訪問・打合せ 14時〜16時: a meeting there, not another one behind it."""
    if frame.found[-1].status.role is not Role.VISIT or kinds[0].kind is not Kind.MEETING:
        return False
    return not segment.has(parts.POINTS) or (not frame.timed and segment[0].type is parts.KIND)


def goes_on(frame: Frame, kinds: Sequence[Status], types: set[Type]) -> bool:
    """Whether a clause with status words of its own still speaks of the same stretch."""
    last, points = frame.found[-1], types & parts.POINTS
    if last.cause or (last.status.role is Role.CAUSE and not frame.timed):
        return True
    if not points and (is_cause(kinds) or _adds_nothing(last.status, kinds[0])):
        return True  # 早退します。体調不良です
    if _holds_on(last.status, kinds[0]) and not (
        points and (frame.closed or frame.start or parts.FROM in types)
    ):
        return True  # 会議です。15時まで電話に出られません
    if kinds[0].role is Role.GO_HOME:
        return not frame.closed and parts.DAY not in types
    if frame.comes_back or frame.closed:
        return False
    return not points and kinds[0].kind is last.status.kind


def _adds_nothing(running: Status, status: Status) -> bool:
    """席を外します。会議です; リモート中です。電話OKです; 休みます。病院へ行ってきます."""
    if running.role is Role.ABSENCE:
        return True
    if running.kind is Kind.REMOTE:
        return status.kind is Kind.AVAILABLE
    if running.kind is Kind.MEETING:  # 15時の打ち合わせ、私も出ます
        return status.role is Role.GOING
    return running.kind is Kind.LEAVE and status.role in (Role.GOING, Role.CAUSE)


def _holds_on(running: Status, status: Status) -> bool:
    """Whether a status only says what the running one means for others."""
    if status.kind is Kind.LATE:  # バスが遅れてます。15分遅刻しそうです
        return running.kind is Kind.LATE
    if status.kind is Kind.BUSY:
        return status.role is Role.ABSENCE or running.kind in _HELD
    if status.role is not Role.ABSENCE:
        return False
    return running.kind in _HELD or (status.kind is Kind.OUT and running.kind in _AWAY_FOR_LONG)


def is_cause(kinds: Sequence[Status]) -> bool:
    """Whether words only say why: 体調不良, 通院."""
    return all(status.role is Role.CAUSE for status in kinds)


def replaces_end(frame: Frame, segment: Clause) -> bool:
    """Whether a coming back says more than the end before it.

    木曜まで出張、金曜帰社; 1時間抜けます。12時には戻ります.
    """
    if frame.length is not None and frame.found[-1].status.kind is Kind.AWAY:
        return parts.CLOCK in segment.types
    if frame.end is None or frame.end.timed or frame.returns:
        return False
    return parts.DAY in segment.types


def may_return(frame: Frame, segment: Clause) -> bool:
    """Whether a coming back in a clause of its own ends the stretch before it."""
    has_day = parts.DAY in segment.types
    start = frame.start
    if start is not None and start.part == "morning" and not frame.begins:
        out = frame.found[-1].status.kind is Kind.OUT
        return out and parts.RETURN in segment.types  # 午前中はB社訪問、13時半に帰社します
    if frame.closed or frame.found[-1].status.kind is Kind.LEFT:
        return False
    if parts.ARRIVE in segment.types:
        return not has_day or not (frame.days or frame.whole_day)
    return not (has_day and frame.days)


def opens_next(frame: Frame, status: Status, *, after: bool, timed: bool) -> bool:
    """Whether a status word begins a stretch of its own, rather than adding to the one at hand.

    `after`: 後 stands before it; `timed`: a time does.
    """
    if not frame.found:
        return False
    if after:  # 会議後、外出
        return status.role is not Role.GO_HOME or frame.closed
    if status.role is Role.GO_HOME or not frame.timed or frame.found[-1].cause:
        return False
    if status.role in HALVES and frame.start is not None:  # 午前は在宅で午後休
        return frame.found[-1].status.kind is not Kind.LEAVE
    if not timed:
        return frame.first_is_status and frame.start is not None
    return frame.start is not None or frame.closed or bool(frame.days)
