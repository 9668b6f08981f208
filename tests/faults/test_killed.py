"""`kill -9` in the middle: what was recorded is delivered, once, by the process that comes next."""

import asyncio
from pathlib import Path

import psycopg
import pytest

from tests.support.processes import CALLER, MAIN, Deployment, eventually

MESSAGE = "アオバ商事の三上様からお電話がありました"


def messages(deployment: Deployment) -> list[object]:
    """The caller's message in the calls channel, as often as it stands there."""
    return [message for message in deployment.slack.channel("C0CALLS").messages if MESSAGE in message.text]


async def leaves_word(deployment: Deployment) -> None:
    """A caller says who they are and whom they want, and hangs up."""
    call = await deployment.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=20)
    await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします")
    await call.hears("三上様", within=20)
    await call.hangs_up()
    await deployment.twilio.all_told(within=20)


@pytest.fixture
async def deployment(database_url: str, tmp_path: Path):
    async with Deployment(database_url, tmp_path).running() as running:
        yield running


async def test_between_the_end_of_a_call_and_its_delivery(deployment: Deployment) -> None:
    deployment.slack.faults.order("chat.postMessage", "error", times=3)
    await leaves_word(deployment)
    await deployment.kill()
    assert not messages(deployment)
    claims_run_out(deployment)
    await deployment.start()
    await eventually(lambda: messages(deployment), "the message is delivered", within=20)
    assert len(messages(deployment)) == 1


def claims_run_out(deployment: Deployment) -> None:
    """On PostgreSQL others wait until the claims of a process that died run out: let that time pass."""
    if deployment.database_url.startswith("postgresql"):
        with psycopg.connect(deployment.database_url) as connection:
            connection.execute("UPDATE outbox SET claimed_until = claimed_until - interval '20 seconds'")


async def test_after_slack_took_the_message_and_before_we_knew(deployment: Deployment) -> None:
    deployment.slack.faults.order("chat.postMessage", "accept_then_silence", times=2)
    await leaves_word(deployment)
    await eventually(lambda: messages(deployment), "Slack has it")
    await deployment.kill()
    claims_run_out(deployment)
    await deployment.start()
    await eventually(
        lambda: "conversations.history" in [name for name, _ in deployment.slack.calls],
        "we ask Slack before a second try",
        within=30,
    )
    await asyncio.sleep(0.5)
    assert len(messages(deployment)) == 1


async def test_while_a_caller_holds(deployment: Deployment) -> None:
    call = await deployment.twilio.phone(CALLER).dials(MAIN)
    await call.hears("スマイルコーポレーション", within=20)
    await call.says("アオバ商事の三上と申します。佐藤さんをお願いします")
    await deployment.slack.user("U0SATO").sees("三上様からお電話です")
    await deployment.kill()
    await deployment.start()
    await deployment.slack.user("U0SATO").taps("つなぐ")
    leg = await (await deployment.twilio.phone("+819012345679").rings(within=20)).answers()
    await leg.hears("三上様", within=20)
    await leg.presses("1")
    if not call.ended:
        await leg.talks_with(CALLER, within=20)
        await leg.hangs_up()


async def test_a_clean_stop_finishes_what_is_in_flight(deployment: Deployment) -> None:
    deployment.slack.faults.order("chat.postMessage", "slow", times=1)
    await leaves_word(deployment)
    process = deployment.processes[-1]
    process.terminate()
    assert await asyncio.to_thread(process.wait, 60) == 0
    await deployment.start()
    await eventually(lambda: messages(deployment), "the message is delivered", within=20)
    assert len(messages(deployment)) == 1
