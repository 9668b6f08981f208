"""One pass over a folded message: words, times and days become tokens, the rest stays a gap."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.language.days import WEEKDAYS, Day
from bot.language.forms import FORMS, GUARDED, NUMBER, READERS, WEEK_OFFSETS
from bot.language.lexicon import Word, lexicon, pattern
from bot.language.model import Kind
from bot.language.numbers import with_numbers
from bot.language.tokens import Token, Type

OwnWords = tuple[tuple[str, Kind], ...]
"""An office's own words, sorted."""

_POINTS = frozenset({Type.CLOCK, Type.DAY, Type.AFTER, Type.LENGTH, Type.MORNING, Type.AFTERNOON})
_PLACED = frozenset({Type.FROM, Type.UNTIL, Type.SINCE, Type.LAND, Type.ABOUT_BEHIND, Type.MORE})
_ASCII_FROM = frozenset("abcdefghijklmnopqrstuvwxyz'")


_REMEMBERED = 8192  # values of times and words, so that a flood of numbers cannot grow the table


def _group(name: str) -> str:
    return f"(?P<{name}>{FORMS[name]})"


class Scanner:
    """Splits folded text into tokens, by our vocabulary and an office's own words."""

    def __init__(self, own: OwnWords) -> None:
        self._words: dict[str, Word] = lexicon(dict(own))
        self._known: dict[tuple[str | None, str], tuple[Type, object]] = {}
        known = {name for _, names in GUARDED for name in names}
        digits = "|".join(_group(name) for name in FORMS if name not in known)
        choices = [
            *([f"(?P<own>{pattern(word.lower() for word, _ in own)})"] if own else []),
            *(f"(?={first})(?:{'|'.join(map(_group, names))})" for first, names in GUARDED[:-1]),
            rf"(?=[0-9一二三四五六七八九十半午お昼早朝夕深夜晩ap])(?:{digits})",
            f"(?P<word>{pattern(self._words)})",
            f"(?P<number>{NUMBER})",
            "|".join(map(_group, GUARDED[-1][1])),
        ]
        self._pattern = re.compile("|".join(choices))

    def scan(self, text: str) -> list[Token]:
        """The tokens of folded `text`, gaps included, in order and without overlap."""
        tokens: list[Token] = []
        position = 0
        numbers = False
        for match in self._pattern.finditer(text):
            form = match.lastgroup
            start, end = match.span()
            found: Sequence[Token]
            if form == "week_days":
                found = _each_weekday(match)
            else:
                type_, value = self._value(form, match)
                if type_ in _PLACED and not _placed(type_, text, tokens, start):
                    continue
                if form == "day" and _is_one_day(text, match.group(), tokens, end):
                    type_, value = Type.WHOLE_DAY, None
                numbers = numbers or type_ is Type.NUMBER
                found = (Token(type_, value, start, end),)
            if start > position:
                tokens.append(Token(Type.GAP, text[position:start], position, start))
            tokens.extend(found)
            position = end
        if position < len(text):
            tokens.append(Token(Type.GAP, text[position:], position, len(text)))
        return with_numbers(tokens) if numbers else tokens

    def _value(self, form: str | None, match: re.Match[str]) -> tuple[Type, object]:
        """A match's type and value: both depend on its form and letters alone, so they are remembered."""
        key = (form, match.group())
        known = self._known.get(key)
        if known is None:
            if form in ("word", "own"):
                word = self._words[" ".join(key[1].split())]
                known = (word.type, word.value)
            else:
                assert form is not None
                known = READERS[form](match)
            if len(self._known) < _REMEMBERED:
                self._known[key] = known
        return known

    def word(self, text: str) -> object:
        """What a folded word stands for, None where it is not ours."""
        known = self._words.get(text)
        return known.value if known else None

    def first_word(self, text: str) -> str | None:
        """The word or time that `text` begins with."""
        match = self._pattern.match(text)
        return match.group() if match and match.lastgroup not in ("name", "number") else None


def _placed(type_: Type, text: str, tokens: list[Token], start: int) -> bool:
    """Whether a particle stands where it means something: behind a time, or in English before one."""
    if type_ is Type.MORE:  # 会議のあと
        return text[start - 1 : start] != "の"
    if text[start] in _ASCII_FROM:
        return True
    return (
        bool(tokens)
        and tokens[-1].type in _BEHIND_POINTS
        and not text[tokens[-1].end : start].strip("のに間 ")
    )


_BEHIND_POINTS = _POINTS | {Type.ABOUT_BEHIND, Type.UNTIL, Type.NUMBER, Type.WHOLE_DAY}


def _is_one_day(text: str, day: str, tokens: list[Token], end: int) -> bool:
    """一日休みます, 本日1日: a day's length, not the first of the month."""
    if day not in ("1日", "一日"):
        return False
    behind_day = (
        bool(tokens) and tokens[-1].type is Type.DAY and tokens[-1].value.unit not in ("month", "date", "day")
    )
    return behind_day or (day == "一日" and not text.startswith(_OF_A_DATE, end))


_OF_A_DATE = ("まで", "から", "より", "は", "に", "と", "~", "-", "、", "の", "付", "以", "(")


def _each_weekday(match: re.Match[str]) -> list[Token]:
    week = WEEK_OFFSETS.get(match["wks"] or "")
    first = match.start("wks_d")
    return [
        Token(
            Type.DAY,
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
