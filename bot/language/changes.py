"""Changes to a status that is running: longer, or until another time."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import parts, times
from bot.language.days import Resolver
from bot.language.frames import Point
from bot.language.lexicon import TAKES, Status
from bot.language.model import Action, AskReason, Kind, OfficeCalendar, StatusUpdate
from bot.language.parts import STATUS
from bot.language.talk import Statement
from bot.language.tokens import Clause, Length, Token, Unclear

_LATE = Status(Kind.LATE)
_CHANGING = frozenset({parts.EXTEND, parts.CHANGE, parts.MORE})
_STATES = frozenset({parts.KIND, parts.ARRIVE})
_LENGTHENS = frozenset({parts.EXTEND, parts.CHANGE})
_MORE_TIME = frozenset({parts.MORE, parts.LENGTH, parts.GAP, parts.ABOUT_BEHIND, parts.FINISH, parts.PAUSE})
_MINUTES_A_DAY = 24 * 60
_BOUND = ("が", "は", "も", "を", "の", "の予定が", "の終わりが", "の終了が", "時間が", "、")


Change = Length | Point
"""By how much a running status lasts longer, or until when."""


def change(statement: Statement) -> Change | None:
    """How a statement changes a running status, None where it sets one instead."""
    if not _may_change(statement.segments) or _lasts(statement.segments) or _goes_on(statement.segments):
        return None
    return _changing_part(statement)


def _lasts(segments: Sequence[Clause]) -> bool:
    """会議中です。16時までかかります: until when, of what has just been told."""
    first, *more = segments or (Clause(),)
    changing = [token for clause in more for token in clause if token.type in _CHANGING]
    return (
        parts.KIND in first.types
        and not first.has(_CHANGING)
        and any(parts.UNTIL in clause.types for clause in more)
        and bool(changing)
        and all(token.value == TAKES for token in changing)
    )


def _goes_on(segments: Sequence[Clause]) -> bool:
    """電話中、あと10分くらい: how long what has just been told still lasts."""
    tokens = [token for clause in segments for token in clause]
    types = {token.type for token in tokens}
    states = any(token.type is parts.KIND and token.value != _LATE for token in tokens)
    return len(segments) > 1 and states and parts.MORE in types and not types & _LENGTHENS


def extension(change: Change, who: str | None, now: datetime, calendar: OfficeCalendar) -> StatusUpdate:
    """The extension that a change asks for; nothing, where it does not say how long (戻りが遅れます).

    Raises:
        Unclear: the new end has passed, or there is no such day.
    """
    if isinstance(change, Point):
        end = times.zoned(_end(change, now, calendar), calendar.zone)
        return StatusUpdate(Action.EXTEND, end=end, who=who)
    if change.minutes or change.days:
        return StatusUpdate(Action.EXTEND, minutes=_minutes(change), who=who)
    return StatusUpdate(Action.NONE)


def _changing_part(statement: Statement) -> Change | None:
    """By how much, or until when: looked for in the whole message, then clause by clause."""
    whole = [token for segment in statement.segments for token in segment]
    if _says_more(whole):
        return None
    for tokens in (whole, *statement.segments):
        found = _extension(tokens)
        if found is not None:
            unknown = found == Length() and any(token.type is parts.CLOCK for token in whole)
            return None if unknown else found  # 帰社が遅れます。17時半になります
    return None


def _says_more(tokens: Sequence[Token]) -> bool:
    """会議が長引いたので直帰します, 打合せが押して戻りは17時です: the new end is said in full."""
    last = max((index for index, token in enumerate(tokens) if token.type in _LENGTHENS), default=len(tokens))
    lengths = any(token.type in (parts.LENGTH, parts.MORE) for token in tokens)
    return not lengths and any(token.type in STATUS for token in tokens[last:])


def _may_change(clauses: Sequence[Clause]) -> bool:
    for clause in clauses:
        if clause.has(_CHANGING):
            return True
        if parts.KIND in clause.types:
            for token in clause:
                if token.type is parts.KIND and token.value.kind is _LATE.kind:
                    return True
    return False


def _extension(tokens: Sequence[Token]) -> Length | Point | None:
    types = {token.type for token in tokens}
    lengths: list[Length] = [token.value for token in tokens if token.type is parts.LENGTH]
    if parts.EXTEND in types:
        lengths += _days_more(tokens)
        points = _points(tokens)
        return lengths[-1] if lengths else points[-1] if points else Length()  # nobody knows how long
    if parts.CHANGE in types:
        if _to_another_kind(tokens):
            return None
        points = _points(tokens)
        starts = parts.FROM in types and len(points) < 2
        return points[-1] if points and not starts else None
    if _delays_running(tokens) and (lengths or parts.CLOCK not in types):
        return lengths[-1] if lengths else Length()
    if lengths and parts.MORE in types and types <= _MORE_TIME:
        return lengths[-1]
    return None


def _to_another_kind(tokens: Sequence[Token]) -> bool:
    """明日は在宅に変更します, 直帰に変更: not longer, but something else."""
    return any(
        kind.type in _STATES and gap.value == "に" and change.type is parts.CHANGE
        for kind, gap, change in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _days_more(tokens: Sequence[Token]) -> list[Length]:
    """2日延長: two days more, not until the 2nd."""
    if any(token.type is parts.UNTIL for token in tokens):
        return []
    days = [token.value for token in tokens if token.type is parts.DAY and token.value.unit == "day"]
    return [Length(days=day.number) for day in days if day.month is None and day.shown is None]


def _delays_running(tokens: Sequence[Token]) -> bool:
    """帰社が30分遅れます, 会議30分遅れています: it is the running status that is late, not the person."""
    late = [token for token in tokens if token.type is parts.KIND and token.value == _LATE]
    if not late:
        return False
    for index, token in enumerate(tokens):
        running = token.type in (parts.RETURN, parts.FINISH) or (
            token.type is parts.KIND and token.value.kind is Kind.MEETING
        )
        if running and token.start < late[0].start:
            behind = tokens[index + 1]
            return behind.type is not parts.GAP or behind.value.strip() in ("", *_BOUND)
    # 30分遅れて戻ります, but not 30分遅れて18時に戻ります
    after = {token.type for token in tokens if token.start > late[0].start}
    return parts.RETURN in after and parts.CLOCK not in after


def _minutes(length: Length) -> int:
    return length.minutes + length.days * _MINUTES_A_DAY


def _points(tokens: Sequence[Token]) -> list[Point]:
    points: list[Point] = []
    day = None
    for token in tokens:
        if token.type is parts.DAY:
            day = token.value
            points.append(Point(day=day))
        elif token.type is parts.CLOCK:
            if points and points[-1].day is day and day is not None and points[-1].clock is None:
                points[-1].clock = token.value
            else:
                points.append(Point(clock=token.value))
    return points


def _end(point: Point, now: datetime, calendar: OfficeCalendar) -> datetime:
    today = now.date()
    day = today
    if point.day is not None:
        if point.day.several:
            raise Unclear(AskReason.AMBIGUOUS)
        _, day = Resolver(today, calendar).dates(point.day)
    if point.clock is None:
        end = times.midnight_after(day)
    elif day == today:
        end = times.today(point.clock, now, calendar, ends=True)
    else:
        end = times.plain(point.clock, day, calendar, ends=True)
    if end <= now:
        raise Unclear(AskReason.PAST_TIME)
    return end
