"""What was sent once is sent again, by a platform or by somebody who has seen it: it has no second effect."""

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest_asyncio
import sqlalchemy as sa

from bot.presence.tables import changes
from bot.store.outbox import outbox
from tests.support.signing import Signing
from tests.support.world import World

COMMAND = {
    "team_id": "T0SMILE",
    "user_id": "U0KURIMOTO",
    "command": "/tori",
    "text": "外出 15時まで",
    "trigger_id": "13345224609.738474920",
    "channel_id": "D0KURIMOTO",
}
SUZUKI = "U" + "2" * 32


@pytest_asyncio.fixture
async def signing(world: World) -> AsyncIterator[Signing]:
    async with aiohttp.ClientSession() as session:
        yield Signing(world.base_url, session, world.clock.now)


async def counted(world: World, *tables: sa.Table) -> list[int]:
    """How many rows each table has, once all is sent."""
    await world.settled()
    return [
        await world.services.store.read(
            lambda tx, t=table: tx.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
        )
        for table in tables
    ]


async def test_a_slack_command(world: World, signing: Signing) -> None:
    body = urlencode(COMMAND).encode()
    assert [await signing.slack_body(body) for _ in range(3)] == [200, 200, 200]
    assert await counted(world, changes) == [1]


async def test_a_slack_message(world: World, signing: Signing) -> None:
    event = {
        "type": "event_callback",
        "team_id": "T0SMILE",
        "event_id": "Ev0123",
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": "D0KURIMOTO",
            "user": "U0KURIMOTO",
            "text": "出張 明日まで",
            "ts": f"{world.clock.now().timestamp():.6f}",
        },
    }
    assert await signing.slack(event) == 200
    once = await counted(world, changes, outbox)
    assert [await signing.slack(event) for _ in range(2)] == [200, 200]
    assert await counted(world, changes, outbox) == once
    assert once[0] == 1


async def test_a_slack_tap(world: World, signing: Signing) -> None:
    shown = await world.on_slack("kurimoto").types("/tori", "外出 15時まで")
    [extend] = [button for button in shown.buttons if button.action_id == "status_cancel"]
    tap = {
        "type": "block_actions",
        "team": {"id": "T0SMILE"},
        "user": {"id": "U0KURIMOTO"},
        "trigger_id": "9.9",
        "actions": [
            {"type": "button", "action_id": extend.action_id, "value": extend.value, "action_ts": "1.1"}
        ],
    }
    assert await signing.slack(tap, as_form=True) == 200
    once = await counted(world, changes, outbox)
    assert await signing.slack(tap, as_form=True) == 200
    assert await counted(world, changes, outbox) == once


async def test_a_line_event_delivered_again(world: World, signing: Signing) -> None:
    event = {
        "type": "message",
        "webhookEventId": "01HF0000000000000000000000",
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(world.clock.now().timestamp() * 1000),
        "source": {"type": "user", "userId": SUZUKI},
        "message": {"type": "text", "id": "1", "text": "会議 1時間"},
    }
    bodies = [{"destination": "x", "events": [event]}]
    bodies.append(
        {"destination": "x", "events": [event | {"deliveryContext": {"isRedelivery": True}}, event]}
    )
    assert [await signing.line(body) for body in bodies] == [200, 200]
    assert await counted(world, changes) == [1]


async def test_what_slack_signed_long_ago_is_refused(world: World, signing: Signing) -> None:
    body = urlencode(COMMAND).encode()
    refused = [await signing.slack_body(body, age_seconds=age) for age in (301, -301, 86_400)]
    assert refused == [401, 401, 401]
    assert await counted(world, changes) == [0]
    assert [await signing.slack_body(body, age_seconds=age) for age in (299, 0, -299)] == [200, 200, 200]
    assert await counted(world, changes) == [1]
