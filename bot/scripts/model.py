"""What a named sentence is."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Script:
    """One named sentence that is spoken, in both languages.

    `ja` and `en` are templates (see `bot.scripts.template`). `values` are the names that must be
    given when it is spoken; `{{ organization }}` is there besides, always. `purpose` tells an office
    in Japanese when the sentence is heard: it is the page docs/scripts.md.
    """

    name: str
    ja: str
    en: str
    values: frozenset[str] = frozenset()
    purpose: str = ""


def script(name: str, *values: str, purpose: str, ja: str, en: str) -> Script:
    """A sentence as the catalogue writes it down: name, values, purpose, then the words."""
    return Script(name=name, ja=ja, en=en, values=frozenset(values), purpose=purpose)
