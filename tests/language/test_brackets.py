"""A bracket between a status word and its predicate."""

import pytest

from bot.language import parse
from tests.support.readings import TUESDAY, at, reading


@pytest.mark.parametrize(
    ("text", "meant", "note"),
    [
        ("明日は休み（私用）です", "leave 24:00~11-26 00:00 stated", "私用"),
        ("外出(A社)です", "out 10:30~18:00 assumed", "A社"),
        ("14時から外出（B社）します", "out 14:00~18:00 assumed", "B社"),
        ("明日から出張（名古屋）に行きます", "trip 24:00~open open", "名古屋"),
        ("午後半休（通院）いただきます", "leave 12:00~24:00 stated", "通院"),
        ("昼食（外）に行きます", "away 10:30~11:30 assumed", "外"),
        ("離席（30分程度）します", "away 10:30~11:00 approx", ""),
        ("明日は外出（15時帰社）です", "out 24:00~11-25 15:00 stated", ""),
        ("会議（A社、15時まで）です", "meeting 10:30~15:00 stated", "A社"),
        ("出張（火〜木）です", "trip 10:30~11-27 00:00 stated", ""),
        (
            "明日は終日在宅（10時〜11時は会議）です",
            "remote 24:00~11-26 00:00 stated; meeting 11-25 10:00~11-25 11:00 stated",
            "",
        ),
    ],
)
def test_what_stands_beside_is_read_behind(text: str, meant: str, note: str) -> None:
    update = parse(text, at(TUESDAY))
    assert reading(text) == meant
    assert update.entries[0].note == note


@pytest.mark.parametrize(
    "text",
    [
        "資料（会議）です",
        "明日の予定（出張）です",
        "会議（A社）の資料を送ります",
        "会議（15時〜16時）が終わりました",
        "研修（13時〜15時）に参加ください",
        "リンク（会議）はこちらです",
    ],
)
def test_talk_with_brackets_sets_nothing(text: str) -> None:
    assert reading(text) == "none"
