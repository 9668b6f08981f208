"""Saying where one is: what is understood, what callers now hear, and the way back."""

from datetime import timedelta

import pytest

from bot.language.model import Basis, Kind
from bot.platforms.cards import Button
from bot.presence.answer import caller_answer
from handlers.chat.change import HEARD
from tests.chat.conftest import Chat, labelled, november
from tests.support.midori import OFFICE, PEOPLE, TUESDAY


def fact(card: object, label: str) -> str:
    return next(fact.text for fact in card.facts if fact.label == label)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("外出 15時まで", Kind.OUT, ("15:00", "外出")),
        ("出張 明日まで", Kind.TRIP, ("出張",)),
        ("本日出張", Kind.TRIP, ("出張",)),
        ("有休", Kind.LEAVE, ("休",)),
        ("WFH", Kind.REMOTE, ()),
        ("会議 12時まで", Kind.MEETING, ("12:00", "会議")),
        ("直帰", Kind.OUT, ()),
    ],
)
def test_a_status_is_read_back_and_callers_hear_of_it_word_for_word(
    chat: Chat, text: str, kind: Kind, words: tuple[str, ...]
) -> None:
    card = chat.says("mori", text)
    assert card is not None
    assert all(word in card.title for word in words)
    held = chat.presence("mori")
    assert held.kind is kind
    assert fact(card, HEARD) == f"「{caller_answer(OFFICE, PEOPLE[0], held, chat.clock.now()).sentence}」"
    assert [button.action for button in card.buttons] == ["status_cancel", "status_edit"]


def test_what_is_planned_tells_what_callers_hear_then(chat: Chat) -> None:
    card = chat.says("mori", "明日 出張")
    assert card is not None
    assert "出張" not in fact(card, HEARD)
    later = fact(card, "11/25(水) 09:00 からの案内")
    assert "出張しております" in later
    assert later == f"「{_heard_tomorrow(chat)}」"


def _heard_tomorrow(chat: Chat) -> str:
    at = TUESDAY.replace(day=25, hour=9, minute=0)
    return caller_answer(OFFICE, PEOPLE[0], chat.presence("mori", at), at).sentence


def test_several_stretches_are_listed_line_by_line(chat: Chat) -> None:
    card = chat.says("mori", "午前中在宅、午後から外出 17時戻り")
    assert card is not None
    assert card.title == "2件を登録しました"
    assert len(card.text.splitlines()) == 2


@pytest.mark.parametrize("first", ["在宅", "外出 15時まで", "出張 木曜まで", "明日 有休", "取り込み中"])
@pytest.mark.parametrize("second", ["会議 12時まで", "有休", "戻りました", "30分延長", "明日 在宅", "直帰"])
def test_taking_a_change_back_restores_exactly(chat: Chat, first: str, second: str) -> None:
    chat.says("mori", first)
    before, plan = chat.presence("mori"), chat.plan("mori")
    chat.clock.passes(minutes=1)
    card = chat.says("mori", second)
    if card is None or not card.buttons:  # nothing to extend
        assert chat.plan("mori") == plan
        return
    reply = chat.taps("mori", labelled(card, "取り消し"))
    assert reply.replaces
    assert "取り消しました" in reply.card.title
    assert chat.presence("mori") == before
    assert chat.plan("mori") == plan


def test_taking_back_twice_says_so(chat: Chat) -> None:
    cancel = labelled(chat.says("mori", "外出 15時まで"), "取り消し")
    chat.taps("mori", cancel)
    assert "すでに取り消されている" in chat.taps("mori", cancel).card.text


def test_cancelling_one_entry_of_the_list_can_itself_be_taken_back(chat: Chat) -> None:
    chat.says("mori", "明日 出張")
    plan = chat.plan("mori")
    gone = chat.taps("mori", labelled(chat.commands("mori", "status"), "① 取り消し"))
    assert chat.plan("mori") == []
    chat.taps("mori", labelled(gone.card, "取り消し"))
    assert chat.plan("mori") == plan


