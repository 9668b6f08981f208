"""Serves the demo's one page: its files, what it has to know, and the two things an operator does.

| route | |
| --- | --- |
| `GET /` | the page; `/FILE` its style and scripts |
| `GET /config.json` | `{"office": Sample, "slack", "line", "twilio": where their `/_control/` is}` |
| `POST /commands` | `{"do": "invite", "staff": ID}` → the code; `{"do": "doors", "open": bool}` |

Everything else on the page goes straight to the controls of the stand-ins. Loopback only.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from simulator.demo import Demo
from simulator.http import LOOPBACK, Handler, loopback_only, serving
from simulator.product import ProductError

_FILES = Path(__file__).with_name("page")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = f"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self' http://{LOOPBACK}:*"


@asynccontextmanager
async def page(demo: Demo, port: int = 0) -> AsyncIterator[str]:
    """Serve the page while the context lasts; yields its address."""
    app = web.Application()
    app.router.add_get("/config.json", loopback_only(_config(demo)))
    app.router.add_post("/commands", loopback_only(_commands(demo)))
    app.router.add_get("/", loopback_only(_file))
    app.router.add_get("/{file}", loopback_only(_file))
    async with serving(app, port) as base:
        yield base


async def _file(request: web.Request) -> web.StreamResponse:
    name = request.match_info.get("file", "index.html")
    path = _FILES / name
    if path.parent != _FILES or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(
        body=path.read_bytes(),
        content_type=_TYPES[path.suffix],
        charset="utf-8",
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY},
    )


def _config(demo: Demo) -> Handler:
    async def show(_request: web.Request) -> web.StreamResponse:
        bases = {
            "slack": demo.slack.space.base,
            "line": demo.line.api_url,
            "twilio": demo.twilio.base_url,
        }
        return _json({"office": demo.sample.as_json(), **bases})

    return show


def _commands(demo: Demo) -> Handler:
    async def run(request: web.Request) -> web.StreamResponse:
        try:
            said = json.loads(await request.text())
            if said["do"] == "invite":
                return _json({"ok": True, "result": await demo.invite(demo.sample.member(said["staff"]).id)})
            if said["do"] == "doors":
                await demo.open_doors(opened=bool(said["open"]))
                return _json({"ok": True, "result": None})
        except ProductError as error:
            return _json({"ok": False, "error": str(error)}, 409)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"ok": False, "error": f"{type(error).__name__}: {error}"}, 400)
        return _json({"ok": False, "error": f"there is no command {said['do']!r}"}, 400)

    return run


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        text=json.dumps(value, ensure_ascii=False), status=status, content_type="application/json"
    )
