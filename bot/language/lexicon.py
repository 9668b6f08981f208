"""Looks a word up: every word of the vocabulary with what it does in a sentence, and one pattern for all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from bot.language import days, parts, vocabulary
from bot.language.model import Kind
from bot.language.parts import Type
from bot.language.tokens import Clock


class Role(StrEnum):
    """How a status word behaves beside another one."""

    STATE = "state"
    CAUSE = "cause"  # yields to a state
    ABSENCE = "absence"  # a mere absence: takes the kind of its cause
    VISIT = "visit"
    GO_DIRECT = "go_direct"
    GO_HOME = "go_home"
    GO_BOTH = "go_both"
    GOING = "going"
    HALF_MORNING = "half_morning"
    HALF_AFTERNOON = "half_afternoon"
    HALF_UNSAID = "half_unsaid"


@dataclass(frozen=True, slots=True)
class Status:
    """What a status word stands for."""

    kind: Kind
    role: Role = Role.STATE
    begun: bool = field(default=False, compare=False)  # 会議中 goes on already


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place in the grammar, and its value there."""

    type: Type
    value: object = None


TAKES = "takes"
POSTPONES = "postpones"
OUTLOOK = "outlook"
_PREPOSITIONS = frozenset({parts.FROM, parts.SINCE, parts.UNTIL, parts.BY})
_TO_OFFICE = re.compile("帰[社所庁院局店園校着任国]|[会貴]社|社[にへ]|オフィス|事務所|きしゃ|office")
_BRACES = re.compile(r"\{([^}]*)\}")


def expand(block: str) -> Iterator[str]:
    """The words of a vocabulary block, with every choice in braces made."""
    for entry in block.split():
        pieces = _BRACES.split(entry)
        choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
        for chosen in product(*choices):
            yield "".join(chosen).replace("_", " ").strip()


def is_to_office(text: str) -> bool:
    """Whether a coming back is one from outside (帰社, 会社に戻), not just to one's desk."""
    return bool(_TO_OFFICE.search(text))


def _words() -> Iterator[tuple[str, Word]]:
    plain = {
        parts.INNOCENT: vocabulary.INNOCENT,
        parts.RETURN: vocabulary.RETURNS,
        parts.ARRIVE: vocabulary.ARRIVES,
        parts.LAND: vocabulary.LANDS,
        parts.FINISH: vocabulary.FINISHES,
        parts.EXTEND: vocabulary.EXTENDS,
        parts.CHANGE: vocabulary.CHANGES,
        parts.MORE: vocabulary.MORE,
        parts.BECOME: vocabulary.BECOMES,
        parts.MORNING: vocabulary.MORNING,
        parts.AFTERNOON: vocabulary.AFTERNOON,
        parts.WHOLE_DAY: vocabulary.WHOLE_DAY,
        parts.FROM: vocabulary.FROM,
        parts.UNTIL: vocabulary.UNTIL,
        parts.BY: vocabulary.BY,
        parts.SINCE: vocabulary.SINCE,
        parts.ABOUT_BEHIND: vocabulary.ABOUT_BEHIND,
        parts.ABOUT: vocabulary.ABOUT_BEFORE,
        parts.PERHAPS: vocabulary.ABOUT_ANYWHERE,
        parts.THEN: vocabulary.AFTERWARDS,
        parts.FILLER: vocabulary.FILLERS,
        parts.PAST: vocabulary.PAST,
        parts.REPEATED: vocabulary.REPEATED,
        parts.CLEAR: vocabulary.CLEARS,
        parts.CANCEL: vocabulary.CANCELS,
        parts.FINISHED: vocabulary.FINISHED,
    }
    for type_, block in plain.items():
        for text in expand(block):
            yield (
                text,
                Word(
                    type_,
                    (text.isascii() and type_ in _PREPOSITIONS)
                    or (type_ is parts.RETURN and is_to_office(text)),
                ),
            )  # English prepositions stand before their time
    for text in expand(vocabulary.ALL_AFTERNOON):
        yield text, Word(parts.AFTERNOON, Clock(name="closing"))
    for text in expand(vocabulary.TAKES):
        yield text, Word(parts.EXTEND, TAKES)
    for text in expand(vocabulary.POSTPONES):
        yield text, Word(parts.EXTEND, POSTPONES)
    for text in expand(vocabulary.OUTLOOKS):
        yield text, Word(parts.PERHAPS, OUTLOOK)
    yield vocabulary.TO, Word(parts.DASH)
    yield from _status_words()
    for (name, about), block in vocabulary.NAMED_TIMES.items():
        for text in expand(block):
            yield text, Word(parts.CLOCK, Clock(name=name, about=about))
    for text, day in days.words():
        yield text, Word(parts.DAY, day)


def _status_words() -> Iterator[tuple[str, Word]]:
    for role, blocks in (
        (Role.STATE, vocabulary.STATES),
        (Role.CAUSE, vocabulary.CAUSES),
        (Role.ABSENCE, vocabulary.ABSENCES),
    ):
        for kind, block in blocks.items():
            for text in expand(block):
                yield text, Word(parts.KIND, Status(kind, role, begun=text.endswith("中")))
    for role, kind, block in (
        (Role.VISIT, Kind.OUT, vocabulary.VISITS),
        (Role.GO_DIRECT, Kind.OUT, vocabulary.GO_DIRECT),
        (Role.GO_HOME, Kind.OUT, vocabulary.GO_HOME),
        (Role.GO_BOTH, Kind.OUT, vocabulary.GO_BOTH),
        (Role.GOING, Kind.OUT, vocabulary.GOING),
        (Role.HALF_MORNING, Kind.LEAVE, vocabulary.HALF_MORNING),
        (Role.HALF_AFTERNOON, Kind.LEAVE, vocabulary.HALF_AFTERNOON),
        (Role.HALF_UNSAID, Kind.LEAVE, vocabulary.HALF_UNSAID),
    ):
        for text in expand(block):
            yield text, Word(parts.KIND, Status(kind, role))


def lexicon(own: Mapping[str, Kind]) -> dict[str, Word]:
    """Every word in small letters; an office's own words (`own`) go before ours."""
    table = dict(_words())
    table.update({word.lower(): Word(parts.KIND, Status(kind)) for word, kind in own.items()})
    return table


class Longest:
    """Finds the longest word that stands at a place; Latin words count only where they stand alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        # by the first two letters, which rarely begin words of more than two lengths
        self._lengths = {begin: tuple(sorted(found, reverse=True)) for begin, found in lengths.items()}

    def lengths(self, begin: str) -> tuple[int, ...]:
        """How long words are that may stand where `begin`, one or two letters, does; longest first."""
        found = self._lengths.get(begin, ())
        return (*found, 1) if len(begin) > 1 and begin[0] in self._words else found

    def at(self, text: str, position: int) -> str | None:
        """The longest word of which `text` has all letters from `position` on."""
        for length in self.lengths(text[position : position + 2]):
            end = position + length
            word = text[position:end]
            if word in self._words and (not word.isascii() or stands_alone(text, position, end)):
                return word
        return None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or digit stands right before or behind `[start, end)`."""
    return text[end : end + 1] not in _LATIN and (not start or text[start - 1] not in _LATIN)


_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