def test_back_with_nothing_set_is_said_kindly_and_can_be_taken_back(chat: Chat) -> None:
    card = chat.commands("mori", "back")
    assert "在席の扱い" in card.title
    assert labelled(card, "取り消し")


def test_back_with_what_comes_next_is_one_change(chat: Chat) -> None:
    chat.says("mori", "外出 16時まで")
    held, plan = chat.presence("mori"), chat.plan("mori")
    chat.clock.passes(minutes=5)
    for said in ("戻りました。15時から来客です", "戻りました、15時から来客です", "戻りました\n15時から来客"):
        card = chat.says("mori", said)
        assert chat.presence("mori").kind is None
        assert [item.entry.kind for item in chat.plan("mori")] == [Kind.MEETING]
        chat.taps("mori", labelled(card, "取り消し"))
        assert (chat.presence("mori"), chat.plan("mori")) == (held, plan)


def test_extending_what_has_no_end_asks_for_words(chat: Chat) -> None:
    card = chat.says("mori", "30分延長")
    assert card is not None
    assert "延ばせる予定がありません" in card.text


def test_a_picked_end_replaces_the_assumed_one(chat: Chat) -> None:
    card = chat.says("mori", "外出")
    question = chat.taps("mori", labelled(card, "変更")).card
    pick = next(button for button in question.buttons if button.picks_time)
    until = TUESDAY.replace(hour=16)
    assert "変更しました" in chat.taps("mori", pick, until).card.title
    held = chat.presence("mori")
    assert (held.kind, held.end, held.basis) == (Kind.OUT, until, Basis.STATED)
    assert len(chat.plan("mori")) == 1


def test_a_picked_end_that_has_passed_changes_nothing(chat: Chat) -> None:
    card = chat.says("mori", "外出 15時まで")
    plan = chat.plan("mori")
    reply = chat.taps("mori", labelled(card, "変更"), TUESDAY - timedelta(hours=1))
    assert "過ぎています" in reply.card.text
    assert chat.plan("mori") == plan


def test_a_change_of_something_over_tells_what_holds(chat: Chat) -> None:
    card = chat.says("mori", "会議 12時まで")
    chat.clock.passes(hours=3)
    reply = chat.taps("mori", labelled(card, "変更"))
    assert "すでに終わったか、変更されています" in reply.card.text


def test_an_older_text_changes_nothing(chat: Chat) -> None:
    card = chat.says("mori", "外出 15時まで", in_order=lambda: False)
    assert card is not None
    assert "あとから送られた内容を優先" in card.text
    assert chat.plan("mori") == []


def test_only_changes_have_an_order(chat: Chat) -> None:
    card = chat.says("mori", "みんなの状況", in_order=lambda: False)
    assert card is not None
    assert card.title == "みんなの状況"


def test_a_text_counts_from_when_it_was_typed(chat: Chat) -> None:
    chat.says("mori", "離席 1時間", typed_at=TUESDAY - timedelta(minutes=20))
    assert chat.presence("mori").end == TUESDAY + timedelta(minutes=40)


def test_no_answer_names_the_note_to_callers(chat: Chat) -> None:
    card = chat.says("mori", "青空物産へ訪問 15時帰社")
    assert card is not None
    assert "青空物産" in card.title
    assert "青空物産" not in fact(card, HEARD)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("外出", "18:00 まで"),
        ("有休", None),
        ("在宅", "今日いっぱい"),
        ("離席", "11:30 まで"),
        ("出張", "未定"),
    ],
)
def test_an_end_that_nobody_said_is_shown_to_staff_only(chat: Chat, text: str, until: str | None) -> None:
    card = chat.says("mori", text)
    assert card is not None
    assert until is None or until in card.small[0]
    assert until is None or until not in fact(card, HEARD)


def test_what_is_shown_and_what_callers_hear_agree_to_the_minute(chat: Chat) -> None:
    chat.clock.passes(seconds=41)
    card = chat.says("mori", "20分後に戻ります")
    assert card is not None
    assert "10:50" in card.title
    assert "10時50分" in fact(card, HEARD)


