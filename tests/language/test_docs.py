"""The page for staff says what is so."""

import re
from pathlib import Path

import pytest

from bot.language import parse
from tests.support.readings import at

PAGE = (Path(__file__).parents[2] / "docs" / "status-language.md").read_text("utf-8")
EARLY = at("2026-11-24 08:30")  # when every example still lies ahead
ROWS = re.findall(r"^\| [^`|]+ `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    ("kind", "example"), [(kind, example) for kind, row in ROWS for example in row.split("、")]
)
def test_each_example_of_a_kind_is_of_that_kind(kind: str, example: str) -> None:
    [entry] = parse(example, EARLY, "command").entries
    assert entry.kind == kind


def test_the_page_names_every_kind() -> None:
    assert len(ROWS) == 10
