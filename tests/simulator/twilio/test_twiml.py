"""What is TwiML, and what Twilio makes of what is not quite."""

import inspect

import pytest
from twilio.twiml import voice_response

from simulator.twilio.grammar import IN_CALL, RULES, WHILE_QUEUED, language_of_voice
from simulator.twilio.twiml import NotTwiml, read


def codes(xml: str, allowed: frozenset[str] = IN_CALL, **how: bool) -> list[int]:
    document = read(f"<Response>{xml}</Response>".encode(), allowed, **how)
    return [code for code, _ in document.violations]


@pytest.mark.parametrize(
    "xml",
    [
        '<Say language="ja-JP" voice="Polly.Kazuha-Neural">はい、会社でございます</Say>',
        '<Say voice="Google.ja-JP-Chirp3-HD-Kore" language="ja-JP">は<break time="300ms"/>い</Say>',
        '<Say voice="Polly.Joanna" language="en-US">Hello</Say>',
        '<Say language="ja-JP">はい</Say>',
        "<Play>https://app.test/hold.wav</Play>",
        "<Play>/hold.wav</Play>",
        '<Play digits="1w2"/>',
        '<Gather input="speech dtmf" language="ja-JP" speechTimeout="auto" hints="栗本,佐藤"/>',
        "<Gather><Say>どうぞ</Say><Play>/a.wav</Play><Pause/></Gather>",
        '<Gather input="speech" language="ja-JP" speechModel="deepgram_nova-3" speechTimeout="2"/>',
        '<Enqueue waitUrl="/wait?a=b" action="/after">q</Enqueue>',
        '<Dial timeout="20" timeLimit="3600"><Number url="/whisper">+819012345678</Number></Dial>',
        "<Dial>+819012345678</Dial>",
        '<Dial><Queue url="/before">q</Queue></Dial>',
        '<Record action="/done" maxLength="120" finishOnKey="#" playBeep="true"/>',
        '<Reject reason="busy"/>',
        '<Redirect method="GET">https://app.test/x</Redirect>',
    ],
)
def test_good_twiml_has_nothing_wrong(xml: str) -> None:
    assert codes(xml) == []


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<Say langauge="ja-JP">はい</Say>', 12200),
        ("<Speak>はい</Speak>", 12200),
        ("<Say>はい</Say>です", 12200),
        ("<Say><Play>/a.wav</Play></Say>", 12200),
        ("<Gather><Dial>+819012345678</Dial></Gather>", 12200),
        ('<Gather input="voice"/>', 12200),
        ('<Gather numDigits="0"/>', 12200),
        ('<Gather timeout="five"/>', 12200),
        ('<Gather action="heard"/>', 12200),
        ('<Gather action="//other/heard"/>', 12200),
        (f'<Gather hints="{"あ" * 101}"/>', 12200),
        (f'<Gather hints="{",".join(["あ"] * 501)}"/>', 12200),
        ('<Gather speechModel="phone_call" speechTimeout="auto"/>', 13335),
        ('<Gather speechModel="phone_call"/>', 13335),
        ('<Gather language="ja-JP" speechModel="numbers_and_commands" speechTimeout="2"/>', 13334),
        ('<Say voice="Polly.Kazuha">はい</Say>', 13511),
        ('<Say voice="Polly.Kazuha-Neural" language="en-US">はい</Say>', 13512),
        ('<Say voice="Google.en-US-Neural2-A" language="ja-JP">はい</Say>', 13512),
        ('<Say voice="man" language="ja-JP">はい</Say>', 13512),
        ("<Say> </Say>", 13520),
        (f"<Say>{'あ' * 4097}</Say>", 13520),
        ("<Play>hold.wav</Play>", 13420),
        ("<Dial/>", 13201),
        ("<Dial>090-1234-5678</Dial>", 13223),
        ("<Dial><Number>0901234</Number><Number>+819012345678</Number></Dial>", 13223),
        ("<Dial><Number>+819012345678</Number><Queue>q</Queue></Dial>", 13201),
        (f"<Dial>{'<Number>+819012345678</Number>' * 11}</Dial>", 13201),
        ("<Enqueue/>", 12200),
        ('<Record transcribe="true"/>', 12200),
        ("<Redirect/>", 11100),
        ("<Leave/>", 12200),
        ('<Hangup reason="busy"/>', 12200),
    ],
)
def test_what_is_wrong_is_named(xml: str, code: int) -> None:
    assert codes(xml) == [code]


