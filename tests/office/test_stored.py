"""The secrets of an office file at rest: sealed with TORITSUGI_SECRET, and never lost by another one."""

import sqlalchemy as sa

from bot.clock import SystemClock
from bot.office.apply import Applied, apply_office, change_person
from bot.office.file import read_office_file
from bot.office.line_channels import own_secrets
from bot.office.model import WebhookBackend
from bot.office.roster import Roster, all_rosters, roster_of
from bot.office.stored import unopened
from bot.office.tables import organizations, staff
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction

SECRETS = ("line-key", "line-door", "pbx-key", "https://calendar.example.com/private-9f8e.ics")
FILE = """
organization: smile
name: スマイルコーポレーション
numbers: ["+81345671234"]
line: {secret: line-key, token: line-door}
routing: [{type: webhook, url: "https://pbx.example.com/hook", secret: pbx-key}]
staff:
  - {id: kurimoto, name: 栗本 太郎, calendar: "https://calendar.example.com/private-9f8e.ics"}
"""


def test_a_thousand_offices_are_read_once(sqlite_url: str) -> None:
    """Jobs and LINE's door look at every office: what has not changed is at hand."""
    store = _store(sqlite_url, "a long random text")

    def open_all(tx: Transaction) -> None:
        for n in range(1000):
            text = f"organization: of{n}\nname: 第{n}商会\nline: {{secret: key{n}, token: t}}\nstaff: []\n"
            apply_office(tx, read_office_file(text, {}).office, ())

    try:
        store.run_now(open_all)
        first, again = store.read_now(all_rosters), store.read_now(all_rosters)
        assert len(first) == 1000
        assert all(one is other for one, other in zip(first, again, strict=True))
        assert store.read_now(own_secrets, None, named=True) == {f"of{n}": f"key{n}" for n in range(1000)}
    finally:
        store.close()


def _store(database_url: str, secret: str) -> Store:
    url = Settings(_env_file=None, database_url=database_url).sqlalchemy_url
    return Store(url, SystemClock(), secret)


def _open(tx: Transaction) -> Applied:
    file = read_office_file(FILE, {})
    return apply_office(tx, file.office, file.people)


def _at_rest(tx: Transaction) -> str:
    return str(tx.all(sa.select(organizations.c.office))) + str(tx.all(sa.select(staff.c.person)))


def _secrets_of(roster: Roster) -> tuple[str | None, ...]:
    assert roster.office.line
    (backend,) = roster.office.routing
    assert isinstance(backend, WebhookBackend)
    (person,) = roster.people.values()
    return (roster.office.line.secret, roster.office.line.token, backend.secret, person.calendar)


def test_nothing_of_them_can_be_read_in_the_database(database_url: str) -> None:
    store = _store(database_url, "the secret")
    store.run_now(_open)
    assert [secret for secret in SECRETS if secret in store.read_now(_at_rest)] == []
    assert _secrets_of(store.read_now(roster_of, "smile")) == SECRETS
    assert store.run_now(_open).changed == ()
    store.close()


def test_another_secret_opens_nothing_and_loses_nothing(sqlite_url: str) -> None:
    store = _store(sqlite_url, "the secret")
    store.run_now(_open)
    store.close()
    other = _store(sqlite_url, "another secret")
    other.run_now(change_person, "smile", "kurimoto", lambda _person: {"urgent_when_away": True})
    roster = other.read_now(roster_of, "smile")
    assert unopened(roster.office)
    assert not set(SECRETS) & set(_secrets_of(roster))
    other.close()
    store = _store(sqlite_url, "the secret")
    store.run_now(change_person, "smile", "kurimoto", lambda _person: {"urgent_when_away": False})
    assert _secrets_of(store.read_now(roster_of, "smile")) == SECRETS
    store.close()


def test_without_a_secret_they_are_kept_as_they_are(sqlite_url: str) -> None:
    store = _store(sqlite_url, "")
    store.run_now(_open)
    assert _secrets_of(store.read_now(roster_of, "smile")) == SECRETS
    assert not unopened(store.read_now(roster_of, "smile").office)
    store.close()
