"""Finding a person by ear: the right one, a question, or nobody; never the wrong one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.hearing import Directory, Found, Outcome, Telling
from bot.office.model import Office, OrganizationId, Person


def ids(found: Found) -> list[str]:
    return sorted(person.id for person in found.people)


@pytest.mark.parametrize(
    ("said", "outcome", "who"),
    [
        ("栗本", "sure", "kurimoto"),
        ("栗元", "sure", "kurimoto"),
        ("久里本", "sure", "kurimoto"),
        ("クリモト", "sure", "kurimoto"),
        ("ｸﾘﾓﾄさん", "sure", "kurimoto"),
        ("くりもとさん", "sure", "kurimoto"),
        ("栗本太郎様", "sure", "kurimoto"),
        ("くりもとたろう", "sure", "kurimoto"),
        ("Kurimoto", "sure", "kurimoto"),
        ("課長の栗本さん", "sure", "kurimoto"),
        ("営業課長の栗本さん", "sure", "kurimoto"),
        ("栗本次郎", "confirm", "kurimoto"),
        ("クリモド", "confirm", "kurimoto"),
        ("総務の栗本さん", "confirm", "kurimoto"),
        ("佐藤", "which", "ken sato"),
        ("佐東さん", "which", "ken sato"),
        ("営業の佐藤さん", "sure", "sato"),
        ("佐藤部長", "sure", "ken"),
        ("佐藤花子さん", "sure", "sato"),
        ("経理の佐藤さん", "which", "ken sato"),
        ("斉藤さん", "sure", "saito"),
        ("齋藤", "sure", "saito"),
        ("さいとう", "sure", "saito"),
        ("大野", "sure", "ono"),
        ("オオノ", "sure", "ono"),
        ("小野", "confirm", "ono"),
        ("伊東", "sure", "ito"),
        ("井藤さん", "sure", "ito"),
        ("江藤さん", "confirm", "ito"),
        ("渡辺", "sure", "watanabe"),
        ("渡部様", "sure", "watanabe"),
        ("ワタナベ", "sure", "watanabe"),
        ("きのした", "sure", "kinoshita"),
        ("阿部", "which", "abe1 abe2"),
        ("阿部さくら", "sure", "abe1"),
        ("東", "sure", "azuma"),
        ("あずまさん", "sure", "azuma"),
        ("小林", "sure", "kobayashi"),
        ("林", "sure", "hayashi"),
        ("佐佐木", "sure", "sasaki"),
        ("スミスさん", "sure", "smith"),
        ("ジョン", "sure", "smith"),
        ("花子さん", "sure", "sato"),
        ("工場長", "sure", "kobayashi"),
        ("製造部の工場長", "sure", "kobayashi"),
        ("開発部長", "sure", "ono"),
        ("部長", "which", "ken ono"),
        ("営業", "department", "kurimoto sasaki sato suzuki"),
        ("経理課", "department", "abe1 abe2 ito kinoshita"),
        ("けいり", "department", "abe1 abe2 ito kinoshita"),
        ("江口さん", "former", "sato"),
        ("田中", "nobody", ""),
        ("森田", "nobody", ""),
        ("小野寺", "nobody", ""),
        ("大森", "nobody", ""),
        ("社長", "nobody", ""),
        ("", "nobody", ""),
    ],
)
def test_a_name_finds_the_person_or_a_question(
    directory: Directory, said: str, outcome: str, who: str
) -> None:
    found = directory.find(said)
    assert (found.outcome.value, ids(found)) == (outcome, who.split())


def test_department_and_title_may_be_given_apart(directory: Directory) -> None:
    assert ids(directory.find("佐藤", department="営業部")) == ["sato"]
    assert ids(directory.find("佐藤", title="部長")) == ["ken"]


def test_two_of_one_name_are_told_apart_by_what_differs(directory: Directory) -> None:
    assert directory.find("佐藤").apart is Telling.DEPARTMENT
    assert directory.find("安倍").apart is Telling.GIVEN_NAME


def test_a_former_colleague_without_successor_is_still_known(
    people: tuple[Person, ...], office: Office
) -> None:
    left = office.former[0].model_copy(update={"successor": None})
    found = Directory(office.model_copy(update={"former": (left,)}), people).find("江口")
    assert (found.outcome, found.people, found.former) == (Outcome.FORMER, (), left)


def test_a_former_namesake_makes_it_a_question(people: tuple[Person, ...], office: Office) -> None:
    left = office.former[0].model_copy(update={"name": "鈴木 一", "reading": "すずき はじめ"})
    directory = Directory(office.model_copy(update={"former": (left,)}), people)
    assert directory.find("鈴木").outcome is Outcome.CONFIRM
    assert directory.find("鈴木一").outcome is Outcome.FORMER
    assert directory.find("鈴木次郎").outcome is Outcome.SURE


@pytest.mark.parametrize(
    ("answer", "who"),
    [
        ("営業の方です", "sato"),
        ("営業部です", "sato"),
        ("総務のほうでお願いします", "ken"),
        ("花子さんです", "sato"),
        ("ハナコさん", "sato"),
        ("けんさんのほうです", "ken"),
        ("部長さんの方", "ken"),
        ("佐藤健さん", "ken"),
        ("二人目です", "ken"),
        ("最初の方で", "sato"),
        ("わかりません", "ken sato"),
        ("どちらでも", "ken sato"),
    ],
)
def test_an_answer_narrows_the_choice(directory: Directory, answer: str, who: str) -> None:
    assert ids(
        directory.narrow([directory.find("佐藤花子").people[0], directory.find("佐藤健").people[0]], answer)
    ) == (who.split())


def test_colleagues_are_the_others_of_the_department(directory: Directory) -> None:
    [ito] = directory.find("伊藤").people
    assert {person.id for person in directory.colleagues(ito)} == {"kinoshita", "abe1", "abe2"}


def test_members_are_found_by_what_a_department_is_called(directory: Directory) -> None:
    assert len(directory.members("営業部")) == len(directory.members("営業")) == 4
    assert directory.members("法務") == ()


def test_hints_keep_within_the_recognisers_limits(directory: Directory) -> None:
    hints = directory.hints()
    assert {"栗本", "営業", "栗本太郎", "江口"} <= set(hints)
    assert len(set(hints)) == len(hints)
    assert len(directory.hints(5)) == 5
    assert all(len(hint) <= 100 and "," not in hint for hint in hints)


def test_people_without_a_reading_are_found_by_sound() -> None:
    people = [
        Person(id="a", name="長谷川 徹"),
        Person(id="b", name="河野太一"),
        Person(id="c", name="五十嵐 葵", reading="いがらしあおい"),
    ]
    directory = Directory(Office(organization=OrganizationId("x"), name="x"), people)
    assert ids(directory.find("はせがわさん")) == ["a"]
    assert ids(directory.find("川野さん")) == ["b"]
    assert ids(directory.find("こうのさん")) == ["b"]
    assert ids(directory.find("河野太一さん")) == ["b"]
    assert ids(directory.find("イガラシ")) == ["c"]
    assert ids(directory.find("あおいさん")) == ["c"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_it(directory: Directory, text: str) -> None:
    found = directory.find(text)
    assert (found.person is None) == (found.outcome not in (Outcome.SURE, Outcome.CONFIRM))
    for mention in directory.find_in(text):
        assert 0 <= mention.span[0] < mention.span[1]


_WORDS = "栗本 佐藤 の さん 様 部長 営業 総務部 です が 、 。 と申します お願いします いらっしゃいますか 江川 えっと は を 森 もり に"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split()), max_size=14).map("".join))
def test_no_sentence_breaks_it_and_mentions_do_not_overlap(directory: Directory, text: str) -> None:
    end = 0
    for mention in directory.find_in(text):
        assert end <= mention.span[0] < mention.span[1] <= len(text)
        end = mention.span[1]
