"""Figures of days: counted in the office's time, each call once, and never drawn wrongly."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.digest_card import chart_title, digest_card
from bot.digests.figures import Figures, Period, Totals, calls_of_month, figures_of
from bot.digests.personal import personal_figures
from bot.digests.picture import chart_of
from bot.messages.verbs import close_message
from bot.office.model import Hours
from bot.reception.tables import calls
from bot.store.transaction import Transaction
from tests.support.office_store import TOKYO, TUESDAY_MORNING, OfficeStore
from tests.support.offices import smile

TUESDAY = date(2026, 11, 24)
HOURS = Hours(open=time(9), close=time(18))
EMPTY = Figures(
    Period(TUESDAY, TUESDAY), Totals(), Totals(), ((0, 0, 0),) * 24, (0,) * 24, 0, 0, (), 0, 0, (), ()
)
counts = st.integers(0, 500)
hours_of = st.lists(st.tuples(counts, counts, counts), min_size=24, max_size=24).map(tuple)


def rang(
    tx: Transaction, at: datetime, outcome: str = "message", state: str = "ended", **more: object
) -> None:
    call = tx.new_id()
    row = {"sid": call, "from_number": "+81311112222", "to_number": "+81345671234", "step": 1, **more}
    tx.insert(calls, id=call, organization="smile", started_at=at, outcome=outcome, state=state, **row)


def test_calls_count_on_the_offices_day_and_refused_ones_nowhere(office: OfficeStore) -> None:
    midnight = datetime(2026, 11, 24, tzinfo=TOKYO)
    for at, outcome in (
        (midnight - timedelta(seconds=1), "message"),
        (midnight, "connected"),
        (midnight + timedelta(hours=9, minutes=59), "missed"),
        (midnight + timedelta(hours=23, minutes=59), "message"),
        (midnight + timedelta(days=1), "message"),
        (midnight - timedelta(days=7), "connected"),
    ):
        office.run(rang, at, outcome)
    office.run(rang, midnight, "blocked", "refused")
    figures = office.with_roster(figures_of, Period(TUESDAY, TUESDAY))
    assert figures.totals == Totals(calls=3, connected=1, missed=1)
    assert figures.before == Totals(calls=1, connected=1)
    assert [hour for hour, kinds in enumerate(figures.by_hour) if sum(kinds)] == [0, 9, 23]
    assert figures.by_hour[0] == (1, 0, 0)
    assert figures.before_by_hour[0] == 1
    assert office.with_roster(calls_of_month) == 6


def test_the_month_of_the_quota_is_the_offices(office: OfficeStore) -> None:
    for at in (datetime(2026, 10, 31, 23, 59, tzinfo=TOKYO), datetime(2026, 11, 1, tzinfo=TOKYO)):
        office.run(rang, at)
    assert office.with_roster(calls_of_month) == 1
    office.at(datetime(2026, 12, 1, 0, 0, tzinfo=TOKYO))
    assert office.with_roster(calls_of_month) == 0


def test_one_persons_week(office: OfficeStore) -> None:
    first = office.message(promise="折り返し", promise_due_at=TUESDAY_MORNING + timedelta(minutes=30))
    late = office.message(promise="折り返し", promise_due_at=TUESDAY_MORNING + timedelta(minutes=30))
    office.message(staff="sato")
    office.passes(minutes=20)
    office.with_roster(close_message, first, "kurimoto")
    office.passes(minutes=20)
    office.with_roster(close_message, late, "kurimoto")
    office.passes(days=1)
    due = office.clock.now() + timedelta(hours=2)
    office.message(promise="折り返し", promise_due_at=due)
    own = office.with_roster(personal_figures, "kurimoto")
    assert (own.today.count, own.today.done, own.week.count, own.week.done) == (1, 0, 3, 2)
    assert (own.kept, own.broken, own.next_due) == (1, 1, due)


def test_the_digest_names_what_was_agreed_on(office: OfficeStore) -> None:
    def small(agreed: int | None) -> tuple[str, ...]:
        def card(tx: Transaction, roster: object) -> tuple[str, ...]:
            agreeing = replace(roster, office=smile(quota=agreed))  # type: ignore[type-var]
            return digest_card(tx, agreeing, EMPTY, None, 812).small  # type: ignore[arg-type]

        return office.with_roster(card)

    assert small(1000) == ("今月のお電話 812件 / ご契約 1000件",)
    assert small(None) == ()


@given(hours_of, st.lists(counts, min_size=24, max_size=24).map(tuple))
def test_a_chart_shows_every_call_and_all_opening_hours(by_hour, before) -> None:
    chart = chart_of(smile(hours=HOURS), replace(EMPTY, by_hour=by_hour, before_by_hour=before), "x")
    assert chart.first_hour <= 9
    assert chart.first_hour + len(chart.connected) >= 18
    shown = (chart.connected, chart.message, chart.missed, chart.before)
    assert {len(row) for row in shown} == {len(chart.connected)}
    assert [sum(row) for row in shown] == [sum(hour[kind] for hour in by_hour) for kind in range(3)] + [
        sum(before)
    ]


@given(st.dates(date(2020, 1, 1), date(2099, 12, 20)), st.sampled_from([1, 7]))
def test_the_title_fits_into_the_picture(first: date, days: int) -> None:
    title = chart_title(Period(first, first + timedelta(days=days - 1)))
    assert len(title) <= 24
    assert str(first.day) in title


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (Period(TUESDAY, TUESDAY), "11月24日（火）の時間帯別のお電話"),
        (Period(date(2026, 11, 16), date(2026, 11, 22)), "11月16日〜22日の時間帯別のお電話"),
        (Period(date(2026, 12, 28), date(2027, 1, 3)), "12月28日〜1月3日の時間帯別のお電話"),
    ],
)
def test_what_the_title_says(period: Period, title: str) -> None:
    assert chart_title(period) == title
