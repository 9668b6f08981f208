"""Slack's Web API, as far as we use it; its failures become ours here.

Nothing is retried inside: Slack has no idempotency key, so a post whose outcome is unknown must be
looked for by its metadata first (`find`). Sources: docs.slack.dev/reference/methods,
docs.slack.dev/apis/web-api/rate-limits.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.cards import Card
from bot.platforms.errors import (
    PermanentError,
    PlatformError,
    ShutOutError,
    TemporaryError,
    UnknownOutcomeError,
)
from bot.platforms.slack.blocks import blocks, text

if TYPE_CHECKING:  # half a second of imports, needed only once something is sent
    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

METADATA_TYPE = "toritsugi"
TokenOf = Callable[[str], Awaitable[str | None]]

T = TypeVar("T")
_NOBODY = {"user_not_found", "user_disabled", "users_not_found", "user_not_visible", "cannot_dm_bot"}

_TIMEOUT = aiohttp.ClientTimeout(total=5, connect=2)
_HISTORY_PAGES = 5
_HISTORY_PAGE = 200
_CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far Slack's time stamps may lie before our own clock's."""

_LATER = {"ratelimited", "rate_limited", "service_unavailable", "request_timeout", "team_added_to_org"}
_SHUT_OUT = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
_MAYBE = {"fatal_error", "internal_error"}
"""Slack: "it's possible some aspect of the operation succeeded before the error was raised"."""


