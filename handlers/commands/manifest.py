"""`toritsugi manifest`: the Slack app of this deployment, ready to paste at api.slack.com/apps.

Shape: slackapi/manifest-schema, version 2. `/away` and `/status` are Slack's own names and not in it
(docs/slack.md says how to try them).
"""

import json
from typing import Any

from bot.settings import Settings

_COMMANDS = {
    "tori": ("いまの状況を一言で登録します", "外出 15時まで"),
    "back": ("戻りました", ""),
    "whereis": ("だれがどこにいるかを見ます", "@だれか"),
    "calls": ("未対応の伝言を見ます", ""),
    "toritsugi": ("取次ぎの使い方", "help"),
}
BOT_SCOPES = (
    "channels:history",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
)
_EVENTS = ("app_home_opened", "message.channels", "message.groups", "message.im")


def manifest(settings: Settings) -> dict[str, Any]:
    """The app manifest, its addresses under `PUBLIC_URL`."""
    url = f"{settings.base_url}/slack/events"
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "取次ぎ",
            "description": "電話の取次ぎ: 状況を一言送ると、お電話の方へのご案内が変わります",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "toritsugi", "always_online": True},
            "shortcuts": [
                {
                    "name": "状況を登録",
                    "type": "global",
                    "callback_id": "status_edit",
                    "description": "外出・会議などの状況を登録します",
                }
            ],
            "slash_commands": [_command(settings, name, url) for name in _COMMANDS],
        },
        "oauth_config": _oauth(settings),
        "settings": {
            "event_subscriptions": {"request_url": url, "bot_events": _events(settings)},
            "interactivity": {"is_enabled": True, "request_url": url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _oauth(settings: Settings) -> dict[str, Any]:
    scopes = {"scopes": {"bot": list(BOT_SCOPES)}}
    if not settings.slack_oauth_on:
        return scopes
    return {"redirect_urls": [f"{settings.base_url}/slack/oauth_redirect"], **scopes}


def _events(settings: Settings) -> list[str]:
    """With many workspaces we also hear of those that leave."""
    return (
        sorted((*_EVENTS, "app_uninstalled", "tokens_revoked")) if settings.slack_oauth_on else list(_EVENTS)
    )


def _command(settings: Settings, name: str, url: str) -> dict[str, Any]:
    description, hint = _COMMANDS[name]
    command = {
        "command": settings.slack_commands[name],
        "url": url,
        "description": description,
        "should_escape": True,
    }
    return command | ({"usage_hint": hint} if hint else {})


def run(settings: Settings) -> None:
    """Print the manifest as JSON."""
    print(json.dumps(manifest(settings), ensure_ascii=False, indent=2))
