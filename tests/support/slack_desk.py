"""An office that lives in Slack: our routes on a real server, the outbox's sender, a stand-in, a clock."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.clock import SettableClock
from bot.delivery.queue import backlog
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message
from bot.office.roster import roster_of
from bot.presence.model import PresenceNow
from bot.presence.verbs import presence_of
from bot.services import Services
from bot.settings import Settings
from bot.transfers.verbs import TransferWish, begin_transfer
from handlers.composition import make_sender, make_services
from handlers.slack.routes import slack_routes
from simulator.slack import Channel, SlackStandIn, User
from simulator.slack.model import Message
from simulator.slack.people import Person as Member
from tests.support.midori import CALLS, KINTAI, OFFICE, ORGANIZATION, PEOPLE, TEAM, TUESDAY, write_office

SECRET = "signing-secret"


@dataclass
class SlackDesk:
    """What tests hold on to."""

    slack: SlackStandIn
    services: Services
    clock: SettableClock
    url: str

    def member(self, staff_id: str) -> Member:
        """A colleague at their Slack."""
        return self.slack.user(f"U0{staff_id.upper()}")

    def presence(self, staff_id: str, at: datetime | None = None) -> PresenceNow:
        """What holds for a colleague now, or at another moment."""
        return self.services.store.read_now(
            lambda tx: presence_of(tx, roster_of(tx, ORGANIZATION), staff_id, at)
        )

    async def event(self, member: Member, channel: str, text: str, **more: Any) -> None:
        """A message as Slack tells of it, with more in it than the stand-in's members write."""
        message = Message(channel, self.slack.space.next_ts(), member.id, text)
        await self.slack.inbound.event(self.slack.space.event_of(message) | more)

    def message_for(self, staff_id: str, **more: Any) -> str:
        """A caller's message is filed."""
        caller = CallerFacts("青空物産", "江川", "+81312345678", "03-1234-5678", verified=True)
        new = NewMessage(staff=staff_id, caller=caller, wish="折り返しのご希望", body="見積もりの件", **more)
        return self.services.store.run_now(lambda tx: file_message(tx, roster_of(tx, ORGANIZATION), new))

    def call_for(self, staff_id: str) -> str:
        """Another call system asks whether somebody takes a call."""
        wish = TransferWish(staff_id, CallerFacts("青空物産", "江川"), purpose="見積もりの件")
        return self.services.store.run_now(lambda tx: begin_transfer(tx, roster_of(tx, ORGANIZATION), wish))

    async def settled(self) -> None:
        """Wait until everything owed is sent."""
        async with asyncio.timeout(10):
            while (await self.services.store.read(backlog))[0]:
                await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def slack_desk(database_url: str, **settings: Any) -> AsyncIterator[SlackDesk]:
    """Start it all, with other settings where wanted; at the end Slack must have nothing to complain about."""
    clock = SettableClock(TUESDAY)
    slack = SlackStandIn(
        SECRET,
        "xoxb-test",
        team=TEAM,
        users=[*(User(person.slack, person.id, person.name) for person in PEOPLE if person.slack), "U0GUEST"],
        channels=[Channel(CALLS), Channel(KINTAI), Channel("C0ZATSUDAN")],
        now=clock.now,
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with slack.running():
            services = make_services(_settings(database_url, base, slack.api_url, **settings), clock)
            services.store.run_now(write_office, OFFICE, PEOPLE)
            slack.events_url = f"{base}/slack/events"
            async with _serving(services, listener):
                yield SlackDesk(slack, services, clock, slack.events_url)
    assert not slack.problems, slack.problems


@contextlib.asynccontextmanager
async def _serving(services: Services, listener: socket.socket) -> AsyncIterator[None]:
    sender = make_sender(services)
    sending = asyncio.create_task(sender.run())
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=slack_routes(services)), log_config=None, access_log=False)
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        sender.stop()
        await sending
        await services.close()


def _settings(database_url: str, base: str, api_url: str, **more: Any) -> Settings:
    usual = {
        "database_url": database_url,
        "public_url": base,
        "slack_bot_token": SecretStr("xoxb-test"),
        "slack_signing_secret": SecretStr(SECRET),
        "slack_api_url": api_url,
    }
    return Settings(_env_file=None, **(usual | more))
