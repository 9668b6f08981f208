"""One pass over a folded message: words, times and days become tokens, the rest stays a gap."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from bot.language import parts
from bot.language.forms import FORMS, LAST_FORMS, Form
from bot.language.lexicon import Longest, Word, lexicon
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


_TO_A_PLACE = re.compile("(?:頃|ごろ)?に?は?[^、。はがを]{1,10}[にへ]")
_REMEMBERED = 8192  # values of forms, so that a flood of numbers cannot grow the table

Match = Callable[[str, int], re.Match[str] | None]


class _Forms(dict[str, Match | None]):
    """For each letter, what finds a form that begins with it, None where none does.

    Compiled when a letter is first met, once for all letters that begin the same forms.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        self._beginning: dict[str, tuple[Form, ...]] = {}
        for form in forms:
            for letter in form.begins:
                self._beginning[letter] = (*self._beginning.get(letter, ()), form)

    @property
    def letters(self) -> Iterable[str]:
        """Those that begin a form."""
        return self._beginning

    def __missing__(self, letter: str) -> Match | None:
        forms = self._beginning.get(letter)
        self[letter] = _compiled(forms) if forms else None
        return self[letter]


@lru_cache
def _compiled(forms: tuple[Form, ...]) -> Match:
    groups = (f"(?P<{form.name}>{''.join(form.pattern.split())})" for form in forms)
    return re.compile("|".join(groups)).match


class Scanner:
    """Splits folded text into tokens, by our vocabulary and an office's own words."""

    def __init__(self, own: OwnWords) -> None:
        self._words: dict[str, Word] = lexicon(dict(own))
        self._has_own = bool(own)
        self._own = Longest(word.lower() for word, _ in own)
        self._ours = Longest(self._words)
        self._first, self._last = _Forms(FORMS), _Forms(LAST_FORMS)
        self._starts = frozenset((*self._first.letters, *self._last.letters, *self._ours.beginnings))
        self._values: dict[tuple[str, str], tuple[Type, Any]] = {}

    def scan(self, text: str) -> Clause:
        """The tokens of folded `text`, gaps included, in order and without overlap."""
        tokens: list[Token] = []
        starts = self._starts
        position = behind = 0  # `behind`: where the last token ends
        length = len(text)
        numbers = False
        while position < length:
            if not (text[position] in starts or text[position : position + 2] in starts) or not (
                found := self._find(text, position)
            ):
                position += 1
                continue
            type_, value, form, letters = found
            start, position = position, position + len(letters)
            if type_ in _PLACED and not _placed(type_, text, tokens, start):
                continue
            if form == "day" and _is_one_day(text, letters, tokens, position):
                type_, value = parts.WHOLE_DAY, None
            if start > behind:
                tokens.append(Token(parts.GAP, text[behind:start], behind, start))
            if form == "week_days":
                tokens += [Token(type_, day, start + at, start + at + 1) for at, day in value]
            else:
                tokens.append(Token(type_, value, start, position))
            numbers = numbers or type_ is parts.NUMBER
            behind = position
        if behind < length:
            tokens.append(Token(parts.GAP, text[behind:], behind, length))
        return Clause(with_numbers(tokens) if numbers else tokens)

    def _find(self, text: str, position: int) -> tuple[Type, Any, str, str] | None:
        """What stands at `position`: its type, its value, the name of its form, its letters."""
        letter = text[position]
        word = self._own.at(text, position) if self._has_own else None
        if word is None:
            match = find(text, position) if (find := self._first[letter]) else None
            if (
                match is None
                and (word := self._ours.at(text, position)) is None
                and (find := self._last[letter])
            ):
                match = find(text, position)
            if match is not None:
                form, letters = match.lastgroup or "", match[0]
                type_, value = self._values.get((form, letters)) or self._value(form, match)
                return type_, value, form, letters
        if word is None:
            return None
        known = self._words[word]
        return known.type, known.value, "", word

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
        found = self._find(text, 0) if text else None
        return found[3] if found and found[2] not in ("name", "number") else None


def _placed(type_: Type, text: str, tokens: list[Token], start: int) -> bool:
    """Whether a particle stands where it means something: behind a time, or in English before one."""
    if type_ is parts.MORE:  # 会議のあと
        return text[start - 1 : start] != "の"
    if text[start] in _ASCII_FROM:
        return True
    return (
        bool(tokens)
        and tokens[-1].type in _BEHIND_POINTS
        and (
            not (between := text[tokens[-1].end : start].strip("のに間 "))
            or (type_ is parts.LAND and _lands(between, tokens))
        )
    )


def _lands(between: str, tokens: list[Token]) -> bool:
    """9時には着きます, 15時に東京駅に着きます, あと20分で着きます."""
    if between == "で":
        return len(tokens) > 1 and tokens[-2].type is parts.MORE
    return between == "は" or _TO_A_PLACE.fullmatch(between) is not None


_BEHIND_POINTS = _POINTS | {parts.ABOUT_BEHIND, parts.UNTIL, parts.NUMBER, parts.WHOLE_DAY}


def _is_one_day(text: str, day: str, tokens: list[Token], end: int) -> bool:
    """一日休みます, 本日1日: a day's length, not the first of the month."""
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
