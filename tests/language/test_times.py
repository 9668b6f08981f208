"""Times of day, as the status language writes them."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("16時帰社", TUESDAY, "out 10:30~16:00 stated"),
        ("16時半帰社予定", TUESDAY, "out 10:30~16:30 stated"),
        ("16時45分に戻ります", TUESDAY, "out 10:30~16:45 stated"),
        ("16:45戻り", TUESDAY, "out 10:30~16:45 stated"),
        ("午後4時に戻ります", TUESDAY, "out 10:30~16:00 stated"),
        ("4時に戻ります", TUESDAY, "out 10:30~16:00 stated"),
        ("PM4時戻り", TUESDAY, "out 10:30~16:00 stated"),
        ("4pm戻り", TUESDAY, "out 10:30~16:00 stated"),
        ("夕方4時に戻ります", TUESDAY, "out 10:30~16:00 stated"),
        ("12時に戻ります", TUESDAY, "out 10:30~12:00 stated"),
        ("正午に戻ります", TUESDAY, "out 10:30~12:00 stated"),
        ("12時半戻り", TUESDAY, "out 10:30~12:30 stated"),
        ("11時に戻ります", TUESDAY, "out 10:30~11:00 stated"),
        ("9時に戻ります", TUESDAY, "out 10:30~21:00 stated"),
        ("7時に戻ります", TUESDAY, "out 10:30~19:00 stated"),
        ("6時に戻ります", TUESDAY, "out 10:30~18:00 stated"),
        ("22時に戻ります", TUESDAY, "out 10:30~22:00 stated"),
        ("10時半に戻ります", TUESDAY, "ask past_time"),
        ("十五時に戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("十五時三十分に帰社", TUESDAY, "out 10:30~15:30 stated"),
        ("三時半戻り", TUESDAY, "out 10:30~15:30 stated"),
        ("午後三時戻り", TUESDAY, "out 10:30~15:00 stated"),
        ("15時 戻り", TUESDAY, "out 10:30~15:00 stated"),
        ("１５時３０分\u3000戻り", TUESDAY, "out 10:30~15:30 stated"),
        ("15 時に戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("24時に戻ります", TUESDAY, "out 10:30~24:00 stated"),
        ("25時まで作業中", TUESDAY, "busy 10:30~11-25 01:00 stated"),
        ("15時30分ごろ戻ります", TUESDAY, "out 10:30~15:30 approx"),
        ("15時くらいに戻ります", TUESDAY, "out 10:30~15:00 approx"),
        ("16時少し前に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("16時より前に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時もしくは16時に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時ないし16時に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時と16時の間に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("16時から17時の間に帰社予定です", TUESDAY, "out 10:30~17:00 approx"),
        ("戻りは15時から16時の間です", TUESDAY, "out 10:30~16:00 approx"),
        ("13時から15時の間離席します", TUESDAY, "away 13:00~15:00 stated"),
        ("定時ちょっと前に帰社します", TUESDAY, "out 10:30~18:00 approx"),
        ("17時ちょっとすぎまで会議です", TUESDAY, "meeting 10:30~17:00 approx"),
        ("16時をまわる頃に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時過ぎ戻り", TUESDAY, "out 10:30~15:00 approx"),
        ("15時前に戻ります", TUESDAY, "out 10:30~15:00 approx"),
        ("15時までに戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("15時には戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("遅くとも15時に戻ります", TUESDAY, "out 10:30~15:00 stated"),
        ("15時戻り予定です", TUESDAY, "out 10:30~15:00 stated"),
        ("15時に戻る予定です", TUESDAY, "out 10:30~15:00 stated"),
        ("15時頃には戻ります", TUESDAY, "out 10:30~15:00 approx"),
        ("たぶん15時に戻ります", TUESDAY, "out 10:30~15:00 approx"),
        ("だいたい15時戻り", TUESDAY, "out 10:30~15:00 approx"),
        ("15時頃までには戻ります", TUESDAY, "out 10:30~15:00 approx"),
        ("昼前に戻ります", TUESDAY, "out 10:30~12:00 approx"),
        ("お昼に戻ります", TUESDAY, "out 10:30~12:00 stated"),
        ("お昼過ぎ戻り", TUESDAY, "out 10:30~13:00 approx"),
        ("お昼頃戻ります", TUESDAY, "out 10:30~12:00 approx"),
        ("午後イチ戻り", TUESDAY, "out 10:30~13:00 stated"),
        ("夕方頃戻ります", TUESDAY, "out 10:30~17:00 approx"),
        ("夜戻ります", TUESDAY, "out 10:30~19:00 approx"),
        ("夜7時戻り", TUESDAY, "out 10:30~19:00 stated"),
        ("朝一で会議", "2026-11-24 08:00", "meeting 09:00~10:00 assumed"),
        ("午前中に戻ります", TUESDAY, "out 10:30~12:00 stated"),
        ("午後に戻ります", TUESDAY, "out 10:30~13:00 stated"),
        ("午後戻り", TUESDAY, "out 10:30~13:00 stated"),
        ("午後には戻ります", TUESDAY, "out 10:30~13:00 stated"),
        ("定時に戻ります", TUESDAY, "out 10:30~18:00 stated"),
        ("終業まで会議", TUESDAY, "meeting 10:30~18:00 stated"),
        ("30分後に戻ります", TUESDAY, "out 10:30~11:00 stated"),
        ("1時間後に帰社予定", TUESDAY, "out 10:30~11:30 stated"),
        ("1時間半後に戻ります", TUESDAY, "out 10:30~12:00 stated"),
        ("あと20分で戻ります", TUESDAY, "out 10:30~10:50 stated"),
        ("10分ほどで戻ります", TUESDAY, "out 10:30~10:40 approx"),
        ("30分以内に戻ります", TUESDAY, "out 10:30~11:00 stated"),
        ("1時間くらいで戻ります", TUESDAY, "out 10:30~11:30 approx"),
        ("2〜3時間で戻ります", TUESDAY, "out 10:30~13:30 approx"),
        ("2,3時間外出", TUESDAY, "out 10:30~13:30 approx"),
        ("1、2時間離席します", TUESDAY, "away 10:30~12:30 approx"),
        ("小一時間外出します", TUESDAY, "out 10:30~11:30 approx"),
        ("15時か16時ごろ戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時または16時に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15時〜16時頃戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("15〜16時に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("13〜15時 会議", TUESDAY, "meeting 13:00~15:00 stated"),
        ("13-15時会議", TUESDAY, "meeting 13:00~15:00 stated"),
        ("会議13時〜15時", TUESDAY, "meeting 13:00~15:00 stated"),
        ("13時〜会議", TUESDAY, "meeting 13:00~14:00 assumed"),
        ("今朝は11時出社です", TUESDAY, "late 10:30~11:00 stated"),
        ("順調に進めば16時に戻ります", TUESDAY, "out 10:30~16:00 approx"),
        ("〜15時 会議", TUESDAY, "meeting 10:30~15:00 stated"),
        ("15時まで会議です", TUESDAY, "meeting 10:30~15:00 stated"),
        ("会議 15時まで", TUESDAY, "meeting 10:30~15:00 stated"),
        ("会議中 15時まで", TUESDAY, "meeting 10:30~15:00 stated"),
        ("1時から3時まで会議", TUESDAY, "meeting 13:00~15:00 stated"),
        ("11時から1時まで会議", TUESDAY, "meeting 11:00~13:00 stated"),
        ("11時〜13時 会議", TUESDAY, "meeting 11:00~13:00 stated"),
        ("9時から12時まで会議", TUESDAY, "meeting 10:30~12:00 stated"),
        ("10時から12時まで会議", TUESDAY, "meeting 10:30~12:00 stated"),
        ("8時から10時まで会議", TUESDAY, "ask past_time"),
        ("9時から会議", TUESDAY, "meeting 21:00~22:00 assumed"),
        ("10時から会議", TUESDAY, "meeting 10:30~11:00 assumed"),
        ("22時から24時まで作業", TUESDAY, "busy 22:00~24:00 stated"),
        ("会議 〜15時", TUESDAY, "meeting 10:30~15:00 stated"),
        ("会議(〜15時)", TUESDAY, "meeting 10:30~15:00 stated"),
    ],
)
def test_times(text: str, now: str, meant: str) -> None:
    """A time is read as an office worker means it at half past ten."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("1645戻り", TUESDAY, "out 10:30~16:45 stated"),
        ("15:70戻り", TUESDAY, "ask invalid_date"),
        ("会議 13-15", TUESDAY, "meeting 13:00~15:00 stated"),
    ],
)
def test_times_after_the_command(text: str, now: str, meant: str) -> None:
    """A time is read as an office worker means it at half past ten."""
    assert reading(text, now, "command") == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("明日から出張", "2028-02-28 10:00", "trip 24:00~open open"),
        ("2/29 休み", "2028-02-01 10:00", "leave 02-29 00:00~03-01 00:00 stated"),
        ("明日は休み", "2026-12-31 10:00", "leave 24:00~01-02 00:00 stated"),
        ("月末まで出張", "2027-02-10 10:00", "trip 10:00~03-01 00:00 stated"),
        ("月末まで在宅", "2026-11-30 10:00", "remote 10:00~24:00 stated"),
        ("金曜まで出張", "2026-12-31 10:00", "trip 10:00~01-02 00:00 stated"),
        ("翌営業日に戻ります", "2026-12-31 10:00", "out 10:00~01-04 09:00 stated"),
        ("翌営業日は在宅", "2026-11-20 18:00", "remote 11-24 00:00~11-25 00:00 stated"),
        ("来週月曜は休み", "2026-12-31 10:00", "leave 01-04 00:00~01-05 00:00 stated"),
        ("来月5日まで休み", "2026-12-31 10:00", "leave 10:00~01-06 00:00 stated"),
        ("1日から出張", "2026-12-31 10:00", "trip 24:00~open open"),
        ("31日まで休み", "2026-12-30 10:00", "leave 10:00~01-01 00:00 stated"),
        ("30日まで出張", "2027-01-31 10:00", "ask invalid_date"),
        ("在宅", "2026-11-28 10:00", "remote 10:00~24:00 assumed"),
        ("外出", "2026-11-28 20:00", "out 20:00~24:00 assumed"),
        ("来週は在宅", "2026-11-29 10:00", "remote 24:00~12-05 00:00 stated"),
        ("今週は在宅", "2026-11-29 10:00", "ask past_time"),
        ("日曜は休み", "2026-11-29 10:00", "leave 10:00~24:00 stated"),
        ("月曜から出張", "2026-11-29 10:00", "trip 24:00~open open"),
        ("明日10時から会議", "2026-11-29 23:30", "meeting 11-30 10:00~11-30 11:00 assumed"),
        ("8時から会議", "2026-11-24 06:00", "meeting 08:00~09:00 assumed"),
        ("12時まで作業", "2026-11-24 00:30", "busy 00:30~12:00 stated"),
        ("1時まで作業", "2026-11-24 00:30", "busy 00:30~13:00 stated"),
        ("23時まで作業", "2026-11-24 21:30", "busy 21:30~23:00 stated"),
        ("10時まで作業", "2026-11-24 21:30", "ask past_time"),
        ("外出", "2026-11-24 00:10", "out 00:10~18:00 assumed"),
        ("15時帰社", "2026-11-24 15:00", "ask past_time"),
        ("15時から会議", "2026-11-24 15:00", "meeting 15:00~16:00 assumed"),
    ],
)
def test_the_moment_decides(text: str, now: str, meant: str) -> None:
    """The same words at other moments: early, late, at the turn of the year."""
    assert reading(text, now) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2、3時間外出します", "out 10:30~13:30 approx"),
        ("30分か1時間離席します", "away 10:30~11:30 approx"),
        ("1時間または1時間半で戻ります", "out 10:30~12:00 approx"),
        ("30分か1時間後に戻ります", "out 10:30~11:30 approx"),
        ("15分〜20分遅れます", "late 10:30~10:50 approx"),
        ("10分、15分遅れます", "late 10:30~10:45 approx"),
        ("会議もしくは外出です", "ask ambiguous"),
    ],
)
def test_of_two_lengths_the_longer_holds_roughly(text: str, meant: str) -> None:
    assert reading(text) == meant
