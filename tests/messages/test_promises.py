"""What was promised in words has a time by which it is to be kept."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.promises import due_of
from bot.office.model import Hours
from bot.office.roster import Roster, roster_of
from tests.support.office_store import TOKYO, TUESDAY_MORNING, OfficeStore
from tests.support.offices import smile


@pytest.fixture(scope="module")
def roster(sqlite_file, tmp_path_factory) -> Iterator[Roster]:
    from tests.support.databases import sqlite_copy

    office = OfficeStore(sqlite_copy(sqlite_file, tmp_path_factory.mktemp("promises")), smile(hours=Hours()))
    yield office.run(roster_of, "smile")
    office.store.close()


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ("30分後に折り返し", at(11)),
        ("３０分ほどで折り返しお電話いたします", at(11)),
        ("1時間以内に", at(11, 30)),
        ("2時間半後", at(13)),
        ("本日中に折り返し", at(18)),
        ("今日中に必ず", at(18)),
        ("明日中にご連絡", at(18, day=25)),
        ("明後日までに", at(18, day=26)),
        ("15時までに折り返し", at(15)),
        ("午後3時半ごろ", at(15, 30)),
        ("15:45に", at(15, 45)),
        ("明日10時に折り返し", at(10, day=25)),
        ("9時までに", None),  # has gone by
        ("25時に", None),
        ("0分後", None),
        ("折り返しお電話いたします", None),
        ("", None),
    ],
)
def test_when_it_is_due(roster: Roster, promise: str, due: datetime | None) -> None:
    assert due_of(roster, promise, TUESDAY_MORNING) == due


def test_by_today_said_after_closing_is_the_next_opening(roster: Roster) -> None:
    assert due_of(roster, "本日中に", at(19)) == at(9, day=25)


@given(st.text(alphabet="0123456789０１２時間分半:：午前後本日今明中折り返しに ", max_size=20))
def test_any_words_are_due_later_or_never(roster: Roster, promise: str) -> None:
    due = due_of(roster, promise, TUESDAY_MORNING)
    assert due is None or due > TUESDAY_MORNING
