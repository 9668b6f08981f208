"""`toritsugi token NAME --scope SCOPE…`: a token for the API, shown once."""

from collections.abc import Sequence

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.tokens import Scope, make_token
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster


class TokenError(UsageError):
    """No token can be made; the text says why, and what to do."""


def run(settings: Settings, name: str, scopes: Sequence[str], organization: str | None = None) -> str:
    """A new token, in clear. `name` says later who uses it; `scopes` are those of docs/api.md.

    Several scopes may stand in one text, with commas or spaces between them.

    Raises:
        UsageError: no name, no or an unknown scope, or no such office.
    """
    if not name.strip() or len(name) > 100:
        raise TokenError("give the token a name of at most 100 characters: the program that will use it")
    known = [scope.value for scope in Scope]
    asked = [scope for given in scopes for scope in given.replace(",", " ").split()]
    wrong = [scope for scope in asked if scope not in known]
    if wrong or not asked:
        raise TokenError(
            f"there is no scope {', '.join(wrong) or '(none given)'}; there are: {', '.join(known)}"
        )
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(_make, name.strip(), [Scope(scope) for scope in asked], organization)
    finally:
        store.close()


def _make(tx: Transaction, name: str, scopes: Sequence[Scope], organization: str | None) -> str:
    return make_token(tx, chosen_roster(tx, organization).organization, name, scopes)
