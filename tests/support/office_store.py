"""An office in a database of its own with a clock that is set: verbs are run, nothing is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import SettableClock
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message
from bot.office.model import Office, Person
from bot.office.roster import Roster, roster_of
from bot.store.store import Store
from bot.store.transaction import Transaction
from tests.support.offices import PEOPLE, open_office

R = TypeVar("R")
TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
MIKAMI = CallerFacts("アオバ商事", "三上", "+81311112222", "", verified=True)


class OfficeStore:
    """スマイルコーポレーション in code. Every instant is in the office's zone."""

    def __init__(
        self, database_url: str, office: Office | None = None, people: tuple[Person, ...] = PEOPLE
    ) -> None:
        url = database_url.replace("postgresql://", "postgresql+psycopg://")
        self.clock = SettableClock(TUESDAY_MORNING)
        self.store = Store(url, self.clock)
        self.run(lambda tx: open_office(tx, office, people))

    def run(self, verb: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """One verb, committed."""
        return self.store.run_now(verb, *args, **kwargs)

    def with_roster(self, verb: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """A verb that takes the office after its transaction."""
        return self.run(lambda tx: verb(tx, roster_of(tx, "smile"), *args, **kwargs))

    def rows(self, statement: Any) -> list[Any]:
        return list(self.run(lambda tx: tx.all(statement)))

    def at(self, when: datetime) -> None:
        self.clock.set(when)

    def passes(self, **how_long: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**how_long))

    def message(self, staff: str | None = "kurimoto", caller: CallerFacts = MIKAMI, **more: Any) -> str:
        """A message filed now; its id."""

        def file(tx: Transaction, roster: Roster) -> str:
            return file_message(tx, roster, NewMessage(staff=staff, caller=caller, **more))

        return self.with_roster(file)
