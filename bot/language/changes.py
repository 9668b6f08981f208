"""Changes to a status that is running: longer, or until another time."""

from collections.abc import Sequence
from datetime import datetime

from bot.language import times
from bot.language.days import Resolver
from bot.language.frames import Point
from bot.language.lexicon import Role
from bot.language.model import Action, AskReason, Kind, OfficeCalendar, StatusUpdate
from bot.language.talk import Segment, Statement
from bot.language.tokens import Length, Token, Type, Unclear

_CHANGING = frozenset({Type.EXTEND, Type.CHANGE, Type.MORE})
_MINUTES_A_DAY = 24 * 60
_BOUND = ("が", "は", "も", "を", "の", "の予定が", "の終わりが", "の終了が", "時間が", "、")


def change(statement: Statement, now: datetime, calendar: OfficeCalendar) -> StatusUpdate | None:
    """The extension that a statement asks for, None where it is none.

    Raises:
        Unclear: the new end has passed, or there is no such day.
    """
    if not any(_may_change(token) for segment in statement.segments for token in segment):
        return None
    for segments in (statement.segments, *([segment] for segment in statement.segments)):
        tokens = [token for segment in segments for token in segment]
        found = _extension(tokens, now, calendar)
        if found is not None:
            minutes, end = found
            if minutes is None and end is None:  # 戻りが遅れます: by how much was not said
                return StatusUpdate(Action.NONE)
            shown = end.replace(tzinfo=calendar.zone) if end else None
            return StatusUpdate(Action.EXTEND, minutes=minutes, end=shown, who=statement.who)
    return None


def _may_change(token: Token) -> bool:
    return token.type in _CHANGING or (token.type is Type.KIND and token.value.kind is Kind.LATE)


def _extension(
    tokens: Sequence[Token], now: datetime, calendar: OfficeCalendar
) -> tuple[int | None, datetime | None] | None:
    types = {token.type for token in tokens}
    lengths = [token.value for token in tokens if token.type is Type.LENGTH]
    if Type.EXTEND in types:
        lengths += _days_more(tokens)
        if lengths:
            return _minutes(lengths[-1]), None
        points = _points(tokens)
        if points:
            return None, _end(points[-1], now, calendar)
        return None
    if Type.CHANGE in types:
        points = _points(tokens)
        starts = Type.FROM in types and len(points) < 2
        return (None, _end(points[-1], now, calendar)) if points and not starts else None
    if _delays_running(tokens):
        return (_minutes(lengths[-1]) if lengths else None), None
    if lengths and types <= {Type.MORE, Type.LENGTH, Type.GAP, Type.ABOUT_BEHIND, Type.FINISH} and Type.MORE in types:
        return _minutes(lengths[-1]), None
    return None


def _days_more(tokens: Sequence[Token]) -> list[Length]:
    """2日延長: two days more, not until the 2nd."""
    if any(token.type is Type.UNTIL for token in tokens):
        return []
    days = [token.value for token in tokens if token.type is Type.DAY and token.value.unit == "day"]
    return [Length(days=day.number) for day in days if day.month is None and day.shown is None]


def _delays_running(tokens: Sequence[Token]) -> bool:
    """帰社が30分遅れます, 会議30分遅れています: it is the running status that is late, not the person."""
    late = [token for token in tokens if token.type is Type.KIND and token.value.kind is Kind.LATE]
    if not late or late[0].value.role is not Role.STATE:
        return False
    for index, token in enumerate(tokens):
        running = token.type in (Type.RETURN, Type.FINISH) or (
            token.type is Type.KIND and token.value.kind is Kind.MEETING
        )
        if running and token.start < late[0].start:
            behind = tokens[index + 1]
            return behind.type is not Type.GAP or behind.value.strip() in ("", *_BOUND)
    # 30分遅れて戻ります
    return any(token.type is Type.RETURN and token.start > late[0].start for token in tokens)


def _minutes(length: Length) -> int:
    return length.minutes + length.days * _MINUTES_A_DAY


def _points(tokens: Sequence[Token]) -> list[Point]:
    points: list[Point] = []
    day = None
    for token in tokens:
        if token.type is Type.DAY:
            day = token.value
            points.append(Point(day=day))
        elif token.type is Type.CLOCK:
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
        end = datetime.combine(day, datetime.max.time()).replace(microsecond=0, second=0, minute=0, hour=0)
        end = times.midnight(day) + (times.HALF_DAY * 2)
    elif day == today:
        end = times.today(point.clock, now, calendar, ends=True)
    else:
        end = times.plain(point.clock, day, calendar, ends=True)
    if end <= now:
        raise Unclear(AskReason.PAST_TIME)
    return end
