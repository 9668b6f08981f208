"""What stands around a word where that decides what the word does. Only looks; changes nothing."""

import re
from collections.abc import Sequence

from bot.language import parts
from bot.language.days import Day
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.phrases import AFTERWARDS
from bot.language.tokens import Clause, Token

_AN_HOUR_OR_TWO = 120  # minutes: a longer span is no guess at when
_STATES = frozenset({parts.KIND, parts.RETURN, parts.ARRIVE})
_TODAY = Day("offset", 0)
_AND_THEN = ("て", "して", "し、")
_WHENCE = ("から", "より", "先から")
_TELLING = parts.POINTS | {parts.KIND, parts.ARRIVE, parts.THEN, parts.PERHAPS, parts.ABOUT}
_SOON = re.compile("(?:すぐ(?:に)?|早めに?|(?:なるべく|できるだけ)?早く|予定|ます|です|soon|shortly|[ 。!])*")
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


def is_topic(segment: Clause, time: int) -> bool:
    """外出は15時(目処です): the time tells when it is."""
    ahead = segment[max(time - 2, 0) : time]
    return len(ahead) > 1 and ahead[0].type is parts.KIND and ahead[1].value == "は"


def leaves_in(segment: Clause, length: int) -> bool:
    """あと30分で上がります: when one leaves, not how long."""
    if not length or segment[length - 1].type is not parts.MORE:
        return False
    kinds = [token.value.kind for token in segment[length + 1 :] if token.type is parts.KIND]
    return bool(kinds) and kinds[0] is Kind.LEFT


def ends_before(segment: Clause, then: int) -> bool:
    """16時の会議が終わり次第退社します: what comes behind its end."""
    ends = then > 0 and segment[then - 1].value in ("が", "の")
    behind = [token.value.role for token in segment[then + 1 :] if token.type is parts.KIND]
    return ends and bool(behind) and behind[0] is not Role.GO_HOME


def is_before_a_day(segment: Clause, index: int) -> bool:
    """Until Thursday, behind Tuesday: a range of days."""
    behind = next((token for token in segment[index + 1 :] if token.type is not parts.GAP), None)
    return behind is not None and behind.type is parts.DAY


def overruns(segment: Clause, index: int) -> bool:
    """打合せが押して: why one is late, not what one does."""
    behind = segment[index + 1 : index + 3]
    return len(behind) == 2 and behind[0].value in ("が", "も") and behind[1].type is parts.EXTEND


def leaves_time(segment: Clause, kind: int) -> bool:
    """15時に客先から戻ります, 16時に会議が終わります: the time is the end's, not the start's."""
    behind = segment[kind + 1 : kind + 3]
    if behind and behind[0].type is parts.FINISH:
        return True
    if len(behind) < 2 or behind[0].type is not parts.GAP:
        return False
    particle = behind[0].value.strip()
    ends = behind[1].type is parts.FINISH and particle in ("", "が", "は", "も", "を")
    return ends or (behind[1].type is parts.RETURN and particle in _WHENCE)


def runs_until(segment: Clause, clock: int) -> bool:
    """午後は15時まで: the part of the day begins what the time ends."""
    before, behind = segment[clock - 1], segment[clock + 1 : clock + 2]
    return (
        before.type is parts.GAP
        and before.value.strip() == "は"
        and any(t.type is parts.UNTIL for t in behind)
    )


def is_outdone(segment: Clause, late: int) -> bool:
    """1時間遅れて18時に戻ります: when one returns says more than by how much one is late."""
    behind = [token.type for token in segment[late + 1 :]]
    return parts.CLOCK in behind and parts.RETURN in behind


def goes_on(segment: Clause, coming: int) -> bool:
    """16時に戻って17時から会議です: whether a stretch of its own follows one's coming."""
    behind = segment[coming + 1 :]
    if not behind:
        return False
    gap = behind[0].type is parts.GAP
    joined = behind[0].value.startswith(_AND_THEN) if gap else behind[0].type in parts.POINTS
    types = {token.type for token in behind}
    return joined and parts.KIND in types and not types.isdisjoint(parts.POINTS)


def follows(segment: Clause, kind: int) -> bool:
    """会議後外出, 会議のあとそのまま帰ります: whether one word says that another comes first."""
    last = kind - 2 if kind > 1 and segment[kind - 1].type is parts.THEN else kind - 1
    return last >= 0 and segment[last].type is parts.GAP and segment[last].value.strip() in AFTERWARDS


def comes_first(segment: Clause) -> bool:
    """Whether a clause first tells of a coming: 11時に出社して13時から会議です."""
    first = next((index for index, token in enumerate(segment) if token.type in _STATES), None)
    return first is not None and segment[first].type is not parts.KIND and goes_on(segment, first)


def is_today(segment: Clause) -> bool:
    """Whether the only day that a clause names is today: 今日は戻りません."""
    days = [token.value for token in segment if token.type is parts.DAY]
    return bool(days) and all(day == _TODAY for day in days)


def is_soon_back(segment: Clause) -> bool:
    """すぐ戻ります: a coming back, and no time of it."""
    if parts.RETURN not in segment.types or segment.has(_TELLING):
        return False
    return all(token.type is not parts.GAP or _SOON.fullmatch(token.value) is not None for token in segment)


def takes_leave(segment: Clause) -> bool:
    """行ってきます, and no more."""
    first = segment[0] if segment else None
    goes = first is not None and first.type is parts.KIND and first.value.role is Role.GOING
    return goes and not any(token.type in _TELLING for token in segment[1:])
