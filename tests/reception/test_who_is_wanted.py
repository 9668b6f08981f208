"""Whole calls in which it has to be found out whom the caller wants."""

import pytest

from bot.language.model import Kind
from bot.office.model import Line
from bot.reception.events import CallerLine
from tests.support.reception import (
    PEOPLE,
    TRIP,
    TUESDAY,
    Call,
    CallFacts,
    busy,
    on_trip,
    person,
)


def test_known_caller_who_is_somebody_else_is_asked_and_one_who_says_so_is_not() -> None:
    known = CallerLine(number="+81312345678", company="スマイル企画", name="江川", vip=True)
    other = Call(caller=known).says("小野さんお願いします").says("いえ、違います").hears("お名前を")
    other.says("スマイル企画の三上です").holds_for("ono")
    assert other.message.name == "三上"
    same = Call(caller=known).says("江川です、小野さんお願いします").holds_for("ono")
    assert (same.message.company, same.message.name) == ("スマイル企画", "江川")
    gone = Call(caller=known).says("小野さんお願いします").hangs_up()
    assert gone.message.name == "江川", "the card names whose number it is"


def test_two_of_one_name_are_asked_which() -> None:
    call = (
        Call()
        .says("アクメ商事の中村です。佐藤さんをお願いします")
        .hears("営業の佐藤", "総務の佐藤", "どちらに")
    )
    call.says("総務の方です").holds_for("satoj")
    call = (
        Call()
        .says("アクメ商事の中村です。佐藤さんをお願いします")
        .says("花子さんのほうです")
        .holds_for("sato")
    )
    call = Call().says("アクメ商事の中村です。佐藤さんをお願いします").is_silent().says("えっと")
    call.hears("営業の佐藤は1", "総務の佐藤は2").presses("2").holds_for("satoj")


def test_nobody_of_that_name_hears_the_departments() -> None:
    call = Call().says("五十嵐さんをお願いします").hears("見当たりません", "営業", "経理", "ご伝言")
    call.says("経理の方をお願いします").says("中村です").holds_for("ono")


def test_nobody_twice_is_a_message_for_the_office() -> None:
    call = Call().says("五十嵐さんをお願いします").says("五十嵐さんです").hears("ご用件を承り")
    call.says("来週の納品についてご相談したいとお伝えください").says("中村です").says("はい")
    call.hears("担当の者に申し伝えます")
    assert call.message.staff is None
    assert call.message.stranger == "五十嵐"
    assert "来週の納品" in call.message.body


def test_former_colleague_has_a_successor() -> None:
    call = Call().says("アクメ商事の中村です。江口さんいらっしゃいますか")
    call.hears("退職いたしまして、後任の主任の佐藤が承ります").holds_for("sato")


def test_former_colleague_without_successor() -> None:
    call = Call().says("アクメ商事の中村です。村上さんいらっしゃいますか").hears("退職いたしました")
    call.hears("ご用件をお話しください").is_listened_to()


def test_anyone_of_a_department() -> None:
    call = Call(presences={"kurimoto": TRIP}).says("アクメ商事の中村です。営業の方ならどなたでも結構です")
    call.holds_for("sato").staff_answers("declined", "sato").is_listened_to()
    away = dict.fromkeys(("kurimoto", "sato", "takahashi"), TRIP)
    call = Call(presences=away).says("アクメ商事の中村です。営業の方をお願いします")
    call.hears("営業の者は", "電話に出ることができません", "ご用件をお話しください")
    call.says("見積もりを急ぎで送ってほしいのですが").says("はい")
    assert call.message.department == "営業"
    assert call.message.staff is None


def test_somebody_else_of_the_department() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("ほかの方はいらっしゃいますか")
    call.hears("確認いたします").holds_for("sato")


def test_another_person_by_name() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    call.says("では小野さんをお願いできますか").holds_for("ono")


def test_nobody_else_can_come_to_the_phone() -> None:
    call = Call(presences={"watanabe": TRIP}).says("アクメ商事の中村です。渡辺さんお願いします")
    call.says("どなたか代わりの方は").hears("ほかの者も").is_listened_to()


def test_misheard_person_is_put_right() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    call.says("いえ栗本さんではなくて斎藤さんをお願いします").holds_for("saito")


def test_long_absence_offers_the_deputy_first() -> None:
    away = busy(Kind.LEAVE, TUESDAY.replace(month=12, day=21, hour=0, minute=0))
    call = Call(presences={"kurimoto": away}).says("アクメ商事の中村です。栗本さんお願いします")
    call.hears("主任の佐藤が").says("お願いします").holds_for("sato")
    call = Call(presences={"kurimoto": away}).says("アクメ商事の中村です。栗本さんお願いします")
    call.says("いえ").hears("折り返し|ご伝言")


def test_direct_line_of_a_person() -> None:
    line = Line(number="+81345671236", staff="ono")
    Call(line=line).hears("小野あて").says("アクメ商事の中村です").holds_for("ono")


def test_line_of_a_department() -> None:
    line = Line(number="+81345671235", department="技術")
    Call(line=line).hears("技術").says("アクメ商事の中村ですが納品の件で").holds_for("saito")


def test_person_who_leaves_the_office_file_during_the_call() -> None:
    facts = CallFacts(presences={"kurimoto": TRIP})
    call = Call(facts).says("アクメ商事の中村です。栗本さんお願いします")
    facts.people = {person.id: person for person in PEOPLE if person.id != "kurimoto"}
    call.says("折り返しお願いします").is_listened_to()
    assert call.message.staff is None


