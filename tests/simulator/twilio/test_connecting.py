"""Holding a caller, ringing a colleague, and letting the two talk."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.twilio import Call, CallStatus, TwilioStandIn
from tests.support.twiml_app import CALLER, OFFICE, STAFF, App, Form, Start

WHISPER = '<Gather action="/confirmed" numDigits="1"><Say>お電話です。1を押してください</Say></Gather>'


@pytest.fixture(autouse=True)
def holding(app: App) -> None:
    app["/voice"] = '<Enqueue waitUrl="/wait" action="/after">hold-1</Enqueue>'
    app["/wait"] = "<Play>https://music.test/hold.mp3</Play>"
    app["/after"] = lambda fields: f"<Say>終わり {fields['QueueResult']}</Say>"
    app["/ring"] = WHISPER
    app["/confirmed"] = '<Dial action="/dialled"><Queue>hold-1</Queue></Dial>'
    app["/dialled"] = "<Say>ご対応ありがとうございました</Say>"


async def ring(app: App, client: Client, **more: object) -> str:
    callback = {
        "status_callback": f"{app.base}/ring-status",
        "status_callback_event": ["initiated", "ringing", "answered", "completed"],
    }
    call = await client.calls.create_async(to=STAFF, from_=OFFICE, url=f"{app.base}/ring", **callback | more)
    assert call.status == "queued"
    return str(call.sid)


async def connected(app: App, twilio: TwilioStandIn, client: Client) -> tuple[Call, Call]:
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await caller.hears_music("hold.mp3")
    await ring(app, client)
    staff = await (await twilio.phone(STAFF).rings()).answers()
    await staff.hears("1を押して")
    await staff.presses("1")
    await caller.talks_with(STAFF)
    assert staff.with_whom == CALLER
    return caller, staff


async def test_two_people_talk_and_the_queued_one_goes_on_after_the_other_hangs_up(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    caller, staff = await connected(app, twilio, client)
    await staff.says("お電話代わりました、栗本です")
    await caller.hears("栗本です")
    await caller.says("江川です")
    await staff.hears("江川です")
    assert app.of("/after") == []  # the action comes only when the two are parted
    await staff.hangs_up()
    await caller.hears("終わり bridged")
    assert await caller.ends() is CallStatus.COMPLETED
    (dialled,) = app.of("/dialled")
    assert (dialled["DialCallStatus"], dialled["DialBridged"]) == ("completed", "true")
    assert dialled["DialCallSid"] == caller.sid


async def test_the_caller_hangs_up_first(app: App, twilio: TwilioStandIn, client: Client) -> None:
    caller, staff = await connected(app, twilio, client)
    await caller.hangs_up()
    await staff.hears("ご対応")
    await staff.ends()
    assert app.of("/after")[0]["QueueResult"] == "bridged"
    assert app.of("/after")[0]["CallStatus"] == "completed"


async def test_progress_of_a_ring_is_told_in_order(app: App, twilio: TwilioStandIn, client: Client) -> None:
    _, staff = await connected(app, twilio, client)
    await staff.hangs_up()
    await twilio.all_told()
    told = [(each["SequenceNumber"], each["CallStatus"]) for each in app.of("/ring-status")]
    assert told == [("0", "initiated"), ("1", "ringing"), ("2", "in-progress"), ("3", "completed")]


@pytest.mark.parametrize(
    ("what", "status"), [("rejects", "busy"), ("is_busy", "busy"), ("lets_ring", "no-answer")]
)
async def test_a_telephone_that_is_not_answered(
    app: App, twilio: TwilioStandIn, client: Client, what: str, status: str
) -> None:
    sid = await ring(app, client)
    await getattr(await twilio.phone(STAFF).rings(), what)()
    await twilio.all_told()
    assert app.of("/ring-status")[-1]["CallStatus"] == status
    assert (await client.calls(sid).fetch_async()).status == status
    assert app.of("/ring") == []


async def test_ringing_stops_by_itself_after_the_stated_time(app: App, start: Start) -> None:
    quick = await start(second=0.001)
    app["/voice"] = f'<Dial timeout="5" action="/dialled">{STAFF}</Dial>'
    caller = await quick.phone(CALLER).dials(OFFICE)
    ringing = await quick.phone(STAFF).rings()
    await ringing.stops()
    assert ringing.status is CallStatus.NO_ANSWER
    await caller.hears("ご対応")
    assert app.of("/dialled")[0]["DialCallStatus"] == "no-answer"


async def test_a_telephone_that_is_switched_off(app: App, twilio: TwilioStandIn, client: Client) -> None:
    twilio.phone(STAFF).is_switched_off()
    sid = await ring(app, client)
    await twilio.all_told()
    assert (await client.calls(sid).fetch_async()).status == "failed"


async def test_a_ring_is_called_off(app: App, twilio: TwilioStandIn, client: Client) -> None:
    sid = await ring(app, client)
    ringing = await twilio.phone(STAFF).rings()
    await client.calls(sid).update_async(status="canceled")
    await ringing.stops()
    assert ringing.status is CallStatus.CANCELED
    with pytest.raises(TwilioRestException) as refused:
        await client.calls(sid).update_async(status="completed")
    assert (refused.value.status, refused.value.code) == (400, 21220)


async def test_a_mailbox_never_confirms(app: App, twilio: TwilioStandIn, client: Client) -> None:
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await ring(app, client)
    mailbox = await (await twilio.phone(STAFF).rings()).voicemail_answers()
    await mailbox.ends()
    assert app.of("/confirmed") == []
    assert caller.with_whom is None


async def test_a_waiting_caller_is_fetched_by_the_rest_api(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await caller.hears_music()
    app["/elsewhere"] = "<Say>伝言を承ります</Say>"
    await client.calls(caller.sid).update_async(url=f"{app.base}/elsewhere")
    await caller.hears("伝言を承ります")
    assert app.of("/after")[0]["QueueResult"] == "redirected"


async def test_a_caller_who_hangs_up_while_waiting(app: App, twilio: TwilioStandIn, client: Client) -> None:
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await caller.hears_music()
    await caller.hangs_up()
    await twilio.all_told()
    (queue,) = await client.queues.list_async()
    assert queue.current_size == 0
    assert app.of("/after")[0]["QueueResult"] == "hangup"
    with pytest.raises(TwilioRestException) as refused:
        await client.calls(caller.sid).update_async(twiml="<Response/>")
    assert refused.value.code == 21220


async def test_fetching_from_a_queue_that_there_is_not(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Dial action="/dialled"><Queue>nobody</Queue></Dial>'
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("ご対応")
    assert app.of("/dialled")[0]["DialCallStatus"] == "failed"


async def test_queued_callers_come_one_after_the_other(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    first = await twilio.phone(CALLER).dials(OFFICE)
    await first.hears_music()
    second = await twilio.phone("+81399990000").dials(OFFICE)
    await second.hears_music()
    (queue,) = await client.queues.list_async()
    members = await client.queues(queue.sid).members.list_async()
    assert [(each.call_sid, each.position) for each in members] == [(first.sid, 1), (second.sid, 2)]
    await ring(app, client)
    staff = await (await twilio.phone(STAFF).rings()).answers()
    await staff.presses("1")
    await first.talks_with(STAFF)
    assert second.with_whom is None


async def test_the_one_who_waits_is_told_something_before(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    app["/confirmed"] = '<Dial><Queue url="/before">hold-1</Queue></Dial>'
    app["/before"] = "<Say>おつなぎいたします</Say>"
    caller, _ = await connected(app, twilio, client)
    assert "おつなぎいたします" in caller.everything_heard


async def test_the_caller_leaves_at_the_moment_of_being_fetched(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await caller.hears_music()
    await ring(app, client)
    staff = await (await twilio.phone(STAFF).rings()).answers()

    async def hangs_up_first(_fields: Form) -> str:
        await caller.hangs_up()
        return "<Say>おつなぎします</Say>"

    app["/before"] = hangs_up_first
    app["/confirmed"] = '<Dial action="/dialled"><Queue url="/before">hold-1</Queue></Dial>'

    await staff.presses("1")
    await staff.hears("ご対応")
    assert app.of("/dialled")[0]["DialBridged"] == "false"


async def test_dialling_a_number_with_a_whisper(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Dial action="/dialled" callerId="{OFFICE}"><Number url="/ring">{STAFF}</Number></Dial>'
    app["/confirmed"] = ""
    caller = await twilio.phone(CALLER).dials(OFFICE)
    ringing = await twilio.phone(STAFF).rings()
    assert ringing.shows == OFFICE
    staff = await ringing.answers()
    await staff.presses("1")
    await caller.talks_with(STAFF)
    await staff.hangs_up()
    await caller.hears("ご対応")
    assert app.of("/ring")[0]["ParentCallSid"] == caller.sid
    (dialled,) = app.of("/dialled")
    assert (dialled["DialCallStatus"], dialled["DialBridged"], dialled["DialCallSid"]) == (
        "completed",
        "true",
        staff.sid,
    )


async def test_a_whisper_that_is_refused_is_no_conversation(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Dial action="/dialled"><Number url="/ring">{STAFF}</Number></Dial>'
    app["/ring"] = "<Hangup/>"
    caller = await twilio.phone(CALLER).dials(OFFICE)
    await (await twilio.phone(STAFF).rings()).answers()
    await caller.hears("ご対応")
    (dialled,) = app.of("/dialled")
    assert (dialled["DialCallStatus"], dialled["DialBridged"]) == ("completed", "false")


async def test_the_first_of_several_to_answer_has_the_call(app: App, twilio: TwilioStandIn) -> None:
    other = "+819011112222"
    app["/voice"] = f"<Dial><Number>{STAFF}</Number><Number>{other}</Number></Dial>"
    caller = await twilio.phone(CALLER).dials(OFFICE)
    late = await twilio.phone(STAFF).rings()
    await (await twilio.phone(other).rings()).answers()
    await caller.talks_with(other)
    assert late.status is CallStatus.CANCELED


async def test_a_caller_who_hangs_up_stops_the_ringing(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = f'<Dial action="/dialled">{STAFF}</Dial>'
    caller = await twilio.phone(CALLER).dials(OFFICE)
    ringing = await twilio.phone(STAFF).rings()
    await caller.hangs_up()
    await ringing.stops()
    await twilio.all_told()
    assert app.of("/dialled")[0]["DialCallStatus"] == "canceled"


async def test_a_connected_caller_is_sent_elsewhere(app: App, twilio: TwilioStandIn, client: Client) -> None:
    caller, staff = await connected(app, twilio, client)
    await client.calls(caller.sid).update_async(twiml="<Response><Say>転送します</Say></Response>")
    await caller.hears("転送します")
    await staff.ends()
    assert app.of("/after")[0]["QueueResult"] == "redirected-from-bridged"
