"""The stand-in over HTTP, for a page that shows LINE and lets people act. Loopback only.

`GET /_control/state` gives everything there is to draw:

    {"destination": ID, "used": 3, "quota": 200 | null,
     "users":  [{"id", "name", "follows", "messages": [MESSAGE], "menu": RICH MENU | null}],
     "groups": [{"id", "name", "members": [ID], "joined", "messages": [MESSAGE]}],
     "problems": [TEXT]}

MESSAGE: `id`, `chat` (a user's or group's id), `sender` (user id; null is the account), `from_bot`, `text`
(all that is read), `notification` (text or altText), `body` (the message object as sent: text, flex JSON,
template), `buttons` (`label`, `place`: quick_reply, flex, template; `action`), `at` (ISO 8601), `was_push`,
`unsent`.
RICH MENU: as created (`size`, `chatBarText`, `areas`); `GET /_control/rich_menu/ID` gives its image.

`GET /_control/events` is a stream of server-sent events, each a JSON object with `what`: `message`, `unsend`
(with `message`), `rich_menu`, `problem`, `refused` (a call of the API, with `method` and `error`).

`POST /_control/commands` lets somebody act: `{"do": …}` with

| do | with | result |
| --- | --- | --- |
| `says` | `user`, `text`, perhaps `group` | the MESSAGE |
| `taps` | `user`, `button` (label or action), perhaps `message` (id) | null |
| `picks_time` | `user`, `button`, `value`, perhaps `message` | null |
| `follows`, `unfollows` | `user` | null |
| `unsends` | `user`, `message` | null |
| `invite`, `remove` | `group`: the account joins, or is put out | null |
| `quota` | `messages`, null for no limit | null |
| `redeliver` | the latest event once more | null |
| `fault` | `method` (a name in `api.ROUTES`) and the arguments of `Faults.order` | null |
| `clear_faults` | perhaps `method` | null |
| `hold`, `release` | the latter perhaps `reverse`, `at_once` | null |

Answered `{"ok": true, "result": …}`; 400 `{"ok": false, "error"}` where the command is wrong, 409 where
the screen does not allow it.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.control import add_control
from simulator.http import loopback_only
from simulator.line.limits import Json
from simulator.line.model import Message

if TYPE_CHECKING:
    from simulator.line.stand_in import LineStandIn


def add_routes(app: web.Application, line: "LineStandIn") -> None:
    """Put the control under `/_control/`."""

    async def image(request: web.Request) -> web.StreamResponse:
        found = line.account.rich_menu_images.get(request.match_info["menu"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found, content_type="image/png")

    app.router.add_get("/_control/rich_menu/{menu}", loopback_only(image))
    add_control(app, lambda: state(line), commands(line), line.account.changes, line.faults, line.courier)


def state(line: "LineStandIn") -> Json:
    """Everything there is to draw."""
    account = line.account
    users = [
        {
            "id": user.id,
            "name": user.name,
            "follows": user.follows,
            "messages": _drawn(account.chat(user.id)),
            "menu": account.menu_of(user.id),
        }
        for user in account.users.values()
    ]
    groups = [
        {
            "id": group.id,
            "name": group.name,
            "members": sorted(group.members),
            "joined": group.joined,
            "messages": _drawn(group.messages),
        }
        for group in account.groups.values()
    ]
    return {
        "destination": account.destination,
        "used": account.used,
        "quota": account.quota,
        "users": users,
        "groups": groups,
        "problems": account.problems,
    }


def _drawn(messages: list[Message]) -> list[Json]:
    return [message.to_json() for message in messages]


def commands(line: "LineStandIn") -> dict[str, Callable[[Json], Awaitable[Any]]]:
    """What a page may let people do."""

    def person(said: Json) -> Any:
        return line.user(said["user"])

    def on(said: Json) -> Message | None:
        if "message" not in said:
            return None
        logs = line.account.chats.values()
        found = next((one for log in logs for one in log if one.id == said["message"]), None)
        assert found is not None, f"there is no message {said['message']!r}"
        return found

    async def says(said: Json) -> Json:
        who = person(said)
        message: Message = await (
            who.says_in(said["group"], said["text"]) if said.get("group") else who.says(said["text"])
        )
        return message.to_json()

    async def taps(said: Json) -> None:
        await person(said).taps(said["button"], on=on(said))

    async def quota(said: Json) -> None:
        line.quota = said["messages"]

    async def redeliver(_said: Json) -> None:
        await line.inbound.redeliver()

    return {
        "says": says,
        "taps": taps,
        "picks_time": lambda said: person(said).picks_time(said["button"], said["value"], on=on(said)),
        "follows": lambda said: person(said).follows(),
        "unfollows": lambda said: person(said).unfollows(),
        "unsends": lambda said: person(said).unsends(on(said)),
        "invite": lambda said: line.group(said["group"]).invites_the_account(),
        "remove": lambda said: line.group(said["group"]).removes_the_account(),
        "quota": quota,
        "redeliver": redeliver,
    }
