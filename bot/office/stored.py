"""Offices and people as they stand in the database: with their secrets sealed (bot/store/sealing.py).

Sealed are a LINE channel's secret and token, the keys of webhooks, and the addresses of people's calendars,
which let in whoever knows them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.office.model import Office, Person
from bot.store.sealing import is_sealed
from bot.store.transaction import Transaction

Row = Mapping[str, Any]


def office_row(tx: Transaction, office: Office) -> dict[str, Any]:
    """An office as it is stored."""
    return _office(office.model_dump(mode="json"), tx.sealer.close)


def office_of(tx: Transaction, row: Row) -> Office:
    """The reverse of `office_row`."""
    return Office.model_validate(_office(row, tx.sealer.open))


def person_row(tx: Transaction, person: Person) -> dict[str, Any]:
    """A person as they are stored."""
    return _with(person.model_dump(mode="json"), ("calendar",), tx.sealer.close)


def person_of(tx: Transaction, row: Row) -> Person:
    """The reverse of `person_row`."""
    return Person.model_validate(_with(row, ("calendar",), tx.sealer.open))


def unopened(office: Office) -> bool:
    """Whether an office's secrets were sealed with another TORITSUGI_SECRET, and so open nothing."""
    line = (office.line.secret, office.line.token) if office.line else ()
    keys = (getattr(backend, "secret", None) for backend in office.routing)
    return any(is_sealed(text) for text in (*line, *keys) if text)


def _office(row: Row, change: Callable[[str], str]) -> dict[str, Any]:
    found = dict(row)
    if found.get("line"):
        found["line"] = _with(found["line"], ("secret", "token"), change)
    found["routing"] = [_with(backend, ("secret",), change) for backend in found.get("routing") or ()]
    return found


def _with(row: Row, names: tuple[str, ...], change: Callable[[str], str]) -> dict[str, Any]:
    return {**row, **{name: change(row[name]) for name in names if row.get(name)}}
