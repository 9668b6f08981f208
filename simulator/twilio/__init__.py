"""A stand-in for Twilio: REST API, signed voice webhooks, TwiML, and telephones that people hold.

In Python (tests, stories):

    standin = TwilioStandIn(
        account_sid="AC…", auth_token="…", numbers={"+81345671234": NumberConfig(voice_url, status, fallback)}
    )
    async with standin.running() as base_url:  # TWILIO_API_URL
        call = await standin.phone("+81312345678").dials("+81345671234")
        await call.hears("でございます")
        await call.says("栗本さんをお願いします")
        ...
    assert not standin.problems

See `telephone` for what people do, `faults` for what can go wrong.

Over HTTP (the page of the demo), on the same port, loopback only. Commands are
`POST /_control/phones/{number}/{command}` with a JSON body; `call` (an identifier) chooses among several
calls of one telephone, the latest otherwise. They answer `{"call": sid}`, or `{"error": text}` with 400
(a bad body), 404 (no such command) or 409 (it can't be done now: nobody listens, nothing rings).

    dial         {"to": number, "forwarded_from": number?}
    say          {"text": words, "within": seconds?}     within: how long to wait until somebody listens
    press        {"keys": "1", "within": seconds?}
    stay-silent  {"within": seconds?}
    hang-up      {}
    answer, reject, ignore, voicemail  {}                 a telephone that rings

`GET /_control/state` is `{"numbers": […], "phones": {number: [{"call", "status", "direction", "from", "to",
"with", "listens": ["speech", "keys"]}]}, "problems": […]}`, live calls only.

`GET /_control/events` is a server-sent-events stream, from the beginning, from `?since=ID`, or from
`Last-Event-ID`. Each event has `id`, its `type` (also the SSE event name) and:

    line     phone, call, at, sound (speech, music, tone, party, said, pressed, silent, event), text
    call     phone, call, status, sender, to, direction    at each change of a call's state
    sms      phone, sender, text, at
    problem  code, message, where                          as in Twilio's debugger
"""

from simulator.twilio.faults import Channel, Faults, RestFault, WebhookFault
from simulator.twilio.model import CallStatus, Line, NumberConfig, Problem, Sms, Sound
from simulator.twilio.standin import TwilioStandIn
from simulator.twilio.telephone import Call, NotSo, Ringing, Telephone

__all__ = [
    "Call",
    "CallStatus",
    "Channel",
    "Faults",
    "Line",
    "NotSo",
    "NumberConfig",
    "Problem",
    "RestFault",
    "Ringing",
    "Sms",
    "Sound",
    "Telephone",
    "TwilioStandIn",
    "WebhookFault",
]
