"""The stand-in as a whole: one account of Twilio on a loopback port, and its telephones."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from simulator.changes import Changes
from simulator.http import Now, serving, system_now
from simulator.twilio.contract import Contract, default_folder
from simulator.twilio.control import Control
from simulator.twilio.courier import Courier, Sent
from simulator.twilio.door import Door, answer_error, not_found
from simulator.twilio.exchange import Exchange, Tempo
from simulator.twilio.faults import Faults
from simulator.twilio.model import NumberConfig, Problem
from simulator.twilio.rest import RestApi
from simulator.twilio.taskrouter import TaskRouter
from simulator.twilio.telephone import WITHIN, Call, NotSo, Telephone


class TwilioStandIn:
    """Twilio, as far as a reception desk needs it.

    Args:
        account_sid: the account that the REST API knows.
        auth_token: its token; also signs the webhooks.
        numbers: its telephone numbers, E.164, and where calls to them go.
        pace: 0, speech and music take no time and silence is what a test says is silence; 1, as in life.
        second: how long a second of ringing (Timeout) takes, in seconds.
        poll_seconds: the least time between two requests for what a queued caller hears.
        haste, calm: for people at a page: faster speech, longer patience; see `exchange.Tempo`.
        webhook_seconds: how long the application may take for an answer (15 at Twilio).
        reach: public origins and where they listen in truth; signatures are over the public one.
        specs: a folder with Twilio's OpenAPI files, to check REST requests against; the environment's
            `PLATFORM_SPECS` unless given.
        now: tells the time, aware.

    Attributes:
        problems: what the application did wrong, as Twilio's debugger would say; empty at the end of a
            good test.
        faults: what shall go wrong.
        taskrouter: workspaces and workers.
        base_url: where it listens, once it does.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        numbers: Mapping[str, NumberConfig],
        pace: float = 0.0,
        second: float = 1.0,
        poll_seconds: float = 0.05,
        haste: float = 1.0,
        calm: float = 1.0,
        webhook_seconds: float = 15.0,
        reach: Mapping[str, str] | None = None,
        specs: Path | None = None,
        now: Now = system_now,
    ) -> None:
        changes = Changes()
        self.faults = Faults(changes)
        self._auth_token = auth_token
        self._exchange = Exchange(
            account_sid=account_sid,
            numbers=dict(numbers),
            now=now,
            tempo=Tempo(pace, second, poll_seconds, haste, calm),
            faults=self.faults,
            changes=changes,
        )
        self._exchange.courier = Courier(
            auth_token, self.faults, self._exchange.background, reach or {}, webhook_seconds
        )
        self._contract = Contract(specs or default_folder())
        self.taskrouter = TaskRouter(account_sid, lambda: self.base_url, now)

    @property
    def base_url(self) -> str:
        """`scheme://host:port`, what `TWILIO_API_URL` is set to."""
        return self._exchange.base_url

    @property
    def problems(self) -> list[Problem]:
        """What the application did wrong so far; may be cleared."""
        return self._exchange.problems

    @property
    def changes(self) -> Changes:
        """Everything that happens at the telephones, as it happens."""
        return self._exchange.changes

    @property
    def webhooks(self) -> list[Sent]:
        """Every request sent to the application, each attempt, oldest first."""
        return self._exchange.courier.sent

    @property
    def numbers(self) -> dict[str, NumberConfig]:
        """The account's numbers; may be changed."""
        return self._exchange.numbers

    @property
    def calls(self) -> list[Call]:
        """Every leg so far, oldest first."""
        return [Call(self._exchange, leg) for leg in self._exchange.legs.values()]

    def phone(self, number: str) -> Telephone:
        """The telephone of that number."""
        return Telephone(self._exchange, number)

    async def all_told(self, *, within: float = WITHIN) -> None:
        """Wait until whatever was due of callbacks and ended calls has been answered, but for what is held.

        Raises:
            NotSo: some have not, after that many seconds.
        """
        if not await self._exchange.changes.until(lambda: self._exchange.quiet() or None, within):
            raise NotSo(f"{self._exchange.callbacks_due} callbacks are not answered within {within} s")

    def application(self) -> web.Application:
        """The HTTP side: REST API, TaskRouter, and the control of the page."""
        door = Door(self._exchange, self._auth_token, self._contract)
        application = web.Application(client_max_size=2**20)
        application.add_routes(RestApi(self._exchange, self._auth_token, door).routes())
        application.add_routes(self.taskrouter.routes(door))
        Control(self._exchange).add_to(application)
        application.router.add_route("*", "/{anything:.*}", _nothing_there)
        return application

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[str]:
        """Listen on the loopback; the address is given, and all calls end with the block."""
        async with serving(self.application(), port) as base_url:
            self._exchange.base_url = base_url
            await self._exchange.courier.open()
            try:
                yield base_url
            finally:
                await self._exchange.background.stop()
                await self._exchange.courier.close()


async def _nothing_there(request: web.Request) -> web.Response:
    return answer_error(not_found(request))
