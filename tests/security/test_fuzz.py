"""Signed nonsense at every route: no 5xx, no trace in the log, and the next caller is served as ever.

What comes is drawn from a seed, so that a failure can be repeated: half of it plausible, half of it not.
"""

import os
import random
from typing import Any

import aiohttp
import pytest
from starlette.routing import Route

from handlers.web import create_app
from tests.support.signing import Signing
from tests.support.world import World

SEED = 20261123
ROUNDS = 60 if os.environ.get("LONG_FAULTS") else 12
TWILIO = (
    "CallSid", "From", "To", "CallStatus", "SpeechResult", "Digits", "Confidence", "QueueResult", "QueueTime",
    "DialCallStatus", "DialBridged", "RecordingUrl", "RecordingSid", "RecordingDuration", "CallDuration",
    "RecordingStatus", "AnsweredBy", "Direction", "ForwardedFrom", "Timestamp", "SequenceNumber", "ErrorCode",
)  # fmt: skip
QUERY = ("call", "leg", "step", "tries", "said", "lang", "x")
WORDS = (
    "", "0", "1", "-1", "99999999999999999999", "1e9", "NaN", "\x00", "\ud7ff\ufffd", "'; DROP TABLE calls; --",
    "</Say><Dial>1</Dial>", "<!channel>", "{{ 7*7 }}", "%s%n", "../../etc/passwd", "あ" * 3000, "𠮷野家👨‍👩‍👧",
    "+815012345678", "+81345671234", "anonymous", "sip:x@example.com", "in-progress", "completed", "busy", "leave",
    "CA" + "0" * 32, "CA" + "f" * 32, "https://api.twilio.com/x", "佐藤さんをお願いします", "15時帰社", "none",
)  # fmt: skip
SLACK = (
    "block_actions",
    "view_submission",
    "view_closed",
    "shortcut",
    "message_action",
    "event_callback",
    "x",
)
EVENTS = ("message", "app_home_opened", "app_uninstalled", "tokens_revoked", "reaction_added", "x")
KEYS = (
    "type", "team", "user", "channel", "actions", "view", "event", "text", "ts", "id", "team_id", "user_id", "value",
    "action_id", "state", "values", "private_metadata", "callback_id", "trigger_id", "response_url", "command",
    "events", "source", "userId", "message", "postback", "data", "timestamp", "replyToken", "webhookEventId", "mode",
)  # fmt: skip


ON_POSTGRES = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""The stricter of the two: it refuses texts that SQLite takes."""


@pytest.fixture
def dice() -> random.Random:
    return random.Random(SEED)


def form(dice: random.Random) -> dict[str, str]:
    return {name: dice.choice(WORDS) for name in dice.sample(TWILIO, dice.randrange(len(TWILIO)))}


def anything(dice: random.Random, depth: int = 3) -> Any:
    """JSON of any shape, with the keys that our handlers look for."""
    kind = dice.randrange(8 if depth else 5)
    match kind:
        case 0:
            return None
        case 1:
            return dice.choice([True, False, 0, -1, 1.5, 10**20])
        case 5:
            return [anything(dice, depth - 1) for _ in range(dice.randrange(3))]
        case 6 | 7:
            return {dice.choice(KEYS): anything(dice, depth - 1) for _ in range(dice.randrange(5))}
    return dice.choice((*WORDS, "T0SMILE", "U0KURIMOTO", "C0CALLS", "status_edit", "message_done"))


class Stranger(Signing):
    """Somebody with our keys and nothing sensible to say; remembers what they were refused."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        super().__init__(world.base_url, session, world.clock.now)
        self.bad: list[str] = []

    async def post(self, path: str, body: bytes, headers: dict[str, str], url: str = "") -> int:
        status = await super().post(path, body, headers, url)
        if status >= 500 or status in (401, 403):  # the signature fits: it must be let in
            self.bad.append(f"{status} {path} {body[:300]!r}")
        return status


async def served_as_ever(world: World) -> None:
    call = await world.caller("+815099998888").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.hangs_up()
    await world.on_slack("kurimoto").types("/tori", "在宅")


@ON_POSTGRES
async def test_every_telephone_route_takes_any_form(world: World, dice: random.Random) -> None:
    routes = [
        route for route in create_app(world.services, with_jobs=False).routes if isinstance(route, Route)
    ]
    paths = [r.path for r in routes if r.path.startswith("/twilio/") and "POST" in (r.methods or ())]
    assert len(paths) > 15
    async with aiohttp.ClientSession() as session:
        sender = Stranger(world, session)
        for path in paths:
            for _ in range(ROUNDS):
                query = {name: dice.choice(WORDS) for name in dice.sample(QUERY, dice.randrange(len(QUERY)))}
                await sender.twilio(path, query, form(dice))
    assert sender.bad == []
    await served_as_ever(world)


