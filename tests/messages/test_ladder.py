"""The ladder of reminders: each step once, in order, never before anybody could have acted."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.follow_up import ladder
from bot.office.model import FollowUp

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
minutes = st.integers(1, 10_000)
rules = st.builds(FollowUp, remind_minutes=st.lists(minutes, max_size=6).map(tuple), escalate_minutes=minutes)
delays = st.integers(0, 100_000).map(lambda seconds: timedelta(seconds=seconds))


@given(rules, delays, st.none() | minutes)
def test_in_order_each_step_once_and_none_too_early(given_rules, seen_after, promised_minutes) -> None:
    since = NOW + seen_after
    due = NOW + timedelta(minutes=promised_minutes) if promised_minutes else None
    steps = ladder(given_rules, since, NOW, due)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert max(Counter(step.name for step in steps).values()) == 1
    for step in steps:
        assert step.at > (NOW if step.is_promise else since)
    assert any(step.is_promise for step in steps) == (due is not None)


@given(rules, minutes)
def test_a_promise_is_recalled_in_time_and_then_goes_up(given_rules, promised_minutes) -> None:
    due = NOW + timedelta(minutes=promised_minutes)
    at = {step.name: step.at for step in ladder(given_rules, NOW, NOW, due)}
    assert (
        NOW < at["promise_soon"] < due == at["promise_due"] < at["promise_backups"] < at["promise_managers"]
    )
    assert due - at["promise_soon"] == min(timedelta(minutes=5), (due - NOW) / 2)


@given(rules)
def test_managers_hear_after_backups_and_backups_after_the_person(given_rules) -> None:
    order = [step.to for step in ladder(given_rules, NOW, NOW, None) if step.to != "person"]
    assert order == ["backups", "managers"]


def test_the_ladder_of_the_docs() -> None:
    due = NOW + timedelta(minutes=30)
    steps = ladder(FollowUp(remind_minutes=(15, 60), escalate_minutes=120), NOW, NOW, due)
    assert [(step.name, (step.at - NOW) // timedelta(minutes=1)) for step in steps] == [
        ("remind_15", 15),
        ("promise_soon", 25),
        ("promise_due", 30),
        ("remind_60", 60),
        ("backups", 120),
        ("promise_backups", 150),
        ("managers", 240),
        ("promise_managers", 270),
    ]
