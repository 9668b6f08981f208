"""Where a stretch starts and ends, and how its end is known."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("会議中です。15時目処です", "meeting 10:30~15:00 approx"),
        ("外出中、16時半目処", "out 10:30~16:30 approx"),
        ("取り込み中（16時目処）", "busy 10:30~16:00 approx"),
        ("会議中です。たぶん15時頃です", "meeting 10:30~15:00 approx"),
        ("手が離せません。17時目処です", "busy 10:30~17:00 approx"),
        ("作業中 17時目処まで", "busy 10:30~17:00 approx"),
        ("帰社は18時を過ぎます", "out 10:30~18:00 approx"),
        ("戻りは17時を見込んでいます", "out 10:30~17:00 approx"),
        ("15時目処で外出", "out 15:00~18:00 assumed"),
        ("会議は15時目処です", "meeting 15:00~16:00 assumed"),
        ("会議中です。15時から外出", "meeting 10:30~11:30 assumed; out 15:00~18:00 assumed"),
    ],
)
def test_a_lone_time_ends_what_goes_on(text: str, meant: str) -> None:
    assert reading(text) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("明日15時帰社", TUESDAY, "out 10:30~11-25 15:00 stated"),
        ("明日は15時帰社です", TUESDAY, "out 24:00~11-25 15:00 stated"),
        ("明日は15時まで外出", TUESDAY, "out 24:00~11-25 15:00 stated"),
        ("明日15時まで外出", TUESDAY, "out 10:30~11-25 15:00 stated"),
        ("金曜帰社", TUESDAY, "out 10:30~11-27 09:00 stated"),
        ("金曜に戻ります", TUESDAY, "out 10:30~11-27 09:00 stated"),
        ("今週中に戻ります", TUESDAY, "ask ambiguous"),
        ("来週中には戻ります", TUESDAY, "ask ambiguous"),
        ("来週戻ります", TUESDAY, "out 10:30~11-30 09:00 stated"),
        ("16時には席に戻れます", TUESDAY, "out 10:30~16:00 stated"),
        ("席に戻れません", TUESDAY, "away 10:30~11:30 assumed"),
        ("席にいません", TUESDAY, "away 10:30~11:30 assumed"),
        ("明日戻ります", TUESDAY, "out 10:30~11-25 09:00 stated"),
        ("木曜まで出張、金曜帰社", TUESDAY, "trip 10:30~11-27 09:00 stated"),
        ("大阪出張、金曜帰社", TUESDAY, "trip 10:30~11-27 09:00 stated"),
        ("明日出社します", TUESDAY, "late 24:00~11-25 09:00 stated"),
        ("明日は11時出社", TUESDAY, "late 24:00~11-25 11:00 stated"),
        ("明日11時に出社します", TUESDAY, "late 24:00~11-25 11:00 stated"),
        ("明日は午後出社です", TUESDAY, "late 24:00~11-25 13:00 stated"),
        (
            "明日は10時出社、15時退社です",
            TUESDAY,
            "late 24:00~11-25 10:00 stated; left 11-25 15:00~11-26 00:00 stated",
        ),
        ("午後から出社します", "2026-11-24 08:00", "late 08:00~13:00 stated"),
        ("昼から出社します", "2026-11-24 08:00", "late 08:00~12:00 stated"),
        ("10時頃出社します", "2026-11-24 08:00", "late 08:00~10:00 approx"),
        ("10時出社予定です", "2026-11-24 08:00", "late 08:00~10:00 stated"),
        ("10時に出社します", "2026-11-24 08:00", "late 08:00~10:00 stated"),
        ("電車遅延のため10時頃出社", "2026-11-24 08:00", "late 08:00~10:00 approx"),
        ("30分遅れます", "2026-11-24 08:00", "late 08:00~09:30 stated"),
        ("30分遅刻します", "2026-11-24 09:30", "late 09:30~10:00 stated"),
        ("10分ほど遅刻します", "2026-11-24 08:50", "late 08:50~09:10 approx"),
        ("1時間遅れで出社します", "2026-11-24 08:00", "late 08:00~10:00 stated"),
        ("30分遅れて出社します", "2026-11-24 08:00", "late 08:00~09:30 stated"),
        ("明日30分遅れます", TUESDAY, "late 24:00~11-25 09:30 stated"),
        ("寝坊しました、10時半に着きます", "2026-11-24 08:50", "late 08:50~10:30 stated"),
        ("遅れます。10時着予定です", "2026-11-24 08:50", "late 08:50~10:00 stated"),
        ("明日直行です", TUESDAY, "out 24:00~11-25 12:00 assumed"),
        ("明日は直行します", TUESDAY, "out 24:00~11-25 12:00 assumed"),
        ("A社直行、11時出社", "2026-11-24 08:00", "out 08:00~11:00 stated"),
        ("直行直帰", TUESDAY, "out 10:30~24:00 stated"),
        ("今日は直行直帰です", TUESDAY, "out 10:30~24:00 stated"),
        ("本日直行、14時帰社", TUESDAY, "out 10:30~14:00 stated"),
        ("A社訪問後直帰", TUESDAY, "out 10:30~24:00 stated"),
        ("15時からB社訪問、直帰します", TUESDAY, "out 15:00~24:00 stated"),
        ("17時直帰", TUESDAY, "out 17:00~24:00 stated"),
        ("明日は直帰です", TUESDAY, "out 24:00~11-26 00:00 stated"),
        ("NR", TUESDAY, "out 10:30~24:00 stated"),
        ("訪問NR", TUESDAY, "out 10:30~24:00 stated"),
        ("18時退社", TUESDAY, "left 18:00~24:00 stated"),
        ("17時に上がります", TUESDAY, "left 17:00~24:00 stated"),
        ("17時で上がります", TUESDAY, "left 17:00~24:00 stated"),
        ("定時で上がります", TUESDAY, "left 18:00~24:00 stated"),
        ("定時退社します", TUESDAY, "left 18:00~24:00 stated"),
        ("明日は15時退社です", TUESDAY, "left 11-25 15:00~11-26 00:00 stated"),
        ("15時早退", TUESDAY, "left 15:00~24:00 stated"),
        ("体調不良のため早退します", TUESDAY, "left 10:30~24:00 stated"),
        ("お先に失礼いたします", TUESDAY, "left 10:30~24:00 stated"),
        ("本日はこれで失礼します", TUESDAY, "left 10:30~24:00 stated"),
        ("今日は17時に失礼します", TUESDAY, "left 17:00~24:00 stated"),
        ("あと30分で上がります", TUESDAY, "left 11:00~24:00 stated"),
        ("会社に戻りません", TUESDAY, "out 10:30~24:00 stated"),
        ("15時貴社", TUESDAY, "out 10:30~15:00 stated"),
        ("15時頃戻", TUESDAY, "out 10:30~15:00 approx"),
        ("夜分に失礼します", TUESDAY, "none"),
        ("帰宅します", TUESDAY, "left 10:30~24:00 stated"),
        ("退勤します", TUESDAY, "left 10:30~24:00 stated"),
        ("退勤しました", TUESDAY, "left 10:30~24:00 stated"),
        ("退社しました", TUESDAY, "left 10:30~24:00 stated"),
        ("上がります！", TUESDAY, "left 10:30~24:00 stated"),
    ],
)
def test_ends(text: str, now: str, meant: str) -> None:
    """Coming back, arriving, going home, being late."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("午前休", TUESDAY, "leave 10:30~13:00 stated"),
        ("午後休", TUESDAY, "leave 12:00~24:00 stated"),
        ("明日午前休", TUESDAY, "leave 24:00~11-25 13:00 stated"),
        ("明日午後休です", TUESDAY, "leave 11-25 12:00~11-26 00:00 stated"),
        ("午前半休、13時出社", "2026-11-24 08:00", "leave 08:00~13:00 stated"),
        ("本日AM休みです", "2026-11-24 08:00", "leave 09:00~12:00 stated"),
        ("午後休みます", TUESDAY, "leave 13:00~24:00 assumed"),
        ("午後から休みます", TUESDAY, "leave 13:00~24:00 assumed"),
        ("午後半休取ります", TUESDAY, "leave 12:00~24:00 stated"),
        ("27日午後半休", TUESDAY, "leave 11-27 12:00~11-28 00:00 stated"),
        ("金曜は午前半休です", TUESDAY, "leave 11-27 00:00~11-27 13:00 stated"),
        ("明日午前有休", TUESDAY, "leave 11-25 09:00~11-25 12:00 stated"),
        (
            "午前半休で午後から在宅です",
            "2026-11-24 08:00",
            "leave 08:00~13:00 stated; remote 13:00~24:00 assumed",
        ),
        (
            "午前休なので13時から会議です",
            "2026-11-24 08:00",
            "leave 08:00~13:00 stated; meeting 13:00~14:00 assumed",
        ),
        (
            "明日は午前中在宅で午後休です",
            TUESDAY,
            "remote 11-25 09:00~11-25 12:00 stated; leave 11-25 12:00~11-26 00:00 stated",
        ),
        ("午前半休で13時出社です", "2026-11-24 08:00", "late 08:00~13:00 stated"),
    ],
)
def test_half_days(text: str, now: str, meant: str) -> None:
    """Half a day off."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("午前中外出", "2026-11-24 08:00", "out 09:00~12:00 stated"),
        ("午前中は外出です", TUESDAY, "out 10:30~12:00 stated"),
        ("明日の午前中は会議", TUESDAY, "meeting 11-25 09:00~11-25 12:00 stated"),
        ("明日午前中会議です", TUESDAY, "meeting 11-25 09:00~11-25 12:00 stated"),
        ("午後会議", TUESDAY, "meeting 13:00~14:00 assumed"),
        ("午後から会議です", TUESDAY, "meeting 13:00~14:00 assumed"),
        ("午後は外出です", TUESDAY, "out 13:00~18:00 assumed"),
        ("明日午後から出張", TUESDAY, "trip 11-25 13:00~open open"),
        ("明日の午後外出", TUESDAY, "out 11-25 13:00~11-25 18:00 assumed"),
        ("午後外出、17時帰社", TUESDAY, "out 13:00~17:00 stated"),
        ("夕方から外出", TUESDAY, "out 17:00~18:00 assumed"),
        ("夜は会食で外出", TUESDAY, "out 19:00~24:00 assumed"),
        ("夕方会議", TUESDAY, "meeting 17:00~18:00 assumed"),
        ("朝一打ち合わせ", "2026-11-24 08:00", "meeting 09:00~10:00 assumed"),
        ("昼から外出", TUESDAY, "out 12:00~18:00 assumed"),
        ("明日朝から出張", TUESDAY, "trip 11-25 09:00~open open"),
        ("明日の朝会議", TUESDAY, "meeting 11-25 09:00~11-25 10:00 assumed"),
        ("午後いっぱい会議", TUESDAY, "meeting 13:00~18:00 stated"),
        ("午前中いっぱい会議", TUESDAY, "meeting 10:30~12:00 stated"),
        ("夕方 商談 17時〜18時", TUESDAY, "meeting 17:00~18:00 stated"),
        ("午後イチ会議 13時〜14時", TUESDAY, "meeting 13:00~14:00 stated"),
        ("朝ミーティング 9:30-10:00", "2026-11-24 08:45", "meeting 09:30~10:00 stated"),
        ("9時半から朝会議です", "2026-11-24 08:45", "meeting 09:30~10:30 assumed"),
        ("夕方から外出、18時直帰", TUESDAY, "out 17:00~18:00 assumed; out 18:00~24:00 stated"),
    ],
)
def test_parts_of_a_day(text: str, now: str, meant: str) -> None:
    """Mornings, afternoons, evenings."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("離席します", TUESDAY, "away 10:30~11:30 assumed"),
        ("休憩入ります", TUESDAY, "away 10:30~11:30 assumed"),
        ("ランチ", TUESDAY, "away 10:30~11:30 assumed"),
        ("お昼", TUESDAY, "away 10:30~11:30 assumed"),
        ("お昼です", TUESDAY, "away 10:30~11:30 assumed"),
        ("お昼行ってきます", TUESDAY, "away 10:30~11:30 assumed"),
        ("昼休憩", TUESDAY, "away 10:30~11:30 assumed"),
        ("昼食に行きます", TUESDAY, "away 10:30~11:30 assumed"),
        ("ちょっと出てきます", TUESDAY, "out 10:30~18:00 assumed"),
        ("行ってきます", TUESDAY, "out 10:30~18:00 assumed"),
        ("買い物に行ってきます", TUESDAY, "out 10:30~18:00 assumed"),
        ("銀行に行ってきます", TUESDAY, "out 10:30~18:00 assumed"),
        ("会議中", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("打ち合わせ中です", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("MTG中", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("来客中です", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("商談中", TUESDAY, "meeting 10:30~11:30 assumed"),
        ("電話中", TUESDAY, "busy 10:30~11:30 assumed"),
        ("電話中です", TUESDAY, "busy 10:30~11:30 assumed"),
        ("集中します", TUESDAY, "busy 10:30~11:30 assumed"),
        ("集中作業中", TUESDAY, "busy 10:30~11:30 assumed"),
        ("作業中", TUESDAY, "busy 10:30~11:30 assumed"),
        ("在宅です", TUESDAY, "remote 10:30~24:00 assumed"),
        ("テレワークです", TUESDAY, "remote 10:30~24:00 assumed"),
        ("リモートワークします", TUESDAY, "remote 10:30~24:00 assumed"),
        ("在宅勤務です", TUESDAY, "remote 10:30~24:00 assumed"),
        ("休みます", TUESDAY, "leave 10:30~24:00 assumed"),
        ("お休みします", TUESDAY, "leave 10:30~24:00 assumed"),
        ("本日お休みをいただきます", TUESDAY, "leave 10:30~24:00 stated"),
        ("有給いただきます", TUESDAY, "leave 10:30~24:00 assumed"),
        ("有休を取得します", TUESDAY, "leave 10:30~24:00 assumed"),
        ("体調不良です", TUESDAY, "leave 10:30~24:00 assumed"),
        ("風邪で休みます", TUESDAY, "leave 10:30~24:00 assumed"),
        ("対応可能です", TUESDAY, "available 10:30~24:00 assumed"),
        ("電話対応可", TUESDAY, "available 10:30~24:00 assumed"),
        ("16時まで対応可能", TUESDAY, "available 10:30~16:00 stated"),
        ("午後は対応可能です", TUESDAY, "available 13:00~24:00 assumed"),
        ("在席しています", TUESDAY, "clear"),
        ("席にいます", TUESDAY, "clear"),
        ("18時まで在席", TUESDAY, "available 10:30~18:00 stated"),
    ],
)
def test_assumed_ends(text: str, now: str, meant: str) -> None:
    """Nothing is said about the end."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("外出中です。戻りは15〜16時です", "out 10:30~16:00 approx"),
        ("外出 15〜16時に戻ります", "out 10:30~16:00 approx"),
        ("11時から外出、15〜16時に戻ります", "out 11:00~16:00 approx"),
        ("15時〜16時会議 席に戻ります", "meeting 15:00~16:00 stated"),
        ("外出 12時〜16時 戻り", "out 12:00~16:00 stated"),
    ],
)
def test_a_return_between_two_times(text: str, meant: str) -> None:
    """A range right beside the return is a guess at when; the later time counts."""
    assert reading(text) == meant
