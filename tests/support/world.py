"""The whole system in one process with its peers around it: stand-ins over HTTP, a clock that is set.

    await world.kurimoto.types("/tori", "出張 明日まで")
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")

At the end nothing may be left that a platform would complain about.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from pydantic import SecretStr

from bot.clock import SettableClock
from bot.delivery.queue import backlog
from bot.digests.schedule import skip_past
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.services import Services
from bot.settings import Settings
from bot.store.outbox import TOPIC
from bot.store.transaction import Transaction
from handlers.composition import make_services
from handlers.web import create_app
from jobs.table import TABLE
from simulator.line.model import Group
from simulator.line.stand_in import LineStandIn
from simulator.slack import Channel, SlackStandIn, User
from simulator.twilio import NumberConfig, TwilioStandIn

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE_FILE = Path(__file__).parents[2] / "docs" / "examples" / "smile.yaml"
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
MAIN = "+81345671234"
ENV = {"LINE_SMILE_SECRET": "line-secret", "LINE_SMILE_TOKEN": "line-token", "PBX_SECRET": "c2VjcmV0"}


class World:
    """One office, its people and its callers."""

    main_number = MAIN

    def __init__(self, database_url: str, at: datetime = TUESDAY_MORNING, office: str | None = None) -> None:
        self.database_url = database_url
        self.clock = SettableClock(at)
        self.office_text = office or OFFICE_FILE.read_text(encoding="utf-8")
        self.file = read_office_file(self.office_text, ENV)
        self.services: Services
        self.slack: SlackStandIn
        self.line: LineStandIn
        self.twilio: TwilioStandIn
        self.base_url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["World"]:
        """Start the peers, then the system; look for complaints at the end."""
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(128)
            self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            async with AsyncExitStack() as stack:
                await self._start_peers(stack)
                self.services = make_services(self._settings(), self.clock)
                self.services.store.run_now(self._apply)
                app = create_app(self.services, with_jobs=False)
                server = uvicorn.Server(
                    uvicorn.Config(app, log_config=None, access_log=False, lifespan="on", http="httptools")
                )
                serving = asyncio.create_task(server.serve(sockets=[listener]))
                while not server.started:
                    await asyncio.sleep(0.005)
                try:
                    yield self
                    await self.twilio.all_told()
                finally:
                    for peer in (self.slack, self.line, self.twilio):
                        peer.faults.end_silence()
                    server.should_exit = True
                    await serving
        complaints = [*self.slack.problems, *self.line.problems, *self.twilio.problems]
        assert not complaints, complaints

    # ---- people ------------------------------------------------------------------------------

    def on_slack(self, staff: str):
        """A member of staff in Slack, by their id in the office file."""
        return self.slack.user(self._person(staff).slack)

    def on_line(self, staff: str):
        """A member of staff in LINE."""
        return self.line.user(self._person(staff).line)

    def telephone_of(self, staff: str):
        """A member of staff's telephone."""
        return self.twilio.phone(self._person(staff).phone)

    def caller(self, number: str = "+81312345678"):
        """Somebody outside with a telephone."""
        return self.twilio.phone(number)

    @property
    def calls_channel(self):
        """The Slack channel in which the office watches its calls."""
        return self.slack.channel(self.file.office.slack.calls_channel)

    async def calls_channel_sees(self, *words: str, within: float = 20.0):
        """The newest message of the calls channel that has all these words, once it is there."""
        async with asyncio.timeout(within):
            while True:
                for message in reversed(self.calls_channel.messages):
                    if all(word in message.text for word in words):
                        return message
                await asyncio.sleep(0.01)

    # ---- time --------------------------------------------------------------------------------

    async def passes(self, **how_long: float) -> None:
        """Let time pass; then every job has its tick, and what was put off is sent."""
        # What was signed before the clock moved must have arrived.
        await self.twilio.all_told()
        await self.slack.settled()
        self.clock.passes(**how_long)
        for row in TABLE:
            await row.job(self.services)
        self.services.store.ring(TOPIC)

    async def reaches(self, when: datetime) -> None:
        """Let time pass until then, with every job's tick there, and all that is due sent and told."""
        await self.settled()
        await self.passes(seconds=(when - self.clock.now()).total_seconds())
        await self.settled()

    async def settled(self, within: float = 20.0) -> None:
        """Wait until what the platforms had to tell has arrived, and nothing that is due is left to be sent."""
        await self.twilio.all_told(within=within)
        await self.slack.settled()
        async with asyncio.timeout(within):
            while (await self.services.store.read(backlog))[0]:
                await asyncio.sleep(0.01)

    # ---- inside ------------------------------------------------------------------------------

    def _person(self, staff: str):
        return next(item.person for item in self.file.people if item.person.id == staff)

    def _apply(self, tx: Transaction) -> None:
        apply_office(tx, self.file.office, self.file.people)
        skip_past(tx, roster_of(tx, self.file.office.organization))  # as `load` does

    async def _start_peers(self, stack: AsyncExitStack) -> None:
        people = [item.person for item in self.file.people]
        office = self.file.office
        slack = office.slack
        channels = [slack.calls_channel, slack.digest_channel, slack.status_channel] if slack else []
        self.slack = SlackStandIn(
            "slack-secret",
            "xoxb-test",
            f"{self.base_url}/slack/events",
            team=slack.team if slack else "T0NONE",
            users=[User(person.slack, person.name) for person in people if person.slack],
            channels=[Channel(channel) for channel in channels if channel],
            now=self.clock.now,
        )
        self.line = LineStandIn(
            ENV["LINE_SMILE_SECRET"],
            ENV["LINE_SMILE_TOKEN"],
            f"{self.base_url}/line/webhook",
            destination=office.line.destination if office.line else "U" + "f" * 32,
            users=[person.line for person in people if person.line],
            groups=[Group(office.line.calls_group, "電話")]
            if office.line and office.line.calls_group
            else [],
            now=self.clock.now,
        )
        hooks = NumberConfig(
            voice_url=f"{self.base_url}/twilio/voice",
            status_callback=f"{self.base_url}/twilio/status",
            fallback_url=f"{self.base_url}/twilio/fallback",
        )
        self.twilio = TwilioStandIn(
            account_sid="AC" + "0" * 32,
            auth_token="twilio-token",
            numbers={line.number: hooks for line in office.numbers},
            now=self.clock.now,
        )
        await stack.enter_async_context(self.slack.running())
        await stack.enter_async_context(self.line.running())
        await stack.enter_async_context(self.twilio.running())

    def _settings(self) -> Settings:
        return Settings(
            _env_file=None,
            database_url=self.database_url,
            public_url=self.base_url,
            toritsugi_secret=SecretStr("test-secret"),
            slack_bot_token=SecretStr("xoxb-test"),
            slack_signing_secret=SecretStr("slack-secret"),
            slack_api_url=self.slack.api_url,
            line_channel_secret=SecretStr(ENV["LINE_SMILE_SECRET"]),
            line_channel_access_token=SecretStr(ENV["LINE_SMILE_TOKEN"]),
            line_api_url=self.line.api_url,
            twilio_account_sid="AC" + "0" * 32,
            twilio_auth_token=SecretStr("twilio-token"),
            twilio_api_url=self.twilio.base_url,
        )
