"""The database and the disk under it."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.schema import State, state_of
from handlers.commands.database import reason_of
from handlers.commands.doctor.findings import Finding, ok, wrong

DATABASE = "database"
_LEAST_FREE_BYTES = 500 * 1024 * 1024
_LEAST_FREE_SHARE = 0.03
_CLOCKS_DIFFER_SECONDS = 5
_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "gluster",
    "fuse.sshfs",
    "fuse.s3fs",
    "davfs",
    "lustre",
)
"""File systems over a network, on whose locks SQLite cannot rely (sqlite.org/whentouse.html)."""


def check(settings: Settings) -> list[Finding]:
    """Whether there is a database of this version, that it can be written, and that its disk has room."""
    if not settings.uses_sqlite:
        return [_schema(settings), *_clock_of(settings)]
    path = settings.sqlite_path.absolute()
    return [_schema(settings), *_file(path), *_disk(path)]


def _schema(settings: Settings) -> Finding:
    try:
        if settings.uses_sqlite and not settings.sqlite_path.exists():
            return wrong(DATABASE, "there is none yet", "run `toritsugi load FILE.yaml`")
        state = state_of(settings.sqlalchemy_url)
    except (SQLAlchemyError, OSError) as error:
        cure = "see that it runs and that DATABASE_URL is right"
        return wrong(DATABASE, f"it does not answer: {reason_of(error)}", cure)
    if state is State.EMPTY:
        return wrong(DATABASE, "it is empty", "run `toritsugi load FILE.yaml`")
    if state is State.BEHIND:
        return wrong(DATABASE, "its schema is an older version's", "run `toritsugi migrate`")
    if state is State.AHEAD:
        return wrong(DATABASE, "a newer version has migrated it", "restart this process with that version")
    return ok(DATABASE, "SQLite" if settings.uses_sqlite else "PostgreSQL")


def _file(path: Path) -> list[Finding]:
    found = []
    if path.exists() and not (_may_write(path) and _may_write(path.parent)):
        cure = "give the file and its folder to the user that runs `serve` (docs/deployment.md)"
        found.append(wrong("database file", f"this user may not write {path} and beside it", cure))
    kind = file_system_of(path, _mounts())
    if kind.startswith(_NETWORK):
        cure = "move it to a disk of this machine, or use PostgreSQL"
        found.append(wrong("database file", f"it lies on a network disk ({kind}), which loses data", cure))
    if path.exists() and path.stat().st_mode & 0o077:
        cure = f"chmod 600 {path}"
        found.append(wrong("database file", "other users of this machine can read it", cure))
    return found


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK)


def file_system_of(path: Path, mounts: str) -> str:
    """The kind of file system that holds a path; `mounts` as /proc/self/mounts has them. Empty: unknown."""
    best = ("", "")
    for line in mounts.splitlines():
        _, where, kind, *_ = [*line.split(), "", "", ""]
        where = where.replace("\\040", " ")
        if where and path.is_relative_to(where) and len(where) >= len(best[0]):
            best = (where, kind)
    return best[1]


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _disk(path: Path) -> list[Finding]:
    try:
        usage = shutil.disk_usage(path.parent)
    except OSError:
        return []
    free = usage.free / 1024**3
    if usage.free < _LEAST_FREE_BYTES or usage.free < usage.total * _LEAST_FREE_SHARE:
        cure = "make room: a full disk takes no message any more"
        return [wrong("disk", f"{free:.1f} GB free at {path.parent}", cure)]
    return [ok("disk", f"{free:.1f} GB free")]


def _clock_of(settings: Settings) -> list[Finding]:
    """PostgreSQL's clock beside ours: who answers first is decided by ours, what is recorded by both."""
    engine = sa.create_engine(settings.sqlalchemy_url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            theirs: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    except SQLAlchemyError:
        return []
    finally:
        engine.dispose()
    off = abs((theirs.astimezone(UTC) - SystemClock().now()).total_seconds())
    if off > _CLOCKS_DIFFER_SECONDS:
        cure = "let both machines follow NTP (systemctl enable --now systemd-timesyncd)"
        return [wrong("clock", f"{off:.0f} seconds off the database's", cure)]
    return []