@pytest.mark.parametrize(
    ("words", "title"),
    [("17時に変更", "延長しました: "), ("14時に変更", "変更しました: "), ("30分延長", "延長しました: ")],
)
def test_an_end_brought_forward_is_not_called_longer(chat: Chat, words: str, title: str) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", words)
    assert card is not None
    assert card.title.startswith(title)


@pytest.mark.parametrize("action", ["status_clear", "status_extend", "status_left"])
def test_a_question_that_nobody_remembers_changes_nothing(chat: Chat, action: str) -> None:
    """Its entry was erased with the old records."""
    chat.says("mori", "外出 15時まで")
    plan = chat.plan("mori")
    reply = chat.taps("mori", Button(action, "戻りました", "01a20b0551b600000b16ae77094086e7"))
    assert "すでに終わったか" in reply.card.text
    assert chat.plan("mori") == plan


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("出張 木曜まで", "お先に失礼します"),
        ("出張 木曜まで", "今日は体調不良で休みます"),
        ("出張 木曜まで", "直帰します"),
        ("木曜まで休み", "今日は在宅"),
        ("出張", "退社します"),
    ],
)
def test_a_trip_or_leave_of_days_goes_on_after_what_was_said_of_today(
    chat: Chat, held: str, words: str
) -> None:
    """Who goes to the hotel in the evening is on the trip the next morning."""
    chat.says("mori", held)
    before = chat.presence("mori")
    card = chat.says("mori", words)
    assert card is not None
    assert any(line.startswith("そのあとは") for line in card.small)
    assert chat.presence("mori").kind is not before.kind
    tomorrow = TUESDAY + timedelta(days=1)
    assert chat.presence("mori", tomorrow) == before
    chat.commands("mori", "back")
    assert chat.presence("mori").kind is None
    assert chat.presence("mori", tomorrow).kind is None


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("出張 木曜まで", "出張 今日まで"),
        ("出張 木曜まで", "11時出社"),
        ("出張", "在宅"),
        ("出張", "外出 15時まで"),
        ("外出 17時まで", "外出 15時まで"),
        ("在宅", "外出 15時まで"),
        ("今日 休み", "外出 15時まで"),
    ],
)
def test_what_was_said_anew_takes_the_place_of_the_rest_of_the_day(chat: Chat, held: str, words: str) -> None:
    chat.says("mori", held)
    [before] = chat.plan("mori")
    chat.says("mori", words)
    [after] = chat.plan("mori")
    assert after.change != before.change


def test_who_is_overdue_reads_so_and_can_answer(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    chat.clock.passes(hours=5)
    card = chat.commands("mori", "status")
    assert "在席" not in card.title
    assert fact(card, "いま") == "今日 15:00 まで 外出（予定の時刻を過ぎています）"
    assert [button.label for button in card.buttons][:3] == ["戻りました", "30分延長", "今日は戻らない"]
    chat.taps("mori", labelled(card, "30分延長"))
    end = chat.presence("mori").end
    assert end == TUESDAY.replace(hour=16, minute=0)


def test_an_answer_taken_back_can_be_given_anew(chat: Chat) -> None:
    """今日は戻らない had taken the question's place."""
    chat.says("mori", "外出 15時まで")
    chat.clock.passes(hours=5)
    left = chat.taps("mori", labelled(chat.commands("mori", "status"), "今日は戻らない")).card
    undone = chat.taps("mori", labelled(left, "取り消し")).card
    assert "予定の時刻を過ぎています" in undone.text
    chat.taps("mori", labelled(undone, "戻りました"))
    assert chat.presence("mori").kind is None


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ("明日 10時から11時 会議", "明日の会議が15時からになりました"),
        ("明日 10時から11時 会議", "明日の会議を15時に変更"),
        ("外出 15時まで", "取り消し"),
        ("外出 15時まで", "外出取り消し"),
        ("明日 出張", "明日の出張キャンセル"),
        ("在宅", "毎週水曜は在宅"),
        ("毎週水曜は在宅", "毎週水曜の在宅をやめます"),
        ("毎週水曜は在宅", "毎週水曜の在宅を木曜に変更"),
        ("外出 15時まで", "30分延長"),
        ("外出 15時まで", "/tori 会議 12時まで"),
        ("夜間不可", "急ぎなら夜間も可"),
    ],
)
def test_whatever_an_old_text_would_change_it_does_not(chat: Chat, before: str, late: str) -> None:
    chat.says("mori", before)
    plan = chat.plan("mori")
    settings = chat.commands("mori", "toritsugi", "settings")
    card = chat.says("mori", late, in_order=lambda: False)
    assert card is not None
    assert "あとから送られた内容を優先し" in card.text
    assert chat.plan("mori") == plan
    assert chat.commands("mori", "toritsugi", "settings") == settings


