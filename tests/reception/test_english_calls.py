"""Whole calls in English, and the way to it."""

import pytest

from bot.office.model import Plan
from tests.support.reception import (
    OFFICE,
    Call,
    on_trip,
)


def test_the_other_language_by_key_at_any_prompt() -> None:
    call = Call().presses("9").hears("department|Who|speak")
    call.says("this is John Smith from Acme").presses("9").hears("日本語でご案内")
    japanese = OFFICE.model_copy(update={"options": {"english": False}})
    Call(office=japanese).presses("9").hears_nothing_of("English", "speak")
    Call(office=japanese).is_silent().hears_nothing_of("English")
    Call().is_silent().hears("For English, press 9")


def test_english_repeats_the_last_answer() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("English please")
    call.hears("business trip")
    assert call.turn.language == "en"
    call.says("Could you ask him to call me back?").hears("number you are calling from")
    call.says("Yes").hears("call you back").says("No, thank you").hears("Goodbye").ends()


def test_english_from_the_first_word() -> None:
    call = on_trip().says("Hello, this is John Smith from Acme, may I speak to Mr. Kurimoto please?")
    call.hears("business trip", "John Smith")
    assert call.message.language == "en"
    assert (call.message.name, call.message.company) == ("John Smith", "Acme")


def test_english_where_the_plan_has_none() -> None:
    office = OFFICE.model_copy(update={"plan": Plan.SCHEDULE})
    call = (
        on_trip(office=office).says("アクメ商事の中村です。栗本さんお願いします").says("英語でお願いします")
    )
    call.hears("Japanese", "折り返し").is_listened_to()


def test_english_address_read_back() -> None:
    call = on_trip().says("Hello, this is John Smith, what is the e-mail address of Mr. Kurimoto?")
    call.hears("kurimoto, at, smilecorp, dot, com").says("kurimoto at smilecorp dot com").hears("correct")


@pytest.mark.parametrize(
    ("words", "staff"),
    [
        ("sales department please", "kurimoto"),
        ("Hello, could you put me through to accounting", "ono"),
        ("I'd like to talk to someone in human resources", "watanabe"),
        ("purchasing please", "tanaka"),
    ],
)
def test_departments_in_english(words: str, staff: str) -> None:
    call = Call().says(words).says("This is John Smith from Acme")
    call.holds_for(staff)


def test_an_english_name_without_a_verb_and_small_wrong_turns() -> None:
    call = Call().says("I would like to speak with Mr. Kurimoto").says("Peter Novak from Blue Harbor")
    call.hears("Peter Novak of Blue Harbor").holds_for("kurimoto")
    Call().says("間違えました、すみません").ends()
    on_trip().says("アドレス教えてください").says("栗本さんです").hears("クリモト")
    assert Call().says("近くの者ですが、車のライトがついたままですよ").message.company is None


def test_an_english_sentence_with_a_japanese_name() -> None:
    call = on_trip().says("Hello, can I speak to 栗本さん please?").hears("business trip", "sales")
    call.says("Mark Stevens from Orion").hears("Mark Stevens of Orion")
    call = Call().says("Good morning, may I have the accounting department please")
    call.says("Anna from グローバル商事").holds_for("ono").staff_answers("declined", "ono")
    call.hears("accounting").hears_nothing_of("経理")
    assert (call.message.name, call.message.company) == ("Anna", "グローバル商事")


def test_the_office_is_named_in_english() -> None:
    Call().presses("9").hears("Smile Corporation")


def test_an_english_message_in_one_breath() -> None:
    call = on_trip().says("Could you tell Mr. Kurimoto that the shipment is delayed").hears("name")
    call.says("Ann Lee, Orion").hears("Ann Lee of Orion").says("yes").says("that's it").ends()
    assert "shipment is delayed" in call.message.body


def test_an_english_caller_who_spells() -> None:
    call = (
        on_trip()
        .says("Hello?")
        .hears("Who would you like")
        .says("Mr. Kurimoto please")
        .hears("business trip")
    )
    call.says("It's David Chen, C-H-E-N").hears("David Chen").says("How do you spell his email?")
    call.hears("M as in Mike").says("k u r i m o t o at smile corp dot com").hears("correct")
    call.says("No, use 080-1234-9999").hears("9 9 9 9").says("yes").says("That's all, bye").ends()
    assert call.message.number == "+818012349999"
    call = (
        on_trip()
        .says("Kurimoto please")
        .hears("business trip")
        .says("what is his email")
        .says("got it thanks")
    )
    call.hears_nothing_of("not quite right")
