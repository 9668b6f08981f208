"""Whole calls in which a number or an address is told, repeated and corrected."""

from bot.reception.events import PromisedCallback, SendSms
from tests.support.reception import (
    LANDLINE,
    TRIP,
    WITHHELD,
    Call,
    on_trip,
)


def test_declined_goes_on_to_the_number() -> None:
    call = Call().says("アクメ商事の中村です。小野さんをお願いします").holds_for("ono")
    call.staff_answers("declined", "ono").hears("手が離せない", "0 9 0")
    call.says("はい、そちらで").hears("小野より折り返し", "ほかにご用件")
    call.is_silent().hears("ありがとうございました").ends()
    assert call.message.number == "+819012345678"
    assert call.message.number_verified


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


def test_number_said_in_the_opening_is_read_back_not_asked() -> None:
    call = on_trip(caller=WITHHELD).says(
        "アクメ商事の中村です。栗本さんに折り返しいただきたいんですが番号は03-1234-5678です"
    )
    call.hears("0 3、1 2 3 4").says("はい").hears("申し伝えます")


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


def test_number_is_mended_by_its_last_digits() -> None:
    call = on_trip(caller=WITHHELD).says("アクメ商事の中村です。栗本さんに折り返しお願いしたいんですが")
    call.says("090-1234-5678です").says("下4桁が5679です").hears("1 2 3 4、5 6 7 9")
    call.says("5679じゃなくて6679です").hears("6 6 7 9").says("はい")
    assert call.message.number == "+819012346679"


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


def test_an_address_is_compared_in_pieces() -> None:
    call = on_trip().says("アクメの中村です。栗本さんのメールアドレスを教えてください")
    call.says("えっと、K U R I M O T O ですか").hears("さようでございます").is_listened_to()
    call.says("そのあとは?").hears("アットマーク").says("アットマーク、スマイルコープ、ドットコム")
    call.hears("さようでございます", "おかけになっている番号")
    call = on_trip().says("アクメの中村です。栗本さんのメールアドレスを教えてください")
    call.says("真ん中はMですかNですか").hears("マイクのエム")


def test_another_number_from_the_first_word() -> None:
    call = on_trip().says("アクメの中村です。栗本さんお願いします")
    call.says("折り返しを、この番号じゃなくて会社の方に").hears("お電話番号をお話し")
    call.says("ゼロさん、ごーごーごーごー、いちにーさんよん").hears("0 3、5 5 5 5").says("そうそう")
    assert call.message.number == "+81355551234"


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


def test_another_number_as_the_last_word() -> None:
    call = on_trip().says("原口です、栗本さんに折り返しをお願いします").says("はい").hears("ほかにご用件")
    call.says("いえ、あ、番号は080-1234-9999にしてください").hears("9 9 9 9").says("はい")
    assert call.message.number == "+818012349999"
