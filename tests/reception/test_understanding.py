"""The corpus of utterances, one test each, and what must hold for any text."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.hearing import Directory
from bot.office.model import Former, Office, OrganizationId, StaffId
from bot.reception.understanding import Understood, understand
from tests.support.people import AOZORA, people_of
from tests.support.reception import CallFacts

CORPUS = [
    json.loads(line)
    for line in Path(__file__).with_name("utterances.jsonl").read_text(encoding="utf-8").splitlines()
]
DIRECTORY = CallFacts().directory
DIRECTORIES = {
    "smile": DIRECTORY,
    "aozora": Directory(
        Office(
            organization=OrganizationId("aozora"),
            name="青空商会",
            former=(Former(name="江口 次郎", reading="えぐち じろう", successor=StaffId("sato")),),
        ),
        people_of(AOZORA),
    ),
}


def differences(expect: dict[str, Any], heard: Understood) -> list[str]:
    """What was understood otherwise than the corpus says; a key that is left out may be anything."""
    whom = heard.wanted or heard.named
    intents = {str(intent) for intent in heard.intents}
    understood: dict[str, Any] = {
        "company": heard.company,
        "name": heard.caller_name,
        "urgent": heard.urgent,
        "purpose": heard.purpose,
        "time": heard.time,
        "number": heard.number.said if heard.number else None,
        "wrong": heard.wrong,
        "right": heard.right,
        "department": whom.department if whom else None,
        "former": whom.former if whom else None,
        "stranger": whom.stranger if whom else None,
        "sure": whom.sure if whom else None,
        "otherwise": whom.otherwise if whom else None,
        "or_anyone": whom.or_anyone if whom else None,
        "staff": sorted(whom.staff) or None if whom else None,
    }
    if expect.get("staff", "") is None and heard.wanted is None:
        understood["staff"] = None
    wrong = [
        f"{key}: {understood[key]!r}, not {value!r}"
        for key, value in expect.items()
        if key in understood and understood[key] != value
    ]
    wrong += [f"missing {intent}" for intent in expect.get("intents", []) if intent not in intents]
    wrong += [f"{intent} is too much" for intent in expect.get("without", []) if intent in intents]
    return wrong


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"])
def test_utterance(case: dict[str, Any]) -> None:
    directory = DIRECTORIES[case.get("office", "smile")]
    heard = understand(case["text"], directory, case.get("expecting", "anything"))
    assert differences(case["expect"], heard) == []


def test_corpus_is_large_and_without_repetitions() -> None:
    assert len({(case["text"], case.get("expecting")) for case in CORPUS}) == len(CORPUS) >= 300


@pytest.mark.parametrize(
    "variant",
    [
        "スマイル企画の江川と申しますが営業の栗本さんいらっしゃいますか",
        "えーと、スマイル企画の江川と申しますが、営業の栗本さん、いらっしゃいますか。",
        "あの スマイル企画の江川と申しますが 営業の栗本さんいらっしゃいますか",
        "スマイル企画の江川と申しますがえっと営業の栗本さんいらっしゃいますか",
        "もしもしあのーｽﾏｲﾙ企画の江川と申しますが営業の栗本さんいらっしゃいますか",
    ],
)
def test_fillers_width_and_pauses_change_nothing(variant: str) -> None:
    heard = understand(variant, DIRECTORY)
    assert (heard.company, heard.caller_name) == ("スマイル企画", "江川")
    assert heard.wanted is not None
    assert heard.wanted.staff == ("kurimoto",)


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    for expecting in ("anything", "name", "number", "person", "message"):
        understand(text, DIRECTORY, expecting)


WORDS = st.sampled_from(
    [
        "栗本さん",
        "佐藤",
        "江川",
        "スマイル企画の",
        "と申します",
        "です",
        "お願いします",
        "いらっしゃいますか",
        "営業の",
        "方",
        "急ぎ",
        "折り返し",
        "伝言",
        "メール",
        "アットマーク",
        "090",
        "ゼロ",
        "キュー",
        "、",
        "。",
        "の",
        "が",
        "を",
        "えーと",
        "はい",
        "いえ",
        "ではなく",
        "3時",
        "明日",
        "の件で",
        "English",
        "please",
    ]
)


@given(st.lists(WORDS, max_size=14).map("".join))
def test_never_raises_for_words_in_any_order(text: str) -> None:
    heard = understand(text, DIRECTORY)
    assert heard.urgent in (True, False, None)
    assert heard.number is None or heard.number.said


COMPANIES = (
    "スマイル企画", "株式会社大和", "東都銀行", "アクメ商事", "みどりの森クリニック", "ＡＢＣシステムズ", "有限会社田中", "港区役所",
    "日本橋法律事務所", "青空不動産", "ひまわり保育園", "NTS東日本", "川崎重機", "さくら薬局", "東洋大学", "フジタ印刷",
)  # fmt: skip
CALLERS = (
    "江川", "佐々木", "中村", "長谷川", "林", "東", "五十嵐", "小鳥遊", "久保田", "三宅", "菅", "ヨシダ", "マイケル", "西園寺", "栗田",
)  # fmt: skip
ASKED = (
    ("営業の栗本さん", "kurimoto"), ("栗本課長", "kurimoto"), ("経理の小野様", "ono"), ("斎藤さん", "saito"),
    ("技術部の鈴木部長", "suzuki"), ("渡辺陽子様", "watanabe"), ("総務の佐藤さん", "satoj"), ("高橋部長", "takahashi"),
    ("購買の田中さん", "tanaka"), ("わたなべさん", "watanabe"), ("オノさん", "ono"),
)  # fmt: skip
OPENINGS = (
    "{company}の{caller}と申しますが、ちょっと急ぎなのですが{asked}いらっしゃいますでしょうか",
    "お世話になっております{company}の{caller}と申します至急{asked}をお願いいたします",
    "もしもし{company}の{caller}と申しますけど{asked}お願いできますか急ぎです",
    "{asked}いらっしゃいますか{company}の{caller}と申します急ぎでお願いします",
    "いつもお世話になっております。わたくし、{company}の{caller}と申します。急用なのですが、{asked}につないでいただけますか。",
)


@given(
    st.sampled_from(OPENINGS), st.sampled_from(COMPANIES), st.sampled_from(CALLERS), st.sampled_from(ASKED)
)
def test_the_opening_gives_everything_for_any_names(
    opening: str, company: str, caller: str, asked: tuple[str, str]
) -> None:
    words, staff = asked
    heard = understand(opening.format(company=company, caller=caller, asked=words), DIRECTORY)
    assert (heard.company, heard.caller_name) == (unicodedata.normalize("NFKC", company), caller)
    assert heard.wanted is not None
    assert heard.wanted.staff == (staff,)
    assert heard.urgent
