"""Staff speak with the desk in LINE."""

import pytest
import sqlalchemy as sa

from bot.language.model import Kind
from bot.messages.model import CallerFacts, NewMessage
from bot.messages.verbs import file_message, message_of
from bot.office.roster import roster_of
from bot.presence.tables import changes
from bot.store.columns import metadata
from bot.store.transaction import Transaction
from tests.line.conftest import TUESDAY_MORNING, Desk
from tests.support.offices import CALLS_GROUP


def _changes(tx: Transaction) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(changes)).scalar_one())


def _message(tx: Transaction) -> str:
    return file_message(tx, roster_of(tx, "smile"), NewMessage("kurimoto", CallerFacts(name="江川")))


def kept(desk: Desk) -> list[object]:
    """Everything that the database holds."""
    return desk.services.store.read_now(
        lambda tx: [row for table in metadata.sorted_tables for row in tx.all(sa.select(table))]
    )


async def test_a_text_is_a_status_and_the_answer_can_be_undone(desk: Desk) -> None:
    await desk.kurimoto.says("外出 15時まで")
    answer = await desk.kurimoto.sees("15:00")
    assert not answer.was_push
    assert desk.presence().kind is Kind.OUT
    await desk.kurimoto.taps("status_cancel")
    assert desk.presence().kind is None


async def test_quick_replies_offer_what_is_likely_next(desk: Desk) -> None:
    await desk.kurimoto.says("外出 15時まで")
    answer = await desk.kurimoto.sees("15:00")
    assert "戻りました" in [button.label for button in answer.quick_replies]
    await desk.kurimoto.taps("戻りました")
    assert desk.presence().kind is None


@pytest.mark.parametrize("text", ["お先に失礼します", "有休"])
async def test_nobody_who_is_off_is_offered_to_leave_or_to_stay_longer(desk: Desk, text: str) -> None:
    await desk.kurimoto.says(text)
    answer = await desk.kurimoto.sees("お電話の方への案内")
    assert [button.label for button in answer.quick_replies] == ["戻りました", "みんなの状況", "伝言"]


async def test_everything_offered_by_default_is_understood(desk: Desk) -> None:
    from handlers.line.answers import _AT_WORK, _ELSEWHERE, _NO_END, _OFF

    await desk.kurimoto.says("出張")
    for text in {*_AT_WORK, *_ELSEWHERE, *_NO_END, *_OFF}:
        await desk.kurimoto.says("外出 15時まで")
        said = await desk.kurimoto.says(text)
        answer = await desk.kurimoto.sees(after=said)
        assert "読み取れません" not in answer.text, text


async def test_a_webhook_delivered_twice_has_one_effect_and_one_answer(desk: Desk) -> None:
    desk.line.courier.copies = 2
    await desk.kurimoto.says("外出 15時まで")
    await desk.kurimoto.sees("15:00")
    await desk.line.inbound.redeliver()
    assert await desk.services.store.read(_changes) == 1
    assert len([message for message in desk.kurimoto.messages if message.from_bot]) == 1


async def test_several_people_in_one_webhook(desk: Desk) -> None:
    async with desk.line.together():
        await desk.stranger.says("こんにちは")
        await desk.kurimoto.says("会議 12時まで")
    await desk.stranger.sees("招待コード")
    await desk.kurimoto.sees("12:00")
    assert desk.presence().kind is Kind.MEETING


async def test_an_older_text_that_arrives_late_does_not_undo_a_newer_one(desk: Desk) -> None:
    desk.line.courier.hold()
    await desk.kurimoto.says("外出 15時まで")
    desk.clock.passes(seconds=30)
    await desk.kurimoto.says("戻りました")
    await desk.line.courier.release(reverse=True)
    assert desk.presence().kind is None
    await desk.kurimoto.sees("登録していません")


