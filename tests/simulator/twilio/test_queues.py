"""Queues: who is in them, how they are left."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.twilio import Call, CallStatus, TwilioStandIn
from tests.support.twiml_app import CALLER, OFFICE, STAFF, App

WAIT = "<Play>https://music.test/a.mp3</Play>"


@pytest.fixture
async def waiting(app: App, twilio: TwilioStandIn) -> Call:
    app["/voice"] = '<Enqueue waitUrl="/wait" action="/after" maxQueueSize="1">hold</Enqueue>'
    app["/wait"] = WAIT
    app["/after"] = lambda fields: f"<Say>{fields['QueueResult']}</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears_music()
    return call


async def test_the_first_in_the_queue_is_sent_elsewhere(app: App, waiting: Call, client: Client) -> None:
    (queue,) = await client.queues.list_async()
    assert (queue.friendly_name, queue.current_size) == ("hold", 1)
    app["/next"] = "<Say>こちらへどうぞ</Say>"
    member = await client.queues(queue.sid).members("Front").update_async(url=f"{app.base}/next")
    assert member.call_sid == waiting.sid
    await waiting.hears("こちらへどうぞ")
    assert app.of("/after")[0]["QueueResult"] == "redirected"
    assert (await client.queues(queue.sid).fetch_async()).current_size == 0


async def test_a_full_queue(waiting: Call, twilio: TwilioStandIn) -> None:
    second = await twilio.phone("+81399990000").dials(OFFICE)
    await second.hears("queue-full")
    assert not waiting.ended


async def test_a_broken_waiting_document_ends_the_wait(
    app: App, waiting: Call, twilio: TwilioStandIn
) -> None:
    app["/wait"] = "<Play>/a.mp3</Play"
    await waiting.hears("error")
    assert [problem.code for problem in twilio.problems] == [12100]
    twilio.problems.clear()


async def test_hanging_up_from_the_waiting_document(app: App, waiting: Call) -> None:
    app["/wait"] = "<Hangup/>"
    assert await waiting.ends() is CallStatus.COMPLETED


async def test_a_key_pressed_while_waiting(app: App, waiting: Call) -> None:
    app["/wait"] = f'<Gather numDigits="1" action="/give-up">{WAIT}</Gather>'
    app["/give-up"] = "<Leave/>"
    await waiting.presses("9")
    await waiting.hears("leave")


async def test_queues_are_made_renamed_and_deleted(client: Client) -> None:
    queue = await client.queues.create_async(friendly_name="a", max_size=3)
    with pytest.raises(TwilioRestException):
        await client.queues.create_async(friendly_name="a")
    assert (await client.queues(queue.sid).update_async(friendly_name="b")).friendly_name == "b"
    await client.queues(queue.sid).delete_async()
    assert await client.queues.list_async() == []


async def test_a_queue_with_somebody_in_it_is_not_deleted(waiting: Call, client: Client) -> None:
    (queue,) = await client.queues.list_async()
    with pytest.raises(TwilioRestException) as refused:
        await client.queues(queue.sid).delete_async()
    assert refused.value.code == 22002
    with pytest.raises(TwilioRestException) as unknown:
        await client.queues(queue.sid).members("CA" + "0" * 32).fetch_async()
    assert unknown.value.code == 20404
    assert not waiting.ended


async def test_a_called_leg_sent_elsewhere_goes_on_without_the_caller(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    app["/voice"] = f'<Dial action="/after">{STAFF}</Dial>'
    app["/after"] = '<Say>続きます</Say><Gather input="speech"/>'
    caller = await twilio.phone(CALLER).dials(OFFICE)
    staff = await (await twilio.phone(STAFF).rings()).answers()
    await caller.talks_with(STAFF)
    twiml = "<Response><Say>別の話です</Say><Pause/></Response>"
    await client.calls(staff.sid).update_async(twiml=twiml)
    await staff.hears("別の話です")
    await caller.hears("続きます")
    assert not caller.ended
