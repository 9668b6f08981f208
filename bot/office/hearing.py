"""Finding a person by ear: a caller's words → one of our people, a question, or nobody.

The wrong person is worse than a question: only what sounds the same is taken as sure.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from bot.office.departments import TITLES, Departments, same_title
from bot.office.kana import to_hiragana
from bot.office.model import Former, Office, Person, StaffId
from bot.office.names import NameIndex, Tier
from bot.office.people import chat_person
from bot.office.utterance import Said, SentenceReader

_LONGEST_UTTERANCE = 400
_HINT_CHARACTERS = 100
_ORDINALS = (
    ("一人目", "1人目", "最初", "先の", "一番目", "1番"),
    ("二人目", "2人目", "後の", "あとの", "二番", "2番"),
    ("三人目", "3人目", "三番", "3番"),
)
_BUT_THAT = re.compile(r"(?P<not>.+?)(?:さん)?(?:じゃない|ではない|でない|以外の?)(?:方|ほう|人)?")


class Outcome(StrEnum):
    """What a caller's words for somebody come to."""

    SURE = "sure"  # one person
    CONFIRM = "confirm"  # one person, to be asked back
    WHICH = "which"  # several: ask which
    DEPARTMENT = "department"  # anyone of a department
    FORMER = "former"  # somebody who left
    NOBODY = "nobody"


class Telling(StrEnum):
    """What tells several people apart."""

    DEPARTMENT = "department"
    GIVEN_NAME = "given_name"
    SURNAME = "surname"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Found:
    """Who was meant.

    `people`: the one person, those to choose from, those of a department, or a former colleague's
    successor. `apart` says how to ask which. `department` is the office's own name for it, or the
    caller's where it fits several (営業 of 第一営業部 and 第二営業部).
    """

    outcome: Outcome
    people: tuple[Person, ...] = ()
    department: str | None = None
    former: Former | None = None
    apart: Telling | None = None

    @property
    def person(self) -> Person | None:
        """The one person found, sure or to be confirmed."""
        return self.people[0] if self.outcome in (Outcome.SURE, Outcome.CONFIRM) else None


