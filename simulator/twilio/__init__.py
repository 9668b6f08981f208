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

The same telephones over HTTP, for a page: see `control`.
"""

from simulator.twilio.faults import Channel, Faults, RestFault, WebhookFault
from simulator.twilio.model import CallStatus, Line, NumberConfig, Problem, Sms, Sound
from simulator.twilio.stand_in import TwilioStandIn
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
