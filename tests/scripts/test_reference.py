from pathlib import Path

from bot.scripts import CATALOGUE
from bot.scripts.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "scripts.md"


def test_every_sentence_is_on_the_page() -> None:
    page = reference()
    assert all(page.count(f"### `{name}`\n") == 1 for name in CATALOGUE)


def test_the_page_is_in_step_with_the_catalogue() -> None:
    assert PAGE.read_text("utf-8") == reference(), "python -m bot.scripts.reference > docs/scripts.md"
