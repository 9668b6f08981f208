"""Changes of what is not one's own whereabouts: when a meeting is, how long a thing lasts."""

import re
from itertools import pairwise

from bot.language import parts
from bot.language.tokens import Clause

MOVES = frozenset({parts.CHANGE, parts.BECOME})
_CALLS_OFF = frozenset({parts.CLEAR, parts.CANCEL, parts.FINISHED, parts.UNTIL, parts.RETURN})
_OWN_TIME = re.compile("(?:^|の|、)(?:予定|時間|状況|ステータス|勤怠|それ|これ|時刻|終わり)を")


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


def is_of_a_thing(clause: Clause) -> bool:
    """締切を金曜まで延長します: not one's own time."""
    return any(
        token.type is parts.GAP
        and behind.type in parts.POINTS
        and token.value.rstrip().endswith("を")
        and not _OWN_TIME.search(token.value)
        for token, behind in pairwise(clause)
    )
