"""How well and how fast callers are understood. No wall-clock time is asserted: machines differ.

The accuracy counts an utterance as right only where everything that the corpus states about it is right.
"""

import json
from pathlib import Path
from typing import Any

from bot.office.hearing import Directory
from bot.office.model import Person
from bot.reception.understanding import understand
from tests.reception.test_understanding import differences
from tests.support.reception import OFFICE, PEOPLE

CORPUS = [
    case
    for line in (Path(__file__).parent.parent / "reception" / "utterances.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
    if "office" not in (case := json.loads(line))
]
"""What is said to the office of the stories; other offices' people are not in the crowd."""
GIVEN = [("健太", "けんた"), ("美穂", "みほ"), ("大輔", "だいすけ"), ("由美", "ゆみ"), ("翔", "しょう")]
FAMILY = [
    ("阿部", "あべ"), ("池田", "いけだ"), ("上野", "うえの"), ("遠藤", "えんどう"), ("岡田", "おかだ"),
    ("金子", "かねこ"), ("菊地", "きくち"), ("熊谷", "くまがい"), ("坂本", "さかもと"), ("柴田", "しばた"),
    ("杉山", "すぎやま"), ("高木", "たかぎ"), ("千葉", "ちば"), ("土屋", "つちや"), ("中野", "なかの"),
    ("西村", "にしむら"), ("野口", "のぐち"), ("橋本", "はしもと"), ("平田", "ひらた"), ("福田", "ふくだ"),
    ("本田", "ほんだ"), ("前田", "まえだ"), ("宮崎", "みやざき"), ("村田", "むらた"), ("森", "もり"),
    ("安田", "やすだ"), ("横山", "よこやま"), ("吉田", "よしだ"), ("和田", "わだ"), ("青木", "あおき"),
    ("石井", "いしい"), ("内田", "うちだ"), ("大塚", "おおつか"), ("加藤", "かとう"), ("河野", "こうの"),
    ("小山", "こやま"), ("島田", "しまだ"), ("須藤", "すどう"),
]  # fmt: skip


def two_hundred() -> tuple[Person, ...]:
    """The office of the corpus among some two hundred people."""
    crowd = (
        Person(id=f"p{n}{m}", name=f"{family} {given}", reading=f"{kana} {kana_given}", department="製造")
        for n, (family, kana) in enumerate(FAMILY)
        for m, (given, kana_given) in enumerate(GIVEN)
    )
    return (*PEOPLE, *crowd)


def right(directory: Directory) -> list[dict[str, Any]]:
    """The utterances of the corpus that are understood."""
    return [
        case
        for case in CORPUS
        if not differences(
            case["expect"], understand(case["text"], directory, case.get("expecting", "anything"))
        )
    ]


def test_accuracy_and_speed(benchmark: Any) -> None:
    directory = Directory(OFFICE, two_hundred())
    understood = benchmark.pedantic(right, args=(directory,), rounds=1, warmup_rounds=1)
    benchmark.extra_info["utterances"] = len(CORPUS)
    benchmark.extra_info["accuracy"] = len(understood) / len(CORPUS)
    assert len(understood) / len(CORPUS) >= 0.97
