"""What repeats: read, said back, and on which days it falls."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import DEFAULT_CALENDAR, parse
from bot.language.model import Basis, Kind
from bot.presence.repeating import (
    Rule,
    Span,
    UnclearRepetitionError,
    in_words,
    names_days_of,
    read_rule,
)

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)


def read(text: str, context: str = "chat"):
    return read_rule(
        text,
        TUESDAY,
        context,
        DEFAULT_CALENDAR,
        lambda words, way, at: parse(words, at, way, DEFAULT_CALENDAR),
    )


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("毎週水曜は在宅", "毎週水曜 在宅勤務", "2026-11-25"),
        ("毎週火曜日と木曜日は15時まで外出", "毎週火・木曜 15:00まで 外出", "2026-11-24"),
        ("毎週月水金は在宅", "毎週月・水・金曜 在宅勤務", "2026-11-25"),
        ("毎週月曜から木曜まで在宅", "毎週月・火・水・木曜 在宅勤務", "2026-11-24"),
        ("毎週木曜 10-11時 会議", "毎週木曜 10:00〜11:00 会議", "2026-11-26"),
        ("隔週月曜 出張", "隔週月曜 出張", "2026-11-30"),
        ("平日は毎日10時から11時まで会議", "平日毎日 10:00〜11:00 会議", "2026-11-24"),
        ("毎朝9時半からMTG", "平日毎日 09:30から 会議", "2026-11-24"),
        ("毎月1日は休み", "毎月1日 休み", "2026-12-01"),
        ("毎月第2火曜日は午後外出", "毎月第2火曜 13:00から 外出", "2026-12-08"),
        ("毎月第２・第４金曜は在宅", "毎月第2・第4金曜 在宅勤務", "2026-11-27"),
        ("毎週水曜は午前在宅、午後外出", "毎週水曜 09:00〜12:00 在宅勤務、13:00から 外出", "2026-11-25"),
        ("来月から毎週水曜は在宅", "毎週水曜 在宅勤務", "2026-12-02"),
        ("年内まで毎週金曜は在宅", "毎週金曜 在宅勤務（12/31まで）", "2026-11-27"),
        ("every Wednesday WFH", "毎週水曜 在宅勤務", "2026-11-25"),
        ("every other Friday off", "隔週金曜 休み", "2026-11-27"),
    ],
)
def test_what_is_read_and_said_back(text: str, words: str, first: str) -> None:
    repeated = read(text)
    assert repeated is not None
    assert in_words(repeated.rule) == words
    assert repeated.rule.first == date.fromisoformat(first)
    assert Rule.from_json(json.loads(json.dumps(repeated.rule.as_json()))) == repeated.rule


def test_what_is_said_back_reads_as_the_same() -> None:
    for text in ("毎週水曜は在宅", "隔週月曜 出張", "毎週木曜 10-11時 会議", "毎月1日は休み"):
        rule = read(text).rule
        again = read(in_words(rule), "command").rule
        assert (again.weekdays, again.weeks, again.month_day) == (rule.weekdays, rule.weeks, rule.month_day)
        assert [(span.kind, span.start, span.end) for span in again.spans] == [
            (span.kind, span.start, span.end) for span in rule.spans
        ]


def test_a_colleague_is_named() -> None:
    assert read("栗本さん 毎週水曜は在宅").who == "栗本"


@pytest.mark.parametrize(
    "text",
    [
        "今日は在宅",
        "毎週水曜の会議の資料を送ります",
        "毎日お疲れさまです",
        "毎日残業ばかりですみません",
        "毎週水曜は何をしていますか",
        "毎週水曜は在宅ですか？",
        "平日は忙しい",
        "毎日ありがとうございます。来週もよろしくお願いします",
    ],
)
def test_talk_sets_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["毎週水曜", "毎週月曜は明日まで出張", "毎月31日と来週は休み"])
def test_what_is_not_sure_is_asked(text: str) -> None:
    with pytest.raises(UnclearRepetitionError):
        read(text)


def days_of(rule: Rule, first: date, count: int) -> list[date]:
    days = (date.fromordinal(first.toordinal() + n) for n in range(count))
    return [day for day in days if rule.falls_on(day, DEFAULT_CALENDAR)]


def test_every_second_week_counts_from_the_first() -> None:
    rule = read("隔週月曜 出張").rule
    assert days_of(rule, date(2026, 11, 24), 40) == [
        date(2026, 11, 30),
        date(2026, 12, 14),
        date(2026, 12, 28),
    ]


def test_a_holiday_on_a_working_day_is_left_out() -> None:
    rule = read("毎週水曜は在宅").rule
    assert date(2027, 2, 10) in days_of(rule, date(2027, 2, 1), 28)
    holiday = read("毎週木曜は在宅").rule
    assert date(2027, 2, 11) not in days_of(holiday, date(2027, 2, 1), 28), "建国記念の日"


def test_a_31st_is_there_only_where_the_month_has_one() -> None:
    rule = Rule(date(2027, 1, 1), (Span(Kind.LEAVE, 0, 1440, Basis.STATED),), month_day=31)
    assert [day.month for day in days_of(rule, date(2027, 3, 1), 160)] == [3, 5, 7]


def test_the_days_that_a_text_names() -> None:
    rule = read("毎週水曜は在宅").rule
    assert names_days_of("毎週水曜の在宅", rule, DEFAULT_CALENDAR) is True
    assert names_days_of("毎週木曜の在宅", rule, DEFAULT_CALENDAR) is False
    assert names_days_of("繰り返し", rule, DEFAULT_CALENDAR) is None


@given(
    text=st.text(
        alphabet="毎週隔月火水木金土日曜平毎朝第12345はの在宅外出会議休み 、・〜からまで時every", max_size=24
    )
)
def test_it_never_raises_anything_else_and_stays_within_a_day(text: str) -> None:
    try:
        repeated = read(text, "command")
    except UnclearRepetitionError:
        return
    if repeated is not None:
        assert all(0 <= span.start < span.end <= 24 * 60 for span in repeated.rule.spans)
        assert repeated.rule.first >= TUESDAY.date()
