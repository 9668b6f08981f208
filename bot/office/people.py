"""Colleagues as staff name them in chat."""

import re
import unicodedata
from collections.abc import Iterable

from bot.office.model import Person
from bot.office.names import NameIndex
from bot.office.utterance import HONORIFIC_END

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def chat_person(people: Iterable[Person], typed: str, index: NameIndex | None = None) -> tuple[Person, ...]:
    """The colleagues that a typed name may mean: one, several to choose from, or none.

    Understands a Slack mention, an id, a name in any script and spelling with an honorific or title,
    and department + name; a name that is merely like somebody's is nobody's. `index` spares building
    one of `people` (`Directory.chat_person` has it).
    """
    people = tuple(people)
    if mention := _MENTION.search(typed):
        return tuple(person for person in people if person.slack == mention[1])
    name = unicodedata.normalize("NFKC", typed).strip().removeprefix("@").strip()
    ids = name.lower()
    if by_id := tuple(one for one in people if ids and ids in (one.id.lower(), (one.slack or "").lower())):
        return by_id
    bare = HONORIFIC_END.sub("", name)
    match = (index or NameIndex(people)).match(bare, near=False)
    if match.people:
        return match.people
    head, mark, rest = bare.rpartition("の")
    of_department = [one for one in people if mark and one.department and one.department.startswith(head)]
    return NameIndex(of_department).match(rest, near=False).people
