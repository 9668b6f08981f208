"""The control of a stand-in over HTTP, for pages: its state, a stream of its changes, commands.

Only this machine's own pages may use it, from any port: the Host and Origin must be the loopback.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from simulator.changes import Changes
from simulator.courier import Courier
from simulator.http import Faults, is_loopback, loopback_only

Command = Callable[[dict[str, Any]], Awaitable[Any]]


def add_control(
    app: web.Application,
    state: Callable[[], dict[str, Any]],
    commands: Mapping[str, Command],
    changes: Changes,
    faults: Faults | None = None,
    courier: Courier | None = None,
) -> None:
    """Add `/_control/state`, `/events` and `/commands`; those about faults where both are given."""
    every = {**commands}
    if faults is not None and courier is not None:
        every = {**_common(faults, courier), **commands}

    async def show(_request: web.Request) -> web.StreamResponse:
        return web.json_response(state(), dumps=_dumps)

    async def run(request: web.Request) -> web.StreamResponse:
        try:
            said = json.loads(await request.text())
            command = every[said.pop("do")]
            return web.json_response({"ok": True, "result": await command(said)}, dumps=_dumps)
        except AssertionError as error:
            return web.json_response({"ok": False, "error": str(error)}, status=409, dumps=_dumps)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            wrong = f"{type(error).__name__}: {error}"
            return web.json_response({"ok": False, "error": wrong}, status=400, dumps=_dumps)

    app.router.add_get("/_control/state", loopback_only(show))
    app.router.add_get("/_control/events", loopback_only(changes.stream))
    app.router.add_post("/_control/commands", loopback_only(run))
    app.router.add_options("/_control/commands", loopback_only(_nothing))
    app.on_response_prepare.append(_let_pages_read)


def _common(faults: Faults, courier: Courier) -> dict[str, Command]:
    async def fault(said: dict[str, Any]) -> None:
        faults.order(**said)

    async def clear_faults(said: dict[str, Any]) -> None:
        faults.clear(said.get("method"))

    async def hold(_said: dict[str, Any]) -> None:
        courier.hold()

    async def release(said: dict[str, Any]) -> None:
        await courier.release(**said)

    return {"fault": fault, "clear_faults": clear_faults, "hold": hold, "release": release}


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


async def _let_pages_read(request: web.Request, response: web.StreamResponse) -> None:
    """Pages of this machine on other ports may read what the control answers."""
    origin = request.headers.get("Origin")
    if request.path.startswith("/_control/") and origin is not None and is_loopback(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"


async def _nothing(_request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)
