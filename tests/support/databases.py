"""An empty, migrated database for each test, on SQLite and on PostgreSQL."""

import shutil
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from bot.store.schema import upgrade

_numbers = count(1)
TEMPLATE = "toritsugi_template"


def sqlite_template(folder: Path) -> Path:
    """A migrated file to be copied."""
    path = folder / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a copy."""
    path = folder / "toritsugi.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def postgres_template(server: str) -> None:
    """A migrated database to be copied."""
    run_on(server, f"CREATE DATABASE {TEMPLATE}")
    upgrade(_sqlalchemy(server, TEMPLATE))


def postgres_copy(server: str) -> str:
    """The URL of a copy, as DATABASE_URL has it."""
    name = f"toritsugi_{next(_numbers)}"
    run_on(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return f"{server}/{name}"


def drop_postgres(url: str) -> None:
    """Throw a copy away, with whoever is still connected."""
    server, _, name = url.rpartition("/")
    run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _sqlalchemy(server: str, name: str) -> str:
    return f"{server.replace('postgresql://', 'postgresql+psycopg://')}/{name}"


def run_on(server: str, statement: str) -> None:
    """One statement outside a transaction."""
    engine = sa.create_engine(_sqlalchemy(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
