"""`toritsugi say` and `toritsugi try`: what callers would hear, without a telephone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.messages.rules import Facts, destinations
from bot.office.model import Person
from bot.office.people import chat_person
from bot.office.roster import Roster
from bot.reception.rehearsal import UnknownMomentError, moment_of, rehearse, without_hurry
from bot.scripts import CATALOGUE
from bot.scripts.render import preview
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster


class PreviewError(UsageError):
    """The preview cannot be made; the text says why."""


def sentence(settings: Settings, script: str, *, english: bool, organization: str | None) -> str:
    """A named sentence with typical values filled in.

    Raises:
        PreviewError: no such sentence, or no such office.
    """
    if script not in CATALOGUE:
        raise PreviewError(f"no sentence is called {script}; there are: {', '.join(sorted(CATALOGUE))}")
    return _read(settings, lambda tx: _preview(tx, script, organization, english=english))


def rehearsal(
    settings: Settings,
    caller: str,
    person: str,
    words: Sequence[str],
    *,
    urgent: bool,
    organization: str | None,
) -> str:
    """A call played at a moment and taken back: what the caller hears, and why.

    `words`: the moment, and 急ぎ, as in chat.

    Raises:
        PreviewError: the person or the moment is not understood.
    """
    moment, hurry = without_hurry(words)
    when, urgent = " ".join(moment), urgent or hurry
    return _read(settings, lambda tx: _rehearse(tx, caller, person, when, organization, urgent=urgent))


def _read(settings: Settings, look: Callable[[Transaction], str]) -> str:
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(look)
    finally:
        store.close()


def _preview(tx: Transaction, script: str, organization: str | None, *, english: bool) -> str:
    return preview(chosen_roster(tx, organization).office, script, "en" if english else "ja")


def _rehearse(
    tx: Transaction, caller: str, typed: str, when: str, organization: str | None, *, urgent: bool
) -> str:
    roster = chosen_roster(tx, organization)
    found = chat_person(tuple(roster.people.values()), typed)
    if len(found) != 1:
        names = "、".join(person.name for person in found) or "nobody"
        raise PreviewError(f"{typed}: {names} found; name one person")
    try:
        at = moment_of(when, tx.now, roster) if when else tx.now
    except UnknownMomentError as error:
        raise PreviewError(f"{when}: write a moment as 明日10:30 or 2026-11-25T10:30") from error
    played = rehearse(tx, roster, caller, found[0], at, urgent=urgent)
    return "\n".join(
        [
            f"{played.at:%Y-%m-%d %H:%M} {found[0].name}",
            *(f"{who}: {said}" for who, said in played.lines),
            *played.reasons,
            f"then: {'staff are asked in chat' if played.asked else 'the caller decides'}",
            *_messages(tx, roster, caller, found[0], at, urgent=urgent),
        ]
    )


def _messages(
    tx: Transaction, roster: Roster, caller: str, person: Person, at: datetime, *, urgent: bool
) -> list[str]:
    """Where a message of that call would go, and why."""
    number = next((known.number for known in roster.office.callers if caller in (known.name or "")), "")
    facts = Facts(person.id, person.department, number, caller, urgent=urgent)
    now, tx.now = tx.now, at.astimezone(UTC)
    try:
        return [f"伝言 → {where}: {why}" for where, why in destinations(tx, roster, facts)]
    finally:
        tx.now = now
