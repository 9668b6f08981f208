"""One pass over a folded message: words, times and days become tokens, the rest stays a gap."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from bot.language import parts
from bot.language.days import WEEKDAYS, Day
from bot.language.forms import FORMS, LAST_FORMS, Form
from bot.language.lexicon import Word, lexicon, pattern
from bot.language.model import Kind
from bot.language.numbers import with_numbers
from bot.language.parts import Type
from bot.language.tokens import Clause, Token
from bot.language.values import READERS, WEEK_OFFSETS

OwnWords = tuple[tuple[str, Kind], ...]
"""An office's own words, sorted."""

_POINTS = frozenset({parts.CLOCK, parts.DAY, parts.AFTER, parts.LENGTH, parts.MORNING, parts.AFTERNOON})
_PLACED = frozenset({parts.FROM, parts.UNTIL, parts.SINCE, parts.LAND, parts.ABOUT_BEHIND, parts.MORE})
_ASCII_FROM = frozenset("abcdefghijklmnopqrstuvwxyz'")


_REMEMBERED = 8192  # values of times and words, so that a flood of numbers cannot grow the table

Match = Callable[[str, int], re.Match[str] | None]


class _Starts(dict[str, Match | None]):
    """For each letter, what finds a word or a time that begins with it; None where nothing does.

    Most letters begin few words, and most messages hold few letters: each is compiled when it is first met.
    """

    def __init__(self, words: Iterable[str], own: Iterable[str]) -> None:
        self._words = _by_first_letter(words)
        self._own = _by_first_letter(own)

    def __missing__(self, letter: str) -> Match | None:
        choices = [
            *_named("own", self._own.get(letter)),
            *(_group(form) for form in FORMS if re.match(form.begins, letter)),
            *_named("word", self._words.get(letter)),
            *(_group(form) for form in LAST_FORMS if re.match(form.begins, letter)),
        ]
        self[letter] = re.compile("|".join(choices)).match if choices else None
        return self[letter]


def _by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


def _named(name: str, words: Sequence[str] | None) -> list[str]:
    return [f"(?P<{name}>{pattern(words)})"] if words else []


def _group(form: Form) -> str:
    return f"(?P<{form.name}>{''.join(form.pattern.split())})"


class Scanner:
    """Splits folded text into tokens, by our vocabulary and an office's own words."""

    def __init__(self, own: OwnWords) -> None:
        self._words: dict[str, Word] = lexicon(dict(own))
        self._values: dict[tuple[str | None, str], tuple[Type, object]] = {}
        self._starts = _Starts(self._words, (word.lower() for word, _ in own))

    def scan(self, text: str) -> Clause:
        """The tokens of folded `text`, gaps included, in order and without overlap."""
        tokens: list[Token] = []
        starts, values = self._starts, self._values
        position = behind = 0  # `behind`: where the last token ends
        length = len(text)
        numbers = False
        while position < length:
            find = starts[text[position]]
            match = find(text, position) if find else None
            if match is None:
                position += 1
                continue
            start, position = position, match.end()
            form, letters = match.lastgroup, match[0]
            known = values.get((form, letters))
            type_, value = known or self._value(match)
            if type_ in _PLACED and not _placed(type_, text, tokens, start):
                continue
            if form == "day" and _is_one_day(text, letters, tokens, position):
                type_, value = parts.WHOLE_DAY, None
            if start > behind:
                tokens.append(Token(parts.GAP, text[behind:start], behind, start))
            if form == "week_days":
                tokens += _each_weekday(match)
            else:
                tokens.append(Token(type_, value, start, position))
            numbers = numbers or type_ is parts.NUMBER
            behind = position
        if behind < length:
            tokens.append(Token(parts.GAP, text[behind:], behind, length))
        return Clause(with_numbers(tokens) if numbers else tokens)

    def _value(self, match: re.Match[str]) -> tuple[Type, object]:
        """A match's type and value: both depend on its form and letters alone, so they are remembered."""
        form, letters = match.lastgroup, match[0]
        assert form is not None
        if form in ("word", "own"):
            word = self._words[" ".join(letters.split())]
            found = (word.type, word.value)
        else:
            found = READERS[form](match)
        if len(self._values) < _REMEMBERED:
            self._values[form, letters] = found
        return found

    def word(self, text: str) -> object:
        """What a folded word stands for, None where it is not ours."""
        known = self._words.get(text)
        return known.value if known else None

    def first_word(self, text: str) -> str | None:
        """The word or time that `text` begins with."""
        match = (find := self._starts[text[0]]) and find(text, 0) if text else None
        return match.group() if match and match.lastgroup not in ("name", "number") else None


def _placed(type_: Type, text: str, tokens: list[Token], start: int) -> bool:
    """Whether a particle stands where it means something: behind a time, or in English before one."""
    if type_ is parts.MORE:  # 会議のあと
        return text[start - 1 : start] != "の"
    if text[start] in _ASCII_FROM:
        return True
    return (
        bool(tokens)
        and tokens[-1].type in _BEHIND_POINTS
        and not text[tokens[-1].end : start].strip("のに間 ")
    )


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


def _each_weekday(match: re.Match[str]) -> list[Token]:
    week = WEEK_OFFSETS.get(match["wks"] or "")
    first = match.start("wks_d")
    return [
        Token(
            parts.DAY,
            Day("weekday", WEEKDAYS.index(letter), week=week if not index else None),
            first + index,
            first + index + 1,
        )
        for index, letter in enumerate(match["wks_d"])
    ]


@lru_cache(maxsize=64)
def scanner(own: OwnWords) -> Scanner:
    """The scanner for an office's own words, compiled once."""
    return Scanner(own)
