"""Whole calls, as they are heard."""

from datetime import date

import pytest

from bot.language.model import Basis, Kind
from bot.office.model import Line, Plan
from bot.reception.events import CallerLine, MailDisclosed, PromisedCallback, SendSms
from tests.support.reception import (
    EVENING,
    OFFICE,
    PEOPLE,
    SUNDAY,
    TRIP,
    TUESDAY,
    Call,
    CallFacts,
    busy,
    person,
)

LANDLINE = CallerLine(number="+81312345678")
WITHHELD = CallerLine()


def on_trip(**changes: object) -> Call:
    return Call(presences={"kurimoto": TRIP}, **changes)


def test_the_good_call() -> None:
    call = on_trip()
    call.hears("はい、スマイルコーポレーションでございます", "自動音声", "担当者名とご用件")
    call.says(
        "スマイル企画の江川と申しますが、ちょっと急ぎなのですが営業の栗本さんいらっしゃいますでしょうか"
    )
    call.hears(
        "申し訳ございません", "課長の栗本は本日出張しております", "明日以降の折り返しになるかと存じます"
    )
    call.says("何か今日中に連絡できる方法はありませんでしょうか")
    call.hears("連絡が取れ次第", "メールアドレスをご案内いたしましょうか")
    call.says("メールアドレスを教えてください")
    call.hears("クリモト、アットマーク、スマイルコープ、ドット、コム", "一文字ずつ", "ショートメッセージ")
    call.says("ローマ字で kurimoto アット スマイルコープ ドットコムですね")
    call.hears("はい、さようでございます", "おかけになっている番号")
    call.says("いえ、012-3456-7890でお願いします")
    call.hears("0 1 2、3 4 5 6、7 8 9 0")
    call.says("はい").hears("課長の栗本より折り返しお電話を差し上げるよう、申し伝えます")
    call.says("いえ、ありません。失礼します")
    call.hears("明日以降に課長の栗本より", "お電話ありがとうございました").ends()

    message = call.message
    assert (message.staff, message.company, message.name) == ("kurimoto", "スマイル企画", "江川")
    assert (message.number_said, message.number, message.number_valid) == ("01234567890", None, False)
    assert message.number_verified
    assert message.urgent
    assert message.callback_wanted
    assert message.mail_given
    assert message.promise is not None
    assert message.promise.day == date(2026, 11, 25)
    assert "今日中に連絡できる方法" in message.body
    assert PromisedCallback(staff="kurimoto", day=date(2026, 11, 25)) in call.effects
    assert MailDisclosed(staff="kurimoto", how="spoken") in call.effects


def test_the_good_call_never_asks_what_was_said() -> None:
    call = on_trip().says("スマイル企画の江川と申しますが急ぎで営業の栗本さんお願いします")
    call.says("はいお願いします").says("はい").says("以上です").ends()
    heard = "".join(call.transcript)
    assert "お名前をお聞かせ" not in heard
    assert "どの者に" not in heard


def test_available_person_is_asked_at_once() -> None:
    call = Call().says("アクメ商事の中村と申しますが小野さんいらっしゃいますか")
    call.hears("アクメ商事の中村様", "確認いたしますので、少々お待ちくださいませ").holds_for("ono")
    call.staff_answers("bridged", "ono").hears("ありがとうございました").ends()
    assert call.message.connected == "ono"


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


def test_known_caller_who_is_somebody_else_is_asked_and_one_who_says_so_is_not() -> None:
    known = CallerLine(number="+81312345678", company="スマイル企画", name="江川", vip=True)
    other = Call(caller=known).says("小野さんお願いします").says("いえ、違います").hears("お名前を")
    other.says("スマイル企画の三上です").holds_for("ono")
    assert other.message.name == "三上"
    same = Call(caller=known).says("江川です、小野さんお願いします").holds_for("ono")
    assert (same.message.company, same.message.name) == ("スマイル企画", "江川")
    gone = Call(caller=known).says("小野さんお願いします").hangs_up()
    assert gone.message.name == "江川", "the card names whose number it is"


def test_the_other_language_by_key_at_any_prompt() -> None:
    call = Call().presses("9").hears("department|Who|speak")
    call.says("this is John Smith from Acme").presses("9").hears("日本語でご案内")
    japanese = OFFICE.model_copy(update={"options": {"english": False}})
    Call(office=japanese).presses("9").hears_nothing_of("English", "speak")
    Call(office=japanese).is_silent().hears_nothing_of("English")
    Call().is_silent().hears("For English, press 9")


