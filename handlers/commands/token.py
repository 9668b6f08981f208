"""`toritsugi token`, `tokens`, `revoke`: a token for the API, shown once; which there are; their end."""

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.tokens import Scope, make_token, revoke_tokens, tokens_of
from bot.settings import Settings
from bot.store.audit import note
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.audit import operator
from handlers.commands.database import prepare_database
from handlers.commands.offices import chosen_roster

P = ParamSpec("P")


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
    return _run(settings, _make, name.strip(), [Scope(scope) for scope in asked], organization)


def listed(settings: Settings, organization: str | None = None) -> str:
    """The office's tokens by name, a line each: since when, what they open, until when they did."""
    return _run(settings, _list, organization)


def revoke(settings: Settings, name: str, organization: str | None = None) -> str:
    """End every token of a name; what is said on the terminal.

    Raises:
        TokenError: there is no such token, or it was ended before.
    """
    return _run(settings, _revoke, name.strip(), organization)


def _run(
    settings: Settings, verb: Callable[Concatenate[Transaction, P], str], *given: P.args, **more: P.kwargs
) -> str:
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        return store.run_now(verb, *given, **more)
    finally:
        store.close()


def _make(tx: Transaction, name: str, scopes: Sequence[Scope], organization: str | None) -> str:
    office = chosen_roster(tx, organization).organization
    note(tx, office, operator(), "command", "token.made", name)
    return make_token(tx, office, name, scopes)


def _list(tx: Transaction, organization: str | None) -> str:
    roster = chosen_roster(tx, organization)
    lines = []
    for row in tokens_of(tx, roster.organization):
        since = row.created_at.astimezone(roster.zone)
        ended = f", revoked {row.revoked_at.astimezone(roster.zone):%Y-%m-%d %H:%M}" if row.revoked_at else ""
        lines.append(f"{row.name}: {', '.join(row.scopes)} (since {since:%Y-%m-%d %H:%M}{ended})")
    return "\n".join(lines) or "there is no token yet; `toritsugi token NAME --scope SCOPE` makes one"


def _revoke(tx: Transaction, name: str, organization: str | None) -> str:
    office = chosen_roster(tx, organization).organization
    if not revoke_tokens(tx, office, name):
        raise TokenError(f"no token {name} opens anything; `toritsugi tokens` lists them")
    note(tx, office, operator(), "command", "token.revoked", name)
    return f"{name} opens nothing any more."
