"""Which people a spoken or written name may mean: the name alone, without the sentence around it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bot.office.kana import distance, is_kana, latin_sound, plain_latin, sound
from bot.office.model import Former, Person
from bot.office.readings import folded, is_surname, listed_sounds, possible_sounds, split_name, usual_sounds

NEAR = 0.25
"""Sounds further apart than this (`kana.distance`) are different names."""

NEAR_LISTED = 0.23
"""The same for a surname that is written as one: 加藤 is rather another person than 佐藤 misheard."""

_MARGIN = 0.08  # near names within this of the nearest are asked too
_LONGEST_NAME = 12
_FEW = 4
_MOST_TRIED = 24  # readings of one spelling that are compared by likeness


class Tier(IntEnum):
    """How well a name fits, best last."""

    NONE = 0
    NEAR = 1  # another sound, but like it
    POSSIBLE = 2  # an unusual reading of what was written, or the given name contradicts
    GIVEN = 3  # the given name alone
    SURNAME = 4
    FULL = 5


@dataclass(frozen=True, slots=True)
class Match:
    """Who fits a name, all equally well."""

    tier: Tier
    people: tuple[Person, ...] = ()
    former: tuple[Former, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the name as said is somebody's, and not merely like it."""
        return self.tier >= Tier.GIVEN


NO_MATCH = Match(Tier.NONE)


@dataclass(frozen=True)
class _Entry:
    """Somebody findable, with the sounds and spellings of both names."""

    who: Person | Former
    surname: str
    given: str
    surname_sounds: frozenset[str]
    given_sounds: frozenset[str]
    given_words: frozenset[str] = frozenset()  # of ティ ラン each alone, as spelt and as read


