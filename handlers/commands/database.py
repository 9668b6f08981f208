"""The database before a command uses it: made, migrated, or a clear word."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from bot.errors import UsageError
from bot.settings import Settings
from bot.store.schema import has_schema, is_current, upgrade


class DatabaseBehindError(UsageError):
    """The database has an older schema than this program."""


class DatabaseAwayError(UsageError):
    """The database cannot be reached, or not be opened."""


def prepare_database(settings: Settings) -> None:
    """Migrate an embedded database, and an empty PostgreSQL one.

    A PostgreSQL database with data is migrated by `toritsugi migrate` (the Procfile's `release`),
    so that an upgrade is a decision.

    Raises:
        DatabaseBehindError: it must be migrated first.
        DatabaseAwayError: it does not answer.
    """
    with _answering():
        _prepare(settings)


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema, whatever it has.

    Raises:
        DatabaseAwayError: it does not answer.
    """
    with _answering():
        upgrade(settings.sqlalchemy_url)


@contextmanager
def _answering() -> Iterator[None]:
    """Say in one line what the driver says in many."""
    try:
        yield
    except (OperationalError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        reason = str(cause).splitlines()[0] or type(cause).__name__
        raise DatabaseAwayError(f"DATABASE_URL: the database does not answer: {reason}") from None


def _prepare(settings: Settings) -> None:
    url = settings.sqlalchemy_url
    if settings.uses_sqlite or not has_schema(url):
        upgrade(url)
    elif not is_current(url):
        raise DatabaseBehindError(
            "DATABASE_URL: the database has another version's tables; run `toritsugi migrate` first"
        )
