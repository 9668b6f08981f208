"""`toritsugi audit`: who did what, as CSV."""

import csv
import getpass
import os
from datetime import date, datetime, timedelta
from typing import TextIO

from bot.clock import SystemClock
from bot.digests.exporting import harmless
from bot.digests.trail import COLUMNS, trail
from bot.errors import UsageError
from bot.office.roster import Roster
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster


class AuditError(UsageError):
    """The trail cannot be shown; the text says why."""


def operator() -> str:
    """Who runs a command: the account of this machine, behind sudo the one that called it."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def audit(
    settings: Settings, first: str | None, last: str | None, organization: str | None, out: TextIO
) -> None:
    """Write the deeds of the days `first` to `last` (both included, ISO dates; all where left out).

    Raises:
        AuditError: a wrong day.
    """
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        store.read_now(_write, first, last, organization, out)
    finally:
        store.close()


def _write(
    tx: Transaction, first: str | None, last: str | None, organization: str | None, out: TextIO
) -> None:
    roster = chosen_roster(tx, organization)
    since = _midnight(roster, first) if first else None
    until = _midnight(roster, last) + timedelta(days=1) if last else None
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in trail(tx, roster.organization, since, until):
        at = row.at.astimezone(roster.zone).isoformat(timespec="seconds")
        writer.writerow([at, *(harmless(getattr(row, name)) for name in COLUMNS[1:])])


def _midnight(roster: Roster, day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), roster.zone)
    except ValueError:
        raise AuditError(f"{day}: write a day as 2026-11-24") from None
