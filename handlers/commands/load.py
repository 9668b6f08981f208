"""`toritsugi load FILE.yaml`: check an office file and apply it, or change nothing and say why."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dotenv import dotenv_values

from bot.clock import SystemClock
from bot.digests.schedule import skip_past
from bot.errors import UsageError
from bot.messages.verbs import hand_over_open
from bot.office.apply import Applied, NumberTakenError, apply_office
from bot.office.file import OfficeFile, OfficeFileError, read_office_file
from bot.office.roster import NoSuchOfficeError, roster_of
from bot.presence.verbs import Actor, end_all
from bot.scripts.render import check_script
from bot.settings import Settings, reveal
from bot.store.audit import note
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.audit import operator
from handlers.commands.database import prepare_database

_LARGEST_FILE = 8 * 1024 * 1024


class LoadError(UsageError):
    """The file cannot be applied; the text, in Japanese, says what to do."""


@dataclass(frozen=True)
class Loaded:
    """What a load did (or would do); `handed_over` counts the open messages of those who left."""

    applied: Applied
    handed_over: int


class _DryRun(Exception):  # noqa: N818  (not an error: it rolls back)
    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded


def load(settings: Settings, path: Path, *, dry_run: bool = False) -> Loaded:
    """Check and apply an office file in one transaction; `dry_run` takes it all back.

    Raises:
        LoadError: the file cannot be read or is wrong.
    """
    file = _read(path)
    if dry_run and settings.uses_sqlite and not settings.sqlite_path.exists():
        with TemporaryDirectory() as folder:  # nothing is there yet, and nothing is left behind
            elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{folder}/empty.db"})
            return _load(elsewhere, file, dry_run=True)
    return _load(settings, file, dry_run=dry_run)


def _load(settings: Settings, file: OfficeFile, *, dry_run: bool) -> Loaded:
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock(), reveal(settings.toritsugi_secret))
    try:
        return store.run_now(_apply, file, dry_run)
    except _DryRun as dry:
        return dry.loaded
    except NumberTakenError as error:
        raise LoadError(f"numbers: {error} は、ほかの事務所がすでに使っています。") from error
    finally:
        store.close()


def summary_of(loaded: Loaded, *, dry_run: bool) -> str:
    """What a load did, in Japanese."""
    applied = loaded.applied
    did = "適用するとこうなります（まだ何も変えていません）" if dry_run else "適用しました"
    lines = [f"{did}: 追加 {len(applied.added)}名、変更 {len(applied.changed)}名、退職 {len(applied.left)}名"]
    if applied.left:
        names = "、".join(person.name for person in applied.left)
        lines.append(f"ファイルにない方（{names}）のチャットの連携を終え、予定を消しました。")
    if loaded.handed_over:
        lines.append(f"その方々の未対応の伝言 {loaded.handed_over}件を、代理の方に引き継ぎました。")
    return "\n".join(lines)


def _read(path: Path) -> OfficeFile:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise LoadError(f"{path}: ファイルが大きすぎます（8 MB まで）。")
        source = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path}: ファイルを開けません（{error.strerror}）。") from error
    try:
        return read_office_file(source, _environment(), check_script)
    except OfficeFileError as error:
        problems = "\n".join(f"{path}:{problem}" for problem in error.problems)
        raise LoadError(f"{problems}\n何も変更していません。") from error


def _environment() -> dict[str, str]:
    """What `${NAME}` stands for: the environment, and `.env` for what it lacks, as for our own settings."""
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**written, **os.environ}


def _apply(tx: Transaction, file: OfficeFile, dry_run: bool) -> Loaded:
    organization = file.office.organization
    try:
        before = roster_of(tx, organization)
    except NoSuchOfficeError:
        before = None
    applied = apply_office(tx, file.office, file.people)
    note(tx, organization, operator(), "command", "office.loaded")
    after = roster_of(tx, organization)
    handed_over = 0
    for person in applied.left if before else ():
        handed_over += hand_over_open(tx, before or after, person)
        end_all(tx, before or after, person, Actor("load", "file"))
    if applied.is_new:
        skip_past(tx, after)  # the first digest is the next one, not the hour that has gone by
    loaded = Loaded(applied, handed_over)
    if dry_run:
        raise _DryRun(loaded)
    return loaded
