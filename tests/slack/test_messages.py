"""What is said in the direct message and in the office's channel for statuses."""

from datetime import timedelta

import pytest

from bot.language.model import Kind
from tests.support.midori import CALLS, KINTAI
from tests.support.slack_desk import SlackDesk


async def test_a_word_in_the_direct_message_is_set_and_answered_there(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 15時まで")
    answer = await mori.sees("外出", "お電話の方への案内")
    assert answer in mori.dm
    assert desk.presence("mori").kind is Kind.OUT


async def test_a_repeated_event_counts_once_and_is_answered_once(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 15時まで")
    await mori.says("30分延長")
    await desk.slack.inbound.repeat_last_event()
    await desk.settled()
    end = desk.presence("mori").end
    assert end is not None
    assert end - desk.clock.now() == timedelta(hours=5)
    assert len([message for message in mori.dm if "延長しました" in message.text]) == 1


async def test_an_older_text_that_comes_late_changes_nothing(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    desk.slack.courier.hold()
    await mori.says("外出 15時まで")
    await mori.says("会議 12時まで")
    await desk.slack.courier.release(reverse=True)
    await mori.sees("あとから送られた内容を優先し")
    assert desk.presence("mori").kind is Kind.MEETING


async def test_talk_gets_a_hint_in_the_direct_message_and_nothing_in_a_channel(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("お疲れさまです")
    await mori.sees("状況として読み取れませんでした")
    await mori.says_in(KINTAI, "お疲れさまです")
    await desk.settled()
    assert [message for message in desk.slack.channel(KINTAI).messages if message.from_bot] == []
    assert desk.presence("mori").kind is None


async def test_the_status_channel_is_read_and_answered_to_the_person_alone(desk: SlackDesk) -> None:
    await desk.member("ito").says_in(KINTAI, "午前中在宅、午後から外出 17時戻り")
    await desk.member("ito").sees("2件を登録しました")
    assert desk.presence("ito").kind is Kind.REMOTE
    assert [message for message in desk.slack.channel(KINTAI).messages if message.from_bot] == []


async def test_a_colleagues_return_said_in_the_status_channel(desk: SlackDesk) -> None:
    await desk.member("ito").says_in(KINTAI, "森さん 15時帰社")
    assert desk.presence("mori").kind is Kind.OUT
    await desk.member("mori").sees("伊藤 さくらさんがあなたの状況を登録しました")
    await desk.member("ito").sees("森さん: ")


@pytest.mark.parametrize("channel", [CALLS, "C0ZATSUDAN"])
async def test_other_channels_are_not_read(desk: SlackDesk, channel: str) -> None:
    await desk.member("mori").says_in(channel, "外出 15時まで")
    await desk.settled()
    assert desk.presence("mori").kind is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
async def test_a_text_with_a_file_is_a_text(desk: SlackDesk, subtype: str) -> None:
    """遅延証明書を添えて."""
    mori = desk.member("mori")
    await desk.event(mori, KINTAI, "電車遅延のため11時出社します", subtype=subtype, files=[{"id": "F1"}])
    await mori.sees("11:00 出社")
    assert desk.presence("mori").kind is Kind.LATE


@pytest.mark.parametrize("subtype", ["channel_join", "bot_message", "channel_topic", "reminder_add"])
async def test_what_nobody_typed_is_no_status(desk: SlackDesk, subtype: str) -> None:
    mori = desk.member("mori")
    await desk.event(mori, KINTAI, "外出 15時まで", subtype=subtype)
    await desk.settled()
    assert desk.presence("mori").kind is None


async def test_our_own_answers_are_not_taken_for_statuses(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 15時まで")
    await mori.sees("外出")
    await desk.slack.settled()
    await desk.settled()
    assert len([message for message in mori.dm if message.from_bot]) == 1


async def test_what_is_unclear_is_asked_with_readings_to_tap(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("17時まで")
    asked = await mori.sees("何のご予定でしょうか")
    assert desk.presence("mori").kind is None
    meeting = next(button for button in asked.buttons if "会議" in button.label)
    await mori.taps(meeting.label, on=asked)
    await mori.sees("会議", "お電話の方への案内")
    assert desk.presence("mori").kind is Kind.MEETING
    await desk.settled()


async def test_a_reading_tapped_twice_is_set_once(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    answer = await mori.types("/tori", "出張 来週まで")
    label = answer.buttons[0].label
    await mori.taps(label, on=answer)
    await desk.settled()
    first = desk.presence("mori")
    await mori.taps(label, on=answer, stale=True)
    await mori.sees("すでに登録済みです")
    assert desk.presence("mori") == first


async def test_back_with_what_comes_next_ends_what_holds(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 16時まで")
    await mori.sees("外出")
    await mori.says("戻りました。15時から来客です")
    await mori.sees("来客")
    await desk.slack.settled()  # Slack's echo of our answer, signed before the clock is moved
    assert desk.presence("mori").kind is None
    desk.clock.passes(hours=5)
    assert desk.presence("mori").kind is Kind.MEETING


async def test_commands_work_as_words(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    for words, seen in (
        ("ヘルプ", "取次ぎの使い方"),
        ("伝言", "未対応の伝言はありません"),
        ("みんなの状況", "不在の登録はありません"),
        ("whereis 伊藤", "伊藤 さくらさん"),
        ("伊藤さんどこ？", "伊藤 さくらさん"),
        ("/tori 在宅", "在宅"),
        ("status", "あなたの予定"),
    ):
        await mori.says(words)
        await mori.sees(seen)


async def test_a_stranger_is_told_once_in_the_direct_message_only(desk: SlackDesk) -> None:
    guest = desk.slack.user("U0GUEST")
    await guest.says_in(KINTAI, "外出 15時まで")
    await guest.says("外出 15時まで")
    await guest.sees("まだ取次ぎに登録されていません", "U0GUEST")
    await desk.settled()
    assert len([message for message in guest.screen if message.from_bot]) == 1


@pytest.mark.parametrize(
    "called", ["<!here>", "<!channel>", "<!subteam^S0SALES|@sales>", "<!subteam^S0SALES>"]
)
async def test_whom_a_text_calls_is_no_part_of_it(desk: SlackDesk, called: str) -> None:
    mori = desk.member("mori")
    await desk.event(mori, KINTAI, f"{called} 午後休いただきます")
    await mori.sees("今日 12:00 〜 24:00 休み")
    assert desk.presence("mori", desk.clock.now() + timedelta(hours=3)).kind is Kind.LEAVE
    assert desk.presence("mori", desk.clock.now() + timedelta(hours=3)).note == ""


async def test_a_text_that_was_typed_before_a_tap_does_not_undo_it(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 15時まで")
    card = await mori.sees("15:00 まで")
    desk.slack.courier.hold()
    await mori.says("会議 12時まで")
    await mori.taps("取り消し", on=card)
    await desk.slack.courier.release(reverse=True)
    await mori.sees("あとから送られた内容を優先し")
    await desk.settled()
    assert desk.presence("mori").kind is None


async def test_a_text_that_was_typed_before_a_command_does_not_undo_it(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    desk.slack.courier.hold()
    await mori.says("会議 12時まで")
    desk.clock.passes(minutes=1)
    await mori.types("/back")
    await desk.slack.courier.release()
    await mori.sees("あとから送られた内容を優先し")
    assert desk.presence("mori").kind is None
