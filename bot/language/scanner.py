"""One pass over a folded message: words, times and days become tokens, the rest stays a gap."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bot.language import parts
from bot.language.forms import FORMS, LAST_FORMS, Form
from bot.language.lexicon import Longest, Word, lexicon, stands_alone
from bot.language.model import Kind
from bot.language.numbers import with_numbers
from bot.language.parts import Type
from bot.language.tokens import Clause, Token
from bot.language.values import READERS

OwnWords = tuple[tuple[str, Kind], ...]
"""An office's own words, sorted."""

_POINTS = frozenset({parts.CLOCK, parts.DAY, parts.AFTER, parts.LENGTH, parts.MORNING, parts.AFTERNOON})
_PLACED = frozenset({parts.FROM, parts.UNTIL, parts.SINCE, parts.LAND, parts.ABOUT_BEHIND, parts.MORE})
_ASCII_FROM = frozenset("abcdefghijklmnopqrstuvwxyz'")


_TO_A_PLACE = re.compile(
    "(?:頃|ごろ)?に?は?(?:[^、。はがを]{1,10}[にへ]|に?(?:オフィス|会社|事務所|本社|支社|駅|現地|現場))"
)
_REMEMBERED = 8192  # pairs of letters, and values of forms, so that a flood cannot grow the tables

Match = Callable[[str, int], re.Match[str] | None]


class _Place(NamedTuple):
    """What may stand where two letters do."""

    form: Match | None  # finds a time, a day, a length
    lengths: tuple[int, ...]  # of words that begin so, longest first
    mark: Match | None  # finds what stands where no word does


class _Places(dict[str, _Place | None]):
    """For each two letters what may begin with them, None for nothing; worked out when they are first met."""

    def __init__(self, words: Longest) -> None:
        self._words = words

    def __missing__(self, pair: str) -> _Place | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        lengths = self._words.lengths(pair)
        forms = _FORMS.get(pair) or _FORMS.get(pair[0])
        marks = _MARKS.get(pair) or _MARKS.get(pair[0])
        known = lengths or forms or marks
        place = _Place(_compiled(forms), lengths, _compiled(marks)) if known else None
        self[pair] = place
        return place


def _by_beginning(forms: Sequence[Form]) -> dict[str, tuple[Form, ...]]:
    """For each letter, and each two letters, that begin a form, those that may stand there."""
    return {
        start: tuple(form for form in forms if start[0] in form.begins or start in form.pairs)
        for start in {start for form in forms for start in (*form.begins, *form.pairs)}
    }


_FORMS, _MARKS = _by_beginning(FORMS), _by_beginning(LAST_FORMS)


@lru_cache
def _compiled(forms: tuple[Form, ...] | None) -> Match | None:
    """Compiled when first met, once for all letters that begin the same forms."""
    if not forms:
        return None
    groups = (f"(?P<{form.name}>{''.join(form.pattern.split())})" for form in forms)
    return re.compile("|".join(groups)).match