@pytest.mark.parametrize("noise", ["ピーピーピー", "ピーヒョロロ", "ザー", "beep beep", "ピー、ガー。", "♪"])
def test_a_fax_is_nobody_speaking(noise: str) -> None:
    call = Call().says(noise).hears("届いていない").is_listened_to().hangs_up()
    assert not call.message.spoke


def test_declined_goes_on_to_the_number() -> None:
    call = Call().says("アクメ商事の中村です。小野さんをお願いします").holds_for("ono")
    call.staff_answers("declined", "ono").hears("手が離せない", "0 9 0")
    call.says("はい、そちらで").hears("小野より折り返し", "ほかにご用件")
    call.is_silent().hears("ありがとうございました").ends()
    assert call.message.number == "+819012345678"
    assert call.message.number_verified


def test_promise_in_minutes_is_told_and_kept() -> None:
    call = Call().says("アクメ商事の中村です。小野さんをお願いします")
    call.staff_answers("promised", "ono", 30).hears("30分ほどで小野より折り返しお電話いたします")
    call.says("はい").says("ありがとうございます").hears("30分ほどで").ends()
    assert PromisedCallback(staff="ono", minutes=30) in call.effects
    assert len([effect for effect in call.effects if isinstance(effect, PromisedCallback)]) == 1
    assert call.message.promise is not None
    assert call.message.promise.minutes == 30


def test_staff_asks_for_a_message() -> None:
    call = Call().says("アクメ商事の中村です。小野さんをお願いします")
    call.staff_answers("message", "ono").hears("小野への伝言を承ります")
    call.says("請求書の金額が違っているので確認してほしいとお伝えください").hears("おかけになっている番号")
    call.says("はい").hears("小野に申し伝えます").says("以上です").ends()
    assert "請求書の金額が違っている" in call.message.body


def test_every_other_outcome_leads_on() -> None:
    for outcome in ("expired", "no_answer", "unreachable"):
        call = Call().says("アクメ商事の中村です。小野さんをお願いします")
        call.staff_answers(outcome).hears("小野", "折り返し").is_listened_to()
    call = Call().says("アクメ商事の中村です。小野さんをお願いします")
    call.staff_answers("gave_up").hears("ご伝言を承ります|伝言を承ります").is_listened_to()


def test_when_back_is_answered_with_the_time() -> None:
    out = busy(Kind.OUT, TUESDAY.replace(hour=15, minute=0))
    call = Call(presences={"watanabe": out}).says("アクメ商事の中村ですが渡辺さんは何時に戻られますか")
    call.hears("外出しております", "15時に戻る予定").says("いつごろ戻りますか").hears("15時に戻る予定")
    call.says("ではまたかけ直します").hears("お電話をいただきましたことを、渡辺に申し伝えます")


def test_assumed_end_is_never_told_as_a_time() -> None:
    out = busy(Kind.OUT, TUESDAY.replace(hour=18, minute=0), Basis.ASSUMED)
    call = Call(presences={"watanabe": out}).says("アクメ商事の中村です、渡辺さんいつ戻りますか")
    call.hears("外出しております").hears_nothing_of("18時").says("何時ですか").hears_nothing_of("18時")


def test_where_and_why_are_never_told() -> None:
    out = busy(Kind.LEAVE, note="入院", word="有休")
    call = Call(presences={"watanabe": out}).says("渡辺さんいますか").hears("休みを取っております")
    call.says("どうしてお休みなんですか").hears("ご案内はいたしかねます").hears_nothing_of("入院", "有休")
    call.is_listened_to().hears("折り返し|ご伝言")


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


def test_message_in_one_breath() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんに見積もりを至急送っていただけるようお伝えください")
    call.hears("おかけになっている番号").says("はい").hears("課長の栗本に申し伝えます").says(
        "以上です"
    ).ends()


def test_name_is_asked_before_a_message_is_settled() -> None:
    call = on_trip().says("栗本さんに伝言をお願いします").hears("伝言を承ります")
    call.says("明日の会議の時間を変更したいのですが").hears("お名前をお聞かせ").says("アクメの中村です")
    call.hears("アクメの中村様").says("はい").hears("申し伝えます")


def test_own_number_may_be_refused_for_another_by_keys() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("はい折り返しお願いします")
    call.says("違います").hears("お電話番号").presses("0312345678").hears("0 3、1 2 3 4")
    call.says("はい").hears("申し伝えます")
    assert call.message.number == "+81312345678"


def test_a_number_is_corrected_twice_by_voice_then_by_keys() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.hears("お電話番号").says("090-1234-5678です").hears("5 6 7 8")
    call.says("違います").says("090-1234-5679です").hears("5 6 7 9")
    call.says("いえ違います").hears("ボタン").presses("09012345670").hears("5 6 7 0")
    call.presses("1").hears("申し伝えます")
    assert call.message.number == "+819012345670"
    assert call.message.number_verified


