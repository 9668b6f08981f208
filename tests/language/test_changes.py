"""Changes to a status that is running."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("20分延長します", TUESDAY, "extend 20"),
        ("会議30分延長", TUESDAY, "extend 30"),
        ("会議を30分延長します", TUESDAY, "extend 30"),
        ("打ち合わせが30分延びました", TUESDAY, "extend 30"),
        ("会議が17時まで延びています", TUESDAY, "extend 17:00"),
        ("会議30分押してます", TUESDAY, "extend 30"),
        ("30分押し", TUESDAY, "extend 30"),
        ("15分ほど押しています", TUESDAY, "extend 15"),
        ("あと30分かかりそうです", TUESDAY, "extend 30"),
        ("もう30分かかります", TUESDAY, "extend 30"),
        ("あと30分", TUESDAY, "extend 30"),
        ("あと30分です", TUESDAY, "extend 30"),
        ("18時まで延長", TUESDAY, "extend 18:00"),
        ("18時まで延長します", TUESDAY, "extend 18:00"),
        ("18時に変更", TUESDAY, "extend 18:00"),
        ("戻りを18時に変更", TUESDAY, "extend 18:00"),
        ("帰社時間を18時に変更します", TUESDAY, "extend 18:00"),
        ("帰社18時に変更", TUESDAY, "extend 18:00"),
        ("18時戻りに変更します", TUESDAY, "extend 18:00"),
        ("戻りが遅れます", TUESDAY, "none"),
        ("帰社が1時間遅れます", TUESDAY, "extend 60"),
        ("戻りが30分遅くなります", TUESDAY, "extend 30"),
        ("30分遅れて戻ります", TUESDAY, "extend 30"),
        ("会議が30分遅れています", TUESDAY, "extend 30"),
        ("出張を木曜まで延長", TUESDAY, "extend 11-27 00:00"),
        ("出張が1日延びました", TUESDAY, "extend 1440"),
        ("2日延長", TUESDAY, "extend 2880"),
        ("戻りが18時になります", TUESDAY, "out 10:30~18:00 stated"),
        ("帰社は18時になりました", TUESDAY, "out 10:30~18:00 stated"),
        ("戻りは18時頃になりそうです", TUESDAY, "out 10:30~18:00 approx"),
        ("15時ではなく16時に戻ります", TUESDAY, "out 10:30~16:00 stated"),
        ("15時じゃなくて16時に戻ります", TUESDAY, "out 10:30~16:00 stated"),
        ("出社が11時になります", "2026-11-24 08:30", "late 08:30~11:00 stated"),
        ("10時まで延長", TUESDAY, "ask past_time"),
        ("13/40に変更", TUESDAY, "ask invalid_date"),
        ("17時に変更してください", TUESDAY, "none"),
        ("延長お願いします", TUESDAY, "none"),
        ("30分延長お願いします", TUESDAY, "extend 30"),
        ("会議を17時に変更してください", TUESDAY, "none"),
        ("15時から16時に変更", TUESDAY, "extend 16:00"),
        ("会議の時間が15時に変更になりました", TUESDAY, "none"),
        ("extend to 5pm", TUESDAY, "extend 17:00"),
        ("extend until 17:00", TUESDAY, "extend 17:00"),
        ("30 more minutes", TUESDAY, "extend 30"),
        ("another 30 minutes", TUESDAY, "extend 30"),
        ("extend by 1 hour", TUESDAY, "extend 60"),
        ("running 30 min over", TUESDAY, "extend 30"),
        ("在宅 よろしくお願いします", TUESDAY, "remote 10:30~24:00 assumed"),
        ("15時帰社 よろしくお願いします", TUESDAY, "out 10:30~15:00 stated"),
        ("会議ではなく外出です", TUESDAY, "out 10:30~18:00 assumed"),
        ("栗本さん 15時帰社", TUESDAY, "out 10:30~15:00 stated @栗本"),
        ("会議 A社様", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("打ち合わせ(A社様)", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("A社様訪問 16時帰社", TUESDAY, "out 10:30~16:00 stated"),
        ("A社様が15時に来社されます", TUESDAY, "none"),
        ("15時に出ます", TUESDAY, "out 15:00~18:00 assumed"),
        ("5分後に出ます", TUESDAY, "out 10:35~18:00 assumed"),
    ],
)
def test_changes(text: str, now: str, meant: str) -> None:
    """Longer, until another time, over, or called off."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("在宅 よろしくお願いします", TUESDAY, "remote 10:30~24:00 assumed"),
        ("大阪", TUESDAY, "ask no_kind"),
        ("午前中", TUESDAY, "out 10:30~12:00 stated"),
        ("出張費の精算", TUESDAY, "none"),
        ("会議資料作成", TUESDAY, "busy 10:30~11:30 assumed"),
        ("テスト", TUESDAY, "ask no_kind"),
    ],
)
def test_changes_after_the_command(text: str, now: str, meant: str) -> None:
    """Longer, until another time, over, or called off."""
    assert reading(text, now, "command") == meant


@pytest.mark.parametrize(
    "text", ["17時に変更お願いします見積もりが遅れます", "会議室の変更をお願いしますまで出張"]
)
def test_a_word_of_change_ahead_of_what_it_may_change_breaks_nothing(text: str) -> None:
    """Mangled texts: whatever they are read as, they are read."""
    reading(text, context="command")
