"""LINE, as far as a bot can tell: a real HTTP server on the loopback, and the people who use it.

    line = LineStandIn("channel-secret", "channel-token", "http://127.0.0.1:8000/line/webhook",
                       users=["U1111…"], groups=[Group("C2222…", "電話")])
    async with line.running() as base:                 # http://127.0.0.1:PORT; LINE_API_URL=line.api_url
        await line.user("U1111…").says("15時帰社")

`/v2/bot/…` are the endpoints (`api.ROUTES`), those of api-data.line.me included; `/_control/…` are the
same people over HTTP, for a page: see `control`. Bodies are checked against LINE's OpenAPI file where
it is at hand (`schema.default_file`). Whatever the product does against LINE's rules is a line in
`problems`; what it sent and no test looked at is in `unexpected`.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator.courier import Courier
from simulator.http import Faults, Now, serving, system_now
from simulator.line import control
from simulator.line.api import MessagingApi
from simulator.line.inbound import Inbound
from simulator.line.model import Account, Group, Message, User
from simulator.line.people import GroupChat, Person
from simulator.line.schema import default_file

BODY_MOST = 2 * 2**20  # bytes
DESTINATION = "U" + "f" * 32


class LineStandIn:
    """One Messaging API channel and its friends."""

    def __init__(
        self,
        channel_secret: str,
        access_token: str,
        webhook_url: str | None = None,
        *,
        destination: str = DESTINATION,
        users: Iterable[User | str] = (),
        groups: Iterable[Group | str] = (),
        spec: Path | None = None,
        now: Now = system_now,
    ) -> None:
        """Users given by id alone are friends; a group given by id alone has all of them as members.

        Without `webhook_url` (the product's `/line/webhook`) nothing is sent; it may be set later.
        `spec` is LINE's `messaging-api.yml`. `now` gives aware instants, for everything that expires.
        """
        people = [User(one) if isinstance(one, str) else one for one in users]
        places = [Group(one) if isinstance(one, str) else one for one in groups]
        self.account = Account(destination, people, places, now)
        self.problems = self.account.problems
        self.faults = Faults(
            rate_limited='{"message":"The API rate limit has been exceeded. Try again later."}',
            failed='{"message":"Internal Server Error"}',
            problems=self.problems,
            now=now,
        )
        self.courier = Courier()
        self.inbound = Inbound(self.account, channel_secret, webhook_url, self.courier)
        self.api = MessagingApi(self.account, access_token, self.faults, spec or default_file(), self.inbound)

    @property
    def webhook_url(self) -> str | None:
        """Where the product hears of everything."""
        return self.inbound.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self.inbound.url = url

    @property
    def api_url(self) -> str:
        """What LINE_API_URL should be: `http://127.0.0.1:PORT`."""
        return self.account.base

    @property
    def quota(self) -> int | None:
        """Messages that may be pushed in a month; None: no limit."""
        return self.account.quota

    @quota.setter
    def quota(self, messages: int | None) -> None:
        self.account.quota = messages

    @property
    def used(self) -> int:
        """Messages counted this month: a push counts for each who gets it, a reply never."""
        return self.account.used

    def user(self, user_id: str) -> Person:
        """A user; KeyError where there is none of this id."""
        return Person(self.account, self.inbound, self.account.users[user_id])

    def group(self, group_id: str) -> GroupChat:
        """A group; KeyError where there is none of this id."""
        return GroupChat(self.account, self.inbound, self.account.groups[group_id])

    def add_user(self, user: User) -> Person:
        """Somebody the account has not met; follows only where the User says so."""
        self.account.users[user.id] = user
        return self.user(user.id)

    def together(self) -> AbstractAsyncContextManager[None]:
        """What people do inside goes to the product in one webhook."""
        return self.inbound.together()

    @property
    def unexpected(self) -> list[Message]:
        """What the account sent and nobody's test looked at."""
        return [
            message
            for log in self.account.chats.values()
            for message in log
            if message.from_bot and not message.expected
        ]

    def calls_of(self, name: str) -> list[Any]:
        """The bodies sent to an endpoint (by its name in `api.ROUTES`), refused ones included."""
        return [body for called, body in self.api.calls if called == name]

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self.courier.settled()

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[str]:
        """Serve on the loopback; yields the base `http://127.0.0.1:PORT`."""
        app = web.Application(client_max_size=BODY_MOST)
        control.add_routes(app, self)
        self.api.add_routes(app)
        async with self.courier, serving(app, port) as base:
            self.account.base = base
            yield base