async def test_a_picked_time_moves_the_end(desk: Desk) -> None:
    await desk.kurimoto.says("外出 15時まで")
    await desk.kurimoto.sees("15:00")
    await desk.kurimoto.taps("status_edit")
    await desk.kurimoto.sees("新しい内容")
    await desk.kurimoto.picks_time("status_edit", "2026-11-24T16:30")
    assert desk.presence().end == TUESDAY_MORNING.replace(hour=16)


async def test_pictures_are_answered_and_stickers_are_not(desk: Desk) -> None:
    source = {"type": "user", "userId": desk.kurimoto.id}
    inbound = desk.line.inbound
    await inbound.happens(inbound.event("message", source, message={"type": "image", "id": "1"}))
    await desk.kurimoto.sees("文字でお送りください")
    await inbound.happens(inbound.event("message", source, message={"type": "sticker", "id": "2"}))
    await desk.kurimoto.says("会議 12時まで")
    await desk.kurimoto.sees("12:00")
    assert len([message for message in desk.kurimoto.messages if message.from_bot]) == 2


async def test_in_a_group_words_are_left_alone_and_taps_of_staff_count(desk: Desk) -> None:
    message = desk.services.store.run_now(_message)
    await desk.kurimoto.says_in(CALLS_GROUP, "外出 15時まで")
    assert desk.presence().kind is None

    inbound = desk.line.inbound
    tap = {"data": f"action=message_done&value={message}"}
    outsider = {"type": "group", "groupId": CALLS_GROUP, "userId": desk.stranger.id}
    await inbound.happens(inbound.event("postback", outsider, postback=tap))
    row = desk.services.store.read_now(message_of, "smile", message)
    assert row.state == "open"

    colleague = outsider | {"userId": desk.kurimoto.id}
    await inbound.happens(inbound.event("postback", colleague, postback=tap))
    row = desk.services.store.read_now(message_of, "smile", message)
    assert (row.state, row.done_by) == ("done", "kurimoto")
    answer = await desk.kurimoto.sees("対応済み")
    assert answer.chat == CALLS_GROUP


async def test_a_tap_in_another_group_is_nobodys(desk: Desk) -> None:
    message = desk.services.store.run_now(_message)
    inbound = desk.line.inbound
    elsewhere = {"type": "group", "groupId": "C" + "8" * 32, "userId": desk.kurimoto.id}
    tap = {"data": f"action=message_done&value={message}"}
    await inbound.happens(inbound.event("postback", elsewhere, postback=tap))
    assert desk.services.store.read_now(message_of, "smile", message).state == "open"


async def test_a_group_that_the_account_joins_learns_its_id(desk: Desk) -> None:
    await desk.line.group(CALLS_GROUP).invites_the_account()
    await desk.kurimoto.sees("このグループに、着信と伝言をお知らせします")
    await desk.line.group(CALLS_GROUP).removes_the_account()
    assert [address for address, _ in desk.said()] == ["U0SATO"]


async def test_a_late_answer_is_not_repeated_by_push(desk: Desk) -> None:
    desk.line.faults.order("reply", "accept_then_break")
    await desk.kurimoto.says("外出 15時まで")
    await desk.kurimoto.sees("15:00")
    desk.line.faults.order("reply", "error")
    await desk.kurimoto.says("戻りました")
    assert desk.presence().kind is None
    assert desk.said() == []


async def test_a_reply_that_was_held_off_comes_a_moment_later(desk: Desk) -> None:
    desk.line.faults.order("reply", "rate_limit", retry_after=1)
    await desk.kurimoto.says("外出 15時まで")
    answer = await desk.kurimoto.sees("15:00", within=5)
    assert not answer.was_push


