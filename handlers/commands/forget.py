"""`toritsugi forget`: one caller's records, or those of somebody who has left, erased on request."""

from bot.clock import SystemClock
from bot.digests.erasing import Erased, StillHereError, erase_caller, erase_person
from bot.errors import UsageError
from bot.settings import Settings
from bot.store.audit import note
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.audit import operator
from handlers.commands.database import prepare_database
from handlers.commands.export import caller_given
from handlers.commands.offices import chosen_roster


class ForgetError(UsageError):
    """Nothing was erased; the text says why."""


def forget(settings: Settings, caller: str | None, person: str | None, organization: str | None) -> str:
    """Erase for good; what is said on the terminal.

    Raises:
        UsageError: neither or both named, no telephone number, or a person who is still here.
    """
    if (caller is None) == (person is None):
        raise ForgetError("name one: --caller NUMBER or --person ID")
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(_forget, caller, person, organization, settings.twilio_on)
    finally:
        store.close()


def _forget(
    tx: Transaction, caller: str | None, person: str | None, organization: str | None, twilio_on: bool
) -> str:
    office = chosen_roster(tx, organization).organization
    note(tx, office, operator(), "command", "records.erased")
    if caller is not None:
        erased = erase_caller(tx, office, caller_given(caller))
        return f"Erased {erased.calls} calls, {erased.messages} messages.{_recordings(erased, twilio_on)}"
    assert person is not None
    try:
        erase_person(tx, office, person)
    except StillHereError:
        raise ForgetError(f"{person} is in the office file: take them out and load it first") from None
    return f"Erased what was kept of {person}."


def _recordings(erased: Erased, twilio_on: bool) -> str:
    if not erased.recordings:
        return ""
    if twilio_on:
        return f" {erased.recordings} recordings are being deleted at Twilio, by serve or a worker."
    return (
        f" {erased.recordings} recordings are still at Twilio, whose account is not set here: a process that "
        "has TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN deletes them; where none has, managers are told which."
    )
