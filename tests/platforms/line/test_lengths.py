import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.line.lengths import cut_label, cut_text, graphemes, utf16_units


@given(st.text())
def test_units_are_those_of_utf16(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    "cluster",
    ["👨‍👩‍👧", "🇯🇵", "👍🏽", "が", "葛󠄀"],
    ids=["family", "flag", "skin tone", "combining", "variant"],
)
def test_what_looks_like_one_character_is_one(cluster: str) -> None:
    assert graphemes(cluster * 2) == [cluster, cluster]


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut_text("あ" * 10, 10) == "あ" * 10


@given(st.text(min_size=1), st.integers(min_value=1, max_value=20))
def test_a_cut_text_fits(text: str, units: int) -> None:
    assert utf16_units(cut_text(text, units)) <= units


def test_a_cut_shows_and_never_halves_an_emoji() -> None:
    assert cut_text("あい👍う", 4) == "あい…"


def test_a_long_label_is_cut_by_what_a_reader_sees() -> None:
    assert cut_label("🇯🇵" * 20, 20) == "🇯🇵" * 20
    assert cut_label("あ" * 21, 20) == "あ" * 19 + "…"
