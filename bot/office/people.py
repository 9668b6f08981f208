"""Colleagues as staff name them in chat."""

import re
import unicodedata
from collections.abc import Iterable

from bot.office.model import Person
from bot.office.names import NameIndex
from bot.office.utterance import HONORIFIC_END

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def chat_person(people: Iterable[Person], typed: str) -> tuple[Person, ...]:
    """The colleagues that a typed name may mean: one, several to choose from, or none.

    Understands a Slack mention, an id, a name in any script and spelling with an honorific or title,
    and department + name; a name that is merely like somebody's is nobody's.
    """
    people = tuple(people)
    if mention := _MENTION.search(typed):
        return tuple(person for person in people if person.slack == mention[1])
    name = unicodedata.normalize("NFKC", typed).strip().removeprefix("@").strip()
    by_id = tuple(
        person
        for person in people
        if name and name.lower() in (person.id.lower(), (person.slack or person.id).lower())
    )
    if by_id:
        return by_id
    bare = HONORIFIC_END.sub("", name)
    match = NameIndex(people).match(bare, near=False)
    if match.people:
        return match.people
    head, mark, rest = bare.rpartition("の")
    if not mark:
        return ()
    of_department = [person for person in people if person.department and person.department.startswith(head)]
    return NameIndex(of_department).match(rest, near=False).people
