import asyncio
import json
import struct
import uuid
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    MarkMessagesAsReadByTokenRequest,
    MessageAction,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuArea,
    RichMenuBounds,
    RichMenuRequest,
    RichMenuSize,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.messaging.exceptions import ApiException

from bot.clock import SettableClock
from simulator.line import LineStandIn, User
from tests.simulator.line.conftest import CALLS, KURIMOTO, SATO, TOKEN, Receiver


def push(to: str, text: str = "こんにちは") -> PushMessageRequest:
    return PushMessageRequest(to=to, messages=[TextMessage(text=text)])


async def refused(call: Any) -> tuple[int, str]:
    with pytest.raises(ApiException) as caught:
        await call
    return caught.value.status, json.loads(caught.value.body)["message"]


async def raw(line: LineStandIn, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Without the SDK, which holds back what is plainly wrong."""
    headers = {"Authorization": f"Bearer {TOKEN}", **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{line.api_url}{path}", json=body, headers=headers) as response,
    ):
        return response.status, await response.json()


async def test_the_token_is_checked(line: LineStandIn) -> None:
    async with AsyncApiClient(Configuration(host=line.api_url, access_token="wrong")) as client:
        status, message = await refused(AsyncMessagingApi(client).push_message(push(SATO)))
    assert (status, message.split(":")[0]) == (401, "Authentication failed due to the following reason")
    assert line.user(SATO).screen == []


async def test_a_push_is_seen_and_counted_by_recipient(line: LineStandIn, api: AsyncMessagingApi) -> None:
    answer = await api.push_message(push(SATO))
    seen = await line.user(SATO).sees("こんにちは")
    assert answer.sent_messages[0].id == seen.id
    assert seen.was_push
    line.user(KURIMOTO).does_not_see("こんにちは")
    await api.push_message(push(CALLS, "皆さんへ"))
    await line.user(KURIMOTO).sees("皆さんへ")
    assert [message.text for message in line.group(CALLS).messages] == ["皆さんへ"]
    assert (await api.get_message_quota_consumption()).total_usage == line.used == 3
    assert line.problems == []


async def test_a_blocked_account_pushes_into_the_void(line: LineStandIn, api: AsyncMessagingApi) -> None:
    await line.user(SATO).unfollows()
    await api.push_message(push(SATO))
    assert line.user(SATO).screen == []
    assert line.used == 0
    assert (await refused(api.get_profile(SATO)))[0] == 404
    assert (await refused(api.push_message(push("U" + "9" * 32))))[0] == 400


async def test_the_monthly_limit_ends_with_the_month_in_japan(
    line: LineStandIn, api: AsyncMessagingApi, clock: SettableClock
) -> None:
    line.quota = 2
    await api.push_message(push(SATO))
    assert await refused(api.push_message(push(CALLS))) == (429, "You have reached your monthly limit.")
    await api.push_message(push(SATO))
    assert await refused(api.push_message(push(SATO))) == (429, "You have reached your monthly limit.")
    assert (await api.get_message_quota()).value == 2
    clock.set(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))  # midnight in Tokyo
    await api.push_message(push(SATO))
    assert line.used == 1


async def test_a_retry_key_is_accepted_once(
    line: LineStandIn, api: AsyncMessagingApi, clock: SettableClock
) -> None:
    key = str(uuid.uuid4())
    first = await api.push_message(push(SATO), x_line_retry_key=key)
    with pytest.raises(ApiException) as caught:
        await api.push_message(push(SATO), x_line_retry_key=key)
    assert caught.value.status == 409
    assert caught.value.headers["x-line-accepted-request-id"]
    assert json.loads(caught.value.body)["sentMessages"][0]["id"] == first.sent_messages[0].id
    assert (len(line.user(SATO).screen), line.used) == (1, 1)
    assert line.problems == []
    clock.passes(hours=25)
    await api.push_message(push(SATO), x_line_retry_key=key)
    assert len(line.user(SATO).screen) == 2
    await refused(api.push_message(push(SATO, "別"), x_line_retry_key=key))
    assert line.problems == ["push: a retry key again, with another body"]
    assert (await refused(api.push_message(push(SATO), x_line_retry_key="abc")))[0] == 400


async def test_what_was_refused_may_be_tried_again_under_its_key(
    line: LineStandIn, api: AsyncMessagingApi
) -> None:
    key = str(uuid.uuid4())
    line.faults.order("push", "error")
    assert (await refused(api.push_message(push(SATO), x_line_retry_key=key)))[0] == 500
    line.faults.order("push", "accept_then_break")
    with pytest.raises(aiohttp.ClientError):
        await api.push_message(push(SATO), x_line_retry_key=key)
    assert (await refused(api.push_message(push(SATO), x_line_retry_key=key)))[0] == 409
    assert len(line.user(SATO).screen) == 1
    line.faults.order("push", "accept_then_silence")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api.push_message(push(SATO)), 0.2)
    assert len(line.user(SATO).screen) == 2


async def test_a_reply_token_is_good_once_and_for_a_minute(
    line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver, clock: SettableClock
) -> None:
    await line.user(SATO).says("直帰")
    token = receiver.events[0]["replyToken"]
    answer = ReplyMessageRequest(reply_token=token, messages=[TextMessage(text="承りました")])
    await api.reply_message(answer)
    seen = await line.user(SATO).sees("承りました")
    assert not seen.was_push
    assert line.used == 0
    assert await refused(api.reply_message(answer)) == (400, "Invalid reply token")
    await line.user(SATO).says("外出")
    clock.passes(seconds=61)
    late = {"replyToken": receiver.events[1]["replyToken"], "messages": [{"type": "text", "text": "遅い"}]}
    assert (await raw(line, "/v2/bot/message/reply", late))[1] == {"message": "Invalid reply token"}
    await line.inbound.redeliver()
    assert receiver.events[2]["replyToken"] == receiver.events[1]["replyToken"]
    assert (await raw(line, "/v2/bot/message/reply", late))[0] == 200
    assert line.problems == [
        "reply: the reply token is used before",
        "reply: the reply token is older than a minute",
    ]


async def test_a_retry_key_on_a_reply_is_refused(line: LineStandIn, receiver: Receiver) -> None:
    await line.user(SATO).says("直帰")
    body = {"replyToken": receiver.events[0]["replyToken"], "messages": [{"type": "text", "text": "はい"}]}
    status, _ = await raw(line, "/v2/bot/message/reply", body, **{"X-Line-Retry-Key": str(uuid.uuid4())})
    assert status == 400
    assert (await raw(line, "/v2/bot/message/reply", body))[0] == 200


async def test_a_wrong_message_is_refused_with_details(line: LineStandIn) -> None:
    body = {"to": SATO, "messages": [{"type": "text", "text": "あ" * 5001}]}
    status, answer = await raw(line, "/v2/bot/message/push", body)
    assert status == 400
    assert answer["details"] == [
        {"property": "messages[0].text", "message": "Length must be between 0 and 5000"}
    ]
    assert line.used == 0
    assert "messages[0].text" in line.problems[0]


async def test_validation_sends_nothing(line: LineStandIn, api: AsyncMessagingApi) -> None:
    await api.validate_push(ValidateMessageRequest(messages=[TextMessage(text="試し")]))
    assert line.user(SATO).screen == []
    empty = {"messages": [{"type": "text", "text": ""}]}
    assert (await raw(line, "/v2/bot/message/validate/reply", empty))[0] == 400


async def test_six_messages_are_too_many(line: LineStandIn) -> None:
    body = {"to": SATO, "messages": [{"type": "text", "text": "a"}] * 6}
    assert (await raw(line, "/v2/bot/message/push", body))[0] == 400


async def test_quick_replies_belong_to_the_last_message(line: LineStandIn) -> None:
    item = {"type": "action", "action": {"type": "message", "label": "はい", "text": "はい"}}
    first = {"type": "text", "text": "一", "quickReply": {"items": [item]}}
    body = {"to": SATO, "messages": [first, {"type": "text", "text": "二"}]}
    assert (await raw(line, "/v2/bot/message/push", body))[0] == 200
    assert line.problems == ["quick replies on a message that is not the last are never shown"]
    with pytest.raises(AssertionError, match="はい"):
        await line.user(SATO).taps("はい")


async def test_profiles_and_groups(line: LineStandIn, api: AsyncMessagingApi) -> None:
    assert (await api.get_profile(SATO)).display_name == "佐藤"
    assert (await api.get_group_summary(CALLS)).group_name == "電話"
    assert (await api.get_group_member_count(CALLS)).count == 2
    assert (await api.get_group_member_profile(CALLS, KURIMOTO)).display_name == "栗本"
    assert (await api.get_bot_info()).user_id == line.account.destination
    await line.group(CALLS).removes_the_account()
    assert (await refused(api.get_group_summary(CALLS)))[0] == 404
    assert (await refused(api.push_message(push(CALLS))))[0] == 400


async def test_loading_and_reading(line: LineStandIn, api: AsyncMessagingApi) -> None:
    await api.show_loading_animation(ShowLoadingAnimationRequest(chat_id=SATO, loading_seconds=10))
    assert line.account.loading == [(SATO, 10)]
    wrong = {"chatId": SATO, "loadingSeconds": 7}
    assert (await raw(line, "/v2/bot/chat/loading/start", wrong))[0] == 400
    await api.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token="r1"))
    assert line.account.read == ["r1"]


async def test_the_webhook_address_is_tested_with_no_events(
    line: LineStandIn, api: AsyncMessagingApi, receiver: Receiver
) -> None:
    assert (await api.get_webhook_endpoint()).endpoint == line.webhook_url
    good = await api.test_webhook_endpoint()
    assert (good.success, good.status_code, good.reason) == (True, 200, "OK")
    assert receiver.bodies == [{"destination": line.account.destination, "events": []}]
    receiver.answers = [500]
    assert (await api.test_webhook_endpoint()).reason == "ERROR_STATUS_CODE"
    await api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint="http://127.0.0.1:9/line/webhook"))
    assert (await api.test_webhook_endpoint()).reason == "COULD_NOT_CONNECT"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


async def test_a_rich_menu_is_shown_once_it_has_an_image(line: LineStandIn, api: AsyncMessagingApi) -> None:
    area = RichMenuArea(
        bounds=RichMenuBounds(x=0, y=0, width=800, height=270),
        action=MessageAction(label="戻りました", text="戻りました"),
    )
    request = RichMenuRequest(
        size=RichMenuSize(width=800, height=270), selected=True, name="m", chat_bar_text="状況", areas=[area]
    )
    menu = (await api.create_rich_menu(request)).rich_menu_id
    assert (await refused(api.set_default_rich_menu(menu)))[0] == 400
    async with AsyncApiClient(Configuration(host=line.api_url, access_token=TOKEN)) as client:
        blob = AsyncMessagingApiBlob(client)
        wrong = blob.set_rich_menu_image(menu, body=png(800, 300), _headers={"Content-Type": "image/png"})
        assert (await refused(wrong))[0] == 400
        await blob.set_rich_menu_image(menu, body=png(800, 270), _headers={"Content-Type": "image/png"})
    await api.set_default_rich_menu(menu)
    assert (await api.get_default_rich_menu_id()).rich_menu_id == menu
    assert [button.label for button in line.user(SATO).menu] == ["戻りました"]
    assert len((await api.get_rich_menu_list()).richmenus) == 1
    await api.delete_rich_menu(menu)
    assert line.user(SATO).menu == []


async def test_an_unknown_endpoint_is_a_problem(line: LineStandIn) -> None:
    assert (await raw(line, "/v2/bot/message/telepathy", {}))[0] == 404
    assert "telepathy" in line.problems[0]


async def test_a_stranger_has_to_follow_first(line: LineStandIn) -> None:
    stranger = line.add_user(User("U" + "8" * 32, follows=False))
    with pytest.raises(AssertionError, match="no friend"):
        await stranger.says("こんにちは")
