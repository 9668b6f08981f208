"""Colleagues as they are named in chat."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.hearing import Directory
from bot.office.model import Person
from bot.office.people import chat_person

PEOPLE = (
    Person(id="kurimoto", name="栗本 太郎", reading="くりもと たろう", slack="U0KURIMOTO", department="営業"),
    Person(id="h.sato", name="佐藤 花子", reading="さとう はなこ", slack="U0SATO", department="営業部"),
    Person(id="k.sato", name="佐藤 健", reading="さとう けん", department="総務部"),
    Person(id="onishi", name="大西 祐介", department="開発"),
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("栗本", "kurimoto"),
        ("栗本さん", "kurimoto"),
        ("栗本くん", "kurimoto"),
        ("栗本課長", "kurimoto"),
        ("kurimoto", "kurimoto"),
        ("@kurimoto", "kurimoto"),
        ("KURIMOTO", "kurimoto"),
        ("kurimoto taro", "kurimoto"),
        ("Taro Kurimoto", "kurimoto"),
        ("<@U0KURIMOTO>", "kurimoto"),
        ("<@U0KURIMOTO|kuri>", "kurimoto"),
        ("U0KURIMOTO", "kurimoto"),
        ("くりもと", "kurimoto"),
        ("クリモト", "kurimoto"),
        ("@栗本 太郎", "kurimoto"),
        ("佐藤", "h.sato k.sato"),
        ("satou", "h.sato k.sato"),
        ("h.sato", "h.sato"),
        ("総務の佐藤さん", "k.sato"),
        ("佐藤健", "k.sato"),
        ("花子さん", "h.sato"),
        ("ohnishi", "onishi"),
        ("おおにしさん", "onishi"),
        ("栗山", ""),
        ("小西", ""),
        ("<@U0STRANGER>", ""),
        ("", ""),
        ("@", ""),
    ],
)
def test_who_is_meant(typed: str, who: str) -> None:
    assert [person.id for person in chat_person(PEOPLE, typed)] == who.split()


def test_a_directory_answers_the_same(directory: Directory, people: tuple[Person, ...]) -> None:
    for typed in ("栗本さん", "佐藤", "総務の佐藤", "kinoshita", "だれか"):
        assert directory.chat_person(typed) == chat_person(people, typed)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    assert set(chat_person(PEOPLE, typed)) <= set(PEOPLE)
