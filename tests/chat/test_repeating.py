"""Repetitions in chat: begun, listed, one day or the whole changed and ended, nothing lost."""

from datetime import date, datetime, timedelta

import pytest

from bot.language.model import Kind
from bot.office.roster import roster_of
from bot.presence.series import make_further, unmade
from tests.chat.conftest import Chat, labelled
from tests.support.midori import ORGANIZATION, TOKYO


def kind_on(chat: Chat, day: int, month: int = 11, hour: int = 14) -> Kind | None:
    return chat.presence("mori", datetime(2026, month, day, hour, tzinfo=TOKYO)).kind


def days(chat: Chat) -> list[date]:
    return [item.entry.start.astimezone(TOKYO).date() for item in chat.plan("mori")]


def test_it_is_begun_shown_and_taken_back(chat: Chat) -> None:
    card = chat.says("mori", "毎週水曜は在宅")
    assert card.title == "毎週水曜 在宅勤務 を登録しました"
    assert "11月25日(水)" in card.text
    assert kind_on(chat, 25) is Kind.REMOTE
    assert kind_on(chat, 26) is None
    assert kind_on(chat, 13, month=1) is None
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == []
    assert "繰り返し" not in str(chat.commands("mori", "status"))


def test_one_day_is_listed_and_cancelled_alone(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    listed = chat.commands("mori", "status")
    assert [fact.text for fact in listed.facts if fact.label == "② 繰り返し"] == ["毎週水曜 在宅勤務"]
    assert sum("在宅" in fact.text for fact in listed.facts) == 2, "the repetition, and its next day"
    chat.taps("mori", labelled(listed, "① 取り消し"))
    assert kind_on(chat, 25) is None
    assert kind_on(chat, 2, month=12) is Kind.REMOTE
    chat.says("mori", "12/9の在宅は取り消し")
    assert kind_on(chat, 9, month=12) is None
    assert kind_on(chat, 16, month=12) is Kind.REMOTE


def test_a_later_word_on_one_day_goes_first_and_undo_brings_the_day_back(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    card = chat.says("mori", "明日 出張")
    assert kind_on(chat, 25) is Kind.TRIP
    chat.taps("mori", labelled(card, "取り消し"))
    assert kind_on(chat, 25) is Kind.REMOTE


def test_what_was_planned_before_gives_way_to_the_repetition_and_comes_back(chat: Chat) -> None:
    chat.says("mori", "明日 出張")
    card = chat.says("mori", "毎週水曜は休み")
    assert kind_on(chat, 25) is Kind.LEAVE
    chat.taps("mori", labelled(card, "取り消し"))
    assert kind_on(chat, 25) is Kind.TRIP


def test_the_whole_is_ended_by_words_and_by_button_and_undo_brings_it_back(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    chat.says("mori", "毎週木曜は15時まで外出")
    before = chat.plan("mori")
    card = chat.says("mori", "毎週水曜の在宅をやめます")
    assert card.title == "繰り返しをやめました: 毎週水曜 在宅勤務"
    assert kind_on(chat, 25) is None
    assert kind_on(chat, 26) is Kind.OUT
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == before
    chat.taps("mori", labelled(chat.commands("mori", "status"), "④ やめる"))
    assert kind_on(chat, 26) is None
    assert kind_on(chat, 25) is Kind.REMOTE


@pytest.mark.parametrize(
    "text",
    [
        "毎週水曜は会議の終わりが遅くなります",
        "毎週水曜の在宅、明日は中止です",
        "毎週木曜の在宅をやめます",
        "毎日やめたいです",
    ],
)
def test_what_does_not_end_the_whole(chat: Chat, text: str) -> None:
    chat.says("mori", "毎週水曜は在宅")
    chat.says("mori", text)
    assert kind_on(chat, 2, month=12) is Kind.REMOTE


@pytest.mark.parametrize(
    "text",
    [
        "毎週水曜の在宅をやめます",
        "毎週水曜の在宅は取り消してください",
        "毎週水曜の予定は廃止",
        "繰り返しをやめる",
        "cancel every Wednesday WFH",
    ],
)
def test_what_ends_it(chat: Chat, text: str) -> None:
    chat.says("mori", "毎週水曜は在宅")
    card = chat.says("mori", text)
    assert "繰り返しをやめました" in card.title
    assert chat.plan("mori") == []


def test_the_whole_is_changed_and_one_undo_restores_it(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    before = chat.plan("mori")
    card = chat.says("mori", "毎週水曜の在宅を木曜に変更")
    assert card.title == "毎週木曜 在宅勤務 に変更しました"
    assert (kind_on(chat, 25), kind_on(chat, 26)) == (None, Kind.REMOTE)
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == before
    card = chat.says("mori", "毎週水曜の在宅を10時から12時に変更")
    assert "毎週水曜 10:00〜12:00 在宅勤務" in card.title


def test_how_to_change_it_is_said_on_its_button(chat: Chat) -> None:
    card = chat.says("mori", "毎週水曜は在宅")
    assert "毎週水曜の在宅勤務を毎週木曜に変更" in chat.taps("mori", labelled(card, "変更")).card.text


def test_nobody_else_ends_it(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    button = labelled(chat.commands("mori", "status"), "② やめる")
    assert "ご本人" in chat.taps("nakata", button).card.text
    assert kind_on(chat, 25) is Kind.REMOTE


def test_for_a_colleague_it_is_told_with_undo(chat: Chat) -> None:
    chat.says("ito", "森さん 毎週水曜は在宅")
    [(address, card)] = chat.told()
    assert address == "U0MORI"
    chat.taps("mori", labelled(card, "取り消し"))
    assert chat.plan("mori") == []


def test_weeks_later_it_goes_on_in_its_old_place_once(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    chat.says("mori", "2/3は出張")
    chat.clock.passes(days=28)

    def tick(tx: object) -> int:
        return sum(make_further(tx, roster_of(tx, ORGANIZATION), given) for _, given in unmade(tx))

    assert chat.store.run_now(tick) > 0
    assert chat.store.run_now(tick) == 0
    made = [day for day in days(chat) if day.month == 2]
    assert made.count(date(2027, 2, 10)) == 1
    at = datetime(2027, 2, 3, 14, tzinfo=TOKYO)
    assert chat.presence("mori", at).kind is Kind.TRIP, "said later than the repetition, though made earlier"


def test_ended_ones_are_not_made_further(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    chat.says("mori", "毎週水曜の在宅をやめます")
    chat.clock.passes(days=28)
    assert chat.store.run_now(unmade) == []
    assert chat.plan("mori") == []


def test_it_begins_today_from_now(chat: Chat) -> None:
    chat.says("mori", "毎週火曜は在宅")
    now = chat.presence("mori")
    assert now.kind is Kind.REMOTE
    assert now.start == chat.clock.now()
    assert now.end - now.start < timedelta(days=1)


def test_an_unclear_one_sets_nothing_and_says_how(chat: Chat) -> None:
    card = chat.says("mori", "毎週水曜")
    assert "毎週水曜は在宅" in card.small[0]
    assert chat.plan("mori") == []


# ---- a colleague's ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "森さんは毎週水曜在宅",
        "森さん 毎週水曜は在宅です",
        "@mori 毎週水曜は在宅",
        "森さんは毎週水曜日は在宅勤務です",
    ],
)
def test_a_colleagues_is_begun_by_words_and_told_to_them(chat: Chat, text: str) -> None:
    card = chat.says("ito", text)
    assert card is not None
    assert card.title.startswith("森さん: 毎週水曜 在宅勤務 を登録しました")
    [(address, told)] = chat.told()
    assert address == "U0MORI"
    assert "伊藤 さくらさん" in told.title
    assert "毎週水曜 在宅勤務" in str(chat.commands("mori", "status").facts)


@pytest.mark.parametrize("text", ["森さんの毎週水曜の在宅をやめます", "森さんは毎週水曜の在宅を取り消し"])
def test_a_colleagues_is_ended_by_words(chat: Chat, text: str) -> None:
    chat.says("mori", "毎週水曜は在宅")
    chat.says("ito", "毎週水曜は在宅")
    card = chat.says("ito", text)
    assert card is not None
    assert "繰り返しをやめました: 毎週水曜 在宅勤務" in card.title
    assert "毎週水曜" not in str(chat.commands("mori", "status").facts)
    assert "毎週水曜" in str(chat.commands("ito", "status").facts)
    assert [address for address, _ in chat.told()] == ["U0MORI"]


def test_a_colleagues_is_changed_by_words_and_told_to_them(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    card = chat.says("ito", "森さんの毎週水曜の在宅を木曜に変更")
    assert card is not None
    assert card.title == "森さん: 毎週木曜 在宅勤務 に変更しました"
    [(address, told)] = chat.told()
    assert address == "U0MORI"
    assert "毎週木曜 在宅勤務" in told.title
    assert "毎週水曜" not in str(chat.commands("mori", "status").facts)
    chat.taps("mori", labelled(told, "取り消し"))
    assert "毎週水曜" in str(chat.commands("mori", "status").facts)


def test_the_same_again_is_not_begun_twice(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    card = chat.says("mori", "毎週水曜は在宅です")
    assert card is not None
    assert "すでに登録されています" in card.text
    assert str(chat.commands("mori", "status").facts).count("毎週水曜") == 1


def test_one_that_is_not_there_is_answered_with_those_that_are(chat: Chat) -> None:
    chat.says("mori", "毎週水曜は在宅")
    card = chat.says("mori", "毎週金曜の在宅をやめます")
    assert card is not None
    assert "毎週水曜 在宅勤務" in card.text
    assert "毎週水曜" in str(chat.commands("mori", "status").facts)