async def test_an_unsent_text_is_forgotten_and_what_it_set_is_told_with_the_next_reply(desk: Desk) -> None:
    said = await desk.kurimoto.says("外出 15時まで 青空物産")
    await desk.kurimoto.sees("外出(青空物産)")
    await desk.kurimoto.says("30分延長")
    await desk.kurimoto.sees("15:30")
    await desk.kurimoto.unsends(said)
    held = desk.presence()
    assert (held.kind, held.note, held.word) == (Kind.OUT, "", "")
    assert "青空物産" not in str(kept(desk))
    question = await desk.kurimoto.says("佐藤さんどこ？")
    answer = await desk.kurimoto.sees(after=question)
    assert "青空物産" not in answer.text


async def test_what_an_unsent_text_set_stays_and_can_be_taken_back(desk: Desk) -> None:
    said = await desk.kurimoto.says("明日 出張 大阪")
    await desk.kurimoto.sees("11月25日(水) 出張(大阪)")
    await desk.kurimoto.unsends(said)
    question = await desk.kurimoto.says("外出 15時まで")
    answer = await desk.kurimoto.sees(
        "15:00", "送信を取り消された「11月25日(水) 出張」の登録はそのままです", after=question
    )
    await desk.kurimoto.taps("取り消し: 11月25日(水) 出張", on=answer)
    await desk.kurimoto.sees("取り消しました")
    status = await desk.kurimoto.says("状況")
    shown = await desk.kurimoto.sees("あなたの予定", after=status)
    assert "出張" not in shown.text
    assert "送信を取り消された" not in shown.text


async def test_an_unsent_text_that_set_nothing_is_not_spoken_of(desk: Desk) -> None:
    for words in ("おはようございます", "17時まで"):
        said = await desk.kurimoto.says(words)
        asked = await desk.kurimoto.sees(after=said)
        await desk.kurimoto.unsends(said)
    await desk.kurimoto.taps("status_confirm", on=asked)  # a reading of what is no more
    await desk.kurimoto.sees("古くなっています")
    assert desk.presence().kind is None
    question = await desk.kurimoto.says("状況")
    shown = await desk.kurimoto.sees("登録されている予定はありません", after=question)
    assert "送信を取り消された" not in shown.text


async def test_a_text_that_was_unsent_before_it_arrived_is_not_read(desk: Desk) -> None:
    desk.line.courier.hold()
    said = await desk.kurimoto.says("外出 15時まで")
    await desk.kurimoto.unsends(said)
    await desk.line.courier.release(reverse=True)
    assert desk.presence().kind is None


async def test_what_a_colleague_was_told_of_an_unsent_text_has_its_words_no_more(desk: Desk) -> None:
    said = await desk.kurimoto.says("佐藤さん 15時帰社 青空物産")
    await desk.kurimoto.sees("佐藤さん")
    assert any("青空物産" in str(card) for _, card in desk.said())
    await desk.kurimoto.unsends(said)
    assert any("15:00 まで" in str(card) for _, card in desk.said())
    assert "青空物産" not in str(kept(desk))


async def test_words_taken_over_from_another_text_stay(desk: Desk) -> None:
    await desk.kurimoto.says("外出 15時まで 青空物産")
    said = await desk.kurimoto.says("30分延長")
    await desk.kurimoto.unsends(said)
    assert desk.presence().note == "青空物産"


async def test_a_repetition_whose_text_was_unsent_goes_on_without_its_words(desk: Desk) -> None:
    said = await desk.kurimoto.says("毎週水曜は在宅 大阪支社")
    await desk.kurimoto.sees("大阪支社")
    await desk.kurimoto.unsends(said)
    assert "大阪支社" not in str(kept(desk))
    question = await desk.kurimoto.says("状況")
    shown = await desk.kurimoto.sees(
        "送信を取り消された「毎週水曜 在宅勤務」の登録はそのままです", after=question
    )
    await desk.kurimoto.taps("取り消し: 毎週水曜 在宅勤務", on=shown)
    await desk.kurimoto.sees("取り消しました")
    await desk.kurimoto.says("状況")
    await desk.kurimoto.sees("登録されている予定はありません")
