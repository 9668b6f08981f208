"""What `toritsugi doctor` says of Slack."""

import asyncio

from pydantic import SecretStr

from bot.settings import Settings
from handlers.commands.doctor import diagnose
from tests.slack.test_install import OAUTH
from tests.support.midori import TEAM
from tests.support.slack_desk import SlackDesk

Said = dict[str, str]


def settings_of(desk: SlackDesk, **more: object) -> Settings:
    return desk.services.settings.model_copy(update=more)


async def said(settings: Settings) -> Said:
    """The findings about Slack and credentials: what is wrong, or `ok`."""
    findings = await asyncio.to_thread(diagnose, settings)
    return {
        finding.check: "ok" if finding.state == "ok" else finding.text
        for finding in findings
        if finding.check in ("Slack", "credentials")
    }


async def test_all_is_well(desk: SlackDesk) -> None:
    assert (await said(settings_of(desk)))["Slack"] == "ok"


async def test_missing_scopes_are_named(desk: SlackDesk) -> None:
    desk.slack.scopes = desk.slack.scopes - {"im:history"}
    assert (await said(settings_of(desk)))["Slack"] == "missing scopes: im:history"


async def test_a_token_of_another_workspace_is_named(desk: SlackDesk) -> None:
    desk.slack.space.team = "T0OTHER"
    assert "the token is of workspace T0OTHER" in (await said(settings_of(desk)))["Slack"]


async def test_with_oauth_a_workspace_that_has_not_installed_the_app_is_named(desk: SlackDesk) -> None:
    found = await said(settings_of(desk, **OAUTH))
    assert found["Slack"] == f"not installed in workspace {TEAM}"
    assert found["credentials"] == "ok"


async def test_half_of_oauth_is_missing_something(desk: SlackDesk) -> None:
    found = await said(settings_of(desk, slack_client_id="1.2", toritsugi_secret=SecretStr("secret")))
    assert found["credentials"] == "missing: SLACK_CLIENT_SECRET"
