"""What a full story leaves in the logs and in `doctor`: ids and counts; no secret, name, number or word."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.processes import CALLER, MAIN, Deployment, eventually

SECRETS = ("slack-secret", "xoxb-test", "line-secret", "line-token", "twilio-token", "test-secret")
PRIVATE = (
    "アオバ商事",
    "三上",
    "栗本",
    "佐藤",
    "納期",
    "5012345678",
    "50-1234-5678",
    "9012345678",
    "9012345679",
)


@pytest_asyncio.fixture
async def deployment(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with Deployment(sqlite_url, tmp_path).running() as running:
        yield running


@pytest.mark.parametrize("fault", [None, "error"])
async def test_the_logs_of_a_whole_story_tell_nobody_anything(
    deployment: Deployment, fault: str | None
) -> None:
    if fault:
        deployment.slack.faults.order("chat.postMessage", fault, times=2)
        deployment.twilio.faults.order("calls.create", fault)
    await deployment.slack.user("U0KURIMOTO").types("/tori", "外出 15時帰社 納期の打合せ")
    call = await deployment.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=20)
    await call.says("アオバ商事の三上と申します。佐藤さんをお願いします")
    await deployment.slack.user("U0SATO").sees("三上様からお電話です", within=20)
    await deployment.slack.user("U0SATO").taps("つなぐ")
    await eventually(lambda: deployment.twilio.phone("+819012345679").times_rung or fault, "it rings")
    await call.hangs_up()
    await deployment.twilio.all_told(within=20)
    calls = deployment.slack.channel("C0CALLS")
    await eventually(lambda: [m for m in calls.messages if "三上" in m.text], "the message", within=20)
    log = (deployment.folder / "serve.log").read_text(encoding="utf-8")
    assert "call.arrived" in log
    assert [word for word in (*SECRETS, *PRIVATE) if word in log] == []


def test_doctor_shows_no_secret(sqlite_url: str, tmp_path: Path) -> None:
    deployment = Deployment(sqlite_url, tmp_path)
    said = deployment.command("doctor")
    shown = (said.stdout + said.stderr).decode()
    assert shown
    assert [word for word in SECRETS if word in shown] == []
