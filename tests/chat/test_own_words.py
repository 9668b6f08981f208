"""An office's own words for kinds, from its file into the conversation."""

from bot.language.model import Kind
from bot.office.apply import apply_office
from bot.office.file import PersonInFile, read_office_file
from bot.office.model import Person
from tests.chat.conftest import Chat
from tests.support.midori import OFFICE, PEOPLE


def test_words_of_the_office_are_read_in_every_form(chat: Chat) -> None:
    office = OFFICE.model_copy(update={"words": {"客先A": Kind.OUT, "ノマド": Kind.REMOTE}})
    every = frozenset(Person.model_fields)
    chat.store.run_now(apply_office, office, [PersonInFile(person, every) for person in PEOPLE])
    chat.says("mori", "ノマド")
    assert chat.presence("mori").kind is Kind.REMOTE
    chat.commands("mori", "away", "客先A 15時まで")
    assert chat.presence("mori").kind is Kind.OUT
    chat.says("mori", "明日の10時からノマド")
    assert Kind.REMOTE in [item.entry.kind for item in chat.plan("mori")]


def test_the_office_file_has_them() -> None:
    head = "organization: aozora\nname: 青空商会\nstaff:\n  - {id: tanaka, name: 田中 一郎}\n"
    file = read_office_file(f"{head}words: {{客先A: out, ノマド: remote}}\n", {})
    assert file.office.words == {"客先A": Kind.OUT, "ノマド": Kind.REMOTE}
