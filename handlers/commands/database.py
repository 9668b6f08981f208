"""The database before a command uses it: made, migrated, or a clear word."""

from bot.errors import UsageError
from bot.settings import Settings
from bot.store.schema import has_schema, is_current, upgrade


class DatabaseBehindError(UsageError):
    """The database has an older schema than this program."""


def prepare_database(settings: Settings) -> None:
    """Migrate an embedded database, and an empty PostgreSQL one.

    A PostgreSQL database with data is migrated by `toritsugi migrate` (the Procfile's `release`),
    so that an upgrade is a decision.

    Raises:
        DatabaseBehindError: it must be migrated first.
    """
    url = settings.sqlalchemy_url
    if settings.uses_sqlite or not has_schema(url):
        upgrade(url)
    elif not is_current(url):
        raise DatabaseBehindError(
            "DATABASE_URL: the database has another version's tables; run `toritsugi migrate` first"
        )
