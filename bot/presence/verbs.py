"""Changing and reading who is where. Each verb is a function of one transaction.

A change closes what it replaces and adds its entries; undo takes exactly that back. Every change
tells the board, and through it the routing backends, in the same commit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.language.model import Basis, Entry, Kind
from bot.office.hours import local_day
from bot.office.model import Person, StaffId
from bot.office.roster import Roster
from bot.presence.board import QUESTION, Known, lock_board, publish, question_id
from bot.presence.model import PresenceNow
from bot.presence.tables import changes, entries, series
from bot.presence.timeline import INTERRUPTIONS, StoredEntry, presence_at, set_aside
from bot.store.cards import touch_cards
from bot.store.transaction import Transaction

_OF_DAYS = frozenset({Kind.TRIP, Kind.LEAVE})
_OFF_DUTY = frozenset({Kind.LEFT, Kind.LEAVE})
_LOOK_BACK = timedelta(days=3)
"""How long an entry that ended still matters (an overdue return, a late undo)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who says so, and through which channel: slack, line, api, calendar, clock."""

    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made; `id` undoes it. `before` and `after` are what held around it."""

    id: str
    staff: StaffId
    action: str
    before: PresenceNow
    after: PresenceNow
    entries: tuple[Entry, ...] = ()


class NothingToChangeError(Exception):
    """There is no entry that the change could apply to."""


def entries_of(tx: Transaction, organization: str, staff: str) -> list[StoredEntry]:
    """A person's entries from shortly before now on, oldest change first."""
    since = tx.now - _LOOK_BACK
    rows = tx.all(_ENTRIES, {"organization": organization, "staff": staff, "since": since})
    return [as_stored(row) for row in rows]


_READ = sa.select(*(column for column in entries.c if column.computed is None))
_ENTRIES = _READ.where(
    entries.c.organization == sa.bindparam("organization"),
    entries.c.staff == sa.bindparam("staff"),
    entries.c.over_at > sa.bindparam("since"),
).order_by(entries.c.change, entries.c.start_at)


def as_stored(row: Any) -> StoredEntry:
    """A row of the entries as a value."""
    entry = Entry(Kind(row.kind), row.start_at, row.end_at, Basis(row.basis), row.note, row.word)
    return StoredEntry(row.id, row.change, entry, row.closed_at, row.series, row.event)


def presence_of(tx: Transaction, roster: Roster, staff: str, at: datetime | None = None) -> PresenceNow:
    """What holds for a person now, or at another moment."""
    return presence_at(entries_of(tx, roster.organization, staff), at or tx.now, roster.calendar)


def presence_of_all(
    tx: Transaction, roster: Roster, among: Collection[StaffId] | None = None
) -> Mapping[StaffId, PresenceNow]:
    """What holds for everyone now, or for those `among` them, in one query."""
    only = () if among is None else (entries.c.staff.in_(among),)
    rows = tx.all(
        _READ.where(
            entries.c.organization == roster.organization,
            *only,
            entries.c.over_at > tx.now - timedelta(days=1),
            entries.c.start_at <= tx.now,
        ).order_by(entries.c.change, entries.c.start_at)
    )
    by_staff: dict[str, list[StoredEntry]] = {}
    for row in rows:
        by_staff.setdefault(row.staff, []).append(as_stored(row))
    return {
        staff: presence_at(by_staff.get(staff, []), tx.now, roster.calendar)
        for staff in (roster.people if among is None else among)
    }


def plan_of(tx: Transaction, roster: Roster, staff: str) -> list[StoredEntry]:
    """A person's present and planned entries, by their start."""
    current = [
        item
        for item in entries_of(tx, roster.organization, staff)
        if not item.closed_at and (item.stops is None or item.stops > tx.now)
    ]
    return sorted(current, key=lambda item: item.entry.start)


