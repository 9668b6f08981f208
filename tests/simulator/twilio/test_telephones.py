"""What people do with their telephones, beyond the ordinary."""

import asyncio
import time

import pytest
from twilio.rest import Client

from simulator.twilio import CallStatus, NotSo, Sound, TwilioStandIn
from tests.support.twiml_app import CALLER, OFFICE, STAFF, App, Start


async def test_what_was_said_before_one_spoke_is_not_heard_again(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Gather input="speech" action="/heard"><Say>ご用件をどうぞ</Say></Gather>'
    app["/heard"] = '<Gather input="speech"><Say>もう一度お願いします</Say></Gather>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("ご用件")
    await call.hears("ご用件")  # still what was heard last
    await call.says("え")
    await call.hears("もう一度")
    with pytest.raises(NotSo):
        await call.hears("ご用件", within=0.05)
    assert call.heard == "もう一度お願いします"
    assert call.everything_heard.splitlines() == ["ご用件をどうぞ", "もう一度お願いします"]


async def test_music_without_end_is_not_asked_for_again(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Enqueue waitUrl="/wait">hold</Enqueue>'
    app["/wait"] = '<Play loop="0">https://music.test/a.mp3</Play>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears_music("a.mp3")
    with pytest.raises(NotSo):
        await call.ends(within=0.2)
    assert len(app.of("/wait")) == 1


async def test_an_endless_prompt_is_ended_by_an_answer(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Gather input="speech" action="/heard"><Say loop="0">どうぞ</Say></Gather>'
    app["/heard"] = "<Say>はい</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.says("栗本さん")
    await call.hears("はい")


async def test_nobody_listens_while_music_plays(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = "<Enqueue>hold</Enqueue>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears_music("Twilio")
    with pytest.raises(NotSo, match="says 'もしもし'"):
        await call.says("もしもし", within=0.05)
    with pytest.raises(NotSo, match="presses '1'"):
        await call.presses("1", within=0.05)
    assert not call.listened_to


async def test_a_question_for_keys_does_not_hear_words(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Gather input="dtmf" action="/heard" finishOnKey="#"/>'
    app["/heard"] = lambda fields: f"<Say>{fields['Digits']} {fields['FinishedOnKey']}</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    with pytest.raises(NotSo):
        await call.says("いちにさん", within=0.05)
    await call.presses("0312345678#9")
    assert await call.hears("0312345678") == "0312345678 #"


async def test_an_empty_answer_is_sent_where_it_is_wanted(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Gather input="speech" actionOnEmptyResult="true" action="/heard"/><Say>いいえ</Say>'
    app["/heard"] = "<Say>何も聞こえません</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.stays_silent()
    await call.hears("何も聞こえません")
    assert app.of("/heard")[0]["SpeechResult"] == ""


async def test_partial_results_are_told_besides(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Gather input="speech" partialResultCallback="/partly" action="/heard"/>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.says("栗本さん")
    await call.ends()
    await twilio.all_told()
    assert app.of("/partly")[0]["UnstableSpeechResult"] == "栗本さん"


async def test_a_gather_without_action_asks_its_own_address(app: App, twilio: TwilioStandIn) -> None:
    ask = '<Gather input="speech"/>'
    app["/voice"] = lambda fields: f"<Say>{fields['SpeechResult']}</Say>" if "SpeechResult" in fields else ask
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.says("栗本")
    await call.hears("栗本")


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        ('<Reject reason="busy"/>', CallStatus.BUSY),
        ("<Reject/>", CallStatus.NO_ANSWER),
        ("<Pause/><Reject/>", CallStatus.NO_ANSWER),
        ("<Hangup/>", CallStatus.COMPLETED),
        ("", CallStatus.COMPLETED),
    ],
)
async def test_how_calls_end_by_their_document(
    app: App, twilio: TwilioStandIn, verb: str, status: CallStatus
) -> None:
    app["/voice"] = verb
    call = await twilio.phone(CALLER).dials(OFFICE)
    assert await call.ends() is status
    await call.hangs_up()  # too late to change anything
    assert call.status is status


async def test_hanging_up_before_the_answer(app: App, twilio: TwilioStandIn) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def slow(_fields: object) -> str:
        asked.set()
        await answered.wait()
        return "<Say>はい</Say>"

    app["/voice"] = slow
    call = await twilio.phone(CALLER).dials(OFFICE)
    await asked.wait()
    await call.hangs_up()
    assert await call.ends() is CallStatus.NO_ANSWER
    answered.set()
    await twilio.all_told()
    (told,) = app.of("/status")
    assert (told["CallStatus"], told["CallDuration"]) == ("no-answer", "0")
    assert "はい" not in call.everything_heard


async def test_the_office_hears_ringing_until_somebody_answers_where_asked_so(
    app: App, twilio: TwilioStandIn
) -> None:
    app["/voice"] = f'<Dial answerOnBridge="true">{STAFF}</Dial>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    ringing = await twilio.phone(STAFF).rings()
    assert call.status is CallStatus.RINGING
    await ringing.answers()
    await call.talks_with(STAFF)
    assert call.status is CallStatus.IN_PROGRESS


async def test_the_star_key_leaves_a_conversation(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Dial hangupOnStar="true">{STAFF}</Dial><Say>戻りました</Say>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    staff = await (await twilio.phone(STAFF).rings()).answers()
    await call.talks_with(STAFF)
    await staff.presses("*")
    assert call.with_whom == STAFF
    await call.presses("*")
    await call.hears("戻りました")
    await staff.ends()


async def test_numbers_are_rung_one_after_the_other_where_asked_so(app: App, twilio: TwilioStandIn) -> None:
    other = "+819011112222"
    app["/voice"] = f'<Dial sequential="true"><Number>{STAFF}</Number><Number>{other}</Number></Dial>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    first = await twilio.phone(STAFF).rings()
    assert not twilio.phone(other).is_ringing
    await first.rejects()
    await (await twilio.phone(other).rings()).answers()
    await call.talks_with(other)


async def test_a_recorded_conversation(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Dial record="record-from-answer" action="/dialled">{STAFF}</Dial>'
    app["/dialled"] = "<Hangup/>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    staff = await (await twilio.phone(STAFF).rings()).answers()
    await call.says("もしもし")
    await staff.hears("もしもし")
    await staff.hangs_up()
    await call.ends()
    assert app.of("/dialled")[0]["RecordingSid"].startswith("RE")


async def test_a_conversation_has_its_longest_time(app: App, start: Start) -> None:
    quick = await start(second=0.001)
    app["/voice"] = f'<Dial timeLimit="60" timeout="600">{STAFF}</Dial><Say>時間です</Say>'
    call = await quick.phone(CALLER).dials(OFFICE)
    staff = await (await quick.phone(STAFF).rings()).answers()
    await call.hears("時間です")
    assert await staff.ends() is CallStatus.COMPLETED


async def test_a_mailbox_speaks_to_whoever_listens(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f"<Dial>{STAFF}</Dial>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await (await twilio.phone(STAFF).rings()).voicemail_answers("留守番電話です")
    await call.hears("留守番電話です")


async def test_a_machine_is_told_from_a_human_where_asked_so(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    app["/ring"] = "<Hangup/>"
    for answers in ("answers", "voicemail_answers"):
        await client.calls.create_async(
            to=STAFF, from_=OFFICE, url=f"{app.base}/ring", machine_detection="Enable"
        )
        call = await getattr(await twilio.phone(STAFF).rings(), answers)()
        await call.ends()
    assert [asked["AnsweredBy"] for asked in app.of("/ring")] == ["human", "machine_start"]


async def test_how_many_calls_a_telephone_had_at_once(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    app["/ring"] = '<Gather numDigits="1"/>'
    phone = twilio.phone(STAFF)
    for together, most in ((1, 1), (2, 2)):
        calls = [
            await client.calls.create_async(to=STAFF, from_=OFFICE, url=f"{app.base}/ring")
            for _ in range(together)
        ]
        for _ in calls:
            await (await phone.rings()).rejects()
        assert phone.most_at_once == most
    assert phone.times_rung == 3
    assert not phone.is_ringing


async def test_a_ring_that_stopped_can_not_be_answered(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f"<Dial>{STAFF}</Dial>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    ringing = await twilio.phone(STAFF).rings()
    await call.hangs_up()
    await ringing.stops()
    with pytest.raises(NotSo, match="rings no more"):
        await ringing.answers()
    with pytest.raises(NotSo, match="does not ring"):
        await twilio.phone(STAFF).rings(within=0.05)


async def test_a_number_that_is_not_ours_can_not_be_dialled(twilio: TwilioStandIn) -> None:
    with pytest.raises(ValueError, match="no number"):
        await twilio.phone(CALLER).dials("+81300000000")


async def test_at_the_pace_of_life_speech_takes_time_and_is_interrupted(app: App, start: Start) -> None:
    lifelike = await start(pace=0.1)  # ten times as fast, though
    app["/voice"] = (
        '<Say>一二三四五六七八九十一二三四五</Say><Gather input="speech" action="/heard" timeout="2">'
        "<Say>長いお知らせです</Say><Pause length='600'/></Gather><Say>聞こえません</Say>"
    )
    app["/heard"] = '<Gather input="dtmf" timeout="1" numDigits="4" action="/keys"/><Say>おしまい</Say>'
    app["/keys"] = lambda fields: f"<Say>鍵 {fields['Digits']}</Say>"
    began = time.monotonic()
    call = await lifelike.phone(CALLER).dials(OFFICE)
    await call.hears("長いお知らせ")
    assert time.monotonic() - began >= 0.2  # 15 characters
    await call.says("すみません")  # into the announcement, which stops
    await call.presses("12")
    await call.hears("鍵 12", within=2)  # after a second's silence, not at four keys
    await call.ends()


async def test_at_the_pace_of_life_silence_passes_by_itself(app: App, start: Start) -> None:
    lifelike = await start(pace=0.01)
    app["/voice"] = '<Gather input="speech dtmf" timeout="5"/><Say>聞こえません</Say>'
    call = await lifelike.phone(CALLER).dials(OFFICE)
    await call.hears("聞こえません")
    assert not any(line.sound is Sound.SILENT for line in call.transcript)


async def test_people_at_a_page_read_fast_and_type_slowly(app: App, start: Start) -> None:
    lifelike = await start(pace=0.01, haste=100, calm=1000)
    app["/voice"] = f'<Say>{"あ" * 4000}</Say><Gather input="speech dtmf" timeout="5" action="/keys"/>'
    app["/keys"] = lambda fields: f"<Say>鍵 {fields['Digits']}</Say>"
    call = await lifelike.phone(CALLER).dials(OFFICE)
    await call.presses("1", within=2)  # the speech took a hundredth of its five seconds
    await call.hears("鍵 1", within=2)  # after keys nobody is waited for calmly
