"""What an office sets: its hours, holidays and zone, and words of its own."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language import DEFAULT_CALENDAR, as_json, parse
from bot.language.model import Action, Kind, OfficeCalendar
from tests.support.readings import TUESDAY, at

SHOP = OfficeCalendar(
    weekdays=frozenset({1, 2, 3, 4, 5}), opening=time(10), noon=time(13), afternoon=time(14), closing=time(20)
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("午前中在宅", (11, 24, 10, 30), (11, 24, 13, 0)),
        ("午後から外出", (11, 24, 14, 0), (11, 24, 20, 0)),
        ("外出します", (11, 24, 10, 30), (11, 24, 20, 0)),
        ("定時まで会議", (11, 24, 10, 30), (11, 24, 20, 0)),
        ("明日朝一で会議", (11, 25, 10, 0), (11, 25, 11, 0)),
        ("金曜に戻ります", (11, 24, 10, 30), (11, 27, 10, 0)),
        ("5営業日後に戻ります", (11, 24, 10, 30), (12, 1, 10, 0)),
    ],
)
def test_hours_and_business_days_are_those_of_the_office(
    text: str, start: tuple[int, ...], end: tuple[int, ...]
) -> None:
    [entry] = parse(text, at(TUESDAY), calendar=SHOP).entries
    zone = SHOP.zone
    assert entry.start == datetime(2026, *start, tzinfo=zone)  # type: ignore[arg-type, misc]
    assert entry.end == datetime(2026, *end, tzinfo=zone)  # type: ignore[arg-type, misc]


def test_japanese_holidays_are_no_business_days() -> None:
    assert not DEFAULT_CALENDAR.is_business_day(at("2026-11-23 09:00").date())  # 勤労感謝の日
    assert DEFAULT_CALENDAR.is_business_day(at("2026-11-24 09:00").date())


def test_entries_are_in_the_zone_of_the_office_whatever_zone_now_is_in() -> None:
    now = at(TUESDAY).astimezone(UTC)
    result = as_json(parse("16時帰社", now))
    assert result["entries"][0]["start"] == "2026-11-24T10:30:00+09:00"
    berlin = OfficeCalendar(zone=ZoneInfo("Europe/Berlin"))
    [entry] = parse("16時帰社", now, calendar=berlin).entries
    assert entry.end == datetime(2026, 11, 24, 16, tzinfo=berlin.zone)


def test_an_offices_own_words_go_before_ours() -> None:
    own = {"客先A": Kind.OUT, "ノマド": Kind.REMOTE, "会議": Kind.BUSY, "Gym": Kind.AWAY}
    for text, kind in (
        ("客先A 15時まで", Kind.OUT),
        ("今日はノマドです", Kind.REMOTE),
        ("会議 15時まで", Kind.BUSY),
        ("gym until 3pm", Kind.AWAY),
    ):
        update = parse(text, at(TUESDAY), words=own)
        assert [entry.kind for entry in update.entries] == [kind], text
    assert parse("今日はノマドです", at(TUESDAY)).action is Action.NONE


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse("外出", datetime(2026, 11, 24, 10, 30))  # noqa: DTZ001 - naive on purpose
