"""Looking up one entry or one change by its id, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.presence.tables import changes, entries
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import entries_of
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose presence an id is about, who said so, and by which change. `is_change`: the id is a change's."""

    staff: str
    actor: str
    change: str
    is_change: bool


def origin_of(tx: Transaction, organization: str, given: str) -> Origin | None:
    """Where a change or an entry comes from; None where this office has neither of that id."""
    of_change = sa.select(changes).where(changes.c.organization == organization)
    row = tx.first(of_change.where(changes.c.id == given))
    if row is not None:
        return Origin(row.staff, row.actor, row.id, is_change=True)
    of_entry = sa.select(entries.c.change).where(
        entries.c.organization == organization, entries.c.id == given
    )
    row = tx.first(of_change.where(changes.c.id.in_(of_entry)))
    return Origin(row.staff, row.actor, row.id, is_change=False) if row else None


def live_entry(tx: Transaction, organization: str, staff: str, given: str) -> StoredEntry | None:
    """The entry of that id, or the first one of that change, that is not over; None where it is over."""
    live = [
        item
        for item in entries_of(tx, organization, staff)
        if given in (item.id, item.change)
        and not item.closed_at
        and (item.stops is None or item.stops > tx.now)
    ]
    return min(live, key=lambda item: item.entry.start, default=None)


def last_change(tx: Transaction, organization: str, actor: str, since: datetime) -> str | None:
    """The id of what somebody changed last, for themselves or another, and has not taken back."""
    row = tx.first(
        sa.select(changes.c.id)
        .where(
            changes.c.organization == organization,
            changes.c.actor == actor,
            changes.c.created_at >= since,
            changes.c.undone_at.is_(None),
        )
        .order_by(changes.c.id.desc())
        .limit(1)
    )
    return row.id if row else None


def standing_of(tx: Transaction, organization: str, made_by: Sequence[str]) -> list[StoredEntry]:
    """The entries of some changes, by their ids, that nothing has ended or replaced; by their start."""
    standing = [item for item in _made_by(tx, organization, made_by) if not item.closed_at]
    return sorted(standing, key=lambda item: item.entry.start)


def was_overtaken(tx: Transaction, organization: str, made_by: Sequence[str]) -> bool:
    """Whether another change, which counts, has ended or replaced what these changes set."""
    ids = {item.id for item in _made_by(tx, organization, made_by)}
    if not ids:
        return False
    rows = tx.all(
        sa.select(changes.c.closed).where(
            changes.c.organization == organization,
            changes.c.staff.in_(_people(organization, made_by)),
            changes.c.id > min(made_by),
            changes.c.id.not_in(made_by),
            changes.c.undone_at.is_(None),
        )
    )
    return any(given in ids for row in rows for given, _ in row.closed)


def _made_by(tx: Transaction, organization: str, made_by: Sequence[str]) -> list[StoredEntry]:
    """What some changes set, of the last days and of the time to come."""
    people = tx.all(_people(organization, made_by)) if made_by else ()
    theirs = (item for row in people for item in entries_of(tx, organization, row.staff))
    return [item for item in theirs if item.change in made_by]


def _people(organization: str, made_by: Sequence[str]) -> sa.Select[tuple[str]]:
    of_office = (changes.c.organization == organization, changes.c.id.in_(made_by))
    return sa.select(changes.c.staff).where(*of_office).distinct()
