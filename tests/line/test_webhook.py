"""The door that LINE knocks at."""

import base64
import contextlib
import hashlib
import hmac
import io
import json
import sqlite3
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from bot.language.model import Kind
from bot.office.model import OrganizationId
from bot.store.inbox import inbox
from handlers.line.events import NotAWebhookError, parse_webhook
from tests.line.conftest import CHANNEL_SECRET, Desk
from tests.support.offices import KURIMOTO_LINE, PEOPLE, open_office, smile


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


def _signed(body: bytes, secret: str = CHANNEL_SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


async def _posts(desk: Desk, body: bytes, signature: str | None) -> int:
    headers = {} if signature is None else {"x-line-signature": signature}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{desk.base_url}/line/webhook", data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


def _event(**changes: Any) -> dict[str, Any]:
    """A text of Kurimoto, as LINE sends it."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1795484400000,
        "webhookEventId": "01HXXXXXXXXXXXXXXXXXXXXXXX",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": KURIMOTO_LINE},
        "message": {"type": "text", "id": "1", "text": "外出 15時まで"},
    } | changes


def _body(*events: Any, destination: str = "U" + "f" * 32) -> bytes:
    return json.dumps({"destination": destination, "events": list(events)}).encode()


def _refused() -> float:
    return REGISTRY.get_sample_value("toritsugi_webhooks_refused_total", {"platform": "line"}) or 0.0


@pytest.mark.parametrize(
    "signature", [None, "", "x", "あ", _signed(b"another body"), _signed(_body(_event()), "")]
)
async def test_what_line_did_not_sign_is_refused_and_leaves_only_a_count(
    desk: Desk, logged: list[dict[str, object]], signature: str | None
) -> None:
    before = _refused()
    assert await _posts(desk, _body(_event()), signature and signature.encode().decode("latin-1")) == 401
    assert _refused() == before + 1
    assert desk.presence().kind is None
    assert not desk.services.store.read_now(
        lambda tx: tx.all(sa.select(inbox).where(inbox.c.source == "line"))
    )
    assert logged == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"events": {}}', b"\xff", b"null", b"[" * 3000])
async def test_a_signed_body_that_is_no_webhook_is_refused(desk: Desk, body: bytes) -> None:
    assert await _posts(desk, body, _signed(body)) == 400


async def test_the_consoles_check_of_the_address_is_answered(desk: Desk) -> None:
    assert (await desk.line.inbound.post([])).status == 200


async def test_one_strange_event_does_not_cost_the_others(desk: Desk) -> None:
    strange: list[Any] = [
        None,
        5,
        {"type": "somethingNew"},
        {"type": ["message"]},
        _event(webhookEventId="1", source=None),
        _event(webhookEventId="2", message={"type": "hologram"}),
        _event(webhookEventId="3", timestamp="yesterday"),
        _event(webhookEventId="4", timestamp=10**30),
        _event(webhookEventId="5", mode="standby"),
        {"type": "postback", "timestamp": 1795484400000, "postback": {"data": 5}},
    ]
    body = _body(*strange, _event())
    assert await _posts(desk, body, _signed(body)) == 200
    assert desk.presence().kind is Kind.OUT


async def test_half_a_character_and_nul_are_left_out_of_a_text(desk: Desk) -> None:
    body = _body(_event(message={"type": "text", "text": "外出\x00 15時まで\ud83d"}))
    assert await _posts(desk, body, _signed(body)) == 200
    assert desk.presence().kind is Kind.OUT


async def test_an_event_without_an_id_counts_once_too(desk: Desk) -> None:
    event = _event()
    del event["webhookEventId"]
    again = event | {"deliveryContext": {"isRedelivery": True}}
    for body in (_body(event), _body(again)):
        assert await _posts(desk, body, _signed(body)) == 200
    assert (
        len(desk.services.store.read_now(lambda tx: tx.all(sa.select(inbox).where(inbox.c.source == "line"))))
        == 1
    )


async def test_each_office_has_the_channel_whose_secret_fits(desk: Desk) -> None:
    kurimoto = PEOPLE[0].model_copy(update={"line": KURIMOTO_LINE})
    other = smile(
        organization=OrganizationId("other"),
        numbers=(),
        line={"destination": "U" + "e" * 32, "secret": "other-secret", "token": "other-token"},
    )
    desk.services.store.run_now(open_office, other, (kurimoto,))
    body = _body(_event(), destination="U" + "e" * 32)
    assert await _posts(desk, body, _signed(body, "other-secret")) == 200
    assert desk.presence().kind is None
    rows = desk.services.store.read_now(
        lambda tx: tx.all(sa.select(inbox.c.organization).where(inbox.c.source == "line"))
    )
    assert rows == [("other",)]


async def test_a_channels_new_key_counts_with_the_load_and_the_old_one_no_more(desk: Desk) -> None:
    for secret in ("first-secret", "second-secret"):
        line = {"destination": "U" + "e" * 32, "secret": secret, "token": "t"}
        office = smile(organization=OrganizationId("other"), numbers=(), line=line)
        desk.services.store.run_now(open_office, office, ())
        for tried in ("first-secret", "second-secret", ""):
            body = _body(_event(), destination="U" + "e" * 32)
            assert await _posts(desk, body, _signed(body, tried)) == (200 if tried == secret else 401)


async def test_an_endless_body_is_refused(desk: Desk) -> None:
    assert await _posts(desk, b" " * 2_100_000, "x") == 413


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "source",
                    "userId",
                    "groupId",
                    "message",
                    "text",
                    "postback",
                    "data",
                    "params",
                    "timestamp",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(st.lists(json_values, max_size=4))
def test_any_events_are_read_without_an_error(events: list[Any]) -> None:
    webhook = parse_webhook(json.dumps({"events": events}).encode())
    assert len(webhook.events) <= len(events)


@given(st.binary(max_size=80) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_a_webhook_or_is_refused_as_none(body: bytes) -> None:
    with contextlib.suppress(NotAWebhookError):
        assert parse_webhook(body).events is not None


async def test_a_slow_database_gets_no_200_before_the_event_is_recorded(desk: Desk, sqlite_url: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        body = _body(_event())
        assert await _posts(desk, body, _signed(body)) == 503
        assert desk.presence().kind is None
        other.rollback()
    assert await _posts(desk, body, _signed(body)) == 200  # delivered again, whatever became of the first
    assert desk.presence().kind is Kind.OUT
    assert (
        len(desk.services.store.read_now(lambda tx: tx.all(sa.select(inbox).where(inbox.c.source == "line"))))
        == 1
    )
