"""Slack, as far as a bot can tell: a real HTTP server on the loopback, and the people who use it.

    slack = SlackStandIn("secret", "xoxb-1", "http://127.0.0.1:8000/slack/events",
                         users=["U0SATO"], channels=["C0CALLS"])
    async with slack.running() as base:                # http://127.0.0.1:PORT; SLACK_API_URL=slack.api_url
        await slack.user("U0SATO").types("/away", "出張 明日まで")

| route | as at Slack |
| --- | --- |
| `POST /api/METHOD` | the Web API (`web_api.METHODS`), bearer token checked |
| `POST /response/TOKEN` | a `response_url`: five uses in thirty minutes |
| `POST /upload/FILE` | where `files.getUploadURLExternal` sends the content |
| `/_control/…` | the same people over HTTP, for a page: see `control` |

Whatever the product does against Slack's rules is a line in `problems`; what it posted and no test
looked at is in `unexpected`.
"""

import base64
import json
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from simulator.courier import Courier
from simulator.http import Faults, Now, serving, system_now
from simulator.slack import control
from simulator.slack.blocks import Json
from simulator.slack.errors import ApiError
from simulator.slack.inbound import Inbound
from simulator.slack.model import (
    RESPONSE_URL_LIFE,
    RESPONSE_URL_USES,
    Channel,
    Message,
    ResponseUrl,
    User,
    Workspace,
)
from simulator.slack.people import Person
from simulator.slack.web_api import METHODS, WebApi

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
        "users:read.email",
    }
)
BODY_MOST = 20 * 2**20  # bytes, uploads included


