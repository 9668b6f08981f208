"""Regular expressions written as lists of words."""

import re

_LOOKBEHIND = re.compile(r"\(\?<[!=][^)]*\)")
_OPENING = re.compile(
    r"\(\?:(?P<group>[^()\[]+)\)|\[(?P<letters>[^\]^]+)\]|(?P<letter>[^\\()\[.?*+$^])(?![?*])"
)


def either(block: str) -> str:
    """A group of the alternatives in `block`, which are regular expressions set apart by blanks."""
    return f"(?:{'|'.join(block.split())})"


def sought(block: str) -> re.Pattern[str]:
    """The same, compiled to be searched for: where none of their first letters stands, none is tried.

    Raises:
        ValueError: an alternative does not begin with a letter, a set or a group of words.
    """
    first = "".join(sorted({letter for entry in block.split() for letter in _first_letters(entry)}))
    return re.compile(f"(?=[{re.escape(first)}]){either(block)}")


def _first_letters(entry: str) -> str:
    opening = _OPENING.match(_LOOKBEHIND.sub("", entry))
    if opening is None:
        raise ValueError(f"no first letter: {entry}")
    if opening["group"]:
        return "".join(word[0] for word in opening["group"].split("|"))
    return opening["letters"] or opening["letter"]
