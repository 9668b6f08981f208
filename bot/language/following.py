"""What a clause makes of the one before it: 15時の会議、よろしくお願いします is talk of an event."""

import re
from collections.abc import Sequence

from bot.language import parts, phrases, reasons, verdicts
from bot.language.clauses import Judge
from bot.language.model import Kind
from bot.language.parts import STATUS
from bot.language.tokens import Clause
from bot.language.verdicts import Verdict

_MEANT = parts.MEANT | {parts.NAME}
_HOURS = parts.POINTS - {parts.DAY, parts.WHOLE_DAY}
_MOVED = frozenset({parts.CHANGE})
_ASKED_OF_IT = re.compile("(?:どうぞ)?(?:よろしく|宜しく|お願い|なし(?:で|に))")


def makes_talk(
    judge: Judge, clause: Clause, form: Verdict, before: tuple[Clause, Verdict] | None, kept: Sequence[Clause]
) -> bool:
    """Whether a clause makes talk of what stands before it."""
    if kept and (_is_late_for(kept[-1], clause) or _names_event(judge, kept[-1], clause)):
        return True
    if form is verdicts.OTHER and kept and reasons.is_mere_mention(judge, kept[-1], clause):
        return True
    if before is None or before[1] not in (verdicts.NOUN, verdicts.OTHER):
        return False
    answers = before[1] is verdicts.NOUN and judge.answers(clause)
    return answers or judge.is_changed(clause, before[0])


def _names_event(judge: Judge, event: Clause, clause: Clause) -> bool:
    """15時からの会議、資料を忘れずに; 15時の会議、よろしくお願いします: what is to be done for it."""
    if len(event) < 3 or event[-1].type is not parts.KIND or event[-2].value != "の":
        return False
    if parts.CHANGE in clause.types:  # 15時の会議、場所変わりました
        return not clause.has(_MEANT - _MOVED)
    if clause.has(_MEANT) or not event.has(_HOURS):
        return False
    return _ASKED_OF_IT.match(judge.of(clause)) is not None or (
        event[-3].type is parts.FROM and "を" in judge.of(clause)
    )


def promises(judge: Judge, clause: Clause, before: Clause) -> bool:
    """14時まで外出、14時半に電話します."""
    told = parts.UNTIL in before.types or parts.LENGTH in before.types
    return told and not clause.has(STATUS) and phrases.PROMISED.search(judge.of(clause)) is not None


def _is_late_for(event: Clause, clause: Clause) -> bool:
    """15時の会議、10分遅れます: for what is named, and not away by it."""
    if len(event) < 3 or event[-1].type is not parts.KIND or event[-1].value.kind is not Kind.MEETING:
        return False
    late = any(token.type is parts.KIND and token.value.kind is Kind.LATE for token in clause)
    return late and event[-2].value == "の" and parts.RETURN not in clause.types
