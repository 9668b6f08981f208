"""`toritsugi serve`: the web process."""

import fcntl
import os
import signal
import sys
from pathlib import Path
from typing import IO

import structlog
import uvicorn

from bot.errors import UsageError
from bot.settings import Settings
from bot.store.schema import State
from handlers.commands.database import DatabaseAwayError, prepare_database
from handlers.composition import make_services
from handlers.logs import set_up_logs
from handlers.protocol import BoundedProtocol
from handlers.web import create_app

log = structlog.get_logger()
GRACE_SECONDS = 10


class AlreadyServedError(UsageError):
    """Another process serves this SQLite database."""


def serve(settings: Settings) -> None:
    """Serve until told to stop; then finish what is in flight.

    Raises:
        AlreadyServedError: SQLite has one writing process, and it runs already.
    """
    set_up_logs()
    signal.signal(signal.SIGTERM, leave)
    lock = _only_one(settings.sqlite_path) if settings.uses_sqlite else None
    if prepare_database(settings) is State.AHEAD:
        log.warning("database.newer")
    app = create_app(make_services(settings), with_jobs=settings.uses_sqlite)
    try:
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http=BoundedProtocol,
            log_config=None,
            access_log=False,  # addresses carry what callers said
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=75,
        )
    finally:
        if lock:
            lock.close()


def leave(_number: int, _frame: object) -> None:
    """Uvicorn stops gracefully, then raises the signal again: being told to stop is no failure."""
    sys.exit(0)


def _only_one(database: Path) -> IO[str]:
    """Hold the database for this process; the system lets go when it dies, however it dies."""
    try:
        database = database.resolve()  # another name of the same file is no other database
        database.parent.mkdir(parents=True, exist_ok=True)
        lock = Path(f"{database}.serve").open("a+", encoding="ascii")  # noqa: SIM115  (held while we live)
    except OSError as error:
        raise DatabaseAwayError(f"DATABASE_URL: this user may not write there: {error}") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        other = lock.read().strip() or "unknown"
        lock.close()
        raise AlreadyServedError(
            f"another process (pid {other}) serves {database}; SQLite has one. Use PostgreSQL for more"
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