class SlackStandIn:
    """One workspace with the product's app installed."""

    def __init__(
        self,
        signing_secret: str,
        bot_token: str,
        events_url: str | None = None,
        *,
        team: str = "T0SMILE",
        users: Iterable[User | str] = (),
        channels: Iterable[Channel | str] = (),
        scopes: Iterable[str] = SCOPES,
        client: tuple[str, str] = ("stand-in-client", "stand-in-client-secret"),
        now: Now = system_now,
        signed_at: Now | None = None,
    ) -> None:
        """A user or channel given by id alone gets a name made of it; all are members of every channel.

        Without `events_url` (the product's `/slack/events`) nothing is sent; it may be set later.
        `client` is the app's id and secret for OAuth (`allows` gives a code to exchange). `now` gives
        aware instants, for time stamps and everything that expires; `signed_at` for signatures, where
        the product checks those by another clock.
        """
        people = [User(one) if isinstance(one, str) else one for one in users]
        places = [Channel(one) if isinstance(one, str) else one for one in channels]
        self.space = Workspace(team, people, places, now)
        self.problems = self.space.problems
        self.scopes = frozenset(scopes)
        self.faults = Faults(
            rate_limited='{"ok":false,"error":"ratelimited"}',
            failed='{"ok":false,"error":"internal_error"}',
            problems=self.problems,
            now=now,
        )
        self.courier = Courier()
        self.inbound = Inbound(self.space, signing_secret, events_url, self.courier, signed_at or now)
        self.calls: list[tuple[str, Json]] = []
        self._token = bot_token
        self._client = client
        self._codes: dict[str, str] = {}
        self._api = WebApi(self.space)

    # ---- looking on --------------------------------------------------------------------------

    @property
    def events_url(self) -> str | None:
        """Where the product hears of everything."""
        return self.inbound.url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self.inbound.url = url

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL should be; ends in `/api/`."""
        return f"{self.space.base}/api/"

    def user(self, user_id: str) -> Person:
        """A member; KeyError where there is none of this id."""
        return Person(self.space, self.inbound, self.space.users[user_id])

    def channel(self, channel_id: str) -> Channel:
        """A channel; KeyError where there is none of this id."""
        return self.space.channels[channel_id]

    def dm(self, user_id: str) -> Channel:
        """The bot's direct message with a member."""
        return self.space.dm(user_id)

    def add_user(self, user: User) -> Person:
        """Somebody joins the workspace."""
        self.space.users[user.id] = user
        return self.user(user.id)

    @property
    def unexpected(self) -> list[Message]:
        """What the bot posted or edited last and nobody's test looked at."""
        return [
            message
            for channel in self.space.channels.values()
            for message in channel.log
            if message.from_bot and not message.deleted and not message.expected
        ]

    def refuses(self, method: str, error: str, *, times: int | None = 1) -> None:
        """Let the next calls of a method be answered with an error: `edit_window_closed`, `token_revoked`."""
        body = json.dumps({"ok": False, "error": error})
        self.faults.order(method, "answer", status=200, body=body, times=times)

    def allows(self, user_id: str) -> str:
        """A member allows the installation: the code that Slack appends to the redirect, good once."""
        code = secrets.token_hex(16)
        self._codes[code] = user_id
        return code

    def calls_of(self, method: str) -> list[Json]:
        """The arguments of every call of a method, refused ones included."""
        return [args for name, args in self.calls if name == method]

    async def settled(self) -> None:
        """Wait until the events under way are delivered or given up."""
        await self.courier.settled()

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[str]:
        """Serve on the loopback; yields the base `http://127.0.0.1:PORT`."""
        app = web.Application(client_max_size=BODY_MOST)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/response/{token}", self._response)
        app.router.add_post("/upload/{file}", self._upload)
        control.add_routes(app, self)
        async with self.courier, serving(app, port) as base:
            self.space.base = base
            yield base

    # ---- the Web API -------------------------------------------------------------------------

    async def _method(self, request: web.Request) -> web.StreamResponse:
        return await self.faults.answer(request.match_info["method"], request, self._call)

    async def _call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        try:
            args = await _arguments(request, reads_json=name not in METHODS or METHODS[name].reads_json)
            if name == "oauth.v2.access":
                answer = self._exchange(request, args)
            else:
                self._authenticate(request, args)
                self.calls.append((name, args))
                answer = self._api.call(name, dict(args), self.scopes)
        except ApiError as error:
            self.space.changes.tell("refused", method=name, error=error.error)
            answer = {"ok": False, "error": error.error} | error.more
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(sorted(self.scopes))})

    def _authenticate(self, request: web.Request, args: Json) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = args.pop("token", "")
        args.pop("token", None)
        if not token:
            raise ApiError("not_authed")
        if token != self._token:
            raise ApiError("invalid_auth")

    def _exchange(self, request: web.Request, args: Json) -> Json:
        """`oauth.v2.access`: a code for the bot's token; the client is known by Basic authentication."""
        given: tuple[Any, Any] = (args.get("client_id"), args.get("client_secret"))
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            login, _, password = base64.b64decode(encoded).decode().partition(":")
            given = (login, password)
        if given != self._client:
            raise ApiError("bad_client_secret" if given[0] == self._client[0] else "invalid_client_id")
        user = self._codes.pop(str(args.get("code")), None)
        if user is None:
            raise ApiError("invalid_code")
        return {
            "ok": True,
            "access_token": self._token,
            "token_type": "bot",
            "scope": ",".join(sorted(self.scopes)),
            "bot_user_id": self.space.bot.id,
            "app_id": self.space.app_id,
            "team": {"id": self.space.team, "name": self.space.team},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": user},
        }

    # ---- response_url, uploads ---------------------------------------------------------------

    async def _response(self, request: web.Request) -> web.StreamResponse:
        return await self.faults.answer("response_url", request, self._respond)

    async def _respond(self, request: web.Request) -> web.Response:
        use = self.space.response_urls.get(request.match_info["token"])
        if use is None or self.space.now() - use.at > RESPONSE_URL_LIFE:
            self.space.problem("response_url: unknown, or used more than 30 minutes after")
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if use.uses >= RESPONSE_URL_USES:
            self.space.problem("response_url: used more than five times")
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        use.uses += 1
        try:
            self._apply(use, json.loads(await request.text()))
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.error}, status=400)
        return web.json_response({"ok": True})

    def _apply(self, use: ResponseUrl, said: Json) -> None:
        original = use.message if use.message is not None and not use.message.deleted else None
        if said.get("delete_original"):
            if original is None:
                raise ApiError("message_not_found")
            self.space.remove(original)
            return
        self._api.check_content("response_url", said)
        text, blocks = str(said.get("text") or ""), said.get("blocks") or []
        if said.get("replace_original") and original is not None:
            self.space.change(original, plain=text, blocks=blocks, attachments=said.get("attachments") or [])
            return
        public = said.get("response_type") == "in_channel"
        self.space.keep(
            Message(
                use.channel,
                self.space.next_ts(),
                self.space.bot.id,
                text,
                blocks,
                said.get("attachments") or [],
                thread_ts=said.get("thread_ts"),
                ephemeral_to=None if public else use.user,
                from_bot=True,
            )
        )

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.space.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        body = await request.read()
        if request.content_type == "multipart/form-data":
            form = await request.post()
            body = next((part.file.read() for part in form.values() if isinstance(part, web.FileField)), b"")
        if len(body) != file["size"]:
            self.space.problem(f"upload: {len(body)} bytes where {file['size']} were announced")
        file["content"] = body
        return web.Response(text=f"OK - {len(body)}")


async def _arguments(request: web.Request, *, reads_json: bool) -> Json:
    """Query and body in one; the methods that only read do not look at a JSON body, as at Slack."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(body, dict):
            raise ApiError("json_not_object")
        return args | (body if reads_json else {})
    return args | dict(await request.post())
