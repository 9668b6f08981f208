"""Requests to LINE, for any number of channels; what becomes of them is ours (bot/platforms/errors.py).

The SDK takes a second to import: the first request loads it, in a thread, while calls go on.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar
from uuid import UUID

from bot.platforms.cards import Card
from bot.platforms.errors import (
    PermanentError,
    PlatformError,
    QuotaError,
    ShutOutError,
    TemporaryError,
    UnknownOutcomeError,
)
from bot.platforms.line.flex import MESSAGES_AT_ONCE, messages
from bot.platforms.line.menu import NAME, PICTURE, rich_menu

R = TypeVar("R")

_TIMEOUT_SECONDS = 5
_MONTHLY_LIMIT = "monthly limit"
"""How the error message of a used-up month differs from that of a rate limit (both are 429)."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The month's paid messages of a channel; `limit` is None where the plan has none."""

    limit: int | None
    used: int


class LineClient:
    """One session for all channels; each request carries its channel's access token.

    Every method raises the errors of bot/platforms/errors.py.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._sdk: Any = None
        self._client: Any = None
        self._blob_client: Any = None  # pictures have a host of their own
        self._menus: dict[str, str] = {}  # our rich menu's id, by the channel's token
        self._making_menu = asyncio.Lock()

    async def push(self, token: str, to: str, cards: Sequence[Card], retry_key: str) -> None:
        """Send to a user or group, once for each `retry_key` (32 hexadecimal digits) within 24 hours."""
        sdk, api = await self._api()
        request = sdk.PushMessageRequest.from_dict({"to": to, "messages": _rendered(cards)})
        key = str(UUID(retry_key))
        await _outcome(api.push_message(request, x_line_retry_key=key, **_with(token)))

    async def reply(self, token: str, reply_token: str, cards: Sequence[Card]) -> None:
        """Answer an event: free of charge, once, within a minute. It takes no retry key."""
        sdk, api = await self._api()
        request = sdk.ReplyMessageRequest.from_dict({"replyToken": reply_token, "messages": _rendered(cards)})
        await _outcome(api.reply_message(request, **_with(token)))

    async def show_menu(self, token: str, user: str) -> None:
        """Show one user the staff's rich menu, which is made where the channel has none yet."""
        _, api = await self._api()
        try:
            async with self._making_menu:  # two people who begin at once have one menu
                if token not in self._menus:
                    self._menus[token] = await self._make_menu(token)
            await _outcome(api.link_rich_menu_id_to_user(user, self._menus[token], **_with(token)))
        except PermanentError:
            self._menus.pop(token, None)  # somebody may have deleted it: looked for again next time
            raise

    async def _make_menu(self, token: str) -> str:
        """The id of our menu, with its picture, however far an earlier attempt came."""
        sdk, api = await self._api()
        known = await _outcome(api.get_rich_menu_list(**_with(token)))
        menu: str | None = next((one.rich_menu_id for one in known.richmenus if one.name == NAME), None)
        if menu is None:
            request = sdk.RichMenuRequest.from_dict(rich_menu())
            menu = str((await _outcome(api.create_rich_menu(request, **_with(token)))).rich_menu_id)
        pictures = sdk.AsyncMessagingApiBlob(self._blob_client)
        try:
            await _outcome(pictures.get_rich_menu_image(menu, **_with(token)))
        except PermanentError as error:
            if error.code != "404":
                raise
            headers = {"Content-Type": "image/png"}
            picture = await asyncio.to_thread(PICTURE.read_bytes)
            with contextlib.suppress(PermanentError):  # it has one by now; else the menu cannot be shown
                await _outcome(pictures.set_rich_menu_image(menu, picture, _headers=headers, **_with(token)))
        return menu

    async def bot_user(self, token: str) -> str:
        """The user id of the channel's bot: what webhooks call `destination`."""
        _, api = await self._api()
        return str((await _outcome(api.get_bot_info(**_with(token)))).user_id)

    async def webhook_address(self, token: str) -> str:
        """The webhook address that the channel has; empty where it has none or it is switched off."""
        _, api = await self._api()
        try:
            endpoint = await _outcome(api.get_webhook_endpoint(**_with(token)))
        except PermanentError as error:
            if error.code == "404":
                return ""
            raise
        return str(endpoint.endpoint) if endpoint.active else ""

    async def try_webhook(self, token: str) -> str:
        """Have LINE call the webhook that the channel has; what it met, empty where all is well."""
        _, api = await self._api()
        tried = await _outcome(api.test_webhook_endpoint(**_with(token)))
        return "" if tried.success else f"{tried.reason} {tried.status_code}"

    async def is_in_group(self, token: str, group: str) -> bool:
        """Whether the channel's bot is a member of a group (`C…`); of a room (`R…`) LINE does not say."""
        _, api = await self._api()
        try:
            if group.startswith("C"):
                await _outcome(api.get_group_summary(group, **_with(token)))
        except PermanentError as error:
            if error.code == "404":
                return False
            raise
        return True

    async def quota(self, token: str) -> Quota:
        """The month's limit, and what is used of it."""
        _, api = await self._api()
        limit = await _outcome(api.get_message_quota(**_with(token)))
        used = await _outcome(api.get_message_quota_consumption(**_with(token)))
        return Quota(limit.value, used.total_usage)

    async def close(self) -> None:
        """Let go of connections."""
        for client in (self._client, self._blob_client):
            if client is not None:
                await client.close()
        self._client = self._blob_client = None

    async def _api(self) -> tuple[Any, Any]:
        """The SDK and its client, whose session belongs to the event loop that makes the first request."""
        if self._sdk is None:
            self._sdk = await asyncio.to_thread(import_module, "linebot.v3.messaging")
        if self._client is None:
            self._client = self._made(self._base_url)
            self._blob_client = self._made(self._base_url.replace("//api.line.me", "//api-data.line.me"))
        return self._sdk, self._sdk.AsyncMessagingApi(self._client)

    def _made(self, base_url: str) -> Any:
        """A client of the SDK. Each request brings its own token, which goes before the empty one."""
        return self._sdk.AsyncApiClient(self._sdk.Configuration(host=base_url, access_token=""))


