"""The manifest by the rules of slackapi/manifest-schema, version 2, and by what our handlers need."""

import json

import pytest

from bot.settings import Settings
from handlers.commands.manifest import manifest, run
from simulator.slack.inbound import SUBSCRIPTIONS
from simulator.slack.stand_in import SCOPES

URL = "https://toritsugi.example.com"


def settings(**more: object) -> Settings:
    return Settings(_env_file=None, public_url=URL, **more)  # type: ignore[arg-type]


def test_every_address_is_ours() -> None:
    made = manifest(settings())
    urls = [command["url"] for command in made["features"]["slash_commands"]]
    urls += [made["settings"][part]["request_url"] for part in ("event_subscriptions", "interactivity")]
    assert set(urls) == {f"{URL}/slack/events"}


def test_commands_are_those_slack_lets_us_have_with_mentions_escaped() -> None:
    commands = manifest(settings())["features"]["slash_commands"]
    assert [command["command"] for command in commands] == [
        "/tori",
        "/back",
        "/whereis",
        "/calls",
        "/toritsugi",
    ]
    assert all(command["should_escape"] for command in commands)


def test_the_messages_tab_can_be_written_in() -> None:
    home = manifest(settings())["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_events_and_scopes_are_those_we_use() -> None:
    made = manifest(settings())
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(SUBSCRIPTIONS)
    assert set(made["oauth_config"]["scopes"]["bot"]) <= SCOPES


def test_lengths_are_within_slacks() -> None:
    made = manifest(settings())
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for shortcut in made["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in made["features"]["slash_commands"]:
        assert len(command["description"]) <= 2_000
        assert len(command.get("usage_hint", "")) <= 1_000


def test_names_of_commands_are_settings() -> None:
    made = manifest(settings(slack_commands={"back": "/modori"}))
    assert [command["command"] for command in made["features"]["slash_commands"]][:2] == ["/tori", "/modori"]


@pytest.mark.parametrize(
    "names", [{"dance": "/dance"}, {"back": "back"}, {"back": "/もどり"}, {"back": "/a b"}]
)
def test_a_name_that_slack_would_refuse_is_refused_here(names: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="like /back"):
        settings(slack_commands=names)


def test_it_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(settings())
    assert json.loads(capsys.readouterr().out) == manifest(settings())
