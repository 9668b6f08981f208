"""Rare names, names from elsewhere, numbered departments: an office unlike the others."""

import pytest

from bot.office.hearing import Directory
from bot.office.model import Former, Office, OrganizationId, StaffId
from tests.support.people import people_of

ROWS = """
minai|薬袋 一樹|みない かずき|第一営業部|部長
takanashi1|小鳥遊 花|たかなし はな|第二営業部|
takanashi2|高梨 修|たかなし おさむ|海外事業部|マネージャー
lan|グエン ティ ラン|ぐえん てぃ らん|サポートデスク|
wang|王 偉|おう い|海外事業部|
kim|金 秀賢|きむ すひょん|情報システム部|
teshi|勅使河原 実|てしがわら みのる|北関東支店|支店長
ryo1|髙橋 亮|たかはし りょう|第一営業部|課長
ryo2|高橋 涼|たかはし りょう|第二営業部|課長
brown|Michael Brown|まいける ぶらうん|海外事業部|Manager
kato|加藤 純一|かとう じゅんいち|総務課|
kondo|近藤 隆|こんどう たかし|総務課|係長
gondo|権藤 修|ごんどう おさむ|総務課|
igarashi|五十嵐 みなみ|いがらし みなみ|役員室|代表取締役社長
son|ソン・ミンジュン|そん みんじゅん|サポートデスク|
ichinose|一ノ瀬 樹|いちのせ いつき|第一営業部|
ujiie|氏家 彩|うじいえ あや|総務課|
kimijima|君島 徹|きみじま とおる|総務課|
tonomura|殿村 新|とのむら あらた|サポートデスク|
udono|鵜殿 茜|うどの あかね|総務課|
nakamura1|中村 翔|なかむら しょう|第一営業部|
nakamura2|仲村 昇|なかむら のぼる|総務課|
"""


@pytest.fixture(scope="module")
def directory() -> Directory:
    former = (
        Former(name="畠山 徹", reading="はたけやま とおる", successor=StaffId("kato")),
        Former(name="中村 豊", reading="なかむら ゆたか"),
    )
    return Directory(Office(organization=OrganizationId("x"), name="x", former=former), people_of(ROWS))


@pytest.mark.parametrize(
    ("utterance", "outcome", "who"),
    [
        ("みないさんお願いします", "sure", "minai"),
        ("薬袋部長お願いいたします", "sure", "minai"),
        ("高梨さんお願いします", "which", "takanashi1 takanashi2"),
        ("営業のたかなしさん", "sure", "takanashi1"),
        ("グエンさんいらっしゃいますか", "sure", "lan"),
        ("ランさんお願いします", "sure", "lan"),
        ("王さんいらっしゃいますか", "sure", "wang"),
        ("海外事業部の王様お願いします", "sure", "wang"),
        ("キムさんお願いします", "sure", "kim"),
        ("情シスの金さん", "sure", "kim"),
        ("手司河原さんいますか", "sure", "teshi"),
        ("てしがわら支店長はいらっしゃいますか", "sure", "teshi"),
        ("高橋課長お願いします", "which", "ryo1 ryo2"),
        ("第一営業の高橋さん", "sure", "ryo1"),
        ("ブラウンさんいらっしゃいますか", "sure", "brown"),
        ("can I talk to Michael", "sure", "brown"),
        ("コンドーさん", "sure", "kondo"),
        ("権藤さんお願いします", "sure", "gondo"),
        ("後藤さんお願いします", "confirm", "gondo"),
        ("総務のカトウさん", "sure", "kato"),
        ("社長お願いします", "sure", "igarashi"),
        ("五十嵐社長はいらっしゃいますか", "sure", "igarashi"),
        ("ミンジュンさん", "sure", "son"),
        ("市瀬さんお願いします", "sure", "ichinose"),
        ("一之瀬さんおられますか", "sure", "ichinose"),
        ("中村さんお願いします", "which", "nakamura1 nakamura2"),
        ("なかむらのぼるさん", "sure", "nakamura2"),
        ("中村豊さんはいらっしゃいますか", "former", ""),
        ("はたけやまさんお願いします", "former", "kato"),
        ("氏家さんお願いします", "sure", "ujiie"),
        ("君島様はいらっしゃいますか", "sure", "kimijima"),
        ("殿村さん", "sure", "tonomura"),
        ("鵜殿さんお願いします", "sure", "udono"),
        ("君島君いる", "sure", "kimijima"),
        ("伊集院さん", "nobody", ""),
        ("北関東支店の方お願いします", "department", "teshi"),
        ("サポートの方お願いします", "department", "lan son tonomura"),
    ],
)
def test_they_are_found_too(directory: Directory, utterance: str, outcome: str, who: str) -> None:
    [mention] = directory.find_in(utterance)
    assert mention.found.outcome == outcome
    assert sorted(person.id for person in mention.found.people) == who.split()


def test_a_department_that_is_several_keeps_the_callers_word(directory: Directory) -> None:
    found = directory.find("営業部")
    assert (found.outcome, found.department) == ("department", "営業部")
    assert {person.department for person in found.people} == {"第一営業部", "第二営業部"}


@pytest.mark.parametrize(
    "utterance",
    [
        "代表番号にかけたのですが",
        "同様にお願いします",
        "ちゃんと伝えてください",
        "様子を見ています",
        "たくさんあります",
        "社長室ですか",
    ],
)
def test_words_that_only_contain_an_honorific_name_nobody(directory: Directory, utterance: str) -> None:
    assert directory.find_in(utterance) == []


def test_a_name_that_ends_like_an_honorific(directory: Directory) -> None:
    assert [person.id for person in directory.find("鵜殿").people] == ["udono"]
