"""Two offices in one deployment, as alike as can be: names, ids, Slack users and LINE accounts are the same.

Each has a Slack workspace that installed the app by OAuth, a LINE channel and a number of its own. Slack
and LINE each have one address in the world; `Front` stands there and knows by the token whom a request is for.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import uvicorn
from aiohttp import web
from pydantic import SecretStr

from bot.clock import SettableClock
from bot.delivery.queue import backlog
from bot.digests.schedule import skip_past
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.installations import install
from bot.office.roster import roster_of
from bot.services import Services
from bot.settings import Settings
from bot.store.outbox import TOPIC
from bot.store.transaction import Transaction
from handlers.composition import make_services
from handlers.web import create_app
from jobs.table import TABLE
from simulator.http import serving
from simulator.line.stand_in import LineStandIn
from simulator.slack import Channel, SlackStandIn, User
from simulator.twilio import NumberConfig, TwilioStandIn
from tests.support.serving import listening

SECRET = "a long random text"
SATO_LINE = "U" + "2" * 32
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
OFFICE = """
organization: {name}
name: {company}
hours: {{days: [mon, tue, wed, thu, fri], open: "09:00", close: "18:00", holidays: JP}}
plan: always
numbers: ["{number}"]
slack: {{team: {team}, calls_channel: C0CALLS, digest_channel: C0DIGEST, status_channel: C0KINTAI}}
line: {{destination: {destination}, secret: {name}-line-secret, token: {name}-line-token}}
digest: {{daily: "18:00"}}
follow_up: {{remind_minutes: [15], escalate_minutes: 60}}
staff:
  - {{id: sato, name: 佐藤 花子, reading: さとう はなこ, department: 営業, phone: "{phone}1",
     slack: U0SATO, line: {line}, backups: [suzuki]}}
  - {{id: suzuki, name: 鈴木 一郎, reading: すずき いちろう, department: 営業, phone: "{phone}2",
     slack: U0SUZUKI, role: manager}}
"""


@dataclass
class Neighbour:
    """One of the two offices and what is its own."""

    name: str
    company: str
    number: str
    phone: str
    team: str
    destination: str
    slack: SlackStandIn
    line: LineStandIn

    @property
    def told(self) -> str:
        """Everything that ever was sent to this office's chats, as text."""
        return repr(
            [self.slack.calls, self.line.api.calls, [c.log for c in self.slack.space.channels.values()]]
        )


class Front:
    """`https://slack.com` and `https://api.line.me`: passes a request on to whom its token belongs."""

    url = ""

    def __init__(self) -> None:
        self.by_token: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        async with aiohttp.ClientSession() as self._session, serving(app) as self.url:
            yield self.url

    async def _pass_on(self, request: web.Request) -> web.Response:
        """To whom the token belongs; an address to answer to begins with the office's name."""
        assert self._session is not None
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        _, name, rest = request.path_qs.split("/", 2) if request.path.count("/") > 1 else ("", "", "")
        if name in self.by_name:
            url = f"{self.by_name[name]}/{rest}"
        elif token in self.by_token:
            url = self.by_token[token] + request.path_qs
        else:
            raise web.HTTPUnauthorized
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "content-length")}
        async with self._session.request(
            request.method, url, data=await request.read(), headers=headers
        ) as answer:
            kept = {name: answer.headers[name] for name in ("Content-Type",) if name in answer.headers}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