def test_correction_in_the_answer_itself() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("090-1234-5678です").says("いえ、090-1234-5679です").hears("5 6 7 9")
    call.says("はい、そうです")
    assert call.message.number == "+819012345679"


def test_number_said_in_the_opening_is_read_back_not_asked() -> None:
    call = on_trip(caller=WITHHELD).says(
        "アクメ商事の中村です。栗本さんに折り返しいただきたいんですが番号は03-1234-5678です"
    )
    call.hears("0 3、1 2 3 4").says("はい").hears("申し伝えます")


def test_caller_who_needs_no_number() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("番号はご存じだと思います").hears("申し伝えます")
    assert call.message.number is None


def test_mail_letter_by_letter_and_by_sms() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんのメールアドレスを教えてください")
    call.hears("クリモト").says("一文字ずつお願いします").hears("エム、マイクのエム")
    call.says("ショートメールで送ってください").hears("ショートメッセージでお送りいたします")
    sms = next(effect for effect in call.effects if isinstance(effect, SendSms))
    assert sms.number == "+819012345678"
    assert "kurimoto@smilecorp.com" in sms.text


def test_mail_is_corrected_when_repeated_wrongly() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんのメールアドレスを教えてください")
    call.says("kurihara アットマーク スマイルコープ ドットコム").hears("少々違う", "クリモト")
    call.says("クリモト アットマーク スマイルコープ ドットコム").hears("さようでございます")


def test_mail_that_is_not_shared() -> None:
    call = Call(presences={"sato": TRIP}).says("アクメ商事の中村です。営業の佐藤さんのメールを教えてください")
    call.hears("ご案内いたしかねます", "申し伝え|お伝え").hears_nothing_of("smilecorp", "スマイルコープ")
    call.is_listened_to()
    assert not call.message.mail_given


def test_no_sms_to_a_landline() -> None:
    call = on_trip(caller=LANDLINE).says("アクメ商事の中村です。栗本さんのメールアドレスを教えてください")
    call.hears_nothing_of("ショートメッセージ")
    call.says("SMSで送ってください").hears("お送りできません")


def test_staff_telephones_are_never_told() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんの携帯番号を教えてください")
    call.hears("ご案内いたしかねます").hears_nothing_of("0 9 0").is_listened_to()


def test_returned_call_finds_who_called() -> None:
    call = Call(called="ono").says("先ほどお電話をいただいた中村と申しますが")
    call.hears("小野よりお電話を差し上げた").holds_for("ono")
    call = Call().says("着信があったのでお電話したのですが").hears("お電話を差し上げた者の名前")


def test_greeting_alone_is_answered_and_asked() -> None:
    call = (
        Call().says("お世話になっております").hears("いつもお世話になっております", "どの者にご用でしょうか")
    )
    call.says("アクメ商事の中村と申します").hears("アクメ商事の中村様").is_listened_to()
    call.says("小野さんをお願いします").holds_for("ono")


def test_introduction_and_purpose_without_a_person() -> None:
    call = Call().says("アクメ商事の中村ですが見積もりの件で").hears("どの者に")
    call.says("担当の方がわからないのですが見積もりの件です").is_listened_to().hears(
        "ご用件を承り|お話しください"
    )


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


def test_repeat_says_the_same_again() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    said = call.turn.say
    for _ in range(4):
        call.says("もう一度お願いします")
        assert call.turn.say == said


def test_wait_gives_time() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんのメールアドレスを教えてください")
    call.says("ちょっとメモを取りますので待ってください").hears(
        "ご用意ができましたら"
    ).is_silent().is_silent()
    call.is_listened_to().says("はいお願いします").is_listened_to()


def test_misheard_name_is_put_right() -> None:
    call = on_trip().says("スマイル企画の江川と申しますが栗本さんお願いします").hears("江川様")
    call.says("江川ではなく江口です").hears("失礼いたしました", "スマイル企画の江口様", "折り返し")
    call.hears_nothing_of("江川", "出張")
    assert call.message.name == "江口"
    assert call.conversation.staff == "kurimoto"


def test_misheard_person_is_put_right() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    call.says("いえ栗本さんではなくて斎藤さんをお願いします").holds_for("saito")


def test_an_uncertain_name_is_confirmed() -> None:
    call = Call().says("アクメ商事の中村です。大野さんいらっしゃいますか").hears("小野", "よろしいでしょうか")
    call.says("いえ違います").is_listened_to()
    call = (
        Call()
        .says("アクメ商事の中村です。大野さんいらっしゃいますか")
        .says("はい、小野さんです")
        .holds_for("ono")
    )


