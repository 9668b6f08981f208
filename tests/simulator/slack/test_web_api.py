import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SettableClock
from simulator.slack import SlackStandIn

CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*江川様* からお電話です"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "transfer_accept",
                "text": {"type": "plain_text", "text": "つなぐ"},
                "value": "1",
            },
            {
                "type": "button",
                "action_id": "transfer_decline",
                "text": {"type": "plain_text", "text": "出られない"},
            },
        ],
    },
]


async def refused(call: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]
    return str(caught.value.response["error"])


async def test_the_token_is_checked(slack: SlackStandIn) -> None:
    stranger = AsyncWebClient("xoxb-wrong", base_url=slack.api_url)
    assert await refused(stranger.auth_test()) == "invalid_auth"
    nobody = AsyncWebClient(base_url=slack.api_url)
    assert await refused(nobody.auth_test()) == "not_authed"


async def test_auth_test_names_the_bot(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer["team_id"] == "T0SMILE"
    assert answer["user_id"] == "U0BOT"


async def test_a_message_to_a_user_opens_the_direct_message(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(
        channel="U0SATO",
        text="電話です",
        blocks=CARD,
        metadata={"event_type": "offer", "event_payload": {"id": 7}},
    )
    assert answer["channel"] == slack.dm("U0SATO").id == "D0SATO"
    card = await slack.user("U0SATO").sees("江川様")
    assert [button.label for button in card.buttons] == ["つなぐ", "出られない"]
    assert card.notification == "電話です"
    slack.user("U0KURIMOTO").does_not_see("江川様")
    history = await client.conversations_history(channel="D0SATO", include_all_metadata=True)
    assert history["messages"][0]["metadata"]["event_payload"] == {"id": 7}
    assert slack.problems == []


async def test_where_a_message_cannot_go(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.space.users["U0KURIMOTO"].deleted = True
    slack.channel("C0CALLS").members.discard("U0BOT")
    for channel, error in {
        "C0NOWHERE": "channel_not_found",
        "C0SECRET": "channel_not_found",
        "C0CALLS": "not_in_channel",
        "U0NOBODY": "channel_not_found",
        "U0KURIMOTO": "is_inactive",
        "U0BOT": "cannot_dm_bot",
    }.items():
        assert await refused(client.chat_postMessage(channel=channel, text="a")) == error
    assert await refused(client.conversations_open(users="U0KURIMOTO")) == "user_disabled"


async def test_an_update_replaces_text_and_blocks(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0SATO", text="電話です", blocks=CARD)
    where: dict[str, Any] = {"channel": posted["channel"], "ts": posted["ts"]}
    await client.chat_update(**where, text="佐藤が受けました")
    card = await slack.user("U0SATO").sees("佐藤が受けました")
    assert card.buttons == []
    assert card.edits == ["*江川様* からお電話です"]
    assert (
        await refused(client.chat_update(channel="U0SATO", ts=posted["ts"], text="a")) == "channel_not_found"
    )
    assert await refused(client.chat_update(**where, text="あ" * 4001)) == "msg_too_long"
    await client.chat_delete(**where)
    assert await refused(client.chat_update(**where, text="a")) == "message_not_found"
    slack.user("U0SATO").does_not_see("受けました")


async def test_nobody_elses_message_is_edited(slack: SlackStandIn, client: AsyncWebClient) -> None:
    said = await slack.user("U0SATO").says_in("C0CALLS", "お疲れさまです")
    where: dict[str, Any] = {"channel": "C0CALLS", "ts": said.ts}
    assert await refused(client.chat_update(**where, text="a")) == "cant_update_message"
    assert await refused(client.chat_delete(**where)) == "cant_delete_message"


async def test_an_ephemeral_message_is_for_one_and_for_those_who_are_there(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="C0CALLS", user="U0SATO", text="あなただけ")
    await slack.user("U0SATO").sees("あなただけ")
    slack.user("U0KURIMOTO").does_not_see("あなただけ")
    assert slack.channel("C0CALLS").messages == []
    slack.space.users["U0KURIMOTO"].online = False
    await client.chat_postEphemeral(channel="C0CALLS", user="U0KURIMOTO", text="いません")
    slack.user("U0KURIMOTO").does_not_see("いません")
    history = await client.conversations_history(channel="C0CALLS")
    assert history["messages"] == []


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "あ" * 3001}}], "3000"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": ""}}], "must be 1 to 3000"),
        ([{"type": "divider"}] * 51, "51 blocks"),
        ([{"type": "divider", "colour": "red"}], "colour"),
        ([{"type": "carriage"}], "unsupported type"),
        ([CARD[1] | {"elements": [CARD[1]["elements"][0]] * 2}], "already exists"),
    ],
)
async def test_blocks_that_slack_refuses(
    slack: SlackStandIn, client: AsyncWebClient, blocks: list[dict[str, Any]], why: str
) -> None:
    assert (
        await refused(client.chat_postMessage(channel="C0CALLS", text="a", blocks=blocks)) == "invalid_blocks"
    )
    assert why in slack.problems[0]


