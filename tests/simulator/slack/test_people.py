"""What people do reaches a real Bolt app, and what the app does reaches people."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SettableClock
from simulator.slack import SlackStandIn
from tests.simulator.slack.conftest import actions, modal

pytestmark = pytest.mark.usefixtures("receives")


async def test_a_command_is_signed_and_answered(slack: SlackStandIn, app: AsyncApp) -> None:
    heard: dict[str, Any] = {}

    @app.command("/away")
    async def away(ack: Any, command: dict[str, Any]) -> None:
        heard.update(command)
        await ack(text="承りました", blocks=actions(("取り消し", "status_cancel")))

    answer = await slack.user("U0SATO").types("/away", "@kurimoto と外出 A&B 15時")
    assert heard["text"] == "<@U0KURIMOTO|kurimoto> と外出 A&amp;B 15時"
    assert heard["user_id"] == "U0SATO"
    assert heard["channel_id"] == slack.dm("U0SATO").id
    assert [button.label for button in answer.buttons] == ["取り消し"]
    assert answer.ephemeral_to == "U0SATO"
    slack.user("U0KURIMOTO").does_not_see("承りました")
    assert slack.problems == []


async def test_an_answer_with_raw_markup_is_a_problem(slack: SlackStandIn, app: AsyncApp) -> None:
    @app.command("/away")
    async def away(ack: Any) -> None:
        await ack(text="A&B 商事 <!channel>")

    await slack.user("U0SATO").types("/away", "A&B 商事")
    assert slack.problems == ["/away: & and < must be escaped", "/away: everybody in the channel is notified"]


async def test_a_command_nobody_handles_fails_for_the_user(slack: SlackStandIn) -> None:
    answer = await slack.user("U0SATO").types("/nothing")
    assert "dispatch_failed" in answer.text
    assert slack.problems == ["/nothing: answered 404, Slack wants 200"]


async def test_an_answer_after_three_seconds_is_a_timeout(slack: SlackStandIn, app: AsyncApp) -> None:
    slack.inbound.limit = 0.05

    @app.command("/away")
    async def away(command: dict[str, Any]) -> None:  # never acknowledges
        assert command

    answer = await slack.user("U0SATO").types("/away")
    assert "operation_timeout" in answer.text
    assert "no answer within" in slack.problems[0]


async def test_the_signature_fits_only_its_body(slack: SlackStandIn) -> None:
    body = b'{"a":1}'
    headers = slack.inbound.headers(body, "application/json")
    verifier = SignatureVerifier("8f742231b10e8888abcd99yyyzzz85a5")
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + b" ", headers)


async def test_what_is_said_arrives_as_an_event_once(slack: SlackStandIn, app: AsyncApp) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def message(event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(body)
        await client.chat_postMessage(channel=event["user"], text="15時に戻られますね")

    sato = slack.user("U0SATO")
    await sato.says("<15時>帰社")
    await sato.sees("15時に戻られますね")
    await slack.settled()  # the bot's own message comes back as an event, and Bolt leaves it alone
    assert len(heard) == 1
    event = heard[0]["event"]
    assert (event["channel_type"], event["user"], event["text"]) == ("im", "U0SATO", "&lt;15時&gt;帰社")
    assert heard[0]["event_id"].startswith("Ev")
    assert len(slack.inbound.sent) == 2
    assert slack.inbound.sent[1]["event"]["bot_id"] == "B0TORITSUGI"


async def test_a_failed_event_is_sent_again(slack: SlackStandIn, app: AsyncApp) -> None:
    slack.inbound.retry_waits = (0.0, 0.0, 0.0)
    tries: list[tuple[str, str]] = []

    @app.event("message")
    async def message(body: dict[str, Any], request: Any) -> None:
        number = request.headers.get("x-slack-retry-num", ["0"])[0]
        tries.append((body["event_id"], number))

    @app.middleware
    async def stumble(request: Any, next_: Any) -> None:
        if request.headers.get("x-slack-retry-num", ["0"])[0] in ("0", "1"):
            raise RuntimeError("down")
        await next_()

    await slack.user("U0SATO").says("直帰")
    assert tries == [(slack.inbound.sent[0]["event_id"], "2")]
    assert slack.problems == ["event message: answered 500, Slack wants a 2xx"] * 2
    assert slack.inbound.undelivered == []


async def test_repeats_and_reversals_on_order(slack: SlackStandIn, app: AsyncApp) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    sato = slack.user("U0SATO")
    slack.courier.hold()
    await sato.says("一")
    await sato.says("二")
    assert heard == []
    await slack.courier.release(reverse=True)
    slack.courier.copies = 2
    await sato.says("三")
    await slack.inbound.repeat_last_event()
    assert heard == ["二", "一", "三", "三", "三"]


async def test_a_tap_brings_the_message_and_a_response_url(
    slack: SlackStandIn, app: AsyncApp, client: AsyncWebClient
) -> None:
    tapped: list[dict[str, Any]] = []

    @app.action("transfer_accept")
    async def accept(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        tapped.append(body)
        await respond(replace_original=True, text="おつなぎします")

    await client.chat_postMessage(
        channel="U0SATO", text="電話です", blocks=actions(("つなぐ", "transfer_accept"))
    )
    sato = slack.user("U0SATO")
    card = await sato.sees("")
    await sato.taps("つなぐ")
    await sato.sees_gone(card, "つなぐ")
    assert card.text == "おつなぎします"
    body = tapped[0]
    assert body["actions"][0]["value"] == "17"
    assert body["actions"][0]["block_id"] == "ask"
    assert body["message"]["ts"] == card.ts
    assert body["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": card.channel,
        "is_ephemeral": False,
    }
    with pytest.raises(AssertionError, match="no button"):
        await sato.taps("つなぐ", on=card)
    await sato.taps("つなぐ", on=card, stale=True)
    assert len(tapped) == 2


async def test_an_ephemeral_card_is_tapped_without_its_content(slack: SlackStandIn, app: AsyncApp) -> None:
    bodies: list[dict[str, Any]] = []

    @app.command("/back")
    async def back(ack: Any) -> None:
        await ack(text="おかえりなさい", blocks=actions(("取り消し", "status_cancel")))

    @app.action("status_cancel")
    async def cancel(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        bodies.append(body)
        await respond(delete_original=True)

    sato = slack.user("U0SATO")
    answer = await sato.types("/back")
    await sato.taps("status_cancel")
    await sato.sees_gone(answer, "取り消し")
    assert answer.deleted
    assert "message" not in bodies[0]
    assert bodies[0]["container"]["is_ephemeral"] is True


async def test_a_response_url_has_five_uses_and_thirty_minutes(
    slack: SlackStandIn, clock: SettableClock
) -> None:
    url = slack.space.response_url("C0CALLS", "U0SATO")
    late = slack.space.response_url("C0CALLS", "U0SATO")
    async with aiohttp.ClientSession() as session:
        for number in range(5):
            async with session.post(url, json={"text": f"{number}"}) as response:
                assert await response.json() == {"ok": True}
        async with session.post(url, json={"text": "六"}) as response:
            assert (response.status, (await response.json())["error"]) == (404, "used_url")
        clock.passes(minutes=31)
        async with session.post(late, json={"text": "遅い"}) as response:
            assert (response.status, (await response.json())["error"]) == (404, "expired_url")
    assert len(slack.user("U0SATO").screen) == 5
    assert slack.channel("C0CALLS").messages == []
    assert len(slack.problems) == 2


async def test_a_page_acts_and_watches_over_http(slack: SlackStandIn, app: AsyncApp) -> None:
    @app.event("message")
    async def message(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["user"], text="はい")

    base = slack.space.base
    async with aiohttp.ClientSession() as session, session.get(f"{base}/_control/events") as stream:
        await stream.content.readuntil(b"\n\n")
        command = {"do": "says", "user": "U0SATO", "text": "直帰"}
        async with session.post(f"{base}/_control/commands", json=command) as response:
            assert (await response.json())["result"]["text"] == "直帰"
        assert "直帰" in (await stream.content.readuntil(b"\n\n")).decode()
        assert "はい" in (await stream.content.readuntil(b"\n\n")).decode()
        neighbour = {"Origin": "http://localhost:3000"}
        async with session.get(f"{base}/_control/state", headers=neighbour) as response:
            assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
            state = await response.json()
        direct = next(one for one in state["channels"] if one["id"] == "D0SATO")
        assert [one["text"] for one in direct["messages"]] == ["直帰", "はい"]
        wrong = {"do": "taps", "user": "U0SATO", "button": "つなぐ"}
        async with session.post(f"{base}/_control/commands", json=wrong) as response:
            assert response.status == 409
        foreign = {"Origin": "https://evil.example.com"}
        async with session.post(f"{base}/_control/commands", json=command, headers=foreign) as response:
            assert response.status == 403


async def test_second_thoughts_arrive_as_hidden_events(slack: SlackStandIn, app: AsyncApp) -> None:
    heard: list[dict[str, Any]] = []

    @app.event({"type": "message", "subtype": "message_changed"})
    async def changed(event: dict[str, Any]) -> None:
        heard.append(event)

    @app.event({"type": "message", "subtype": "message_deleted"})
    async def deleted(event: dict[str, Any]) -> None:
        heard.append(event)

    @app.event({"type": "message", "subtype": None})
    async def said(event: dict[str, Any]) -> None:
        assert event["text"] == "15時帰社"

    sato = slack.user("U0SATO")
    message = await sato.says("15時帰社")
    await sato.edits(message, "16時帰社")
    await sato.deletes(message)
    assert heard[0]["message"]["text"] == "16時帰社"
    assert heard[0]["previous_message"]["text"] == "15時帰社"
    assert heard[0]["message"]["user"] == "U0SATO"
    assert heard[1]["deleted_ts"] == message.ts
    assert all(event["hidden"] for event in heard)
    assert slack.problems == []


async def test_mentions_in_messages_carry_no_name(slack: SlackStandIn, app: AsyncApp) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    await slack.user("U0SATO").says("@kurimoto <@U0SATO> @kurimotoさん @nobody")
    assert heard == ["<@U0KURIMOTO> <@U0SATO> @kurimotoさん @nobody"]


async def test_everybody_in_a_race_presses_before_the_card_changes(
    slack: SlackStandIn, app: AsyncApp, client: AsyncWebClient
) -> None:
    winners: list[str] = []

    @app.action("transfer_accept")
    async def accept(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        if not winners:
            winners.append(body["user"]["id"])
            where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
            await client.chat_update(**where, text="決まりました", blocks=[])

    await client.chat_postMessage(
        channel="C0CALLS", text="電話です", blocks=actions(("つなぐ", "transfer_accept"))
    )
    people = [slack.user("U0SATO"), slack.user("U0KURIMOTO")]
    await asyncio.gather(*(person.taps("つなぐ") for person in people))
    for person in people:
        await person.sees("決まりました")
    assert len(winners) == 1


async def test_slacks_own_checks_of_the_address(slack: SlackStandIn) -> None:
    assert await slack.inbound.verify_url()
    assert (await slack.inbound.check_ssl()).status == 200
    slack.events_url = str(slack.events_url).replace("/slack/events", "/elsewhere")
    assert not await slack.inbound.verify_url()


async def test_every_command_of_a_page(slack: SlackStandIn, app: AsyncApp, client: AsyncWebClient) -> None:
    heard: list[str] = []

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    @app.event("app_home_opened")
    async def home(event: dict[str, Any]) -> None:
        heard.append(event["tab"])

    @app.command("/tori")
    async def command(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack("はい")

    @app.shortcut("set_status")
    async def shortcut(ack: Any) -> None:
        await ack()
        heard.append("shortcut")

    @app.view("edit")
    async def save(ack: Any) -> None:
        await ack()
        heard.append("saved")

    @app.action("transfer_accept")
    async def accept(ack: Any) -> None:
        await ack()
        heard.append("accepted")

    @app.action("day")
    async def day(ack: Any) -> None:
        await ack()
        heard.append("chosen")

    card = actions(("つなぐ", "transfer_accept"))
    card[0]["elements"].append({"type": "datepicker", "action_id": "day"})
    posted = await client.chat_postMessage(channel="C0CALLS", text="電話です", blocks=card)
    where = {"channel": "C0CALLS", "ts": posted["ts"]}
    sato = {"user": "U0SATO"}
    commands: list[tuple[dict[str, Any], Any]] = [
        ({"do": "hold"}, None),
        ({"do": "says", "text": "直帰", "channel": "C0CALLS"} | sato, ...),
        ({"do": "release", "reverse": True}, None),
        ({"do": "repeat_last_event"}, None),
        ({"do": "opens_home"} | sato, None),
        ({"do": "taps", "button": "つなぐ"} | where | sato, None),
        ({"do": "chooses", "action_id": "day", "value": "2026-11-24"} | where | sato, None),
        ({"do": "types", "command": "/tori"} | sato, ...),
        ({"do": "submits", "values": {"内容": "直帰"}} | sato, {}),
        ({"do": "types", "command": "/tori"} | sato, ...),
        ({"do": "closes"} | sato, None),
        ({"do": "uses_shortcut", "callback_id": "set_status"} | sato, None),
        ({"do": "fault", "method": "chat.postMessage", "kind": "error", "times": None}, None),
        ({"do": "clear_faults"}, None),
    ]
    async with aiohttp.ClientSession() as session:
        for said, expected in commands:
            async with session.post(f"{slack.space.base}/_control/commands", json=said) as response:
                answer = await response.json()
                assert answer["ok"], (said, answer)
                assert expected in (answer["result"], ...)
        async with session.get(f"{slack.space.base}/_control/state") as response:
            state = await response.json()
    assert heard == ["直帰", "直帰", "home", "accepted", "chosen", "saved", "shortcut"]
    await client.chat_postMessage(channel="C0CALLS", text="無事")
    assert state["modals"] == []
    assert slack.problems == []