def test_urgent_caller_reaches_who_allows_it() -> None:
    presences = {"saito": busy(Kind.MEETING, TUESDAY.replace(hour=12, minute=0))}
    call = (
        Call(presences=presences).says("アクメ商事の中村です。斎藤さんお願いします").hears("会議中", "12時")
    )
    call.says("急ぎなのですが").holds_for("saito", urgent=True)
    call = Call(presences=presences).says("アクメ商事の中村です。至急斎藤さんをお願いします")
    call.hears("お急ぎとのこと").holds_for("saito", urgent=True)


def test_long_absence_offers_the_deputy_first() -> None:
    away = busy(Kind.LEAVE, TUESDAY.replace(month=12, day=21, hour=0, minute=0))
    call = Call(presences={"kurimoto": away}).says("アクメ商事の中村です。栗本さんお願いします")
    call.hears("主任の佐藤が").says("お願いします").holds_for("sato")
    call = Call(presences={"kurimoto": away}).says("アクメ商事の中村です。栗本さんお願いします")
    call.says("いえ").hears("折り返し|ご伝言")


def test_closed_office_takes_messages() -> None:
    call = Call(at=EVENING).hears("営業時間外", "9時から18時", "ご伝言")
    call.says("アクメ商事の中村です。小野さんに折り返しお願いします").hears("おかけになっている番号")
    call.says("はい").hears("小野より折り返し").says("失礼します").ends()


def test_holiday_greeting_names_the_next_opening() -> None:
    Call(at=SUNDAY).hears("休業日", "次の営業は", "9時").is_listened_to()


def test_direct_line_of_a_person() -> None:
    line = Line(number="+81345671236", staff="ono")
    Call(line=line).hears("小野あて").says("アクメ商事の中村です").holds_for("ono")


def test_line_of_a_department() -> None:
    line = Line(number="+81345671235", department="技術")
    Call(line=line).hears("技術").says("アクメ商事の中村ですが納品の件で").holds_for("saito")


def test_silence_ends_in_a_recording() -> None:
    call = Call().is_silent().is_silent().is_silent().is_silent().is_recorded().hears("発信音")
    call.records(12).hears("お預かりいたしました").ends()
    assert call.message.recording_seconds == 12


def test_no_word_at_all() -> None:
    assert not Call().hangs_up().message.spoke
    assert not Call().is_silent().hangs_up().message.spoke


def test_hanging_up_in_the_middle_leaves_what_is_known() -> None:
    call = (
        on_trip().says("スマイル企画の江川と申しますが見積もりの件で栗本さんお願いします").hangs_up().ends()
    )
    assert call.turn.say == ()
    message = call.message
    assert (message.staff, message.name, message.purpose, message.spoke) == (
        "kurimoto",
        "江川",
        "見積もり",
        True,
    )
    assert message.number == "+819012345678"
    assert not message.number_verified


def test_menu_by_keys() -> None:
    call = Call().is_silent().is_silent().hears("ご伝言は1", "営業は2")
    call.presses("1").hears("ご用件をお話しください")
    Call().is_silent().is_silent().presses("9").is_listened_to()
    Call().is_silent().is_silent().presses("2").hears("お名前")


def test_zero_leaves_a_message_and_star_repeats() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    said = call.turn.say
    assert call.presses("*").turn.say == said
    call.presses("0").hears("課長の栗本への伝言を承ります")


def test_sales_calls_are_not_put_through() -> None:
    call = Call().says("光回線のご案内でお電話しました").hears("おつなぎいたしかねます").is_listened_to()
    call.says("株式会社ひかりの中村です")
    assert not any("少々お待ち" in line for line in call.transcript)


def test_machine_is_said_honestly() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("これは機械ですか")
    call.hears("自動音声", "折り返し|ご伝言").is_listened_to()


def test_bad_service_is_impossible() -> None:
    """Whatever is said again and again, the caller is told when and what can be done."""
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします")
    for text in ("栗本さんお願いします", "だから栗本さんを出してください", "いつなら電話に出られるんですか"):
        call.says(text).hears("明日以降").is_listened_to()
    call.says("電話があったことだけお伝えください").hears("お電話をいただきましたことを")


def test_plan_without_promises_takes_messages() -> None:
    office = OFFICE.model_copy(update={"plan": Plan.MESSAGE})
    call = on_trip(office=office).says("アクメ商事の中村です。栗本さんお願いします")
    call.hears_nothing_of("出張").hears("ご伝言").says("はい").hears("ご用件をお話しください")


def test_person_who_leaves_the_office_file_during_the_call() -> None:
    facts = CallFacts(presences={"kurimoto": TRIP})
    call = Call(facts).says("アクメ商事の中村です。栗本さんお願いします")
    facts.people = {person.id: person for person in PEOPLE if person.id != "kurimoto"}
    call.says("折り返しお願いします").is_listened_to()
    assert call.message.staff is None


