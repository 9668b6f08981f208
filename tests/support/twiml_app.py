"""A small hand-written TwiML application, and Twilio's own client on its way to the stand-in."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aiohttp import web
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator

from simulator.twilio import TwilioStandIn

ACCOUNT = "AC" + "0" * 32
TOKEN = "a token of the tests"
OFFICE = "+81345671234"
CALLER = "+81312345678"
STAFF = "+819012345678"

Form = Mapping[str, str]
Answer = str | web.Response | Callable[[Form], str | web.Response | Awaitable[str | web.Response]]
Start = Callable[..., Awaitable[TwilioStandIn]]


class App:
    """An application that answers each path with TwiML, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.headers: list[Mapping[str, str]] = []
        self.unsigned: list[str] = []
        self.base = ""

    def __setitem__(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def of(self, path: str) -> list[dict[str, str]]:
        """The fields of each request to a path."""
        return [fields for asked, fields in self.asked if asked == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        posted = dict(await request.post())
        fields = {name: str(value) for name, value in {**posted, **request.query}.items()}
        self.asked.append((request.path, fields))
        self.headers.append(dict(request.headers))
        url = self.base + request.raw_path
        if not RequestValidator(TOKEN).validate(url, posted, request.headers["X-Twilio-Signature"]):
            self.unsigned.append(url)
        answer = self.answers.get(request.path, "")
        if callable(answer):
            made = answer(fields)
            answer = made if isinstance(made, str | web.Response) else await made
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=f"<Response>{answer}</Response>", content_type="text/xml")


@asynccontextmanager
async def serving(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class RewritingClient(AsyncTwilioHttpClient):
    """Twilio's own client, on its way to the stand-in instead."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = urlsplit(base)

    async def request(self, method: str, url: str, **rest: Any) -> Response:
        parts = urlsplit(url)
        # aiohttp warns of the way in which the SDK hands over name and password.
        name, password = rest.pop("auth")
        encoded = base64.b64encode(f"{name}:{password}".encode()).decode()
        rest["headers"] = {**rest["headers"], "Authorization": f"Basic {encoded}"}
        moved = urlunsplit((self._base.scheme, self._base.netloc, parts.path, parts.query, ""))
        return await super().request(method, moved, **rest)
