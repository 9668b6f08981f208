"""Whole calls in which it has to be found out who calls."""

import pytest

from bot.reception.events import CallerLine
from tests.support.reception import (
    SUNDAY,
    Call,
    on_trip,
)


def test_name_is_asked_once_before_holding() -> None:
    call = Call().says("小野さんお願いします").hears("お名前をお聞かせ")
    call.says("アクメ商事の中村です").holds_for("ono")


def test_whoever_does_not_say_who_they_are_is_put_through() -> None:
    Call().says("小野さんお願いします").says("いえちょっと名乗れないんですが").holds_for("ono")
    Call().says("小野さんお願いします").is_silent().is_silent().holds_for("ono")


def test_known_caller_is_not_asked_for_the_name() -> None:
    known = CallerLine(number="+81312345678", company="スマイル企画", name="江川", vip=True)
    call = Call(caller=known).says("小野さんお願いします").hears("スマイル企画の江川様でいらっしゃいますか")
    call.hears_nothing_of("お名前を").says("はい、そうです").hears("いつもお世話に").holds_for("ono")
    assert (call.message.company, call.message.name) == ("スマイル企画", "江川")


def test_name_is_asked_before_a_message_is_settled() -> None:
    call = on_trip().says("栗本さんに伝言をお願いします").hears("伝言を承ります")
    call.says("明日の会議の時間を変更したいのですが").hears("お名前をお聞かせ").says("アクメの中村です")
    call.hears("アクメの中村様").says("はい").hears("申し伝えます")


def test_introduction_and_purpose_without_a_person() -> None:
    call = Call().says("アクメ商事の中村ですが見積もりの件で").hears("どの者に")
    call.says("担当の方がわからないのですが見積もりの件です").is_listened_to().hears(
        "ご用件を承り|お話しください"
    )


def test_misheard_name_is_put_right() -> None:
    call = on_trip().says("スマイル企画の江川と申しますが栗本さんお願いします").hears("江川様")
    call.says("江川ではなく江口です").hears("失礼いたしました", "スマイル企画の江口様", "折り返し")
    call.hears_nothing_of("江川", "出張")
    assert call.message.name == "江口"
    assert call.conversation.staff == "kurimoto"


def test_an_uncertain_name_is_confirmed() -> None:
    call = Call().says("アクメ商事の中村です。大野さんいらっしゃいますか").hears("小野", "よろしいでしょうか")
    call.says("いえ違います").is_listened_to()
    call = (
        Call()
        .says("アクメ商事の中村です。大野さんいらっしゃいますか")
        .says("はい、小野さんです")
        .holds_for("ono")
    )


def test_holiday_greeting_names_the_next_opening() -> None:
    Call(at=SUNDAY).hears("休業日", "次の営業は", "9時").is_listened_to()


def test_introduction_after_the_answer_is_no_message() -> None:
    call = on_trip().says("栗本さんお願いします").hears("明日以降").says("アクメの中村です")
    call.hears("アクメの中村様", "どちらになさいますか")


def test_name_that_is_wrong_is_asked_again() -> None:
    call = on_trip().says("スマイル企画の江川と申しますが栗本さんお願いします").says("名前が違います")
    call.hears("失礼いたしました", "お名前を").says("江頭です").hears("スマイル企画の江頭様")
    assert call.message.name == "江頭"


def test_introduction_where_a_message_was_asked_for() -> None:
    call = (
        on_trip()
        .says("栗本さんに伝言をお願いします")
        .says("アクメの中村です")
        .hears("アクメの中村様", "どうぞ")
    )
    call.says("会議は中止だとお伝えください").hears("おかけになっている番号")


@pytest.mark.parametrize(
    ("words", "company", "name"),
    [
        ("NTS東日本のマイケルですが、小野さんお願いします", "NTS東日本", "マイケル"),
        ("ポール・ウィルソンですが小野さんいますか", None, "ポール・ウィルソン"),
        ("丸菱テクノの早乙女です、小野さんお願いできますか", "丸菱テクノ", "早乙女"),
        ("大和運輸サービスの者ですが小野さんお願いします", "大和運輸サービス", None),
        ("ひかり法律事務所の弁護士の真壁と申しますが小野さんお願いします", "ひかり法律事務所", "真壁"),
        ("中央区役所税務課の古賀と申しますが小野さんをお願いします", "中央区役所", "古賀"),
    ],
)
def test_introductions_that_are_hard_to_tell(words: str, company: str | None, name: str | None) -> None:
    call = Call().says(words).holds_for("ono")
    assert (call.message.company, call.message.name) == (company, name)


def test_a_name_in_passing_is_taken_and_a_yes_is_no_name() -> None:
    call = on_trip().says("栗本さん").says("江川").hears("江川様").says("折り返し").says("はい")
    assert call.message.name == "江川"
    call = (
        Call().says("小野さんお願いします").says("はい").hears("お名前を").says("江川だよ").holds_for("ono")
    )
    assert call.message.name == "江川"
    call = on_trip().says("This is a call for Mr. Kurimoto please").says("Please call me back")
    call.says("Yes").hears("name").says("Tom Baker").hears("Tom Baker")


def test_a_caller_who_takes_a_name_back() -> None:
    Call().says("渡辺さん、あ、田中さんでした、すみません").hears("田中あて")
    assert Call().says("鈴木さん、じゃなかった、斎藤さんお願いします").conversation.staff == "saito"


def test_a_name_put_right_with_a_mere_no() -> None:
    call = on_trip().says("スマイル企画の頴川と申しますが栗本さんを").says("いえ、江川です")
    call.hears("失礼いたしました", "スマイル企画の江川様", "折り返し").is_listened_to()
    assert call.conversation.wish is None
    call = on_trip().says("永川です栗本さんいますか").says("違います").hears("失礼いたしました", "お名前")
    call.says("江川です").hears("江川様", "折り返し|ご伝言")
    assert call.message.name == "江川"


def test_an_urgent_word_after_the_name() -> None:
    Call().says("沖です、小野さん急ぎで").holds_for("ono", urgent=True)
