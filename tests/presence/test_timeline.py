"""What holds, of all that was said and of what a calendar says."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import DEFAULT_CALENDAR
from bot.language.model import Basis, Entry, Kind
from bot.presence.series import without_later_occurrences
from bot.presence.timeline import StoredEntry, holding, overdue, presence_at

DAY = datetime(2026, 11, 24, tzinfo=DEFAULT_CALENDAR.zone)


def hour(at: float) -> datetime:
    return DAY + timedelta(hours=at)


def item(
    name: str,
    kind: Kind,
    start: float,
    end: float | None,
    *,
    change: str = "",
    basis: Basis = Basis.STATED,
    closed: float | None = None,
    event: str | None = None,
) -> StoredEntry:
    entry = Entry(kind, hour(start), hour(end) if end is not None else None, basis)
    return StoredEntry(name, change or name, entry, hour(closed) if closed is not None else None, event=event)


def held(stored: list[StoredEntry], at: float) -> str | None:
    found = holding(stored, hour(at))
    return found.id if found else None


def test_a_calendar_holds_only_where_nothing_was_said_whichever_came_later() -> None:
    said = item("2", Kind.REMOTE, 9, 24)
    for change in ("1", "3"):
        event = item("e", Kind.MEETING, 14, 15, change=change, event="key")
        assert held([said, event], 14.5) == "2"
    assert held([item("2", Kind.OUT, 9, 12), item("e", Kind.MEETING, 11, 15, event="key")], 13) == "e"


def test_events_of_a_calendar_nest_in_whatever_order_they_were_read() -> None:
    day = item("day", Kind.REMOTE, 0, 24, change="2", event="a")
    meeting = item("meeting", Kind.MEETING, 14, 15, change="1", event="b")
    assert held([day, meeting], 14.5) == "meeting"
    assert held([day, meeting], 15.5) == "day"


@pytest.mark.parametrize("kind", [Kind.LEAVE, Kind.TRIP, Kind.REMOTE, Kind.OUT])
def test_who_comes_in_on_a_day_of_absence_is_in_on_that_day_and_away_on_the_next(kind: Kind) -> None:
    days = item("1", kind, -24, 72)
    arrival = item("2", Kind.LATE, 0, 9)
    meeting = item("0", Kind.MEETING, 10, 11)
    stored = [days, arrival, meeting]
    assert [held(stored, at) for at in (-1, 8, 9.5, 10.5, 23, 24.5)] == ["1", "2", None, "0", None, "1"]
    withdrawn = item("2", Kind.LATE, 0, 9, closed=0)
    assert [held([days, withdrawn], at) for at in (8, 9.5)] == ["1", "1"]
    assert held([item("3", kind, -24, 72), arrival], 9.5) == "3", "what was said later goes first"
    assert held([item("1", kind, 12, 24), arrival], 13) == "1", "what begins after the arrival begins"


@pytest.mark.parametrize("kind", [Kind.OUT, Kind.TRIP, Kind.LATE])
@pytest.mark.parametrize("basis", [Basis.STATED, Basis.APPROX])
def test_a_return_that_passes_is_overdue_until_closing(kind: Kind, basis: Basis) -> None:
    stored = [item("1", kind, 10, 15, basis=basis)]
    assert overdue(stored, hour(14.9), DEFAULT_CALENDAR) is None
    assert overdue(stored, hour(15), DEFAULT_CALENDAR) == stored[0]
    assert presence_at(stored, hour(17.9), DEFAULT_CALENDAR).overdue
    assert overdue(stored, hour(18), DEFAULT_CALENDAR) is None


@pytest.mark.parametrize(
    "kind", [Kind.MEETING, Kind.AWAY, Kind.BUSY, Kind.REMOTE, Kind.LEAVE, Kind.AVAILABLE]
)
def test_other_kinds_end_by_themselves(kind: Kind) -> None:
    assert presence_at([item("1", kind, 10, 15)], hour(15), DEFAULT_CALENDAR).kind is None


def test_an_assumed_end_is_nobodys_return() -> None:
    assert overdue([item("1", Kind.OUT, 10, 15, basis=Basis.ASSUMED)], hour(15), DEFAULT_CALENDAR) is None


def test_a_plan_that_was_withdrawn_is_no_sign_of_life() -> None:
    out = item("1", Kind.OUT, 10, 15)
    withdrawn = item("2", Kind.MEETING, 15.1, 16, closed=15.1)
    assert overdue([out, withdrawn], hour(15.5), DEFAULT_CALENDAR) == out
    begun = item("2", Kind.MEETING, 15.1, 15.3)
    assert overdue([out, begun], hour(15.5), DEFAULT_CALENDAR) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Kind)), st.integers(0, 20), st.integers(1, 6), st.booleans()),
        max_size=6,
    ),
    st.integers(0, 26),
)
def test_what_was_said_is_never_hidden_by_a_calendar(
    drawn: list[tuple[Kind, int, int, bool]], at: int
) -> None:
    stored = [
        item(f"{n}", kind, start, start + length, event=f"{n}" if event else None)
        for n, (kind, start, length, event) in enumerate(drawn)
    ]
    found = holding(stored, hour(at))
    said = holding([one for one in stored if one.event is None], hour(at))
    assert found == said or said is None
    assert (found is None) == (not any(one.covers(hour(at)) for one in stored))


def test_a_plan_shows_the_first_of_what_repeats_in_a_calendar() -> None:
    """A stand-up of every morning must not push the rest of the plan off the page."""
    standups = [
        item(f"s{day}", Kind.MEETING, 24 * day + 9.5, 24 * day + 9.75, event=f"e{day}") for day in range(20)
    ]
    longer = item("longer", Kind.MEETING, 24 * 3 + 9.5, 24 * 3 + 11, event="e")
    said = [item(f"m{day}", Kind.MEETING, 24 * day + 9.5, 24 * day + 9.75) for day in (1, 2)]
    plan = sorted([*standups, longer, *said], key=lambda one: one.entry.start)
    shown = without_later_occurrences(plan, DEFAULT_CALENDAR.zone)
    assert [one.id for one in shown] == ["s0", "m1", "m2", "longer"]
