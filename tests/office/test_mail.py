"""Addresses read back on the telephone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.mail import heard_mail, same_mail

KURIMOTO = "kurimoto@smilecorp.com"


@pytest.mark.parametrize(
    "said",
    [
        "ローマ字で kurimoto アット スマイルコープ ドットコムですね",
        "kurimoto@smilecorp.com",
        "Kurimoto@SmileCorp.com ですか",
        "クリモト、アットマーク、スマイルコープ、ドット、コムでよろしいでしょうか",
        "kurimoto アットマーク smilecorp ドットコムですね",
        "栗本アットスマイルコープドットコム",
        "くりもと あっとまーく すまいるこーぷ どっと こむ",
        "ケー ユー アール アイ エム オー ティー オー アット スマイルコープ ドットコム",
        "k u r i m o t o アットマーク スマイルコープ ドット コム ですね",
        "メールアドレスは kurimoto アットマーク smilecorp.com ですね",
    ],
)
def test_the_right_address(said: str) -> None:
    assert same_mail(said, KURIMOTO).same
    assert heard_mail(said) == KURIMOTO


@pytest.mark.parametrize(
    ("said", "address", "part"),
    [
        ("クリハラ アット スマイルコープ ドットコム", KURIMOTO, "local"),
        ("kurimoto アット スマイルコープ ドット ネット", KURIMOTO, "domain"),
        ("はい、kurimoto@smilecorp.co.jpですね", KURIMOTO, "domain"),
        (
            "タナカ アット アオゾラデザイン ドット シーオー ドット ジェーピー",
            "tanaka@aozora-trading.co.jp",
            "domain",
        ),
        ("sato2@smilecorp.com", "sato@smilecorp.com", "local"),
        ("サトウ ドット ハナコ アット エービーシー ドット コム", "hanako.sato@abc.com", "local"),
    ],
)
def test_a_wrong_part_is_named(said: str, address: str, part: str) -> None:
    match = same_mail(said, address)
    assert (match.same, match.different_part) == (False, part)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (
            "タナカ アット アオゾラトレーディング ドット シーオー ドット ジェーピー",
            "tanaka@aozora-trading.co.jp",
        ),
        ("サトウ ドット ハナコ アット エービーシー ドット コムですね", "sato.hanako@abc.com"),
        ("satou アット エービーシー ドット コム", "sato@abc.com"),
        ("info アットマーク ミドリ デザイン ドット ジェイピー", "info@midori-design.jp"),
    ],
)
def test_what_the_ear_cannot_tell_apart_is_the_same(said: str, address: str) -> None:
    assert same_mail(said, address).same


@pytest.mark.parametrize("said", ["わかりました", "はい", "", "もう一度お願いします"])
def test_no_address_is_not_a_wrong_one(said: str) -> None:
    assert heard_mail(said) is None
    assert not same_mail(said, KURIMOTO).understood


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    heard = heard_mail(text)
    assert heard is None or "@" in heard
    same_mail(text + "@", KURIMOTO)
