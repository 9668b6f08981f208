"""The corpus of utterances, one test each, and what must hold for any text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reception.understanding import Understood, understand
from tests.support.reception import CallFacts

CORPUS = [
    json.loads(line)
    for line in Path(__file__).with_name("utterances.jsonl").read_text(encoding="utf-8").splitlines()
]
DIRECTORY = CallFacts().directory


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
    heard = understand(case["text"], DIRECTORY, case.get("expecting", "anything"))
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
