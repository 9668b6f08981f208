"""A plan is changed by its name."""

from datetime import datetime

import pytest

from bot.language.model import Kind
from tests.chat.conftest import Chat, labelled, november


def december(day: int, hour: int = 0) -> datetime:
    return november(1, hour).replace(month=12, day=day)


@pytest.mark.parametrize(
    ("old", "words", "new"),
    [
        (
            "明日 10時から11時 会議",
            "明日の会議を15時に変更",
            (Kind.MEETING, november(25, 15), november(25, 16)),
        ),
        (
            "明日 10時から11時 会議",
            "明日の会議を15時からに変更",
            (Kind.MEETING, november(25, 15), november(25, 16)),
        ),
        (
            "明日 10時から11時 会議",
            "明日の会議が15時からになりました",
            (Kind.MEETING, november(25, 15), november(25, 16)),
        ),
        (
            "明日 10時から11時 会議",
            "明日の会議は13時から15時に変更です",
            (Kind.MEETING, november(25, 13), november(25, 15)),
        ),
        (
            "明日 10時から11時 会議",
            "明日の会議は木曜に変更になりました",
            (Kind.MEETING, november(26, 10), november(26, 11)),
        ),
        (
            "明日 10時から11時 会議",
            "会議が明後日の14時からに変わりました",
            (Kind.MEETING, november(26, 14), november(26, 15)),
        ),
        ("明日 出張", "明日の出張を明後日に変更", (Kind.TRIP, november(26), november(27))),
        ("明日 出張", "明日の出張、金曜にずらします", (Kind.TRIP, november(27), november(28))),
        ("水曜〜金曜 福岡出張", "福岡出張を木曜からに変更", (Kind.TRIP, november(26), november(28))),
        ("水曜〜金曜 福岡出張", "福岡出張は木曜までになりました", (Kind.TRIP, november(25), november(27))),
        ("来週水曜〜金曜 福岡出張", "福岡出張を火曜からに変更", (Kind.TRIP, december(1), december(5))),
        ("来週水曜〜金曜 福岡出張", "福岡出張は木曜までになりました", (Kind.TRIP, december(2), december(4))),
        (
            "来週火曜 10時から11時 会議",
            "来週火曜の会議を金曜に変更",
            (Kind.MEETING, december(4, 10), december(4, 11)),
        ),
        (
            "来週火曜 10時から11時 会議",
            "来週火曜の会議を今週金曜に変更",
            (Kind.MEETING, november(27, 10), november(27, 11)),
        ),
        ("来週水曜〜金曜 福岡出張", "福岡出張は木曜までです", (Kind.TRIP, december(2), december(4))),
        ("14時から来客", "来客は16時までです", (Kind.MEETING, november(24, 14), november(24, 16))),
        ("明日 在宅", "明日の在宅を午後からに変更", (Kind.REMOTE, november(25, 13), november(26))),
        ("明日 在宅", "明日の在宅を15時からに変更", (Kind.REMOTE, november(25, 15), november(26))),
        (
            "明日 10時から11時 会議",
            "明日の会議を午後3時に変更",
            (Kind.MEETING, november(25, 15), november(25, 16)),
        ),
        (
            "明日 15時から16時 会議",
            "明日の会議を1時間後ろにずらします",
            (Kind.MEETING, november(25, 16), november(25, 17)),
        ),
        (
            "明日 15時から16時 会議",
            "明日の会議を2時間早めます",
            (Kind.MEETING, november(25, 13), november(25, 14)),
        ),
        ("14時から15時 会議", "会議が60分早まりました", (Kind.MEETING, november(24, 13), november(24, 14))),
        ("明日 休み", "明日の休みを取り消して在宅にします", (Kind.REMOTE, november(25), november(26))),
        ("明日 休み", "明日の休みをやめて出張に変更", (Kind.TRIP, november(25), november(26))),
        ("明日 休み", "明日の休みを午後休に変更", (Kind.LEAVE, november(25, 12), november(26))),
        ("明日 休み", "明日の休みを在宅に変えます", (Kind.REMOTE, november(25), november(26))),
        (
            "明日は17時まで外出",
            "明日の外出は18時までに延長します",
            (Kind.OUT, november(25), november(25, 18)),
        ),
        ("外出 15時まで", "外出を16時までに変更", (Kind.OUT, november(24, 10, 30), november(24, 16))),
    ],
)
def test_a_plan_is_moved(chat: Chat, old: str, words: str, new: tuple[Kind, datetime, datetime]) -> None:
    chat.says("mori", old)
    before = chat.plan("mori")
    card = chat.says("mori", words)
    assert card is not None
    assert chat.stretches("mori") == [new]
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == before


@pytest.mark.parametrize(
    "words",
    [
        "明日の会議を15時に変更",
        "明日の出張を明後日に変更",
        "会議を16時までに変更",
        "明日の会議が15時からになりました",
    ],
)
def test_what_holds_is_left_alone_where_there_is_no_such_plan(chat: Chat, words: str) -> None:
    chat.says("mori", "外出 15時まで")
    before = chat.presence("mori")
    card = chat.says("mori", words)
    assert card is not None
    assert "変更しました" not in card.title
    assert chat.presence("mori") == before


@pytest.mark.parametrize(
    "talk",
    [
        "資料の提出が明日に変更になりました",
        "明日の会議は会議室Bに変更になりました",
        "会議の資料を差し替えました",
        "お客様との会議が延期になりました",
    ],
)
def test_talk_about_a_plan_moves_nothing(chat: Chat, talk: str) -> None:
    chat.says("mori", "明日 10時から11時 会議")
    before = chat.plan("mori")
    chat.says("mori", talk)
    assert chat.plan("mori") == before


def test_a_channel_hears_of_moves_only_where_a_status_is_meant(chat: Chat) -> None:
    chat.says("mori", "明日 10時から11時 会議")
    before = chat.plan("mori")
    assert chat.says("mori", "明日の会議が15時からになりました", in_channel=True) is None
    assert chat.plan("mori") == before


@pytest.mark.parametrize("words", ["30分延長", "17時に変更", "戻りを17時に変更"])
def test_a_new_end_of_what_holds_is_as_before(chat: Chat, words: str) -> None:
    chat.says("mori", "明日 10時から11時 会議")
    chat.says("mori", "会議 12時まで")
    card = chat.says("mori", words)
    assert card is not None
    assert card.title.startswith("延長しました")
    assert len(chat.stretches("mori")) == 2


def test_a_colleagues_plan_is_moved_and_they_hear_of_it(chat: Chat) -> None:
    chat.says("mori", "明日 10時から11時 会議")
    card = chat.says("ito", "森さんの明日の会議は14時からになりました")
    assert card is not None
    assert card.title.startswith("森さん: 変更しました: ")
    assert chat.stretches("mori") == [(Kind.MEETING, november(25, 14), november(25, 15))]
    [(address, told)] = chat.told()
    assert address == "U0MORI"
    assert "あなたの状況を変更しました" in told.title


@pytest.mark.parametrize("plan", ["福岡出張 木曜まで", "12/8 大阪出張"])
def test_until_when_a_trip_is_that_begins_now_moves_no_other(chat: Chat, plan: str) -> None:
    chat.says("mori", plan)
    chat.says("mori", "福岡出張は金曜までです")
    assert chat.presence("mori").kind is Kind.TRIP
    assert chat.presence("mori").end == november(28)
