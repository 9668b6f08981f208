"""The secrets of the offices' own LINE channels, at hand: what arrives is tried with each of them."""

from collections.abc import Mapping
from threading import Lock

import sqlalchemy as sa

from bot.office.tables import organizations
from bot.store.transaction import Transaction

_AT_ONCE = 500
_secrets: dict[str, tuple[str, str]] = {}  # by office its revision, and its secret: empty where it has none
_lock = Lock()


def line_secrets(tx: Transaction) -> Mapping[str, str]:
    """By office the secret of its own channel; offices without are left out. Read once for each revision."""
    revisions = tx.all(sa.select(organizations.c.organization, organizations.c.revision))
    with _lock:
        known = dict(_secrets)
    now = {row.organization: row.revision for row in revisions}
    known = {name: kept for name, kept in known.items() if now.get(name) == kept[0]}
    unknown = [name for name in now if name not in known]
    for start in range(0, len(unknown), _AT_ONCE):
        known |= _read(tx, unknown[start : start + _AT_ONCE])
    if unknown:
        with _lock:
            _secrets.clear()
            _secrets.update(known)
    return {name: secret for name, (_, secret) in known.items() if secret}


def _read(tx: Transaction, offices: list[str]) -> dict[str, tuple[str, str]]:
    """The same of these offices, with the revision that was read: it may be newer than the one listed."""
    rows = tx.all(
        sa.select(organizations.c.organization, organizations.c.revision, organizations.c.office).where(
            organizations.c.organization.in_(offices)
        )
    )
    sealed = [(row, (row.office.get("line") or {}).get("secret")) for row in rows]
    return {
        row.organization: (row.revision, tx.sealer.open(secret) if secret else "") for row, secret in sealed
    }
