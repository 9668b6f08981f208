"""Whole calls, as they are heard: the course of a call, and how each kind of answer leads on."""

from datetime import date

import pytest

from bot.language.model import Basis, Kind
from bot.office.model import Plan
from bot.reception.events import MailDisclosed, PromisedCallback
from tests.support.reception import (
    EVENING,
    OFFICE,
    SUNDAY,
    TRIP,
    TUESDAY,
    WITHHELD,
    Call,
    CallFacts,
    busy,
    on_trip,
)


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


@pytest.mark.parametrize("noise", ["ピーピーピー", "ピーヒョロロ", "ザー", "beep beep", "ピー、ガー。", "♪"])
def test_a_fax_is_nobody_speaking(noise: str) -> None:
    call = Call().says(noise).hears("届いていない").is_listened_to().hangs_up()
    assert not call.message.spoke


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


def test_message_in_one_breath() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんに見積もりを至急送っていただけるようお伝えください")
    call.hears("おかけになっている番号").says("はい").hears("課長の栗本に申し伝えます").says(
        "以上です"
    ).ends()


def test_correction_in_the_answer_itself() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("090-1234-5678です").says("いえ、090-1234-5679です").hears("5 6 7 9")
    call.says("はい、そうです")
    assert call.message.number == "+819012345679"


def test_caller_who_needs_no_number() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("番号はご存じだと思います").hears("申し伝えます")
    assert call.message.number is None


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


def test_urgent_caller_reaches_who_allows_it() -> None:
    presences = {"saito": busy(Kind.MEETING, TUESDAY.replace(hour=12, minute=0))}
    call = (
        Call(presences=presences).says("アクメ商事の中村です。斎藤さんお願いします").hears("会議中", "12時")
    )
    call.says("急ぎなのですが").holds_for("saito", urgent=True)
    call = Call(presences=presences).says("アクメ商事の中村です。至急斎藤さんをお願いします")
    call.hears("お急ぎとのこと").holds_for("saito", urgent=True)


def test_closed_office_takes_messages() -> None:
    call = Call(at=EVENING).hears("営業時間外", "9時から18時", "ご伝言")
    call.says("アクメ商事の中村です。小野さんに折り返しお願いします").hears("おかけになっている番号")
    call.says("はい").hears("小野より折り返し").says("失礼します").ends()


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


def test_more_wishes_after_all_is_settled() -> None:
    call = on_trip().says("アクメ商事の中村です。栗本さんお願いします").says("はいお願いします").says("はい")
    call.hears("ほかにご用件").says("メールアドレスも教えてください").hears("クリモト").says(
        "はい、書けました"
    )
    call.is_listened_to().says("ありがとうございました失礼します").ends()
    assert len([effect for effect in call.effects if isinstance(effect, PromisedCallback)]) == 1


def test_wrong_number() -> None:
    Call().says("すみません間違えました").hears("お気になさらない").ends()


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


def test_whatever_is_said_in_passing_is_not_repeated() -> None:
    call = (
        on_trip().says("アクメの中村です栗本さんお願いします").says("英語でお願いします").hears("Certainly")
    )
    call.says("日本語でお願いします").hears("日本語でご案内", "出張").hears_nothing_of("英語で")


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


def test_a_plan_without_call_backs_never_hints_at_them() -> None:
    office = OFFICE.model_copy(update={"plan": Plan.MESSAGE})
    call = on_trip(office=office).says("アオイの沖です、栗本さんお願いします")
    for words in ("何時に戻りますか", "では明日はいますか", "いつならいますか"):
        call.says(words).hears_nothing_of("折り返し", "メール").is_listened_to()


def test_certainly_is_said_once() -> None:
    call = Call().says("アオイの沖です、小野さんお願いします").staff_answers("expired")
    call.says("急ぎなんですが").says("困ったなあ").says("困ったなあ")
    assert "".join(call.turn.say).count("かしこまりました") <= 1


def test_a_call_back_that_is_not_wanted_after_all() -> None:
    call = on_trip().says("江川です栗本さんを").says("折り返しください").says("はい").hears("ほかにご用件")
    call.says("やっぱり折り返しは結構です").hears("お電話をいただきましたことを").says("失礼します").ends()
    call.hears_nothing_of("折り返し")
    assert call.message.promise is None
    assert not call.message.callback_wanted


def test_a_sentence_in_pieces_is_waited_for() -> None:
    call = on_trip().says("サンコー商会の").hears("はい、どうぞ").says("原口と申しますが").says("営業の")
    call.hears("はい、どうぞ").says("栗本さんは").hears("栗本は本日出張")
    assert (call.message.company, call.message.name) == ("サンコー商会", "原口")


def test_a_caller_who_gives_up_is_let_go() -> None:
    Call().says("五十嵐さんお願いします").hears("見当たりません").says("じゃあいいです").ends()


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