def set_presence(
    tx: Transaction,
    roster: Roster,
    person: Person,
    new: Sequence[Entry],
    actor: Actor,
    *,
    back: bool = False,
) -> Change:
    """Record what somebody said of where they are or will be.

    `back`: they also said that they are back (戻りました。15時から来客です), so what holds ends.
    """
    known = locked(tx, roster, person)
    closing = ended_by(known.entries, new, tx.now, roster.zone, back=back)
    return record_change(tx, roster, person, actor, "set", known, closing, tuple(new))


def ended_by(
    stored: Iterable[StoredEntry],
    new: Sequence[Entry],
    now: datetime,
    zone: ZoneInfo,
    *,
    back: bool = False,
    replaced: Collection[StoredEntry] = (),
) -> list[StoredEntry]:
    """What holds now and ends because of what was newly said, rather than being interrupted by it.

    What goes on with other words or another end (it is in the place of one `replaced`) ends nothing.
    """
    gone_on = {(item.entry.kind, item.entry.start) for item in replaced}
    starts_now = [entry for entry in new if entry.start <= now and (entry.kind, entry.start) not in gone_on]
    return [
        item
        for item in stored
        if not item.closed_at
        and item.covers(now)
        and (back or any(not _interrupts(entry, item.entry, zone) for entry in starts_now))
    ]


def _interrupts(new: Entry, held: Entry, zone: ZoneInfo) -> bool:
    """Whether `held` goes on after `new`: after a meeting; and on a later day, a trip or leave of days."""
    if new.kind in INTERRUPTIONS:
        return held.kind not in INTERRUPTIONS
    if held.kind not in _OF_DAYS or new.kind in (held.kind, Kind.LATE) or new.end is None:
        return False
    if held.end is None:
        return new.kind in _OFF_DUTY  # who is out or at home without a word of it is back from the trip
    return _last_day(held.end, zone) > _last_day(new.end, zone)


def _last_day(end: datetime, zone: ZoneInfo) -> date:
    return (end.astimezone(zone) - timedelta(microseconds=1)).date()


def clear_presence(tx: Transaction, roster: Roster, person: Person, actor: Actor) -> Change:
    """The person is back: whatever holds now ends, what is planned for later stays."""
    known = locked(tx, roster, person)
    overdue = presence_at(known.entries, tx.now, roster.calendar).overdue
    aside = set_aside(known.entries, tx.now)  # a leave of days goes on after the day on which one came in
    closing = [
        item
        for item in known.entries
        if not item.closed_at
        and item.id not in aside
        and (item.covers(tx.now) or (overdue and item.entry.start <= tx.now))
    ]
    return record_change(tx, roster, person, actor, "clear", known, closing, ())


def cancel_entry(tx: Transaction, roster: Roster, person: Person, entry_id: str, actor: Actor) -> Change:
    """Take back one present or planned entry.

    Raises:
        NothingToChangeError: it is over already, or was never there.
    """
    known = locked(tx, roster, person)
    closing = [item for item in known.entries if item.id == entry_id and not item.closed_at]
    if not closing:
        raise NothingToChangeError
    return record_change(tx, roster, person, actor, "cancel", known, closing, ())


def replace_entries(
    tx: Transaction,
    roster: Roster,
    person: Person,
    replaced: Collection[str],
    new: Sequence[Entry],
    actor: Actor,
) -> Change:
    """Put other entries in the place of present or planned ones, by their ids, in one change.

    What of them begins now ends what a new word would end.

    Raises:
        NothingToChangeError: they are over already, or were never there.
    """
    known = locked(tx, roster, person)
    closing = [item for item in known.entries if item.id in replaced and not item.closed_at]
    if not closing:
        raise NothingToChangeError
    others = [item for item in known.entries if item.id not in replaced]
    closing += ended_by(others, new, tx.now, roster.zone, replaced=closing)
    return record_change(tx, roster, person, actor, "edit", known, closing, tuple(new))


