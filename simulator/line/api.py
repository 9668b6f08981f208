"""The Messaging API over HTTP, with the checks and the errors of the real one.

Source: developers.line.biz/en/reference/messaging-api. Faults are ordered by the names in ROUTES.
"""

import json
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator.http import Faults
from simulator.line import limits, rich_menus, schema
from simulator.line.inbound import Inbound
from simulator.line.limits import Fault, Json
from simulator.line.model import RETRY_KEY_LIFE, Accepted, Account, Message

RETRY_KEY = "X-Line-Retry-Key"
_LOADING = range(5, 61, 5)  # seconds
_REASONS = {"timeout": "REQUEST_TIMEOUT", "connection": "COULD_NOT_CONNECT", "": "ERROR_STATUS_CODE"}
Endpoint = Callable[["MessagingApi", web.Request], Awaitable[web.Response]]


class RefusedError(Exception):
    """A request that LINE refuses: status, message, and details as (property, message)."""

    def __init__(self, status: int, message: str, details: list[Fault] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message}
        if details:
            self.body["details"] = [{"message": text, "property": path} for path, text in details]


class MessagingApi:
    """The endpoints over one account."""

    def __init__(
        self, account: Account, token: str, faults: Faults, spec: Path | None, inbound: Inbound
    ) -> None:
        self.account = account
        self.calls: list[tuple[str, Any]] = []
        self._inbound = inbound
        self._token = token
        self._faults = faults
        self._spec = spec

    def add_routes(self, app: web.Application) -> None:
        """Every endpoint, and 404 as LINE words it for the rest."""
        for verb, path, name, endpoint in ROUTES:
            app.router.add_route(verb, path, self._around(name, endpoint))
        app.router.add_route("*", "/{rest:(v2|bot)/.*}", self._around("unknown", MessagingApi.unknown))

    def _around(
        self, name: str, endpoint: Endpoint
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def call(request: web.Request) -> web.StreamResponse:
            try:
                self._authenticate(request)
                response = await endpoint(self, request)
            except RefusedError as refusal:
                self.account.changes.tell("refused", method=name, error=refusal.body["message"])
                response = web.json_response(refusal.body, status=refusal.status)
            response.headers["x-line-request-id"] = str(uuid.uuid4())
            return response

        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._faults.answer(name, request, call)

        return answer

    def _authenticate(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            reason = "invalid token. Confirm that the access token in the authorization header is valid."
            raise RefusedError(401, f"Authentication failed due to the following reason: {reason}")

    async def unknown(self, request: web.Request) -> web.Response:
        self.account.problem(f"{request.method} {request.path}: no such endpoint, or one the stand-in lacks")
        raise RefusedError(404, "Not found")

    async def _body(self, request: web.Request, name: str, schema_name: str | None = None) -> Json:
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise RefusedError(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
        self.calls.append((name, body))
        faults = schema.faults_of_body(self._spec, schema_name, body) if schema_name else []
        if "messages" in body:
            faults += limits.faults_of_messages(body["messages"])
        self.refuse(name, faults)
        return body

    def refuse(self, name: str, faults: list[Fault]) -> None:
        """Refuse a body with faults, and note them: the product should not have sent it."""
        if faults:
            listed = "; ".join(f"{path}: {text}" for path, text in faults)
            self.account.problem(f"{name}: {listed}")
            raise RefusedError(400, f"The request body has {len(faults)} error(s)", faults)

    # ---- sending -----------------------------------------------------------------------------

    async def reply(self, request: web.Request) -> web.Response:
        if RETRY_KEY in request.headers:
            self.account.problem(f"reply: {RETRY_KEY} is not for this endpoint")
            raise RefusedError(400, f"{RETRY_KEY} is not supported on this endpoint")
        body = await self._body(request, "reply", "ReplyMessageRequest")
        token = self.account.reply_tokens.get(str(body.get("replyToken")))
        if token is None or token.used or not token.alive(self.account.now()):
            why = "unknown" if token is None else "used before" if token.used else "older than a minute"
            self.account.problem(f"reply: the reply token is {why}")
            raise RefusedError(400, "Invalid reply token")
        token.used = True
        return web.json_response({"sentMessages": self._deliver(token.chat, body["messages"], push=False)})

    async def push(self, request: web.Request) -> web.Response:
        key = self._retry_key(request)
        body = await self._body(request, "push", "PushMessageRequest")
        if key is not None and (earlier := self._accepted(key, body)):
            repeated = {"message": "The retry key is already accepted", "sentMessages": earlier.sent}
            header = {"x-line-accepted-request-id": earlier.request_id}
            return web.json_response(repeated, status=409, headers=header)
        counted = self.account.recipients(str(body.get("to")))
        if counted is None:
            self.account.problem("push: to somebody the account does not know")
            raise RefusedError(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
        if self.account.quota is not None and self.account.used + counted > self.account.quota:
            raise RefusedError(429, "You have reached your monthly limit.")
        self.account.usage[self.account.month] = self.account.used + counted
        sent = self._deliver(body["to"], body["messages"], push=True)
        if key is not None:
            self.account.accepted[key] = Accepted(str(uuid.uuid4()), sent, self.account.now(), body)
        return web.json_response({"sentMessages": sent})

    def _retry_key(self, request: web.Request) -> str | None:
        key = request.headers.get(RETRY_KEY)
        if key is None:
            return None
        try:
            return str(uuid.UUID(key))
        except ValueError:
            self.account.problem("push: the retry key is no UUID")
            raise RefusedError(400, f"The header {RETRY_KEY} is invalid") from None

    def _accepted(self, key: str, body: Json) -> Accepted | None:
        earlier = self.account.accepted.get(key)
        if earlier is None or self.account.now() - earlier.at > RETRY_KEY_LIFE:
            return None
        if earlier.body != body:
            self.account.problem("push: a retry key again, with another body")
        return earlier

    def _deliver(self, chat: str, messages: list[Json], *, push: bool) -> list[Json]:
        user = self.account.users.get(chat)
        lost = user is not None and not user.follows  # accepted, and shown to nobody
        sent = []
        for number, body in enumerate(messages, start=1):
            if "quickReply" in body and number < len(messages):
                self.account.problem("quick replies on a message that is not the last are never shown")
            message = Message(self.account.number(), chat, None, body, self.account.now(), was_push=push)
            if not lost:
                self.account.keep(message)
            sent.append({"id": message.id, "quoteToken": f"q{message.id}"})
        return sent

    async def validate(self, request: web.Request) -> web.Response:
        await self._body(request, "validate", "ValidateMessageRequest")
        return web.json_response({})

    # ---- knowing -----------------------------------------------------------------------------

    async def show_quota(self, _request: web.Request) -> web.Response:
        quota = self.account.quota
        return web.json_response({"type": "none"} if quota is None else {"type": "limited", "value": quota})

    async def consumption(self, _request: web.Request) -> web.Response:
        return web.json_response({"totalUsage": self.account.used})

    async def info(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "userId": self.account.destination,
                "basicId": "@standin",
                "displayName": "Toritsugi",
                "chatMode": "bot",
                "markAsReadMode": "auto",
            }
        )

    async def profile(self, request: web.Request) -> web.Response:
        user = self.account.users.get(request.match_info["user"])
        if user is None or not user.follows:
            raise RefusedError(404, "Not found")
        return web.json_response({"userId": user.id, "displayName": user.name, "language": "ja"})

    async def group_summary(self, request: web.Request) -> web.Response:
        group = self._group(request)
        return web.json_response({"groupId": group.id, "groupName": group.name})

    async def group_count(self, request: web.Request) -> web.Response:
        return web.json_response({"count": len(self._group(request).members)})

    async def group_member(self, request: web.Request) -> web.Response:
        user = self.account.users.get(request.match_info["user"])
        if user is None or user.id not in self._group(request).members:
            raise RefusedError(404, "Not found")
        return web.json_response({"userId": user.id, "displayName": user.name})

    async def leave_group(self, request: web.Request) -> web.Response:
        self._group(request).joined = False
        return web.json_response({})

    def _group(self, request: web.Request) -> Any:
        group = self.account.groups.get(request.match_info["group"])
        if group is None or not group.joined:
            raise RefusedError(404, "Not found")
        return group

    # ---- the rest ----------------------------------------------------------------------------

    async def start_loading(self, request: web.Request) -> web.Response:
        body = await self._body(request, "loading", "ShowLoadingAnimationRequest")
        seconds = body.get("loadingSeconds", 20)
        if body.get("chatId") not in self.account.users or seconds not in _LOADING:
            self.refuse("loading", [("chatId", "a user, and 5 to 60 seconds in steps of 5")])
        self.account.loading.append((body["chatId"], seconds))
        return web.json_response({}, status=202)

    async def mark_as_read(self, request: web.Request) -> web.Response:
        body = await self._body(request, "markAsRead", "MarkMessagesAsReadByTokenRequest")
        self.account.read.append(body["markAsReadToken"])
        return web.json_response({})

    async def show_endpoint(self, _request: web.Request) -> web.Response:
        if self._inbound.url is None:
            raise RefusedError(404, "Not found")
        return web.json_response({"endpoint": self._inbound.url, "active": True})

    async def set_endpoint(self, request: web.Request) -> web.Response:
        body = await self._body(request, "endpoint", "SetWebhookEndpointRequest")
        self._inbound.url = body["endpoint"]
        return web.json_response({})

    async def check_endpoint(self, _request: web.Request) -> web.Response:
        answer = await self._inbound.post([])
        now = self.account.now().astimezone(UTC)
        return web.json_response(
            {
                "success": answer.ok,
                "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "statusCode": answer.status or 0,
                "reason": "OK" if answer.ok else _REASONS[answer.failure],
                "detail": str(answer.status or answer.failure),
            }
        )

    async def create_rich_menu(self, request: web.Request) -> web.Response:
        body = await self._body(request, "richmenu", "RichMenuRequest")
        self.refuse("richmenu", limits.faults_of_rich_menu(body))
        checked_only = request.path.endswith("/validate")
        created = {} if checked_only else {"richMenuId": rich_menus.create(self.account, body)}
        return web.json_response(created)

    async def rich_menu(self, request: web.Request) -> web.Response:
        """Everything about rich menus but creation."""
        status, answer, faults = rich_menus.handle(
            self.account, request.method, dict(request.match_info), request.path, await request.read()
        )
        self.refuse("richmenu", faults)
        if isinstance(answer, bytes):
            return web.Response(body=answer, content_type="image/png")
        return web.json_response(answer, status=status)


_BOT = "/v2/bot"
_MESSAGE = f"{_BOT}/message"
_MENU = f"{_BOT}/richmenu"
_GROUP = f"{_BOT}/group/{{group}}"
ROUTES: list[tuple[str, str, str, Endpoint]] = [
    ("POST", f"{_MESSAGE}/reply", "reply", MessagingApi.reply),
    ("POST", f"{_MESSAGE}/push", "push", MessagingApi.push),
    (
        "POST",
        f"{_MESSAGE}/validate/{{kind:reply|push|multicast|broadcast}}",
        "validate",
        MessagingApi.validate,
    ),
    ("GET", f"{_MESSAGE}/quota", "quota", MessagingApi.show_quota),
    ("GET", f"{_MESSAGE}/quota/consumption", "consumption", MessagingApi.consumption),
    ("GET", f"{_BOT}/info", "info", MessagingApi.info),
    ("GET", f"{_BOT}/profile/{{user}}", "profile", MessagingApi.profile),
    ("GET", f"{_GROUP}/summary", "group", MessagingApi.group_summary),
    ("GET", f"{_GROUP}/members/count", "group", MessagingApi.group_count),
    ("GET", f"{_GROUP}/member/{{user}}", "group", MessagingApi.group_member),
    ("POST", f"{_GROUP}/leave", "group", MessagingApi.leave_group),
    ("POST", f"{_BOT}/chat/loading/start", "loading", MessagingApi.start_loading),
    ("POST", f"{_BOT}/chat/markAsRead", "markAsRead", MessagingApi.mark_as_read),
    ("GET", f"{_BOT}/channel/webhook/endpoint", "endpoint", MessagingApi.show_endpoint),
    ("PUT", f"{_BOT}/channel/webhook/endpoint", "endpoint", MessagingApi.set_endpoint),
    ("POST", f"{_BOT}/channel/webhook/test", "endpoint", MessagingApi.check_endpoint),
    ("POST", _MENU, "richmenu", MessagingApi.create_rich_menu),
    ("POST", f"{_MENU}/validate", "richmenu", MessagingApi.create_rich_menu),
    ("GET", f"{_MENU}/list", "richmenu", MessagingApi.rich_menu),
    ("*", f"{_MENU}/{{menu}}", "richmenu", MessagingApi.rich_menu),
    ("*", f"{_MENU}/{{menu}}/content", "richmenu", MessagingApi.rich_menu),
    ("*", f"{_BOT}/user/{{user}}/richmenu", "richmenu", MessagingApi.rich_menu),
    ("POST", f"{_BOT}/user/{{user}}/richmenu/{{menu}}", "richmenu", MessagingApi.rich_menu),
]
