"""変更 in a chat without forms: the words that follow take the entry's place."""

from datetime import datetime

import pytest

from bot.language.model import Kind
from bot.platforms.cards import Card
from tests.chat.conftest import Chat, labelled, november


def begun(chat: Chat, words: str, staff: str = "mori") -> Card:
    """A plan, and its 変更 tapped in LINE."""
    return chat.taps(staff, labelled(chat.says(staff, words), "変更"), channel="line").card


@pytest.mark.parametrize(
    ("old", "words", "new"),
    [
        ("27日 休み", "26日 休み", (Kind.LEAVE, november(26), november(27))),
        ("27日 休み", "11/26〜11/27 出張", (Kind.TRIP, november(26), november(28))),
        ("26日 10時から12時 面接", "13時から15時 面接", (Kind.MEETING, november(26, 13), november(26, 15))),
        ("外出 15時まで", "外出 17時まで", (Kind.OUT, november(24, 10, 30), november(24, 17))),
        ("26日 10時から12時 面接", "13時から14時に", (Kind.MEETING, november(26, 13), november(26, 14))),
        ("26日 10時から12時 面接", "11時まで", (Kind.MEETING, november(26, 10), november(26, 11))),
        ("26日 10時から12時 面接", "金曜に", (Kind.MEETING, november(27, 10), november(27, 12))),
        ("外出 15時まで", "17時まで", (Kind.OUT, november(24, 10, 30), november(24, 17))),
        ("26日 10時から12時 面接", "30分延長", (Kind.MEETING, november(26, 10), november(26, 12, 30))),
        ("26日 10時から12時 面接", "今日 在宅", (Kind.REMOTE, november(24, 10, 30), november(25))),
    ],
)
def test_the_next_words_take_its_place(
    chat: Chat, old: str, words: str, new: tuple[Kind, datetime, datetime]
) -> None:
    chat.says("mori", old)
    before = chat.plan("mori")
    card = chat.taps("mori", labelled(chat.commands("mori", "status"), "変更"), channel="line").card
    assert "新しい内容を送ってください" in card.text
    changed = chat.says("mori", words, channel="line")
    assert changed is not None
    assert changed.title.startswith("変更しました: ")
    assert chat.stretches("mori") == [new]
    chat.taps("mori", labelled(changed, "取り消し"))
    assert chat.plan("mori") == before


def test_it_is_for_once(chat: Chat) -> None:
    begun(chat, "27日 休み")
    chat.says("mori", "26日 休み", channel="line")
    chat.says("mori", "30日 出張", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.LEAVE, Kind.TRIP]


@pytest.mark.parametrize("talk", ["やっぱりこのままでいいです", "ありがとうございます", "お疲れさまです"])
def test_talk_is_not_taken_for_it(chat: Chat, talk: str) -> None:
    begun(chat, "27日 休み")
    before = chat.plan("mori")
    chat.says("mori", talk, channel="line")
    assert chat.plan("mori") == before


def test_it_is_for_ten_minutes(chat: Chat) -> None:
    begun(chat, "27日 休み")
    chat.clock.passes(minutes=11)
    chat.says("mori", "外出 15時まで", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.LEAVE]


def test_an_end_that_was_picked_instead_ends_it(chat: Chat) -> None:
    card = begun(chat, "外出 15時まで")
    chat.taps("mori", labelled(card, "終わりの時刻"), november(24, 16), channel="line")
    chat.says("mori", "27日 休み", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.LEAVE]


def test_questions_and_others_words_are_not_taken_for_it(chat: Chat) -> None:
    begun(chat, "27日 休み")
    chat.says("ito", "外出 15時まで", channel="line")
    chat.says("mori", "みんなの状況", channel="line")
    chat.says("mori", "伊藤さん 16時帰社", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.LEAVE]
    assert [kind for kind, _, _ in chat.stretches("ito")] == [Kind.OUT]


@pytest.mark.parametrize("meanwhile", ["戻りました", "みんなの状況", "伊藤さんどこ?", "ヘルプ"])
def test_who_went_on_to_something_else_is_not_changing_it_any_more(chat: Chat, meanwhile: str) -> None:
    begun(chat, "27日 休み")
    chat.says("mori", meanwhile, channel="line")
    chat.says("mori", "外出", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.LEAVE]


def test_what_was_over_meanwhile_is_not_brought_back(chat: Chat) -> None:
    begun(chat, "外出 15時まで")
    chat.commands("mori", "back")
    chat.says("mori", "会議 12時まで", channel="line")
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.MEETING]


def test_a_plan_for_later_is_not_offered_to_come_back_from(chat: Chat) -> None:
    assert "戻りました" not in begun(chat, "27日 休み").choices
    assert "戻りました" in begun(chat, "外出 15時まで").choices


def test_a_plan_that_is_moved_to_now_ends_what_holds_as_a_new_word_would(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    begun(chat, "27日 在宅")
    changed = chat.says("mori", "今日 在宅", channel="line")
    assert chat.stretches("mori") == [(Kind.REMOTE, november(24, 10, 30), november(25))]
    chat.taps("mori", labelled(changed, "取り消し"))
    assert [kind for kind, _, _ in chat.stretches("mori")] == [Kind.OUT, Kind.REMOTE]
