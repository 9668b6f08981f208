"""Where a pause, a full stop or an end is written otherwise: blanks, arrows, slashes, brackets, the next sentence."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("おはようございます 本日は在宅勤務です 何かあればSlackでお願いします", "remote 10:30~24:00 stated"),
        ("11時出社 15時から外出", "late 10:30~11:00 stated; out 15:00~18:00 assumed"),
        ("在宅 14時〜15時 会議", "remote 10:30~24:00 assumed; meeting 14:00~15:00 stated"),
        ("出張 15時から商談", "trip 10:30~open open; meeting 15:00~16:00 assumed"),
        ("在宅 17時まで電話OK", "remote 10:30~17:00 stated"),
        ("明日から3日間福岡です、出張", "trip 24:00~11-28 00:00 stated"),
        ("明日は名古屋です。出張", "trip 24:00~11-26 00:00 stated"),
        ("15時まで3階です。会議です", "meeting 10:30~15:00 stated"),
        ("15時まで会議 その後外出", "meeting 10:30~15:00 stated; out 15:00~18:00 assumed"),
        ("11時まで会議／14時から離席", "meeting 10:30~11:00 stated; away 14:00~15:00 assumed"),
        ("11時まで会議→14時から離席", "meeting 10:30~11:00 stated; away 14:00~15:00 assumed"),
        ("15:00 → 16:00 会議", "meeting 15:00~16:00 stated"),
        ("在宅です（14時〜15時は離席）", "remote 10:30~24:00 assumed; away 14:00~15:00 stated"),
        ("明日の予定\n10:00-11:00 面接", "meeting 11-25 10:00~11-25 11:00 stated"),
        ("明日休みなので今日中に確認お願いします", "leave 24:00~11-26 00:00 stated"),
        ("戻りました（栗本）", "clear"),
        ("12:00〜13:00：定例MTG", "meeting 12:00~13:00 stated"),
    ],
)
def test_pauses_that_are_left_out(text: str, meant: str) -> None:
    assert reading(text, TUESDAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("会議に入ります。12時頃終わります", "meeting 10:30~12:00 approx"),
        ("会議です。13時まで対応できません。", "meeting 10:30~13:00 stated"),
        ("バス遅れてます。15分くらい遅刻しそうです", "late 10:30~10:45 approx"),
        ("15時半戻りの予定でしたが、16時半になります", "out 10:30~16:30 stated"),
        ("16時戻りの予定が17時半になりました", "out 10:30~17:30 stated"),
        ("打合せが押して、戻り17時になります", "out 10:30~17:00 stated"),
        ("早退します。体調不良です", "left 10:30~24:00 stated"),
        ("午前中通院のため、13時頃出社します", "late 10:30~13:00 approx"),
        ("明日から金曜まで休暇、来週月曜から出社します", "leave 24:00~11-28 00:00 stated"),
        ("会議、30分早く終わりました", "clear"),
    ],
)
def test_what_the_next_sentence_adds(text: str, meant: str) -> None:
    assert reading(text, TUESDAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14時から3名で会議です", "meeting 14:00~15:00 assumed"),
        ("13時から18階の会議室で打ち合わせ", "meeting 13:00~14:00 assumed"),
        ("14時から会議室1403で会議", "meeting 14:00~15:00 assumed"),
        ("金曜（11/27）は在宅です", "remote 11-27 00:00~11-28 00:00 stated"),
        ("金曜（11/28）は在宅です", "ask ambiguous"),
        ("15じに戻ります", "out 10:30~15:00 stated"),
    ],
)
def test_numbers(text: str, meant: str) -> None:
    """A number with a counter is no time; a date beside a weekday must fit it."""
    assert reading(text, TUESDAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "お疲れさまです、栗本です。\n山本さんはどちらですか？",
        "すみませんが、山本さんは何時に戻りますか？",
        "山本さんいますか？よろしくお願いします",
        "山本さん出張いつまでですか？",
    ],
)
def test_questions_behind_a_greeting(text: str) -> None:
    assert reading(text, TUESDAY) == "query @山本"