NOBODY = Found(Outcome.NOBODY)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or department named in a sentence; `span` counts in the NFKC form of the sentence.

    `wanted`: the caller asks to reach them, and does not merely speak of them.
    """

    found: Found
    name: str | None
    department: str | None
    title: str | None
    span: tuple[int, int]
    wanted: bool = False


class Directory:
    """The people of an office, to be found by what callers call them. Immutable; build one per revision.

    `aliases`: spellings (folded) that stand for somebody besides their own.
    """

    def __init__(
        self,
        office: Office,
        people: Iterable[Person],
        aliases: Mapping[str, Sequence[StaffId]] = MappingProxyType({}),
    ) -> None:
        self.office = office
        self.people = tuple(people)
        self._by_id = {person.id: person for person in self.people}
        self._names = NameIndex(
            self.people,
            office.former,
            {
                spelling: [self._by_id[one] for one in whose if one in self._by_id]
                for spelling, whose in aliases.items()
            },
        )
        self._departments = Departments(person.department for person in self.people if person.department)
        self._reader = SentenceReader(self._names, self._departments)
        self._surnames = {
            surname: n for n, surname in enumerate(dict.fromkeys(p.surname for p in self.people))
        }
        self._surname_lengths = frozenset(map(len, self._surnames))
        self._members: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.department:
                self._members[person.department].append(person)

    @property
    def departments(self) -> tuple[str, ...]:
        """The office's departments that have people, in the order of the office file."""
        return tuple(self._members)

    def members(self, department: str) -> tuple[Person, ...]:
        """The people of a department, by its own name or by what it is called (営業部 for 営業)."""
        if department in self._members:
            return tuple(self._members[department])
        return tuple(
            person for name in self._departments.called(department) for person in self._members[name]
        )

    def english_department(self, text: str) -> str | None:
        """The department that an English sentence asks for, by the office's own name."""
        found = self._departments.in_english(text) if text.isascii() else ()
        return found[0] if found else None

    def colleagues(self, person: Person) -> tuple[Person, ...]:
        """The others of the same department."""
        return tuple(other for other in self.members(person.department or "") if other.id != person.id)

    def find(self, name: str, department: str | None = None, title: str | None = None) -> Found:
        """Who is meant by a name, alone or as 営業部の栗本さん; by a department or a title alone."""
        said = self._reader.whole(_plain(name))
        if department:
            departments = self._departments.called(department)
            said = replace(said, departments=departments, department=department)
        return self._resolve(replace(said, title=title or said.title))

    def find_in(self, utterance: str) -> list[Mention]:
        """Everybody of ours who is named in a sentence, in its order; the caller's own name is not taken."""
        text, places = _unspaced(_plain(utterance))
        return [
            Mention(
                self._resolve(said),
                said.name,
                said.department,
                said.title,
                (places[said.start], places[said.end - 1] + 1),
                said.wanted,
            )
            for said in self._reader.read(text)
        ]

    def surnames_in(self, text: str) -> Iterator[tuple[str, int]]:
        """The surnames that stand in a text as the office writes them, each with its first place.

        In the order of the office file.
        """
        written = {
            text[at : at + length] for length in self._surname_lengths for at in range(len(text) - length + 1)
        }
        for surname in sorted(written & self._surnames.keys(), key=self._surnames.__getitem__):
            yield surname, text.index(surname)

    def is_somebody(self, name: str) -> bool:
        """Whether a name as written is somebody's for certain."""
        return self._names.match(name, near=False).exact

    def chat_person(self, typed: str) -> tuple[Person, ...]:
        """The colleagues that a name typed in chat may mean; see `bot.office.people.chat_person`."""
        return chat_person(self.people, typed, self._names)

    def narrow(self, people: Sequence[Person], answer: str) -> Found:
        """Who of `people` an answer to "which one?" means: 営業のほうです, 花子さん, 部長です, お二人目."""
        text = _plain(answer)
        but = _BUT_THAT.match(text)
        if but:
            others = [person for person in people if not self._fits(person, but["not"])]
            left = others or people
            return Found(Outcome.SURE if len(left) == 1 else Outcome.WHICH, tuple(left), apart=_apart(left))
        for n, words in enumerate(_ORDINALS):
            if n < len(people) and any(word in text for word in words):
                return Found(Outcome.SURE, (people[n],))
        fitting = [person for person in people if self._fits(person, text)]
        if len(fitting) == 1:
            return Found(Outcome.SURE, (fitting[0],))
        left = fitting or people
        return Found(Outcome.WHICH, tuple(left), apart=_apart(left))

    def hints(self, limit: int = 500) -> tuple[str, ...]:
        """Words for the speech recogniser, the most telling first: up to `limit`, of 100 characters each."""
        return self._hints[:limit]

    @cached_property
    def _hints(self) -> tuple[str, ...]:
        words: dict[str, None] = {}
        for person in self.people:
            words[person.surname] = None
        words.update(dict.fromkeys(self._departments.names))
        for person in self.people:
            words[person.name if person.name.isascii() else "".join(person.name.split())] = None
        words.update(dict.fromkeys(former.name.split()[0] for former in self.office.former))
        return tuple(word for word in words if len(word) <= _HINT_CHARACTERS and "," not in word)

    def _fits(self, person: Person, answer: str) -> bool:
        index = NameIndex([person])
        given = person.name.split()[1:]
        words = [*given, "".join(person.name.split())]
        if any(word in answer for word in words) or (
            person.department and self._says(answer, person.department)
        ):
            return True
        if person.title and any(title in answer and same_title(person.title, title) for title in TITLES):
            return True
        alone = SentenceReader(index, Departments(())).whole(_answer(answer)).name
        return bool(alone) and index.match(alone or "", near=False).tier in (Tier.GIVEN, Tier.FULL)

    def _says(self, answer: str, department: str) -> bool:
        return any(
            department in self._departments.called(answer[start:end])
            for start in range(len(answer))
            for end in range(start + 2, min(len(answer), start + 12) + 1)
        )

    def _resolve(self, said: Said) -> Found:
        if said.name is None:
            return self._unnamed(said)
        match = self._names.match(said.name)
        if match.former and (not match.people or match.tier is Tier.FULL) and match.exact:
            return self._former(match.former[0])
        if not match.people:
            return NOBODY
        people, contradicted = self._narrowed(match.people, said)
        if len(people) > 1:
            return Found(Outcome.WHICH, people, apart=_apart(people))
        sure = match.exact and not contradicted and not said.unsure and not match.former
        return Found(Outcome.SURE if sure else Outcome.CONFIRM, people, people[0].department)

    def _narrowed(self, people: tuple[Person, ...], said: Said) -> tuple[tuple[Person, ...], bool]:
        """The people whose department and title fit; and whether something said fits none of them."""
        contradicted = False
        titled = [person for person in people if said.title and same_title(person.title, said.title)]
        if said.department:
            fitting = tuple(person for person in people if person.department in said.departments)
            contradicted = not fitting
            people = fitting or people
        if said.title:
            fitting = tuple(person for person in people if person in titled)
            contradicted |= not fitting and (bool(titled) or any(person.title for person in people))
            people = fitting or people
        return people, contradicted

    def _unnamed(self, said: Said) -> Found:
        members = [person for name in said.departments for person in self._members.get(name, ())]
        if said.title:
            everybody = members if said.department else list(self.people)
            holders = tuple(person for person in everybody if same_title(person.title, said.title))
            if len(holders) == 1:
                return Found(Outcome.SURE, holders, holders[0].department)
            if holders:
                return Found(Outcome.WHICH, holders, apart=_apart(holders))
        if not said.departments:
            return NOBODY
        name = said.departments[0] if len(said.departments) == 1 else said.department
        return Found(Outcome.DEPARTMENT, tuple(members), name)

    def _former(self, former: Former) -> Found:
        successor = self._by_id.get(former.successor) if former.successor else None
        return Found(Outcome.FORMER, (successor,) if successor else (), former=former)


