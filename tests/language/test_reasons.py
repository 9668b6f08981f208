"""A status behind its reason, or before a promise or a request."""

import pytest

from tests.support.readings import reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("会議が長引いているので直帰になります", "out 10:30~24:00 stated"),
        ("病院の予約があるので16時に早退します", "left 16:00~24:00 stated"),
        ("妻の通院の付き添いで15時に退社します", "left 15:00~24:00 stated"),
        ("昨日遅くまで作業していたので、今日は午後出社です", "late 10:30~13:00 stated"),
        ("17時に予約があるので16時半に上がります", "left 16:30~24:00 stated"),
        ("16時から会議なので15時半には戻ります", "out 10:30~15:30 stated"),
        ("15時に来客があるのでそれまでに戻ります", "out 10:30~15:00 stated"),
        ("お客様が来られるので15時まで席を外します", "away 10:30~15:00 stated"),
        ("電話会議に入るので、11時半まで話しかけないでください", "meeting 10:30~11:30 stated"),
        ("今会議中なので後で連絡します", "meeting 10:30~11:30 assumed"),
        ("会議中のため15時以降に折り返します", "meeting 10:30~11:30 assumed"),
        ("本日は在宅勤務のため、郵便物は転送をお願いします", "remote 10:30~24:00 stated"),
        ("先に帰りますので戸締まりお願いします", "left 10:30~24:00 stated"),
        ("電車が遅れているので今日は在宅にします", "remote 10:30~24:00 stated"),
        ("電車が遅れていて12時に着きます", "late 10:30~12:00 stated"),
        ("通院してから12時に出社します", "late 10:30~12:00 stated"),
        ("遅れてすみません、15時まで会議です", "meeting 10:30~15:00 stated"),
        ("連絡が遅くなり申し訳ありません、戻りました", "clear"),
        ("10分ほど席を外します、すぐ戻ります", "away 10:30~10:40 approx"),
        ("金曜まで出張です、行ってきます", "trip 10:30~11-28 00:00 stated"),
        ("14時まで外出、14時半に電話します", "out 10:30~14:00 stated"),
        ("電話中なので少し待ってください", "busy 10:30~11:30 assumed"),
        ("会議終わりましたので折り返します", "clear"),
        ("電話のため離席します", "busy 10:30~11:30 assumed"),
        ("明日は会議なので資料を準備します", "none"),
        ("15時から会議なので参加をお願いします", "none"),
        ("先方は研修のため終日不在です", "none"),
        ("電車は雪のため30分遅れています", "none"),
        ("取引先から、会議を15分延長するとのことです", "none"),
        ("面談を設定しましたので、カレンダーをご確認ください", "none"),
    ],
)
def test_a_status_beside_its_reason(text: str, meant: str) -> None:
    """The reason, and its times, are none of the status."""
    assert reading(text) == meant