@pytest.mark.parametrize("words", ["栗本ですが", "栗本です", "もしもし、栗本ですけど"])
def test_a_bare_name_of_ours_is_asked_about(words: str) -> None:
    wants = on_trip().says(words).hears("栗本あて").hears_nothing_of("栗本様")
    wants.says("はい").hears("出張しております")
    is_one = on_trip().says(words).says("いえ、私が栗本です").is_listened_to()
    is_one.says("佐藤花子さんをお願いします").holds_for("sato")
    assert is_one.message.name == "栗本"


def test_family_is_put_through_to_theirs() -> None:
    call = (
        Call()
        .says("栗本の妻ですけれども、主人はおりますでしょうか")
        .hears("栗本様の奥様")
        .holds_for("kurimoto")
    )
    assert call.message.name == "栗本の妻"


def test_somebody_in_place_of_the_one_named() -> None:
    on_trip().says("ヤナギ印刷の栃木ですけど、栗本さんの代わりの人いますか").holds_for("sato")


def test_whoever_calls_again_is_not_asked_which() -> None:
    call = Call().says("佐藤さんお願いします").hears("どちら").says("結構です、またかけます")
    call.hears_nothing_of("どちらにご用", "番号のボタン")
    assert "お電話があったこと" in call.message.wish


def test_somebody_else_will_do_where_the_first_is_not_to_be_had() -> None:
    call = on_trip().says("アオイ電設の沖です。栗本さんいますか、いなければ小野さんでもいいです")
    call.hears("栗本は本日出張", "小野が承れるか確認").holds_for("ono").staff_answers("declined", "ono")
    call.hears("小野はただいま手が離せない").says("はい").hears("栗本より折り返し")
    call = Call().says("アオイ電設の沖です。小野さんか渡辺さんいらっしゃいますか").holds_for("ono")
    call.staff_answers("declined", "ono").hears("渡辺が承れるか").holds_for("watanabe")
    on_trip().says("沖です。栗本さんがいなければ営業のどなたかお願いします").holds_for("sato")
    call = on_trip().says("栗本さんか渡辺さんお願いします").hears("お名前を").says("沖です")
    call.hears("栗本は本日出張").holds_for("watanabe")


@pytest.mark.parametrize(
    ("words", "staff"),
    [
        ("佐藤さん、あの総務にいらっしゃる方", "satoj"),
        ("次郎さんの方の佐藤さんをお願いします", "satoj"),
        ("営業の女性の方で佐藤さんいらっしゃいますか", "sato"),
        ("アオイ電設 沖 小野さん", "ono"),
        ("すずきぶちょうおねがいします", "suzuki"),
    ],
)
def test_told_apart_in_one_breath(words: str, staff: str) -> None:
    call = Call().says(words)
    assert call.conversation.staff == staff


def test_a_title_that_nobody_holds() -> None:
    call = Call().says("社長いますか").hears("社長におつなぎすることができません", "営業", "ご伝言も")
    call.says("じゃあ経理の方で").says("アオイ電設の沖です").holds_for("ono")


@pytest.mark.parametrize(
    ("answer", "staff"),
    [
        ("花子さんじゃない方です", "satoj"),
        ("営業じゃない方の佐藤さん", "satoj"),
        ("主任じゃない方です", "satoj"),
        ("二番の佐藤さんで", "satoj"),
        ("どちらでもいいです", "sato"),
        ("どっちでも", "sato"),
    ],
)
def test_which_of_two_in_other_words(answer: str, staff: str) -> None:
    call = Call().says("アクメの中村です、佐藤さんお願いします").hears("どちらにご用").says(answer)
    call.holds_for(staff)


def test_on_a_direct_line_somebody_else_is_asked_for() -> None:
    line = Line(number="+81345671236", staff="ono")
    Call(line=line).says("営業の栗本さんじゃないんですか").says("沖です").holds_for("kurimoto")


@pytest.mark.parametrize(
    ("words", "staff"),
    [
        ("採用担当の方をお願いします", "watanabe"),
        ("請求書のことがわかる方をお願いします", "ono"),
        ("間違えて切れちゃったんですけど、今田中さんと話してたんです", "tanaka"),
    ],
)
def test_whoever_has_the_duty(words: str, staff: str) -> None:
    Call().says(words).says("アクメの中村です").holds_for(staff)


def test_many_of_one_name_are_not_read_out() -> None:
    departments = ("営業", "総務", "開発")
    given = ("太郎 たろう", "花子 はなこ", "健 けん", "由美 ゆみ", "直樹 なおき", "美咲 みさき", "誠 まこと")
    people = {
        f"s{n}": person(f"s{n}", f"佐藤 {name.split()[0]}", f"さとう {name.split()[1]}", departments[n % 3])
        for n, name in enumerate(given)
    }
    call = Call(CallFacts(people=people)).says("原口です、佐藤さんお願いします")
    call.hears("佐藤は何人かおります", "下のお名前か部署名").says("直樹さんです").holds_for("s4")
    call = Call(CallFacts(people=people)).says("原口です、佐藤さんお願いします").is_silent().is_silent()
    call.hears("営業は1", "開発は3").presses("3").hears("佐藤健", "佐藤美咲").says("みさきさん").holds_for(
        "s5"
    )