class Scanner:
    """Splits folded text into tokens, by our vocabulary and an office's own words."""

    def __init__(self, own: OwnWords) -> None:
        self._words: dict[str, Word] = lexicon(dict(own))
        self._own = Longest(word.lower() for word, _ in own) if own else None
        self._places = _Places(Longest(self._words))
        self._values: dict[tuple[str, str], tuple[Type, Any]] = {}

    def scan(self, text: str) -> Clause:
        """The tokens of folded `text`, gaps included, in order and without overlap."""
        tokens: list[Token] = []
        places = self._places
        position = behind = 0  # `behind`: where the last token ends
        length = len(text)
        numbers = False
        while position < length:
            place = places[text[position : position + 2]]
            if place is None or not (found := self._find(text, position, place)):
                position += 1
                continue
            type_, value, form, end = found
            start, position = position, end
            if type_ in _PLACED and not _placed(type_, text, tokens, start):
                continue
            if form == "day" and _is_one_day(text, start, tokens, end):
                type_, value = parts.WHOLE_DAY, None
            if start > behind:
                tokens.append(Token(parts.GAP, text[behind:start], behind, start))
            if form == "week_days":
                tokens += [Token(type_, day, start + at, start + at + 1) for at, day in value]
            else:
                tokens.append(Token(type_, value, start, end))
            numbers = numbers or type_ is parts.NUMBER
            behind = end
        if behind < length:
            tokens.append(Token(parts.GAP, text[behind:], behind, length))
        return Clause(with_numbers(tokens) if numbers else tokens)

    def _find(self, text: str, position: int, place: _Place) -> tuple[Type, Any, str, int] | None:
        """What stands at `position`: its type, its value, the name of its form, its end."""
        find, lengths, find_mark = place
        if self._own is not None and (word := self._own.at(text, position)):
            own = self._words[word]
            return own.type, own.value, "", position + len(word)
        match = find(text, position) if find else None
        if match is None:
            for length in lengths:
                end = position + length
                word = text[position:end]
                known = self._words.get(word)
                if known is not None and (not word.isascii() or stands_alone(text, position, end)):
                    return known.type, known.value, "", end
            match = find_mark(text, position) if find_mark else None
        if match is None:
            return None
        form = match.lastgroup or ""
        type_, value = self._values.get((form, match[0])) or self._value(form, match)
        return type_, value, form, match.end()

    def _value(self, form: str, match: re.Match[str]) -> tuple[Type, Any]:
        """A form's type and value: both depend on its letters alone, so they are remembered."""
        found = READERS[form](match)
        if len(self._values) < _REMEMBERED:
            self._values[form, match[0]] = found
        return found

    def word(self, text: str) -> object:
        """What a folded word stands for, None where it is not ours."""
        known = self._words.get(text)
        return known.value if known else None

    def first_word(self, text: str) -> str | None:
        """The word or time that `text` begins with."""
        place = self._places[text[:2]] if text else None
        found = self._find(text, 0, place) if place else None
        return text[: found[3]] if found and found[2] not in ("name", "number") else None


def _placed(type_: Type, text: str, tokens: list[Token], start: int) -> bool:
    """Whether a particle stands where it means something: behind a time, or in English before one."""
    if type_ is parts.MORE:  # 会議のあと
        return text[start - 1 : start] != "の"
    if text[start] in _ASCII_FROM:
        return True
    if not tokens or tokens[-1].type not in _BEHIND_POINTS:
        return False
    if tokens[-1].end == start:
        return True
    between = text[tokens[-1].end : start].strip("のに間を " if type_ is parts.ABOUT_BEHIND else "のに間 ")
    return not between or (type_ is parts.LAND and _lands(between, tokens))


def _lands(between: str, tokens: list[Token]) -> bool:
    """9時には着きます, 15時に東京駅に着きます, あと20分で着きます."""
    if between == "で":
        return len(tokens) > 1 and tokens[-2].type is parts.MORE
    return between == "は" or _TO_A_PLACE.fullmatch(between) is not None


_BEHIND_POINTS = _POINTS | {parts.ABOUT_BEHIND, parts.UNTIL, parts.NUMBER, parts.WHOLE_DAY, parts.PERHAPS}


def _is_one_day(text: str, start: int, tokens: list[Token], end: int) -> bool:
    """一日休みます, 本日1日: a day's length, not the first of the month."""
    day = text[start:end]
    if day not in ("1日", "一日"):
        return False
    behind_day = (
        bool(tokens)
        and tokens[-1].type is parts.DAY
        and tokens[-1].value.unit not in ("month", "date", "day")
    )
    return behind_day or (day == "一日" and not text.startswith(_OF_A_DATE, end))


_OF_A_DATE = ("まで", "から", "より", "は", "に", "と", "~", "-", "、", "の", "付", "以", "(")


@lru_cache(maxsize=64)
def scanner(own: OwnWords) -> Scanner:
    """The scanner for an office's own words, compiled once."""
    return Scanner(own)
