"""An office and its people written to the database: what `toritsugi load` does, and what it changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.office.file import PersonInFile
from bot.office.model import Office, Person
from bot.office.stored import office_row, person_of, person_row
from bot.office.tables import lines, organizations, staff
from bot.store.transaction import Transaction


@dataclass(frozen=True)
class Applied:
    """What became different; people by their ids and as they were before they left."""

    is_new: bool
    added: tuple[Person, ...]
    changed: tuple[Person, ...]
    left: tuple[Person, ...]


class NumberTakenError(Exception):
    """A line of this office belongs to another office already."""


def apply_office(tx: Transaction, office: Office, people: Iterable[PersonInFile]) -> Applied:
    """Write an office. Keys that the file leaves out keep what chat has set; people missing leave.

    Raises:
        NumberTakenError: another office of this deployment has one of its numbers.
    """
    known = tx.lock(sa.select(organizations).where(organizations.c.organization == office.organization))
    _write_office(tx, office, is_new=known is None)
    before = {
        row.id: (person_of(tx, row.person), row.active)
        for row in tx.all(sa.select(staff).where(staff.c.organization == office.organization))
    }
    added, changed, kept = [], [], set()
    for item in people:
        was, active = before.get(item.person.id, (None, False))
        person = _merged(item, was)
        kept.add(person.id)
        if was is None or not active:
            added.append(person)
        elif was != person:
            changed.append(person)
        else:
            continue
        _write_person(tx, office, person, is_new=was is None)
    left = [was for staff_id, (was, active) in before.items() if active and staff_id not in kept]
    for person in left:
        end_links(tx, office.organization, person)
    return Applied(known is None, tuple(added), tuple(changed), tuple(left))


def touch_office(tx: Transaction, organization: str) -> None:
    """The office or its people changed: every process reads them anew."""
    tx.offices.pop(organization, None)
    tx.update(
        organizations,
        organizations.c.organization == organization,
        revision=tx.new_id(),
        updated_at=tx.now,
    )


def change_person(
    tx: Transaction, organization: str, staff_id: str, change: Callable[[Person], Mapping[str, Any]]
) -> Person | None:
    """Change what a person sets for themselves in chat; None where the office has no such person any more.

    `change` gives the new values from the person as stored, locked meanwhile.
    """
    row = tx.lock(
        sa.select(staff.c.person).where(
            staff.c.organization == organization, staff.c.id == staff_id, staff.c.active
        )
    )
    if row is None:
        return None
    stored = person_of(tx, row.person)
    person = stored.model_copy(update=change(stored))
    tx.update(
        staff,
        staff.c.organization == organization,
        staff.c.id == staff_id,
        person=person_row(tx, person),
        updated_at=tx.now,
    )
    touch_office(tx, organization)
    return person


def end_links(tx: Transaction, organization: str, person: Person) -> None:
    """A person leaves: no longer active, and no chat account is theirs."""
    tx.update(
        staff,
        staff.c.organization == organization,
        staff.c.id == person.id,
        active=False,
        person=person_row(tx, person.model_copy(update={"slack": None, "line": None})),
        updated_at=tx.now,
    )
    touch_office(tx, organization)


def _merged(item: PersonInFile, was: Person | None) -> Person:
    """The file's keys over what is stored."""
    if was is None:
        return item.person
    given = {key: getattr(item.person, key) for key in item.given if key in Person.model_fields}
    return was.model_copy(update=given)


def _write_office(tx: Transaction, office: Office, *, is_new: bool) -> None:
    tx.offices.pop(office.organization, None)
    values = {
        "revision": tx.new_id(),
        "office": office_row(tx, office),
        "slack_team": office.slack.team if office.slack else None,
        "line_destination": office.line.destination if office.line else None,
        "updated_at": tx.now,
    }
    if is_new:
        tx.insert(organizations, organization=office.organization, **values)
    else:
        tx.update(organizations, organizations.c.organization == office.organization, **values)
    tx.execute(sa.delete(lines).where(lines.c.organization == office.organization))
    for line in office.numbers:
        if not tx.insert_if_new(lines, number=line.number, organization=office.organization):
            raise NumberTakenError(line.number)


def _write_person(tx: Transaction, office: Office, person: Person, *, is_new: bool) -> None:
    values = {"person": person_row(tx, person), "active": True, "updated_at": tx.now}
    if is_new:
        tx.insert(staff, organization=office.organization, id=person.id, **values)
    else:
        tx.update(staff, staff.c.organization == office.organization, staff.c.id == person.id, **values)
