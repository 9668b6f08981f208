"""Which kind a clause with several status words has."""

from collections.abc import Sequence

from bot.language.frames import Found, Frame
from bot.language.lexicon import Role
from bot.language.model import AskReason, Kind
from bot.language.tokens import Unclear

_OUTINGS = frozenset({Role.VISIT, Role.GO_HOME, Role.GO_DIRECT, Role.GO_BOTH})
_WEAK = frozenset({Kind.AVAILABLE, Kind.BUSY})  # 電話OK or 作業 beside where one is says little
HALVES = frozenset({Role.HALF_MORNING, Role.HALF_AFTERNOON, Role.HALF_UNSAID})


def kind_of(frame: Frame) -> tuple[Kind | None, Found | None]:
    """The kind of a frame, and the word that decided it; None, None where nothing tells.

    Raises:
        Unclear: two kinds are offered (会議か外出).
    """
    found = frame.found
    if not found:
        if frame.arrives:
            return Kind.LATE, None
        return (Kind.OUT, None) if frame.returns else (None, None)
    if len(found) > 1:
        found = [word for word in found if not word.bracketed] or found
        if any(word.alternative and word.status.kind is not found[0].status.kind for word in found[1:]):
            raise Unclear(AskReason.AMBIGUOUS)
    word = _deciding(found)
    kind = word.status.kind
    if (
        (len(found) > 1 or frame.to_office)
        and kind is Kind.MEETING
        and (
            (frame.to_office and not frame.arrives)
            or any(_leads_out(other.status.role, frame) for other in found)
        )
    ):
        outing = next((other for other in found if other.status.role in _OUTINGS), None)
        return Kind.OUT, outing
    if frame.returns and not frame.arrives and kind is Kind.LATE:  # 帰社が遅れます
        return Kind.OUT, None
    if frame.arrives and not frame.returns and _only_causes(found):
        return Kind.LATE, None
    return kind, word


def _leads_out(role: Role, frame: Frame) -> bool:
    if role is Role.GO_HOME and frame.end is not None and not frame.goes_home:
        return frame.comes_back  # 会議です。16時まで戻れません
    return role in _OUTINGS or (role is Role.GOING and frame.returns)


def _only_causes(found: Sequence[Found]) -> bool:
    return all(word.cause or word.status.role is Role.CAUSE for word in found)


def _deciding(found: Sequence[Found]) -> Found:
    if len(found) == 1:
        return found[0]
    for word in found:
        if word.status.role in HALVES:
            return word
    states = [word for word in found if not (word.cause or word.status.role in (Role.CAUSE, Role.GOING))]
    if not states:
        states = [word for word in found if word.status.role is not Role.GOING] or list(found)
    ends = {word.end for word in states if word.status.kind is Kind.MEETING}  # 会議資料作成
    strong = [word for word in states if word.status.kind not in _WEAK or word.start in ends] or states
    last = _head(strong)
    if last.status.role is Role.ABSENCE:
        causes = [word for word in found if word.status.role not in (Role.ABSENCE, Role.GOING)]
        causes = causes or [word for word in found if word.cause]  # 離席中につき電話に出られません
        return causes[-1] if causes else last
    return last


def _head(words: Sequence[Found]) -> Found:
    """The last word of a compound (研修出張) or behind a cause; else the first, with detail (外出 商談)."""
    chosen = words[0]
    for word in words[1:]:
        if word.start == chosen.end or chosen.cause or chosen.status.role is Role.ABSENCE:
            chosen = word
    return chosen