class Neighbours:
    """The deployment: `a` and `b`, one database, one clock."""

    services: Services
    twilio: TwilioStandIn
    a: Neighbour
    b: Neighbour

    def __init__(self, database_url: str) -> None:
        self.clock = SettableClock(TUESDAY_MORNING)
        self.database_url = database_url
        self.base_url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Neighbours"]:
        async with AsyncExitStack() as stack:
            listener, self.base_url = await stack.enter_async_context(listening())
            slack, line = Front(), Front()
            slack_url = await stack.enter_async_context(slack.running())
            line_url = await stack.enter_async_context(line.running())
            self.a = await self._open(stack, slack, line, "aoba", "青葉商会", 1)
            self.b = await self._open(stack, slack, line, "midori", "緑川工業", 2)
            self.twilio = TwilioStandIn(
                account_sid="AC" + "0" * 32,
                auth_token="twilio-token",
                numbers=self._numbers(),
                now=self.clock.now,
            )
            await stack.enter_async_context(self.twilio.running())
            self.services = make_services(self._settings(slack_url, line_url), self.clock)
            for office in (self.a, self.b):
                self.services.store.run_now(self._apply, office)
            app = create_app(self.services, with_jobs=False)
            server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, http="httptools"))
            task = asyncio.create_task(server.serve(sockets=[listener]))
            while not server.started:
                await asyncio.sleep(0.005)
            try:
                yield self
            finally:
                server.should_exit = True
                await task
        chats = (self.a.slack, self.b.slack, self.a.line, self.b.line)
        problems = [*(problem for chat in chats for problem in chat.problems), *self.twilio.problems]
        assert not problems, problems

    async def passes(self, **how_long: float) -> None:
        """Let time pass, once everything has arrived; then every job has its tick."""
        await self.settled()
        self.clock.passes(**how_long)
        for row in TABLE:
            await row.job(self.services)
        self.services.store.ring(TOPIC)
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything told has arrived, and nothing that is due is left to be sent."""
        await self.twilio.all_told(within=20)
        for office in (self.a, self.b):
            await office.slack.settled()
            await office.line.settled()
        async with asyncio.timeout(20):
            while (await self.services.store.read(backlog))[0]:
                await asyncio.sleep(0.01)

    async def _open(
        self, stack: AsyncExitStack, slack: Front, line: Front, name: str, company: str, n: int
    ) -> Neighbour:
        destination = f"U{n}" + "f" * 31
        office = Neighbour(
            name, company, f"+8134567000{n}", f"+8190111{n}000", f"T0{name.upper()}", destination,
            SlackStandIn(
                "slack-secret", f"xoxb-{name}", f"{self.base_url}/slack/events", team=f"T0{name.upper()}",
                users=[User("U0SATO", "佐藤"), User("U0SUZUKI", "鈴木")],
                channels=[Channel("C0CALLS"), Channel("C0DIGEST"), Channel("C0KINTAI")], now=self.clock.now,
            ),
            LineStandIn(
                f"{name}-line-secret", f"{name}-line-token", f"{self.base_url}/line/webhook",
                destination=destination, users=[SATO_LINE], now=self.clock.now,
            ),
        )  # fmt: skip
        await stack.enter_async_context(office.slack.running())
        await stack.enter_async_context(office.line.running())
        slack.by_token[f"xoxb-{name}"] = office.slack.space.base
        slack.by_name[name] = office.slack.space.base
        office.slack.space.base = f"{slack.url}/{name}"
        line.by_token[f"{name}-line-token"] = office.line.api_url
        return office

    def _numbers(self) -> dict[str, NumberConfig]:
        hooks = NumberConfig(
            voice_url=f"{self.base_url}/twilio/voice",
            status_callback=f"{self.base_url}/twilio/status",
            fallback_url=f"{self.base_url}/twilio/fallback",
        )
        return {self.a.number: hooks, self.b.number: hooks}

    def _settings(self, slack_url: str, line_url: str) -> Settings:
        given: dict[str, Any] = {
            "database_url": self.database_url,
            "public_url": self.base_url,
            "toritsugi_secret": SecretStr(SECRET),
            "slack_client_id": "stand-in-client",
            "slack_client_secret": SecretStr("stand-in-client-secret"),
            "slack_signing_secret": SecretStr("slack-secret"),
            "slack_api_url": f"{slack_url}/api/",
            "line_api_url": line_url,
            "twilio_account_sid": "AC" + "0" * 32,
            "twilio_auth_token": SecretStr("twilio-token"),
            "twilio_api_url": self.twilio.base_url,
        }
        return Settings(_env_file=None, **given)

    @staticmethod
    def _apply(tx: Transaction, office: Neighbour) -> None:
        text = OFFICE.format(**vars(office) | {"line": SATO_LINE})
        file = read_office_file(text, {})
        apply_office(tx, file.office, file.people)
        skip_past(tx, roster_of(tx, office.name))
        install(tx, office.team, f"xoxb-{office.name}", "U0SUZUKI", SECRET)
