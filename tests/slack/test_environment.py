"""Bolt reads the environment by itself; ours must not change what it does."""

import pytest

from tests.support.slack_desk import SlackDesk, slack_desk


async def test_slacks_variables_in_the_environment_change_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    async with slack_desk(sqlite_url) as desk:
        answer = await desk.member("mori").types("/tori", "外出 15時まで")
        assert "外出" in answer.text


async def test_slack_that_is_off_refuses_everything(sqlite_url: str) -> None:
    desk: SlackDesk
    async with slack_desk(sqlite_url, slack_signing_secret=None) as desk:
        answer = await desk.member("mori").types("/tori", "外出 15時まで")
        assert "dispatch_failed" in answer.text
        assert desk.presence("mori").kind is None
        assert desk.slack.problems.pop() == "/tori: answered 401, Slack wants 200"