@dataclass
class NameIndex:
    """Finds people by name. Built once, then only read."""

    people: Sequence[Person]
    former: Sequence[Former] = ()
    aliases: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    """Spellings (folded) that stand for somebody as their surname does; their own names go first."""
    _by_spelling: defaultdict[str, list[_Entry]] = field(init=False)
    _by_sound: defaultdict[str, list[_Entry]] = field(init=False)
    _by_given: defaultdict[str, list[_Entry]] = field(init=False)
    _entries: list[_Entry] = field(init=False)

    def __post_init__(self) -> None:
        self._by_spelling, self._by_sound = defaultdict(list), defaultdict(list)
        self._by_given = defaultdict(list)
        everybody: list[Person | Former] = [*self.people, *self.former]
        self._entries = [_entry(who) for who in everybody]
        for entry in self._entries:
            self._add(entry)

    def _add(self, entry: _Entry) -> None:
        self._by_spelling[entry.surname].append(entry)
        for said in entry.surname_sounds:
            self._by_sound[said].append(entry)
        for key in {entry.given, *entry.given_sounds, *entry.given_words} - {""}:
            self._by_given[key].append(entry)

    @cached_property
    def _longest(self) -> int:
        """Characters of the longest surname, written or read: each character is at least one of its sound."""
        return max(map(len, [*self._by_spelling, *self._by_sound]), default=0)

    @cached_property
    def _latin_of(self) -> dict[str, str]:
        """Each surname's sound → its romanisation: what likeness is first looked for in."""
        return {said: latin_sound(said) for said in self._by_sound}

    @cached_property
    def _by_latin(self) -> dict[str, list[_Entry]]:
        """Romanised surnames, given names and both in either order; built when first needed."""
        found: defaultdict[str, list[_Entry]] = defaultdict(list)
        for entry in self._entries:
            surnames = {*map(latin_sound, entry.surname_sounds), plain_latin(entry.surname)}
            guessed = len(entry.given_sounds) > _FEW  # from the kanji: not worth every romanisation
            givens = {*(() if guessed else map(latin_sound, entry.given_sounds)), plain_latin(entry.given)}
            both = {one for a in surnames for b in givens if a and b for one in (a + b, b + a)}
            for key in (surnames | givens | both) - {""}:
                found[key].append(entry)
        return dict(found)

    def match(self, name: str, *, near: bool = True) -> Match:
        """Who may be meant. Without `near` only certain fits are looked for."""
        flat = folded(name)
        if not flat or len(flat) > _LONGEST_NAME * 2:
            return NO_MATCH
        if flat.isascii():
            return self._latin(flat)
        certain = self._certain(flat)
        return certain if certain.tier or not near else self._guess(flat)

    def _certain(self, flat: str) -> Match:
        if full := self._full(flat):
            return _match(Tier.FULL, full)
        if surname := self._surnamed(flat):
            return _match(Tier.SURNAME, surname)
        if settled := self.aliases.get(flat):
            return _match(Tier.SURNAME, (entry for who in settled for entry in self._namesakes(who)))
        tier = Tier.POSSIBLE if is_surname(flat) else Tier.GIVEN
        return _match(tier, self._given(flat))

    def _guess(self, flat: str) -> Match:
        possible = self._of_sounds(possible_sounds(flat)) or self._contradicted(flat) or self._misread(flat)
        if possible:
            return _match(Tier.POSSIBLE, possible)
        listed = is_surname(flat) and not is_kana(flat)
        return self._near(sorted(usual_sounds(flat))[:_MOST_TRIED], NEAR_LISTED if listed else NEAR)

    def _misread(self, flat: str) -> list[_Entry]:
        """ひがし for 東, who is called あずま: a name read off a card in another way that it has."""
        return [entry for said in usual_sounds(flat) for entry in self._other_readings.get(said, ())]

    @cached_property
    def _other_readings(self) -> dict[str, list[_Entry]]:
        """The sounds that surnames of the table can have besides their own; built when first needed."""
        found: defaultdict[str, list[_Entry]] = defaultdict(list)
        for entry in self._entries:
            if is_surname(entry.surname):
                for said in listed_sounds(entry.surname) - entry.surname_sounds:
                    found[said].append(entry)
        return dict(found)

    def _full(self, flat: str) -> list[_Entry]:
        """栗本太郎 and くりもとたろう: every cut into surname and given name is tried."""
        return [
            entry
            for cut in range(1, min(len(flat), _LONGEST_NAME))
            for entry in self._surnamed(flat[:cut])
            if flat[cut:] == entry.given or usual_sounds(flat[cut:]) & entry.given_sounds
        ]

    def _contradicted(self, flat: str) -> list[_Entry]:
        """栗本次郎 where only 栗本太郎 is known. A longer surname (小野田) is not 小野 with a given name."""
        if is_surname(flat):
            return []
        for cut in range(min(len(flat) - 1, 4), 1, -1):
            if found := self._by_spelling.get(flat[:cut]):
                return list(found)
        return []

    def _surnamed(self, surname: str) -> list[_Entry]:
        if len(surname) > self._longest:
            return []
        return [*self._by_spelling.get(surname, ()), *self._of_sounds(usual_sounds(surname))]

    def _given(self, flat: str) -> list[_Entry]:
        usual = usual_sounds(flat) if all("ぁ" <= c <= "ー" for c in flat) else ()
        return [entry for key in {flat, *usual} for entry in self._by_given.get(key, ())]

    def _namesakes(self, person: Person) -> list[_Entry]:
        """Everybody of a person's surname: a spelling settled for one 佐藤 does not say which."""
        return [
            entry
            for entry in self._by_spelling[folded(person.surname)]
            if isinstance(entry.who, Person) and entry.who.surname_reading == person.surname_reading
        ]

    def _of_sounds(self, sounds: Iterable[str]) -> list[_Entry]:
        return [entry for said in sounds for entry in self._by_sound.get(said, ())]

    def _latin(self, flat: str) -> Match:
        key = plain_latin(flat)
        if found := self._by_latin.get(key):
            exact = [entry for entry in found if key not in map(latin_sound, entry.given_sounds)]
            return _match(Tier.SURNAME, exact) if exact else _match(Tier.GIVEN, found)
        return NO_MATCH

    def _near(self, sounds: Iterable[str], limit: float) -> Match:
        scored: dict[str, float] = {}
        for said in sounds:
            likely = process.extract(
                latin_sound(said),
                self._latin_of,
                scorer=Levenshtein.normalized_distance,
                score_cutoff=0.5,
                limit=20,
            )
            for _, _, other in likely:
                apart = distance(said, other)
                if apart <= limit:
                    scored[other] = min(apart, scored.get(other, 1.0))
        if not scored:
            return NO_MATCH
        best = min(scored.values())
        return _match(
            Tier.NEAR, self._of_sounds(said for said, apart in scored.items() if apart <= best + _MARGIN)
        )


def _match(tier: Tier, entries: Iterable[_Entry]) -> Match:
    entries = list(entries)
    whos = list(dict.fromkeys(id(entry.who) for entry in entries))
    by_id = {id(entry.who): entry.who for entry in entries}
    found = [by_id[key] for key in whos]
    if not found:
        return NO_MATCH
    return Match(
        tier,
        tuple(who for who in found if isinstance(who, Person)),
        tuple(who for who in found if isinstance(who, Former)),
    )


def _entry(who: Person | Former) -> _Entry:
    surname, given = split_name(who.name)
    said_surname, _, said_given = " ".join(who.reading.split()).partition(" ")
    if who.reading and given and not said_given:
        said_surname, said_given = _cut_reading(surname, who.reading)
    words = (*given.split(), *map(sound, said_given.split()))
    return _Entry(
        who,
        folded(surname),
        folded(given),
        frozenset({sound(said_surname)}) if said_surname else listed_sounds(surname),
        frozenset({sound(said_given)}) if said_given else usual_sounds(given),
        frozenset(map(folded, words)),
    )


def _cut_reading(surname: str, reading: str) -> tuple[str, str]:
    """`くりもとたろう` of 栗本 太郎 → くりもと, たろう; all of it where no cut fits."""
    for sounds in (usual_sounds(surname), possible_sounds(surname)):
        for cut in range(len(reading) - 1, 0, -1):
            if sound(reading[:cut]) in sounds:
                return reading[:cut], reading[cut:]
    return reading, ""
