"""Which office a command is about: the only one, or the one named."""

from bot.errors import UsageError
from bot.office.roster import NoSuchOfficeError, Roster, all_organizations, roster_of
from bot.store.transaction import Transaction


class WhichOfficeError(UsageError):
    """There is no office, no such office, or several to choose from."""


def chosen_roster(tx: Transaction, organization: str | None) -> Roster:
    """The office of that name, or the only one.

    Raises:
        WhichOfficeError: the text says what to do.
    """
    known = all_organizations(tx)
    if not known:
        raise WhichOfficeError("there is no office yet; run `toritsugi load FILE.yaml` first")
    if organization is None and len(known) > 1:
        raise WhichOfficeError(f"there are several offices; add --organization: {', '.join(known)}")
    try:
        return roster_of(tx, organization or known[0])
    except NoSuchOfficeError:
        raise WhichOfficeError(f"there is no office {organization}; there are: {', '.join(known)}") from None
