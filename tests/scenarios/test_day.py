"""A person's day in chat: what the system asks by itself, when, and once."""

import asyncio
from datetime import datetime

import pytest

from jobs.presence import ask_about_trips, ask_whether_back
from jobs.sweeps import refresh_presence
from tests.support.world import TOKYO, World


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def asked(member: object, words: str) -> int:
    return sum(words in message.text for message in member.screen)


async def test_a_return_that_passes_is_asked_once_and_callers_hear_no_time_gone_by(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    await world.reaches(at(14, 59))
    assert not asked(kurimoto, "15時に戻る予定でしたが")
    await world.reaches(at(15))
    question = await kurimoto.sees("15時に戻る予定でしたが")
    assert [button.label for button in question.buttons] == ["戻りました", "30分延長", "今日は戻らない"]
    for _ in range(3):
        await world.reaches(world.clock.now().astimezone(TOKYO).replace(minute=world.clock.now().minute + 1))
    assert asked(kurimoto, "15時に戻る予定でしたが") == 1
    assert not world.line.user("U" + "1" * 32).screen, "who has Slack is not asked by a push in LINE"
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長に伝言をお願いします")
    assert "15時" not in call.heard
    await call.hangs_up()


async def test_half_an_hour_more_is_told_to_callers_and_asked_again_when_it_passes(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    await world.reaches(at(15))
    await kurimoto.sees("15時に戻る予定でしたが")
    await kurimoto.taps("30分延長")
    await kurimoto.sees("15:30 まで")
    await world.reaches(at(15, 29))
    assert not asked(kurimoto, "15時半に戻る予定でしたが")
    await world.reaches(at(15, 30))
    await kurimoto.sees("15時半に戻る予定でしたが")


@pytest.mark.parametrize(
    ("button", "answered"), [("戻りました", "おかえりなさい"), ("今日は戻らない", "退社")]
)
async def test_the_other_answers(world: World, button: str, answered: str) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "夕方戻り")
    await world.reaches(at(17, 1))
    await kurimoto.sees("17時ごろに戻る予定でしたが")
    await kurimoto.taps(button)
    await kurimoto.sees(answered)
    await world.reaches(at(17, 30))
    assert asked(kurimoto, "戻る予定でしたが") <= 1, "the answer takes the question's place"


async def test_without_slack_it_is_one_push(world: World) -> None:
    takahashi = world.on_line("takahashi")
    await takahashi.says("外出 15時まで")
    await takahashi.sees("外出")
    await world.reaches(at(15))
    question = await takahashi.sees("15時に戻る予定でしたが")
    await world.reaches(at(15, 10))
    assert asked(takahashi, "15時に戻る予定でしたが") == 1
    await takahashi.taps("30分延長", on=question)
    await takahashi.sees("延長しました")


async def test_who_came_back_or_is_gone_by_closing_is_not_asked(world: World) -> None:
    kurimoto, sato = world.on_slack("kurimoto"), world.on_slack("sato")
    await kurimoto.types("/tori", "15時帰社")
    await sato.types("/tori", "15時帰社")
    await world.reaches(at(14))
    await kurimoto.types("/back")
    world.clock.set(at(18, 30))  # every process was down until after closing
    await world.passes(seconds=1)
    await world.settled()
    assert not asked(kurimoto, "戻る予定でしたが")
    assert not asked(sato, "戻る予定でしたが")


async def test_a_plan_made_while_overdue_does_not_swallow_the_question(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    world.clock.set(at(15, 0))  # the return passes, and before any tick:
    await kurimoto.types("/tori", "明日 在宅")
    await world.passes(seconds=1)
    await kurimoto.sees("15時に戻る予定でしたが")


async def test_an_open_trip_is_asked_each_business_morning_at_opening(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "出張 福岡")
    await world.reaches(at(17))
    assert not asked(kurimoto, "続いていますか")
    await world.reaches(at(8, 59, day=25))
    assert not asked(kurimoto, "続いていますか")
    await world.reaches(at(9, 0, day=25))
    await kurimoto.sees("11/24(火)からの出張", "続いていますか")
    await kurimoto.taps("続いています")
    await kurimoto.sees("のままご案内します")
    await world.reaches(at(12, 0, day=25))
    assert not asked(kurimoto, "続いていますか")
    await world.reaches(at(9, 0, day=26))
    await kurimoto.taps("戻りました")
    await kurimoto.sees("おかえりなさい")
    for day in (27, 28, 30):
        await world.reaches(at(9, 30, day=day))
    assert not asked(kurimoto, "続いていますか")


async def test_no_trip_is_asked_on_days_off(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await world.reaches(at(10, day=27))  # a Friday
    await kurimoto.types("/tori", "出張")
    await world.reaches(at(10, day=28))
    assert not asked(kurimoto, "続いていますか")
    await world.reaches(at(10, day=30))
    await kurimoto.sees("続いていますか")


@pytest.mark.parametrize("text", ["会議", "離席", "取り込み中", "11時まで会議"])
async def test_what_ends_by_itself_is_not_asked(world: World, text: str) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", text)
    await world.reaches(at(11, 31))
    assert not asked(kurimoto, "予定でしたが")
    await kurimoto.types("/status")
    await kurimoto.sees("登録されている予定はありません")


async def test_any_number_of_processes_ask_once(world: World) -> None:
    kurimoto, sato = world.on_slack("kurimoto"), world.on_slack("sato")
    await kurimoto.types("/tori", "15時帰社")
    world.clock.set(at(15))
    await asyncio.gather(*(refresh_presence(world.services) for _ in range(4)))
    await asyncio.gather(*(ask_whether_back(world.services) for _ in range(4)))
    await kurimoto.sees("15時に戻る予定でしたが")
    await sato.types("/tori", "出張")
    await world.settled()
    await world.slack.settled()
    world.clock.set(at(9, day=25))
    await asyncio.gather(*(ask_about_trips(world.services) for _ in range(4)))
    await sato.sees("続いていますか")
    await world.settled()
    assert asked(kurimoto, "15時に戻る予定でしたが") == 1
    assert asked(sato, "続いていますか") == 1


async def test_what_repeats_is_begun_listed_and_changed_in_slack(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.says("毎週水曜は在宅")
    begun = await kurimoto.sees("毎週水曜 在宅勤務 を登録しました", "11月25日(水)")
    await kurimoto.taps("変更", on=begun)
    await kurimoto.sees("毎週水曜の在宅勤務を毎週木曜に変更")
    await kurimoto.says("毎週水曜の在宅勤務を毎週木曜に変更")
    await kurimoto.sees("毎週木曜 在宅勤務 に変更しました")
    shown = await kurimoto.types("/status")
    assert "毎週木曜 在宅勤務" in shown.text
    assert "毎週水曜" not in shown.text
    await world.reaches(at(10, day=26))
    assert "在宅勤務" in (await world.on_slack("sato").types("/whereis", "栗本")).text


async def test_what_repeats_in_line(world: World) -> None:
    takahashi = world.on_line("takahashi")
    await takahashi.says("平日は毎日10時から11時まで会議")
    begun = await takahashi.sees("平日毎日 10:00〜11:00 会議 を登録しました")
    await world.reaches(at(10, 30, day=25))
    assert "会議" in (await world.on_slack("sato").types("/whereis", "高橋")).text
    await takahashi.taps("取り消し", on=begun)
    await takahashi.sees("取り消しました")
    await world.reaches(at(10, 30, day=26))
    assert "会議" not in (await world.on_slack("sato").types("/whereis", "高橋")).text


async def test_an_open_trip_without_slack_is_asked_in_line_and_ended_by_the_picker(world: World) -> None:
    takahashi = world.on_line("takahashi")
    await takahashi.says("出張 大阪")
    await takahashi.sees("出張")
    await world.reaches(at(9, day=25))
    question = await takahashi.sees("11/24(火)からの出張（大阪）は、続いていますか")
    await takahashi.picks_time("終わりを決める", "2026-11-27T10:00", on=question)
    await takahashi.sees("変更しました", "11月27日(金) 10:00 まで 出張")
    await world.reaches(at(9, 30, day=26))
    assert asked(takahashi, "続いていますか") == 1
    await world.reaches(at(10, day=27))
    await takahashi.sees("10時に戻る予定でしたが")


async def test_a_plan_over_another_loses_nothing(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "今週水曜〜金曜 福岡出張")
    changed = await kurimoto.types("/tori", "木曜 休み")
    sato = world.on_slack("sato")
    await world.reaches(at(12, day=26))
    assert "休み" in (await sato.types("/whereis", "栗本")).text
    await world.reaches(at(12, day=27))
    assert "出張" in (await sato.types("/whereis", "栗本")).text
    assert changed.buttons


@pytest.mark.parametrize("error", ["service_unavailable", "internal_error"])
async def test_who_came_back_while_slack_was_down_is_not_asked_any_more(world: World, error: str) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    world.slack.refuses("chat.postMessage", error)
    await world.passes(hours=4, minutes=30)
    await world.settled()
    await kurimoto.types("/back")
    await world.passes(minutes=5)  # by now Slack is asked again
    await world.settled()
    assert not asked(kurimoto, "戻る予定でしたが")


async def test_an_old_question_does_nothing_to_a_newer_outing(world: World) -> None:
    takahashi = world.on_line("takahashi")
    await takahashi.says("15時帰社")
    await takahashi.sees("15:00 まで")
    await world.reaches(at(15))
    question = await takahashi.sees("15時に戻る予定でしたが")
    await takahashi.says("16時帰社")
    await takahashi.sees("16:00 まで")
    await world.reaches(at(16))
    await takahashi.sees("16時に戻る予定でしたが")
    await takahashi.taps("30分延長", on=question)
    await takahashi.sees("すでに終わったか、変更されています")


async def test_what_slack_will_not_take_is_asked_in_line(
    world: World, logged: list[dict[str, object]]
) -> None:
    await world.on_slack("kurimoto").types("/tori", "15時帰社")
    world.slack.refuses("chat.postMessage", "account_inactive")
    await world.reaches(at(15))
    await world.on_line("kurimoto").sees("15時に戻る予定でしたが")
    logged[:] = [line for line in logged if line["event"] != "outbox.shut_out"]


async def test_an_answer_given_elsewhere_changes_the_question_in_place(world: World) -> None:
    """Typed, or said in LINE: nobody taps a button of a question that is settled."""
    kurimoto, in_line = world.on_slack("kurimoto"), world.on_line("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    await world.reaches(at(15))
    question = await kurimoto.sees("15時に戻る予定でしたが")
    await in_line.says("16時に戻ります")
    await kurimoto.sees_gone(question, "戻りました")
    await kurimoto.sees("確認は終わりました: 15時の戻り", "16:00")
    await world.reaches(at(16))
    question = await kurimoto.sees("16時に戻る予定でしたが")
    await kurimoto.types("/back")
    await kurimoto.sees_gone(question, "30分延長")
    assert asked(kurimoto, "確認は終わりました") == 2


async def test_an_undo_asks_again_in_the_same_place(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    await world.reaches(at(15))
    await kurimoto.sees("15時に戻る予定でしたが")
    back = await kurimoto.types("/back")
    await kurimoto.sees("確認は終わりました")
    await kurimoto.taps("取り消し", on=back)
    await kurimoto.sees("15時に戻る予定でしたが")
    await world.reaches(at(15, 5))
    assert asked(kurimoto, "15時に戻る予定でしたが") == 1


async def test_a_trip_that_ends_by_a_word_ends_its_question_too(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "出張 福岡")
    await world.reaches(at(9, 0, day=25))
    question = await kurimoto.sees("続いていますか")
    await world.on_line("kurimoto").says("戻りました")
    await kurimoto.sees_gone(question, "続いています")
    await kurimoto.sees("確認は終わりました: 11/24(火)からの出張")


async def test_a_question_that_nobody_answered_ends_with_the_day(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "15時帰社")
    await world.reaches(at(15))
    question = await kurimoto.sees("15時に戻る予定でしたが")
    await world.reaches(at(18, 1))
    await kurimoto.sees_gone(question, "戻りました")
