"""Callers as they really are: closed hours, namesakes, strangers to the door, our own numbers."""

from datetime import datetime

import aiohttp
import pytest

from tests.support.world import TOKYO, World


async def test_after_hours_the_hours_are_told_and_a_message_is_taken(world: World) -> None:
    world.clock.set(datetime(2026, 11, 24, 20, 30, tzinfo=TOKYO))
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("営業時間外")
    await call.says("アオバ商事の三上です。栗本課長に伝言をお願いします")
    await call.hears("三上様")
    await call.says("明日の打ち合わせの時間を変更したいのですが")
    await call.hears("よろしいでしょうか")
    await call.says("はい")
    await call.hears("申し伝え")
    await call.hangs_up()
    assert "打ち合わせの時間" in (await world.calls_channel_sees("三上様")).text


async def test_two_of_one_name_are_told_apart(world: World) -> None:
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。佐藤さんお願いします")
    await call.hears("どちら")
    await call.says("開発の佐藤さんです")
    await world.on_slack("sato.ken").sees("三上様からお電話です")
    await call.hangs_up()


async def test_somebody_who_left_has_a_successor(world: World) -> None:
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。江口さんはいらっしゃいますか")
    await call.hears("退職いたしまして")
    await call.hangs_up()


async def test_a_blocked_number_is_refused_without_a_word_in_chat(world: World) -> None:
    call = await world.caller("+81399999999").dials(world.main_number)
    await call.hears("お受けいたしかねます")
    await call.ends()
    await world.settled()
    assert not world.calls_channel.messages


async def test_our_own_ring_coming_back_is_hung_up(world: World) -> None:
    call = await world.caller(world.main_number).dials("+81345671235")
    await call.ends()
    await world.settled()
    assert not world.calls_channel.messages


@pytest.mark.parametrize("shown", ["+81345670000", "anonymous", "+819012345679"])
async def test_a_number_that_is_not_the_callers_is_never_offered(world: World, shown: str) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張")
    call = await world.caller(shown).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長をお願いします")
    await call.hears("出張しております")
    await call.says("折り返しをお願いします")
    await call.hears("お電話番号")
    assert "よろしいでしょうか" not in call.heard
    await call.hangs_up()
    message = await world.calls_channel_sees("三上様")
    assert "番号非通知" in message.text


async def test_unsigned_requests_are_refused_and_leave_nothing(world: World) -> None:
    form = {"CallSid": "CA" + "1" * 32, "From": "+81311112222", "To": world.main_number}
    async with aiohttp.ClientSession() as http:
        for path in (
            "/twilio/voice",
            "/twilio/status",
            "/twilio/leg?leg=x",
            "/slack/events",
            "/line/webhook",
        ):
            for headers in (
                {},
                {"x-twilio-signature": "no", "x-slack-signature": "v0=no", "x-line-signature": "é"},
            ):
                async with http.post(world.base_url + path, data=form, headers=headers) as answer:
                    assert answer.status in (401, 403), (path, answer.status)
        async with http.get(world.base_url + "/metrics") as answer:
            text = await answer.text()
    assert 'toritsugi_webhooks_refused_total{platform="twilio"}' in text


async def test_an_english_caller_hears_english(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "15時帰社")
    call = await world.caller("+12025550123").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("Hello, do you speak English? This is John Smith from Acme. May I speak to Mr. Kurimoto?")
    await call.hears("Kurimoto")
    await call.hears("3 PM")
    await call.hangs_up()


async def test_nobody_known_still_leaves_a_message(world: World) -> None:
    call = await world.caller("+81311112222").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。綾小路さんをお願いします")
    await call.hears("見当たりません")
    await call.says("では伝言をお願いします")
    await call.hears("ご用件")
    await call.says("見積書を送ってくださいとお伝えください")
    await call.hears("よろしいでしょうか")
    await call.says("はい")
    await call.hears("申し伝え")
    await call.hangs_up()
    assert "見積書" in (await world.calls_channel_sees("三上様")).text