def extend_presence(
    tx: Transaction,
    roster: Roster,
    person: Person,
    actor: Actor,
    *,
    minutes: int | None = None,
    end: datetime | None = None,
) -> Change:
    """Move the end of what holds (or is overdue): by minutes from its end, or to an instant.

    Raises:
        NothingToChangeError: nothing holds that has an end.
    """
    known = locked(tx, roster, person)
    now = presence_at(known.entries, tx.now, roster.calendar)
    if now.kind is None or (end is None and now.end is None):
        raise NothingToChangeError
    if end is None:
        assert now.end is not None
        end = now.end + timedelta(minutes=minutes or 0)
        if end <= tx.now:  # asked long after: counted from now, else it would be overdue again
            end = tx.now + timedelta(minutes=minutes or 0)
    start = tx.now if now.overdue else (now.start or tx.now)
    entry = Entry(now.kind, start, end, Basis.STATED, now.note, now.word)
    closing = [
        item
        for item in known.entries
        if not item.closed_at and item.entry.kind == now.kind and item.entry.start == now.start
    ]
    return record_change(tx, roster, person, actor, "extend", known, closing, (entry,))


def end_all(tx: Transaction, roster: Roster, person: Person, actor: Actor) -> None:
    """A person leaves the office: nothing they said of their whereabouts holds any more."""
    known = locked(tx, roster, person)
    closing = [item for item in known.entries if not item.closed_at]
    change = record_change(tx, roster, person, actor, "left_office", known, closing, ())
    tx.update(
        series,
        series.c.organization == roster.organization,
        series.c.staff == person.id,
        series.c.ended_by.is_(None),
        ended_by=change.id,
    )


def locked(tx: Transaction, roster: Roster, person: Person) -> Known:
    """What is recorded of a person, read once nobody else can change it before the commit."""
    row = lock_board(tx, roster.organization, person.id)
    return Known(row, entries_of(tx, roster.organization, person.id))


def record_change(
    tx: Transaction,
    roster: Roster,
    person: Person,
    actor: Actor,
    action: str,
    known: Known,
    closing: Sequence[StoredEntry],
    new: tuple[Entry, ...],
) -> Change:
    """Write one change: `closing` end now (or never begin), `new` are added; the board is told."""
    before = presence_at(known.entries, tx.now, roster.calendar)
    change = tx.new_id()
    tx.insert(
        changes,
        id=change,
        organization=roster.organization,
        staff=person.id,
        actor=actor.name,
        channel=actor.channel,
        action=action,
        closed=[[item.id, item.closed_at.isoformat() if item.closed_at else None] for item in closing],
        created_at=tx.now,
    )
    closed = {item.id: _close(tx, roster, item) for item in closing}
    added = [add_entry(tx, roster, person, change, entry) for entry in new]
    stored = [closed.get(item.id, item) for item in known.entries]
    stored += sorted(added, key=lambda item: item.entry.start)
    after = publish(tx, roster, person, replace(known, entries=stored))
    return Change(change, person.id, action, before, after, new)


def _close(tx: Transaction, roster: Roster, item: StoredEntry) -> StoredEntry:
    """Have an entry end now, or never begin; how it stands then."""
    at = max(tx.now, item.entry.start)
    tx.change(entries, item.id, closed_at=at)
    if item.entry.kind is Kind.TRIP and item.entry.end is None:
        today = local_day(roster.office, tx.now)
        touch_cards(tx, roster.organization, QUESTION, question_id(item.id, today))
    return replace(item, closed_at=at)


def add_entry(
    tx: Transaction,
    roster: Roster,
    person: Person,
    change: str,
    entry: Entry,
    *,
    series: str | None = None,
    event: str | None = None,
) -> StoredEntry:
    """Write one entry as a part of a change; telling the board is the caller's."""
    end = entry.end.astimezone(UTC) if entry.end else None
    entry = replace(entry, start=entry.start.astimezone(UTC), end=end)  # as it is read again
    made = tx.new_id()
    tx.insert(
        entries,
        id=made,
        organization=roster.organization,
        staff=person.id,
        change=change,
        kind=entry.kind,
        start_at=entry.start,
        end_at=entry.end,
        basis=entry.basis,
        note=entry.note,
        word=entry.word,
        series=series,
        event=event,
    )
    return StoredEntry(made, change, entry, series=series, event=event)
