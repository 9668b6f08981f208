"""People's calendars followed: what was read becomes entries, what changed or went follows.

What a calendar says never counts over what the person said (bot/presence/timeline.py), and an event
that the person ended or cancelled stays so until it changes. Each verb is a function of one transaction.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.language.model import Entry
from bot.office.hours import local_day
from bot.office.model import Person
from bot.office.roster import Roster, all_organizations, roster_of
from bot.presence.board import publish
from bot.presence.tables import entries, feeds
from bot.presence.verbs import Actor, add_entry, locked, record_change
from bot.store.transaction import Transaction

AHEAD = timedelta(weeks=4)
"""How far ahead events are entries."""
_EVERY = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=6)
_TOLD_AFTER = 3
"""Failures in a row after which one that may pass by itself is told."""
_CALENDAR = Actor("calendar", "calendar")


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's calendar, to be read now by whoever claimed it.

    The validators are None where it must be read in full: the first time, and once a day, because
    what repeats reaches further every day.
    """

    staff: str
    address: str
    email: str
    etag: str | None
    last_modified: str | None


def feeds_due(tx: Transaction) -> list[tuple[str, str]]:
    """(organization, staff) whose calendar should be read now, or is no more."""
    known = {(row.organization, row.staff): row for row in tx.all(sa.select(feeds))}
    due = []
    for organization in all_organizations(tx):
        for person in roster_of(tx, organization).people.values():
            row = known.pop((organization, person.id), None) if person.calendar else None
            new = row is None or row.address_hash != _hash(person.calendar or "")
            if person.calendar and (new or (row and row.next_at <= tx.now)):
                due.append((organization, person.id))
    return due + list(known)


def claim_feed(tx: Transaction, roster: Roster, staff: str) -> Reading | None:
    """Take the reading of a calendar; None where another has it, or the person has none any more."""
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None or not person.calendar:
        _forget(tx, roster, staff)
        return None
    address_hash = _hash(person.calendar)
    fresh = {"address_hash": address_hash, "next_at": tx.now, "failures": 0, "told": False}
    tx.insert_if_new(feeds, organization=roster.organization, staff=staff, **fresh)
    row = tx.execute(sa.select(feeds).where(*_of(roster, staff)).with_for_update()).one()
    if row.address_hash != address_hash:  # another calendar: nothing of the old one counts
        nothing = {"etag": None, "last_modified": None, "read_on": None, "notice": None}
        tx.update(feeds, *_of(roster, staff), **fresh, **nothing)
        row = tx.execute(sa.select(feeds).where(*_of(roster, staff))).one()
    if row.next_at > tx.now:
        return None
    tx.update(feeds, *_of(roster, staff), next_at=tx.now + _EVERY)
    today = row.read_on == local_day(roster.office, tx.now)
    return Reading(
        staff,
        person.calendar,
        person.email or "",
        row.etag if today else None,
        row.last_modified if today else None,
    )


def follow_calendar(
    tx: Transaction,
    roster: Roster,
    person: Person,
    events: Mapping[str, Entry],
    *,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    """The calendar was read: `events` are the entries it makes from now on, by a key of their contents."""
    known = locked(tx, roster, person)
    read = {item.event for item in known.entries if item.event}
    gone = [
        item
        for item in known.entries
        if item.event and item.event not in events and (item.stops is None or item.stops > tx.now)
    ]
    new = {key: entry for key, entry in events.items() if key not in read}
    if gone or new:
        change = record_change(tx, roster, person, _CALENDAR, "calendar", known, gone, ())
        for item in gone:
            tx.update(entries, entries.c.id == item.id, event="")
        for key, entry in new.items():
            add_entry(tx, roster, person, change.id, entry, event=key)
        publish(tx, roster, person, locked(tx, roster, person))
    tx.update(
        feeds,
        *_of(roster, person.id),
        etag=etag,
        last_modified=last_modified,
        read_on=local_day(roster.office, tx.now),
    )
    calendar_works(tx, roster, person)


def calendar_works(tx: Transaction, roster: Roster, person: Person) -> None:
    """The calendar answered: a later failure is told anew."""
    tx.update(feeds, *_of(roster, person.id), failures=0, told=False, notice=None)


def calendar_failed(tx: Transaction, roster: Roster, person: Person, *, lasting: bool) -> bool:
    """The calendar could not be read; whether the person is to be told now: once, until it works again.

    `lasting`: it will not pass by itself. It is tried less and less often; what was read before stays.
    """
    row = tx.execute(sa.select(feeds).where(*_of(roster, person.id)).with_for_update()).one()
    failures = row.failures + 1
    tell = not row.told and (lasting or failures >= _TOLD_AFTER)
    pause = min(_EVERY * 2 ** max(0, min(failures, 10) - _TOLD_AFTER), _LONGEST_PAUSE)
    tx.update(
        feeds,
        *_of(roster, person.id),
        failures=failures,
        told=row.told or tell,
        next_at=tx.now + pause,
    )
    return tell


def leave_notice(tx: Transaction, roster: Roster, person: Person, words: str) -> None:
    """Something about the calendar that can wait for the person's next message in LINE."""
    tx.update(feeds, *_of(roster, person.id), notice=words)


def take_notice(tx: Transaction, organization: str, staff: str) -> str | None:
    """What waited to be said with the next reply, once."""
    where = (feeds.c.organization == organization, feeds.c.staff == staff)
    row = tx.first(sa.select(feeds.c.notice).where(*where))
    if row is None or row.notice is None:
        return None
    taken = tx.update(feeds, *where, feeds.c.notice.is_not(None), notice=None)
    return row.notice if taken else None


def window(now: datetime) -> tuple[datetime, datetime]:
    """The time of which a calendar is read."""
    return now, now + AHEAD


def _forget(tx: Transaction, roster: Roster, staff: str) -> None:
    """The calendar is no more: what it said of the time to come goes with it."""
    tx.execute(sa.delete(feeds).where(*_of(roster, staff)))
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None:
        return
    known = locked(tx, roster, person)
    gone = [item for item in known.entries if item.event and (item.stops is None or item.stops > tx.now)]
    if gone:
        record_change(tx, roster, person, _CALENDAR, "calendar", known, gone, ())


def _of(roster: Roster, staff: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return feeds.c.organization == roster.organization, feeds.c.staff == staff


def _hash(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
