"""Installing by OAuth: into many workspaces, by the browser that began, with a token nobody can read."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from pydantic import SecretStr

from bot.office.installations import installed_token
from bot.settings import Settings
from handlers.commands.manifest import BOT_SCOPES, manifest
from tests.support.midori import TEAM
from tests.support.slack_desk import SlackDesk, slack_desk

SEALING = "a long random text"
OAUTH = {
    "slack_bot_token": None,
    "slack_client_id": "stand-in-client",
    "slack_client_secret": SecretStr("stand-in-client-secret"),
    "toritsugi_secret": SecretStr(SEALING),
}


@pytest.fixture
async def open_desk(sqlite_url: str) -> AsyncIterator[SlackDesk]:
    """An office whose Slack has not installed the app yet."""
    async with slack_desk(sqlite_url, **OAUTH) as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


async def begin(desk: SlackDesk, browser: aiohttp.ClientSession) -> dict[str, str]:
    """What Slack is asked."""
    async with browser.get(desk.url.replace("events", "install"), allow_redirects=False) as answer:
        assert answer.status == 302
        address = urlsplit(answer.headers["Location"])
    assert address.path == "/oauth/v2/authorize"
    return {name: values[0] for name, values in parse_qs(address.query).items()}


async def finish(desk: SlackDesk, browser: aiohttp.ClientSession, **query: str) -> tuple[int, str]:
    async with browser.get(desk.url.replace("events", "oauth_redirect"), params=query) as answer:
        return answer.status, await answer.text()


def token(desk: SlackDesk, secret: str = SEALING) -> str | None:
    return desk.services.store.read_now(installed_token, TEAM, secret)


async def test_once_installed_the_office_is_answered(
    open_desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    asked = await begin(open_desk, browser)
    assert set(asked["scope"].split(",")) == set(BOT_SCOPES)
    code = open_desk.slack.allows("U0OKA")
    status, page = await finish(open_desk, browser, code=code, state=asked["state"])
    assert status == 200
    assert "取次ぎを Slack に入れました" in page
    mori = open_desk.member("mori")
    await mori.says("外出 15時まで")
    await mori.sees("外出", "お電話の方への案内")
    await mori.opens_home()
    await mori.sees_home("あなたの予定")


async def test_the_token_is_stored_sealed(open_desk: SlackDesk, browser: aiohttp.ClientSession) -> None:
    asked = await begin(open_desk, browser)
    await finish(open_desk, browser, code=open_desk.slack.allows("U0OKA"), state=asked["state"])
    assert token(open_desk) == "xoxb-test"
    assert token(open_desk, "another secret") is None
    path = open_desk.services.settings.sqlite_path
    files = [path, Path(f"{path}-wal")]
    assert not any(b"xoxb-test" in file.read_bytes() for file in files if file.exists())


async def test_only_the_browser_that_began_can_finish(
    open_desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    asked = await begin(open_desk, browser)
    code = open_desk.slack.allows("U0OKA")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other:
        assert (await finish(open_desk, other, code=code, state=asked["state"]))[0] == 400
        await begin(open_desk, other)
        assert (await finish(open_desk, other, code=code, state=asked["state"]))[0] == 400
    assert token(open_desk) is None


@pytest.mark.parametrize("state", ["", "x", "1.2", "9" * 30, "é.é", "-1.00"])
async def test_a_made_up_state_is_refused(
    open_desk: SlackDesk, browser: aiohttp.ClientSession, state: str
) -> None:
    await begin(open_desk, browser)
    code = open_desk.slack.allows("U0OKA")
    assert (await finish(open_desk, browser, code=code, state=state))[0] == 400
    assert token(open_desk) is None


async def test_a_state_is_good_for_ten_minutes(open_desk: SlackDesk, browser: aiohttp.ClientSession) -> None:
    asked = await begin(open_desk, browser)
    open_desk.clock.passes(minutes=11)
    code = open_desk.slack.allows("U0OKA")
    assert (await finish(open_desk, browser, code=code, state=asked["state"]))[0] == 400


async def test_a_code_is_good_once_and_a_refusal_is_no_fault(
    open_desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    asked = await begin(open_desk, browser)
    status, page = await finish(open_desk, browser, error="access_denied", state=asked["state"])
    assert (status, "取りやめました" in page) == (400, True)
    code = open_desk.slack.allows("U0OKA")
    assert (await finish(open_desk, browser, code=code, state=asked["state"]))[0] == 200
    asked = await begin(open_desk, browser)
    status, page = await finish(open_desk, browser, code=code, state=asked["state"])
    assert (status, "インストールできませんでした" in page) == (400, True)


async def test_a_slack_that_does_not_answer_is_said_kindly(
    open_desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    asked = await begin(open_desk, browser)
    open_desk.slack.faults.order("oauth.v2.access", "break")
    code = open_desk.slack.allows("U0OKA")
    assert (await finish(open_desk, browser, code=code, state=asked["state"]))[0] == 503


async def test_a_workspace_that_leaves_takes_its_token_along_unless_it_came_back(
    open_desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    left_at = int(open_desk.clock.now().timestamp())
    open_desk.clock.passes(minutes=1)
    asked = await begin(open_desk, browser)
    await finish(open_desk, browser, code=open_desk.slack.allows("U0OKA"), state=asked["state"])
    gone = {"type": "event_callback", "team_id": TEAM, "event": {"type": "app_uninstalled"}}
    await open_desk.slack.inbound.send(gone | {"event_id": "Ev1", "event_time": left_at})
    assert token(open_desk) == "xoxb-test"
    open_desk.clock.passes(minutes=1)
    now = int(open_desk.clock.now().timestamp())
    await open_desk.slack.inbound.send(gone | {"event_id": "Ev2", "event_time": now})
    assert token(open_desk) is None


async def test_without_a_client_there_is_nothing_to_install(
    desk: SlackDesk, browser: aiohttp.ClientSession
) -> None:
    for page in ("install", "oauth_redirect"):
        async with browser.get(desk.url.replace("events", page)) as answer:
            assert answer.status == 404


def test_the_manifest_names_the_way_back() -> None:
    made = manifest(Settings(_env_file=None, public_url="https://t.example.com", **OAUTH))  # type: ignore[arg-type]
    assert made["oauth_config"]["redirect_urls"] == ["https://t.example.com/slack/oauth_redirect"]
    assert {"app_uninstalled", "tokens_revoked"} <= set(made["settings"]["event_subscriptions"]["bot_events"])
