"""Whom a sentence is about: oneself, a colleague, or a customer, whose whereabouts are none of ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.language import parts
from bot.language.lexicon import Role
from bot.language.model import AskReason, Kind
from bot.language.people import Person
from bot.language.phrases import HUMBLE, OWN
from bot.language.tokens import Token, Unclear

_BESIDE = re.compile(r"\s*(?:と|との|の|に|から|へ|を|宛|用|で|向け|宅|経由|も一緒|や|および|及び)")
_TOLD = re.compile(
    r"\s*(?:から|より)[、\s]*(?:ご?連絡|お?電話|報告|メール|line|slack|$)"
)  # 山田さんから連絡あり
_DIVISION = re.compile(r"^\([^()]{1,8}\)")  # 山本さん(営業)は
_CALLED_IN = frozenset({Kind.LEAVE, Kind.LATE})
_COMES = frozenset({parts.RETURN, parts.ARRIVE})
_OVER = frozenset({parts.FINISHED, parts.CANCEL, parts.EXTEND})
REPORTED = re.compile("とのこと|そうです|らしい|みたいです|ようです")
"""Said of somebody else, who may have been named a sentence before."""
_VISITING = frozenset({Role.VISIT, Role.GO_DIRECT, Role.GO_BOTH})
_TOLD_BY = re.compile(r"\s*(?:さん)?(?:から|より)\s*(?:の|ご)?(?:連絡|電話|報告|メール|line|slack)[^、]*$")


class OfOthers(Exception):  # noqa: N818 - a finding, not an error
    """A sentence is about a customer, or about what somebody else has to do."""


def subject(
    tokens: Sequence[Token], text: str, people: Mapping[int, Person]
) -> tuple[str | None, list[Token]]:
    """The colleague that a sentence is about, None for oneself, and its tokens with that name marked.

    Raises:
        OfOthers: it is about a customer, or somebody's meeting.
        Unclear: it is about two people.
    """
    who: str | None = None
    marked: list[Token] = []
    seen_status = False
    for index, token in enumerate(tokens):
        seen_status = seen_status or token.type is parts.KIND
        if token.type is not parts.NAME or not _speaks_of(
            tokens, index, text, people, seen_status=seen_status
        ):
            marked.append(token)
            continue
        name = people[token.start].name
        if who is not None and who != name:
            raise Unclear(AskReason.AMBIGUOUS)
        who = name
        marked.append(replace(token, type=parts.SUBJECT))
    return who, marked


def told_of(tokens: Sequence[Token], text: str, people: Mapping[int, Person]) -> str | None:
    """Whom the next sentence may be about: 田中さん, or 田中さんから連絡がありました."""
    if tokens[0].type is not parts.NAME:
        return None
    name, *rest = tokens
    if not people[name.start].ours:
        return None
    behind = text[name.end - name.start :].strip()
    return people[name.start].name if not rest or _TOLD_BY.match(behind) else None


def _speaks_of(
    tokens: Sequence[Token], index: int, text: str, people: Mapping[int, Person], *, seen_status: bool
) -> bool:
    """Whether the sentence is about the colleague named at `index`; a mere companion is a note."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    gap = _DIVISION.sub("", following.value) if following is not None and following.type is parts.GAP else ""
    if people[tokens[index].start].ours and _TOLD.match(gap):
        return REPORTED.search(text) is not None or _is_away(tokens[index + 1 :])
    told = gap.strip().startswith(("ですが", "なのですが"))
    beside = bool(_BESIDE.match(gap)) and not told
    topic = gap.strip()[:1] in ("は", "が", "も") or told
    if not people[tokens[index].start].ours:
        visited = _is_with_guests(tokens[index + 1 : index + 3])
        returns = gap.strip() == "の" and index + 2 < len(tokens) and tokens[index + 2].type in _COMES
        if topic or returns or _is_of_theirs(tokens, index, gap) or not (beside or seen_status or visited):
            raise OfOthers
        return False
    if beside and _joins_another(tokens, index):
        raise Unclear(AskReason.AMBIGUOUS)
    if gap.strip() == "の" and index + 2 < len(tokens):
        if tokens[index + 2].type in _COMES:  # 栗本さんの戻りは15時です
            return True
        if tokens[index + 2].type is parts.KIND:  # 栗本さんの会議は15時までです
            if any(token.type in _OVER for token in tokens[index + 3 :]):
                return True
            raise OfOthers
    if beside or (seen_status and not topic):
        return False
    return topic or not _is_spoken_to(following, text)


def _is_away(tokens: Sequence[Token]) -> bool:
    """小林さんから連絡があり、本日お休みです: who calls in is the one who is absent or late."""
    kinds = {token.value.kind for token in tokens if token.type is parts.KIND}
    return bool(kinds) and kinds <= _CALLED_IN


def _is_of_theirs(tokens: Sequence[Token], index: int, gap: str) -> bool:
    """富士製作所さんの研修は16時までです."""
    if gap.strip() != "の" or index + 3 >= len(tokens):
        return False
    event, particle = tokens[index + 2], tokens[index + 3]
    return event.type is parts.KIND and particle.type is parts.GAP and particle.value.startswith("は")


def _is_spoken_to(following: Token | None, text: str) -> bool:
    """山本さん、ランチ行ってきます: the speaker's own words, by their form."""
    if REPORTED.search(text):
        return False
    paused = following is not None and following.type is parts.PAUSE
    return bool((paused and HUMBLE.search(text)) or OWN.search(text))


def _is_with_guests(behind: Sequence[Token]) -> bool:
    """A社様訪問, 田中様来客, 鈴木様 来客: one's own doing; 業者さん休み is not."""
    if behind and behind[0].type is parts.KIND:
        status = behind[0].value
        return status.role in _VISITING or status.kind in (Kind.MEETING, Kind.TRIP)
    apart = len(behind) > 1 and behind[0].value == " " and behind[1].type is parts.KIND
    return apart and behind[1].value.kind is Kind.MEETING


def _joins_another(tokens: Sequence[Token], index: int) -> bool:
    """栗本さんと佐藤さんは: two people share what follows."""
    more = tokens[index + 1 : index + 3]
    return len(more) == 2 and more[0].value.strip() in ("と", "や") and more[1].type is parts.NAME
