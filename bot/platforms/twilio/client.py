"""Twilio's REST API, as far as we use it. The only place that speaks to it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.errors import PermanentError, PlatformError, TemporaryError, UnknownOutcomeError

if TYPE_CHECKING:
    from twilio.rest import Client

CONNECTION = "#rc=3&rp=all&ct=2000&rt=2000"
"""Behind every address that Twilio is to call: a request that fails, or has no answer after two seconds, is
sent again up to three times, and so reaches another process of ours. The fragment is neither sent nor signed
(twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""
_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=3)
_MOST_CALLS = 1000
_PAGE = 1000
"""As many of a list as Twilio gives in one answer."""
GONE = "20404"
"""Twilio's code for what does not exist."""
NOT_IN_PROGRESS = "21220"
"""Twilio's code for changing a call that is over: what was wanted is so already."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that came in, as Twilio remembers it. `started` is aware; `seconds` None while it lasts."""

    sid: str
    from_: str
    to: str
    forwarded_from: str | None
    started: datetime
    status: str
    seconds: int | None


class TwilioClient:
    """Calls and messages at Twilio. `base_url` (scheme://host:port) replaces Twilio's own hosts.

    Every method raises TemporaryError, PermanentError or UnknownOutcomeError.
    """

    def __init__(self, account_sid: str, auth_token: str, base_url: str | None = None) -> None:
        self._sid = account_sid
        self._token = auth_token.split(",", maxsplit=1)[0].strip()  # while it is being changed there are two
        self._base = base_url
        self._http: Any = None
        self._client: Client | None = None

    async def place_call(self, *, to: str, from_: str, url: str, status_url: str, ring_seconds: int) -> str:
        """Ring a telephone; the call's SID. `url` is asked for TwiML once it is answered."""
        call = await self._do(
            self._rest().calls.create_async(
                to=to,
                from_=from_,
                url=url + CONNECTION,
                status_callback=status_url + CONNECTION,
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                timeout=ring_seconds,
            )
        )
        return str(call.sid)

    async def end_call(self, sid: str) -> None:
        """Stop a call ringing or talking; one that is over already is fine."""
        try:
            await self._do(self._rest().calls(sid).update_async(status="completed"))
        except PermanentError as error:
            if error.code != NOT_IN_PROGRESS:
                raise

    async def call_status(self, sid: str) -> Mapping[str, Any]:
        """How a call stands: `status` and `seconds` (None while it lasts)."""
        call = await self._do(self._rest().calls(sid).fetch_async())
        seconds = int(call.duration) if call.duration else None
        return {"status": str(call.status), "seconds": seconds}

    async def calls_since(self, since: datetime) -> list[PastCall]:
        """Calls that came in at or after an instant, the oldest first; a thousand at most."""
        found = await self._do(self._rest().calls.list_async(start_time_after=since, limit=_MOST_CALLS))
        return sorted(
            (
                PastCall(
                    sid=str(call.sid),
                    from_=str(call._from or ""),  # noqa: SLF001  (the SDK's name for the caller)
                    to=str(call.to or ""),
                    forwarded_from=str(call.forwarded_from) if call.forwarded_from else None,
                    started=call.start_time or call.date_created,
                    status=str(call.status),
                    seconds=int(call.duration) if call.duration else None,
                )
                for call in found
                if call.direction == "inbound"
            ),
            key=lambda call: call.started,
        )

    async def recording_of(self, sid: str) -> tuple[str, int] | None:
        """The newest recording of a call: its address, as webhooks have it, and its seconds."""
        found = await self._do(self._rest().calls(sid).recordings.list_async(limit=1))
        return self._recorded(found[0]) if found else None

    async def recordings_since(self, since: datetime) -> dict[str, tuple[str, int]]:
        """What was recorded at or after an instant, by the call's SID; a thousand at most."""
        found = await self._do(
            self._rest().recordings.list_async(date_created_after=since, limit=_MOST_CALLS)
        )
        return {str(recording.call_sid): self._recorded(recording) for recording in reversed(found)}

    def _recorded(self, recording: Any) -> tuple[str, int]:
        path = str(recording.uri).removesuffix(".json")
        return f"{self._base or 'https://api.twilio.com'}{path}", int(recording.duration or 0)

    async def delete_recording(self, sid: str) -> None:
        """Delete a recording for good; one that is gone already is fine."""
        try:
            await self._do(self._rest().recordings(sid).delete_async())
        except PermanentError as error:
            if error.code != GONE:
                raise

    async def send_sms(self, *, to: str, from_: str, text: str) -> str:
        """Send a short message; its SID."""
        message = await self._do(self._rest().messages.create_async(to=to, from_=from_, body=text))
        return str(message.sid)

    async def numbers(self) -> list[Mapping[str, str]]:
        """The account's numbers, what they call (voice_url, status_callback, fallback) and how.

        `methods` has those of the first two; `elsewhere` is what answers in their place, if anything.
        """
        found = await self._do(self._rest().incoming_phone_numbers.list_async(page_size=_PAGE))
        return [
            {
                "number": str(number.phone_number),
                "voice_url": str(number.voice_url or ""),
                "status_callback": str(number.status_callback or ""),
                "fallback": str(number.voice_fallback_url or ""),
                "methods": f"{number.voice_method} {number.status_callback_method}",
                "elsewhere": str(number.voice_application_sid or number.trunk_sid or ""),
            }
            for number in found
        ]

    async def activities(self, workspace: str) -> Mapping[str, str]:
        """A TaskRouter workspace's activities: SID by name."""
        found = await self._do(self._workspace(workspace).activities.list_async(limit=200))
        return {str(activity.friendly_name): str(activity.sid) for activity in found}

    async def worker(self, workspace: str, worker: str) -> tuple[str, str]:
        """A worker's activity, by name, and attributes, JSON text."""
        found = await self._do(self._workspace(workspace).workers(worker).fetch_async())
        return str(found.activity_name), str(found.attributes)

    async def update_worker(self, workspace: str, worker: str, *, activity: str, attributes: str) -> None:
        """Set a worker's activity (SID) and all of its attributes."""
        await self._do(
            self._workspace(workspace)
            .workers(worker)
            .update_async(activity_sid=activity, attributes=attributes)
        )

    async def close(self) -> None:
        if self._http:
            await self._http.close()

    def _rest(self) -> "Client":
        if self._client is None:
            from twilio.rest import Client

            self._http = _transport(self._base)
            self._client = Client(self._sid, self._token, http_client=self._http)
        return self._client

    def _workspace(self, sid: str) -> Any:
        return self._rest().taskrouter.v1.workspaces(sid)

    async def _do(self, request: Any) -> Any:
        from twilio.base.exceptions import TwilioException, TwilioRestException

        try:
            return await request
        except TwilioRestException as error:
            raise _refusal(error.status, error.code) from error
        except TwilioException as error:  # how lists fail: a text and the response
            response = error.args[1] if len(error.args) > 1 else None
            raise _refusal(getattr(response, "status_code", 500), None) from None
        except aiohttp.ClientConnectorError as error:
            raise TemporaryError("Twilio cannot be reached") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise UnknownOutcomeError(f"no answer from Twilio: {type(error).__name__}") from error
        except PlatformError:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise UnknownOutcomeError("Twilio's answer makes no sense") from error


