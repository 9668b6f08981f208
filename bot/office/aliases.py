"""Other spellings of our people's names: what a recogniser made of a name, and whom a caller meant by it.

A caller who confirms 「栗本」 after the recogniser wrote 久里元 only offers an alias. It counts once a
manager has confirmed it, so that one mishearing never becomes a permanent wrong person.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.office.apply import touch_office
from bot.office.model import StaffId
from bot.office.readings import folded
from bot.office.tables import aliases
from bot.store.cards import touch_cards
from bot.store.transaction import Transaction

SUBJECT = "alias"
"""What cards about an alias show."""

OFFERED, CONFIRMED, REJECTED = "offered", "confirmed", "rejected"
_LONGEST = 16


def offer_alias(tx: Transaction, organization: str, spelling: str, staff: str, call: str) -> str | None:
    """Note that a caller meant `staff` by `spelling`; its id, None where that was offered before.

    A spelling that was rejected for somebody is not offered again.
    """
    if not 2 <= len(folded(spelling)) <= _LONGEST:
        return None
    alias = tx.new_id()
    new = tx.insert_if_new(
        aliases,
        id=alias,
        organization=organization,
        spelling=folded(spelling),
        staff=staff,
        state=OFFERED,
        call=call,
        offered_at=tx.now,
    )
    return alias if new else None


def decide_alias(tx: Transaction, organization: str, alias: str, *, by: str, counts: bool) -> Row[Any] | None:
    """登録する or 登録しない; also takes a confirmed one back. The alias as it is now; None: no such one."""
    row = tx.lock(_one(organization, alias))
    if row is None:
        return None
    state = CONFIRMED if counts else REJECTED
    if row.state != state:
        tx.update(aliases, aliases.c.id == alias, state=state, decided_by=by, decided_at=tx.now)
        if CONFIRMED in (row.state, state):
            touch_office(tx, organization)
        touch_cards(tx, organization, SUBJECT, alias)
    return alias_of(tx, organization, alias)


def alias_of(tx: Transaction, organization: str, alias: str) -> Row[Any] | None:
    """One alias as it stands."""
    return tx.first(_one(organization, alias))


def aliases_of(tx: Transaction, organization: str, limit: int) -> Sequence[Row[Any]]:
    """Those that count and those still offered, the newest first."""
    return tx.all(
        sa.select(aliases)
        .where(aliases.c.organization == organization, aliases.c.state != REJECTED)
        .order_by(aliases.c.offered_at.desc(), aliases.c.id)
        .limit(limit)
    )


def confirmed_aliases(tx: Transaction, organization: str) -> Mapping[str, tuple[StaffId, ...]]:
    """Spelling (folded) → whom it stands for, of those that count."""
    rows = tx.all(
        sa.select(aliases.c.spelling, aliases.c.staff)
        .where(aliases.c.organization == organization, aliases.c.state == CONFIRMED)
        .order_by(aliases.c.id)
    )
    found: dict[str, tuple[StaffId, ...]] = {}
    for row in rows:
        found[row.spelling] = (*found.get(row.spelling, ()), StaffId(row.staff))
    return found


def _one(organization: str, alias: str) -> sa.Select[Any]:
    return sa.select(aliases).where(aliases.c.id == alias, aliases.c.organization == organization)
