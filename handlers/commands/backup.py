"""`toritsugi backup FILE`: a whole copy of a SQLite database, whoever writes to it meanwhile."""

import contextlib
import sqlite3
from pathlib import Path

from bot.errors import UsageError
from bot.settings import Settings
from bot.store.schema import make_private


class BackupError(UsageError):
    """There is no backup; the text says why, and what to do."""


def backup(settings: Settings, file: Path) -> str:
    """Copy and check; what is said on the terminal.

    Raises:
        BackupError: not SQLite, no database, a file that is there already, or a copy that is not sound.
    """
    if not settings.uses_sqlite:
        raise BackupError('use pg_dump --format=custom --file=FILE "$DATABASE_URL"')
    source = settings.sqlite_path
    if not source.exists():
        raise BackupError(f"there is no database at {source}")
    if file.exists():
        raise BackupError(f"{file} is there already")
    partial = file.with_name(f"{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        make_private(partial)
        _copy(source, partial)
        partial.replace(file)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise BackupError(f"{file}: {error}") from None
    return f"{file}: {file.stat().st_size / 1024**2:.1f} MB, checked."


def _copy(source: Path, target: Path) -> None:
    """Copy as of one moment, while `serve` writes on (WAL). Step by step, each write would begin it anew."""
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(uri, uri=True, timeout=10)) as one,
        contextlib.closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")  # nothing beside the file
        found = other.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"the copy is not sound: {found}")
