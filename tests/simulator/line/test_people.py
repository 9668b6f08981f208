"""What people do on LINE reaches a webhook, and what the bot sends reaches people."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from linebot.v3.messaging import (
    AsyncMessagingApi,
    ButtonsTemplate,
    DatetimePickerAction,
    FlexContainer,
    FlexMessage,
    MessageAction,
    PostbackAction,
    PushMessageRequest,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    TemplateMessage,
    TextMessage,
)
from linebot.v3.webhook import WebhookParser

from bot.clock import SettableClock
from simulator.line import LineStandIn
from tests.simulator.line.conftest import CALLS, KURIMOTO, SATO, SECRET, Receiver

ACCEPT = PostbackAction(label="つなぐ", data="action=transfer_accept&offer=7", display_text="つなぐ")
BUBBLE = {
    "type": "bubble",
    "body": {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "text", "text": "江川様からお電話です"},
            {
                "type": "text",
                "contents": [{"type": "span", "text": "残り"}, {"type": "span", "text": "25秒"}],
            },
        ],
    },
    "footer": {
        "type": "box",
        "layout": "horizontal",
        "contents": [{"type": "button", "action": ACCEPT.to_dict()}],
    },
}


async def test_events_read_as_the_sdk_expects_them(line: LineStandIn, receiver: Receiver) -> None:
    sato = line.user(SATO)
    said = await sato.says("直帰")
    await sato.says_in(CALLS, "了解")
    await sato.unsends(said)
    await sato.unfollows()
    await sato.follows()
    await line.group(CALLS).removes_the_account()
    await sato.says_in(CALLS, "聞こえますか")
    await line.group(CALLS).invites_the_account()
    raw = {"destination": line.account.destination, "events": receiver.events}

    body = json.dumps(raw)
    events = WebhookParser(SECRET).parse(body, line.inbound.signature(body.encode()))
    kinds = [event.type for event in events]
    assert kinds == ["message", "message", "unsend", "unfollow", "follow", "leave", "join"]
    assert [type(event).__name__ for event in events if type(event).__name__ == "UnknownEvent"] == []
    assert events[0].message.text == "直帰"
    assert (events[1].source.group_id, events[1].source.user_id) == (CALLS, SATO)
    assert events[4].follow.is_unblocked is True
    assert [getattr(event, "reply_token", None) is not None for event in events] == [
        True,
        True,
        False,
        False,
        True,
        False,
        True,
    ]
    ids = [event.webhook_event_id for event in events]
    assert len(set(ids)) == 7
    assert all(len(one) == 26 for one in ids)
    assert line.problems == []


async def test_a_wrong_secret_is_noticed_by_the_receiver(line: LineStandIn, receiver: Receiver) -> None:
    line.inbound._secret = b"other"
    await line.user(SATO).says("直帰")
    assert receiver.bodies == []
    assert line.problems == ["webhook message: answered 401, LINE wants a 2xx"]


async def test_a_reply_reaches_the_one_who_spoke(
    line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver
) -> None:
    async def hears(event: dict[str, Any]) -> None:
        text = TextMessage(text=f"{event['message']['text']}ですね")
        await api.reply_message(ReplyMessageRequest(reply_token=event["replyToken"], messages=[text]))

    receiver.hears = hears
    await line.user(SATO).says("直帰")
    await line.user(SATO).sees("直帰ですね")
    line.user(KURIMOTO).does_not_see("直帰ですね")
    await line.user(SATO).says_in(CALLS, "外出")
    await line.user(KURIMOTO).sees("外出ですね")


async def test_several_people_in_one_body(line: LineStandIn, receiver: Receiver) -> None:
    async with line.together():
        await line.user(SATO).says("直帰")
        await line.user(KURIMOTO).says("外出")
        assert receiver.bodies == []
    (body,) = receiver.bodies
    assert [event["source"]["userId"] for event in body["events"]] == [SATO, KURIMOTO]


async def test_redelivery_keeps_the_identity(line: LineStandIn, receiver: Receiver) -> None:
    receiver.answers = [500]
    await line.user(SATO).says("一")
    assert len(receiver.events) == 1  # off by default, as at LINE
    assert line.inbound.undelivered == line.inbound.sent
    line.inbound.redeliveries = 2
    receiver.answers = [500, 503]
    await line.user(SATO).says("二")
    again = receiver.events[1:]
    assert [event["deliveryContext"]["isRedelivery"] for event in again] == [False, True, True]
    assert len({event["webhookEventId"] for event in again}) == 1
    assert len({event["replyToken"] for event in again}) == 1
    assert len(line.inbound.undelivered) == 1


async def test_doubles_and_reversals_on_order(line: LineStandIn, receiver: Receiver) -> None:
    line.courier.hold()
    await line.user(SATO).says("一")
    await line.user(SATO).says("二")
    line.courier.copies = 2
    await line.courier.release(reverse=True)
    assert [event["message"]["text"] for event in receiver.events] == ["二", "二", "一", "一"]


async def test_a_flex_button_is_tapped(line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver) -> None:
    message = FlexMessage(alt_text="江川様からお電話です", contents=FlexContainer.from_dict(BUBBLE))
    await api.push_message(PushMessageRequest(to=SATO, messages=[message]))
    sato = line.user(SATO)
    card = await sato.sees("江川様", "残り25秒")
    await sato.taps("つなぐ")
    await sato.taps("transfer_accept", on=card)  # a flex button stays
    assert [event["postback"] for event in receiver.events] == [
        {"data": "action=transfer_accept&offer=7"}
    ] * 2
    assert [message.text for message in sato.messages if not message.from_bot] == ["つなぐ", "つなぐ"]
    with pytest.raises(AssertionError, match="出られない"):
        await sato.taps("出られない")


async def test_quick_replies_go_with_the_next_message(
    line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver
) -> None:
    items = [QuickReplyItem(action=ACCEPT), QuickReplyItem(action=MessageAction(label="直帰", text="直帰"))]
    asked = TextMessage(text="いかがしますか", quick_reply=QuickReply(items=items))
    sato = line.user(SATO)
    await api.push_message(PushMessageRequest(to=SATO, messages=[asked]))
    await sato.taps("直帰")
    assert receiver.events[0]["message"]["text"] == "直帰"
    with pytest.raises(AssertionError, match="つなぐ"):
        await sato.taps("つなぐ")
    await api.push_message(PushMessageRequest(to=SATO, messages=[asked]))
    await api.push_message(PushMessageRequest(to=SATO, messages=[TextMessage(text="別の話")]))
    with pytest.raises(AssertionError, match="つなぐ"):
        await sato.taps("つなぐ")


async def test_a_time_is_picked_within_its_bounds(
    line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver
) -> None:
    picker = DatetimePickerAction(
        label="時刻",
        data="action=status_edit",
        mode="datetime",
        min="2026-11-24T10:00",
        max="2026-11-30T18:00",
    )
    template = ButtonsTemplate(text="いつ戻りますか", actions=[picker])
    message = TemplateMessage(alt_text="いつ戻りますか", template=template)
    await api.push_message(PushMessageRequest(to=SATO, messages=[message]))
    sato = line.user(SATO)
    await sato.sees("いつ戻りますか")
    with pytest.raises(AssertionError, match="picker offers"):
        await sato.picks_time("時刻", "2026-12-01T10:00")
    await sato.picks_time("時刻", "2026-11-24T15:00")
    (event,) = receiver.events
    assert event["postback"] == {"data": "action=status_edit", "params": {"datetime": "2026-11-24T15:00"}}


async def test_a_slow_webhook_is_a_problem(
    line: LineStandIn, receiver: Receiver, clock: SettableClock
) -> None:
    async def hears(_event: dict[str, Any]) -> None:

        await asyncio.Event().wait()

    receiver.hears = hears
    line.inbound.limit = 0.05
    await line.user(SATO).says("直帰")
    assert line.problems == ["webhook message: no answer within 0.05 s"]


async def test_what_no_test_looked_at_is_unexpected(line: LineStandIn, api: AsyncMessagingApi) -> None:
    for text in ("一", "二"):
        await api.push_message(PushMessageRequest(to=SATO, messages=[TextMessage(text=text)]))
    await line.user(SATO).sees("一")
    assert [message.text for message in line.unexpected] == ["二"]


async def test_a_page_acts_and_watches_over_http(line: LineStandIn, receiver: Receiver) -> None:
    base = line.api_url
    async with aiohttp.ClientSession() as session, session.get(f"{base}/_control/events") as stream:
        await stream.content.readuntil(b"\n\n")
        command = {"do": "says", "user": SATO, "text": "直帰"}
        async with session.post(f"{base}/_control/commands", json=command) as response:
            assert (await response.json())["result"]["text"] == "直帰"
        assert "直帰" in (await stream.content.readuntil(b"\n\n")).decode()
        async with session.get(f"{base}/_control/state") as response:
            state = await response.json()
        assert [one["text"] for one in state["users"][0]["messages"]] == ["直帰"]
        for wrong, status in (({"do": "taps", "user": SATO, "button": "つなぐ"}, 409), ({"do": "fly"}, 400)):
            async with session.post(f"{base}/_control/commands", json=wrong) as response:
                assert response.status == status
    assert len(receiver.events) == 1


async def test_what_is_no_text_arrives_too(line: LineStandIn, receiver: Receiver) -> None:
    await line.user(SATO).sends({"type": "sticker", "packageId": "446", "stickerId": "1988"})
    message = receiver.events[0]["message"]
    assert (message["type"], message["stickerId"]) == ("sticker", "1988")
    assert message["id"]


async def test_the_rich_menu_is_tapped_last(line: LineStandIn, receiver: Receiver) -> None:
    account = line.account
    bounds = {"x": 0, "y": 0, "width": 800, "height": 270}
    action = {
        "type": "postback",
        "label": "戻りました",
        "data": "action=status_clear",
        "displayText": "戻りました",
    }
    account.rich_menus["m"] = {"areas": [{"bounds": bounds, "action": action}]}
    account.default_rich_menu = "m"
    with pytest.raises(AssertionError):
        await line.user(SATO).taps("戻りました")  # no image yet: it is not shown
    account.rich_menu_images["m"] = b"image"
    assert await line.user(SATO).taps("戻りました") is None
    assert receiver.events[0]["postback"] == {"data": "action=status_clear"}


async def test_every_command_of_a_page(line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver) -> None:
    picker = DatetimePickerAction(label="時刻", data="action=status_edit", mode="time")
    template = ButtonsTemplate(text="いつ", actions=[picker, ACCEPT])
    message = TemplateMessage(alt_text="いつ", template=template)
    sent = await api.push_message(PushMessageRequest(to=SATO, messages=[message]))
    card, sato = {"message": sent.sent_messages[0].id}, {"user": SATO}
    async with aiohttp.ClientSession() as session:

        async def does(what: str, **more: Any) -> Any:
            said = {"do": what, **more}
            async with session.post(f"{line.api_url}/_control/commands", json=said) as response:
                answer = await response.json()
                assert answer["ok"], (said, answer)
                return answer["result"]

        said = await does("says", text="直帰", **sato)
        await does("says", text="了解", group=CALLS, **sato)
        await does("unsends", message=said["id"], **sato)
        await does("taps", button="つなぐ", **sato, **card)
        await does("picks_time", button="時刻", value="15:00", **sato, **card)
        await does("unfollows", **sato)
        await does("follows", **sato)
        await does("remove", group=CALLS)
        await does("invite", group=CALLS)
        await does("redeliver")
        await does("quota", messages=5)
        await does("fault", method="push", kind="error")
        await does("clear_faults", method="push")
        async with session.get(f"{line.api_url}/_control/state") as response:
            state = await response.json()
    kinds = [event["type"] for event in receiver.events]
    assert kinds == ["message"] * 2 + ["unsend", "postback", "postback"] + [
        "unfollow",
        "follow",
        "leave",
        "join",
        "join",
    ]
    assert receiver.events[4]["postback"]["params"] == {"time": "15:00"}
    assert (state["quota"], state["used"]) == (5, 1)
    assert state["groups"][0]["joined"] is True
    await api.push_message(PushMessageRequest(to=SATO, messages=[TextMessage(text="無事")]))
    assert line.problems == []
