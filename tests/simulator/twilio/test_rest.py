"""The REST API, as Twilio's own client meets it."""

import json
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, encode_basic_auth
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.twilio import TwilioStandIn
from tests.support.twiml_app import ACCOUNT, CALLER, OFFICE, STAFF, TOKEN, App, RewritingClient, Start


async def refusal(awaitable: Awaitable[object]) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        await awaitable
    return refused.value.status, refused.value.code


async def test_the_account_and_its_numbers(app: App, client: Client) -> None:
    account = await client.api.v2010.accounts(ACCOUNT).fetch_async()
    assert (account.sid, account.status) == (ACCOUNT, "active")
    (number,) = await client.incoming_phone_numbers.list_async()
    assert number.phone_number == OFFICE
    assert number.voice_url == f"{app.base}/voice"
    assert number.voice_fallback_url == f"{app.base}/fallback"
    assert number.status_callback == f"{app.base}/status"


async def test_a_changed_number_is_answered_by_its_new_address(
    app: App, twilio: TwilioStandIn, client: Client
) -> None:
    (number,) = await client.incoming_phone_numbers.list_async(phone_number=OFFICE)
    await number.update_async(voice_url=f"{app.base}/other")
    app["/other"] = "<Say>別の入口</Say>"
    await (await twilio.phone(CALLER).dials(OFFICE)).hears("別の入口")


async def test_the_wrong_token(twilio: TwilioStandIn, web_client: ClientSession) -> None:
    async with RewritingClient(twilio.base_url) as http:
        stranger = Client(ACCOUNT, "wrong", http_client=http)
        assert await refusal(stranger.calls("CA" + "0" * 32).fetch_async()) == (401, 20003)
    async with web_client.get(f"{twilio.base_url}/2010-04-01/Accounts/{ACCOUNT}/Calls.json") as bare:
        assert bare.status == 401


async def test_what_there_is_not(client: Client) -> None:
    assert await refusal(client.calls("CA" + "f" * 32).fetch_async()) == (404, 20404)
    assert await refusal(client.conferences("CF" + "0" * 32).fetch_async()) == (404, 20404)
    assert await refusal(client.recordings("RE" + "f" * 32).delete_async()) == (404, 20404)


@pytest.mark.parametrize(
    ("to", "sender", "url", "code"),
    [
        ("090-1234-5678", OFFICE, "https://app.test/", 21211),
        (STAFF, "0345671234", "https://app.test/", 21212),
        (STAFF, "+81399999999", "https://app.test/", 21210),
        (STAFF, OFFICE, "/ring", 21205),
    ],
)
async def test_calls_that_are_refused(client: Client, to: str, sender: str, url: str, code: int) -> None:
    assert await refusal(client.calls.create_async(to=to, from_=sender, url=url)) == (400, code)


async def test_a_call_without_anything_to_hear_is_refused(client: Client) -> None:
    assert await refusal(client.calls.create_async(to=STAFF, from_=OFFICE)) == (400, 21205)


async def test_a_call_with_its_document_at_hand(twilio: TwilioStandIn, client: Client) -> None:
    twiml = "<Response><Say>伝言です</Say></Response>"
    call = await client.calls.create_async(to=STAFF, from_=OFFICE, twiml=twiml)
    heard = await (await twilio.phone(STAFF).rings()).answers()
    await heard.hears("伝言です")
    await heard.ends()
    done = await client.calls(call.sid).fetch_async()
    assert (done.status, done.direction, done.duration) == ("completed", "outbound-api", "1")


async def test_calls_are_found_by_who_when_and_how(app: App, twilio: TwilioStandIn, client: Client) -> None:
    app["/voice"] = "<Say>はい</Say>"
    for number in (CALLER, "+81311112222", CALLER):
        await (await twilio.phone(number).dials(OFFICE)).ends()
    now = datetime.now(UTC)
    assert len(await client.calls.list_async(from_=CALLER)) == 2
    assert len(await client.calls.list_async(to=OFFICE, status="completed")) == 3
    assert len(await client.calls.list_async(status="in-progress")) == 0
    assert len(await client.calls.list_async(start_time_after=now - timedelta(minutes=1))) == 3
    assert len(await client.calls.list_async(start_time_before=now - timedelta(minutes=1))) == 0
    assert len(await client.calls.list_async(start_time=now.date())) == 3


async def test_a_long_list_comes_in_pages(app: App, twilio: TwilioStandIn, client: Client) -> None:
    app["/voice"] = "<Hangup/>"
    sids = set()
    for _ in range(5):
        call = await twilio.phone(CALLER).dials(OFFICE)
        await call.ends()
        sids.add(call.sid)
    page = await client.calls.page_async(page_size=2)
    seen = [call.sid for call in page]
    while (page := await page.next_page_async()) is not None:
        seen += [call.sid for call in page]
    assert len(seen) == 5
    assert set(seen) == sids


async def test_a_live_call_is_ended(app: App, twilio: TwilioStandIn, client: Client) -> None:
    app["/voice"] = "<Gather/>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.answered()
    assert await refusal(client.calls(call.sid).update_async(status="canceled")) == (400, 21220)
    await client.calls(call.sid).update_async(status="completed")
    assert await call.ends() == "completed"


async def test_text_messages_lie_in_the_telephone(app: App, twilio: TwilioStandIn, client: Client) -> None:
    sent = await client.messages.create_async(
        to=CALLER, from_=OFFICE, body="kurimoto@smilecorp.com", status_callback=f"{app.base}/sms"
    )
    assert sent.status == "queued"
    sms = await twilio.phone(CALLER).gets_sms("kurimoto@")
    assert (sms.sid, sms.sender) == (sent.sid, OFFICE)
    await twilio.all_told()
    assert [each["MessageStatus"] for each in app.of("/sms")] == ["sent", "delivered"]
    assert (await client.messages(sent.sid).fetch_async()).status == "delivered"