def test_a_waiting_caller_can_be_given_less() -> None:
    assert codes("<Play>/a.wav</Play><Leave/>", WHILE_QUEUED) == []
    assert codes("<Dial>+819012345678</Dial>", WHILE_QUEUED) == [12200]


def test_a_document_at_hand_has_no_address_to_start_from() -> None:
    assert codes('<Gather action="/x"/>', at_hand=True) == [11100]
    assert codes('<Gather action="https://app.test/x"/>', at_hand=True) == []


def test_what_is_wrong_is_left_out_and_the_rest_done() -> None:
    xml = b'<Response><Say loud="yes">a</Say><Speak>b</Speak><Say voice="Nobody">c</Say><Hangup/></Response>'
    verbs = read(xml, IN_CALL).verbs
    assert [(verb.name, verb.text, dict(verb.attributes)) for verb in verbs] == [
        ("Say", "a", {}),
        ("Hangup", "", {}),
    ]


def test_speech_is_what_is_heard_of_it() -> None:
    say = 'ア<break/><sub alias="スマイル">smile</sub><prosody rate="slow">コープ</prosody>'
    assert (
        read(f"<Response><Say>{say}</Say></Response>".encode(), IN_CALL).verbs[0].text == "アスマイルコープ"
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 12100),
        (b"OK", 12100),
        (b"<Response><Say>a</Response>", 12100),
        (b"<html/>", 12100),
        (b"<Response>" + b" " * 65536 + b"</Response>", 11750),
    ],
)
def test_what_is_no_twiml_at_all(body: bytes, code: int) -> None:
    with pytest.raises(NotTwiml) as refused:
        read(body, IN_CALL)
    assert refused.value.code == code


def camel(name: str) -> str:
    first, *rest = name.strip("_").split("_")
    return first + "".join(part.title() for part in rest)


# What the SDK's methods call the text of a verb, and what the stand-in leaves out on purpose.
TEXTS = {"message", "url", "name", "number", "phoneNumber"}
NOT_PLAYED = {
    "recordingConfigurationId",
    "referUrl",
    "referMethod",
    "events",
    "passports",
    "workflowSid",
    "byoc",
    "reservationSid",
    "postWorkActivitySid",
    "machineDetection",
    "amdStatusCallbackMethod",
    "amdStatusCallback",
    "machineDetectionTimeout",
    "machineDetectionSpeechThreshold",
    "machineDetectionSpeechEndThreshold",
    "machineDetectionSilenceTimeout",
}


@pytest.mark.parametrize("verb", sorted(RULES))
def test_the_attributes_are_those_of_twilios_own_builder(verb: str) -> None:
    """The SDK, written by Twilio from its own schema, is the judge of our table."""
    owner = voice_response.Dial if verb in ("Number", "Queue") else voice_response.VoiceResponse
    parameters = inspect.signature(getattr(owner, verb.lower())).parameters
    known = {camel(name) for name in parameters} - {"self", "kwargs"}
    if verb in ("Number", "Queue"):
        known -= {"phoneNumber", "name"}
    elif verb in ("Say", "Play", "Redirect", "Enqueue", "Dial", "Sms"):
        known -= TEXTS
    assert set(RULES[verb].attributes) == known - NOT_PLAYED


def test_a_voice_speaks_one_language() -> None:
    assert language_of_voice("Polly.Tomoko-Neural") == "ja-JP"
    assert language_of_voice("Google.ja-JP-Neural2-A") is None
    assert language_of_voice("Google.en-GB-Standard-A") == "en-GB"
