"""Several stretches in one message."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("午前中在宅、午後から外出", TUESDAY, "remote 10:30~12:00 stated; out 13:00~18:00 assumed"),
        ("午前在宅 午後外出", "2026-11-24 08:00", "remote 09:00~12:00 stated; out 13:00~18:00 assumed"),
        ("午前在宅、午後出社", "2026-11-24 08:00", "remote 09:00~12:00 stated; late 12:00~13:00 stated"),
        ("午前休、午後在宅", "2026-11-24 08:00", "leave 08:00~13:00 stated; remote 13:00~24:00 assumed"),
        (
            "午前は会議で午後から外出です",
            "2026-11-24 08:00",
            "meeting 09:00~12:00 stated; out 13:00~18:00 assumed",
        ),
        (
            "10時-11時 会議 13時-15時 A社訪問",
            "2026-11-24 08:00",
            "meeting 10:00~11:00 stated; out 13:00~15:00 stated",
        ),
        (
            "会議 13:00-14:00 面談 15:00-15:30",
            TUESDAY,
            "meeting 13:00~14:00 stated; meeting 15:00~15:30 stated",
        ),
        ("13時〜14時、15時〜16時 会議", TUESDAY, "meeting 13:00~14:00 stated; meeting 15:00~16:00 stated"),
        ("会議 13時〜14時、15時〜16時", TUESDAY, "meeting 13:00~14:00 stated; meeting 15:00~16:00 stated"),
        (
            "13時から会議、15時から外出、17時帰社",
            TUESDAY,
            "meeting 13:00~14:00 assumed; out 15:00~17:00 stated",
        ),
        ("13時から会議、その後外出", TUESDAY, "meeting 13:00~14:00 assumed; out 14:00~18:00 assumed"),
        ("会議、その後外出", TUESDAY, "meeting 10:30~11:30 assumed; out 11:30~18:00 assumed"),
        ("15時まで会議、そのあと在宅", TUESDAY, "meeting 10:30~15:00 stated; remote 15:00~24:00 assumed"),
        (
            "今日は在宅です。15時から16時まで会議です。",
            TUESDAY,
            "remote 10:30~24:00 stated; meeting 15:00~16:00 stated",
        ),
        ("在宅、14時〜15時 MTG", TUESDAY, "remote 10:30~24:00 assumed; meeting 14:00~15:00 stated"),
        (
            "在宅勤務です。13時から14時は離席します",
            TUESDAY,
            "remote 10:30~24:00 assumed; away 13:00~14:00 stated",
        ),
        ("出張中、15時から会議", TUESDAY, "trip 10:30~open open; meeting 15:00~16:00 assumed"),
        ("外出します。17時に戻ります。", TUESDAY, "out 10:30~17:00 stated"),
        ("外出します、戻りは17時です", TUESDAY, "out 10:30~17:00 stated"),
        ("15時まで外出、16時から会議", TUESDAY, "out 10:30~15:00 stated; meeting 16:00~17:00 assumed"),
        ("会議は16時までです", TUESDAY, "meeting 10:30~16:00 stated"),
        ("15時から16時まで会議、17時退社", TUESDAY, "meeting 15:00~16:00 stated; left 17:00~24:00 stated"),
        ("11時出社、18時退社", "2026-11-24 08:00", "late 08:00~11:00 stated; left 18:00~24:00 stated"),
        (
            "A社訪問 13時〜15時、B社訪問 16時〜17時、直帰",
            TUESDAY,
            "out 13:00~15:00 stated; out 16:00~17:00 stated; out 17:00~24:00 stated",
        ),
        ("16時の会議が終わり次第退社します", TUESDAY, "meeting 16:00~17:00 assumed; left 17:00~24:00 stated"),
        (
            "明日は在宅で明後日は出社です",
            TUESDAY,
            "remote 24:00~11-26 00:00 stated; late 11-26 00:00~11-26 09:00 stated",
        ),
        ("午後MTG 14時〜15時", TUESDAY, "meeting 14:00~15:00 stated"),
        ("B社訪問・打合せ 14時〜16時", TUESDAY, "out 14:00~16:00 stated"),
        ("13時A社、15時B社訪問、直帰します", TUESDAY, "out 13:00~24:00 stated; out 15:00~24:00 stated"),
        (
            "明日は9時〜10時会議、13時から外出、17時帰社です",
            TUESDAY,
            "meeting 11-25 09:00~11-25 10:00 stated; out 11-25 13:00~11-25 17:00 stated",
        ),
        (
            "明日\n・10時〜11時 会議\n・14時〜15時 来客",
            TUESDAY,
            "meeting 11-25 10:00~11-25 11:00 stated; meeting 11-25 14:00~11-25 15:00 stated",
        ),
        (
            "【本日の予定】\n10:45-11:30 定例会議\n14:00-16:00 B社訪問\n直帰",
            TUESDAY,
            "meeting 10:45~11:30 stated; out 14:00~16:00 stated; out 16:00~24:00 stated",
        ),
        (
            "本日のスケジュール\n11:00〜12:00 面談\n13:00〜 外出\n17:00 帰社",
            TUESDAY,
            "meeting 11:00~12:00 stated; out 13:00~17:00 stated",
        ),
        (
            "明日から金曜まで出張、来週月曜は代休です",
            TUESDAY,
            "trip 24:00~11-28 00:00 stated; leave 11-30 00:00~12-01 00:00 stated",
        ),
        (
            "火曜と木曜は14時から会議",
            TUESDAY,
            "meeting 14:00~15:00 assumed; meeting 11-26 14:00~11-26 15:00 assumed",
        ),
        ("今日と明日は在宅です", TUESDAY, "remote 10:30~24:00 stated; remote 24:00~11-26 00:00 stated"),
        ("今日明日と在宅です", TUESDAY, "remote 10:30~24:00 stated; remote 24:00~11-26 00:00 stated"),
        (
            "明日在宅、明後日出社",
            TUESDAY,
            "remote 24:00~11-26 00:00 stated; late 11-26 00:00~11-26 09:00 stated",
        ),
        ("今日は15時まで在宅、その後出社します", TUESDAY, "remote 10:30~15:00 stated"),
        (
            "12/1 出張、12/2〜12/3 休み",
            TUESDAY,
            "trip 12-01 00:00~12-02 00:00 stated; leave 12-02 00:00~12-04 00:00 stated",
        ),
        (
            "25日出張 26日在宅 27日休み",
            TUESDAY,
            "trip 24:00~11-26 00:00 stated; remote 11-26 00:00~11-27 00:00 stated; leave 11-27 00:00~11-28 00:00 stated",
        ),
        ("戻りました。明日は休みです", TUESDAY, "leave 24:00~11-26 00:00 stated"),
        ("戻りました、15時から会議です", TUESDAY, "meeting 15:00~16:00 assumed"),
        ("会議終わりました。これから外出します。", TUESDAY, "out 10:30~18:00 assumed"),
    ],
)
def test_several(text: str, now: str, meant: str) -> None:
    """Each stretch is an entry; the order of words is free."""
    assert reading(text, now) == meant
