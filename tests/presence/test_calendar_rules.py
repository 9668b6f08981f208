"""What an event says of its owner's whereabouts (docs/calendars.md)."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.model import Basis, Kind
from bot.presence.calendar_rules import entry_of, key_of
from bot.presence.ics import Event

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
HOUR = Event("u", "", NOON, NOON + timedelta(hours=1))
DAY = replace(HOUR, start=NOON.replace(hour=0), end=NOON.replace(hour=0) + timedelta(days=1), all_day=True)


@pytest.mark.parametrize(
    ("title", "kind", "word"),
    [
        ("営業会議", Kind.MEETING, "会議"),
        ("A社様 来客", Kind.MEETING, "来客"),
        ("採用面接", Kind.MEETING, "面接"),
        ("A社様訪問", Kind.OUT, "訪問"),
        ("通院", Kind.OUT, "通院"),
        ("有給休暇", Kind.LEAVE, "有給休暇"),
        ("午後半休", Kind.LEAVE, "半休"),
        ("在宅勤務", Kind.REMOTE, "在宅勤務"),
        ("福岡出張", Kind.TRIP, "出張"),
        ("昼休み", Kind.AWAY, "昼休み"),
        ("ランチ", Kind.AWAY, "ランチ"),
        ("資料作業", Kind.BUSY, "作業"),
        ("電話 三上様", Kind.BUSY, "電話"),
        ("WFH", Kind.REMOTE, "WFH"),
        ("歯医者", Kind.BUSY, ""),
        ("", Kind.BUSY, ""),
    ],
)
def test_an_hour(title: str, kind: Kind, word: str) -> None:
    entry = entry_of(replace(HOUR, title=title))
    assert entry is not None
    assert (entry.kind, entry.word, entry.basis, entry.note) == (kind, word, Basis.STATED, title)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("夏季休暇", Kind.LEAVE),
        ("大阪出張", Kind.TRIP),
        ("在宅", Kind.REMOTE),
        ("新人研修", Kind.MEETING),
        ("OOO", Kind.LEAVE),
    ],
)
def test_a_day_with_a_clear_word(title: str, kind: Kind) -> None:
    entry = entry_of(replace(DAY, title=title))
    assert entry is not None
    assert (entry.kind, entry.start, entry.end) == (kind, DAY.start, DAY.end)


@pytest.mark.parametrize("title", ["誕生日", "資料提出日", "全社会議の日", "ランチ会", "文化の日", ""])
def test_a_day_without_one_says_nothing(title: str) -> None:
    assert entry_of(replace(DAY, title=title)) is None


@pytest.mark.parametrize("title", ["佐藤さん 休暇", "鈴木くん在宅", "高橋さん出張"])
def test_what_is_about_somebody_else_says_nothing(title: str) -> None:
    assert entry_of(replace(DAY, title=title)) is None


@pytest.mark.parametrize("title", ["出張報告", "出張の精算", "休暇申請", "有給休暇の申請", "在宅勤務の相談"])
def test_work_about_an_absence_is_none(title: str) -> None:
    entry = entry_of(replace(HOUR, title=title))
    assert entry is not None
    assert entry.kind is Kind.BUSY
    assert entry_of(replace(DAY, title=title)) is None


def test_free_and_private_say_nothing() -> None:
    assert entry_of(replace(HOUR, title="会議", free=True)) is None
    assert entry_of(replace(HOUR, title="会議", private=True)) is None


def test_without_a_word_others_make_it_a_meeting() -> None:
    entry = entry_of(replace(HOUR, title="A社 提案", others=2))
    assert entry is not None
    assert entry.kind is Kind.MEETING


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (replace(DAY, busy="OOF"), Kind.LEAVE),
        (replace(HOUR, busy="OOF"), Kind.OUT),
        (replace(DAY, busy="WORKINGELSEWHERE"), Kind.REMOTE),
    ],
)
def test_outlook_says_it_without_a_title(event: Event, kind: Kind) -> None:
    entry = entry_of(replace(event, title="予定"))
    assert entry is not None
    assert entry.kind is kind


def test_the_key_is_that_of_what_is_shown() -> None:
    def key(event: Event) -> str:
        entry = entry_of(event)
        assert entry is not None
        return key_of(event, entry)

    one = replace(HOUR, title="会議")
    assert key(one) == key(replace(one, others=3))
    assert (
        len(
            {
                key(one),
                key(replace(one, title="定例会議")),
                key(replace(one, uid="v")),
                key(replace(one, end=NOON + timedelta(hours=2))),
            }
        )
        == 4
    )
