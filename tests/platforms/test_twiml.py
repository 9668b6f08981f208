"""TwiML as Twilio's own classes write it, whatever is said."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import VoiceResponse

from bot.platforms.twilio import twiml

SPOKEN = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=60)


def same(ours: str, theirs: VoiceResponse) -> bool:
    return ET.canonicalize(ours) == ET.canonicalize(str(theirs))


@given(SPOKEN, SPOKEN)
def test_listening_is_written_as_twilio_writes_it(sentence: str, hint: str) -> None:
    action = 'https://desk.example/twilio/voice/step?call=a&step=1"'
    response = VoiceResponse()
    gather = response.gather(
        input="speech dtmf",
        language="ja-JP",
        action=action,
        method="POST",
        timeout=6,
        speech_timeout="2",
        hints=hint.replace(",", " "),
        action_on_empty_result=True,
        profanity_filter=False,
        finish_on_key="#",
    )
    gather.say(sentence, voice="Polly.Kazuha-Neural", language="ja-JP")
    response.redirect(action, method="POST")
    assert same(twiml.listen((sentence,), "ja", action=action, hints=(hint,)), response)


@given(SPOKEN)
def test_dialling_is_written_as_twilio_writes_it(sentence: str) -> None:
    response = VoiceResponse()
    response.say(sentence, voice="Polly.Joanna-Neural", language="en-US")
    dial = response.dial(action="/end", method="POST", caller_id="+81345671234", timeout=20, time_limit=3600)
    dial.number("+819012345678", status_callback="/status", status_callback_event="answered completed")
    ours = twiml.dial(
        (sentence,),
        "en",
        number="+819012345678",
        caller_id="+81345671234",
        action="/end",
        status_url="/status",
        ring_seconds=20,
        limit_seconds=3600,
    )
    assert same(ours, response)


def test_an_unset_attribute_is_left_out() -> None:
    assert "hints" not in twiml.listen(("はい",), "ja", action="/step")
    assert 'finishOnKey=""' in twiml.screen(("1を",), "ja", action="/key")
