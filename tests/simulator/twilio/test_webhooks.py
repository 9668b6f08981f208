"""How requests reach the application: signed, in time, again, and broken."""

import asyncio

import pytest
from aiohttp import web
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from simulator.twilio import (
    CallStatus,
    Channel,
    NumberConfig,
    Problem,
    RestFault,
    TwilioStandIn,
    WebhookFault,
)
from simulator.twilio.courier import Overrides, signature
from tests.support.twiml_app import CALLER, OFFICE, STAFF, TOKEN, App, Form, Start

GONE = "http://127.0.0.1:9/voice"  # the discard port, where nobody listens


def codes(standin: TwilioStandIn) -> list[int]:
    """Takes the problems off, as seen."""
    found = [problem.code for problem in standin.problems]
    standin.problems.clear()
    return found


def test_the_signature_is_the_one_twilios_own_check_wants() -> None:
    url = "https://app.test/voice?a=b%20c"
    params = {"To": OFFICE, "From": "", "SpeechResult": "栗本さん "}
    assert RequestValidator(TOKEN).validate(url, params, signature(TOKEN, url, params))


def test_an_address_may_say_how_it_is_to_be_reached() -> None:
    assert Overrides.of("", 5, 15) == Overrides(1, frozenset({"ct"}), 5, 15)
    said = Overrides.of("rc=3&rp=5xx,rt&ct=2000&rt=1500&tt=4000&e=tokyo", 5, 15)
    assert said == Overrides(3, frozenset({"5xx", "rt"}), 2, 4, 1.5)


