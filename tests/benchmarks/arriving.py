"""A new call, `/away`, and answers while two hundred calls are in progress."""

import asyncio
import random
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import aiohttp

from tests.benchmarks.load import drive
from tests.benchmarks.programs import floor, serving
from tests.benchmarks.results import Figure
from tests.benchmarks.traffic import (
    arrivals,
    commands,
    in_turns,
    new_sid,
    p99_ms,
    paired,
    per_second,
    processor_ms,
    twilio_form,
)

_MEASURED = (
    ("", per_second, "/s", 0.5),
    (", p99", p99_ms, "ms", 3.0),
    (", processor time", processor_ms, "ms", 2.0),
)
SAID = (
    "お世話になっております。みどり工業の江川です。佐藤さんお願いします",
    "はい",
    "いいえ、伝言をお願いします",
    "見積りの件です",
)


async def new_calls(
    kind: str, url: str, bare: tuple[str, str], folder: Path, *, rounds: int, seconds: float
) -> list[Figure]:
    """`POST /twilio/voice`, beside programs that commit each call alone, and together with its neighbours."""
    with (
        serving(url, folder) as ours,
        floor("voice", folder, bare[0], "alone") as alone,
        floor("voice", folder, bare[1], "shared") as shared,
    ):
        programs = {name: (one, arrivals(one.port)) for name, one in _named(ours, alone, shared)}
        found = await in_turns(programs, rounds=rounds, seconds=seconds)
    return _beside("new call", kind, found)


async def commands_taken(
    kind: str, url: str, bare: tuple[str, str], users: list[str], folder: Path, *, rounds: int, seconds: float
) -> list[Figure]:
    """`/away 15時帰社`, beside bare Bolt."""
    with (
        serving(url, folder) as ours,
        floor("away", folder, bare[0], "alone") as alone,
        floor("away", folder, bare[1], "shared") as shared,
    ):
        programs = {name: (one, commands(one.port, users)) for name, one in _named(ours, alone, shared)}
        found = await in_turns(programs, rounds=rounds, seconds=seconds)
    return _beside("`/away 15時帰社`", kind, found)


def _named(ours, alone, shared):
    return (("ours", ours), ("alone", alone), ("shared", shared))


def _beside(what: str, kind: str, found) -> list[Figure]:
    lines = []
    floors = {"alone": "a commit each"}
    if kind == "SQLite":
        floors["shared"] = "shared commits"
    for name, words in floors.items():
        for measured, of, unit, goal in _MEASURED:
            ours, floor_ = paired(found["ours"], found[name], of)
            title = f"{what}{measured}; floor: {words}"
            lines.append(Figure(title, kind, unit, ours, floor_, goal, more=unit == "/s"))
    return lines


async def in_progress(kind: str, url: str, folder: Path, *, calls: int, steps: int) -> list[Figure]:
    """Each call says something every few seconds, or holds and is asked again; beside the second owed."""
    with serving(url, folder) as program:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            base = f"http://127.0.0.1:{program.port}"
            await drive(program.port, arrivals(program.port), connections=4, requests=4 * calls)  # warm
            chance = random.Random(7)
            talking = [_call(session, base, steps, random.Random(chance.random())) for _ in range(calls)]
            waits = [wait for one in await asyncio.gather(*talking) for wait in one]
    ordered = quantiles(waits, n=1000)
    return [
        Figure(
            f"answer with {calls} calls in progress, p99.9; floor: the second owed",
            kind,
            "ms",
            ordered[998] * 1000,
            1000,
            1.0,
        ),
    ]


async def _call(session: aiohttp.ClientSession, base: str, steps: int, chance: random.Random) -> list[float]:
    sid, path = new_sid(), "/twilio/voice"
    waits = []
    await asyncio.sleep(chance.random() * 2)
    for number in range(steps):
        body, headers = twilio_form(
            base + path, CallSid=sid, CallStatus="in-progress", SpeechResult=SAID[number % len(SAID)]
        )
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        async with session.post(base + path, data=body, headers=headers) as answer:
            assert answer.status == 200, answer.status
            document = ET.fromstring(await answer.text())
        waits.append(time.perf_counter() - began)
        where = next(
            (one.get("waitUrl") or one.get("action") for one in document.iter() if one.get("action")), None
        )
        if where is None:
            break
        address = urlsplit(where)
        path = address.path + (f"?{address.query}" if address.query else "")
        await asyncio.sleep(1 + 2 * chance.random())
    return waits
