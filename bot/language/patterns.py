"""Regular expressions written as lists of words."""

import re

_OPENING = re.compile(
    r"(?P<before>(?:\(\?<[!=][^()]*\))*)"
    r"(?:\(\?:(?P<group>[^()\[]+)\)|\[(?P<letters>[^\]^]+)\]|(?P<letter>[^\\()\[.?*+$^])(?![?*]))"
)
_LOOKBEHIND = re.compile(r"(\(\?<[!=])([^()]*)\)")


def either(block: str) -> str:
    """A group of the alternatives in `block`, which are regular expressions set apart by blanks."""
    return f"(?:{'|'.join(block.split())})"


def sought(block: str, behind: str = "") -> re.Pattern[str]:
    """The same, and `behind` after it, compiled to be searched for.

    The alternatives are sorted by their first letters, so that only those are tried of which one stands.

    Raises:
        ValueError: an alternative does not begin with a letter, a set or a group of words.
    """
    by_letter: dict[str, list[str]] = {}
    for entry in block.split():
        opening = _OPENING.match(entry)
        if opening is None:
            raise ValueError(f"no first letter: {entry}")
        for letter, rest in _beginnings(opening):
            before = _moved_behind(letter, opening["before"])
            by_letter.setdefault(letter, []).append(before + rest + entry[opening.end() :])
    groups = (f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return re.compile(f"(?:{'|'.join(groups)}){behind}")


def _moved_behind(letter: str, lookbehinds: str) -> str:
    """The same lookbehinds as they are behind `letter`."""
    return _LOOKBEHIND.sub(lambda found: f"{found[1]}(?:{found[2]}){re.escape(letter)})", lookbehinds)


def _beginnings(opening: re.Match[str]) -> list[tuple[str, str]]:
    """The first letters of an alternative, each with what follows it up to where the opening ends."""
    if not opening["group"]:
        return [(letter, "") for letter in opening["letters"] or opening["letter"]]
    words: dict[str, list[str]] = {}
    for word in opening["group"].split("|"):
        words.setdefault(word[0], []).append(word[1:])
    return [(letter, f"(?:{'|'.join(rests)})") for letter, rests in words.items()]
