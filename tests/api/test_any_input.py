"""Whatever is sent, the answer is JSON as described, and never a 5xx."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import Message

from bot.clock import SettableClock
from bot.office.tokens import make_token
from bot.services import Services
from bot.settings import Settings
from handlers.api.routes import api_routes
from handlers.composition import make_services
from tests.api.conftest import EVERYTHING, TUESDAY_MORNING
from tests.support.offices import open_office

PATHS = [
    ("PUT", "/api/v1/staff/kurimoto/presence"),
    ("POST", "/api/v1/transfers"),
    ("POST", "/api/v1/messages"),
]
KEYS = [
    "staff",
    "caller",
    "name",
    "company",
    "number",
    "purpose",
    "urgent",
    "seconds",
    "body",
    "promise",
    "text",
    "kind",
    "start",
    "end",
    "basis",
    "note",
]
WORDS = [
    "kurimoto",
    "out",
    "stated",
    "open",
    "15時帰社",
    "明日から出張",
    "0001-01-01T00:00:00Z",
    "2026-11-24T15:00:00+09:00",
    "+81312345678",
    "\x00",
    "\ud800",
]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=12,
)
bodies = st.dictionaries(st.sampled_from(KEYS), values, max_size=8) | values


@pytest.fixture
def services(sqlite_url: str) -> Iterator[Services]:
    made = make_services(Settings(_env_file=None, database_url=sqlite_url), SettableClock(TUESDAY_MORNING))
    made.store.run_now(open_office)
    yield made
    made.store.close()


def _ask(
    services: Services, token: str, method: str, path: str, query: bytes, body: bytes
) -> tuple[int, Any]:
    """One request, straight into the application."""
    app = Starlette(routes=list(api_routes(services)))
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "root_path": "",
        "query_string": query,
        "headers": [(b"authorization", f"Bearer {token}".encode())],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], json.loads(sent[1]["body"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), bodies)
def test_any_body(services: Services, path: tuple[str, str], body: Any) -> None:
    token = services.store.run_now(make_token, "smile", "fuzz", EVERYTHING)
    status, answer = _ask(services, token, *path, b"", json.dumps(body).encode())
    assert status in (200, 201, 202, 400, 404, 422)
    if status >= 400:
        assert set(answer) == {"error", "detail", "field"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/api/v1/calls", "/api/v1/messages", "/api/v1/transfers/", "/api/v1/"]),
    st.text(st.characters(exclude_characters="\n"), max_size=40),  # no route of Starlette takes a line break
    st.binary(max_size=60),
)
def test_any_path_and_query(services: Services, path: str, more: str, query: bytes) -> None:
    token = services.store.run_now(make_token, "smile", "fuzz", EVERYTHING)
    status, answer = _ask(services, token, "GET", path + (more if path.endswith("/") else ""), query, b"")
    assert status in (200, 400, 404, 405, 422)
    if status >= 400:
        assert set(answer) == {"error", "detail", "field"}