def _rendered(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """As many messages as one request takes: where there are more, the last ones, with the buttons."""
    return [message for card in cards for message in messages(card)][-MESSAGES_AT_ONCE:]


def _with(token: str) -> dict[str, Any]:
    authorization = {"in": "header", "type": "bearer", "key": "Authorization", "value": f"Bearer {token}"}
    return {"_request_auth": authorization, "_request_timeout": _TIMEOUT_SECONDS}


async def _outcome(request: Awaitable[R]) -> R | Any:
    """What a request returned (None: accepted before), or why it failed as one of our errors."""
    import aiohttp
    from linebot.v3.messaging import ApiException

    try:
        return await request
    except ApiException as error:
        if error.status == 409 and "x-line-accepted-request-id" in error.headers:
            return None
        raise _judged(error) from error
    except aiohttp.ClientConnectorError as error:
        raise TemporaryError("LINE: no connection") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UnknownOutcomeError(f"LINE: {type(error).__name__}") from error
    except ValueError as error:  # a 200 whose body is not what the platform sends
        raise UnknownOutcomeError("LINE: unreadable answer") from error


def _judged(error: Any) -> PlatformError:
    """A refusal, sorted by what may be done about it."""
    status: int = error.status
    message = _message_of(error.body)
    said = f"LINE: {status} {message}".rstrip()
    if status == 429 and _MONTHLY_LIMIT in message:
        return QuotaError(said, code=message)
    if status == 429:
        return TemporaryError(said, retry_after=_retry_after(error.headers.get("Retry-After")))
    if status >= 500:
        return UnknownOutcomeError(said)
    return (ShutOutError if status == 401 else PermanentError)(said, code=str(status))


def _retry_after(seconds: str | None) -> timedelta | None:
    return timedelta(seconds=int(seconds)) if seconds and seconds.isascii() and seconds.isdigit() else None


def _message_of(body: Any) -> str:
    """The platform's own sentence: it names fields, never their contents."""
    try:
        found = json.loads(body)["message"]
    except (TypeError, ValueError, KeyError):
        return ""
    return found[:200] if isinstance(found, str) else ""
