"""Changes of what is not one's own whereabouts: when a meeting is, how long a thing lasts."""

import re
from itertools import pairwise

from bot.language import parts
from bot.language.lexicon import POSTPONES, TAKES
from bot.language.tokens import Clause

MOVES = frozenset({parts.CHANGE, parts.BECOME})
_STATUS = frozenset({parts.KIND, parts.RETURN, parts.ARRIVE, parts.LAND, parts.FINISH})
_RETURNS = frozenset({parts.RETURN, parts.ARRIVE})
_MORE_OR_UNTIL = frozenset({parts.MORE, parts.UNTIL})
_CALLS_OFF = frozenset({parts.CLEAR, parts.CANCEL, parts.FINISHED, parts.UNTIL, parts.RETURN})
_OWN_TIME = re.compile("(?:^|の|、)(?:予定|時間|状況|ステータス|勤怠|それ|これ|時刻|終わり)を")
_ELSEWHERE = re.compile("[^\\s、のにもはがを]に$")
_NEEDS = re.compile("[^\\s、るう](?:に|には|まで|までに?は?)、?$")


def is_moved(clause: Clause) -> bool:
    """会議は15時に変更になりました, 訪問は来週になりました: when it is, not how long one is away."""
    return not clause.has(_CALLS_OFF) and any(
        token.type is parts.KIND
        and behind.type is parts.GAP
        and behind.value.strip() in ("は", "が", "の時間が", "の開始が", "の時間は")
        for token, behind in pairwise(clause)
    )


def is_later_start(clause: Clause) -> bool:
    """16時からに変わりました: when something begins."""
    return any(
        token.type is parts.FROM and gap.value == "に" and change.type in MOVES
        for token, gap, change in zip(clause, clause[1:], clause[2:], strict=False)
    )


def is_put_elsewhere(clause: Clause) -> bool:
    """応接室2に変更です: where something is, not when."""
    return any(
        gap.type is parts.GAP and _ELSEWHERE.search(gap.value) is not None and change.type in MOVES
        for gap, change in pairwise(clause)
    )


def takes_a_thing(clause: Clause) -> bool:
    """ダウンロードにあと30分かかります, 納品まであと3日: what a thing still takes, which nobody waits for."""
    first = clause[0]
    return (
        first.type is parts.GAP
        and len(clause) > 1
        and clause[1].type is parts.MORE
        and (_NEEDS.search(first.value) is not None)
    )


def is_of_a_thing(clause: Clause) -> bool:
    """締切を金曜まで延長します: not one's own time."""
    return any(
        token.type is parts.GAP
        and behind.type in parts.POINTS
        and token.value.rstrip().endswith("を")
        and not _OWN_TIME.search(token.value)
        for token, behind in pairwise(clause)
    )


def are_changed(clause: Clause) -> bool:
    """Whether what `clause` changes is no stay of one's own."""
    types = clause.types
    if types & MOVES and (is_later_start(clause) or is_moved(clause) or is_put_elsewhere(clause)):
        return True
    if parts.EXTEND not in types:
        return parts.CHANGE in types and not types & _STATUS and is_of_a_thing(clause)
    longer = [token.value for token in clause if token.type is parts.EXTEND]
    if TAKES in longer and (takes_a_thing(clause) or not types & _MORE_OR_UNTIL):
        return True
    if POSTPONES in longer and not types & _RETURNS:
        return True
    return not types & _STATUS and is_of_a_thing(clause)
