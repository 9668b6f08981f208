"""Plain numbers, which get their meaning from what stands beside them: 10-12時, 11/25-27, back at 3."""

import re

from bot.language import parts
from bot.language.days import Day
from bot.language.tokens import Clock, Token
from bot.language.values import clock_at


def with_numbers(tokens: list[Token]) -> list[Token]:
    """Plain numbers get their meaning from what stands beside them: 10-12時, 11/25-27, back at 3."""
    tokens = list(tokens)
    for index, token in enumerate(tokens):
        if token.type is parts.NUMBER:
            tokens[index] = _from_left(tokens, index) or _from_right(tokens, index) or _as_gap(token)
    return _merged(tokens)


def _as_gap(token: Token) -> Token:
    return Token(parts.GAP, str(token.value), token.start, token.end)


_TIME_LEADS = re.compile(r"(?:^|[\s,(])(?:at|around|about|~)\s*$")
_LEADING = frozenset({parts.FROM, parts.UNTIL, parts.BY, parts.ABOUT, parts.SINCE})


def _neighbour(tokens: list[Token], index: int, step: int) -> Token | None:
    index += step
    while 0 <= index < len(tokens) and tokens[index].type is parts.GAP and not tokens[index].value.strip():
        index += step
    return tokens[index] if 0 <= index < len(tokens) else None


def _joins(token: Token | None) -> bool:
    if token is None:
        return False
    return (
        token.type is parts.DASH
        or (token.type is parts.UNTIL and token.end - token.start <= 3)
        or (token.type is parts.PAUSE)
        or (token.type is parts.GAP and token.value.strip() in ("と", "・", "&", "and", "から", "か", "or"))
        or token.type is parts.FROM
    )


def _from_left(tokens: list[Token], index: int) -> Token | None:
    token = tokens[index]
    left = _neighbour(tokens, index, -1)
    if left is None:
        return None
    if _joins(left) and (before := _before(tokens, left)) is not None:
        if before.type is parts.CLOCK and left.type is not parts.PAUSE:
            return Token(parts.CLOCK, clock_at(token.value, 0, None), token.start, token.end)
        if before.type is parts.DAY and before.value.unit in ("date", "day"):
            return Token(parts.DAY, Day("day", token.value), token.start, token.end)
    leads = left.type in _LEADING or left.type in (parts.RETURN, parts.ARRIVE)
    if leads or (left.type is parts.GAP and _TIME_LEADS.search(left.value)):
        return Token(parts.CLOCK, clock_at(token.value, 0, None), token.start, token.end)
    return None


def _before(tokens: list[Token], mark: Token) -> Token | None:
    return _neighbour(tokens, tokens.index(mark), -1)


def _from_right(tokens: list[Token], index: int) -> Token | None:
    token = tokens[index]
    right = _neighbour(tokens, index, 1)
    if right is None or not _joins(right):
        return None
    place = tokens.index(right)
    second = _neighbour(tokens, place, 1)
    if second is None:
        return None
    if second.type is parts.CLOCK and right.type is not parts.PAUSE:
        return Token(parts.CLOCK, _like(token.value, second.value), token.start, token.end)
    if second.type is parts.DAY and second.value.unit == "day":
        month = second.value.month
        return Token(parts.DAY, Day("day", token.value, month=month), token.start, token.end)
    if second.type is parts.NUMBER and right.type is parts.DASH and max(token.value, second.value) <= 24:
        return Token(parts.CLOCK, clock_at(token.value, 0, None), token.start, token.end)
    return None


def _like(hour: int, second: Clock) -> Clock:
    """The first hour of 2-4pm or 11-1pm: the latest reading before the second."""
    first = clock_at(hour, 0, None)
    if not first.bare or second.bare or second.name or second.wrong:
        return first
    late = first.minutes % 720 + 720
    return Clock(late if late < second.minutes else first.minutes % 720)


def _merged(tokens: list[Token]) -> list[Token]:
    """Gaps side by side become one."""
    result: list[Token] = []
    for token in tokens:
        if token.type is parts.GAP and result and result[-1].type is parts.GAP:
            last = result.pop()
            token = Token(parts.GAP, last.value + token.value, last.start, token.end)  # noqa: PLW2901 - joined
        result.append(token)
    return result
