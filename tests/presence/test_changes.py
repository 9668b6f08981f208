"""What a change tells is what the tables hold afterwards, whatever was said before."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.language.model import Basis, Entry, Kind
from bot.office.model import StaffId
from bot.office.roster import Roster
from bot.presence.board import publish
from bot.presence.tables import board
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
    replace_entry,
    set_presence,
    undo_change,
)
from bot.store.transaction import Transaction
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
                return replace_entry(tx, roster, person, plan[0].id if plan else "", entry, SELF)
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
