"""New times for an entry, said in a few words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.model import Basis, Entry, Kind
from bot.presence.moving import at_new_times, names_clock, shifted

TOKYO = ZoneInfo("Asia/Tokyo")


def november(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=TOKYO)


MEETING = Entry(Kind.MEETING, november(25, 10), november(25, 12), Basis.STATED, "定例")
OUT = Entry(Kind.OUT, november(25, 10), november(25, 12), Basis.STATED)


@pytest.mark.parametrize(
    ("entry", "words", "said", "holds", "new"),
    [
        (
            MEETING,
            "15時に",
            (november(25, 15), november(25, 16)),
            False,
            (november(25, 15), november(25, 17)),
        ),
        (MEETING, "15時に", (november(25, 10), november(25, 15)), True, (november(25, 10), november(25, 15))),
        (OUT, "16時に", (november(25, 10), november(25, 16)), False, (november(25, 10), november(25, 16))),
        (
            OUT,
            "13時から15時",
            (november(25, 13), november(25, 15)),
            False,
            (november(25, 13), november(25, 15)),
        ),
        (OUT, "木曜に", (november(26), november(27)), False, (november(26, 10), november(26, 12))),
    ],
)
def test_what_is_not_said_stays(
    entry: Entry,
    words: str,
    said: tuple[datetime, datetime],
    holds: bool,
    new: tuple[datetime, datetime],
) -> None:
    read = Entry(entry.kind, *said, Basis.STATED)
    moved = at_new_times(entry, read, words, entry.start, holds=holds)
    assert (moved.start, moved.end) == new
    assert (moved.kind, moved.note) == (entry.kind, entry.note)


def test_a_stretch_of_days_keeps_its_end_where_only_its_beginning_is_said() -> None:
    trip = Entry(Kind.TRIP, november(25), november(28), Basis.STATED)
    read = Entry(Kind.TRIP, november(26), november(27), Basis.STATED)
    moved = at_new_times(trip, read, "木曜から", trip.start, holds=False)
    assert (moved.start, moved.end) == (november(26), november(28))


@pytest.mark.parametrize(
    ("words", "named"), [("15時", True), ("正午", True), ("木曜", False), ("会議室B", False)]
)
def test_a_time_of_day_is_recognised(words: str, named: bool) -> None:
    assert names_clock(words) is named


@pytest.mark.parametrize(
    ("words", "hour"),
    [("1時間後ろ", 11), ("60分早ま", 9), ("2時間遅ら", 12), ("1時間繰り上", 9), ("120分あと", 12)],
)
def test_an_entry_is_moved_by_so_much(words: str, hour: int) -> None:
    moved = shifted(MEETING, words)
    assert moved is not None
    assert (moved.start, moved.end) == (november(25, hour), november(25, hour + 2))


@pytest.mark.parametrize("words", ["15時", "後ろ", "午前", "木曜の前", "30分"])
def test_what_says_no_so_much_moves_nothing_by_it(words: str) -> None:
    assert shifted(MEETING, words) is None
