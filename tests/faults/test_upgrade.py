"""Upgrades: old and new side by side, several that begin at once, and back again."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.schema import unbearable
from bot.settings import Settings
from bot.store import schema
from bot.store.schema import State, state_of
from handlers.commands.database import DatabaseBehindError, migrate, prepare_database
from tests.support.callers import leaves_word, times_told
from tests.support.databases import drop_postgres
from tests.support.processes import CALLER, MAIN, TORITSUGI, Deployment, eventually

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("weathers", sa.Column("id", sa.Text, primary_key=True))
    {what}
"""
ADDS = """op.add_column("messages", sa.Column("colour", sa.Text, server_default="blue", nullable=False))
    op.add_column("calls", sa.Column("weather", sa.Text))
    op.create_index("ix_calls_weather", "calls", ["weather"])"""


@contextmanager
def next_program(folder: Path, what: str = ADDS) -> Iterator[pytest.MonkeyPatch]:
    """In this process the program is the next version, which only adds; other processes are this one's."""
    newest = max((schema.MIGRATIONS / "versions").glob("*.py")).name[:4]
    migrations = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    (migrations / "versions" / "9999_next.py").write_text(
        NEXT.format(newest=newest, what=what), encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", migrations)
        yield patch


def settings_for(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url)


async def test_the_old_version_serves_on_beside_the_new_and_starts_again(
    database_url: str, tmp_path: Path
) -> None:
    async with Deployment(database_url, tmp_path).running() as old:
        settings = settings_for(database_url)
        call = await old.twilio.phone(CALLER).dials(MAIN)
        await call.hears("スマイルコーポレーション", within=20)
        with next_program(tmp_path):
            await asyncio.to_thread(migrate, settings)
        assert state_of(settings.sqlalchemy_url) is State.AHEAD
        await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
        await call.hears("三上様", within=20)
        await call.hangs_up()
        await eventually(lambda: times_told(old, CALLER), "the message", within=20)
        await old.kill()
        await old.start()
        await leaves_word(old, "+815040000002")
        await eventually(lambda: times_told(old, "+815040000002"), "a message after the restart", within=20)
        assert "database.newer" in (old.folder / "serve.log").read_text()


def test_the_new_version_waits_for_the_decision_on_postgresql(database_url: str, tmp_path: Path) -> None:
    settings = settings_for(database_url)
    with next_program(tmp_path):
        if settings.uses_sqlite:
            assert prepare_database(settings) is State.BEHIND  # one process alone: it decides itself
        else:
            with pytest.raises(DatabaseBehindError, match="toritsugi migrate"):
                prepare_database(settings)
            migrate(settings)
        assert prepare_database(settings) is State.CURRENT
    assert prepare_database(settings) is State.AHEAD
    migrate(settings)  # by the old version: nothing is taken away
    assert state_of(settings.sqlalchemy_url) is State.AHEAD


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_upgrades_that_begin_at_once_are_one(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE empty_one")
        url = f"{server}/empty_one"
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url}
    started = [
        subprocess.Popen([TORITSUGI, "migrate"], env=environment, cwd=tmp_path, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors
    assert state_of(settings_for(url).sqlalchemy_url) is State.CURRENT
    if kind == "postgresql":
        drop_postgres(url)


# ---- the guard -------------------------------------------------------------------------------------


def test_every_migration_leaves_the_version_before_it_running(tmp_path: Path) -> None:
    with next_program(tmp_path):
        assert unbearable(f"sqlite:///{tmp_path}/guard.db") == []


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ('op.drop_table("inbox")', "inbox is dropped"),
        ('op.drop_column("messages", "body")', "messages.body is dropped"),
        ('op.rename_table("inbox", "letters")', "inbox is dropped"),
        (
            'op.add_column("calls", sa.Column("x", sa.Text, nullable=False))',
            "calls.x is new and must be given",
        ),
    ],
)
def test_a_migration_that_takes_away_is_refused(tmp_path: Path, what: str, told: str) -> None:
    with next_program(tmp_path, what):
        found = unbearable(f"sqlite:///{tmp_path}/guard.db")
    assert found == [f"9999: {told}"]
