"""Requests to the application: signed, timed, retried and broken as Twilio's are."""

import asyncio
import base64
import hashlib
import hmac
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit, urlunsplit

import aiohttp
from yarl import URL

from simulator.twilio.background import Background
from simulator.twilio.faults import Channel, Faults, WebhookFault

MOST_REDIRECTS = 10
CONNECT_SECONDS = 5.0
ERROR_NO_CONNECTION = 11205
ERROR_TIMEOUT = 11205
ERROR_BAD_STATUS = 11200


class WebhookFailed(Exception):  # noqa: N818 -- an event, told with Twilio's error number
    """The application gave no usable answer; `code` is Twilio's error number."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Lost(WebhookFailed):
    """The request was lost on the way, by a fault of ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answered."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it was sent once; `answer` is None where none came back, `seconds` how long it took."""

    channel: Channel
    url: str
    params: Mapping[str, str]
    token: str
    answer: Answer | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the fragment of an address says about its connection (`#rc=2&rp=5xx,rt&tt=3000`)."""

    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})
    connect_seconds: float = 5.0
    total_seconds: float = 15.0
    read_seconds: float | None = None

    @classmethod
    def of(cls, fragment: str, connect_seconds: float, total_seconds: float) -> "Overrides":
        """Read a fragment; what it leaves out has the given limits."""
        said = {name: values[-1] for name, values in parse_qs(fragment).items()}
        return cls(
            retries=min(5, int(said.get("rc", "1"))),
            retry_on=frozenset(said.get("rp", "ct").split(",")),
            connect_seconds=int(said["ct"]) / 1000 if "ct" in said else connect_seconds,
            total_seconds=int(said["tt"]) / 1000 if "tt" in said else total_seconds,
            read_seconds=int(said["rt"]) / 1000 if "rt" in said else None,
        )

    def retries_after(self, error: "_AttemptFailed") -> bool:
        """Whether this kind of failure is tried again."""
        return "all" in self.retry_on or error.policy in self.retry_on


class _AttemptFailed(WebhookFailed):
    def __init__(self, code: int, message: str, policy: str) -> None:
        super().__init__(code, message)
        self.policy = policy


def signature(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """The value of X-Twilio-Signature: HMAC-SHA1 over the address and the sorted fields, in base64."""
    signed = url + "".join(name + params[name] for name in sorted(params))
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class Courier:
    """Carries requests to the application.

    Args:
        auth_token: signs.
        faults: what shall go wrong.
        background: where requests go on when the call that made them is over.
        reach: public origins (`https://toritsugi.example`) and where they really listen
            (`http://127.0.0.1:8000`); signatures are made over the public address.
        total_seconds: how long an answer may take, 15 at Twilio.
    """

    def __init__(
        self,
        auth_token: str,
        faults: Faults,
        background: Background,
        reach: Mapping[str, str],
        total_seconds: float,
    ) -> None:
        self._auth_token = auth_token
        self._faults = faults
        self._reach = dict(reach)
        self._total_seconds = total_seconds
        self._background = background
        self._session: aiohttp.ClientSession | None = None
        self._media: dict[str, Answer] = {}
        self.sent: list[Sent] = []

    async def open(self) -> None:
        """Begin; needs the running loop."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))

    async def close(self) -> None:
        """End all connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(
        self,
        channel: Channel,
        url: str,
        method: str,
        params: Mapping[str, str],
        turn: asyncio.Lock | None = None,
    ) -> Answer:
        """Send a request and bring the answer; once sent, it goes on even if nobody waits any more.

        Args:
            channel: what kind of request it is.
            url: where to; a fragment overrides timing and retries.
            method: POST, or GET with the fields in the query.
            params: the fields.
            turn: requests of one lock go one after the other, but for delayed and held ones.

        Raises:
            WebhookFailed: no answer, or one of status 400 and above, after the retries of the address.
        """
        request = self._ask(channel, url, method, params, turn or asyncio.Lock())
        return await asyncio.shield(self._background.run(request))

    async def media(self, url: str) -> Answer | None:
        """The sound at an address, asked for once; None where it lies outside of this machine.

        Raises:
            WebhookFailed: there is no sound at it.
        """
        if self._really(url) == url and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
            return None
        if url not in self._media:
            answer = await self.ask(Channel.VOICE, url, "GET", {})
            if not answer.content_type.startswith("audio/"):
                raise WebhookFailed(12300, f"{answer.content_type or 'no type'} is no sound: {url}")
            self._media[url] = answer
        return self._media[url]

    async def _ask(
        self, channel: Channel, url: str, method: str, params: Mapping[str, str], turn: asyncio.Lock
    ) -> Answer:
        fault = self._faults.of_webhook(channel)
        if fault is WebhookFault.HOLD:
            await self._faults.held()
        elif fault is WebhookFault.DELAY:
            await asyncio.sleep(self._faults.seconds)
        async with turn:
            return await self._try(channel, url, method, params, fault)

    async def _try(
        self, channel: Channel, url: str, method: str, params: Mapping[str, str], fault: WebhookFault | None
    ) -> Answer:
        address, fragment = urldefrag(url)
        overrides = Overrides.of(fragment, CONNECT_SECONDS, self._total_seconds)
        token = str(uuid.uuid4())
        if fault is WebhookFault.REPEAT:
            await self._attempt(channel, address, method, params, token, overrides)
        for attempt in range(overrides.retries + 1):
            try:
                self._break_before(fault, address, attempt)
                answer = await self._attempt(channel, address, method, params, token, overrides)
                self._break_after(fault, address)
            except _AttemptFailed as error:
                if attempt == overrides.retries or not overrides.retries_after(error):
                    raise WebhookFailed(error.code, str(error)) from error
            else:
                return answer
        raise AssertionError("the loop above returns or raises")

    @staticmethod
    def _break_before(fault: WebhookFault | None, address: str, attempt: int) -> None:
        if fault is WebhookFault.DROP:
            raise Lost(ERROR_NO_CONNECTION, f"{address}: lost on the way")
        if fault is WebhookFault.REFUSE and attempt == 0:
            raise _AttemptFailed(ERROR_NO_CONNECTION, f"{address}: connection refused", "ct")

    @staticmethod
    def _break_after(fault: WebhookFault | None, address: str) -> None:
        if fault is WebhookFault.LOSE_ANSWER:
            raise _AttemptFailed(ERROR_TIMEOUT, f"{address}: no answer in time", "rt")

    async def _attempt(
        self,
        channel: Channel,
        url: str,
        method: str,
        params: Mapping[str, str],
        token: str,
        overrides: Overrides,
    ) -> Answer:
        answer: Answer | None = None
        began = time.monotonic()
        try:
            answer = await self._send(url, method, params, token, overrides)
        except aiohttp.ClientConnectorError as error:
            raise _AttemptFailed(ERROR_NO_CONNECTION, f"{url}: {error}", "ct") from error
        except aiohttp.ConnectionTimeoutError as error:
            raise _AttemptFailed(ERROR_NO_CONNECTION, f"{url}: no connection in time", "ct") from error
        except TimeoutError as error:
            raise _AttemptFailed(ERROR_TIMEOUT, f"{url}: no answer in time", "rt") from error
        except aiohttp.ClientError as error:
            raise _AttemptFailed(ERROR_BAD_STATUS, f"{url}: {type(error).__name__}", "rt") from error
        finally:
            self.sent.append(Sent(channel, url, params, token, answer, time.monotonic() - began))
        if answer.status >= 400:
            policy = "4xx" if answer.status < 500 else "5xx"
            raise _AttemptFailed(ERROR_BAD_STATUS, f"{url}: status {answer.status}", policy)
        return answer

    async def _send(
        self, url: str, method: str, params: Mapping[str, str], token: str, overrides: Overrides
    ) -> Answer:
        assert self._session is not None, "the courier is not open"
        if method == "GET" and params:
            url += ("&" if urlsplit(url).query else "?") + urlencode(params)
            params = {}
        body = urlencode(params) if method == "POST" else None
        headers = {
            "I-Twilio-Idempotency-Token": token,
            "X-Twilio-Signature": signature(self._auth_token, url, params),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "Host": urlsplit(url).netloc,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        timeout = aiohttp.ClientTimeout(
            total=overrides.total_seconds,
            sock_connect=overrides.connect_seconds,
            sock_read=overrides.read_seconds,
        )
        async with self._session.request(
            method,
            URL(self._really(url), encoded=True),  # as it was signed, not normalised
            data=body,
            headers=headers,
            timeout=timeout,
            max_redirects=MOST_REDIRECTS,
        ) as response:
            return Answer(response.status, response.content_type, await response.read())

    def _really(self, url: str) -> str:
        parts = urlsplit(url)
        public = f"{parts.scheme}://{parts.netloc}"
        if public not in self._reach:
            return url
        there = urlsplit(self._reach[public])
        return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


def stamp(at: datetime) -> str:
    """An instant as Twilio writes it: RFC 2822 in UTC."""
    return at.strftime("%a, %d %b %Y %H:%M:%S +0000")
