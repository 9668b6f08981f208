"""The one address that Slack calls: what is forged, stale or garbled leaves nothing behind."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.inbox import inbox
from tests.support.midori import TEAM
from tests.support.slack_desk import SECRET, SlackDesk

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = urlencode(
    {"command": "/tori", "text": "外出", "team_id": TEAM, "user_id": "U0MORI", "trigger_id": "1.1"}
).encode()


def signed(body: bytes, at: int, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


async def post(desk: SlackDesk, body: bytes, content_type: str, headers: dict[str, str]) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(desk.url, data=body, headers={"Content-Type": content_type, **headers}) as answer,
    ):
        return answer.status, await answer.text()


async def sign_and_post(desk: SlackDesk, body: bytes, content_type: str) -> tuple[int, str]:
    return await post(desk, body, content_type, signed(body, int(desk.clock.now().timestamp())))


def events_taken(desk: SlackDesk) -> int:
    count = sa.select(sa.func.count()).select_from(inbox)
    return desk.services.store.read_now(lambda tx: int(tx.execute(count).scalar_one()))


async def test_a_true_signature_is_let_in(desk: SlackDesk) -> None:
    status, _ = await sign_and_post(desk, COMMAND, FORM)
    assert status == 200
    assert desk.presence("mori").kind is not None


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
async def test_a_stale_or_future_stamp_is_refused(desk: SlackDesk, seconds: int) -> None:
    headers = signed(COMMAND, int(desk.clock.now().timestamp()) + seconds)
    assert (await post(desk, COMMAND, FORM, headers))[0] == 401
    assert desk.presence("mori").kind is None


async def test_what_is_not_signed_by_slack_is_refused_and_nothing_is_kept(desk: SlackDesk) -> None:
    at = int(desk.clock.now().timestamp())
    good = signed(COMMAND, at)
    for headers in (
        {},
        {"X-Slack-Signature": good["X-Slack-Signature"]},
        {"X-Slack-Request-Timestamp": str(at)},
        good | {"X-Slack-Signature": "v0="},
        good | {"X-Slack-Signature": "v0=é"},
        good | {"X-Slack-Request-Timestamp": "soon"},
        good | {"X-Slack-Request-Timestamp": "9" * 400},
        good | {"X-Slack-Request-Timestamp": str(at - 1)},
        signed(COMMAND, at, "another secret"),
        signed(COMMAND + b"&x=1", at),
    ):
        assert (await post(desk, COMMAND, FORM, headers))[0] == 401
    assert desk.presence("mori").kind is None
    assert events_taken(desk) == 0


async def test_a_check_of_the_address_is_answered(desk: SlackDesk) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}).encode()
    status, text = await sign_and_post(desk, body, JSON)
    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1aB"})
    assert (await sign_and_post(desk, b"ssl_check=1&token=x", FORM))[0] == 200


async def test_a_body_too_long_is_refused(desk: SlackDesk) -> None:
    assert (await sign_and_post(desk, b"a" * 1_000_001, FORM))[0] == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"\xff\xfe", JSON),
        (b"[" * 100_000, JSON),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (b"payload=%5B%5D", FORM),
        (b"payload=%FF", FORM),
        (b"\xff\xff=\xfe", FORM),
        (b"just words", FORM),
    ],
)
async def test_a_garbled_body_is_our_senders_fault(desk: SlackDesk, body: bytes, content_type: str) -> None:
    assert (await sign_and_post(desk, body, content_type))[0] == 400


EVENT = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1"}
PIECES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["U0MORI", TEAM, "message", "im"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "user",
                    "team",
                    "event",
                    "id",
                    "actions",
                    "action_id",
                    "value",
                    "view",
                    "state",
                    "values",
                    "text",
                    "channel",
                    "channel_type",
                    "ts",
                    "authorizations",
                    "private_metadata",
                    "callback_id",
                    "trigger_id",
                    "tab",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
PAYLOADS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["block_actions", "view_submission", "view_closed", "shortcut", "message_action", "x"]
        )
    },
    optional=dict.fromkeys(
        ("team", "user", "actions", "view", "trigger_id", "callback_id", "channel", "message"), PIECES
    ),
)
EVENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["event_callback", "app_rate_limited", "x"])},
    optional=dict.fromkeys(("team_id", "event", "event_id", "authorizations", "event_time"), PIECES),
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["command", "text", "team_id", "user_id", "trigger_id", "response_url", "payload", "ssl_check"]
    ),
    st.text(max_size=30),
    max_size=6,
)


@pytest.mark.parametrize("kind", ["payload", "event", "command"])
async def test_signed_nonsense_is_never_our_fault(desk: SlackDesk, kind: str) -> None:
    bodies: list[tuple[bytes, str]] = []

    @settings(max_examples=120, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        made: Any = data.draw({"payload": PAYLOADS, "event": EVENTS, "command": FIELDS}[kind])
        if kind == "event":
            bodies.append((json.dumps(made).encode(), JSON))
        else:
            bodies.append(
                (urlencode({"payload": json.dumps(made)} if kind == "payload" else made).encode(), FORM)
            )

    collect()
    for body, content_type in bodies:
        status, _ = await sign_and_post(desk, body, content_type)
        assert status < 500, body
    await desk.settled()
