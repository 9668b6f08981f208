"""Every table of every noun: importing this module completes the metadata.

`python -m bot.schema check` says whether the migrations make exactly these tables, and whether each of them
leaves the version before it running; `python -m bot.schema new "what changes"` writes the next migration.
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

import bot.digests.tables
import bot.messages.tables
import bot.office.tables
import bot.presence.tables
import bot.reception.tables
import bot.store.audit
import bot.store.cards
import bot.store.inbox
import bot.store.job_runs
import bot.store.outbox
import bot.store.texts
import bot.transfers.tables  # noqa: F401  (imported for its tables)
from bot.store.columns import metadata
from bot.store.schema import breaks, config_for, differences, revisions, unreadable_indexes, upgrade


def main(arguments: list[str]) -> int:
    """Run one of the two commands on an empty database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        if arguments[:1] == ["new"]:
            _write_next(url, " ".join(arguments[1:]))
            return 0
        problems = [f"a running old version could not bear it: {one}" for one in unbearable(url)]
        problems += [f"not in the migrations: {difference}" for difference in differences(url, metadata)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def unbearable(url: str) -> list[str]:
    """Migrate an empty database step by step: what a step does that the version before cannot live with."""
    found: list[str] = []
    engine = sa.create_engine(url)
    with engine.begin() as connection, unreadable_indexes():
        config = config_for(connection)
        before = sa.MetaData()
        for script in reversed([*ScriptDirectory.from_config(config).walk_revisions()]):
            command.upgrade(config, script.revision)
            after = sa.MetaData()
            after.reflect(connection)
            found += [f"{script.revision}: {one}" for one in breaks(before, after)]
            before = after
    engine.dispose()
    return found


def _write_next(url: str, what: str) -> None:
    upgrade(url)
    with sa.create_engine(url).begin() as connection:
        config = config_for(connection)
        config.attributes["metadata"] = metadata
        number = f"{int(revisions()[-1]) + 1:04}"
        command.revision(config, what, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
