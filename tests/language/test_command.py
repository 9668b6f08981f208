"""What follows the slash command, where less is taken for talk."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("栗本さん 15時帰社です よろしくお願いします", TUESDAY, "out 10:30~15:00 stated @栗本"),
    ],
)
def test_command(text: str, now: str, meant: str) -> None:
    """A missing kind is an outing; a word without any status is asked about."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("15時まで", TUESDAY, "out 10:30~15:00 stated"),
        ("17時まで三鷹", TUESDAY, "out 10:30~17:00 stated"),
        ("A社", TUESDAY, "ask no_kind"),
        ("A社 15時まで", TUESDAY, "out 10:30~15:00 stated"),
        ("三鷹 15時戻り", TUESDAY, "out 10:30~15:00 stated"),
        ("大阪", TUESDAY, "ask no_kind"),
        ("15時", TUESDAY, "out 15:00~18:00 assumed"),
        ("15時から", TUESDAY, "out 15:00~18:00 assumed"),
        ("明日", TUESDAY, "out 24:00~11-26 00:00 stated"),
        ("明日まで", TUESDAY, "out 10:30~11-26 00:00 stated"),
        ("明日から", TUESDAY, "out 24:00~11-25 18:00 assumed"),
        ("金曜まで", TUESDAY, "out 10:30~11-28 00:00 stated"),
        ("30分", TUESDAY, "out 10:30~11:00 stated"),
        ("1時間", TUESDAY, "out 10:30~11:30 stated"),
        ("14時-16時", TUESDAY, "out 14:00~16:00 stated"),
        ("午後", TUESDAY, "out 13:00~18:00 assumed"),
        ("午前中", TUESDAY, "out 10:30~12:00 stated"),
        ("終日", TUESDAY, "out 10:30~24:00 stated"),
        ("ありがとう", TUESDAY, "none"),
        ("テスト", TUESDAY, "ask no_kind"),
        ("help", TUESDAY, "none"),
        ("会議室を予約してください", TUESDAY, "none"),
        ("出張費の精算", TUESDAY, "none"),
        ("会議資料作成", TUESDAY, "busy 10:30~11:30 assumed"),
        ("出張大阪", TUESDAY, "trip 10:30~open open"),
        ("外出三鷹", TUESDAY, "out 10:30~18:00 assumed"),
        ("会議 A社様", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("会議 田中部長と", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("外出 お客様対応", TUESDAY, "out 10:30~18:00 assumed"),
        ("打ち合わせ(A社様)", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("在宅 よろしくお願いします", TUESDAY, "remote 10:30~24:00 assumed"),
        ("戻りました", TUESDAY, "clear"),
        ("ただいま", TUESDAY, "none"),
        ("戻り", TUESDAY, "clear"),
        ("帰社", TUESDAY, "clear"),
        ("出社", TUESDAY, "clear"),
        ("復帰", TUESDAY, "clear"),
        ("席に戻りました", TUESDAY, "clear"),
        ("キャンセル", TUESDAY, "clear"),
        ("取り消し", TUESDAY, "clear"),
        ("外出を取り消します", TUESDAY, "clear"),
        ("会議キャンセル", TUESDAY, "clear"),
        ("クリア", TUESDAY, "clear"),
        ("終わりました", TUESDAY, "clear"),
        ("30分後", TUESDAY, "out 11:00~18:00 assumed"),
        ("30分後に会議", TUESDAY, "meeting 11:00~12:00 assumed"),
        ("5分後に出ます", TUESDAY, "out 10:35~18:00 assumed"),
        ("17時に変更してください", TUESDAY, "extend 17:00"),
        ("延長 30分", TUESDAY, "extend 30"),
        ("+30分", TUESDAY, "out 10:30~11:00 stated"),
        ("栗本さん 出張", TUESDAY, "trip 10:30~open open @栗本"),
        ("17時までお願いします", TUESDAY, "none"),
        ("明日休んでいいですか？", TUESDAY, "none"),
        ("15時に戻れますか？", TUESDAY, "none"),
        ("昨日 出張", TUESDAY, "none"),
        ("毎週水曜 在宅", TUESDAY, "remote 24:00~11-26 00:00 stated"),
        ("客先A 15時まで", TUESDAY, "out 10:30~15:00 stated"),
    ],
)
def test_command_after_the_command(text: str, now: str, meant: str) -> None:
    """A missing kind is an outing; a word without any status is asked about."""
    assert reading(text, now, "command") == meant
