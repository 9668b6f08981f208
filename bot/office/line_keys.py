"""The secrets of the offices' own LINE channels, at hand: what arrives is tried with each of them."""

from collections.abc import Mapping
from threading import Lock

import sqlalchemy as sa

from bot.office.tables import organizations
from bot.store.transaction import Transaction

_AT_ONCE = 500
_secrets: dict[str, str] = {}  # by revision, which is unique everywhere; empty for an office without
_lock = Lock()


def line_secrets(tx: Transaction) -> Mapping[str, str]:
    """By office the secret of its own channel; offices without are left out. Read once for each revision."""
    rows = tx.all(sa.select(organizations.c.organization, organizations.c.revision))
    with _lock:
        known = dict(_secrets)
    unknown = [row.organization for row in rows if row.revision not in known]
    for start in range(0, len(unknown), _AT_ONCE):
        known |= _read(tx, unknown[start : start + _AT_ONCE])
    if unknown:
        with _lock:
            _secrets.clear()
            _secrets.update({row.revision: known[row.revision] for row in rows if row.revision in known})
    return {row.organization: secret for row in rows if (secret := known.get(row.revision))}


def _read(tx: Transaction, offices: list[str]) -> dict[str, str]:
    """By revision the secret of these offices."""
    rows = tx.all(
        sa.select(organizations.c.revision, organizations.c.office).where(
            organizations.c.organization.in_(offices)
        )
    )
    found = {row.revision: (row.office.get("line") or {}).get("secret") for row in rows}
    return {revision: tx.sealer.open(secret) if secret else "" for revision, secret in found.items()}
