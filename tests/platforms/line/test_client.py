"""The client against a LINE on the loopback, through the real SDK."""

import asyncio
import struct
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.platforms.cards import Button, Card, Fact
from bot.platforms.errors import (
    PermanentError,
    QuotaError,
    TemporaryError,
    UnknownOutcomeError,
)
from bot.platforms.line.client import LineClient, Quota
from bot.platforms.line.menu import PICTURE, rich_menu
from simulator.line import LineStandIn

TOKEN = "channel-token"
KURIMOTO = "U" + "1" * 32
OTHER = "U" + "2" * 32
STRANGER = "U" + "3" * 32
KEY = "ab" * 16
CARD = Card(
    title="お電話です",
    facts=(Fact("番号", "03-1234-5678", "+81312345678"),),
    buttons=(Button("transfer_accept", "つなぐ", "0" * 32, "primary"),),
    choices=("戻りました",),
)


@pytest.fixture
async def line() -> AsyncIterator[LineStandIn]:
    stand_in = LineStandIn("channel-secret", TOKEN, users=[KURIMOTO, OTHER, STRANGER])
    async with stand_in.running():
        yield stand_in
    assert stand_in.problems == []


@pytest.fixture
async def client(line: LineStandIn) -> AsyncIterator[LineClient]:
    client = LineClient(line.api_url)
    yield client
    await client.close()


async def test_a_pushed_card_is_seen_and_can_be_tapped(line: LineStandIn, client: LineClient) -> None:
    await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    seen = await line.user(KURIMOTO).sees("お電話です", "03-1234-5678")
    assert seen.was_push
    assert [button.label for button in seen.buttons][-2:] == ["つなぐ", "戻りました"]


async def test_the_same_retry_key_is_delivered_once(line: LineStandIn, client: LineClient) -> None:
    await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    assert len(line.user(KURIMOTO).messages) == 1


async def test_a_push_that_broke_after_it_was_taken_is_repeated_without_a_double(
    line: LineStandIn, client: LineClient
) -> None:
    line.faults.order("push", "accept_then_break")
    with pytest.raises(UnknownOutcomeError):
        await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    assert len(line.user(KURIMOTO).messages) == 1


@pytest.mark.parametrize("kind", ["error", "break", "garbage", "accept_then_error"])
async def test_what_may_have_happened_is_unknown(line: LineStandIn, client: LineClient, kind: str) -> None:
    line.faults.order("push", kind)
    with pytest.raises(UnknownOutcomeError):
        await client.push(TOKEN, KURIMOTO, [CARD], KEY)


async def test_a_rate_limit_says_when_to_come_back(line: LineStandIn, client: LineClient) -> None:
    line.faults.order("push", "rate_limit", retry_after=7)
    with pytest.raises(TemporaryError) as caught:
        await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_used_up_month_is_not_a_rate_limit(line: LineStandIn, client: LineClient) -> None:
    line.quota = 0
    with pytest.raises(QuotaError):
        await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    assert await client.quota(TOKEN) == Quota(limit=0, used=0)


async def test_a_wrong_token_or_receiver_will_never_do(line: LineStandIn, client: LineClient) -> None:
    with pytest.raises(PermanentError) as caught:
        await client.push("another-token", KURIMOTO, [CARD], KEY)
    assert caught.value.code == "401"
    with pytest.raises(PermanentError):
        await client.push(TOKEN, "U" + "9" * 32, [CARD], KEY)
    line.problems.clear()


async def test_a_reply_token_counts_once(line: LineStandIn, client: LineClient) -> None:
    await line.user(KURIMOTO).says("15時帰社")
    token = line.inbound.sent[-1]["replyToken"]
    await client.reply(TOKEN, token, [Card(text="外出 15時まで", choices=("戻りました",))])
    answer = await line.user(KURIMOTO).sees("外出 15時まで")
    assert not answer.was_push
    assert [button.label for button in answer.quick_replies] == ["戻りました"]
    with pytest.raises(PermanentError) as caught:
        await client.reply(TOKEN, token, [Card(text="もう一度")])
    assert "Invalid reply token" in str(caught.value)
    line.problems.clear()


async def test_a_closed_port_did_nothing() -> None:
    client = LineClient("http://127.0.0.1:9")
    with pytest.raises(TemporaryError):
        await client.push(TOKEN, KURIMOTO, [CARD], KEY)
    await client.close()


async def test_the_channel_tells_its_bot_and_its_webhook(line: LineStandIn, client: LineClient) -> None:
    assert await client.bot_user(TOKEN) == line.account.destination
    assert await client.webhook_address(TOKEN) == ""
    line.webhook_url = "http://127.0.0.1:8000/line/webhook"
    assert await client.webhook_address(TOKEN) == "http://127.0.0.1:8000/line/webhook"


async def test_the_menu_is_made_once_and_shown_to_one_person(line: LineStandIn, client: LineClient) -> None:
    await client.show_menu(TOKEN, KURIMOTO)
    await client.show_menu(TOKEN, OTHER)
    assert len(line.account.rich_menus) == 1
    assert [button.label for button in line.user(KURIMOTO).menu] == [
        "戻りました",
        "外出",
        "会議",
        "退社",
        "みんなの状況",
        "伝言",
    ]
    assert line.user(STRANGER).menu == []


async def test_a_menu_that_another_process_made_is_used(line: LineStandIn, client: LineClient) -> None:
    await client.show_menu(TOKEN, KURIMOTO)
    another = LineClient(line.api_url)
    await another.show_menu(TOKEN, OTHER)
    await another.close()
    assert len(line.account.rich_menus) == 1


async def test_people_who_begin_at_once_all_have_the_menu(line: LineStandIn, client: LineClient) -> None:
    await asyncio.gather(*(client.show_menu(TOKEN, user) for user in (KURIMOTO, OTHER, STRANGER)))
    assert len(line.account.rich_menus) == 1
    assert all(line.user(user).menu for user in (KURIMOTO, OTHER, STRANGER))


async def test_a_menu_that_somebody_deleted_is_made_again(line: LineStandIn, client: LineClient) -> None:
    await client.show_menu(TOKEN, KURIMOTO)
    line.account.rich_menus.clear()
    line.account.rich_menu_images.clear()
    with pytest.raises(PermanentError):
        await client.show_menu(TOKEN, KURIMOTO)
    line.problems.clear()
    await client.show_menu(TOKEN, KURIMOTO)
    assert line.user(KURIMOTO).menu


def test_the_picture_has_the_size_of_the_menu() -> None:
    width, height = struct.unpack(">II", PICTURE.read_bytes()[16:24])
    assert {"width": width, "height": height} == rich_menu()["size"]
