"""Following calendars: whatever versions come in whatever order, entries are those of the last one."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import SettableClock
from bot.language.model import Basis, Entry, Kind
from bot.office.apply import apply_office
from bot.office.file import PersonInFile
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.presence.feeds import (
    Reading,
    calendar_failed,
    calendar_works,
    claim_feed,
    feeds_due,
    follow_calendar,
    leave_notice,
    take_notice,
)
from bot.presence.tables import changes
from bot.presence.verbs import Actor, cancel_entry, plan_of
from bot.store.store import Store
from bot.store.transaction import Transaction
from tests.support.midori import OFFICE, ORGANIZATION, PEOPLE, TOKYO, TUESDAY

ADDRESS = "https://calendar.example.com/mori.ics"


class Feeds:
    """One person's calendar, without the web."""

    def __init__(self, url: str) -> None:
        self.clock = SettableClock(TUESDAY)
        self.store = Store(url, self.clock)
        self.has_calendar(ADDRESS)

    def has_calendar(self, address: str | None) -> None:
        every = frozenset(Person.model_fields)
        people = [
            PersonInFile(one.model_copy(update={"calendar": address}) if one.id == "mori" else one, every)
            for one in PEOPLE
        ]
        self.store.run_now(apply_office, OFFICE, people)

    def run(self, verb, *args, **kwargs):
        return self.store.run_now(lambda tx: verb(tx, *self._about(tx), *args, **kwargs))

    def claim(self) -> Reading | None:
        return self.store.run_now(lambda tx: claim_feed(tx, self._about(tx)[0], "mori"))

    def follows(self, *names: str) -> None:
        self.run(follow_calendar, {name: entry(name) for name in names}, etag='"1"')

    def plan(self) -> list[str]:
        items = self.store.run_now(lambda tx: plan_of(tx, self._about(tx)[0], "mori"))
        return sorted(item.entry.note for item in items)

    def cancels(self, name: str) -> None:
        def cancel(tx: Transaction) -> None:
            roster, person = self._about(tx)
            [item] = [item for item in plan_of(tx, roster, "mori") if item.entry.note == name]
            cancel_entry(tx, roster, person, item.id, Actor("mori", "slack"))

        self.store.run_now(cancel)

    @staticmethod
    def _about(tx: Transaction) -> tuple[Roster, Person]:
        roster = roster_of(tx, ORGANIZATION)
        return roster, roster.people["mori"]


def entry(name: str) -> Entry:
    start = datetime(2026, 11, 25, 9, tzinfo=TOKYO) + timedelta(hours=ord(name) - ord("a"))
    return Entry(Kind.MEETING, start, start + timedelta(hours=2), Basis.STATED, name)


@pytest.fixture
def feeds(sqlite_url: str) -> Iterator[Feeds]:
    feeds = Feeds(sqlite_url)
    feeds.claim()
    yield feeds
    feeds.store.close()


@given(versions=st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_entries_are_those_of_the_last_version(feeds: Feeds, versions: list[set[str]]) -> None:
    for version in versions:
        feeds.follows(*version)
        assert feeds.plan() == sorted(version)


@given(
    before=st.sets(st.sampled_from("abcd"), min_size=1),
    after=st.lists(st.sets(st.sampled_from("abcdef")), max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_cancelled_stays_so_while_the_calendar_keeps_it(
    feeds: Feeds, before: set[str], after: list[set[str]]
) -> None:
    feeds.follows()
    feeds.follows(*before)
    gone = min(before)
    feeds.cancels(gone)
    for version in after:
        feeds.follows(*version, gone)
        assert feeds.plan() == sorted(version - {gone})


def test_an_unchanged_calendar_changes_nothing(feeds: Feeds) -> None:
    feeds.follows("a", "b")
    count = sa.select(sa.func.count()).select_from(changes)
    before = feeds.store.read_now(lambda tx: tx.execute(count).scalar_one())
    feeds.follows("b", "a")
    assert feeds.store.read_now(lambda tx: tx.execute(count).scalar_one()) == before


def test_one_reader_at_a_time_every_ten_minutes(feeds: Feeds) -> None:
    assert feeds.claim() is None
    assert feeds.store.read_now(feeds_due) == []
    feeds.clock.passes(minutes=10)
    assert feeds.store.read_now(feeds_due) == [(ORGANIZATION, "mori")]
    assert feeds.claim() is not None
    assert feeds.claim() is None


def test_another_address_is_read_anew(feeds: Feeds) -> None:
    feeds.follows("a")
    feeds.has_calendar("https://calendar.example.com/other.ics")
    assert feeds.store.read_now(feeds_due) == [(ORGANIZATION, "mori")]
    reading = feeds.claim()
    assert reading is not None
    assert reading.etag is None


def test_without_an_address_what_it_said_goes(feeds: Feeds) -> None:
    feeds.follows("a")
    feeds.has_calendar(None)
    assert feeds.store.read_now(feeds_due) == [(ORGANIZATION, "mori")]
    assert feeds.claim() is None
    assert feeds.plan() == []
    assert feeds.store.read_now(feeds_due) == []


def test_a_lasting_failure_is_told_at_once_and_once(feeds: Feeds) -> None:
    assert [feeds.run(calendar_failed, lasting=True) for _ in range(3)] == [True, False, False]
    feeds.run(calendar_works)
    assert feeds.run(calendar_failed, lasting=True)


def test_one_that_may_pass_is_told_at_its_third_time(feeds: Feeds) -> None:
    assert [feeds.run(calendar_failed, lasting=False) for _ in range(5)] == [False, False, True, False, False]


def test_it_is_tried_less_and_less_often_but_never_given_up(feeds: Feeds) -> None:
    for _ in range(30):
        feeds.run(calendar_failed, lasting=False)
    assert feeds.store.read_now(feeds_due) == []
    feeds.clock.passes(hours=6)
    assert feeds.store.read_now(feeds_due) == [(ORGANIZATION, "mori")]


def test_a_notice_is_taken_once_and_goes_when_it_works_again(feeds: Feeds) -> None:
    feeds.run(leave_notice, "壊れています")

    def take() -> str | None:
        return feeds.store.run_now(take_notice, ORGANIZATION, "mori")

    assert [take(), take()] == ["壊れています", None]
    feeds.run(leave_notice, "壊れています")
    feeds.run(calendar_works)
    assert take() is None
