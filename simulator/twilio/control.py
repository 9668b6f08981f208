"""The telephones over HTTP, for a web page. See the package's docstring for the commands."""

import ipaddress
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from simulator.twilio.exchange import Exchange
from simulator.twilio.leg import Leg
from simulator.twilio.model import CallStatus
from simulator.twilio.telephone import Call, NotSo, Ringing, Telephone

PREFIX = "/_control"
Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def control_routes(exchange: Exchange) -> list[web.RouteDef]:
    """The routes under `/_control`."""
    control = _Control(exchange)
    return [
        web.get(f"{PREFIX}/state", _guarded(control.state)),
        web.get(f"{PREFIX}/events", _guarded(control.events)),
        web.post(f"{PREFIX}/phones/{{number}}/{{command}}", _guarded(control.command)),
        web.options(f"{PREFIX}/{{anything:.*}}", _guarded(_preflight)),
    ]


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _guarded(handler: Handler) -> Handler:
    """Only from this machine, and only for pages of this machine: no other site may dial from a browser."""

    async def handle(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        allowed = (
            _is_loopback(request.remote)
            and _is_loopback(urlsplit(f"//{request.host}").hostname)
            and (origin is None or _is_loopback(urlsplit(origin).hostname))
        )
        if not allowed:
            return web.json_response({"error": "loopback only"}, status=403)
        response = await handler(request)
        if not response.prepared and origin:
            response.headers["Access-Control-Allow-Origin"] = origin
        return response

    return handle


async def _preflight(_request: web.Request) -> web.Response:
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "content-type",
        },
    )


class _Control:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    async def state(self, _request: web.Request) -> web.Response:
        phones = sorted({leg.phone for leg in self._exchange.legs.values()} | {*self._exchange.rings})
        return web.json_response(
            {
                "numbers": sorted(self._exchange.numbers),
                "phones": {number: [self._leg(leg) for leg in self._live(number)] for number in phones},
                "problems": [
                    {"code": each.code, "message": each.message, "where": each.where}
                    for each in self._exchange.problems
                ],
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        if origin := request.headers.get("Origin"):
            headers["Access-Control-Allow-Origin"] = origin
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        since = request.headers.get("Last-Event-ID") or request.query.get("since", "0")
        try:
            async for event in self._exchange.journal.since(int(since) if since.isdecimal() else 0):
                text = json.dumps(event, ensure_ascii=False)
                await response.write(f"id: {event['id']}\nevent: {event['type']}\ndata: {text}\n\n".encode())
        except ConnectionResetError:
            pass  # the page was closed
        return response

    async def command(self, request: web.Request) -> web.Response:
        number, command = request.match_info["number"], request.match_info["command"]
        try:
            body = await request.json() if request.can_read_body else {}
        except ValueError:
            return web.json_response({"error": "the body is no JSON"}, status=400)
        act = getattr(self, f"_do_{command.replace('-', '_')}", None)
        if act is None:
            return web.json_response({"error": f"no command {command}"}, status=404)
        try:
            done: Json = await act(number, body)
        except NotSo as error:
            return web.json_response({"error": str(error).splitlines()[0]}, status=409)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(done)

    def _live(self, number: str) -> list[Leg]:
        return [leg for leg in self._exchange.legs.values() if leg.phone == number and not leg.status.final]

    @staticmethod
    def _leg(leg: Leg) -> Json:
        return {
            "call": leg.sid,
            "status": leg.status.value,
            "direction": leg.direction.value,
            "from": leg.sender,
            "to": leg.to,
            "with": leg.bridge.partner(leg).phone if leg.bridge else None,
            "listens": [
                kind
                for kind, takes in (
                    ("speech", leg.bridge or (leg.ear and leg.ear.takes_speech)),
                    ("keys", leg.bridge or (leg.ear and leg.ear.takes_keys)),
                )
                if takes
            ],
        }

    def _call(self, number: str, body: Json) -> Call:
        legs = [leg for leg in self._live(number) if body.get("call") in (None, leg.sid)]
        if not legs:
            raise NotSo(f"{number} has no call")
        return Call(self._exchange, legs[-1])

    def _ringing(self, number: str, body: Json) -> Ringing:
        for ring in reversed(self._exchange.rings[number]):
            if ring.leg.status is CallStatus.RINGING and body.get("call") in (None, ring.leg.sid):
                ring.taken = True
                return Ringing(self._exchange, ring)
        raise NotSo(f"{number} does not ring")

    async def _do_dial(self, number: str, body: Json) -> Json:
        telephone = Telephone(self._exchange, number)
        call = await telephone.dials(body["to"], forwarded_from=body.get("forwarded_from"))
        return {"call": call.sid}

    async def _do_say(self, number: str, body: Json) -> Json:
        call = self._call(number, body)
        await call.says(str(body["text"]), within=float(body.get("within", 0)))
        return {"call": call.sid}

    async def _do_press(self, number: str, body: Json) -> Json:
        call = self._call(number, body)
        await call.presses(str(body["keys"]), within=float(body.get("within", 0)))
        return {"call": call.sid}

    async def _do_stay_silent(self, number: str, body: Json) -> Json:
        call = self._call(number, body)
        await call.stays_silent(within=float(body.get("within", 0)))
        return {"call": call.sid}

    async def _do_hang_up(self, number: str, body: Json) -> Json:
        call = self._call(number, body)
        await call.hangs_up()
        return {"call": call.sid}

    async def _do_answer(self, number: str, body: Json) -> Json:
        return {"call": (await self._ringing(number, body).answers()).sid}

    async def _do_voicemail(self, number: str, body: Json) -> Json:
        return {"call": (await self._ringing(number, body).voicemail_answers()).sid}

    async def _do_reject(self, number: str, body: Json) -> Json:
        ringing = self._ringing(number, body)
        await ringing.rejects()
        return {"call": ringing.sid}

    async def _do_ignore(self, number: str, body: Json) -> Json:
        ringing = self._ringing(number, body)
        await ringing.lets_ring()
        return {"call": ringing.sid}
