"""Names inside whole sentences, as the recogniser writes them."""

import pytest

from bot.office.hearing import Directory

NAMED = [
    (
        "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか",
        "kurimoto",
    ),
    ("お世話になっておりますスマイル企画の佐藤と申しますが栗本課長をお願いします", "kurimoto"),
    ("佐藤商事の江川です。総務の佐藤さんお願いします", "ken"),
    ("営業の栗本です", "kurimoto"),
    ("くりもとさんをお願いしたいんですが", "kurimoto"),
    ("課長の栗本さん", "kurimoto"),
    ("栗元お願いします", "kurimoto"),
    ("久里本様はいらっしゃいますか", "kurimoto"),
    ("江口さんお願いします", "sato"),
    ("きのしたさんいらっしゃいますか", "kinoshita"),
    ("たんのさんお願いできますか", "tanno"),
    ("もしもし山田商店の山田ですが斎藤さんお願いできますでしょうか", "saito"),
    ("Hello, may I speak to Mr. Kurimoto please?", "kurimoto"),
    ("すみません栗本はいますか", "kurimoto"),
    ("クリモトサンオネガイシマス", "kurimoto"),
    ("鈴木と申しますけれども鈴木さんいますか", "suzuki"),
    ("株式会社青木の大野でございますが、経理の伊藤様お手すきでしょうか", "ito"),
    ("えっと花子さんいらっしゃいます", "sato"),
    ("御社の渡辺様", "watanabe"),
    ("株式会社ミドリの岡田と申します。小林工場長はいらっしゃいますでしょうか", "kobayashi"),
    ("岡田です。林さんをお願いします", "hayashi"),
    ("林でございますが、東さんお願いいたします", "azuma"),
    ("営業の、えーと、栗本さん", "kurimoto"),
    ("営業ご担当の鈴木様をお願いします", "suzuki"),
    ("先日名刺をいただきました栗本さんはいらっしゃいますでしょうか", "kurimoto"),
    ("先ほど栗本様からお電話いただいたようなのですが", "kurimoto"),
    ("ささきさんて方いらっしゃいます？", "sasaki"),
    ("田中商事の鈴木だけど鈴木さんいる？", "suzuki"),
    ("鈴木さんはいつ戻りますか", "suzuki"),
    ("いえ、佐藤ではなく斎藤さんです", "saito"),
    ("総務の佐藤でお願いします", "ken"),
    ("栗本、お願いします", "kurimoto"),
    ("森林組合の者ですが、森さんをお願いします", "mori"),
    ("昨日お電話しました江川ともうしますがくりもとさまおられますか", "kurimoto"),
    ("折り返しお電話くださいと栗本さんにお伝えください", "kurimoto"),
    ("佐藤さんから電話をもらったんですけど", "ken sato"),
    ("小野さんお願いします", "ono"),
    ("開発部の部長さんいますか", "ono"),
    ("渡邉さんお願いします", "watanabe"),
    ("山田商事営業部の佐藤ですが、鈴木さんいらっしゃいますか", "suzuki"),
    ("いつもお世話になってます山田商事の木下です栗本さんお願いします", "kurimoto"),
    ("営業の 栗本 さん いらっしゃいますか", "kurimoto"),
    ("すいません 栗本さん お願い します", "kurimoto"),
    ("営業部栗本様をお願いします", "kurimoto"),
    ("営業課長栗本様", "kurimoto"),
    ("総務部佐藤部長をお願いします", "ken"),
    ("栗本と話したいんですけど", "kurimoto"),
    ("栗本に代わって", "kurimoto"),
    ("渡辺ひろしさんお願いします", "watanabe"),
    ("鈴木二郎様をお願いします", "suzuki"),
    ("I'd like to speak with Suzuki-san", "suzuki"),
    ("May I speak to Kinoshita please", "kinoshita"),
    ("恐れ入りますが小野田様をお願いできますか", "onoda"),
]

