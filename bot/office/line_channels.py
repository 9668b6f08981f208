"""LINE channels and the offices behind them, which an office has in its office file or shares with others.

One channel may be shared by thousands of offices, and as many may have their own: so what arrives is looked
up by keys, never by going through all of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock

import sqlalchemy as sa

from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.office.tables import LINE_GROUP, LINE_USER, OF_OWN_LINE, organizations, staff
from bot.store.transaction import Transaction

_AT_ONCE = 500
_OWN = sa.text(OF_OWN_LINE)
_SHARING = sa.not_(sa.func.coalesce(sa.literal_column(OF_OWN_LINE, sa.Boolean), sa.false()))
_secrets: dict[str, tuple[str, str]] = {}  # by office its revision, and its secret
_lock = Lock()


@dataclass(frozen=True, slots=True)
class LineChannel:
    """The offices of one channel, as a condition on `organizations`.

    `first` of them by name stands for all where it is noted what somebody sent whom nobody knows. `shared`:
    it is that of the environment, and they may have nothing to do with each other.
    """

    offices: sa.ColumnElement[bool]
    first: str
    shared: bool

    def has(self, tx: Transaction, organization: str) -> bool:
        """Whether an office is one of them."""
        this = sa.and_(organizations.c.organization == organization, self.offices)
        return tx.first(_first_by_name(this)) is not None


def own_secrets(tx: Transaction, destination: str | None, *, named: bool) -> Mapping[str, str]:
    """By office the secret of its own channel, of those that name this bot, or of all others."""
    names_it = organizations.c.line_destination.is_not_distinct_from(destination)
    revisions = tx.all(
        sa.select(organizations.c.organization, organizations.c.revision).where(
            _OWN, names_it if named else sa.not_(names_it)
        )
    )
    with _lock:
        known = {row.organization: _secrets.get(row.organization) for row in revisions}
    found = {
        row.organization: kept[1]
        for row in revisions
        if (kept := known[row.organization]) is not None and kept[0] == row.revision
    }
    unknown = [row.organization for row in revisions if row.organization not in found]
    for start in range(0, len(unknown), _AT_ONCE):
        read = _read(tx, unknown[start : start + _AT_ONCE])
        found |= {organization: secret for organization, (_, secret) in read.items()}
        with _lock:
            _secrets.update(read)
    return found


def own_channel(tx: Transaction, own: Collection[str], destination: str) -> LineChannel | None:
    """The channel of offices whose own secret signed."""
    return _naming(tx, organizations.c.organization.in_(own), destination, shared=False)


def shared_channel(tx: Transaction, destination: str) -> LineChannel | None:
    """The channel of the environment; None where every office has its own."""
    return _naming(tx, _SHARING, destination, shared=True)


def person_on_line(tx: Transaction, channel: LineChannel, user: str) -> tuple[Roster, Person] | None:
    """Whose LINE account this is, in whichever of the channel's offices."""
    row = tx.first(
        sa.select(staff.c.organization)
        .join(organizations, organizations.c.organization == staff.c.organization)
        .where(sa.literal_column(LINE_USER) == user, staff.c.active, channel.offices)
        .order_by(staff.c.organization)
        .limit(1)
    )
    roster = roster_of(tx, row.organization) if row else None
    person = roster.by_line(user) if roster else None
    return (roster, person) if roster and person else None


def office_of_group(tx: Transaction, channel: LineChannel, group: str) -> Roster | None:
    """The office whose calls are told in a LINE group."""
    row = tx.first(_first_by_name(sa.and_(sa.literal_column(LINE_GROUP) == group, channel.offices)))
    return roster_of(tx, row.organization) if row else None


def _naming(
    tx: Transaction, these: sa.ColumnElement[bool], destination: str, *, shared: bool
) -> LineChannel | None:
    """Those of some offices that the bot written to belongs to.

    A name given in an office file decides; where none fits, the signature alone has to do.
    """
    named = organizations.c.line_destination == destination
    unnamed = organizations.c.line_destination.is_(None)
    for offices in (sa.and_(these, named), sa.and_(these, unnamed), these):
        row = tx.first(_first_by_name(offices))
        if row is not None:
            return LineChannel(offices, row.organization, shared)
    return None


def _first_by_name(where: sa.ColumnElement[bool]) -> sa.Select[tuple[str]]:
    return (
        sa.select(organizations.c.organization).where(where).order_by(organizations.c.organization).limit(1)
    )


def _read(tx: Transaction, offices: list[str]) -> dict[str, tuple[str, str]]:
    """The secrets of these offices, with the revision that was read: it may be newer than the one listed."""
    rows = tx.all(
        sa.select(organizations.c.organization, organizations.c.revision, organizations.c.office).where(
            organizations.c.organization.in_(offices)
        )
    )
    return {
        row.organization: (row.revision, tx.sealer.open((row.office.get("line") or {}).get("secret") or ""))
        for row in rows
    }
