"""Record, and the recordings of Dial. A recording's sound is the text of what was said."""

from typing import TYPE_CHECKING

from simulator.twilio.courier import stamp
from simulator.twilio.ear import Ear, Kind
from simulator.twilio.exchange import Exchange
from simulator.twilio.faults import Channel
from simulator.twilio.leg import HungUp, Leg
from simulator.twilio.model import CHARACTERS_PER_SECOND, Callback, Recording, Sound, Step, new_sid

if TYPE_CHECKING:
    from simulator.twilio.conversation import Turn
    from simulator.twilio.twiml import Verb

ANY_KEY = "1234567890*#"


async def record(turn: "Turn", verb: "Verb") -> Step | None:
    """Take down what the caller says until they are silent, press a key, or hang up."""
    leg = turn.leg
    if verb.flag("playBeep", default=True):
        leg.note(Sound.TONE, "beep")
    ear = Ear(
        speech=True,
        keys=True,
        closed=leg.closes,
        finish_on=verb.get("finishOnKey", ANY_KEY),
        patient=bool(turn.exchange.tempo.pace),
    )
    leg.opens(ear)
    try:
        silence = turn.exchange.tempo.patience(verb.number("timeout", 5))
        heard = await leg.unless_interrupted(ear.listen(silence))
    except HungUp:
        kept = keep(turn, verb, leg, "", "RecordVerb")
        await turn.farewell(turn.step(verb, "action", fields_of(turn.exchange, kept) | {"Digits": "hangup"}))
        raise
    finally:
        leg.closes()
    if heard.kind is Kind.NOTHING:
        return None  # nothing was recorded, so the next verb follows
    said = heard.text if heard.kind is Kind.SPEECH else ""
    fields = fields_of(turn.exchange, keep(turn, verb, leg, said, "RecordVerb"))
    fields["Digits"] = heard.finished_by
    return turn.step(verb, "action", fields) or Step(turn.address, verb.get("method", "POST"), extra=fields)


def keep(
    turn: "Turn", verb: "Verb", leg: Leg, text: str, source: str, seconds: int | None = None
) -> Recording:
    """Store a recording and tell whoever is to be told that it can be had; it is as long as its words."""
    exchange = turn.exchange
    seconds = seconds or max(1, round(len(text) / CHARACTERS_PER_SECOND))
    recording = Recording(new_sid("RE"), leg.sid, text, seconds, exchange.now(), source)
    exchange.recordings[recording.sid] = recording
    if url := verb.get("recordingStatusCallback"):
        fields = fields_of(exchange, recording) | {
            "AccountSid": exchange.account_sid,
            "CallSid": leg.sid,
            "RecordingStatus": "completed",
            "RecordingChannels": "1",
            "RecordingSource": source,
            "RecordingStartTime": stamp(recording.at),
            "RecordingTrack": "both",
        }
        method = verb.get("recordingStatusCallbackMethod", "POST")
        exchange.tell(Channel.RECORDING, Callback(turn.resolve(url), method), fields)
    return recording


def fields_of(exchange: Exchange, recording: Recording) -> dict[str, str]:
    """What a request says about a recording."""
    account = f"{exchange.base_url}/2010-04-01/Accounts/{exchange.account_sid}"
    return {
        "RecordingSid": recording.sid,
        "RecordingUrl": f"{account}/Recordings/{recording.sid}",
        "RecordingDuration": str(recording.seconds),
    }
