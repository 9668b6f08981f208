"""`toritsugi say` and `toritsugi try`: what callers would hear, without a telephone."""

from collections.abc import Callable
from datetime import datetime

from bot.clock import SettableClock, SystemClock
from bot.errors import UsageError
from bot.language import parse
from bot.office.people import chat_person
from bot.office.roster import Roster
from bot.presence.answer import caller_answer
from bot.presence.reachable import may_be_asked
from bot.presence.verbs import presence_of
from bot.reception.calls import Arrival, receive_call, take_step
from bot.reception.events import Hold, Said
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
    settings: Settings, caller: str, person: str, when: str | None, *, urgent: bool, organization: str | None
) -> str:
    """A call played at a moment and taken back: what the caller hears, and why.

    Raises:
        PreviewError: the person or the moment is not understood.
    """
    return _read(settings, lambda tx: _rehearse(tx, caller, person, when, organization, urgent=urgent))


def _read(settings: Settings, look: Callable[[Transaction], str]) -> str:
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(look)
    except _Taken as taken:
        return taken.text
    finally:
        store.close()


class _Taken(Exception):  # noqa: N818  (not an error: it rolls the rehearsal back)
    def __init__(self, text: str) -> None:
        self.text = text


def _preview(tx: Transaction, script: str, organization: str | None, *, english: bool) -> str:
    return preview(chosen_roster(tx, organization).office, script, "en" if english else "ja")


def _rehearse(
    tx: Transaction, caller: str, typed: str, when: str | None, organization: str | None, *, urgent: bool
) -> str:
    roster = chosen_roster(tx, organization)
    found = chat_person(tuple(roster.people.values()), typed)
    if len(found) != 1:
        names = "、".join(person.name for person in found) or "nobody"
        raise PreviewError(f"{typed}: {names} found; name one person")
    person = found[0]
    tx.now = SettableClock(_moment(when, tx.now, roster)).now()
    presence = presence_of(tx, roster, person.id)
    number = next((known.number for known in roster.office.callers if caller in (known.name or "")), "")
    arrival = Arrival("rehearsal", number, next((line.number for line in roster.office.numbers), ""))
    reply = receive_call(tx, roster, arrival)
    hurry = "急ぎなのですが、" if urgent else ""
    words = f"{caller}と申しますが、{hurry}{person.surname}さんいらっしゃいますか"
    answer = take_step(tx, roster, reply.call, reply.step, Said(text=words))
    asked = isinstance(answer.turn.then, Hold)
    kind = presence.kind.value if presence.kind else "nothing set"
    allowed = may_be_asked(roster.office, person, presence, tx.now, urgent=urgent, vip=False)
    overdue = "（overdue）" if presence.overdue else ""
    why = f"status: {kind}{overdue}; may be asked: {'yes' if allowed else 'no'}"
    lines = [
        f"{tx.now.astimezone(roster.zone):%Y-%m-%d %H:%M} {person.name}",
        f"受付: {' '.join(reply.turn.say)}",
        f"{caller}: {words}",
        f"受付: {' '.join(answer.turn.say)}",
        why,
        f"then: {'staff are asked in chat' if asked else 'the caller decides'}",
        f"script: {caller_answer(roster.office, person, presence, tx.now).script}",
    ]
    raise _Taken("\n".join(lines))


def _moment(when: str | None, now: datetime, roster: Roster) -> datetime:
    if when is None:
        return now
    try:
        at = datetime.fromisoformat(when)
        return at if at.tzinfo else at.replace(tzinfo=roster.zone)
    except ValueError:
        update = parse(f"{when}から外出", now, "command", roster.calendar)
    if not update.entries:
        raise PreviewError(f"{when}: write a moment as 明日10:30 or 2026-11-25T10:30")
    return update.entries[0].start
