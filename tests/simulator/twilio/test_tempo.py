"""Telephones at the speed of people who read and type, not listen and speak."""

import pytest

from simulator.twilio import CallStatus, NotSo, Sound
from simulator.twilio.ear import Ear, Kind
from simulator.twilio.exchange import Tempo
from tests.support.twiml_app import CALLER, OFFICE, STAFF, App, Start

LONG = "ただいま確認しております。" * 20  # over half a minute, spoken as in life


async def test_in_haste_speech_takes_less_time_than_in_life(app: App, start: Start) -> None:
    app["/voice"] = f"<Say>{LONG}</Say><Say>お待たせいたしました</Say>"
    slow, quick = await start(pace=1.0), await start(pace=1.0, haste=1000.0)
    call = await quick.phone(CALLER).dials(OFFICE)
    await call.hears("お待たせいたしました", within=2)
    call = await slow.phone(CALLER).dials(OFFICE)
    await call.hears("ただいま")
    with pytest.raises(NotSo):
        await call.hears("お待たせいたしました", within=0.2)


@pytest.mark.parametrize(("tempo", "seconds"), [(Tempo(), None), (Tempo(0.5), 2.5), (Tempo(0.5, calm=8), 20)])
def test_calm_bears_silence_longer(tempo: Tempo, seconds: float | None) -> None:
    assert tempo.patience(5) == seconds


async def test_calm_does_not_make_one_wait_after_the_last_key() -> None:
    ear = Ear(speech=True, keys=True, closed=lambda: None, patient=True)
    ear.press("090")
    ear.press("1234")
    heard = await ear.listen(3600, between_keys=0.01)
    assert (heard.kind, heard.text) == (Kind.KEYS, "0901234")


async def test_a_caller_who_waits_is_asked_for_keys_without_calm(app: App, start: Start) -> None:
    app["/voice"] = '<Enqueue waitUrl="/wait">hold</Enqueue>'
    app["/wait"] = '<Gather input="dtmf" timeout="1" action="/key"/>'
    twilio = await start(pace=0.05, calm=10_000.0)
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.answered()
    assert await twilio.changes.until(lambda: len(app.of("/wait")) >= 3 or None, 5)
    await call.hangs_up()
    assert await call.ends() is CallStatus.COMPLETED


async def test_a_mailbox_does_not_have_the_calm_of_people(app: App, start: Start) -> None:
    app["/voice"] = f'<Dial action="/over"><Number url="/whisper">{STAFF}</Number></Dial>'
    app["/whisper"] = '<Gather input="dtmf" timeout="5" numDigits="1"/><Hangup/>'
    app["/over"] = "<Say>出ませんでした</Say>"
    twilio = await start(pace=0.01, calm=10_000.0)
    call = await twilio.phone(CALLER).dials(OFFICE)
    mailbox = await (await twilio.phone(STAFF).rings()).voicemail_answers()
    await mailbox.ends()
    await call.hears("出ませんでした")
    assert not any(line.sound is Sound.PRESSED for line in mailbox.transcript)
