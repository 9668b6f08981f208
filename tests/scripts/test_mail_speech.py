import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scripts.speech import spoken_mail


@pytest.mark.parametrize(
    ("address", "heard"),
    [
        ("kurimoto@smilecorp.com", "クリモト、アットマーク、スマイルコープ、ドット、コム"),
        ("Kurimoto@SmileCorp.com", "クリモト、アットマーク、スマイルコープ、ドット、コム"),
        ("sato@yamada.co.jp", "サト、アットマーク、ヤマダ、ドット、シーオー、ドット、ジェーピー"),
        (
            "k.suzuki-2@green-tech.ne.jp",
            (
                "ケー、ドット、スズキ、ハイフン、数字のニ、アットマーク、グリーン、ハイフン、テック、"
                "ドット、エヌイー、ドット、ジェーピー"
            ),
        ),
        (
            "info_sales@nttdata.jp",
            "インフォ、アンダーバー、セールス、アットマーク、エヌ、ティー、ティー、データ、ドット、ジェーピー",
        ),
        (
            "sinji@abc.org",
            "エス、アイ、エヌ、ジェー、アイ、アットマーク、エー、ビー、シー、ドット、オーアールジー",
        ),
        ("namba@hana.tokyo", "エヌ、エー、エム、ビー、エー、アットマーク、ハナ、ドット、トーキョー"),
        (
            "a@mail.yamada.co.jp",
            "エー、アットマーク、メール、ドット、ヤマダ、ドット、シーオー、ドット、ジェーピー",
        ),
        ("a@b.museum", "エー、アットマーク、ビー、ドット、エム、ユー、エス、イー、ユー、エム"),
        ("kurimoto", "クリモト"),
        ("ksuzuki@time.io", "ケー、スズキ、アットマーク、タイム、ドット、アイオー"),
        ("egawa@gmail.com", "エガワ、アットマーク、ジーメール、ドット、コム"),
        ("", ""),
    ],
)
def test_an_address_as_it_is_heard(address: str, heard: str) -> None:
    assert spoken_mail(address) == heard


def test_letter_by_letter_tells_m_from_n_and_b_from_d() -> None:
    assert spoken_mail("mn.bd@smile.com", letters=True) == (
        "エム、マイクのエム、エヌ、ノベンバーのエヌ、ドット、ビー、ブラジルのビー、ディー、デンマークのディー、"
        "アットマーク、エス、スペインのエス、エム、マイクのエム、アイ、エル、イー、イギリスのイー、ドット、コム"
    )
    assert spoken_mail("oku@a.co.jp", letters=True) == (
        "オー、ケー、ユー、アットマーク、エー、ドット、シーオー、ドット、ジェーピー"
    )


def test_in_english() -> None:
    assert spoken_mail("kurimoto@smilecorp.co.jp", language="en") == (
        "kurimoto, at, smilecorp, dot, C O, dot, J P"
    )
    assert spoken_mail("mo-1@x.io", letters=True, language="en") == (
        "M as in Mike, O, hyphen, one, at, X, dot, I O"
    )


ADDRESSES = st.from_regex(r"[a-z0-9._+-]{1,20}@[a-z0-9-]{1,15}(\.[a-z]{2,6}){1,2}", fullmatch=True)


@given(ADDRESSES, st.booleans())
def test_nothing_is_left_unspoken(address: str, letters: bool) -> None:
    heard = spoken_mail(address, letters=letters)
    assert not any(character.isascii() for character in heard)
    assert heard.count("アットマーク") == 1
    assert heard.count("ドット") == address.count(".")
    assert heard.count("数字の") == sum(character.isdigit() for character in address)


@given(st.text(max_size=40))
def test_anything_can_be_read(text: str) -> None:
    assert isinstance(spoken_mail(text, letters=True), str)
    assert isinstance(spoken_mail(text, language="en"), str)
