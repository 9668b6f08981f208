"""The greeting of a stored call: of its line, its minute, and the office file as it is by then."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.clock import SettableClock
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.reception.calls import Arrival, receive_call
from bot.store.store import Store
from bot.store.transaction import Transaction

TEN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 10:00 on a Tuesday in Tokyo
OFFICE = """
organization: smile
name: {name}
numbers: ["+81345671234", {{number: "+81345671235", department: 営業}}]
slack: {{team: T0SMILE}}
staff:
  - {{id: kurimoto, name: 栗本 真, reading: くりもと まこと, department: 営業}}
"""


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = Store(sqlite_url, SettableClock(TEN))
    load(opened, "スマイルコーポレーション")
    yield opened
    opened.close()


def load(store: Store, name: str) -> None:
    file = read_office_file(OFFICE.format(name=name), {})
    store.run_now(lambda tx: apply_office(tx, file.office, file.people))


def greeted(store: Store, sid: str, to: str = "+81345671234", from_: str = "+815012345678") -> str:
    def receive(tx: Transaction) -> str:
        return "".join(receive_call(tx, roster_of(tx, "smile"), Arrival(sid, from_, to)).turn.say)

    return store.run_now(receive)


def test_it_is_that_of_the_line_whoever_calls(store: Store) -> None:
    main = greeted(store, "CA1")
    assert greeted(store, "CA2", from_="anonymous") == main
    assert "営業" in greeted(store, "CA3", to="+81345671235")
    assert greeted(store, "CA4", to="+81300000000") == main


def test_it_follows_the_clock(store: Store) -> None:
    clock = store.clock
    assert isinstance(clock, SettableClock)
    clock.passes(hours=7, minutes=59, seconds=59)
    open_ = greeted(store, "CA1")
    clock.passes(seconds=1)
    assert greeted(store, "CA2") != open_


def test_it_follows_the_office_file(store: Store) -> None:
    assert "スマイル" in greeted(store, "CA1")
    load(store, "アオバ商事")
    assert "アオバ" in greeted(store, "CA2")
