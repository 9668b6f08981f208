"""Bringing a database to the schema of this version."""

import contextlib
import os
import warnings
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))
_UPGRADE_LOCK = 7203917
_PATIENCE_SECONDS = 60
"""With another process that migrates."""


def config_for(connection: sa.Connection) -> "Config":
    """Alembic, speaking on a connection of ours. Loaded where something is to be migrated."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(url: str) -> None:
    """Migrate to the newest revision; processes that start together wait for one another."""
    from alembic import command

    engine = _engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        else:
            driver: Any = connection.connection.driver_connection
            driver.isolation_level = None  # we say BEGIN ourselves
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE_SECONDS * 1000}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(config_for(connection), "head")
    engine.dispose()


class State(StrEnum):
    """How a database stands to this version of the program."""

    EMPTY = "empty"  # no version of ours was ever here
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"  # a newer version has been here: what it added is nothing to us (`breaks`)


def state_of(url: str) -> State:
    """Compare a database's revision with those that this version knows."""
    engine = _engine(url)
    with engine.connect() as connection:
        there = sa.inspect(connection).has_table(_VERSION.name)
        found = connection.execute(sa.select(_VERSION)).scalar() if there else None
    engine.dispose()
    if found is None:
        return State.EMPTY
    known = revisions()
    if found == known[-1]:
        return State.CURRENT
    return State.BEHIND if found in known else State.AHEAD


def revisions() -> list[str]:
    """The revisions that this version knows, the oldest first: their files are numbered."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def differences(url: str, metadata: sa.MetaData) -> list[Any]:
    """What the tables in code have that the migrations lack: empty where they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = _engine(url)
    with engine.connect() as connection, unreadable_indexes():
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    engine.dispose()
    return list(found)


@contextlib.contextmanager
def unreadable_indexes() -> Iterator[None]:
    """SQLite's indexes of expressions cannot be read back, and are left out; PostgreSQL's are compared."""
    with warnings.catch_warnings():
        for said in ("Skipped unsupported reflection", "autogenerate skipping"):
            warnings.filterwarnings("ignore", f"{said}.*expression-based index")
        yield


def make_private(path: Path) -> None:
    """Create a database file that only this user can read; one that is there stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def breaks(before: sa.MetaData, after: sa.MetaData) -> list[str]:
    """What a migration does that the version before could not live with; empty where it only adds.

    Old and new run side by side during an upgrade, and the old one may have to come back: so nothing is
    dropped or narrowed, and what is new can be left out.
    """
    found = []
    for name, old in before.tables.items():
        new = after.tables.get(name)
        if new is None:
            found.append(f"{name} is dropped")
            continue
        found += [f"{name}.{column.name} is dropped" for column in old.c if column.name not in new.c]
        for column in new.c:
            known = old.c.get(column.name)
            if known is None:
                if not column.nullable and column.server_default is None:
                    found.append(f"{name}.{column.name} is new and must be given")
            elif str(known.type) != str(column.type):
                found.append(f"{name}.{column.name} changes its type")
            elif known.nullable and not column.nullable:
                found.append(f"{name}.{column.name} must be given from now on")
    return found


def _engine(url: str) -> sa.Engine:
    if url.startswith("sqlite"):
        make_private(Path(url.removeprefix("sqlite:///")))
    return sa.create_engine(url, poolclass=sa.NullPool)
