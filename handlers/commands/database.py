"""The database before a command uses it: made, migrated, or a clear word."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from bot.errors import UsageError
from bot.settings import Settings
from bot.store.schema import State, state_of, upgrade


class DatabaseBehindError(UsageError):
    """The database has an older schema than this program."""


class DatabaseAwayError(UsageError):
    """The database cannot be reached, or not be opened."""


def prepare_database(settings: Settings) -> State:
    """Migrate an embedded database, and an empty PostgreSQL one.

    A PostgreSQL database with data is migrated by `toritsugi migrate` (the Procfile's `release`),
    so that an upgrade is a decision. One that a newer version has migrated already serves this one, too.

    Returns how it stood before.

    Raises:
        DatabaseBehindError: it must be migrated first.
        DatabaseAwayError: it does not answer.
    """
    with _answering():
        return _prepare(settings)


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema, whatever it has; a newer one stays as it is.

    Raises:
        DatabaseAwayError: it does not answer.
    """
    with _answering():
        if state_of(settings.sqlalchemy_url) is not State.AHEAD:
            upgrade(settings.sqlalchemy_url)


@contextmanager
def _answering() -> Iterator[None]:
    """Say in one line what the driver says in many."""
    try:
        yield
    except (OperationalError, OSError) as error:
        raise DatabaseAwayError(f"DATABASE_URL: the database does not answer: {reason_of(error)}") from None


def reason_of(error: Exception) -> str:
    """What the driver says, its first line; the address's password is not in it."""
    cause = getattr(error, "orig", None) or error
    return str(cause).partition("\n")[0] or type(cause).__name__


def _prepare(settings: Settings) -> State:
    url = settings.sqlalchemy_url
    state = state_of(url)
    if state is State.EMPTY or (state is State.BEHIND and settings.uses_sqlite):
        upgrade(url)
    elif state is State.BEHIND:
        raise DatabaseBehindError(
            "DATABASE_URL: the database has an older version's tables; run `toritsugi migrate` first"
        )
    return state
