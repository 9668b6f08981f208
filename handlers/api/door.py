"""How a request comes in: whose token, which scope, is it well formed; and how an answer goes out.

Whatever is sent, the answer is JSON and never a 5xx; only a database that is away gives 503.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.office.roster import NoSuchOfficeError, roster_of
from bot.office.tokens import Bearer, bearer_of
from bot.services import Services
from bot.store.store import CommitUnknownError, StoreBusyError
from bot.store.transaction import Transaction
from handlers.api.errors import ApiError, from_validation, not_found
from handlers.api.keys import HEADER, checked_key, perform_once
from handlers.api.models import Nothing, Request, Wait
from handlers.api.operations import JSON, Asked, Operation
from handlers.bodies import BodyBrokenOffError, BodyTooLongError, read_body
from handlers.turns import CrowdedError, Turns

_MOST_BYTES = 256 * 1024
_LOOK_AGAIN_SECONDS = 5
"""A wake-up may be lost with a connection: so often a waiting request looks by itself."""
_REALM = {"WWW-Authenticate": 'Bearer realm="toritsugi"'}
Made = tuple[int, Any]


class Door:
    """All methods of one path, as an ASGI application."""

    def __init__(self, services: Services, operations: Mapping[str, Operation], turns: Turns) -> None:
        """`turns` are those of all paths together."""
        self._services = services
        self._operations = operations
        self._turns = turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: HttpRequest) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        operation = self._operations.get(method)
        try:
            bearer = await self._bearer(request)
            status, body = await self._perform(request, operation, bearer)
        except ApiError as error:
            return JSONResponse(error.as_json(), error.status, self._headers(error.status))
        except CrowdedError:
            crowded = ApiError(
                429, "too_many", "too many requests of this office at once; nothing was changed"
            )
            return JSONResponse(crowded.as_json(), 429, {"Retry-After": "1"})
        except CommitUnknownError:
            unknown = ApiError(
                503,
                "unknown",
                "the database went away while this was recorded, and it may have been done: "
                f"send it again with the same {HEADER}; without one, look first",
            )
            return JSONResponse(unknown.as_json(), 503, {"Retry-After": "2"})
        except StoreBusyError:
            busy = ApiError(503, "busy", "the database is busy; nothing was changed, try again")
            return JSONResponse(busy.as_json(), 503, {"Retry-After": "2"})
        if operation is not None and operation.media != JSON:
            return Response(body, status, media_type=operation.media)
        return JSONResponse(body, status)

    def _headers(self, status: int) -> dict[str, str]:
        if status == 401:
            return _REALM
        return {"Allow": ", ".join(sorted(self._operations))} if status == 405 else {}

    async def _bearer(self, request: HttpRequest) -> Bearer:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        bearer = None
        if scheme.lower() == "bearer" and token.strip():
            bearer = await self._services.store.read(bearer_of, token.strip())
        if bearer is None:
            raise ApiError(401, "unauthorized", "send a valid token as Authorization: Bearer …")
        return bearer

    async def _perform(self, request: HttpRequest, operation: Operation | None, bearer: Bearer) -> Made:
        if operation is None:
            raise ApiError(405, "method_not_allowed", "this path has no such method")
        for scope in operation.scopes:
            if not bearer.may(scope):
                raise ApiError(403, "forbidden", f"this token lacks the scope {scope.value}")
        given = request.path_params.get("id", "")
        if len(given) > 64 or "\x00" in given:
            raise not_found("id")
        query = _query(request, operation)
        body = await _body(request, operation)
        key = checked_key(request.headers.get(HEADER)) if operation.idempotent_by_key else None
        if isinstance(query, Wait) and query.wait:
            return await self._wait(operation, bearer, query, given)
        run = self._services.store.run if operation.writes else self._services.store.read
        async with self._turns.taken(bearer.organization):
            made = await run(_carry_out, operation, bearer, query, body, given, key)
            if operation.taken is not None:  # apart: nobody waits for the writer while all is gathered
                await self._services.store.run(operation.note_taken, bearer)
        return made

    async def _looked(self, operation: Operation, bearer: Bearer, query: Request, given: str) -> Made:
        async with self._turns.taken(bearer.organization):
            return await self._services.store.read(
                _carry_out, operation, bearer, query, Nothing(), given, None
            )

    async def _wait(self, operation: Operation, bearer: Bearer, query: Wait, given: str) -> Made:
        """Answer once there is an outcome, or when the time is up."""
        assert operation.waiting
        loop = asyncio.get_running_loop()
        until = loop.time() + query.wait
        bell = asyncio.Event()
        made: Made | None = None
        stop = self._services.store.on_wake(operation.waiting.topic(given), bell.set)
        try:
            while True:
                bell.clear()
                try:
                    made = await self._looked(operation, bearer, query, given)
                except CrowdedError:  # whoever was let in to wait is not sent away
                    if made is None:
                        raise
                left = until - loop.time()
                if left <= 0 or operation.waiting.settled(made[1]):
                    return made
                await _rings(bell, min(left, _LOOK_AGAIN_SECONDS))
        finally:
            stop()


async def _rings(bell: asyncio.Event, seconds: float) -> None:
    """Until the bell rings, or so many seconds at most."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return


def _carry_out(
    tx: Transaction,
    operation: Operation,
    bearer: Bearer,
    query: Request,
    body: Request,
    given: str,
    key: str | None,
) -> Made:
    try:
        roster = roster_of(tx, bearer.organization)
    except NoSuchOfficeError:
        raise ApiError(401, "unauthorized", "the office of this token is no more") from None
    asked = Asked(bearer, roster, query, body, given)
    if key is not None:
        return perform_once(tx, operation, asked, key)
    return operation.status, operation.carry_out(tx, asked).model_dump(mode="json")


def _query(request: HttpRequest, operation: Operation) -> Request:
    try:
        return operation.query.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise from_validation(error) from None


async def _body(request: HttpRequest, operation: Operation) -> Request:
    if operation.body is None:
        return Nothing()
    try:
        raw = await read_body(request, _MOST_BYTES)
    except BodyTooLongError:
        raise ApiError(400, "too_long", "the body is longer than 256 KB") from None
    except BodyBrokenOffError:
        raise ApiError(400, "broken_off", "the body did not arrive whole") from None
    try:
        return operation.body.model_validate_json(raw, strict=True)
    except ValidationError as error:
        if (
            error.errors(include_input=False, include_url=False, include_context=False)[0]["type"]
            == "json_invalid"
        ):
            raise ApiError(400, "bad_json", "the body is no JSON") from None
        raise from_validation(error) from None
