"""Platforms repeat, reorder and garble: one effect, the same answer, never an error of ours."""

import base64
import hashlib
import hmac
import json
import random
import time
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.support.world import World


async def test_every_voice_request_twice(world: World) -> None:
    for channel in ("voice", "wait", "status"):
        world.twilio.faults.webhook(channel, "repeat", times=100)
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。大野部長をお願いします")
    await world.on_slack("ono").sees("江川様からお電話です")
    await world.on_slack("ono").taps("つなぐ")
    leg = await (await world.telephone_of("ono").rings()).answers()
    await leg.presses("1")
    await leg.talks_with("+815012345678")
    await leg.hangs_up()
    await call.ends()
    await world.calls_channel_sees("江川様からお電話がありました")
    await world.twilio.all_told()
    await world.settled()
    assert world.telephone_of("ono").times_rung == 1
    titles = [message.text for message in world.calls_channel.messages]
    assert sum("江川様からお電話がありました" in title for title in titles) == 1


def _slack(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(b"slack-secret", b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}


def _line(body: bytes) -> dict[str, str]:
    digest = hmac.new(b"line-secret", body, hashlib.sha256).digest()
    return {"x-line-signature": base64.b64encode(digest).decode()}


def _twilio(url: str, form: list[tuple[str, str]]) -> dict[str, str]:
    text = url + "".join(name + value for name, value in sorted(form))
    digest = hmac.new(b"twilio-token", text.encode(), hashlib.sha1).digest()
    return {"x-twilio-signature": base64.b64encode(digest).decode()}


_BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe\x00",
    b"payload=%7B",
    b"payload=%5B%5D",
    b"payload=%22x%22",
    b"command=%2Fstatus",
    b"command=%2Fstatus&team_id=T0SMILE&user_id=U0SATO&text=%00",
    b'{"type":"event_callback"}',
    b'{"type":"event_callback","event":[]}',
    b'{"type":"event_callback","event":{"type":"message","channel_type":"im","text":5,"user":["x"]}}',
    b'{"events":5}',
    b'{"events":[5,null,{"type":"message"},{"type":"message","message":{"type":"text"}}]}',
    b'{"destination":"Uffffffffffffffffffffffffffffffff","events":[{"type":"postback","postback":{"data":7}}]}',
    json.dumps(
        {"events": [{"type": "message", "webhookEventId": "x" * 5000, "source": {"userId": 3}}]}
    ).encode(),
]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_signed_nonsense_is_never_an_error_of_ours(sqlite_url: str, kind: str) -> None:
    async with World(sqlite_url).running() as world, aiohttp.ClientSession() as http:
        world.clock.set(datetime_now())
        chance = random.Random(7)
        bodies = _BODIES + [
            bytes(chance.randrange(256) for _ in range(chance.randrange(200))) for _ in range(40)
        ]
        for body in bodies:
            for path, sign in (("/slack/events", _slack), ("/line/webhook", _line)):
                headers = {**sign(body), "content-type": kind}
                async with http.post(world.base_url + path, data=body, headers=headers) as answer:
                    assert answer.status < 500, (path, body, await answer.text())


async def test_signed_nonsense_on_the_telephone(sqlite_url: str) -> None:
    async with World(sqlite_url).running() as world, aiohttp.ClientSession() as http:
        chance = random.Random(11)
        names = [
            "CallSid",
            "From",
            "To",
            "Digits",
            "SpeechResult",
            "CallStatus",
            "CallDuration",
            "QueueTime",
            "x",
        ]
        values = [
            "",
            "CA1",
            world.main_number,
            "+1",
            "abc",
            "99999999999999999999",
            "\x00",
            "</Say>",
            "<!channel>",
            "１",
        ]
        paths = [
            "/twilio/voice", "/twilio/voice/step", "/twilio/voice/step?call=x&step=9", "/twilio/voice/wait?call=x",
            "/twilio/voice/held?call=x&step=1", "/twilio/voice/give-up?call=x", "/twilio/fallback", "/twilio/status",
            "/twilio/leg?leg=x", "/twilio/leg/key?leg=x", "/twilio/leg/status?leg=x", "/twilio/leg/joined?leg=x",
            "/twilio/voice/recorded?call=x&step=y", "/twilio/fallback/recorded",
        ]  # fmt: skip
        for path in paths:
            for _ in range(6):
                form = [
                    (name, chance.choice(values))
                    for name in chance.sample(names, chance.randrange(len(names)))
                ]
                headers = {
                    **_twilio(world.base_url + path, form),
                    "content-type": "application/x-www-form-urlencoded",
                }
                async with http.post(world.base_url + path, data=urlencode(form), headers=headers) as answer:
                    assert answer.status < 500, (path, form, await answer.text())


def datetime_now():
    from bot.clock import SystemClock

    return SystemClock().now()