NOT_NAMED = [
    "スマイル企画の鈴木です",
    "山本電機の森と申します",
    "佐藤商事でございます",
    "株式会社林の林です",
    "明日の会議の件でお電話しました",
    "開発の件でお電話しました",
    "担当の方お願いします",
    "責任者の方お願いします",
    "営業時間は何時までですか",
    "先ほどお電話をいただいた者ですが",
    "英語でお願いします",
    "こちら佐藤運輸ですが受け取りの方お願いします",
    "品質保証の方お願いします",
    "のぞみに乗っています",
    "さくらを見に行きました",
    "もりあがっております",
    "お世話になっております",
    "はい",
]

UNKNOWN = [
    "森田さんいらっしゃいますか",
    "田中さんはいますか",
    "原田さんお願いします",
    "大森様お願いします",
    "小野寺さんいますか",
]


@pytest.mark.parametrize(("utterance", "who"), NAMED)
def test_the_person_asked_for_is_found_and_the_caller_is_not(
    directory: Directory, utterance: str, who: str
) -> None:
    [mention] = directory.find_in(utterance)
    assert sorted(person.id for person in mention.found.people) == who.split()


@pytest.mark.parametrize("utterance", NOT_NAMED)
def test_nobody_is_found_where_nobody_is_named(directory: Directory, utterance: str) -> None:
    assert directory.find_in(utterance) == []


@pytest.mark.parametrize("utterance", UNKNOWN)
def test_somebody_we_do_not_have_is_nobody(directory: Directory, utterance: str) -> None:
    [mention] = directory.find_in(utterance)
    assert mention.found.outcome == "nobody"


@pytest.mark.parametrize(
    ("utterance", "department"),
    [
        ("営業部の方お願いします", "営業"),
        ("総務部につないでください", "総務部"),
        ("カスタマーサポートをお願いします", "カスタマーサポート"),
        ("経理課の方にお繋ぎください", "経理"),
        ("請求書の件で経理の方をお願いします", "経理"),
        ("総務", "総務部"),
        ("製造のどなたかお願いします", "製造部"),
    ],
)
def test_a_department_is_found(directory: Directory, utterance: str, department: str) -> None:
    [mention] = directory.find_in(utterance)
    assert (mention.found.outcome, mention.found.department) == ("department", department)


def test_several_people_in_the_order_of_the_sentence(directory: Directory) -> None:
    mentions = directory.find_in("栗本さんの件で佐藤部長にお電話したのですが")
    assert [[person.id for person in mention.found.people] for mention in mentions] == [["kurimoto"], ["ken"]]
    assert [mention.wanted for mention in mentions] == [False, True]


def test_a_mention_says_what_was_heard_and_where(directory: Directory) -> None:
    utterance = "江川ですが営業の栗元さんお願いします"
    [mention] = directory.find_in(utterance)
    assert (mention.name, mention.department, mention.wanted) == ("栗元", "営業", True)
    assert utterance[slice(*mention.span)] == "営業の栗元さん"


def test_the_span_counts_in_what_was_heard(directory: Directory) -> None:
    utterance = "営業の 栗本 さん いらっしゃいますか"
    [mention] = directory.find_in(utterance)
    assert utterance[slice(*mention.span)] == "営業の 栗本 さん"


@pytest.mark.parametrize("utterance", ["鈴木です", "渡辺に住んでいるのですが", "小林をご存じですか"])
def test_a_bare_name_may_be_the_callers_own_or_a_place_so_it_is_asked_back(
    directory: Directory, utterance: str
) -> None:
    [mention] = directory.find_in(utterance)
    assert mention.found.outcome == "confirm"


@pytest.mark.parametrize("utterance", ["栗本", "くりもと。", "営業の栗本", "えっと、栗本"])
def test_a_bare_name_by_itself_is_an_answer(directory: Directory, utterance: str) -> None:
    [mention] = directory.find_in(utterance)
    assert mention.found.outcome == "sure"
