"""Words looked for by their first letters."""

import pytest

from bot.language.lexicon import Longest
from bot.language.patterns import sought


def test_what_is_sought_is_found_anywhere() -> None:
    pattern = sought("どこ [をは]お願い (?:来て|行って)ます (?<!予定)でした")
    assert [
        bool(pattern.search(text)) for text in ("今どこ", "それをお願い", "もう行ってます", "休みでした")
    ] == [True] * 4
    assert not pattern.search("予定でした")


@pytest.mark.parametrize("entry", ["お?休み", "\\s休", "(休)"])
def test_what_has_no_first_letter_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="no first letter"):
        sought(f"どこ {entry}")


def test_the_longest_word_is_found() -> None:
    words = Longest(["会議", "会議中", "朝", "back", "back from"])
    assert words.at("会議中です", 0) == "会議中"
    assert words.at("朝会議", 0) == "朝"
    assert words.at("back from lunch", 0) == "back from"
    assert words.at("feedback", 4) is None
    assert words.at("会", 0) is None
