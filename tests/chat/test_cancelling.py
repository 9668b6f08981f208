"""Calling off what was planned, in words."""

import pytest

from bot.language.model import Kind
from bot.platforms.cards import Card
from tests.chat.conftest import Chat, labelled


def kinds(chat: Chat, staff: str = "mori") -> list[Kind]:
    return [item.entry.kind for item in chat.plan(staff)]


@pytest.mark.parametrize(
    "words",
    [
        "明日の出張、キャンセルになりました",
        "明日の出張はなくなりました",
        "明日の出張取り消し",
        "出張キャンセル",
        "明日 出張 取消",
    ],
)
def test_a_planned_trip_is_called_off_and_what_holds_stays(chat: Chat, words: str) -> None:
    chat.says("mori", "明日 出張")
    chat.says("mori", "外出 15時まで")
    plan = chat.plan("mori")
    card = chat.says("mori", words)
    assert card is not None
    assert card.title == "取り消しました: 明日 出張" or "出張" in card.title
    assert kinds(chat) == [Kind.OUT]
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == plan


def test_what_holds_is_called_off_by_its_name(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", "外出取り消し")
    assert card is not None
    assert "取り消しました" in card.title
    assert chat.presence("mori").kind is None


def test_a_plan_that_is_not_there_changes_nothing(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    plan = chat.plan("mori")
    card = chat.says("mori", "明日の出張キャンセル")
    assert card is not None
    assert "見つかりませんでした" in card.small[0]
    assert chat.plan("mori") == plan


def test_a_colleagues_plan_is_called_off_and_they_hear_of_it(chat: Chat) -> None:
    chat.says("mori", "明日 出張")
    chat.says("ito", "森さんの明日の出張はキャンセルになりました")
    assert kinds(chat) == []
    assert [address for address, _ in chat.told()] == ["U0MORI"]


@pytest.mark.parametrize(
    "words", ["取り消し", "取消", "やっぱり取り消し", "キャンセル", "元に戻して", "さっきの取り消して"]
)
def test_taking_back_in_words_restores_what_was_before_the_last_change(chat: Chat, words: str) -> None:
    chat.says("mori", "在宅")
    before = chat.plan("mori")
    chat.clock.passes(minutes=1)
    chat.says("mori", "外出 15時まで")
    card = chat.says("mori", words)
    assert isinstance(card, Card)
    assert card.title == "取り消しました"
    assert chat.plan("mori") == before


def test_a_change_of_yesterday_is_not_taken_back_by_a_word(chat: Chat) -> None:
    chat.says("mori", "出張 金曜まで")
    chat.clock.passes(days=1)
    card = chat.says("mori", "取り消し")
    assert card is None or card.title != "取り消しました"


@pytest.mark.parametrize(
    "text", ["明日の在宅をやめます", "明日の在宅はやめました", "明日の在宅を取りやめます"]
)
def test_giving_up_a_plan_leaves_alone_what_holds(chat: Chat, text: str) -> None:
    chat.says("mori", "外出 15時まで")
    chat.says("mori", "明日 在宅")
    card = chat.says("mori", text)
    assert card is not None
    assert card.title.startswith("取り消しました: ")
    assert chat.presence("mori").kind is Kind.OUT
    assert [item.entry.kind for item in chat.plan("mori")] == [Kind.OUT]


@pytest.mark.parametrize("words", ["会議取り消し", "会議キャンセル"])
def test_a_meeting_within_an_outing_is_called_off_alone(chat: Chat, words: str) -> None:
    chat.says("mori", "外出 17時まで")
    chat.says("mori", "会議 11時まで")
    chat.says("mori", words)
    assert kinds(chat) == [Kind.OUT]


def test_one_of_two_that_hold_is_called_off_by_its_button(chat: Chat) -> None:
    chat.says("mori", "外出 17時まで")
    chat.says("mori", "会議 11時まで")
    plan = chat.plan("mori")
    reply = chat.taps("mori", labelled(chat.commands("mori", "status"), "② 取り消し"))
    assert "会議" in reply.card.title
    assert kinds(chat) == [Kind.OUT]
    chat.taps("mori", labelled(reply.card, "取り消し"))
    assert chat.plan("mori") == plan


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("大阪出張キャンセル", ["福岡", "名古屋"]),
        ("福岡出張は中止です", ["大阪", "名古屋"]),
        ("名古屋の出張を取り消します", ["福岡", "大阪"]),
        ("出張取り消し", ["大阪", "名古屋"]),
        ("札幌出張キャンセル", ["福岡", "大阪", "名古屋"]),
        ("12/8の出張キャンセル", ["福岡", "名古屋"]),
    ],
)
def test_the_plan_of_that_name_is_meant(chat: Chat, words: str, left: list[str]) -> None:
    for said in ("12/1 福岡出張", "12/8 大阪出張", "12/15 名古屋出張"):
        chat.says("mori", said)
    chat.says("mori", words)
    assert [item.entry.note for item in chat.plan("mori")] == left


def test_a_plan_of_a_name_is_moved_and_no_other(chat: Chat) -> None:
    chat.says("mori", "12/1 福岡出張")
    chat.says("mori", "12/8 大阪出張")
    chat.says("mori", "大阪出張を12/9に変更")
    assert [item.entry.note for item in chat.plan("mori")] == ["福岡", "大阪"]
    assert chat.stretches("mori")[1][1].day == 9


@pytest.mark.parametrize("words", ["cancel my OOO tomorrow", "Cancel the OOO tomorrow"])
def test_a_plan_is_cancelled_in_english(chat: Chat, words: str) -> None:
    chat.says("mori", "外出 15時まで")
    chat.says("mori", "OOO tomorrow")
    kept = chat.plan("mori")[0]
    chat.says("mori", "cancel my meeting tomorrow")
    assert len(chat.plan("mori")) == 2
    chat.says("mori", words)
    assert chat.plan("mori") == [kept]
