"""`toritsugi doctor`: each of the likeliest mistakes is found, with its cure; and nothing where all is well."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa
from aiohttp import web
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.office.tables import organizations, staff
from bot.settings import Settings
from bot.store.cards import POST
from bot.store.job_runs import job_runs
from bot.store.outbox import enqueue, outbox
from bot.store.transaction import Transaction
from handlers.commands.doctor import Finding, as_text, diagnose
from simulator.http import serving
from tests.support.world import MAIN, TOKYO, World

OFFICE = "smile"
ELSEWHERE = "https://handler.twilio.com/twiml/EH0"


@pytest.fixture
def private_url(sqlite_url: str) -> str:
    """A database that only we can read, as `load` makes it."""
    Path(sqlite_url.removeprefix("sqlite:///")).chmod(0o600)
    return sqlite_url


@pytest_asyncio.fixture
async def desk(private_url: str) -> AsyncIterator[World]:
    """An office without a mistake: its jobs have ticked, its fallback is elsewhere."""
    async with World(private_url, at=SystemClock().now().astimezone(TOKYO)).running() as world:
        await world.passes(seconds=1)
        await world.settled()
        for number, config in world.twilio.numbers.items():
            world.twilio.numbers[number] = replace(config, fallback_url=ELSEWHERE)
        world.twilio.numbers[str(world.file.office.sms_from)] = world.twilio.numbers[MAIN]
        yield world


async def diagnosed(world: World, **changes: Any) -> list[Finding]:
    settings = Settings(_env_file=None, **{**world.services.settings.model_dump(), **changes})
    return await asyncio.to_thread(diagnose, settings, world.clock)


def wrongs(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.state == "wrong"]


# ---- mistakes ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mistake:
    """What somebody did, and what doctor has to say of it and nothing else."""

    what: str
    says: str
    cure: str
    do: Callable[[World], object] = lambda _world: None
    settings: dict[str, Any] = field(default_factory=dict)


def changed(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[World], None]:
    """The office as its file would have been."""

    def do(world: World) -> None:
        def write(tx: Transaction) -> None:
            row = tx.execute(sa.select(organizations.c.office)).scalar_one()
            tx.update(organizations, sa.true(), office=change(row), revision=tx.new_id())

        world.services.store.run_now(write)

    return do


def everybody(**values: Any) -> Callable[[World], None]:
    """Every person of the office with other values."""

    def do(world: World) -> None:
        def write(tx: Transaction) -> None:
            for row in tx.all(sa.select(staff)):
                tx.update(staff, staff.c.id == row.id, person={**row.person, **values})
            tx.update(organizations, sa.true(), revision=tx.new_id())

        world.services.store.run_now(write)

    return do


def everybody_named(staff_id: str, **values: Any) -> Callable[[World], None]:
    def do(world: World) -> None:
        def write(tx: Transaction) -> None:
            row = tx.execute(sa.select(staff).where(staff.c.id == staff_id)).one()
            tx.update(staff, staff.c.id == staff_id, person={**row.person, **values})
            tx.update(organizations, sa.true(), revision=tx.new_id())

        world.services.store.run_now(write)

    return do


def number(**values: str) -> Callable[[World], None]:
    def do(world: World) -> None:
        world.twilio.numbers[MAIN] = replace(world.twilio.numbers[MAIN], **values)

    return do


def planned(world: World) -> str:
    """A row of the outbox that no sender touches yet."""
    in_an_hour = world.clock.now() + timedelta(hours=1)
    return world.services.store.run_now(lambda tx: enqueue(tx, OFFICE, POST, {}, due_at=in_an_hour))


def given_up(error: str) -> Callable[[World], None]:
    def do(world: World) -> None:
        row = planned(world)
        ended = {"state": "dead", "error": error, "settled_at": world.clock.now()}
        world.services.store.run_now(lambda tx: tx.update(outbox, outbox.c.id == row, **ended))

    return do


def put_off(world: World) -> None:
    row = planned(world)
    tried = {"attempts": 3, "created_at": world.clock.now() - timedelta(minutes=9)}
    world.services.store.run_now(lambda tx: tx.update(outbox, outbox.c.id == row, **tried))


def bot_leaves(channel: str) -> Callable[[World], None]:
    def do(world: World) -> None:
        world.slack.space.channels[channel].members.discard(world.slack.space.bot.id)

    return do


def use_up_line(world: World) -> None:
    world.line.quota = 200
    world.line.account.usage[world.line.account.month] = 170


def secrets_of_another(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "line": {**(row["line"] or {}), "secret": "sealed:x", "token": None}}


MISTAKES = (
    Mistake("PUBLIC_URL was forgotten", "PUBLIC_URL: not set", "https address", settings={"public_url": ""}),
    Mistake(
        "PUBLIC_URL is a webhook's",
        "is the address of one webhook",
        "leave /slack/events out",
        settings={"public_url": "http://127.0.0.1:9/slack/events"},
    ),
    Mistake(
        "nothing listens at PUBLIC_URL",
        "does not answer",
        "start `toritsugi serve`",
        settings={"public_url": "http://127.0.0.1:9"},
    ),
    Mistake(
        "one of two credentials",
        "missing: SLACK_SIGNING_SECRET",
        "set them in the environment",
        settings={"slack_signing_secret": None},
    ),
    Mistake(
        "no secret of our own",
        "missing: TORITSUGI_SECRET",
        "any long random text",
        settings={"toritsugi_secret": SecretStr("")},
    ),
    Mistake(
        "a token for a secret",
        "SLACK_SIGNING_SECRET: it is a token",
        "Basic Information",
        settings={"slack_signing_secret": SecretStr("xoxb-1")},
    ),
    Mistake(
        "the app's token for the bot's",
        "SLACK_BOT_TOKEN: it is no bot's token",
        "Bot User OAuth Token",
        settings={"slack_bot_token": SecretStr("xapp-1")},
    ),
    Mistake(
        "a wrong token",
        "invalid_auth",
        "check the token",
        settings={"slack_bot_token": SecretStr("xoxb-other")},
    ),
    Mistake(
        "another signing secret than `serve` has",
        "Slack's requests: `serve` answers 401",
        "restart `serve`",
        settings={"slack_signing_secret": SecretStr("other")},
    ),
    Mistake(
        "another auth token than `serve` has",
        "Twilio's requests: `serve` answers 403",
        "restart `serve`",
        settings={"twilio_auth_token": SecretStr("other")},
    ),
    Mistake(
        "a key for the account",
        "TWILIO_ACCOUNT_SID: it is no account's SID",
        "Account SID",
        settings={"twilio_account_sid": "SK1"},
    ),
    Mistake(
        "an old app",
        "missing scopes: im:history",
        "toritsugi manifest",
        lambda world: setattr(world.slack, "scopes", world.slack.scopes - {"im:history"}),
    ),
    Mistake(
        "the bot was not invited",
        "the bot cannot use calls_channel C0CALLS (not_in_channel)",
        "/invite",
        bot_leaves("C0CALLS"),
    ),
    Mistake(
        "a channel that is none",
        "the bot cannot use digest_channel C0NONE (channel_not_found)",
        "correct the id",
        changed(lambda row: {**row, "slack": {**row["slack"], "digest_channel": "C0NONE"}}),
    ),
    Mistake(
        "another workspace",
        "the token is of workspace T0SMILE, the office file names T0OTHER",
        "correct slack.team",
        changed(lambda row: {**row, "slack": {**row["slack"], "team": "T0OTHER"}}),
    ),
    Mistake(
        "somebody's id was mistyped",
        "Slack has no active kurimoto (U0NOBODY)",
        "Copy member ID",
        everybody_named("kurimoto", slack="U0NOBODY"),
    ),
    Mistake(
        "the number for short messages is another account's",
        "sms_from is not in this account",
        "correct `numbers`",
        lambda world: world.twilio.numbers.pop(str(world.file.office.sms_from)),
    ),
    Mistake(
        "LINE's webhook goes elsewhere",
        "the webhook goes to https://old.example.com/line/webhook",
        "Use webhook",
        lambda world: setattr(world.line, "webhook_url", "https://old.example.com/line/webhook"),
    ),
    Mistake(
        "LINE's webhook was never set",
        "the webhook goes to nowhere",
        "set the webhook URL",
        lambda world: setattr(world.line, "webhook_url", None),
    ),
    Mistake(
        "another bot",
        "the office file names another",
        "line.destination",
        changed(lambda row: {**row, "line": {**(row["line"] or {}), "destination": "U" + "e" * 32}}),
    ),
    Mistake(
        "the bot is not in the group",
        "the bot is not in line.calls_group",
        "Allow bot to join group chats",
        changed(lambda row: {**row, "line": {**(row["line"] or {}), "calls_group": "C" + "e" * 32}}),
    ),
    Mistake(
        "LINE's messages run out",
        "pushes this month: 170 of 200",
        "raise the account's plan",
        use_up_line,
    ),
    Mistake(
        "the number was never pointed here",
        "voice_url do not lead here",
        "set voice_url to",
        number(voice_url="https://demo.twilio.com/welcome"),
    ),
    Mistake(
        "status callbacks go elsewhere", "status_callback do not", "set status_callback", number(status_callback="")
    ),
    Mistake("a number asked by GET", "Twilio is to ask by GET", "choose HTTP POST", number(method="GET")),
    Mistake("a TwiML App", "answers it, whatever", "Configure with: Webhook", number(application="AP" + "0" * 32)),
    Mistake("no fallback", "fallback do not lead here", "set fallback to", number(fallback_url="")),
    Mistake(
        "the number is another account's",
        "not in this account",
        "correct `numbers`",
        lambda world: world.twilio.numbers.pop(MAIN),
    ),
    Mistake(
        "the worker was forgotten",
        "jobs: they have never run",
        "start `toritsugi serve`",
        lambda world: world.services.store.run_now(lambda tx: tx.execute(sa.delete(job_runs))),
    ),
    Mistake(
        "the worker died",
        "jobs: they last ran 10 minutes ago",
        "start `toritsugi serve`",
        lambda world: world.clock.passes(minutes=10),
    ),
    Mistake("nothing is sent", "deliveries: the oldest has waited for 9 minutes", "outbox.later", put_off),
    Mistake(
        "messages were given up", "1 given up in the last seven days: Slack: is_archived", "another channel",
        given_up("Slack: is_archived"),
    ),
    Mistake(
        "nobody has a chat", "nobody has a chat", "toritsugi invite", everybody(slack=None, line=None)
    ),
    Mistake("nobody can be rung", "nobody has a telephone", "give people `phone`", everybody(phone=None, ring_at=None)),
    Mistake("no manager", "it has no manager", "role: manager", everybody(role="staff")),
    Mistake(
        "no calls channel",
        "no calls channel",
        "set slack.calls_channel",
        changed(
            lambda row: {
                **row,
                "slack": {**row["slack"], "calls_channel": None},
                "line": {**(row["line"] or {}), "calls_group": None},
            }
        ),
    ),
    Mistake(
        "TORITSUGI_SECRET was changed",
        "sealed with another TORITSUGI_SECRET",
        "set the old one again",
        changed(secrets_of_another),
    ),
)  # fmt: skip


async def test_all_is_well(desk: World) -> None:
    found = await diagnosed(desk)
    assert wrongs(found) == [], as_text(found)
    assert "LOOK" in as_text(found)  # LINE does not say whether redelivery is on


def assert_named(mistake: Mistake, found: list[Finding]) -> None:
    """The mistake is among what is wrong, once, and everything that is wrong has a cure."""
    named = [
        finding
        for finding in wrongs(found)
        if mistake.says in f"{finding.check}: {finding.text}" and mistake.cure in finding.cure
    ]
    assert len(named) == 1, f"{mistake.what}\n{as_text(found)}"
    assert all(finding.cure for finding in wrongs(found))


async def test_a_wrong_environment_is_found_with_its_cure(desk: World) -> None:
    """Nothing but the variables differs, so one office serves for all."""
    for mistake in MISTAKES:
        if mistake.settings:
            assert_named(mistake, await diagnosed(desk, **mistake.settings))


@pytest.mark.parametrize(
    "mistake", [mistake for mistake in MISTAKES if not mistake.settings], ids=lambda mistake: mistake.what
)
async def test_a_mistake_is_found_with_its_cure(desk: World, mistake: Mistake) -> None:
    mistake.do(desk)
    assert_named(mistake, await diagnosed(desk))
    desk.slack.problems.clear()  # a stand-in complains of what only a mistake can ask
    desk.line.problems.clear()


# ---- what stands in the way ------------------------------------------------------------------------------


async def test_something_else_answers_there(desk: World) -> None:
    async def parked(_request: web.Request) -> web.Response:
        return web.Response(text="This domain is for sale.")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", parked)
    async with serving(app) as address:
        found = wrongs(await diagnosed(desk, public_url=address))
    assert any("something else answers" in finding.text for finding in found), as_text(found)


async def test_a_fallback_on_our_own_host_is_pointed_out(desk: World) -> None:
    number(fallback_url=f"{desk.base_url}/twilio/fallback")(desk)
    found = await diagnosed(desk)
    [looked] = [finding for finding in found if "Twilio number" in finding.check and finding.state == "look"]
    assert "TwiML Bin" in looked.cure


async def test_what_was_refused_is_counted(desk: World) -> None:
    async def figures(_request: web.Request) -> web.Response:
        return web.Response(text='toritsugi_webhooks_refused_total{platform="line"} 12.0\n')

    app = web.Application()
    app.router.add_get("/metrics", figures)
    async with serving(app) as address:
        port = int(address.rpartition(":")[2])
        found = await diagnosed(desk, port=port)
    assert "line's requests: 12 refused" in as_text(found)


async def test_the_clock_is_compared_with_slacks(desk: World) -> None:
    desk.clock.passes(minutes=7)
    found = wrongs(await diagnosed(desk))
    assert [finding for finding in found if finding.check == "clock" and "seconds off" in finding.text]