def _refusal(status: int, code: int | None) -> PlatformError:
    text = f"Twilio answered {status}, code {code}"
    if status == 429:
        return TemporaryError(text, timedelta(seconds=1))
    return UnknownOutcomeError(text) if status >= 500 else PermanentError(text, str(code))


def _transport(base: str | None) -> Any:
    from twilio.http import AsyncHttpClient
    from twilio.http.response import Response

    class Transport(AsyncHttpClient):  # type: ignore[misc]  # the SDK has no types
        """The SDK's requests over one session of ours, with a time limit (its own client has none)."""

        is_async = True  # what the SDK asks of its clients

        def __init__(self) -> None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)

        async def request(
            self,
            method: str,
            url: str,
            params: Mapping[str, object] | None = None,
            data: Mapping[str, object] | None = None,
            headers: Mapping[str, str] | None = None,
            auth: tuple[str, str] | None = None,
            timeout: float | None = None,  # noqa: ASYNC109  (the SDK's signature)
            allow_redirects: bool = False,
        ) -> Response:
            if base:
                parts = urlsplit(url)
                url = base.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")
            sent = dict(headers or {})
            if auth:
                sent["Authorization"] = "Basic " + base64.b64encode(":".join(auth).encode()).decode()
            async with self._session.request(
                method.upper(),
                url,
                params=[(name, str(value)) for name, value in (params or {}).items()],
                data=[
                    (name, str(item))
                    for name, value in (data or {}).items()
                    for item in (value if isinstance(value, list | tuple) else [value])
                ],
                headers=sent,
                allow_redirects=allow_redirects,
            ) as response:
                return Response(response.status, await response.text(), response.headers)

        async def close(self) -> None:
            await self._session.close()

    return Transport()
