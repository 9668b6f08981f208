"""The stand-in over HTTP, for a page that shows Slack and lets people act. Loopback only.

`GET /_control/state` gives everything there is to draw:

    {"team", "bot": "U0BOT",
     "users":    [{"id", "name", "real_name", "deleted", "online"}],
     "channels": [{"id", "name", "kind": "public"|"private"|"im", "members": [ID], "messages": [MESSAGE]}],
     "modals":   [VIEW], "homes": [VIEW], "problems": [TEXT]}

MESSAGE: `channel`, `ts` (with the channel its identity), `user`, `from_bot`, `text` (all that is read),
`notification`, `blocks`, `attachments`, `files`, `buttons` (`label`, `action_id`, `value`, perhaps `style`,
`url`, `confirm`), `thread_ts`, `ephemeral_to` (only this user sees it; null: every member of the channel),
`edits` (what it read before each edit), `deleted`.
VIEW: `user` who sees it, `text`, and `view`, the view object of the Web API (`title`, `blocks`, `submit`, …).

`GET /_control/events` is a stream of server-sent events, each a JSON object with `what`: `message`, `edit`,
`delete` (with `message`), `view` (with `view`), `view_closed`, `problem`, `refused` (a call of the Web API,
with `method` and `error`).

`POST /_control/commands` lets somebody act: `{"do": …}` with

| do | with | result |
| --- | --- | --- |
| `types` | `user`, `command`, `text`, perhaps `channel` | the answer, a MESSAGE |
| `says` | `user`, `text`, perhaps `channel` | the MESSAGE |
| `taps` | `user`, `button` (label or action_id), perhaps `channel` and `ts`, or `home` (true) | null |
| `chooses` | `user`, `action_id`, `value`, perhaps `channel` and `ts`, or `home` (true) | null |
| `opens_home` | `user`, perhaps `tab` | null |
| `submits` | `user`, `values` by block_id, action_id or label | errors by block_id |
| `closes` | `user` | null |
| `uses_shortcut` | `user`, `callback_id`, perhaps `channel` and `ts` | null |
| `fault` | `method` and the arguments of `Faults.order` | null |
| `clear_faults` | perhaps `method` | null |
| `repeat_last_event` | | null |
| `hold`, `release` | the latter perhaps `reverse`, `at_once` | null |

Answered `{"ok": true, "result": …}`; 400 `{"ok": false, "error"}` where the command is wrong, 409 where
the screen does not allow it.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.control import add_control
from simulator.slack import views
from simulator.slack.blocks import Json
from simulator.slack.model import Message, View

if TYPE_CHECKING:
    from simulator.slack.stand_in import SlackStandIn


def add_routes(app: web.Application, slack: "SlackStandIn") -> None:
    """Put the control under `/_control/`."""
    add_control(app, lambda: state(slack), commands(slack), slack.space.changes, slack.faults, slack.courier)


def state(slack: "SlackStandIn") -> Json:
    """Everything there is to draw."""
    space = slack.space
    users = [
        {key: getattr(user, key) for key in ("id", "name", "real_name", "deleted", "online")}
        for user in space.users.values()
    ]
    channels = [
        {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "members": sorted(channel.members),
            "messages": [message.to_json() for message in channel.log if not message.deleted],
        }
        for channel in space.channels.values()
    ]
    return {
        "team": space.team,
        "bot": space.bot.id,
        "users": users,
        "channels": channels,
        "modals": [views.to_json(space, stack[-1]) for stack in space.stacks.values() if stack],
        "homes": [views.to_json(space, view) for view in space.homes.values()],
        "problems": space.problems,
    }


def commands(slack: "SlackStandIn") -> dict[str, Callable[[Json], Awaitable[Any]]]:
    """What a page may let people do."""

    def person(said: Json) -> Any:
        return slack.user(said["user"])

    def on(said: Json) -> Message | View | None:
        if said.get("home"):
            return slack.space.homes.get(said["user"])
        return slack.space.find(said["channel"], said["ts"]) if "ts" in said else None

    async def types(said: Json) -> Json:
        channel = said.get("channel")
        answer: Message = await person(said).types(said["command"], said.get("text", ""), channel=channel)
        return answer.to_json()

    async def says(said: Json) -> Json:
        channel = said.get("channel") or slack.dm(said["user"]).id
        message: Message = await person(said).says_in(channel, said["text"])
        return message.to_json()

    async def taps(said: Json) -> None:
        await person(said).taps(said["button"], on=on(said))

    async def opens_home(said: Json) -> None:
        await person(said).opens_home(said.get("tab", "home"))

    async def repeat_last_event(_said: Json) -> None:
        await slack.inbound.repeat_last_event()

    return {
        "types": types,
        "says": says,
        "taps": taps,
        "chooses": lambda said: person(said).chooses(said["action_id"], said["value"], on=on(said)),
        "opens_home": opens_home,
        "submits": lambda said: person(said).submits(said.get("values", {})),
        "closes": lambda said: person(said).closes(),
        "uses_shortcut": lambda said: person(said).uses_shortcut(said["callback_id"], on=on(said)),
        "repeat_last_event": repeat_last_event,
    }
