"""A message in sentences, and a sentence in clauses, also where a pause was left out."""

import re
from itertools import pairwise, takewhile

from bot.language import parts
from bot.language.kinds import HALVES
from bot.language.model import Kind
from bot.language.parts import STATUS
from bot.language.tokens import Clause, Token

_WHEN = parts.POINTS | {parts.THEN}
_APART = re.compile(r"(?:[ぁ-ん]|中|予定)*?(?:(?:ので|ですが|ますが|けど)、?|\((?:ただし)?)")
_ALL_DAY = frozenset({Kind.REMOTE, Kind.TRIP, Kind.AVAILABLE})
_HOURS = frozenset({parts.CLOCK, parts.MORNING, parts.AFTERNOON})
_ENDS = frozenset({parts.STOP, parts.PAUSE})
_TIMES = parts.POINTS | {parts.FROM, parts.UNTIL, parts.DASH, parts.ABOUT_BEHIND}
_AT_A_PLACE = re.compile("(は?[^、。はがをもに]{1,10}?)(?:です|に(?:い|おり)ます)")
_LEAST = 4  # a time, a place, a stop and a status
_SENTENCE_ENDS = frozenset({parts.STOP, parts.QUESTION})


def sentences(tokens: Clause) -> list[tuple[Clause, bool]]:
    """The sentences of a message, and whether each is a question."""
    tokens = _joined(tokens)
    if not tokens.has(_SENTENCE_ENDS):
        return [(tokens, False)] if tokens else []
    found: list[tuple[Clause, bool]] = []
    sentence: list[Token] = []
    for token in tokens:
        if token.type in _SENTENCE_ENDS:
            if sentence:
                found.append((Clause(sentence), token.type is parts.QUESTION))
            sentence = []
        else:
            sentence.append(token)
    if sentence:
        found.append((Clause(sentence), False))
    return found


def _joined(tokens: Clause) -> Clause:
    """明日まで大阪です。出張: a time and a place, and apart from them what for."""
    if len(tokens) < _LEAST or parts.KIND not in tokens.types or not tokens.has(_ENDS):
        return tokens
    told = tokens[:-1] if tokens[-1].type is parts.GAP and tokens[-1].value == "です" else tokens
    *ahead, place, end, status = told
    where = _AT_A_PLACE.fullmatch(place.value) if place.type is parts.GAP else None
    apart = where is not None and end.type in _ENDS and status.type is parts.KIND
    if where is None or not apart or not {token.type for token in ahead} <= _TIMES:
        return tokens
    there = Token(parts.GAP, where[1], place.start, place.start + len(where[1]))
    return Clause(
        (*ahead, there, Token(parts.PAUSE, end.value, end.start, end.end), *tokens[len(ahead) + 2 :])
    )


def clauses(sentence: Clause) -> list[Clause]:
    """The clauses of a sentence, in order."""
    if parts.PAUSE not in sentence.types:
        return _parted(sentence)
    clauses: list[list[Token]] = [[]]
    for token in sentence:
        if token.type is parts.PAUSE:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return [part for clause in clauses if clause for part in _parted(Clause(clause))]


def _parted(clause: Clause) -> list[Clause]:
    """A clause in two where a pause was left out: 11時出社 15時から外出, 今日は在宅なので電話は携帯へ."""
    if parts.GAP in clause.types and clause.has(STATUS):
        for index, (token, gap) in enumerate(pairwise(clause), start=1):
            if gap.type is not parts.GAP or not (gap.value == " " or token.type in STATUS):
                continue
            if split := _split(clause, index, gap):
                return [split[0], *_parted(split[1])]
    return [clause]


def _split(clause: Clause, index: int, gap: Token) -> tuple[Clause, Clause] | None:
    """`clause` before and behind a pause that `gap`, at `index`, stands for; None where it is none."""
    if gap.value == " ":
        before = Clause(clause[:index])
        whole, all_day = _is_whole(before), _is_all_day(before)
        if not (whole or all_day):
            return None
        after = Clause(clause[index + 1 :])
        stand = (whole and _is_whole(after)) or (all_day and _begins_in(after, before))
        return (before, after) if stand else None
    if gap.value == "で" and clause[index + 1 : index + 2] and clause[index + 1].type is parts.DAY:
        before, after = Clause(clause[:index]), Clause(clause[index + 1 :])
        return (before, after) if _is_whole(before) and parts.ARRIVE in after.types else None
    apart = _APART.match(gap.value)
    if not apart or (apart.end() == len(gap.value) and index + 1 == len(clause)):
        return None
    before, after = Clause(clause[:index]), Clause(clause[index + 1 :])
    if apart[0].endswith(("(", "ただし")):
        stands = _holds_a_stretch(after)
    else:
        stands = before.has(parts.POINTS) and not after.has(STATUS)
        stands = stands or (apart[0].endswith(("が", "けど")) and _is_whole(after))
    middle = gap.start + apart.end()
    head = Token(parts.GAP, apart[0], gap.start, middle)
    rest = (
        [Token(parts.GAP, gap.value[apart.end() :], middle, gap.end)] if apart.end() < len(gap.value) else []
    )
    return (Clause((*before, head)), Clause((*rest, *after))) if stands else None


def _is_all_day(clause: Clause) -> bool:
    """在宅 (15時から会議): where one is all day."""
    return len(clause) == 1 and clause[0].type is parts.KIND and clause[0].value.kind in _ALL_DAY


def _begins_in(clause: Clause, around: Clause) -> bool:
    """(在宅) 15時から会議: what begins in it."""
    begins = len(clause) > 1 and clause[0].type in _HOURS and clause[1].type is not parts.UNTIL
    return begins and any(
        token.type is parts.KIND and token.value.kind not in (around[0].value.kind, Kind.AVAILABLE)
        for token in clause
    )


def _holds_a_stretch(behind: Clause) -> bool:
    """在宅(13時〜14時は外出): whether the bracket that is open holds one of its own."""
    inside = Clause(takewhile(lambda token: token.type is not parts.GAP or ")" not in token.value, behind))
    return parts.KIND in inside.types and inside.has(parts.POINTS)


def _is_whole(clause: Clause) -> bool:
    """Whether a clause says what and when."""
    if clause.has(_WHEN):
        return clause.has(STATUS)
    return any(token.type is parts.KIND and token.value.role in HALVES for token in clause)
