"""LINE and the people who use it, around the real webhook."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import linebot.v3.messaging  # noqa: F401 - it takes seconds on a busy machine, in which people wait for answers
import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.clock import SettableClock
from bot.office.invitations import invite
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.platforms.cards import Card
from bot.presence.model import PresenceNow
from bot.presence.verbs import presence_of
from bot.services import Services
from bot.settings import Settings
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from handlers.composition import make_services
from handlers.line.webhook import line_routes
from simulator.line.people import Person as LineUser
from simulator.line.stand_in import LineStandIn
from tests.support.offices import CALLS_GROUP, KURIMOTO_LINE, PEOPLE, open_office
from tests.support.serving import listening, serving

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
STRANGER_LINE = "U" + "9" * 32
SECRET = "test-secret"
CHANNEL_SECRET = "channel-secret"
CHANNEL_TOKEN = "channel-token"

_KURIMOTO, *_OTHERS = PEOPLE
LINKED = (_KURIMOTO.model_copy(update={"line": KURIMOTO_LINE}), *_OTHERS)


@dataclass
class Desk:
    """The product's side of LINE, and the people on the other one."""

    services: Services
    clock: SettableClock
    line: LineStandIn
    base_url: str

    @property
    def kurimoto(self) -> LineUser:
        """A member of staff whose account is linked."""
        return self.line.user(KURIMOTO_LINE)

    @property
    def stranger(self) -> LineUser:
        """Somebody whose account is not."""
        return self.line.user(STRANGER_LINE)

    @property
    def roster(self) -> Roster:
        return self.services.store.read_now(roster_of, "smile")

    def person(self, staff: str) -> Person:
        return self.roster.people[staff]

    def presence(self, staff: str = "kurimoto") -> PresenceNow:
        return self.services.store.read_now(lambda tx: presence_of(tx, roster_of(tx, "smile"), staff))

    def code_for(self, staff: str, organization: str = "smile") -> str:
        """A new invitation code."""

        def made(tx: Transaction) -> str:
            return invite(tx, organization, roster_of(tx, organization).people[staff], SECRET)

        return self.services.store.run_now(made)

    def said(self) -> list[tuple[str, Card]]:
        """What was put into the outbox for chats: (address, card)."""
        rows = self.services.store.read_now(
            lambda tx: tx.all(sa.select(outbox.c.payload).where(outbox.c.kind == "chat.say"))
        )
        return [(payload["address"], Card.from_json(payload["card"])) for (payload,) in rows]


def settings_for(database_url: str, base_url: str, line: LineStandIn, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "database_url": database_url,
        "public_url": base_url,
        "toritsugi_secret": SecretStr(SECRET),
        "line_channel_secret": SecretStr(CHANNEL_SECRET),
        "line_channel_access_token": SecretStr(CHANNEL_TOKEN),
        "line_api_url": line.api_url,
    }
    return Settings(_env_file=None, **(given | more))


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    clock = SettableClock(TUESDAY_MORNING)
    async with listening() as (listener, base_url):
        line = LineStandIn(
            CHANNEL_SECRET,
            CHANNEL_TOKEN,
            f"{base_url}/line/webhook",
            users=[KURIMOTO_LINE, STRANGER_LINE],
            groups=[CALLS_GROUP],
            now=clock.now,
        )
        async with line.running():
            services = make_services(settings_for(database_url, base_url, line), clock)
            services.store.run_now(open_office, people=LINKED)
            async with serving(Starlette(routes=line_routes(services)), listener):
                yield Desk(services, clock, line, base_url)
            await services.close()
    assert line.problems == []
    assert not any(message.was_push for log in line.account.chats.values() for message in log)