def test_more_wishes_after_all_is_settled() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("はいお願いします").says("はい")
    call.hears("ほかにご用件").says("メールアドレスも教えてください").hears("クリモト").says(
        "はい、書けました"
    )
    call.is_listened_to().says("ありがとうございました失礼します").ends()
    assert len([effect for effect in call.effects if isinstance(effect, PromisedCallback)]) == 1


def test_wrong_number() -> None:
    Call().says("すみません間違えました").hears("お気になさらない").ends()


def test_introduction_after_the_answer_is_no_message() -> None:
    call = on_trip().says("栗本さんお願いします").hears("明日以降").says("アクメの中村です")
    call.hears("アクメの中村様", "どちらになさいますか")


def test_message_in_pieces() -> None:
    call = on_trip().says("アクメの中村です栗本さんに伝言をお願いします").says("明日の会議ですけど")
    call.hears("はい、どうぞ").says("資料を5部持ってきてください").hears("おかけになっている番号")
    assert "明日の会議ですけど\n資料を5部持ってきてください" in call.message.body
    call = on_trip().says("アクメの中村です栗本さんに伝言をお願いします").says("明日の会議の件ですが")
    call.is_silent().hears("おかけになっている番号")


def test_what_is_said_beside_a_yes_is_kept() -> None:
    call = on_trip().says("アクメの中村です栗本さんお願いします").says("はい折り返しお願いします")
    call.says("はい、それと資料も持ってきてほしいです").hears("申し伝えます")
    assert "資料も持ってきてほしい" in call.message.body


def test_number_is_mended_by_its_last_digits() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("090-1234-5678です").says("下4桁が5679です").hears("1 2 3 4、5 6 7 9")
    call.says("5679じゃなくて6679です").hears("6 6 7 9").says("はい")
    assert call.message.number == "+819012346679"


def test_refused_offers_are_not_pressed_on_the_caller() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("メールは結構です")
    call.hears_nothing_of("アットマーク").is_listened_to()
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("折り返しは不要です")
    call.hears("お電話をいただきましたことを").says("はいどうも").ends()
    assert not any(isinstance(effect, PromisedCallback) for effect in call.effects)


def test_blunt_callers_are_understood() -> None:
    call = on_trip().says("栗本出して").hears("出張しております", "明日以降")
    call.says("いつ戻るんだよ").hears("明日以降").says("もういいよ").hears("お名前")
    call.says("いいです").hears("申し伝えます")


def test_promise_by_a_colleague_makes_the_message_theirs() -> None:
    call = on_trip().says("アクメの中村です。栗本さんお願いします").says("ほかの方でもいいんですが")
    call.holds_for("sato").staff_answers("promised", "sato", 5).says("はい").says("以上です").ends()
    assert call.message.staff == "sato"
    assert PromisedCallback(staff="sato", minutes=5) in call.effects


def test_office_facts_we_do_not_know_are_passed_on() -> None:
    call = (
        Call()
        .says("アクメの中村ですがファックス番号を教えてください")
        .hears("わかりかねます", "ご連絡いたします")
    )
    call.is_listened_to().says("はい")
    assert "ファックス番号" in call.message.body


def test_hesitation_is_not_taken_for_a_message() -> None:
    call = (
        on_trip()
        .says("アクメの中村です。栗本さんお願いします")
        .says("そうですか")
        .says("うーんどうしようかな")
    )
    call.is_listened_to()
    assert call.conversation.wish is None


def test_english_address_read_back() -> None:
    call = on_trip().says("Hello, this is John Smith, what is the e-mail address of Mr. Kurimoto?")
    call.hears("kurimoto, at, smilecorp, dot, com").says("kurimoto at smilecorp dot com").hears("correct")


def test_colleagues_are_offered_where_one_can_be_asked() -> None:
    on_trip().says("アクメの中村です。栗本さんお願いします").hears("営業のほかの者が")
    alone = Call(presences={"watanabe": TRIP}).says("アクメの中村です。渡辺さんお願いします")
    alone.hears_nothing_of("ほかの者")


def test_somebody_who_took_another_call_meanwhile() -> None:
    facts = CallFacts()
    call = Call(facts).says("アクメの中村です。小野さんをお願いします").holds_for("ono")
    facts.presences["ono"] = busy(Kind.BUSY, on_call=True)
    call.staff_answers("expired").hears("別の電話に出ております", "終わり次第").is_listened_to()


