"""The API as programs meet it: over HTTP, with a token, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import jsonschema
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.clock import SettableClock
from bot.office.tokens import Scope, make_token
from bot.services import Services
from bot.settings import Settings
from handlers.api.openapi import document
from handlers.api.routes import api_routes
from handlers.composition import make_services
from tests.support.offices import open_office
from tests.support.serving import listening, serving

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
EVERYTHING = (Scope.PRESENCE, Scope.TRANSFERS, Scope.MESSAGES, Scope.CALLS)


@dataclass(frozen=True)
class Heard:
    """An answer: its status, its JSON, its headers."""

    status: int
    body: Any
    headers: Any

    @property
    def refusal(self) -> tuple[int, str, str | None]:
        """Status, error and field."""
        return self.status, self.body["error"], self.body["field"]


class Program:
    """Another program with a token. Every answer it gets is compared with `/openapi.json`."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, token: str | None) -> None:
        self._session = session
        self._base_url = base_url
        self._token = token
        self._document = document(base_url)

    async def get(self, path: str, **query: Any) -> Heard:
        return await self.asks("GET", path, params={name: str(value) for name, value in query.items()})

    async def put(self, path: str, body: Any) -> Heard:
        return await self.asks("PUT", path, json=body)

    async def post(self, path: str, body: Any, key: str | None = None) -> Heard:
        return await self.asks("POST", path, json=body, headers={"Idempotency-Key": key} if key else {})

    async def delete(self, path: str) -> Heard:
        return await self.asks("DELETE", path)

    async def asks(self, method: str, path: str, **how: Any) -> Heard:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        how["headers"] = headers | how.get("headers", {})
        async with self._session.request(method, self._base_url + path, **how) as response:
            is_json = response.content_type == "application/json"
            body = await (response.json() if is_json else response.text())
            heard = Heard(response.status, body, response.headers)
        self._compare(method, path, heard)
        return heard

    def _compare(self, method: str, path: str, heard: Heard) -> None:
        """What `/openapi.json` says of this answer holds."""
        for pattern, methods in self._document["paths"].items():
            given, known = path.partition("?")[0].split("/"), pattern.split("/")
            fits = len(given) == len(known) and all(
                mine in (theirs, "{id}") for mine, theirs in zip(known, given, strict=True)
            )
            if fits and method.lower() in methods:
                said = methods[method.lower()]["responses"][str(heard.status)]
                media = heard.headers["Content-Type"].partition(";")[0]
                schema = said["content"][media]["schema"] | {"components": self._document["components"]}
                jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
                    heard.body
                )


@dataclass
class Api:
    """The running API and what surrounds it."""

    services: Services
    clock: SettableClock
    base_url: str
    session: aiohttp.ClientSession

    def program(self, *scopes: Scope, organization: str = "smile") -> Program:
        """A program with a new token of an office; all scopes unless some are named."""
        token = self.services.store.run_now(make_token, organization, "pbx", scopes or EVERYTHING)
        return Program(self.session, self.base_url, token)

    def stranger(self, token: str | None = None) -> Program:
        """A program without a token of ours."""
        return Program(self.session, self.base_url, token)


@pytest.fixture
async def api(database_url: str) -> AsyncIterator[Api]:
    clock = SettableClock(TUESDAY_MORNING)
    async with listening() as (listener, base_url), aiohttp.ClientSession() as session:
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            public_url=base_url,
            toritsugi_secret=SecretStr("test-secret"),
        )
        services = make_services(settings, clock)
        services.store.run_now(open_office)
        async with serving(Starlette(routes=api_routes(services)), listener):
            yield Api(services, clock, base_url, session)
        await services.close()
