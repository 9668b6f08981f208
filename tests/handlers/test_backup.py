"""Backup and restore as docs/backup.md describes them, beside a running `serve`; and what systemd is told."""

import asyncio
import configparser
import contextlib
import io
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.settings import Settings
from handlers.commands.backup import backup
from handlers.commands.export import Days, export_csv
from tests.support.databases import drop_postgres, postgres_copy
from tests.support.postgres import postgres_bin
from tests.support.processes import Deployment

ROOT = Path(__file__).parents[2]


async def test_a_copy_made_beside_serve_is_whole_and_runs(sqlite_url: str, tmp_path: Path) -> None:
    copy, database = tmp_path / "copy.db", Path(sqlite_url.removeprefix("sqlite:///"))
    async with Deployment(sqlite_url, tmp_path).running() as deployment:
        kurimoto = deployment.slack.user("U0KURIMOTO")
        await kurimoto.types("/tori", "出張 明日まで")
        made = await asyncio.to_thread(deployment.command, "backup", str(copy))
        assert made.returncode == 0, made.stderr
        assert b"checked" in made.stdout
        assert _mode(copy) == 0o600
        await kurimoto.types("/back")
        [serving] = deployment.processes
        serving.terminate()
        await asyncio.to_thread(serving.wait, 20)
        _restore(copy, database)
        await deployment.start()
        shown = await kurimoto.types("/tori", "status")
        assert "出張" in shown.text


def _mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def _restore(copy: Path, database: Path) -> None:
    for journal in ("-wal", "-shm"):
        Path(f"{database}{journal}").unlink(missing_ok=True)
    shutil.copyfile(copy, database)


def test_a_backup_never_writes_over_anything(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=sqlite_url)
    taken = tmp_path / "taken.db"
    taken.write_text("the only copy of something")
    with pytest.raises(UsageError, match="is there already"):
        backup(settings, taken)
    assert taken.read_text() == "the only copy of something"
    assert "checked" in backup(settings, tmp_path / "elsewhere" / "copy.db")
    with pytest.raises(UsageError, match="pg_dump"):
        backup(Settings(_env_file=None, database_url="postgresql://x@localhost/x"), tmp_path / "x")


async def test_a_copy_is_finished_though_somebody_writes_all_the_while(
    sqlite_url: str, tmp_path: Path
) -> None:
    """A large database of a busy office: what is written meanwhile does not begin the copy anew."""
    stopped = asyncio.Event()
    with contextlib.closing(
        sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    ) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE filling (x)")
        db.executemany("INSERT INTO filling VALUES (zeroblob(1000000))", [()] * 40)

        async def writes() -> None:
            while not stopped.is_set():
                db.execute("INSERT INTO filling VALUES (1)")
                await asyncio.sleep(0.005)

        writing = asyncio.create_task(writes())
        settings = Settings(_env_file=None, database_url=sqlite_url)
        copying = asyncio.create_task(asyncio.to_thread(backup, settings, tmp_path / "copy.db"))
        done, _ = await asyncio.wait({copying}, timeout=20)
        stopped.set()
        await writing
        assert "checked" in await copying
        assert done, "it ends only when nobody writes any more"


async def test_a_dump_is_restored_into_another_database(postgres: str, tmp_path: Path) -> None:
    found = postgres_bin()
    assert found
    programs = (found / "initdb").resolve().parent  # the server's own version of each
    url, dump = postgres_copy(postgres), tmp_path / "toritsugi.dump"
    restored = f"{postgres}/restored"
    try:
        async with Deployment(url, tmp_path).running() as deployment:
            await deployment.slack.user("U0KURIMOTO").types("/tori", "出張 明日まで")
            await asyncio.to_thread(_run, programs / "pg_dump", "--format=custom", f"--file={dump}", url)
        await asyncio.to_thread(
            _run, programs / "createdb", f"--maintenance-db={postgres}/postgres", "restored"
        )
        await asyncio.to_thread(
            _run, programs / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={restored}", str(dump)
        )
        out = io.StringIO()
        await asyncio.to_thread(_export, restored, out)
        assert "trip" in out.getvalue()
    finally:
        drop_postgres(url)


def _export(database_url: str, out: io.StringIO) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    export_csv(settings, "presence", Days(), None, out)


def _run(program: Path, *arguments: str) -> None:
    subprocess.run([program, *arguments], check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    ("unit", "role"), [("toritsugi.service", "serve"), ("toritsugi-worker@.service", "worker")]
)
def test_the_units_start_what_there_is(unit: str, role: str) -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "docs" / "examples" / unit, encoding="utf-8")
    service = parser["Service"]
    assert service["ExecStart"].endswith(f"/bin/toritsugi {role}")
    assert service["Restart"] == "always"
    assert parser["Unit"]["StartLimitIntervalSec"] == "0"  # else systemd gives up while the database is away
    assert service["UMask"] == "0077"
    assert (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8").count(unit) >= 1


def test_the_procfile_starts_what_there_is() -> None:
    lines = dict(re.findall(r"^(\w+): toritsugi (\w+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))
    assert lines == {"release": "migrate", "web": "serve", "worker": "worker"}
