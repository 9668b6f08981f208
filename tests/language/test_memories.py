"""What is told of before, of others, or of every week."""

import pytest

from tests.support.readings import reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("離席していましたが戻りました", "clear"),
        ("午前中は外出していましたが戻りました", "clear"),
        ("月曜は11時に出社しました", "none"),
        ("今月の研修は終わりました", "none"),
        ("昨日は出張だったので今日は休みます", "leave 10:30~24:00 stated"),
        ("土曜は出張だったので月曜に代休をもらいました", "none"),
        ("連休は実家に帰りました", "none"),
        ("子どもが学校を休みました", "none"),
        ("妻が帰ってきました", "none"),
        ("来客が帰られたので席に戻りました", "clear"),
        ("基本在宅です", "none"),
        ("今日は基本在宅です", "remote 10:30~24:00 stated"),
        ("通常9時出社です", "none"),
        ("在宅は週2回です", "none"),
    ],
)
def test_what_does_not_hold_now(text: str, meant: str) -> None:
    """Only what holds now is kept."""
    assert reading(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("会議後、16時から外出します", "out 16:00~18:00 assumed"),
        ("昼休み明けの13時から商談です", "meeting 13:00~14:00 assumed"),
        ("お昼のあと13時半からA社訪問です", "out 13:30~18:00 assumed"),
        ("会議が終わった後、15時〜16時 面談", "meeting 15:00~16:00 stated"),
        ("明日は会議後、15時から外出します", "out 11-25 15:00~11-25 18:00 assumed"),
        ("研修後17時半に帰社予定です", "out 10:30~17:30 stated"),
        ("昼食後14時に戻ります", "away 10:30~14:00 stated"),
        ("14時から会議、会議後17時に退社します", "meeting 14:00~15:00 assumed; left 17:00~24:00 stated"),
        ("14時〜15時の会議後、16時から外出", "meeting 14:00~15:00 stated; out 16:00~18:00 assumed"),
        ("午前半休後、13時から会議", "leave 10:30~13:00 stated; meeting 13:00~14:00 assumed"),
        ("お客様訪問後、18時に直帰します", "out 18:00~24:00 stated"),
        ("商談後そのまま直帰します", "out 10:30~24:00 stated"),
        ("会議のあとそのまま帰ります", "meeting 10:30~11:30 assumed; left 11:30~24:00 stated"),
        ("会議後、外出します", "meeting 10:30~11:30 assumed; out 11:30~18:00 assumed"),
        ("会議後、15時に資料を送ります", "none"),
        ("会議後の14時に電話します", "none"),
    ],
)
def test_what_is_over_by_then_has_no_stretch(text: str, meant: str) -> None:
    """会議後 tells when something begins, and not when the meeting does."""
    assert reading(text) == meant