@pytest.mark.parametrize(
    ("to", "body", "code"), [("x", "a", 21211), (CALLER, "", 21602), (CALLER, "あ" * 1601, 21617)]
)
async def test_text_messages_that_are_refused(client: Client, to: str, body: str, code: int) -> None:
    assert await refusal(client.messages.create_async(to=to, from_=OFFICE, body=body)) == (400, code)


async def test_a_recording_is_told_fetched_and_deleted(
    app: App, twilio: TwilioStandIn, client: Client, web_client: ClientSession
) -> None:
    app["/voice"] = '<Record action="/done" recordingStatusCallback="/kept" maxLength="60"/>'
    app["/done"] = "<Say>承りました</Say>"
    call = await twilio.phone(CALLER).dials(OFFICE)
    await call.says("江川です。お電話ください")
    await call.hears("承りました")
    await twilio.all_told()
    (done,), (kept,) = app.of("/done"), app.of("/kept")
    assert done["RecordingSid"] == kept["RecordingSid"]
    assert kept["RecordingStatus"] == "completed"
    async with web_client.get(done["RecordingUrl"], headers=authorization()) as media:
        assert media.content_type == "audio/x-wav"
        assert (await media.read())[:4] == b"RIFF"
    (listed,) = await client.recordings.list_async(call_sid=call.sid)
    await client.recordings(listed.sid).delete_async()
    assert await client.calls(call.sid).recordings.list_async() == []


def authorization() -> dict[str, str]:
    return {"Authorization": encode_basic_auth(ACCOUNT, TOKEN)}


async def test_hanging_up_ends_a_recording_and_silence_skips_it(app: App, twilio: TwilioStandIn) -> None:
    app["/voice"] = '<Record action="/done"/><Say>何もお話しに</Say>'
    silent = await twilio.phone(CALLER).dials(OFFICE)
    await silent.stays_silent()
    await silent.hears("何もお話しに")
    assert app.of("/done") == []
    gone = await twilio.phone(CALLER).dials(OFFICE)
    await gone.hears_tone("beep")
    await gone.hangs_up()
    await twilio.all_told()
    assert app.of("/done")[0]["Digits"] == "hangup"


async def test_a_worker_of_taskrouter(twilio: TwilioStandIn, client: Client) -> None:
    place, worker = "WS" + "1" * 32, "WK" + "2" * 32
    twilio.taskrouter.add_workspace(place)
    twilio.taskrouter.add_worker(place, worker, "kurimoto")
    workspace = client.taskrouter.v1.workspaces(place)
    activities = {each.friendly_name: each.sid for each in await workspace.activities.list_async()}
    changed = await workspace.workers(worker).update_async(
        activity_sid=activities["Unavailable"], attributes=json.dumps({"kind": "trip"})
    )
    assert (changed.activity_name, changed.available) == ("Unavailable", False)
    assert twilio.taskrouter.activity_of(place, worker) == "Unavailable"
    assert twilio.taskrouter.attributes_of(place, worker) == {"kind": "trip"}
    assert (await workspace.workers(worker).fetch_async()).activity_name == "Unavailable"
    assert [each.sid for each in await workspace.workers.list_async()] == [worker]
    assert await refusal(workspace.workers("WK" + "3" * 32).fetch_async()) == (404, 20404)
    one = workspace.workers(worker)
    assert await refusal(one.update_async(activity_sid="WA0")) == (400, 20001)
    assert await refusal(one.update_async(attributes="[]")) == (400, 20001)
    assert await refusal(one.update_async(if_match="1", attributes="{}")) == (412, 20412)


OPENAPI = {
    "paths": {
        "/2010-04-01/Accounts/{AccountSid}/Messages.json": {
            "post": {
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "required": ["To"],
                                "properties": {
                                    "To": {"type": "string"},
                                    "From": {"type": "string"},
                                    "Body": {"type": "string"},
                                    "SmartEncoded": {"type": "boolean"},
                                    "ValidityPeriod": {"type": "integer"},
                                    "RiskCheck": {"$ref": "#/components/schemas/risk"},
                                },
                            }
                        }
                    }
                }
            }
        }
    },
    "components": {"schemas": {"risk": {"type": "string", "enum": ["enable", "disable"]}}},
}


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, None),
        ({"Boddy": "a"}, "there is no parameter Boddy"),
        ({"SmartEncoded": "yes"}, "SmartEncoded must be true or false"),
        ({"ValidityPeriod": "long"}, "ValidityPeriod must be a whole number"),
        ({"RiskCheck": "maybe"}, "RiskCheck can't be 'maybe'"),
    ],
)
async def test_requests_are_held_against_twilios_own_description(
    start: Start, web_client: ClientSession, tmp_path: Path, more: dict[str, str], wrong: str | None
) -> None:
    (tmp_path / "twilio_api_v2010.json").write_text(json.dumps(OPENAPI))
    twilio = await start(specs=tmp_path)
    url = f"{twilio.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    form = {"To": CALLER, "From": OFFICE, "Body": "a"} | more
    async with web_client.post(url, data=form, headers=authorization()) as answer:
        assert answer.status == 201
    assert [problem.message for problem in twilio.problems] == ([wrong] if wrong else [])
    twilio.problems.clear()