def test_an_empty_recording_is_told() -> None:
    call = Call().says("ほにゃ").is_silent().is_silent().is_silent().is_recorded()
    call.records(0).hears("録音されませんでした").ends()


def test_name_that_is_wrong_is_asked_again() -> None:
    call = on_trip().says("スマイル企画の江川と申しますが栗本さんお願いします").says("名前が違います")
    call.hears("失礼いたしました", "お名前を").says("江頭です").hears("スマイル企画の江頭様")
    assert call.message.name == "江頭"


def test_number_said_in_pieces() -> None:
    call = on_trip(caller=WITHHELD).says("アクメの中村です栗本さんに折り返しお願いします")
    call.says("090").hears("はい、どうぞ").says("1234の").says("5678です").hears("5 6 7 8")
    call.says("はい")
    assert call.message.number == "+819012345678"
    call = on_trip(caller=WITHHELD).says("アクメの中村です栗本さんに折り返しお願いします")
    call.says("1234567").is_silent().hears("1 2 3、4 5 6 7").says("はい")
    assert (call.message.number, call.message.number_said) == (None, "1234567")


def test_another_number_than_the_callers_own_is_asked_for() -> None:
    call = on_trip().says("アクメの中村です栗本さんに折り返しお願いします").says("会社の番号でお願いします")
    call.hears("お電話番号をお話し").says("03-1234-5678です").hears("0 3").says("はい")
    assert call.message.number == "+81312345678"


def test_introduction_where_a_message_was_asked_for() -> None:
    call = (
        on_trip()
        .says("栗本さんに伝言をお願いします")
        .says("アクメの中村です")
        .hears("アクメの中村様", "どうぞ")
    )
    call.says("会議は中止だとお伝えください").hears("おかけになっている番号")


def test_whatever_is_said_in_passing_is_not_repeated() -> None:
    call = (
        on_trip().says("アクメの中村です栗本さんお願いします").says("英語でお願いします").hears("Certainly")
    )
    call.says("日本語でお願いします").hears("日本語でご案内", "出張").hears_nothing_of("英語で")


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


def test_a_message_in_pieces_goes_on_until_the_farewell() -> None:
    call = on_trip().says("白樺工務店の蓮沼と申します。栗本さんに伝言いいですか").hears("ご用件")
    call.says("工事の日程が来週の火曜に変更になりまして、それから").hears("どうぞ")
    call.says("材料の搬入も午前中にお願いしたいんです")
    call.says("あとですね、それから駐車場の件も確認してほしいんです").hears("おかけになっている番号")
    call.says("はいその番号で大丈夫です").hears("ほかにご用件は")
    call.says("それからもう一つ、鍵の受け渡しもお伝えください").hears("申し伝えます").says("以上です").ends()
    for piece in ("火曜", "搬入", "駐車場", "鍵の受け渡し"):
        assert piece in call.message.body
    assert call.message.wish.startswith("ご伝言")


def test_somebody_in_place_of_the_one_named() -> None:
    on_trip().says("ヤナギ印刷の栃木ですけど、栗本さんの代わりの人いますか").holds_for("sato")


def test_whoever_calls_again_is_not_asked_which() -> None:
    call = Call().says("佐藤さんお願いします").hears("どちら").says("結構です、またかけます")
    call.hears_nothing_of("どちらにご用", "番号のボタン")
    assert "お電話があったこと" in call.message.wish


def test_an_english_name_without_a_verb_and_small_wrong_turns() -> None:
    call = Call().says("I would like to speak with Mr. Kurimoto").says("Peter Novak from Blue Harbor")
    call.hears("Peter Novak of Blue Harbor").holds_for("kurimoto")
    Call().says("間違えました、すみません").ends()
    on_trip().says("アドレス教えてください").says("栗本さんです").hears("クリモト")
    assert Call().says("近くの者ですが、車のライトがついたままですよ").message.company is None


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


def test_who_we_are_is_told() -> None:
    Call().says("そちら佐川急便さんですか").hears("こちらはスマイルコーポレーション", "どの者に")
    call = Call().says("そちらはどちら様ですか").says("この番号から着信があったんですけど")
    call.hears("お電話を差し上げた者の名前か部署")
    Call().says("田村さんのお宅じゃないですか").hears("お気になさらないで").ends()


def test_a_fax_is_left_alone_and_leaves_no_recording() -> None:
    call = Call().says("ピー").hears("届いていない").says("ピーヒョロロ").ends()
    assert not call.message.spoke
    call = Call().is_silent().is_silent().says("ピーピーピー").ends()
    assert not call.message.spoke
    call = Call().says("アクメの中村です").says("ピー").is_listened_to()


