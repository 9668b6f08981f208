"""Bringing a database to the schema of this version."""

import contextlib
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7203917


def config_for(connection: sa.Connection) -> Config:
    """Alembic, speaking on a connection of ours."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(url: str) -> None:
    """Migrate to the newest revision; processes that start together wait for one another."""
    engine = _engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
        command.upgrade(config_for(connection), "head")
    engine.dispose()


def is_current(url: str) -> bool:
    """Whether the database has exactly this version's schema."""
    engine = _engine(url)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        newest = ScriptDirectory.from_config(config_for(connection)).get_current_head()
    engine.dispose()
    return bool(found == newest)


def differences(url: str, metadata: sa.MetaData) -> list[Any]:
    """What the tables in code have that the migrations lack: empty where they agree."""
    from alembic.autogenerate import compare_metadata

    engine = _engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    engine.dispose()
    return list(found)


def make_private(path: Path) -> None:
    """Create a database file that only this user can read; one that is there stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _engine(url: str) -> sa.Engine:
    if url.startswith("sqlite"):
        make_private(Path(url.removeprefix("sqlite:///")))
    return sa.create_engine(url, poolclass=sa.NullPool)


def has_schema(url: str) -> bool:
    """Whether any version of ours was ever here."""
    engine = _engine(url)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return found is not None