@dataclass(frozen=True, slots=True)
class SlackReference:
    """Where a message is kept: the conversation's id (`D…` for direct messages) and its time stamp."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class SlackIdentity:
    """Whom Slack takes us for. `scopes` may be empty where Slack does not say; `server_time` is aware."""

    team: str
    bot_user: str
    scopes: tuple[str, ...]
    server_time: datetime | None


@dataclass(frozen=True, slots=True)
class SlackInstallation:
    """A workspace that somebody (`by`, a user's id) has allowed the app into."""

    team: str
    token: str
    by: str


class SlackClient:
    """Access to Slack. Made anywhere, used inside one event loop, closed with `close`.

    `team` is the workspace that is meant, where there may be several. Every method raises the errors
    of bot/platforms/errors.py and no others.
    """

    def __init__(self, token: str, base_url: str, token_of: TokenOf | None = None) -> None:
        """`token_of` knows the tokens of workspaces installed by OAuth; `token` serves all others."""
        self._token = token
        self._token_of = token_of
        self._base_url = base_url
        self._session: aiohttp.ClientSession | None = None
        self._web: AsyncWebClient | None = None

    async def post(self, channel: str, card: Card, identity: str, *, team: str = "") -> SlackReference:
        """Post to a channel, or to a user's direct message; `identity` is what `find` looks for."""
        token = await self._token_for(team)
        answer = await self._call(
            lambda web: web.chat_postMessage(
                token=token,
                channel=channel,
                text=text(card),
                blocks=blocks(card),
                metadata={"event_type": METADATA_TYPE, "event_payload": {"id": identity}},
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return SlackReference(str(answer["channel"]), str(answer["ts"]))

    async def update(self, reference: SlackReference, card: Card, *, team: str = "") -> None:
        """Change a message in place; doing it twice does no harm."""
        token = await self._token_for(team)
        await self._call(
            lambda web: web.chat_update(
                token=token,
                channel=reference.channel,
                ts=reference.ts,
                text=text(card),
                blocks=blocks(card),
            )
        )

    async def upload(self, channel: str, content: bytes, *, name: str, title: str, team: str = "") -> str:
        """Show a file in a channel; its id. Slack takes a repeated upload for a second file."""
        token = await self._token_for(team)
        size = len(content)
        place = await self._call(
            lambda web: web.files_getUploadURLExternal(token=token, filename=name, length=size, alt_txt=title)
        )
        file, url = str(place.get("file_id") or ""), str(place.get("upload_url") or "")
        status, answer, retry_after = await _outcome(self._post_bytes(url, content))
        if status != 200:
            raise _refused("upload", status, answer, retry_after)
        await self._call(
            lambda web: web.files_completeUploadExternal(
                token=token, files=[{"id": file, "title": title}], channel_id=channel
            )
        )
        return file

    async def find(
        self, channel: str, identity: str, oldest: datetime, *, team: str = ""
    ) -> SlackReference | None:
        """Look for a message that we may have posted since `oldest`, by its identity."""
        token = await self._token_for(team)
        place = await self._conversation(channel, token)
        cursor = ""
        for _ in range(_HISTORY_PAGES):
            page = await self._history(place, cursor, oldest - _CLOCK_TOLERANCE, token)
            for message in page.get("messages") or []:
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                if metadata.get("event_type") == METADATA_TYPE and payload.get("id") == identity:
                    return SlackReference(place, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        return None

    async def respond(self, response_url: str, card: Card, *, replace: bool) -> None:
        """Answer a command or a tap: only its person sees it, unless it replaces the card tapped."""
        if not self._is_slacks(response_url):
            raise PermanentError("the response_url is none of Slack's", "forbidden")
        body = {
            "response_type": "ephemeral",
            "replace_original": replace,
            "text": text(card),
            "blocks": blocks(card),
        }
        status, answer, retry_after = await _outcome(self._post_json(response_url, body))
        if status != 200:
            raise _refused("response_url", status, answer, retry_after)

    async def open_view(self, trigger_id: str, view: dict[str, Any], *, team: str = "") -> None:
        """Open a form; the trigger lives three seconds."""
        token = await self._token_for(team)
        await self._call(lambda web: web.views_open(token=token, trigger_id=trigger_id, view=view))

    async def publish_home(self, user: str, view: dict[str, Any], *, team: str = "") -> None:
        """Show a user their Home tab."""
        token = await self._token_for(team)
        await self._call(lambda web: web.views_publish(token=token, user_id=user, view=view))

    async def identity(self, *, team: str = "") -> SlackIdentity:
        """Whom Slack takes us for: for `doctor`."""
        token = await self._token_for(team)
        answer = await self._answer(lambda web: web.auth_test(token=token))
        said = answer.data if isinstance(answer.data, dict) else {}
        scopes = str(answer.headers.get("X-OAuth-Scopes") or "")
        date = answer.headers.get("Date")
        return SlackIdentity(
            team=str(said.get("team_id") or ""),
            bot_user=str(said.get("user_id") or ""),
            scopes=tuple(scope.strip() for scope in scopes.split(",") if scope.strip()),
            server_time=parsedate_to_datetime(date) if date else None,
        )

    async def look_into(self, channel: str, now: datetime, *, team: str = "") -> None:
        """Read nothing of a channel: refused with Slack's reason where the bot is not in it. For `doctor`."""
        await self._history(channel, "", now, await self._token_for(team))

    async def knows(self, user: str, *, team: str = "") -> bool:
        """Whether a member of the workspace has that id and is active: for `doctor`."""
        try:
            await self._conversation(user, await self._token_for(team))
        except PermanentError as error:
            if error.code in _NOBODY:
                return False
            raise
        return True

    async def exchange(
        self, client_id: str, client_secret: str, code: str, redirect_uri: str
    ) -> SlackInstallation:
        """The token that somebody's consent stands for; a code is good once."""
        consent = {
            "client_id": client_id,
            "client_secret": client_secret,
            "code": code,
            "redirect_uri": redirect_uri,
        }  # in the body, because the SDK's own method uses a class that aiohttp is about to drop
        answer = await self._call(lambda web: web.api_call("oauth.v2.access", data=consent))
        team, token = (answer.get("team") or {}).get("id"), answer.get("access_token")
        if not team or not token:
            raise PermanentError("Slack gave no token for one workspace", "no_token")
        by = (answer.get("authed_user") or {}).get("id") or ""
        return SlackInstallation(str(team), str(token), str(by))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def _token_for(self, team: str) -> str:
        installed = await self._token_of(team) if team and self._token_of else None
        token = installed or self._token
        if not token:
            raise ShutOutError("the app is not installed in this Slack workspace", "not_installed")
        return token

    async def _conversation(self, channel: str, token: str) -> str:
        """The conversation that a user's id stands for; a channel stands for itself."""
        if not channel.startswith(("U", "W")):
            return channel
        answer = await self._call(lambda web: web.conversations_open(token=token, users=channel))
        return str(answer["channel"]["id"])

    async def _history(self, channel: str, cursor: str, oldest: datetime, token: str) -> dict[str, Any]:
        return await self._call(
            lambda web: web.conversations_history(
                token=token,
                channel=channel,
                cursor=cursor or None,
                oldest=f"{oldest.timestamp():.6f}",
                limit=_HISTORY_PAGE,
                include_all_metadata=True,
            )
        )

    async def _call(
        self, request: Callable[["AsyncWebClient"], Awaitable["AsyncSlackResponse"]]
    ) -> dict[str, Any]:
        answer = await self._answer(request)
        return answer.data if isinstance(answer.data, dict) else {}

    async def _answer(
        self, request: Callable[["AsyncWebClient"], Awaitable["AsyncSlackResponse"]]
    ) -> "AsyncSlackResponse":
        from slack_sdk.errors import SlackApiError

        try:
            return await _outcome(request(self._client()))
        except SlackApiError as error:
            raise _refusal(error) from None

    def _is_slacks(self, url: str) -> bool:
        """Whether an address that came with a request leads to Slack, or to what stands in for it."""
        try:
            ours, theirs = urlsplit(self._base_url), urlsplit(url)
            host = theirs.hostname or ""
        except ValueError:
            return False
        if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
            return True
        return theirs.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))

    async def _post_json(self, url: str, body: dict[str, Any]) -> tuple[int, str, str | None]:
        async with self._shared_session().post(url, json=body, allow_redirects=False) as response:
            found = await response.text(errors="replace")
            return response.status, found, response.headers.get("Retry-After")

    async def _post_bytes(self, url: str, content: bytes) -> tuple[int, str, str | None]:
        async with self._shared_session().post(url, data=content, allow_redirects=False) as response:
            found = await response.text(errors="replace")
            return response.status, found, response.headers.get("Retry-After")

    def _client(self) -> "AsyncWebClient":
        if self._web is None:
            from slack_sdk.web.async_client import AsyncWebClient

            self._web = AsyncWebClient(
                base_url=self._base_url,
                session=self._shared_session(),
                retry_handlers=[],
            )
        return self._web

    def _shared_session(self) -> aiohttp.ClientSession:
        """One for all requests, made inside the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self._session


async def _outcome(request: Awaitable[T]) -> T:
    """What a request brings, its failures on the way sorted into "not sent" and "who knows"."""
    try:
        return await request
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise TemporaryError(f"Slack cannot be reached: {type(error).__name__}") from None
    except (TimeoutError, asyncio.IncompleteReadError) as error:
        raise UnknownOutcomeError(f"no answer from Slack: {type(error).__name__}") from None
    except (aiohttp.InvalidURL, ValueError) as error:
        raise PermanentError(f"Slack cannot be asked: {type(error).__name__}", "invalid_request") from None
    except aiohttp.ClientError as error:
        raise UnknownOutcomeError(f"the connection to Slack broke: {type(error).__name__}") from None


def _refusal(error: Any) -> PlatformError:
    """Ours for a `SlackApiError`, whose response is Slack's answer or, unreadable, aiohttp's."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    return _refused("api", int(status or 0), code, response.headers.get("Retry-After"))


def _refused(what: str, status: int, answer: str, retry_after: str | None) -> PlatformError:
    code = _code(answer)
    if status == 429:
        return TemporaryError(f"Slack {what}: too many requests", _seconds(retry_after))
    if code in _LATER:
        return TemporaryError(f"Slack {what}: {code}", _seconds(retry_after))
    if status >= 500 or code in _MAYBE or (status < 400 and not code):
        return UnknownOutcomeError(f"Slack {what}: status {status} {code}".rstrip())
    error = ShutOutError if code in _SHUT_OUT else PermanentError
    return error(f"Slack {what}: {code or status}", code)


def _code(answer: str) -> str:
    """Slack's own word in an answer that is that word, or JSON with it; empty where there is none."""
    if answer.startswith("{"):
        try:
            answer = str(json.loads(answer).get("error") or "")
        except ValueError:
            return ""
    return answer if answer.isascii() and answer.replace("_", "").isalnum() and len(answer) < 80 else ""


def _seconds(retry_after: str | None) -> timedelta | None:
    return timedelta(seconds=int(retry_after)) if retry_after and retry_after.isdigit() else None
