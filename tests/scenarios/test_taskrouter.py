"""TaskRouter hears of presence as the signed webhook does."""

import json

from tests.support.processes import eventually
from tests.support.world import OFFICE_FILE, World

WORKSPACE = "WS" + "0" * 32
WORKER = "WK" + "0" * 32


async def test_a_worker_follows_their_person(database_url: str) -> None:
    office = OFFICE_FILE.read_text(encoding="utf-8").replace(
        "  - id: sato\n", f"  - id: sato\n    worker: {WORKER}\n"
    )
    office += (
        "\nrouting:\n  - {type: taskrouter, workspace: "
        + WORKSPACE
        + ", activities: {available: Available, default: Unavailable}}\n"
    )
    async with World(database_url, office=office).running() as world:
        workspace = world.twilio.taskrouter.add_workspace(WORKSPACE)
        worker = world.twilio.taskrouter.add_worker(WORKSPACE, WORKER)
        worker.attributes = '{"languages": ["ja"]}'
        await world.on_slack("sato").types("/tori", "15時帰社")
        unavailable = workspace.activity_named("Unavailable")
        await eventually(lambda: worker.activity == unavailable, "the worker is unavailable")
        attributes = json.loads(worker.attributes)
        assert attributes["kind"] == "out"
        assert attributes["reachable"] is False
        assert attributes["languages"] == ["ja"]
        await world.on_slack("sato").types("/back")
        available = workspace.activity_named("Available")
        await eventually(lambda: worker.activity == available, "the worker is available")
        worker.activity = unavailable  # somebody moved it by hand
        await world.passes(minutes=5)
        await eventually(lambda: worker.activity == available, "the worker is put right")
