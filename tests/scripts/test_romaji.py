import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scripts.romaji import katakana_of, romaji_of


@pytest.mark.parametrize(
    ("letters", "kana"),
    [
        ("kurimoto", "クリモト"),
        ("sato", "サト"),
        ("shinjuku", "シンジュク"),
        ("hattori", "ハットリ"),
        ("kenichi", "ケニチ"),
        ("honda", "ホンダ"),
        ("ryo", "リョ"),
        ("tsuchiya", "ツチヤ"),
        ("sannomiya", "サンノミヤ"),
        ("eguchi", "エグチ"),
    ],
)
def test_hepburn_is_read(letters: str, kana: str) -> None:
    assert katakana_of(letters) == kana


@pytest.mark.parametrize(
    "letters", ["sinji", "namba", "smith", "tuchiya", "kuro5", "lisa", "x", "kk", "hatt"]
)
def test_what_would_be_written_otherwise_is_not(letters: str) -> None:
    assert katakana_of(letters) is None


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("くりもと", "kurimoto"),
        ("おおの", "ono"),
        ("コウノ", "kono"),
        ("ゆうすけ", "yusuke"),
        ("いっちょう", "itcho"),
        ("いのうえ", "inoue"),
        ("まつうら", "matsuura"),
        ("スマイル", "sumairu"),
        ("コーポ", "kopo"),
        ("おおいし", "oishi"),
        ("よこお", "yokoo"),
        ("きゅうま", "kyuma"),
        ("づつみ", "zutsumi"),
        ("ソフトウェア", "sofutowea"),
        ("ティファニー", "tifani"),
        ("フォーラム", "foramu"),
    ],
)
def test_names_in_letters(kana: str, letters: str) -> None:
    assert romaji_of(kana) == letters


def test_only_kana_have_letters() -> None:
    assert romaji_of("栗本") is None
    assert romaji_of("kuri") is None


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_word_that_is_read_leads_back_to_its_letters(letters: str) -> None:
    kana = katakana_of(letters)
    if kana is not None and not any(long in letters for long in ("ou", "oo", "uu", "cch")):
        assert romaji_of(kana) == letters