@ON_POSTGRES
async def test_slack_and_line_take_any_json(world: World, dice: random.Random) -> None:
    async with aiohttp.ClientSession() as session:
        sender = Stranger(world, session)
        for _ in range(ROUNDS * 8):
            shaped = anything(dice) if dice.random() < 0.3 else slack_like(dice)
            await sender.slack(shaped, as_form=dice.random() < 0.5)
            await sender.line(anything(dice) if dice.random() < 0.3 else line_like(dice))
    assert sender.bad == []
    await served_as_ever(world)


@ON_POSTGRES
async def test_nul_and_half_a_character_are_left_out_of_what_slack_sends(world: World) -> None:
    event = {
        "type": "message", "channel_type": "im", "channel": "D0X", "user": "U0KURIMOTO", "ts": "1795483800.1",
        "text": "外出\x00 15時まで\ud83d",
    }  # fmt: skip
    tap = {
        "type": "block_actions", "trigger_id": "1\x00\ud83d", "team": {"id": "T0SMILE"}, "user": {"id": "U0KURIMOTO"},
        "actions": [{"type": "button", "action_id": "status_clear", "value": "\x00", "action_ts": "\x001"}],
    }  # fmt: skip
    async with aiohttp.ClientSession() as session:
        sender = Stranger(world, session)
        await sender.slack({"type": "event_callback", "team_id": "T0SMILE", "event": event})
        await world.on_slack("kurimoto").sees("外出", "15:00 まで")
        await sender.slack(tap, as_form=True)
        await world.on_slack("kurimoto").sees_home("在席の扱い")
    assert sender.bad == []


async def test_what_is_no_web_address_is_no_recording(world: World) -> None:
    """Twilio signs it, staff would tap it."""
    call = await world.caller("+815099998888").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上と申します。佐藤健一さんに伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    await world.settled()
    async with aiohttp.ClientSession() as session:
        sender = Stranger(world, session)
        for url in ("-1", "javascript:alert(1)", "//evil.example/x", "slack://channel", "RE" + "0" * 32):
            told = {"CallSid": call.sid, "RecordingUrl": url, "RecordingDuration": "9"}
            await sender.twilio("/twilio/voice/recording", {}, told)
    await world.settled()
    assert sender.bad == []
    assert "録音" not in (await world.calls_channel_sees("三上様")).text


def slack_like(dice: random.Random) -> dict[str, Any]:
    """Nearly what Slack sends, from somebody of the office."""
    return {
        "type": dice.choice(SLACK),
        "team_id": "T0SMILE",
        "team": {"id": "T0SMILE"},
        "user": {"id": "U0KURIMOTO", "team_id": "T0SMILE"},
        "trigger_id": dice.choice(WORDS),
        "event_id": f"Ev{dice.random()}",
        "actions": [{"action_id": dice.choice(("status_edit", "status_cancel", "accept", "message_done", "x")),
                     "value": anything(dice, 1), "action_ts": "1"}],
        "view": {"id": "V1", "callback_id": dice.choice(("status_form", "reassign_form", "x")),
                 "private_metadata": dice.choice(WORDS), "state": {"values": anything(dice)}},
        "event": {"type": dice.choice(EVENTS), "user": "U0KURIMOTO", "channel": dice.choice(("D0X", "C0KINTAI")),
                  "channel_type": dice.choice(("im", "channel")), "text": anything(dice, 1), "ts": dice.choice(WORDS)},
    }  # fmt: skip


def line_like(dice: random.Random) -> dict[str, Any]:
    """Nearly what LINE sends, from somebody of the office."""
    event = {
        "type": dice.choice(("message", "postback", "follow", "join", "leave", "memberJoined", "x")),
        "timestamp": dice.choice([1795483800000, -1, 10**18, "x", None]),
        "source": dice.choice([{"type": "user", "userId": "U" + "1" * 32}, {}, None, anything(dice, 2)]),
        "message": {"type": dice.choice(("text", "image", "x")), "text": anything(dice, 1)},
        "postback": {"data": dice.choice(("action=accept&value=x", "action=status_edit", "&&&", "a=%ff")),
                     "params": anything(dice, 2)},
    }  # fmt: skip
    return {"destination": anything(dice, 1), "events": [event, anything(dice, 2)]}
