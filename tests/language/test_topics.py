"""Messages with another topic: documents, quotations, conditions, groups, things. Nothing is set."""

import pytest

from bot.language import topics
from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    "text",
    [
        "議事録：次回会議 12/8 10:00〜",
        "日報：10:00-12:00 会議、13:00-15:00 A社訪問",
        "【リマインド】15時から全体会議です",
        "招待送りました：12/2 14:00-15:00 定例会議",
        "営業時間 9:00〜18:00（土日祝休み）",
        "例）15時帰社",
        "■日時 12/15 10:00〜12:00\n■場所 本社3F\n■内容 安全研修",
        "田中：15時に戻ります\n鈴木：了解",
        "以下転送します。\n12/29〜1/3まで休業とさせていただきます。",
        "> 15時に戻ります\n了解です",
        "> 外出 15時まで",
        "確認です。> 15時に戻ります\n了解です",
        "&gt; 在宅です",
        "`外出 15時まで`",
        "お疲れ様です。\n```\n15時に戻ります\n```",
        "お疲れ様です。\n~15時に戻ります~",
        "山本「15時に戻ります」",
        "10:15 山本 15時に戻ります",
        "【テスト】15時に戻ります",
        "ex) 15時に戻ります",
        "Subject: 明日は在宅です",
        "お疲れ様です。\n議事録：次回会議 12/8 10:00〜",
        "お疲れ様です。\n例）15時に戻ります",
        "お疲れ様です 皆さん、15時から全体会議です",
        "お疲れ様です。\n営業時間 9:00〜18:00（土日祝休み）",
        "お疲れ様です > 在宅です\n了解です",
    ],
)
def test_documents_and_quotations(text: str) -> None:
    assert reading(text) == "none"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("【本日の予定】外出 15時まで", "out 10:30~15:00 stated"),
        ("件名：勤怠連絡\n本日在宅勤務です", "remote 10:30~24:00 stated"),
        ("15:00 渋谷 打ち合わせです", "meeting 15:00~16:00 assumed"),
        ("10:45 A社訪問 12:00に戻ります", "out 10:45~12:00 stated"),
        ("15時に戻ります。\n例：外出 16時まで", "out 10:30~15:00 stated"),
        ("> 戻りましたか？\n15時に戻ります", "out 10:30~15:00 stated"),
        ("`15時` まで外出です", "out 10:30~15:00 stated"),
        ("明日～金曜～在宅です", "remote 24:00~11-28 00:00 stated"),
    ],
)
def test_labels_of_a_status(text: str, meant: str) -> None:
    assert reading(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("雨が降ったら在宅にします", "none"),
        ("熱が下がらなかったら明日休みます", "none"),
        ("早く終われば15時に戻ります", "none"),
        ("許可が出たら、在宅に切り替えます", "none"),
        ("終わったら直帰します", "out 10:30~24:00 stated"),
        ("予定通りなら15時に戻ります", "out 10:30~15:00 approx"),
    ],
)
def test_conditions(text: str, meant: str) -> None:
    """What may never be is no status; when something is done is only a time."""
    assert reading(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "大阪支店は停電で在宅になっています",
        "明日は全員在宅でお願いします",
        "インフルで3人休みです",
        "12時にロビー集合でランチです",
        "業者さん、30分遅れます",
        "納品30分遅れます",
        "銀行は15時までです",
        "その日程で対応可能です",
        "見積もりの修正、対応可能です",
        "打ち合わせ。15時でどうですか",
        "会議室の予約を30分延長しました",
    ],
)
def test_others_and_things(text: str) -> None:
    assert reading(text, TUESDAY) == "none"


def test_a_condition_is_no_temporal_clause() -> None:
    assert topics.is_condition("電車が止まったら")
    assert not topics.is_condition("会議が終わったら")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("荷物の戻りは16時です", "none"),
        ("業者さんの戻りは16時です", "none"),
        ("先方 10分遅れるそうです", "none"),
        ("掃除の人 今日休みです", "none"),
        ("先方 打ち合わせ 15時から", "meeting 15:00~16:00 assumed"),
        ("タクシーで移動中、15時戻り", "out 10:30~15:00 stated"),
        ("お客様の戻りは16時です", "none"),
        ("私の戻りは16時です", "out 10:30~16:00 stated"),
        ("A社からの戻りは16時です", "out 10:30~16:00 stated"),
        ("外出の戻りは16時です", "out 10:30~16:00 stated"),
        ("銀行も明日は休みです", "none"),
        ("訪問先は15時まで会議です", "none"),
        ("訪問先から16時に戻ります", "out 10:30~16:00 stated"),
        ("病院が15時からなので早退します", "left 15:00~24:00 stated"),
        ("病院が長引いて16時に戻ります", "out 10:30~16:00 stated"),
        ("現場は直帰です", "out 10:30~24:00 stated"),
    ],
)
def test_places_and_things(text: str, meant: str) -> None:
    """What a place does, or when a thing comes back, is none of the sender's whereabouts."""
    assert reading(text) == meant