async def test_blank_fields_are_sent_and_signed(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = "<Hangup/>"
    call = await twilio.phone("anonymous").dials(OFFICE, forwarded_from="+81345670000")
    await call.ends()
    (asked,) = app.of("/voice")
    assert (asked["From"], asked["ForwardedFrom"], asked["FromCity"]) == ("anonymous", "+81345670000", "")


async def test_get_carries_the_fields_in_its_address(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Redirect method="GET">/next?step=2</Redirect>'
    app["/next"] = "<Say>次</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("次")
    (asked,) = app.of("/next")
    assert (asked["step"], asked["CallSid"]) == ("2", call.sid)


async def test_the_signature_is_over_the_public_address(app: App, start: Start) -> None:
    public = "https://toritsugi.example"
    numbers = {OFFICE: NumberConfig(f"{public}/voice")}
    twilio = await start(numbers=numbers, reach={public: app.base})
    app.base = public
    app["/voice"] = "<Say>はい</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("はい")


async def test_a_server_error_goes_to_the_fallback(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = web.Response(status=500)
    app["/fallback"] = "<Say>伝言だけ承ります</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("伝言だけ")
    (asked,) = app.of("/fallback")
    assert (asked["ErrorCode"], asked["ErrorUrl"]) == ("11200", f"{app.base}/voice")
    assert codes(twilio) == [11200]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (web.Response(text="<Response><Say>", content_type="text/xml"), 12100),
        (web.Response(text="", content_type="text/xml"), 12100),
        (web.Response(text="{}", content_type="application/json"), 12300),
        (web.Response(status=403), 11200),
    ],
    ids=["broken", "empty", "json", "refused"],
)
async def test_no_document_goes_to_the_fallback(
    app: App, twilio: TwilioStandIn, answer: web.Response, code: int
) -> None:
    app["/voice"] = lambda _fields: answer
    app["/fallback"] = "<Say>伝言だけ承ります</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("伝言だけ")
    assert codes(twilio) == [code]


async def test_too_late_an_answer_goes_to_the_fallback(app: App, start: Start) -> None:
    twilio = await start(webhook_seconds=0.1)
    never = asyncio.Event()

    async def slow(_fields: Form) -> str:
        await never.wait()
        return ""

    app["/voice"] = slow
    app["/fallback"] = "<Say>伝言だけ承ります</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("伝言だけ")
    assert codes(twilio) == [11205]
    late, fallback = twilio.webhooks
    assert late.answer is None
    assert late.seconds >= 0.1
    assert fallback.answer is not None


async def test_without_a_fallback_the_caller_hears_an_apology(start: Start) -> None:
    twilio = await start(numbers={OFFICE: NumberConfig(GONE)})
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("application error")
    assert await call.ends() is CallStatus.COMPLETED
    assert len(twilio.webhooks) == 2  # one more try, as nobody was reached
    assert twilio.webhooks[0].token == twilio.webhooks[1].token
    assert codes(twilio) == [11205]


async def test_a_broken_fallback_ends_in_the_apology_too(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = app["/fallback"] = lambda _fields: web.Response(status=500)
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("application error")
    assert codes(twilio) == [11200, 11200]


async def test_repeats_carry_the_same_token_and_the_second_answer_counts(
    app: App, twilio: TwilioStandIn
) -> None:
    twilio.faults.webhook(Channel.VOICE, WebhookFault.REPEAT)
    app["/voice"] = lambda _fields: f"<Say>{len(app.of('/voice'))}回目</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("2回目")
    first, second = (headers["I-Twilio-Idempotency-Token"] for headers in app.headers)
    assert first == second


async def test_a_refused_connection_is_tried_once_more(app: App, twilio: TwilioStandIn) -> None:
    twilio.faults.webhook(Channel.VOICE, WebhookFault.REFUSE)
    app["/voice"] = "<Say>はい</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("はい")


async def test_a_lost_answer_leads_to_the_fallback_though_the_work_was_done(
    app: App, twilio: TwilioStandIn
) -> None:
    twilio.faults.webhook(Channel.VOICE, WebhookFault.LOSE_ANSWER)
    app["/voice"] = "<Say>はい</Say>"
    app["/fallback"] = "<Say>伝言だけ承ります</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("伝言だけ")
    assert len(app.of("/voice")) == 1
    assert "はい" not in call.everything_heard
    assert codes(twilio) == [11205]


async def test_held_callbacks_arrive_backwards(app: App, twilio: TwilioStandIn, client: Client) -> None:
    twilio.faults.webhook("status", "hold", times=4)
    events = ["initiated", "ringing", "answered", "completed"]
    await client.calls.create_async(
        to=STAFF,
        from_=OFFICE,
        twiml="<Response><Say>はい</Say></Response>",
        status_callback=f"{app.base}/told",
        status_callback_event=events,
    )
    await (await (await twilio.phone(STAFF).rings()).answers()).ends()
    await twilio.all_told()
    assert app.of("/told") == []
    await twilio.faults.release(reverse=True)
    await twilio.all_told()
    assert [each["SequenceNumber"] for each in app.of("/told")] == ["3", "2", "1", "0"]


async def test_callbacks_are_delayed_repeated_and_lost(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = "<Hangup/>"
    twilio.faults.seconds = 0.01
    for fault, arrived in ((WebhookFault.DELAY, 1), (WebhookFault.REPEAT, 3), (WebhookFault.DROP, 3)):
        twilio.faults.webhook(Channel.STATUS, fault)
        await (await twilio.phone(CALLER).dials(OFFICE)).ends()
        await twilio.all_told()
        assert len(app.of("/status")) == arrived
    assert codes(twilio) == []  # a lost callback is no fault of the application


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (RestFault.RATE_LIMIT, 429, 20429),
        (RestFault.ERROR, 500, 20500),
        (RestFault.ACCEPT_THEN_ERROR, 500, 20500),
    ],
)
async def test_rest_errors(
    twilio: TwilioStandIn, client: Client, fault: RestFault, status: int, code: int
) -> None:
    twilio.faults.order("messages.create", fault)
    with pytest.raises(TwilioRestException) as refused:
        await client.messages.create_async(to=CALLER, from_=OFFICE, body="a")
    assert (refused.value.status, refused.value.code) == (status, code)
    assert len(twilio.phone(CALLER).sms) == (fault is RestFault.ACCEPT_THEN_ERROR)
    await client.messages.create_async(to=CALLER, from_=OFFICE, body="b")


@pytest.mark.parametrize("fault", [RestFault.BREAK, RestFault.ACCEPT_THEN_BREAK])
async def test_a_broken_connection_may_have_placed_the_call(
    app: App, twilio: TwilioStandIn, client: Client, fault: RestFault
) -> None:
    twilio.faults.order("calls.create", fault)
    with pytest.raises(Exception, match=r"[Dd]isconnected|reset"):
        await client.calls.create_async(to=STAFF, from_=OFFICE, url=f"{app.base}/ring")
    placed = await client.calls.list_async(to=STAFF)
    assert len(placed) == (fault is RestFault.ACCEPT_THEN_BREAK)


async def test_garbage_and_silence_from_the_rest_api(twilio: TwilioStandIn, client: Client) -> None:
    twilio.faults.order("messages.list", RestFault.GARBAGE)
    with pytest.raises((ValueError, TwilioException)):
        await client.messages.list_async()
    twilio.faults.order("messages.list", RestFault.SILENCE)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.messages.list_async(), 0.1)
    twilio.faults.seconds = 0.01
    twilio.faults.order("messages.list", RestFault.SLOW)
    assert await client.messages.list_async() == []


async def test_a_sound_of_ours_is_fetched_and_must_be_one(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = "<Play>/hold.wav</Play><Play>/gone.wav</Play><Play>/hold.wav</Play><Say>はい</Say>"
    app["/hold.wav"] = lambda _fields: web.Response(body=b"RIFF", content_type="audio/wav")
    app["/gone.wav"] = web.Response(status=404)
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.hears("はい")
    assert len(app.of("/hold.wav")) == 1  # kept, as Twilio keeps sounds
    assert twilio.problems == [Problem(11200, f"{app.base}/gone.wav: status 404", f"{app.base}/gone.wav")]
    twilio.problems.clear()


async def test_wrong_twiml_is_reported_and_the_rest_is_heard(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Say lang="ja-JP">はい</Say>'
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("はい")
    assert codes(twilio) == [12200]
