from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model import Hours, Office, OrganizationId, Person, StaffId
from bot.scripts.speech import (
    caller_name,
    polite_name,
    spoken_day,
    spoken_hours,
    spoken_moment,
    spoken_number,
    spoken_organization,
    spoken_time,
)

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = date(2026, 11, 24)


def person(name: str, reading: str = "", title: str | None = None) -> Person:
    return Person(id=StaffId("x"), name=name, reading=reading, title=title)


@pytest.mark.parametrize(
    ("at", "ja", "en"),
    [
        (time(15), "15時", "3 PM"),
        (time(9, 30), "9時30分", "9:30 AM"),
        (time(9, 5), "9時5分", "9:05 AM"),
        (time(12), "12時", "noon"),
        (time(12, 30), "12時30分", "12:30 PM"),
        (time(0), "0時", "midnight"),
        (time(0, 15), "0時15分", "12:15 AM"),
        (time(23, 59), "23時59分", "11:59 PM"),
    ],
)
def test_times(at: time, ja: str, en: str) -> None:
    assert spoken_time(at) == ja
    assert spoken_time(at, "en") == en


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2026, 11, 24), "本日", "today"),
        (date(2026, 11, 25), "明日", "tomorrow"),
        (date(2026, 11, 26), "明後日", "Thursday"),
        (date(2026, 11, 27), "金曜日", "Friday"),
        (date(2026, 11, 29), "日曜日", "Sunday"),
        (date(2026, 11, 30), "来週の月曜日", "Monday"),
        (date(2026, 12, 1), "12月1日の火曜日", "Tuesday, December 1"),
        (date(2026, 12, 3), "12月3日の木曜日", "Thursday, December 3"),
        (date(2027, 1, 4), "1月4日の月曜日", "Monday, January 4"),
        (date(2027, 11, 24), "2027年11月24日の水曜日", "Wednesday, November 24, 2027"),
        (date(2026, 11, 23), "11月23日の月曜日", "Monday, November 23"),
        (date(2025, 12, 31), "2025年12月31日の水曜日", "Wednesday, December 31, 2025"),
    ],
)
def test_days_as_they_are_called_on_a_tuesday(day: date, ja: str, en: str) -> None:
    assert spoken_day(day, TUESDAY) == ja
    assert spoken_day(day, TUESDAY, "en") == en


def test_sunday_belongs_to_the_week_that_ends() -> None:
    assert spoken_day(date(2026, 12, 3), date(2026, 11, 29)) == "来週の木曜日"
    assert spoken_day(date(2026, 11, 29), date(2026, 11, 26)) == "日曜日"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_two_days_within_a_year_are_never_called_the_same(today: date, ahead: int) -> None:
    day = date.fromordinal(today.toordinal() + ahead)
    names = {spoken_day(date.fromordinal(today.toordinal() + n), today) for n in range(401) if n != ahead}
    assert spoken_day(day, today) not in names


NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # 10:30 in Tokyo


@pytest.mark.parametrize(
    ("at", "approximate", "ja", "en"),
    [
        (datetime(2026, 11, 24, 6, tzinfo=UTC), False, "本日15時", "at 3 PM"),
        (datetime(2026, 11, 24, 6, tzinfo=UTC), True, "本日15時ごろ", "around 3 PM"),
        (datetime(2026, 11, 24, 8, tzinfo=UTC), True, "本日夕方ごろ、17時ごろ", "around 5 PM"),
        (datetime(2026, 11, 24, 8, tzinfo=UTC), False, "本日17時", "at 5 PM"),
        (datetime(2026, 11, 25, 1, tzinfo=UTC), False, "明日の10時", "at 10 AM tomorrow"),
        (datetime(2026, 11, 26, 15, 30, tzinfo=UTC), False, "金曜日の0時30分", "at 12:30 AM on Friday"),
        (
            datetime(2026, 12, 3, 0, tzinfo=UTC),
            False,
            "12月3日の木曜日の9時",
            "at 9 AM on Thursday, December 3",
        ),
    ],
)
def test_moments_are_told_in_the_offices_zone(at: datetime, approximate: bool, ja: str, en: str) -> None:
    assert spoken_moment(at, NOW, TOKYO, approximate=approximate) == ja
    assert spoken_moment(at, NOW, TOKYO, "en", approximate=approximate) == en


def test_a_time_today_may_stand_alone() -> None:
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert spoken_moment(at, NOW, TOKYO, name_today=False) == "11時"
    assert spoken_moment(at, NOW, ZoneInfo("America/New_York"), name_today=False) == "21時"


