"""`toritsugi token`: shown once, kept as a hash."""

import aiohttp
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.model import OrganizationId
from bot.office.tables import api_tokens
from bot.office.tokens import Scope, bearer_of
from bot.settings import Settings
from bot.store.store import Store
from handlers.commands import token
from tests.api.conftest import Api, Program
from tests.support.offices import open_office, smile


def _settings(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url, toritsugi_secret=SecretStr("test-secret"))


@pytest.fixture
def store(sqlite_url: str) -> Store:
    store = Store(sqlite_url, SystemClock())
    store.run_now(open_office)
    store.close()
    return Store(sqlite_url, SystemClock())


async def test_a_printed_token_opens_the_api(api: Api, database_url: str) -> None:
    made = token.run(_settings(database_url), "pbx", ["calls:read"])
    assert "\n" not in made
    async with aiohttp.ClientSession() as session:
        program = Program(session, api.base_url, made)
        assert (await program.get("/api/v1/calls")).status == 200
        assert (await program.get("/api/v1/staff")).status == 403


def test_the_database_never_holds_the_token(store: Store, sqlite_url: str) -> None:
    made = token.run(_settings(sqlite_url), "pbx", ["presence", "transfers:read,messages"])
    (row,) = store.read_now(lambda tx: tx.all(sa.select(api_tokens)))
    assert made not in str(row)
    bearer = store.read_now(bearer_of, made)
    assert bearer is not None
    assert bearer.may(Scope.PRESENCE_READ)
    assert bearer.may(Scope.MESSAGES)
    assert not bearer.may(Scope.TRANSFERS)
    store.close()


@pytest.mark.parametrize(
    ("name", "scopes", "said"),
    [("pbx", ["presense"], "presense"), ("pbx", [], "none given"), (" ", ["presence"], "name")],
)
def test_what_makes_no_sense_is_said(sqlite_url: str, name: str, scopes: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        token.run(_settings(sqlite_url), name, scopes)


def test_of_several_offices_one_must_be_named(store: Store, sqlite_url: str) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        token.run(_settings(sqlite_url), "pbx", ["presence"], "nowhere")
    store.run_now(open_office, smile(organization=OrganizationId("other"), numbers=()), ())
    with pytest.raises(UsageError, match="--organization: other, smile"):
        token.run(_settings(sqlite_url), "pbx", ["presence"])
    assert token.run(_settings(sqlite_url), "pbx", ["presence"], "other")
    store.close()
