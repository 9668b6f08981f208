"""Fetching somebody's calendar (RFC 5545) from the address they gave: small, quick, only when it changed."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

import aiohttp

from bot.platforms.addresses import is_private_literal, outgoing_session
from bot.platforms.errors import PermanentError, TemporaryError

MOST_BYTES = 5_000_000
_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304

Problem = Literal["forbidden", "missing", "refused", "too_large", "no_calendar", "unreachable"]
"""The `code` of what is raised: what is wrong with a feed, for the person to be told."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the calendar, None where it is unchanged; and the validators for the next time."""

    body: bytes | None
    etag: str | None
    last_modified: str | None


class FeedClient:
    """Reads calendars over http and https."""

    def __init__(self) -> None:
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None, *, private: bool = False
    ) -> Fetched:
        """Get a calendar, unless its validators still fit.

        `private`: the address is one inside and known to be so; it may not redirect to another host. A
        public one never leads inside, neither by its name's record nor by a redirect.

        Raises:
            TemporaryError: it cannot be had now.
            PermanentError: it is none, too large, not there, or not to be had; `code` is a Problem.
        """
        headers = {"accept": "text/calendar, */*;q=0.1"}
        headers |= {"if-none-match": etag} if etag else {}
        headers |= {"if-modified-since": last_modified} if last_modified else {}
        try:
            host = urlsplit(url).hostname
            for _ in range(_MOST_REDIRECTS + 1):
                _check(url, only=host if private else None)
                async with self._session(private=private).get(
                    url, headers=headers, allow_redirects=False
                ) as response:
                    if response.status not in _REDIRECTS:
                        return await _read(response)
                    url = urljoin(url, response.headers.get("location", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TemporaryError(f"the calendar cannot be reached: {type(error).__name__}") from error
        except ValueError as error:  # an address that is none
            raise PermanentError("the calendar's address cannot be read", "forbidden") from error
        raise PermanentError("the calendar redirects without end", "missing")

    async def close(self) -> None:
        """Let go of connections."""
        for session in self._sessions.values():
            await session.close()

    def _session(self, *, private: bool) -> aiohttp.ClientSession:
        if private not in self._sessions:
            self._sessions[private] = outgoing_session(_TIMEOUT, private=private)
        return self._sessions[private]


def _check(url: str, *, only: str | None) -> None:
    """Refuse an address that is none of the web, or inside; with `only`, any other host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    wrong = host != only if only else is_private_literal(host)
    if parts.scheme not in ("http", "https") or not host or wrong:
        raise PermanentError("the calendar's address may not be called", "forbidden")


async def _read(response: aiohttp.ClientResponse) -> Fetched:
    etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status == _UNCHANGED:
        return Fetched(None, etag, last_modified)
    if response.status in (401, 403):
        raise PermanentError(f"the calendar answered {response.status}", "refused")
    if response.status in (404, 410):
        raise PermanentError(f"the calendar answered {response.status}", "missing")
    if response.status != 200:
        raise TemporaryError(f"the calendar answered {response.status}")
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > MOST_BYTES:
            raise PermanentError("the calendar is too large", "too_large")
    if not body.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        raise PermanentError("what came is no calendar", "no_calendar")
    return Fetched(bytes(body), etag, last_modified)
