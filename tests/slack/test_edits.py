"""What a text had set follows its new wordings, in whatever order Slack tells of them."""

from datetime import timedelta

import pytest

from bot.language.model import Kind
from tests.support.midori import KINTAI
from tests.support.slack_desk import SlackDesk


@pytest.mark.parametrize("channel", [None, KINTAI])
async def test_an_edited_text_changes_what_it_had_set(desk: SlackDesk, channel: str | None) -> None:
    mori = desk.member("mori")
    await mori.says("在宅")
    await mori.sees("在宅")
    message = await (mori.says_in(channel, "15時帰社") if channel else mori.says("15時帰社"))
    await mori.sees("15:00 まで")
    await mori.edits(message, "16時帰社")
    await mori.sees("変更しました: 今日 16:00 まで 外出", "本日16時に戻る")
    await mori.edits(message, "17時帰社 A社")
    changed = await mori.sees("変更しました: 今日 17:00 まで 外出(A社)")
    await mori.taps("取り消し", on=changed)
    await mori.sees("取り消しました", "16:00 まで 外出")
    assert desk.presence("mori").end == desk.clock.now() + timedelta(hours=5, minutes=30)


async def test_a_plan_follows_its_text_to_another_day(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("明日 出張")
    await mori.sees("11月25日(水) 出張")
    await mori.edits(message, "明後日 出張")
    await mori.sees("変更しました: 11月26日(木) 出張")
    assert desk.presence("mori", desk.clock.now() + timedelta(days=1)).kind is None


@pytest.mark.parametrize("text", ["15時帰社！", "15:00 帰社", "15時帰社 🙇"])
async def test_the_same_in_other_words_says_nothing(desk: SlackDesk, text: str) -> None:
    mori = desk.member("mori")
    message = await mori.says("15時帰社")
    await mori.sees("15:00 まで")
    await mori.edits(message, text)
    await desk.settled()
    assert len([said for said in mori.dm if said.from_bot]) == 1


async def test_what_was_said_since_is_newer_than_an_edit(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("15時帰社")
    await mori.sees("15:00 まで")
    await mori.says("戻りました")
    await mori.sees("おかえりなさい")
    await mori.edits(message, "16時帰社")
    await desk.settled()
    assert desk.presence("mori").kind is None


async def test_an_edit_that_sets_nothing_and_a_deletion_leave_what_was_set_and_say_so(
    desk: SlackDesk,
) -> None:
    mori = desk.member("mori")
    message = await mori.says_in(KINTAI, "15時帰社")
    await mori.sees("15:00 まで")
    await mori.edits(message, "よろしくお願いします")
    await mori.sees("書き直された内容は登録していません", "今日 15:00 まで 外出")
    assert desk.presence("mori").kind is Kind.OUT
    other = await mori.says_in(KINTAI, "明日 在宅")
    await mori.sees("11月25日(水) 在宅")
    await mori.deletes(other)
    await mori.sees("投稿が削除されました", "11月25日(水) 在宅")
    await mori.taps("取り消し")
    await mori.sees("取り消しました")
    assert desk.presence("mori", desk.clock.now() + timedelta(days=1)).kind is None
    assert desk.presence("mori").kind is Kind.OUT


async def test_a_plan_whose_text_now_says_one_is_back_ends_nothing_of_today(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says_in(KINTAI, "明日 休み")
    await mori.sees("11月25日(水) 休み")
    await mori.says("外出 15時まで")
    await mori.sees("15:00 まで")
    await mori.edits(message, "戻りました")
    await mori.sees("書き直された内容は登録していません", "11月25日(水) 休み")
    assert desk.presence("mori").kind is Kind.OUT


async def test_an_edit_of_what_was_no_status_is_not_read(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says_in(KINTAI, "お疲れさまです")
    await mori.edits(message, "お疲れさまです。よろしくお願いします")
    await mori.deletes(message)
    await desk.settled()
    assert [said for said in mori.dm if said.from_bot] == []


@pytest.mark.parametrize("channel", [None, KINTAI])
async def test_an_edit_that_arrives_before_its_message_is_the_message(
    desk: SlackDesk, channel: str | None
) -> None:
    mori = desk.member("mori")
    desk.slack.courier.hold()
    message = await (mori.says_in(channel, "15時帰社") if channel else mori.says("15時帰社"))
    await mori.edits(message, "16時帰社")
    await desk.slack.courier.release(reverse=True)
    await mori.sees("今日 16:00 まで 外出")
    await desk.settled()
    assert desk.presence("mori").end == desk.clock.now() + timedelta(hours=5, minutes=30)
    assert len([said for said in mori.dm if said.from_bot]) == 1


async def test_of_two_edits_that_arrive_the_other_way_round_the_newer_counts(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("15時帰社")
    await mori.sees("15:00 まで")
    desk.slack.courier.hold()
    await mori.edits(message, "16時帰社")
    await mori.edits(message, "17時帰社")
    await desk.slack.courier.release(reverse=True)
    await mori.sees("変更しました: 今日 17:00 まで 外出")
    await desk.settled()
    assert desk.presence("mori").end == desk.clock.now() + timedelta(hours=6, minutes=30)
    assert len([said for said in mori.dm if said.from_bot]) == 2


async def test_a_message_that_was_deleted_before_it_arrived_sets_nothing(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    desk.slack.courier.hold()
    message = await mori.says_in(KINTAI, "15時帰社")
    await mori.deletes(message)
    await desk.slack.courier.release(reverse=True)
    await desk.settled()
    assert desk.presence("mori").kind is None
    assert [said for said in mori.dm if said.from_bot] == []


async def test_an_edit_that_comes_after_a_newer_text_changes_nothing(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("明日 出張")
    await mori.sees("11月25日(水) 出張")
    desk.slack.courier.hold()
    await mori.edits(message, "明後日 出張")
    await mori.says("明後日 休み")
    await desk.slack.courier.release(reverse=True)
    await mori.sees("あとから送られた内容を優先し", "明後日 出張")
    assert desk.presence("mori", desk.clock.now() + timedelta(days=2)).kind is Kind.LEAVE
    assert desk.presence("mori", desk.clock.now() + timedelta(days=1)).kind is Kind.TRIP


async def test_a_typing_error_is_mended_by_an_edit(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says_in(KINTAI, "15字帰者")
    await mori.edits(message, "15時帰社")
    await mori.sees("今日 15:00 まで 外出")
    assert desk.presence("mori").kind is Kind.OUT


async def test_an_old_post_that_said_nothing_is_not_read_after_days(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says_in(KINTAI, "お疲れさまです")
    desk.clock.passes(days=2)
    await mori.edits(message, "15時帰社")
    await desk.settled()
    assert [said for said in mori.dm if said.from_bot] == []


async def test_a_preview_that_slack_adds_is_no_edit(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("戻りました https://example.com/")
    await mori.sees("在席")
    await mori.says("外出 15時まで")
    await mori.sees("15:00 まで")
    await mori.edits(message, "戻りました https://example.com/")
    await desk.settled()
    assert desk.presence("mori").kind is Kind.OUT


async def test_a_reading_chosen_for_an_edited_text_takes_the_place_of_what_it_had_set(
    desk: SlackDesk,
) -> None:
    mori = desk.member("mori")
    message = await mori.says("明日 15時まで外出")
    await mori.sees("11月25日(水) 15:00 まで 外出")
    await mori.edits(message, "明日か明後日 休み")
    asked = await mori.sees("二通りに読めました", "15:00 まで 外出」のままです")
    await mori.taps(next(button.label for button in asked.buttons if "11月26日" in button.label), on=asked)
    chosen = await mori.sees("11月26日(木) 休み", "お電話の方への案内")
    noon = desk.clock.now() + timedelta(hours=2)
    assert desk.presence("mori", noon + timedelta(days=1)).kind is None
    assert desk.presence("mori", noon + timedelta(days=2)).kind is Kind.LEAVE
    await mori.edits(message, "明後日 出張")
    await mori.sees("変更しました: 11月26日(木) 出張")
    await mori.taps("取り消し")
    await mori.sees("取り消しました")
    await mori.taps("取り消し", on=chosen, stale=True)
    await desk.settled()
    assert desk.presence("mori", noon + timedelta(days=1)).kind is Kind.OUT
    assert desk.presence("mori", noon + timedelta(days=2)).kind is None


@pytest.mark.parametrize(
    ("said", "edited", "seen", "hours"),
    [
        (("外出 15時まで", "30分延長"), "1時間延長", "延長しました: 今日 16:00 まで 外出", 5.5),
        (("外出 15時まで", "戻りました"), "17時に変更", "延長しました: 今日 17:00 まで 外出", 6.5),
        (("外出 15時まで",), "戻りました", "おかえりなさい", None),
    ],
)
async def test_a_change_of_a_status_follows_its_text(
    desk: SlackDesk, said: tuple[str, ...], edited: str, seen: str, hours: float | None
) -> None:
    mori = desk.member("mori")
    for text in said:
        message = await mori.says(text)
        await desk.settled()
    await mori.edits(message, edited)
    await mori.sees(seen)
    end = desk.clock.now() + timedelta(hours=hours) if hours else None
    assert desk.presence("mori").end == end


async def test_a_text_that_says_one_is_back_and_then_is_not_is_as_it_says_last(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    message = await mori.says("外出 15時まで")
    await mori.sees("15:00 まで")
    await mori.edits(message, "戻りました")
    await mori.sees("おかえりなさい")
    await mori.edits(message, "外出 16時まで")
    await mori.sees("今日 16:00 まで 外出")
    assert desk.presence("mori").kind is Kind.OUT


async def test_a_repetition_and_a_plan_that_was_moved_or_cancelled_follow_their_texts(
    desk: SlackDesk,
) -> None:
    mori = desk.member("mori")
    repeated = await mori.says("毎週水曜は在宅")
    await mori.sees("毎週水曜 在宅勤務 を登録しました")
    await mori.edits(repeated, "毎週木曜は在宅")
    await mori.sees("毎週木曜 在宅勤務 を登録しました")
    assert desk.presence("mori", desk.clock.now() + timedelta(days=1)).kind is None
    await mori.says("27日 10時から11時 会議")
    await mori.sees("11月27日(金) 10:00")
    moved = await mori.says("27日の会議を15時に変更")
    await mori.sees("15:00 〜 16:00 会議")
    await mori.edits(moved, "27日の会議を14時に変更")
    await mori.sees("14:00 〜 15:00 会議")
    await mori.says("28日 出張")
    await mori.sees("11月28日(土) 出張")
    cancelled = await mori.says("28日の出張キャンセル")
    await mori.sees("取り消しました: 11月28日(土) 出張")
    await mori.edits(cancelled, "27日の会議キャンセル")
    await mori.sees("取り消しました: 11月27日(金) 14:00")
    noon = desk.clock.now() + timedelta(hours=4)
    assert desk.presence("mori", noon + timedelta(days=3)).kind is None
    assert desk.presence("mori", noon + timedelta(days=4)).kind is Kind.TRIP


async def test_an_edit_that_says_nothing_to_do_leaves_what_was_done(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.says("外出 15時まで")
    await mori.sees("15:00 まで")
    message = await mori.says("30分延長")
    await mori.sees("15:30 まで")
    await mori.edits(message, "よろしくお願いします")
    await mori.sees("書き直された内容は登録していません", "15:30 まで")
    assert desk.presence("mori").end == desk.clock.now() + timedelta(hours=5)
