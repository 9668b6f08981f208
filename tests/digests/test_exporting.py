"""Records taken along as CSV: complete, in the office's time, and harmless in a spreadsheet."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.exporting import What, as_csv, held_as_csv, held_of_person
from bot.digests.figures import Period
from bot.messages.model import CallerFacts
from bot.messages.verbs import close_message
from tests.support.office_store import TUESDAY_MORNING, OfficeStore


def exported(office: OfficeStore, what: What, days: Period | None = None) -> list[dict[str, str]]:
    text = office.with_roster(lambda tx, roster: "".join(as_csv(tx, roster, what, days)))
    return list(csv.DictReader(io.StringIO(text)))


def test_a_message_with_all_that_became_of_it(office: OfficeStore) -> None:
    message = office.message(body="見積もりの件", told="折り返します", urgent=True)
    office.passes(minutes=5)
    office.with_roster(close_message, message, "sato")
    [row] = exported(office, What.MESSAGES)
    assert (row["caller.company"], row["caller.name"], row["body"]) == ("アオバ商事", "三上", "見積もりの件")
    assert (row["created_at"], row["done_at"]) == ("2026-11-24T10:30:00+09:00", "2026-11-24T10:35:00+09:00")
    assert (row["told"], row["done_by"], row["state"], row["urgent"]) == (
        "折り返します",
        "sato",
        "done",
        "True",
    )


@pytest.mark.parametrize(
    ("days", "bodies"),
    [
        (None, ["10月の末", "11月の初め", "11月の末", "12月の初め"]),
        (Period.of_month("2026-11"), ["11月の初め", "11月の末"]),
        (Period(date(2026, 12, 1), date(2026, 12, 1)), ["12月の初め"]),
        (Period.of_month("2026-09"), []),
    ],
)
def test_a_month_is_the_offices_own(office: OfficeStore, days: Period | None, bodies: list[str]) -> None:
    for month, day, hour, body in (
        (10, 31, 23, "10月の末"),
        (11, 1, 0, "11月の初め"),
        (11, 30, 23, "11月の末"),
        (12, 1, 0, "12月の初め"),
    ):
        office.at(TUESDAY_MORNING.replace(month=month, day=day, hour=hour, minute=59))
        office.message(body=body)
    assert [row["body"] for row in exported(office, What.MESSAGES, days)] == bodies


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_has_all_its_days_and_no_other(year: int, month: int) -> None:
    period = Period.of_month(f"{year}-{month:02}")
    assert period.first == date(year, month, 1)
    assert (period.last + timedelta(days=1)).day == 1
    assert 28 <= period.days <= 31


@pytest.mark.parametrize("text", ["2026-13", "2026", "11月", "2026-11-24", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|isoformat"):
        Period.of_month(text)


def test_a_caller_named_like_a_formula_is_only_a_name(office: OfficeStore) -> None:
    names = ["=1+1", "+81", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", '=cmd|"/c"!A0']
    for name in names:
        office.message(caller=CallerFacts("", name), body=name, wish=name)
    rows = exported(office, What.MESSAGES)
    for column in ("caller.name", "body", "wish"):
        assert sorted(row[column] for row in rows) == sorted(f"'{name}" for name in names)


def test_what_is_held_of_a_person_without_our_secrets(office: OfficeStore) -> None:
    office.message(staff="kurimoto")
    held = office.with_roster(held_of_person, "kurimoto")
    assert [row["why"] for row in held["message_recipients"]] == ["own"]
    [row] = held["staff"]
    assert row["person"]["name"] == "栗本 太郎"
    assert "calendar" not in row["person"]
    assert held["named_in"][0]["table"] == "messages"
    lines = list(
        csv.reader(
            office.with_roster(lambda _, roster: "".join(held_as_csv(roster, held["staff"]))).splitlines()
        )
    )
    assert lines[0] == list(row)


def test_nothing_is_held_of_a_stranger(office: OfficeStore) -> None:
    assert office.with_roster(held_of_person, "nobody") == {}
