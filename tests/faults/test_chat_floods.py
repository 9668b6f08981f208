"""A flood of one office's chat: who floods is told to come again, the others are served as ever."""

import asyncio
import base64
import hmac
import json
from collections import Counter

import aiohttp
import pytest

from bot.language.model import Kind
from bot.office.model import StaffId
from bot.office.roster import roster_of
from bot.presence.verbs import presence_of
from bot.store.transaction import Transaction
from handlers import turns
from tests.faults.test_overload import stopped
from tests.support.neighbours import SATO_LINE, Neighbour, Neighbours
from tests.support.processes import eventually
from tests.support.signing import JSON, Signing


@pytest.fixture
def database_url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The rules are the same on both; SQLite's single writer can be stopped."""
    monkeypatch.setattr(turns, "AT_ONCE", 2)
    monkeypatch.setattr(turns, "MOST_WAITING", 3)
    return sqlite_url


def message(office: Neighbour, n: int) -> dict[str, object]:
    """A direct message, as Slack tells of it."""
    event = {
        "type": "message", "channel": "D0SATO", "channel_type": "im", "user": "U0SATO", "text": "会議 15時まで",
        "ts": f"{1795483800 + n}.000100",
    }  # fmt: skip
    return {"type": "event_callback", "team_id": office.team, "event_id": f"Ev{n}", "event": event}


async def test_a_flood_of_one_workspaces_messages_is_its_own(
    database_url: str, logged: list[dict[str, object]]
) -> None:
    async with Neighbours(database_url).running() as world, aiohttp.ClientSession() as web:
        signing = Signing(world.base_url, web, world.clock.now)
        answered: Counter[int] = Counter()

        async def arrives(office: Neighbour, n: int) -> None:
            answered[await signing.slack(message(office, n))] += 1

        async with asyncio.TaskGroup() as events:
            with stopped(world.services.store):
                for n in range(12):
                    events.create_task(arrives(world.a, n))
                await eventually(lambda: answered[503] == 7, "Slack is to bring the rest again")
                said = await world.a.slack.user("U0SUZUKI").types("/tori", "外出 15時まで")
                assert "結果はまもなく" in said.text, "what people do themselves has turns of its own"
                events.create_task(arrives(world.b, 100))
                await eventually(lambda: in_line(world) >= 5, "two of the flood, the command, the neighbour")
                assert in_line(world) <= 6, "the sender may wait, too"
        assert answered == {503: 7, 200: 6}
        await world.a.slack.user("U0SUZUKI").sees("外出")
        await world.b.slack.user("U0SATO").sees("会議")
        await world.settled()
    assert sum(line["event"] == "slack.not_recorded" for line in logged) == 7


async def test_a_flood_of_one_channel_at_line_is_its_own_and_told_once(
    database_url: str, logged: list[dict[str, object]]
) -> None:
    async with Neighbours(database_url).running() as world, aiohttp.ClientSession() as web:

        async def arrives(office: Neighbour, n: int) -> None:
            event = {
                "type": "message", "mode": "active", "timestamp": 1795483800000 + n, "webhookEventId": f"E{n}",
                "source": {"type": "user", "userId": SATO_LINE},
                "message": {"id": str(n), "type": "text", "text": "会議 15時まで"},
            }  # fmt: skip
            body = json.dumps({"destination": office.destination, "events": [event]}).encode()
            mac = hmac.digest(f"{office.name}-line-secret".encode(), body, "sha256")
            headers = {"x-line-signature": base64.b64encode(mac).decode(), "content-type": JSON}
            async with web.post(f"{world.base_url}/line/webhook", data=body, headers=headers) as answer:
                assert answer.status in (200, 503)

        async with asyncio.TaskGroup() as events:
            with stopped(world.services.store):
                for n in range(12):
                    events.create_task(arrives(world.a, n))
                await eventually(lambda: crowded(logged) == 1, "they are told", within=20)
                events.create_task(arrives(world.b, 100))
                await eventually(lambda: in_line(world) >= 4, "two of the flood, and the neighbour")
                assert in_line(world) <= 5, "the sender may wait, too"
        assert crowded(logged) == 1
        await eventually(lambda: world.services.store.read_now(is_in_a_meeting, world.b.name), "it was heard")
        await world.settled()


def is_in_a_meeting(tx: Transaction, office: str) -> bool:
    return presence_of(tx, roster_of(tx, office), StaffId("sato")).kind is Kind.MEETING


def in_line(world: Neighbours) -> int:
    """How many wait for the database, the verb that does not end among them."""
    return world.services.store._waiting


def crowded(logged: list[dict[str, object]]) -> int:
    return sum(line["event"] == "line.crowded" for line in logged)
