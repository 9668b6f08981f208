"""What stands around a word where that decides what the word does. Only looks; changes nothing."""

import re
from collections.abc import Sequence

from bot.language import parts
from bot.language.tokens import Clause, Token

_AN_HOUR_OR_TWO = 120  # minutes: a longer span is no guess at when
_INTO_OFFICE = re.compile("(?:会社|事務所|オフィス|本社|(?<![一-龥])社)[にへ](?:は)?[、 ]*$")


def leads(dash: Token, segment: Clause, index: int) -> bool:
    """Whether a dash stands right before a time and behind none: an end."""
    following = segment[index + 1] if index + 1 < len(segment) else None
    if following is not None and following.type is parts.GAP and not following.value.strip():
        following = segment[index + 2] if index + 2 < len(segment) else None
    before = segment[index - 1] if index else None
    behind = (
        before is None
        or before.type is not parts.GAP
        or before.value[-1:] in " ()"
        or not before.value.strip()
    )
    return (
        behind
        and following is not None
        and following.type in (parts.CLOCK, parts.DAY)
        and dash.end <= following.start
    )


def to_office(ahead: Sequence[Token]) -> bool:
    """Whether only a time stands between 会社に and the word behind `ahead`."""
    for token in reversed(ahead):
        if token.type is parts.GAP and _INTO_OFFICE.search(token.value):
            return True
        if token.type not in parts.POINTS and token.type not in (parts.GAP, parts.ABOUT_BEHIND):
            return False
    return False


def is_between(segment: Clause, dash: int) -> bool:
    """戻りは15〜16時です, 15〜16時に戻ります: about when one returns, not how long one does something."""
    around = segment[max(dash - 3, 0) : dash + 4]
    types = [token.type for token in around]
    if types[:5] == [parts.RETURN, parts.GAP, parts.CLOCK, parts.DASH, parts.CLOCK]:
        particle, first, last = around[1], around[2], around[4]
    elif types[-5:] == [parts.CLOCK, parts.DASH, parts.CLOCK, parts.GAP, parts.RETURN]:
        first, last, particle = around[-5], around[-3], around[-2]
    else:
        return False
    near = (last.value.minutes - first.value.minutes) % 720 <= _AN_HOUR_OR_TWO
    return near and particle.value.strip() in ("に", "は", "が")


def overruns(segment: Clause, index: int) -> bool:
    """打合せが押して: why one is late, not what one does."""
    behind = segment[index + 1 : index + 3]
    return len(behind) == 2 and behind[0].value in ("が", "も") and behind[1].type is parts.EXTEND
