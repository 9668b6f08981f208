"""`toritsugi doctor` about the database and its disk, without an office."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from bot.store import schema
from handlers.commands.doctor import Finding, diagnose, machine


def settings_of(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url)


def about_database(database_url: str) -> list[Finding]:
    return [
        finding for finding in diagnose(settings_of(database_url)) if finding.check.startswith("database")
    ]


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    [found] = about_database(f"sqlite:///{tmp_path / 'none.db'}")
    assert (found.state, found.text) == ("wrong", "there is none yet")
    assert not list(tmp_path.iterdir())  # looking changes nothing


def test_a_database_away_says_so() -> None:
    [found] = about_database("postgresql://nobody@127.0.0.1:9/none")
    assert found.state == "wrong"
    assert "Connection refused" in found.text
    assert "DATABASE_URL" in found.cure


NEXT = """
revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None


def upgrade():
    pass
"""


def test_a_migration_is_missing(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is the next version's, the database this one's."""
    newest = max((schema.MIGRATIONS / "versions").glob("*.py")).name[:4]
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    (migrations / "versions" / "9999_next.py").write_text(NEXT.format(newest=newest), encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    [found, *_] = about_database(database_url)
    assert found.cure == "run `toritsugi migrate`"


def test_the_program_is_older_than_the_database(sqlite_url: str) -> None:
    engine = sa.create_engine(settings_of(sqlite_url).sqlalchemy_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    [found, *_] = about_database(sqlite_url)
    assert "restart this process" in found.cure


def test_a_file_that_others_may_read(sqlite_url: str) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).chmod(0o644)
    assert any("chmod 600" in finding.cure for finding in about_database(sqlite_url))


def test_a_file_that_we_may_not_write(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(
        sqlite_url.removeprefix("sqlite:///")
    )  # refused by hand: the tests may run as root, who may all
    monkeypatch.setattr(machine, "_may_write", lambda asked: asked != path)
    assert any("may not write" in finding.text for finding in about_database(sqlite_url))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/share/db/t.db", "nfs4"),
        ("/srv/my disk/t.db", "cifs"),
        ("/srv/t.db", "ext4"),
        ("/srvx/t.db", "ext4"),
    ],
)
def test_the_disk_of_a_file(path: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nhost:/x /srv/share nfs4 rw 0 0\n//host/y /srv/my\\040disk cifs rw 0 0\n"
    )
    assert machine.file_system_of(Path(path), mounts) == kind


def test_a_disk_nearly_full(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage._replace(free=usage.total // 100))
    [found] = [finding for finding in diagnose(settings_of(sqlite_url)) if finding.check == "disk"]
    assert found.state == "wrong"
