"""`POST /slack/events`: every request of Slack, verified before anything of it is read."""

import json
from typing import TYPE_CHECKING, Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.services import Services
from bot.settings import reveal
from handlers.bodies import BodyBrokenOffError, BodyTooLongError, read_body
from handlers.refusals import count_refusal
from handlers.signatures import parse_form, slack_signature_fits
from handlers.slack.desk import SENT_AT
from handlers.slack.install import install_routes

if TYPE_CHECKING:
    from handlers.slack.app import SlackApp as App

_MOST_BYTES = 1_000_000
_PARSED = "socket_mode"
"""Bolt's name for requests that come as an object and not as text: it need not parse them once more."""

log = structlog.get_logger()


def slack_routes(services: Services) -> list[Route]:
    """What Slack calls, and what people open to install the app. Where Slack is off it refuses everything."""
    door = _Door(services)
    return [Route("/slack/events", door.knock, methods=["POST"]), *install_routes(services)]


class _GarbledError(ValueError):
    """A signed body that is not what Slack sends."""


class _Door:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._secret = reveal(services.settings.slack_signing_secret)
        self._app: App | None = None
        if services.settings.slack_on:
            from handlers.slack.app import SlackApp  # half a second of imports, only where Slack is on

            self._app = SlackApp(services)

    async def knock(self, request: Request) -> Response:
        """Refuse, or let in."""
        try:
            body = await read_body(request, _MOST_BYTES)
        except BodyTooLongError:
            return Response(status_code=413)
        except BodyBrokenOffError:
            return Response(status_code=400)
        if self._app is None or not self._signed(request, body):
            count_refusal("slack")
            return Response(status_code=401)
        return await _answered(self._app, request, body)

    def _signed(self, request: Request, body: bytes) -> bool:
        return slack_signature_fits(
            self._secret,
            body,
            request.headers.get("x-slack-request-timestamp"),
            request.headers.get("x-slack-signature"),
            self._services.clock.now(),
        )


def _content(body: bytes, content_type: str) -> dict[str, Any]:
    """What a body holds: an event's JSON, an interaction's payload, a command's fields.

    Raises:
        _GarbledError: none of the three.
    """
    try:
        if content_type.startswith("application/json"):
            return _object(json.loads(body))
        form = dict(parse_form(body))
        return _object(json.loads(form["payload"])) if "payload" in form else form
    except (ValueError, RecursionError):
        raise _GarbledError("the body is not what Slack sends") from None


def _object(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise _GarbledError("the body is no JSON object")
    return content


async def _answered(app: "App", request: Request, body: bytes) -> Response:
    """Slack's own checks are answered here, all else by bolt."""
    try:
        content = _content(body, request.headers.get("content-type", ""))
    except _GarbledError as error:
        return Response(str(error), status_code=400)
    content[SENT_AT] = request.headers.get("x-slack-request-timestamp", "")
    if content.get("ssl_check"):
        return Response(status_code=200)
    if content.get("type") == "url_verification":
        return JSONResponse({"challenge": str(content.get("challenge") or "")})
    return await _passed_on(app, content)


async def _passed_on(app: "App", content: dict[str, Any]) -> Response:
    """Bolt's answer; a kind of request that nobody listens to is acknowledged.

    Bolt trusts the shapes inside a signed body and breaks on others (its 500, or an exception); our
    own listeners never do. Such a body is nothing that Slack sends.
    """
    from slack_bolt.adapter.starlette.async_handler import to_starlette_response
    from slack_bolt.async_app import AsyncBoltRequest

    try:
        parsed = AsyncBoltRequest(body=content, mode=_PARSED)
        answer = await app.bolt.async_dispatch(parsed)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.warning("slack.garbled", why=type(error).__name__)
        return Response("the body is not what Slack sends", status_code=400)
    if answer.status == 500:
        return Response("the body is not what Slack sends", status_code=400)
    return Response(status_code=200) if answer.status == 404 else to_starlette_response(answer)
