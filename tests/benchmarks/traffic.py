"""Signed requests of the platforms, and rounds of them."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from statistics import median, quantiles
from urllib.parse import urlencode

from tests.benchmarks.load import MakeRequest, Round, drive, post
from tests.benchmarks.programs import MAIN, SLACK_SECRET, TEAM, TWILIO_TOKEN, Program

_made = count()
CALLER = "+815012345678"


def twilio_form(url: str, **fields: str) -> tuple[bytes, dict[str, str]]:
    """A webhook's body, and the header that signs it."""
    form = {"AccountSid": "AC" + "0" * 32, "From": CALLER, "To": MAIN, **fields}
    basis = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.digest(TWILIO_TOKEN.encode(), basis.encode(), hashlib.sha1)
    return urlencode(form).encode(), {"X-Twilio-Signature": base64.b64encode(digest).decode()}


def new_sid() -> str:
    return f"CA{time.time_ns():016x}{next(_made):016x}"


def arrivals(port: int) -> MakeRequest:
    """New calls, one after the other."""

    def make() -> bytes:
        url = f"http://127.0.0.1:{port}/twilio/voice"
        body, headers = twilio_form(url, CallSid=new_sid(), CallStatus="ringing", Direction="inbound")
        return post(port, "/twilio/voice", body, headers)

    return make


def commands(port: int, users: list[str]) -> MakeRequest:
    """`/away 15時帰社` of one after the other."""

    def make() -> bytes:
        number = next(_made)
        form = {
            "command": "/away",
            "text": "15時帰社",
            "team_id": TEAM,
            "user_id": users[number % len(users)],
            "trigger_id": f"{time.time_ns()}.{number}",
        }
        body, now = urlencode(form).encode(), str(int(time.time()))
        digest = hmac.digest(SLACK_SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hex()
        signed = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}"}
        return post(port, "/slack/events", body, signed)

    return make


async def in_turns(
    programs: dict[str, tuple[Program, MakeRequest]], *, rounds: int, seconds: float, connections: int = 16
) -> dict[str, list[Round]]:
    """Rounds of each program in turn; the first of each, which warms up, does not count."""
    found: dict[str, list[Round]] = {name: [] for name in programs}
    for round_ in range(rounds + 1):
        for name, (program, make) in programs.items():
            before = program.processor_seconds
            one = await drive(program.port, make, connections=connections, seconds=seconds)
            if round_:
                found[name].append(replace(one, processor=program.processor_seconds - before))
    return found


def paired(mine: list[Round], theirs: list[Round], of: Callable[[Round], float]) -> tuple[float, float]:
    """The median of ours, and the floor's by the median ratio of neighbouring rounds: a busy machine
    slows both.
    """
    ours = median(of(one) for one in mine)
    return ours, ours / median(of(a) / of(b) for a, b in zip(mine, theirs, strict=True))


def per_second(one: Round) -> float:
    return one.per_second


def p99_ms(one: Round) -> float:
    return quantiles(one.latencies, n=100)[98] * 1000


def processor_ms(one: Round) -> float:
    """Of one request."""
    return one.processor / len(one.latencies) * 1000