@pytest.mark.parametrize("words", ["折り返しです", "あ、折り返しなんですけど", "折り返しの電話です"])
def test_a_returned_call_in_one_word(words: str) -> None:
    Call(called="ono").says(words).hears("小野よりお電話を差し上げた")
    on_trip().says("アクメの中村です。栗本さんお願いします").says(words).hears("おかけになっている番号")


def test_a_name_in_passing_is_taken_and_a_yes_is_no_name() -> None:
    call = on_trip().says("栗本さん").says("江川").hears("江川様").says("折り返し").says("はい")
    assert call.message.name == "江川"
    call = (
        Call().says("小野さんお願いします").says("はい").hears("お名前を").says("江川だよ").holds_for("ono")
    )
    assert call.message.name == "江川"
    call = on_trip().says("This is a call for Mr. Kurimoto please").says("Please call me back")
    call.says("Yes").hears("name").says("Tom Baker").hears("Tom Baker")


def test_an_english_sentence_with_a_japanese_name() -> None:
    call = on_trip().says("Hello, can I speak to 栗本さん please?").hears("business trip", "sales")
    call.says("Mark Stevens from Orion").hears("Mark Stevens of Orion")
    call = Call().says("Good morning, may I have the accounting department please")
    call.says("Anna from グローバル商事").holds_for("ono").staff_answers("declined", "ono")
    call.hears("accounting").hears_nothing_of("経理")
    assert (call.message.name, call.message.company) == ("Anna", "グローバル商事")


def test_an_address_is_compared_in_pieces() -> None:
    call = on_trip().says("アクメの中村です。栗本さんのメールアドレスを教えてください")
    call.says("えっと、K U R I M O T O ですか").hears("さようでございます").is_listened_to()
    call.says("そのあとは?").hears("アットマーク").says("アットマーク、スマイルコープ、ドットコム")
    call.hears("さようでございます", "おかけになっている番号")
    call = on_trip().says("アクメの中村です。栗本さんのメールアドレスを教えてください")
    call.says("真ん中はMですかNですか").hears("マイクのエム")


def test_what_was_told_once_is_not_asked_again() -> None:
    story = "先月そちらで買い物をした者なんですけれども、届いた商品が注文したものと違うようでして"
    call = Call(presences={"ono": TRIP}).says(story).hears("かしこまりました", "どの者に")
    call.says("経理の方ですかね").hears("経理の者は", "お名前を").says("沼田です").hears("おかけになっている")
    call.says("はい").hears("申し伝えます")
    assert "注文したものと違う" in call.message.body
    call = on_trip().says(
        "江川ですが、栗本さんに会議を4時にしたいとお伝えいただいて、お電話を080-1234-5678までいただけますか"
    )
    call.hears("0 8 0").says("はい").hears("栗本より折り返し")
    assert call.message.callback_wanted
    assert "4時" in call.message.body


def test_another_number_from_the_first_word() -> None:
    call = on_trip().says("アクメの中村です。栗本さんお願いします")
    call.says("折り返しを、この番号じゃなくて会社の方に").hears("お電話番号をお話し")
    call.says("ゼロさん、ごーごーごーごー、いちにーさんよん").hears("0 3、5 5 5 5").says("そうそう")
    assert call.message.number == "+81355551234"


def test_never_mind() -> None:
    call = (
        Call().says("アクメの中村です。小野さんお願いします").staff_answers("expired").says("じゃあいいです")
    )
    call.hears("お電話をいただきましたことを")
    assert not call.message.callback_wanted
    call = (
        on_trip().says("沖です、栗本さん").says("それじゃあねえ、またかけますから").says("はいはいどうもー")
    )
    call.ends()


def test_recruiters_are_not_put_through() -> None:
    call = Call().says("人材紹介会社のジョブリンクの吉岡と申します、人事の渡辺様お願いいたします")
    call.hears("ジョブリンクの吉岡様", "おつなぎいたしかねます", "渡辺に申し伝えます").is_listened_to()
    call = Call().says("新電力のご提案なんですけど社長様いらっしゃいますか").hears("おつなぎいたしかねます")


def test_after_hours_the_card_has_the_answer_and_not_the_greeting() -> None:
    call = Call(at=EVENING).says("江川です、栗本さんお願いします").hangs_up()
    assert not any("お電話ありがとうございます" in told for told in call.message.told)
    assert any("明日以降の折り返し" in told for told in call.message.told)
    assert Call(at=SUNDAY).says("江川です").hangs_up().message.told == ()


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


def test_a_caller_who_takes_a_name_back() -> None:
    Call().says("渡辺さん、あ、田中さんでした、すみません").hears("田中あて")
    assert Call().says("鈴木さん、じゃなかった、斎藤さんお願いします").conversation.staff == "saito"


