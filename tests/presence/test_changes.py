"""What a change tells is what the tables hold afterwards, whatever was said before."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.language.model import Basis, Entry, Kind
from bot.office.model import StaffId
from bot.office.roster import Roster
from bot.presence.board import publish
from bot.presence.tables import board
from bot.presence.undoing import undo_change
from bot.presence.verbs import (
    Actor,
    Change,
    NothingToChangeError,
    clear_presence,
    entries_of,
    extend_presence,
    locked,
    plan_of,
    presence_of,
    replace_entries,
    set_presence,
)
from bot.store.transaction import Transaction
from tests.support.databases import sqlite_copy
from tests.support.office_store import OfficeStore

SELF = Actor("kurimoto", "slack")


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeStore]:
    office = OfficeStore(database_url)
    yield office
    office.store.close()


def anything(tx: Transaction, roster: Roster, chance: random.Random, made: list[str]) -> Change | None:
    """One change of any kind; None where there was nothing to change."""
    person = roster.people[StaffId("kurimoto")]
    start = tx.now.astimezone(roster.zone) + timedelta(minutes=chance.choice((0, 0, 30)))
    end = start + timedelta(minutes=chance.randint(5, 90)) if chance.random() < 0.8 else None
    entry = Entry(chance.choice(list(Kind)), start, end, Basis.STATED, "本社", "外出")
    try:
        match chance.choice(("set", "clear", "extend", "edit", "undo")):
            case "set":
                return set_presence(tx, roster, person, (entry,), SELF, back=chance.random() < 0.2)
            case "clear":
                return clear_presence(tx, roster, person, SELF)
            case "extend":
                return extend_presence(tx, roster, person, SELF, minutes=10)
            case "edit":
                plan = plan_of(tx, roster, person.id)
                return replace_entries(tx, roster, person, {item.id for item in plan[:1]}, (entry,), SELF)
            case _:
                return undo_change(tx, roster, made.pop() if made else "")
    except NothingToChangeError:
        return None


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_is_what_is_recorded(office: OfficeStore, seed: int) -> None:
    chance, made = random.Random(seed), []
    person = StaffId("kurimoto")
    for _ in range(30):
        change = office.with_roster(anything, chance, made)
        if change:
            made += [] if change.action == "undo" else [change.id]
            assert change.after == office.with_roster(presence_of, person)
            told = office.rows(sa.select(board))
            office.with_roster(
                lambda tx, roster: publish(
                    tx, roster, roster.people[person], locked(tx, roster, roster.people[person])
                )
            )
            assert office.rows(sa.select(board)) == told
        office.passes(minutes=chance.randint(1, 60))
    assert office.run(entries_of, "smile", person)


def said(kind: Kind, minutes: int) -> Any:
    """A verb: `kind` from now on for so many minutes."""

    def verb(tx: Transaction, roster: Roster) -> Change:
        now = tx.now.astimezone(roster.zone)
        entry = Entry(kind, now, now + timedelta(minutes=minutes), Basis.STATED)
        return set_presence(tx, roster, roster.people[StaffId("kurimoto")], (entry,), SELF)

    return verb


def back(tx: Transaction, roster: Roster) -> Change:
    return clear_presence(tx, roster, roster.people[StaffId("kurimoto")], SELF)


def moved_to_now(tx: Transaction, roster: Roster) -> Change:
    """What was said last becomes a day at home from now on."""
    person = roster.people[StaffId("kurimoto")]
    item = entries_of(tx, roster.organization, person.id)[-1]
    now = tx.now.astimezone(roster.zone)
    home = Entry(Kind.REMOTE, now, now + timedelta(minutes=400), Basis.STATED)
    return replace_entries(tx, roster, person, {item.id}, (home,), SELF)


def made_longer(tx: Transaction, roster: Roster) -> Change:
    """The first thing that was said and still holds lasts for an hour more."""
    person = roster.people[StaffId("kurimoto")]
    item = plan_of(tx, roster, person.id)[0]
    assert item.entry.end is not None
    longer = replace(item.entry, end=item.entry.end + timedelta(hours=1))
    return replace_entries(tx, roster, person, {item.id}, (longer,), SELF)


OUT, LONGER = said(Kind.OUT, 90), said(Kind.OUT, 240)
MEETING, REMOTE = said(Kind.MEETING, 60), said(Kind.REMOTE, 400)


def held_after(office: OfficeStore, verbs: Sequence[Any], taken_back: Sequence[int]) -> list[Kind | None]:
    """What holds hour by hour, after these things were said, a minute apart, and some taken back."""
    made = []
    for verb in verbs:
        made.append(office.with_roster(verb).id if verb else "")
        office.passes(minutes=1)
    for index in taken_back:
        office.with_roster(undo_change, made[index])
    return [
        office.with_roster(presence_of, StaffId("kurimoto"), office.clock.now() + timedelta(hours=hour)).kind
        for hour in range(6)
    ]


@pytest.mark.parametrize(
    ("verbs", "taken_back"),
    [
        ((OUT, LONGER), (0, 1)),
        ((OUT, LONGER), (1, 0)),
        ((REMOTE, OUT, back), (1,)),
        ((REMOTE, OUT, LONGER), (1,)),
        ((REMOTE, OUT, LONGER), (1, 2)),
        ((REMOTE, OUT, LONGER), (2, 1)),
        ((REMOTE, OUT, MEETING), (1,)),
        ((LONGER, back, MEETING), (1,)),
        ((LONGER, back, OUT), (1,)),
        ((LONGER, OUT, back, MEETING), (2, 1)),
        ((LONGER, OUT, back, MEETING), (1, 2)),
        ((LONGER, OUT, back, REMOTE), (1, 2, 3)),
        ((LONGER, OUT, MEETING, moved_to_now), (1,)),
        ((REMOTE, MEETING, made_longer), (1,)),
    ],
)
def test_whatever_is_taken_back_the_rest_counts_as_if_it_had_never_been_said(
    tmp_path: Path, sqlite_file: Path, verbs: Sequence[Any], taken_back: Sequence[int]
) -> None:
    offices = []
    for name in ("all", "rest"):
        (tmp_path / name).mkdir()
        offices.append(OfficeStore(sqlite_copy(sqlite_file, tmp_path / name)))
    said_all, said_rest = offices
    rest = [None if index in taken_back else verb for index, verb in enumerate(verbs)]
    try:
        assert held_after(said_all, verbs, taken_back) == held_after(said_rest, rest, ())
    finally:
        for office in offices:
            office.store.close()


def test_what_is_moved_to_now_ends_what_a_new_word_would_end(office: OfficeStore) -> None:
    office.with_roster(OUT)
    office.with_roster(MEETING)
    moved = office.with_roster(moved_to_now)
    assert [item.entry.kind for item in office.with_roster(plan_of, StaffId("kurimoto"))] == [Kind.REMOTE]
    assert office.with_roster(undo_change, moved.id).after.kind is Kind.MEETING
    assert office.with_roster(back).after.kind is None


def test_what_only_lasts_longer_ends_nothing(office: OfficeStore) -> None:
    for verb in (REMOTE, MEETING, made_longer):
        office.with_roster(verb)
    plan = office.with_roster(plan_of, StaffId("kurimoto"))
    assert {item.entry.kind for item in plan} == {Kind.REMOTE, Kind.MEETING}


def test_what_was_put_back_goes_with_the_change_that_ended_it_since(office: OfficeStore) -> None:
    """在宅, 外出, 戻りました: the outing is taken back, then 戻りました too."""
    first, second, third = (office.with_roster(verb).id for verb in (REMOTE, OUT, back))
    assert office.with_roster(undo_change, second).after.kind is None
    assert office.with_roster(undo_change, third).after.kind is Kind.REMOTE
    assert office.with_roster(undo_change, first).after.kind is None


def test_a_change_of_days_ago_is_taken_back_whole(office: OfficeStore) -> None:
    """A trip of two weeks that a day off replaced long before."""
    office.with_roster(said(Kind.TRIP, 14 * 24 * 60))
    day_off = office.with_roster(said(Kind.LEAVE, 60)).id
    office.passes(days=5)
    assert office.with_roster(undo_change, day_off).after.kind is Kind.TRIP
