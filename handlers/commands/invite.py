"""`toritsugi invite STAFF`: a code that links a LINE account to a member of staff."""

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.invitations import VALID_FOR, invite
from bot.office.model import Person, StaffId
from bot.office.roster import Roster
from bot.settings import Settings, reveal
from bot.store.audit import note
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.audit import operator
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster


class InviteError(UsageError):
    """No code can be made; the text says why, and what to do."""


def run(settings: Settings, staff: str, organization: str | None = None) -> str:
    """A new code and whom it is for, as text to print. `staff` is an id, or a name that only one has.

    Raises:
        UsageError: no such office or person, or no TORITSUGI_SECRET.
    """
    secret = reveal(settings.toritsugi_secret)
    if not secret:
        raise InviteError("TORITSUGI_SECRET is not set: invitation codes are hashed with it")
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(_invite, staff, organization, secret)
    finally:
        store.close()


def _invite(tx: Transaction, staff: str, organization: str | None, secret: str) -> str:
    roster = chosen_roster(tx, organization)
    person = _named(roster, staff)
    code = invite(tx, roster.organization, person, secret)
    note(tx, roster.organization, operator(), "command", "invitation.made", person.id)
    linked = "\nThis person has a LINE account already; the code replaces it." if person.line else ""
    return (
        f"{code}\n"
        f"For {person.name} ({person.id}): to be sent to the LINE account of {roster.office.name} "
        f"within {VALID_FOR.days} days. It works once.{linked}"
    )


def _named(roster: Roster, staff: str) -> Person:
    known = roster.people.get(StaffId(staff))
    if known:
        return known
    name = "".join(staff.split())
    same = [
        person for person in roster.people.values() if name in ("".join(person.name.split()), person.surname)
    ]
    if len(same) == 1:
        return same[0]
    if same:
        raise InviteError(f"{staff} may be {', '.join(person.id for person in same)}: name the id")
    raise InviteError(f"there is nobody with the id {staff} in {roster.organization}")
