"""A calendar on the web: real HTTP, validators, and the ways in which such servers fail."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from simulator.http import serving


def calendar(*events: str) -> str:
    """A calendar of events, each the lines of one VEVENT."""
    parts = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{parts}END:VCALENDAR\r\n"


def event(uid: str, title: str, start: str, end: str, *more: str) -> str:
    """One event; times as `20261124T140000` are Tokyo's, dates as `20261124` whole days."""
    kind = ";VALUE=DATE" if len(start) == 8 else ";TZID=Asia/Tokyo"
    lines = (f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART{kind}:{start}", f"DTEND{kind}:{end}", *more)
    return "\r\n".join(lines)


@dataclass
class CalendarServer:
    """What it serves can be changed; `asked` are the headers of every request.

    While `ready` is not set it is slow: requests wait for it.
    """

    body: str = ""
    status: int = 200
    etag: str | None = '"1"'
    location: str = ""
    address: str = ""
    asked: list[Mapping[str, str]] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.ready.set()

    def shows(self, *events: str) -> None:
        """Another version of the calendar."""
        self.body = calendar(*events)
        self.etag = f'"{len(self.asked)}-{hash(self.body)}"'

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.headers))
        await self.ready.wait()
        headers = {"etag": self.etag} if self.etag else {}
        headers |= {"location": self.location} if self.location else {}
        if self.etag and request.headers.get("If-None-Match") == self.etag:
            return web.Response(status=304, headers=headers)
        return web.Response(status=self.status, text=self.body, headers=headers, content_type="text/calendar")

    @asynccontextmanager
    async def running(self) -> AsyncIterator["CalendarServer"]:
        app = web.Application()
        app.router.add_get("/cal.ics", self.answer)
        async with serving(app) as base:
            self.address = f"{base}/cal.ics"
            yield self
