"""`toritsugi export`: an office's days as CSV, or everything held of one caller or person as files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO, TypeVar

from bot.clock import SystemClock
from bot.digests.exporting import Held, What, as_csv, held_as_csv, held_of_caller, held_of_person
from bot.digests.figures import Period
from bot.errors import UsageError
from bot.office.numbers import SHORTEST, Number, parse_number
from bot.office.roster import Roster
from bot.settings import Settings
from bot.store.audit import note
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.audit import operator
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster

R = TypeVar("R")
_BOM = "\ufeff"
"""By this a spreadsheet knows that a file is UTF-8."""
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)


class ExportError(UsageError):
    """The export cannot be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Days:
    """Which days: `first` to `last` (both included, ISO dates; either may be left out), or a `month`."""

    first: str | None = None
    last: str | None = None
    month: str | None = None

    def period(self) -> Period | None:
        """The days; None for all.

        Raises:
            ExportError: they are no days.
        """
        if self.month and (self.first or self.last):
            raise ExportError("name a month or days, not both")
        if self.month:
            return _read(Period.of_month, self.month, "a month as 2026-11")
        if not (self.first or self.last):
            return None
        days = [_read(date.fromisoformat, day, "a day as 2026-11-24") if day else None for day in self._ends]
        return Period(days[0] or _FIRST, days[1] or _LAST)

    @property
    def _ends(self) -> tuple[str | None, str | None]:
        return self.first, self.last


def export_csv(
    settings: Settings, what: str, days: Days, organization: str | None, out: TextIO, *, excel: bool = False
) -> None:
    """Write the records of some days to `out`; `excel` puts a byte order mark before them.

    Raises:
        ExportError: an unknown kind of record, or a wrong day.
    """
    if what not in set(What):
        raise ExportError(f"export what? One of: {', '.join(What)}")
    period = days.period()

    def write(tx: Transaction) -> str:
        roster = chosen_roster(tx, organization)
        out.write(_BOM if excel else "")
        out.writelines(as_csv(tx, roster, What(what), period))
        return roster.organization

    def export(store: Store) -> None:
        office = store.read_now(write)
        store.run_now(_note, office, what)

    _in_store(settings, export)


def export_held(
    settings: Settings, caller: str | None, person: str | None, organization: str | None, folder: Path | None
) -> str:
    """Write everything held of a caller or a person as JSON and CSV; what is said on the terminal.

    Raises:
        ExportError: no telephone number, nothing is held, or a folder with something in it.
    """
    number = caller_given(caller) if caller is not None else None
    whose = person or (number.e164 or number.said if number else "")
    into = folder or Path(f"export-{whose.removeprefix('+')}")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ExportError(f"{into}: is there already; name an empty folder with --into")

    def read(tx: Transaction) -> tuple[Roster, Held]:
        roster = chosen_roster(tx, organization)
        if number is not None:
            return roster, held_of_caller(tx, roster, number)
        return roster, held_of_person(tx, roster, whose)

    roster, held = _in_store(settings, lambda store: store.read_now(read))
    if not held:
        raise ExportError(f"nothing is held of {whose}")
    _in_store(settings, lambda store: store.run_now(_note, roster.organization, person or ""))
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    everything = json.dumps({"of": whose, "held": held}, ensure_ascii=False, indent=2)
    (into / "everything.json").write_text(everything + "\n", encoding="utf-8")
    for name, rows in held.items():
        with (into / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            file.writelines(held_as_csv(roster, rows))
    counted = ", ".join(f"{len(rows)} {name}" for name, rows in held.items())
    return f"{into}: {counted}."


def caller_given(text: str) -> Number:
    """A caller's number as typed in a command: 03-1111-2222, +81311112222.

    Raises:
        ExportError: there is no number in it.
    """
    number = parse_number(text)
    if len(number.said) < SHORTEST:
        raise ExportError(f"{text}: write a telephone number as 03-1234-5678")
    return number


def _note(tx: Transaction, organization: str, of: str) -> None:
    """That a kind of record, or all that is held of a person, was taken along; of a caller, not whose."""
    note(tx, organization, operator(), "command", "records.exported", of)


def _in_store(settings: Settings, use: Callable[[Store], R]) -> R:
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return use(store)
    finally:
        store.close()


def _read(reader: Callable[[str], R], text: str, form: str) -> R:
    try:
        return reader(text)
    except ValueError:
        raise ExportError(f"{text}: write {form}") from None
