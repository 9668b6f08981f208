"""The telephones over HTTP, for a page that shows them and lets people use them. Loopback only.

`GET /_control/state` gives everything there is to draw:

    {"numbers": [NUMBER], "problems": [{"code", "message", "where"}],
     "phones": [{"number", "calls": [CALL], "sms": [{"sender", "text", "at"}]}]}

CALL, oldest first, ended ones too: `call` (Twilio's identifier), `status` (Twilio's; `ringing` with a
`direction` other than `inbound` is a telephone that rings), `direction` (inbound, outbound-api,
outbound-dial), `from`, `to`, `with` (the number of the other person while connected, or null), `listens`
(of `speech`, `keys`), `transcript` ([LINE]).
LINE: `at` (ISO 8601), `sound` (speech: the machine; party: the other person; said, pressed, silent: the
holder; music, tone, event), `text`.

`GET /_control/events` is a stream of server-sent events, each a JSON object with `what`:

| what | with |
| --- | --- |
| `line` | `phone`, `call`, and LINE |
| `call` | `phone`, `call`, `status`, `direction`, `sender`, `to`: at each change of its state |
| `listens` | `phone`, `call`, `listens` |
| `sms` | `phone`, `sender`, `text`, `at` |
| `problem` | `code`, `message`, `where` |
| `told`, `held` | the application was told something; a callback is held back |

`POST /_control/commands` lets somebody act: `{"do": …, "phone": NUMBER}` with

| do | with | result |
| --- | --- | --- |
| `dials` | `to`, perhaps `forwarded_from` | the call's identifier |
| `says` | `words`, perhaps `within` (seconds to wait until somebody listens) | null |
| `presses` | `keys`, perhaps `within` | null |
| `stays_silent`, `hangs_up` | | null |
| `answers`, `rejects`, `lets_ring`, `voicemail_answers` | a telephone that rings | null |
| `fault` | `method` (as `calls.create`), `kind`, perhaps `times`; no phone | null |
| `webhook_fault` | `channel`, `kind`, perhaps `times`; no phone | null |
| `clear_faults` | no phone | null |
| `release` | perhaps `reverse`; no phone: what is held goes on its way | null |

With several calls at one telephone `call` chooses; otherwise it is the latest. Answered `{"ok": true,
"result": …}`; 400 `{"ok": false, "error"}` where the command is wrong, 409 where it can't be done now
(nobody listens, nothing rings).
"""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulator.control import Command, add_control
from simulator.twilio.exchange import Exchange
from simulator.twilio.leg import Leg
from simulator.twilio.model import CallStatus
from simulator.twilio.telephone import Call, NotSo, Ringing, Telephone

Said = dict[str, Any]


class Control:
    """What a page may see and do."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def add_to(self, application: web.Application) -> None:
        """Add the routes under `/_control`."""
        add_control(application, self.state, self._commands(), self._exchange.changes)

    def state(self) -> dict[str, Any]:
        """Everything there is to draw."""
        exchange = self._exchange
        numbers = {leg.phone for leg in exchange.legs.values()} | {
            sms.to for sms in exchange.messages.values()
        }
        return {
            "numbers": sorted(exchange.numbers),
            "phones": [self._phone(number) for number in sorted(numbers)],
            "problems": [asdict(problem) for problem in exchange.problems],
        }

    def _phone(self, number: str) -> dict[str, Any]:
        telephone = Telephone(self._exchange, number)
        return {
            "number": number,
            "calls": [_written(leg) for leg in self._exchange.legs.values() if leg.phone == number],
            "sms": [
                {"sender": sms.sender, "text": sms.body, "at": sms.at.isoformat()} for sms in telephone.sms
            ],
        }

    def _commands(self) -> dict[str, Command]:
        return {
            "dials": self._dials,
            "says": self._says,
            "presses": self._presses,
            "stays_silent": self._stays_silent,
            "hangs_up": self._hangs_up,
            "answers": self._answers,
            "rejects": self._rejects,
            "lets_ring": self._lets_ring,
            "voicemail_answers": self._voicemail_answers,
            "webhook_fault": self._webhook_fault,
            "fault": self._fault,
            "clear_faults": self._clear_faults,
            "release": self._release,
        }

    async def _dials(self, said: Said) -> str:
        telephone = Telephone(self._exchange, said["phone"])
        return (await telephone.dials(said["to"], forwarded_from=said.get("forwarded_from"))).sid

    async def _says(self, said: Said) -> None:
        await self._call(said).says(said["words"], within=_within(said))

    async def _presses(self, said: Said) -> None:
        await self._call(said).presses(said["keys"], within=_within(said))

    async def _stays_silent(self, said: Said) -> None:
        await self._call(said).stays_silent(within=_within(said))

    async def _hangs_up(self, said: Said) -> None:
        await self._call(said).hangs_up()

    async def _answers(self, said: Said) -> None:
        await self._ringing(said).answers()

    async def _rejects(self, said: Said) -> None:
        await self._ringing(said).rejects()

    async def _lets_ring(self, said: Said) -> None:
        await self._ringing(said).lets_ring()

    async def _voicemail_answers(self, said: Said) -> None:
        await self._ringing(said).voicemail_answers()

    async def _webhook_fault(self, said: Said) -> None:
        self._exchange.faults.webhook(**said)

    async def _fault(self, said: Said) -> None:
        self._exchange.faults.order(**said)

    async def _clear_faults(self, _said: Said) -> None:
        self._exchange.faults.clear()

    async def _release(self, said: Said) -> None:
        await self._exchange.faults.release(**said)

    def _call(self, said: Said) -> Call:
        legs = [leg for leg in self._live(said) if leg.status is CallStatus.IN_PROGRESS or leg.inbound]
        if not legs:
            raise NotSo(f"{said['phone']} has no call")
        return Call(self._exchange, legs[-1])

    def _ringing(self, said: Said) -> Ringing:
        live = self._live(said)
        for ring in reversed(self._exchange.rings[said["phone"]]):
            if ring.leg in live and ring.leg.status is CallStatus.RINGING:
                ring.taken = True
                return Ringing(self._exchange, ring)
        raise NotSo(f"{said['phone']} does not ring")

    def _live(self, said: Said) -> list[Leg]:
        number, wanted = said["phone"], said.get("call")
        legs = [leg for leg in self._exchange.legs.values() if leg.phone == number and not leg.status.final]
        return [leg for leg in legs if wanted in (None, leg.sid)]


def _within(said: Said) -> float:
    return float(said.get("within", 0.0))


def _written(leg: Leg) -> dict[str, Any]:
    return {
        "call": leg.sid,
        "status": leg.status.value,
        "direction": leg.direction.value,
        "from": leg.sender,
        "to": leg.to,
        "with": leg.bridge.partner(leg).phone if leg.bridge else None,
        "listens": leg.listens,
        "transcript": [line.written() for line in leg.transcript],
    }