def test_words_typed_before_a_tap_on_edit_are_not_meant_of_it(chat: Chat) -> None:
    button = labelled(chat.says("mori", "27日 休み"), "変更")
    chat.clock.passes(minutes=5)
    chat.taps("mori", button, channel="line")
    typed_before = chat.clock.now() - timedelta(minutes=1)
    chat.says("mori", "外出 15時まで", channel="line", typed_at=typed_before)
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.LEAVE]
    chat.says("mori", "26日 休み", channel="line", typed_at=chat.clock.now())
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.LEAVE]
    assert chat.stretches("mori")[1][1] == november(26)


@pytest.mark.parametrize("channel", ["slack", "line"])
def test_however_many_plans_there_are_each_is_listed_and_can_be_cancelled(chat: Chat, channel: str) -> None:
    for day in range(1, 19):
        chat.says("mori", f"12/{day} 14時から15時 会議")
    chat.says("mori", "毎週水曜は在宅")
    cancelled = set()
    card = chat.says("mori", "状況", channel=channel)
    for _ in range(3):
        assert card is not None
        cancelled |= {button.value for button in card.buttons if button.action == "status_cancel"}
        more = [button for button in card.buttons if button.action == "status_more"]
        if more:
            card = chat.taps("mori", more[0], channel=channel).card
    assert more == []
    assert len(cancelled) == 20  # one Wednesday is a plan of its own
    last = next(button for button in card.buttons if button.label.endswith("取り消し"))
    before = len(chat.plan("mori"))
    chat.taps("mori", last, channel=channel)
    assert len(chat.plan("mori")) == before - 1


def test_the_rest_of_a_list_that_has_become_short_is_the_list(chat: Chat) -> None:
    for day in range(1, 11):
        chat.says("mori", f"12/{day} 14時から15時 会議")
    more = labelled(chat.says("mori", "状況"), "続き（あと 2 件）")
    for _ in range(5):
        chat.taps("mori", labelled(chat.says("mori", "状況"), "① 取り消し"))
    assert chat.taps("mori", more).card.title == "あなたの予定"


def test_plans_of_a_colleague_that_are_not_shown_are_counted(chat: Chat) -> None:
    for day in range(1, 9):
        chat.says("mori", f"12/{day} 14時から15時 会議")
    card = chat.says("ito", "森さん どこ？")
    assert card is not None
    assert any(fact.text == "ほか 3 件" for fact in card.facts)


@pytest.mark.parametrize("words", ["来週水曜は出社します", "12/2は10時に出社します"])
def test_who_comes_in_on_one_day_of_a_leave_is_in_on_that_day(chat: Chat, words: str) -> None:
    chat.says("mori", "来週 休み")
    chat.says("mori", words)
    wednesday = november(1, 14).replace(month=12, day=2)
    kinds = [chat.presence("mori", wednesday + timedelta(days=days)).kind for days in (-1, 0, 1)]
    assert kinds[::2] == [Kind.LEAVE, Kind.LEAVE]
    assert kinds[1] in (None, Kind.LATE)
    chat.clock.passes(seconds=(wednesday - timedelta(hours=4) - chat.clock.now()).total_seconds())
    chat.says("mori", "戻りました")
    assert chat.presence("mori").kind is None
    assert chat.presence("mori", wednesday + timedelta(days=1)).kind is Kind.LEAVE
