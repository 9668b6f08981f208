"""Every table of every noun: importing this module completes the metadata.

`python -m bot.schema check` says whether the migrations make exactly these tables;
`python -m bot.schema new "what changes"` writes the next migration.
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command

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
import bot.transfers.tables  # noqa: F401  (imported for its tables)
from bot.store.columns import metadata
from bot.store.schema import config_for, differences, upgrade


def main(arguments: list[str]) -> int:
    """Run one of the two commands on an empty database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        upgrade(url)
        if arguments[:1] == ["new"]:
            with sa.create_engine(url).begin() as connection:
                config = config_for(connection)
                config.attributes["metadata"] = metadata
                command.revision(config, " ".join(arguments[1:]), autogenerate=True)
            return 0
        found = differences(url, metadata)
    for difference in found:
        print(f"not in the migrations: {difference}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