@pytest.mark.parametrize(
    ("hours", "ja", "en"),
    [
        (Hours(), "平日の9時から18時まで", "9 AM to 6 PM, Monday to Friday"),
        (
            Hours(sat=(time(9), time(13))),
            "平日の9時から18時まで、土曜日は9時から13時まで",
            "9 AM to 6 PM, Monday to Friday, and 9 AM to 1 PM, Saturdays",
        ),
        (
            Hours(days=("tue", "wed", "thu", "fri", "sat"), open=time(10, 30), close=time(19)),
            "火曜日から土曜日の10時30分から19時まで",
            "10:30 AM to 7 PM, Tuesday to Saturday",
        ),
        (
            Hours(days=("mon", "wed")),
            "月曜日、水曜日の9時から18時まで",
            "9 AM to 6 PM, Monday and Wednesday",
        ),
        (Hours(close=time(23, 59)), "平日の9時から24時まで", "9 AM to midnight, Monday to Friday"),
        (Hours(days=("fri",)), "金曜日の9時から18時まで", "9 AM to 6 PM, Friday"),
        (
            Hours(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
            "毎日9時から18時まで",
            "9 AM to 6 PM, every day",
        ),
        (
            Hours(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), open=time(0), close=time(23, 59)),
            "毎日24時間",
            "24 hours, every day",
        ),
    ],
)
def test_hours(hours: Hours, ja: str, en: str) -> None:
    assert spoken_hours(hours) == ja
    assert spoken_hours(hours, "en") == en


def test_numbers_pause_between_groups() -> None:
    assert spoken_number(("012", "3456", "7890")) == "0 1 2、3 4 5 6、7 8 9 0"
    assert spoken_number(("03", "1234", "5678"), "en") == "0 3, 1 2 3 4, 5 6 7 8"
    assert spoken_number(("090-", "", "12")) == "0 9 0、1 2"


@pytest.mark.parametrize(
    ("who", "ja", "en"),
    [
        (person("栗本 太郎", "くりもと たろう", "課長"), "課長の栗本", "Taro Kurimoto"),
        (person("佐藤 花子", "さとう はなこ"), "佐藤", "Hanako Sato"),
        (person("大野 祐樹", "おおの ゆうき", "部長"), "部長の大野", "Yuki Ono"),
        (person("井上 順一", "いのうえ じゅんいち"), "井上", "Junichi Inoue"),
        (person("松浦 京子", "まつうら きょうこ"), "松浦", "Kyoko Matsuura"),
        (person("服部", "はっとり"), "服部", "Hattori"),
        (person("八町 徹", "はっちょう とおる"), "八町", "Toru Hatcho"),
        (person("飯田 椎奈", "いいだ しいな"), "飯田", "Shiina Iida"),
        (person("Anna Schmidt", "あんな しゅみっと", "部長"), "部長のAnna Schmidt", "Anna Schmidt"),
        (person("李 明"), "李", "李 明"),
    ],
)
def test_staff_before_callers(who: Person, ja: str, en: str) -> None:
    assert polite_name(who) == ja
    assert polite_name(who, "en") == en


@pytest.mark.parametrize(
    ("company", "name", "ja", "en"),
    [
        ("スマイル企画", "江川", "スマイル企画の江川様", "Egawa of スマイル企画"),
        (None, "江川", "江川様", "Egawa"),
        ("スマイル企画", None, "スマイル企画様", "スマイル企画"),
        ("", " ", "お客様", "the caller"),
        (None, "江川様", "江川様", "Egawa"),
        ("ABC商事", "山田さん", "ABC商事の山田様", "Yamada of ABC商事"),
        (None, "栗本の母", "栗本様のお母様", "栗本の母"),
        (None, "栗本の叔父", "栗本様のご家族の方", "栗本の叔父"),
    ],
)
def test_callers(company: str | None, name: str | None, ja: str, en: str) -> None:
    assert caller_name(company, name) == ja
    assert caller_name(company, name, "en") == en


def test_the_office_is_named_in_letters_in_english_where_it_can_be() -> None:
    def named(name: str, reading: str = "") -> Office:
        return Office(organization=OrganizationId("o"), name=name, reading=reading)

    assert spoken_organization(named("株式会社山田", "かぶしきがいしゃ やまだ")) == "株式会社山田"
    assert (
        spoken_organization(named("株式会社山田", "かぶしきがいしゃ やまだ"), "en")
        == "Kabushikigaisha Yamada"
    )
    katakana = named("スマイルコーポレーション", "すまいるこーぽれーしょん")
    assert spoken_organization(katakana, "en") == "Smile Corporation"
    assert spoken_organization(named("Smile Inc.", "すまいる"), "en") == "Smile Inc."
    assert spoken_organization(named("株式会社山田"), "en") == "株式会社山田"
