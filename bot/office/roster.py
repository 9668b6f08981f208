"""An office as one verb needs it: its settings and its people, read once for each revision."""

from collections import OrderedDict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.language.model import OfficeCalendar
from bot.office.aliases import confirmed_aliases
from bot.office.hearing import Directory
from bot.office.hours import calendar_of
from bot.office.model import Office, OrganizationId, Person, StaffId
from bot.office.numbers import own_numbers
from bot.office.stored import office_of, person_of
from bot.office.tables import lines, organizations, staff
from bot.store.transaction import Transaction

_MOST_KEPT = 50_000
"""People of all offices that are at hand; an office counts as one more. Jobs look at every office in turn."""


class NoSuchOfficeError(LookupError):
    """No office has that name."""


@dataclass(frozen=True)
class Roster:
    """One office at one revision. Immutable, shared between transactions."""

    office: Office
    people: Mapping[StaffId, Person]
    revision: str
    aliases: Mapping[str, tuple[StaffId, ...]] = field(default_factory=dict)
    """Spellings that count for somebody besides their own (`bot.office.aliases`)."""

    @property
    def organization(self) -> OrganizationId:
        return self.office.organization

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)

    @cached_property
    def calendar(self) -> OfficeCalendar:
        return calendar_of(self.office)

    @cached_property
    def directory(self) -> Directory:
        """Finds people by ear."""
        return Directory(self.office, tuple(self.people.values()), self.aliases)

    @cached_property
    def own_numbers(self) -> Container[str]:
        """The office's lines and its people's telephones (E.164): never a caller's own."""
        return own_numbers(self.office, self.people.values())

    @cached_property
    def _by_slack(self) -> Mapping[str, Person]:
        return {person.slack: person for person in self.people.values() if person.slack}

    @cached_property
    def _by_line(self) -> Mapping[str, Person]:
        return {person.line: person for person in self.people.values() if person.line}

    def by_slack(self, user: str) -> Person | None:
        """Whose Slack account this is."""
        return self._by_slack.get(user)

    def by_line(self, user: str) -> Person | None:
        """Whose LINE account this is."""
        return self._by_line.get(user)

    @cached_property
    def uses_line(self) -> bool:
        """Whether anything is sent to LINE: somebody is there, or the calls are told in a group."""
        group = self.office.line and self.office.line.calls_group
        return bool(group) or any(person.line for person in self.people.values())

    def backups_of(self, person: Person) -> tuple[Person, ...]:
        """The person's backups that are still with the office, in their order."""
        return tuple(self.people[staff] for staff in person.backups if staff in self.people)

    def managers(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.is_manager)


_REVISION = sa.select(organizations.c.revision).where(
    organizations.c.organization == sa.bindparam("organization")
)
_BY_NUMBER = (
    sa.select(organizations.c.organization, organizations.c.revision)
    .join(lines, lines.c.organization == organizations.c.organization)
    .where(lines.c.number == sa.bindparam("number"))
)


class _Kept:
    """Rosters at hand, by revision, which is unique everywhere."""

    def __init__(self) -> None:
        self._rosters: OrderedDict[str, Roster] = OrderedDict()
        self._people = 0
        self._lock = Lock()

    def get(self, revision: str) -> Roster | None:
        with self._lock:
            return self._rosters.get(revision)

    def put(self, roster: Roster) -> None:
        """Keep one more; those kept longest make room."""
        with self._lock:
            if roster.revision in self._rosters:
                return
            self._rosters[roster.revision] = roster
            self._people += 1 + len(roster.people)
            while self._people > _MOST_KEPT and len(self._rosters) > 1:
                _, oldest = self._rosters.popitem(last=False)
                self._people -= 1 + len(oldest.people)


_kept = _Kept()


def roster_of(tx: Transaction, organization: str) -> Roster:
    """The office as it is now; re-read only when its revision changed, looked for once in a transaction.

    Raises:
        NoSuchOfficeError: there is none of that name.
    """
    met: Roster | None = tx.offices.get(organization)
    if met is not None:
        return met
    row = tx.first(_REVISION, {"organization": organization})
    if row is None:
        raise NoSuchOfficeError(organization)
    return _at(tx, organization, row.revision)


def roster_by_number(tx: Transaction, number: str) -> Roster | None:
    """The office that answers a dialled number: `organization_by_number` and `roster_of` in one question."""
    row = tx.first(_BY_NUMBER, {"number": number})
    if row is not None:
        return _at(tx, row.organization, row.revision)
    only = _only_one(tx)
    return roster_of(tx, only) if only else None


def all_rosters(tx: Transaction) -> list[Roster]:
    """Every office as it is now, by name; one query where none has changed."""
    rows = tx.all(
        sa.select(organizations.c.organization, organizations.c.revision).order_by(
            organizations.c.organization
        )
    )
    return [_at(tx, row.organization, row.revision) for row in rows]


def _at(tx: Transaction, organization: str, revision: str) -> Roster:
    known = _kept.get(revision)
    if known is None:
        known = _read(tx, organization, revision)
        _kept.put(known)
    tx.offices[organization] = known
    return known


def _read(tx: Transaction, organization: str, revision: str) -> Roster:
    row = tx.execute(
        sa.select(organizations.c.office).where(organizations.c.organization == organization)
    ).one()
    rows = tx.all(
        sa.select(staff.c.person)
        .where(staff.c.organization == organization, staff.c.active)
        .order_by(staff.c.id)
    )
    people = [person_of(tx, person) for (person,) in rows]
    return Roster(
        office_of(tx, row.office),
        {person.id: person for person in people},
        revision,
        confirmed_aliases(tx, organization),
    )


def all_organizations(tx: Transaction) -> tuple[str, ...]:
    """Every office of this deployment."""
    return tuple(
        name
        for (name,) in tx.all(sa.select(organizations.c.organization).order_by(organizations.c.organization))
    )


def organization_by_number(tx: Transaction, number: str) -> str | None:
    """The office that a dialled number belongs to; the only office there is answers for any number."""
    row = tx.first(sa.select(lines.c.organization).where(lines.c.number == number))
    return row.organization if row else _only_one(tx)


def organization_by_slack(tx: Transaction, team: str) -> str | None:
    """The office of a Slack workspace; one that names none takes the only office there is."""
    row = tx.first(sa.select(organizations.c.organization).where(organizations.c.slack_team == team))
    return row.organization if row else _only_one(tx, organizations.c.slack_team.is_(None))


def roster_by_slack(tx: Transaction, team: str) -> Roster | None:
    """The office of a Slack workspace: `organization_by_slack` and `roster_of` in one question."""
    row = tx.first(_BY_SLACK, {"team": team})
    if row is not None:
        return _at(tx, row.organization, row.revision)
    only = organization_by_slack(tx, team)
    return roster_of(tx, only) if only else None


_BY_SLACK = sa.select(organizations.c.organization, organizations.c.revision).where(
    organizations.c.slack_team == sa.bindparam("team")
)


def _only_one(tx: Transaction, *where: sa.ColumnElement[bool]) -> str | None:
    rows = tx.all(sa.select(organizations.c.organization).limit(2))
    if len(rows) != 1:
        return None
    found = tx.first(sa.select(organizations.c.organization).where(*where)) if where else rows[0]
    return found.organization if found else None