def _apart(people: Sequence[Person]) -> Telling:
    """By what to ask which: other surnames, else departments if all differ, else given names, else titles."""
    if len({person.surname_reading or person.surname for person in people}) == len(people):
        return Telling.SURNAME
    departments = [person.department for person in people]
    if all(departments) and len(set(departments)) == len(people):
        return Telling.DEPARTMENT
    given = {tuple(person.name.split()[1:]) for person in people}
    if len(given) == len(people):
        return Telling.GIVEN_NAME
    return Telling.TITLE if len({person.title for person in people}) == len(people) else Telling.DEPARTMENT


def _answer(text: str) -> str:
    """The word that an answer like 「えっと、花子さんの方です」 is about."""
    return re.sub(
        r"(の?(方|ほう))?(を|に)?(です|でお願いします|お願いします|で|だ)?[。、\s]*$",
        "",
        re.sub(r"^(はい|えっと|えーと|あの)?[、\s]*", "", text),
    )


# The recogniser's spaces inside a phrase: 「営業の 栗本 さん」, 「お願い します」.
_SPACES = re.compile(
    r"(?<=[のおご])\s+|\s+(?=(?:さん|さま|様|氏|の|を|は|に|へ|します|いた)(?:[^ぁ-ん]|[をはにのいおでへが]|$))"
)


def _unspaced(text: str) -> tuple[str, list[int]]:
    """The text without such spaces, and where each of its characters stood."""
    gone = {at for match in _SPACES.finditer(text) for at in range(*match.span())}
    places = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in places), places


def _plain(text: str) -> str:
    """What is read: NFKC; a sentence wholly in katakana as hiragana."""
    flat = unicodedata.normalize("NFKC", text)[:_LONGEST_UTTERANCE]
    return flat if re.search(r"[^\W\dァ-ー]", flat) else to_hiragana(flat)
