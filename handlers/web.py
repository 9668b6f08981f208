"""The web process: every route, and what runs beside them."""

import asyncio
import contextlib
import importlib
from collections.abc import AsyncIterator
from time import perf_counter

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.delivery.queue import release_claims
from bot.office.roster import all_organizations, roster_of
from bot.reception.understanding import understand
from bot.scripts import render
from bot.services import Services
from bot.store.store import StoreBusyError
from bot.store.transaction import Transaction
from handlers.api.routes import api_routes
from handlers.composition import make_sender
from handlers.health import health_routes
from handlers.line.webhook import line_routes
from handlers.metrics import http_answers, http_seconds
from handlers.pictures import picture_routes
from handlers.slack.routes import slack_routes
from handlers.voice.routes import voice_routes
from jobs.table import make_ticker

log = structlog.get_logger()
_WARM_OFFICES = 20


def create_app(services: Services, *, with_jobs: bool) -> Starlette:
    """The application. `with_jobs`: this process also ticks (always so on SQLite)."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with running(services, with_jobs=with_jobs):
            yield

    return Starlette(
        routes=[
            *voice_routes(services),
            *slack_routes(services),
            *line_routes(services),
            *api_routes(services),
            *health_routes(services),
            *picture_routes(services),
        ],
        middleware=[Middleware(_Measured)],
        exception_handlers={Exception: _broken},
        lifespan=lifespan,
    )


def create_worker_app(services: Services) -> Starlette:
    """A worker's own address: whether it lives, and its figures."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with running(services, with_jobs=True):
            yield

    return Starlette(routes=health_routes(services), middleware=[Middleware(_Measured)], lifespan=lifespan)


@contextlib.asynccontextmanager
async def running(services: Services, *, with_jobs: bool) -> AsyncIterator[None]:
    """The sender, and the jobs where wanted; on the way out what is being sent is finished."""
    sender = make_sender(services)
    if services.store.is_sqlite:
        await services.store.run(release_claims)
    sending = asyncio.create_task(sender.run())
    ticker = make_ticker(services) if with_jobs else None
    if ticker:
        ticker.start()
    warming = asyncio.create_task(asyncio.to_thread(_warm_up, services))
    log.info("process.started", jobs=with_jobs)
    try:
        yield
    finally:
        await warming
        if ticker:
            await ticker.stop()
        sender.stop()
        await sending
        await services.close()
        log.info("process.stopped")


def _warm_up(services: Services) -> None:
    """Beside the event loop: heavy SDK parts and tables of names, so that no caller waits for them."""
    if services.settings.twilio_on:
        importlib.import_module("twilio.rest.api.v2010.account.call")
    with contextlib.suppress(StoreBusyError):
        on_line = services.store.read_now(_know_names)
        if services.settings.line_on and on_line:
            importlib.import_module("linebot.v3.messaging")  # the largest of all, so only where used


def _know_names(tx: Transaction) -> bool:
    """Read the tables of names once, and the people of the first offices; whether any of these uses LINE."""
    on_line = False
    for organization in all_organizations(tx)[:_WARM_OFFICES]:
        roster = roster_of(tx, organization)
        understand("お世話になっております", roster.directory)
        render(roster.office, "greeting")
        on_line |= roster.uses_line
    return on_line


async def _broken(request: Request, error: Exception) -> Response:
    log.error("http.broken", path=request.url.path, exc_info=error)
    return JSONResponse({"error": "internal", "detail": "something broke on our side; it is in the log"}, 500)


class _Measured:
    """Times and counts each route's answers for `/metrics`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = scope.get("route")
            path = route.path if route else "unknown"
            http_seconds.labels(path).observe(perf_counter() - started)
            http_answers.labels(path, f"{status // 100}xx").inc()
