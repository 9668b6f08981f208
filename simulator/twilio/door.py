"""What the REST resources share: errors in Twilio's form, paging, signing in, and faults."""

import asyncio
import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from simulator.twilio.contract import Contract
from simulator.twilio.exchange import Exchange
from simulator.twilio.faults import RestFault

Json = dict[str, Any]
Act = Callable[[web.Request, Mapping[str, str]], Json | web.Response | tuple[int, Json]]
MOST_PER_PAGE = 1000


class RestError(Exception):
    """An answer in Twilio's form; `code` is Twilio's error number."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def not_found(request: web.Request) -> RestError:
    """There is no such resource."""
    return RestError(404, 20404, f"The requested resource {request.path} was not found")


def needed(form: Mapping[str, str], name: str, code: int, message: str) -> str:
    """A parameter that must be given.

    Raises:
        RestError: it is not.
    """
    if not form.get(name):
        raise RestError(400, code, message)
    return form[name]


def answer_error(error: RestError) -> web.Response:
    """The error as Twilio writes it."""
    body = {
        "code": error.code,
        "message": str(error),
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else {}
    return web.json_response(body, status=error.status, headers=headers)


def page_of(request: web.Request, name: str, items: Sequence[Json]) -> Json:
    """One page of a list of the 2010 API, by the query's Page and PageSize."""
    size = min(MOST_PER_PAGE, max(1, int(request.query.get("PageSize", "50"))))
    number = max(0, int(request.query.get("Page", "0")))
    last = max(0, -(-len(items) // size) - 1)

    def uri(page: int | None) -> str | None:
        if page is None:
            return None
        kept = {key: value for key, value in request.query.items() if key not in ("Page", "PageSize")}
        return f"{request.path}?{urlencode({**kept, 'PageSize': size, 'Page': page})}"

    shown = list(items[number * size : (number + 1) * size])
    return {
        name: shown,
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(0, len(shown) - 1),
        "uri": uri(number),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1 if number < last else None),
        "previous_page_uri": uri(number - 1 if number else None),
    }


class Door:
    """Wraps the acts of the REST API: who asks, what goes wrong, and whether the request is in order."""

    def __init__(self, exchange: Exchange, auth_token: str, contract: Contract) -> None:
        self._exchange = exchange
        self._expected = f"{exchange.account_sid}:{auth_token}"
        self._contract = contract

    def lets(self, name: str, act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A request handler for an act; `name` is that of `Faults.rest`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            faults = self._exchange.faults
            fault = faults.of_rest(name)
            if fault is None:
                return await self._act(request, act)
            if fault is RestFault.SLOW:
                await asyncio.sleep(faults.seconds)
                return await self._act(request, act)
            if fault.startswith("accept"):
                await self._act(request, act)
            return await _broken(request, fault, faults.over)

        return handle

    async def _act(self, request: web.Request, act: Act) -> web.Response:
        try:
            self._check_caller(request)
            posted = await request.post()
            # A list comes as a repeated field; we read it joined by spaces.
            form = {name: " ".join(map(str, posted.getall(name))) for name in posted}
            for violation in self._contract.violations(request.method, request.path, posted):
                self._exchange.problem(0, violation, f"{request.method} {request.path}")
            done = act(request, form)
        except RestError as error:
            return answer_error(error)
        if isinstance(done, web.Response):
            return done
        status, body = done if isinstance(done, tuple) else (200, done)
        return web.json_response(body, status=status)

    def _check_caller(self, request: web.Request) -> None:
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        try:
            given = base64.b64decode(encoded, validate=True).decode() if scheme == "Basic" else ""
        except (binascii.Error, UnicodeDecodeError):
            given = ""
        if not hmac.compare_digest(given.encode(), self._expected.encode()):
            raise RestError(401, 20003, "Authenticate")
        account = request.match_info.get("account")
        if account not in (None, self._exchange.account_sid):
            raise not_found(request)


async def _broken(request: web.Request, fault: RestFault, over: asyncio.Event) -> web.Response:
    """The answer, if any, that a fault leaves of a request."""
    if fault.endswith("silence"):
        await over.wait()  # or until the caller gives up, or the stand-in stops
    if fault is RestFault.RATE_LIMIT:
        return answer_error(RestError(429, 20429, "Too Many Requests"))
    if fault is RestFault.GARBAGE:
        return web.Response(text="<html><body>upstream is unwell", content_type="text/html")
    if fault.endswith("error"):
        return answer_error(RestError(500, 20500, "An internal server error has occurred"))
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
