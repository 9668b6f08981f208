"""Somebody dials the office."""

import pytest

from simulator.twilio import CallStatus, NotSo, Sound, TwilioStandIn
from tests.support.twiml_app import CALLER, OFFICE, App

ASK = (
    '<Gather input="speech dtmf" language="ja-JP" action="/heard" numDigits="1">'
    "<Say>ご用件をどうぞ</Say></Gather>"
)


async def test_a_greeting_an_answer_and_goodbye(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Say language="ja-JP" voice="Polly.Kazuha-Neural">はい、会社でございます</Say>{ASK}'
    app["/heard"] = lambda fields: f"<Say>{fields['SpeechResult']}でございますね</Say><Hangup/>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    assert await call.hears("会社") == "はい、会社でございます"
    await call.says("栗本さんをお願いします")
    await call.hears("栗本さんをお願いしますでございますね")
    assert await call.ends() is CallStatus.COMPLETED
    first, second = app.of("/voice")[0], app.of("/heard")[0]
    assert (first["From"], first["To"], first["CallStatus"]) == (CALLER, OFFICE, "ringing")
    assert (second["CallStatus"], second["Confidence"]) == ("in-progress", "0.92")
    assert second["CallSid"] == first["CallSid"] == call.sid


async def test_silence_goes_to_the_next_verb(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f"{ASK}<Say>聞こえませんでした</Say><Redirect>/again</Redirect>"
    app["/again"] = ASK
    app["/heard"] = "<Say>一番</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.stays_silent()
    await call.hears("聞こえません")
    await call.presses("1")
    await call.hears("一番")
    assert app.of("/heard")[0]["Digits"] == "1"


async def test_words_that_are_never_said_show_the_whole_call(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = ASK
    call = await twilio.phone(CALLER).dials(OFFICE)
    with pytest.raises(NotSo, match="ご用件をどうぞ"):
        await call.hears("出張", within=0.1)


async def test_a_status_callback_tells_the_end(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = ASK
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("ご用件")
    await call.hangs_up()
    assert call.ended
    await twilio.all_told()
    (told,) = app.of("/status")
    assert (told["CallStatus"], told["SequenceNumber"], told["CallDuration"]) == ("completed", "0", "1")


async def test_waiting_music_is_asked_for_again_and_again_until_leave(
    app: App, twilio: TwilioStandIn
) -> None:
    app["/voice"] = '<Enqueue waitUrl="/wait" action="/after">hold</Enqueue>'
    app["/wait"] = lambda fields: (
        "<Leave/>" if len(app.of("/wait")) == 3 else "<Play>https://x.test/a.mp3</Play>"
    )
    app["/after"] = "<Say>お待たせしました</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("お待たせ")
    assert app.of("/wait")[0]["QueuePosition"] == "1"
    assert app.of("/after")[0]["QueueResult"] == "leave"
    assert [line.text for line in call.transcript if line.sound is Sound.MUSIC] == ["https://x.test/a.mp3"]
