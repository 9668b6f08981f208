"""Migrations: from every revision there has been to the newest, and what was stored stays."""

import pytest
import sqlalchemy as sa
from alembic import command

from bot.schema import metadata
from bot.store.inbox import inbox
from bot.store.schema import State, config_for, differences, revisions, state_of, upgrade
from tests.support.midori import TUESDAY


@pytest.mark.parametrize("revision", revisions()[:-1])
def test_an_older_database_is_brought_to_the_newest_with_all_it_holds(
    database_url: str, revision: str
) -> None:
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(url)
    kept = {"organization": "smile", "source": "test", "key": "one", "received_at": TUESDAY}
    with engine.begin() as connection:
        connection.execute(sa.insert(inbox), kept)
        command.downgrade(config_for(connection), revision)
    assert state_of(url) is State.BEHIND
    upgrade(url)
    assert state_of(url) is State.CURRENT
    assert differences(url, metadata) == []
    with engine.connect() as connection:
        assert [row._asdict() for row in connection.execute(sa.select(inbox))] == [kept]
    engine.dispose()
