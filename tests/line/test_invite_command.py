"""`toritsugi invite`: a code for one member of staff."""

import re

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.tables import invitations
from bot.settings import Settings
from bot.store.store import Store
from handlers.commands import invite
from tests.line.conftest import STRANGER_LINE, Desk
from tests.support.offices import open_office


def _settings(database_url: str, secret: str = "test-secret") -> Settings:
    return Settings(_env_file=None, database_url=database_url, toritsugi_secret=SecretStr(secret))


@pytest.fixture
def office_url(sqlite_url: str) -> str:
    store = Store(sqlite_url, SystemClock())
    store.run_now(open_office)
    store.close()
    return sqlite_url


@pytest.mark.parametrize("staff", ["kurimoto", "栗本", "栗本太郎", "栗本 太郎"])
def test_a_person_is_named_by_id_or_name(office_url: str, staff: str) -> None:
    code, text = invite.run(_settings(office_url), staff).split("\n", maxsplit=1)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    assert "栗本 太郎 (kurimoto)" in text
    store = Store(office_url, SystemClock())
    (row,) = store.read_now(lambda tx: tx.all(sa.select(invitations)))
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)
    store.close()


def test_nobody_of_that_name(office_url: str) -> None:
    with pytest.raises(UsageError, match="nobody"):
        invite.run(_settings(office_url), "江口")


def test_without_a_secret_there_are_no_codes(office_url: str) -> None:
    with pytest.raises(UsageError, match="TORITSUGI_SECRET"):
        invite.run(_settings(office_url, secret=""), "kurimoto")


def test_without_an_office_there_is_nobody_to_invite(sqlite_url: str) -> None:
    with pytest.raises(UsageError, match="toritsugi load"):
        invite.run(_settings(sqlite_url), "kurimoto")


async def test_the_printed_code_links(desk: Desk, database_url: str) -> None:
    desk.clock.set(SystemClock().now())
    await desk.stranger.says(invite.run(_settings(database_url), "sato").split("\n")[0])
    await desk.stranger.sees("登録しました")
    assert desk.person("sato").line == STRANGER_LINE