def test_a_plan_without_call_backs_never_hints_at_them() -> None:
    office = OFFICE.model_copy(update={"plan": Plan.MESSAGE})
    call = on_trip(office=office).says("アオイの沖です、栗本さんお願いします")
    for words in ("何時に戻りますか", "では明日はいますか", "いつならいますか"):
        call.says(words).hears_nothing_of("折り返し", "メール").is_listened_to()


def test_certainly_is_said_once() -> None:
    call = Call().says("アオイの沖です、小野さんお願いします").staff_answers("expired")
    call.says("急ぎなんですが").says("困ったなあ").says("困ったなあ")
    assert "".join(call.turn.say).count("かしこまりました") <= 1


def test_a_name_put_right_with_a_mere_no() -> None:
    call = on_trip().says("スマイル企画の頴川と申しますが栗本さんを").says("いえ、江川です")
    call.hears("失礼いたしました", "スマイル企画の江川様", "折り返し").is_listened_to()
    assert call.conversation.wish is None
    call = on_trip().says("永川です栗本さんいますか").says("違います").hears("失礼いたしました", "お名前")
    call.says("江川です").hears("江川様", "折り返し|ご伝言")
    assert call.message.name == "江川"


def test_a_call_back_that_is_not_wanted_after_all() -> None:
    call = on_trip().says("江川です栗本さんを").says("折り返しください").says("はい").hears("ほかにご用件")
    call.says("やっぱり折り返しは結構です").hears("お電話をいただきましたことを").says("失礼します").ends()
    call.hears_nothing_of("折り返し")
    assert call.message.promise is None
    assert not call.message.callback_wanted


def test_without_any_number_no_call_back_is_promised() -> None:
    call = on_trip(caller=WITHHELD).says("沖です栗本さんに折り返しを")
    for _ in range(5):
        call.is_silent()
    call.hears("栗本に申し伝えます").hears_nothing_of("折り返しお電話を差し上げる")
    assert not any(isinstance(effect, PromisedCallback) for effect in call.effects)


def test_a_mail_that_is_asked_of_us_is_a_message() -> None:
    call = (
        on_trip()
        .says("沖です。栗本さんに、メールで返事をくださいとお伝えください")
        .hears_nothing_of("アットマーク")
    )
    assert "メールで返事" in call.message.body
    call = on_trip().says("沖です、栗本さんのメールを教えてください").says("いえ、控えました")
    call.hears("おかけになっている番号")


def test_an_urgent_word_after_the_name() -> None:
    Call().says("沖です、小野さん急ぎで").holds_for("ono", urgent=True)


def test_the_office_is_named_in_english() -> None:
    Call().presses("9").hears("Smile Corporation")


def test_on_a_direct_line_somebody_else_is_asked_for() -> None:
    line = Line(number="+81345671236", staff="ono")
    Call(line=line).says("営業の栗本さんじゃないんですか").says("沖です").holds_for("kurimoto")


def test_a_sentence_in_pieces_is_waited_for() -> None:
    call = on_trip().says("サンコー商会の").hears("はい、どうぞ").says("原口と申しますが").says("営業の")
    call.hears("はい、どうぞ").says("栗本さんは").hears("栗本は本日出張")
    assert (call.message.company, call.message.name) == ("サンコー商会", "原口")


def test_a_caller_who_gives_up_is_let_go() -> None:
    Call().says("五十嵐さんお願いします").hears("見当たりません").says("じゃあいいです").ends()


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


def test_to_call_again_at_a_time_is_no_call_back() -> None:
    call = (
        on_trip()
        .says("原口です、栗本さんいますか")
        .says("じゃあ明日かけます")
        .hears("お電話をいただきました")
    )
    assert not call.message.callback_wanted
    call = Call(presences={"kurimoto": busy(Kind.BUSY, on_call=True, word="電話中")}).says("原口です栗本さん")
    call.says("どれくらいかかりそうですか").hears("電話が終わり次第").says("では折り返しで").hears(
        "おかけになっている"
    )
    call.says("折り返しでお願いします").hears("申し伝えます")


def test_an_english_message_in_one_breath() -> None:
    call = on_trip().says("Could you tell Mr. Kurimoto that the shipment is delayed").hears("name")
    call.says("Ann Lee, Orion").hears("Ann Lee of Orion").says("yes").says("that's it").ends()
    assert "shipment is delayed" in call.message.body


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


def test_another_number_as_the_last_word() -> None:
    call = on_trip().says("原口です、栗本さんに折り返しをお願いします").says("はい").hears("ほかにご用件")
    call.says("いえ、あ、番号は080-1234-9999にしてください").hears("9 9 9 9").says("はい")
    assert call.message.number == "+818012349999"