async def test_a_missing_scope_is_named(client: AsyncWebClient, slack: SlackStandIn) -> None:
    slack.scopes -= {"im:history"}
    await client.chat_postMessage(channel="U0SATO", text="a")
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_history(channel="D0SATO")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "im:history"


async def test_lists_come_in_pages(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=2)
    assert [user["id"] for user in first["members"]] == ["U0BOT", "U0SATO"]
    second = await client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert [user["id"] for user in second["members"]] == ["U0KURIMOTO"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert (await client.users_info(user="U0SATO"))["user"]["real_name"] == "佐藤 花子"
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_a_file_is_uploaded_in_three_steps(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.files_upload_v2(
        channel="C0CALLS", content=b"\x89PNG", filename="day.png", title="今日の電話"
    )
    message = await slack.user("U0SATO").sees("今日の電話")
    assert message.files[0]["size"] == 4
    assert slack.problems == []


async def test_faults_happen_as_ordered(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.order("chat.postMessage", "rate_limit", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0CALLS", text="a")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    slack.faults.order("chat.postMessage", "error", status=503)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0CALLS", text="a")
    assert caught.value.response.status_code == 503
    slack.faults.order("chat.postMessage", "garbage")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0CALLS", text="a")
    slack.faults.order("chat.postMessage", "silence")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel="C0CALLS", text="a"), 0.2)
    assert slack.channel("C0CALLS").messages == []
    slack.faults.order("chat.postMessage", "accept_then_break")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0CALLS", text="kept")
    assert [message.text for message in slack.channel("C0CALLS").messages] == ["kept"]


async def test_any_refusal_can_be_ordered(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.refuses("chat.postMessage", "restricted_action")
    assert await refused(client.chat_postMessage(channel="C0CALLS", text="a")) == "restricted_action"
    await client.chat_postMessage(channel="C0CALLS", text="a")


async def test_not_waiting_out_a_429_is_a_problem(
    slack: SlackStandIn, client: AsyncWebClient, clock: SettableClock
) -> None:
    slack.faults.order("chat.postMessage", "rate_limit", retry_after=7)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0CALLS", text="a")
    clock.passes(seconds=2)
    await client.chat_postMessage(channel="C0CALLS", text="a")
    assert slack.problems == ["chat.postMessage: called again 5.0 s before Retry-After was over"]
    clock.passes(seconds=6)
    await client.chat_postMessage(channel="C0CALLS", text="a")
    assert len(slack.problems) == 1


async def test_what_no_test_looked_at_is_unexpected(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0CALLS", text="一")
    await client.chat_postMessage(channel="C0CALLS", text="二")
    await slack.user("U0SATO").sees("一")
    assert [message.text for message in slack.unexpected] == ["二"]


async def test_seeing_names_what_is_there_instead(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0CALLS", text="別の話")
    with pytest.raises(AssertionError, match="別の話"):
        await slack.user("U0SATO").sees("江川様", within=0.05)


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK's own
async def test_a_code_is_exchanged_once_for_the_token(slack: SlackStandIn) -> None:
    anonymous = AsyncWebClient(base_url=slack.api_url)
    app = {"client_id": "stand-in-client", "client_secret": "stand-in-client-secret"}
    code = slack.allows("U0SATO")
    wrong = {"client_id": "stand-in-client", "client_secret": "wrong"}
    assert await refused(anonymous.oauth_v2_access(**wrong, code=code)) == "bad_client_secret"
    answer = await anonymous.oauth_v2_access(**app, code=code)
    assert (answer["access_token"], answer["team"]["id"]) == ("xoxb-stand-in", "T0SMILE")
    assert answer["authed_user"]["id"] == "U0SATO"
    assert await refused(anonymous.oauth_v2_access(**app, code=code)) == "invalid_code"
