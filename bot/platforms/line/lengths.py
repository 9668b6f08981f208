"""How LINE counts characters, and how a text that is too long is cut so that it still reads.

Texts count in UTF-16 code units, labels in grapheme clusters (developers.line.biz, "Character
counting in a text").
"""

import unicodedata

_ELLIPSIS = "…"
_JOINER = "\u200d"


def utf16_units(text: str) -> int:
    """The length of a text as LINE counts it: an emoji and some kanji are two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def graphemes(text: str) -> list[str]:
    """What a reader sees as single characters: flags, families and accents stay whole."""
    clusters: list[str] = []
    for character in text:
        if clusters and _belongs_to(clusters[-1], character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _belongs_to(cluster: str, character: str) -> bool:
    if character == _JOINER or cluster.endswith(_JOINER):
        return True
    if unicodedata.category(character) in ("Mn", "Me", "Mc") or _is_skin_tone(character):
        return True
    return _is_flag_half(character) and len(cluster) == 1 and _is_flag_half(cluster)


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def cut_text(text: str, units: int) -> str:
    """The text, or as much of it as fits into `units` UTF-16 units with … at its end."""
    if utf16_units(text) <= units:
        return text
    room = units - utf16_units(_ELLIPSIS)
    kept = ""
    for cluster in graphemes(text):
        if utf16_units(cluster) > room:
            break
        room -= utf16_units(cluster)
        kept += cluster
    return kept.rstrip() + _ELLIPSIS


def cut_label(text: str, clusters: int) -> str:
    """A label of at most `clusters` visible characters, … for what is left out."""
    seen = graphemes(text)
    return text if len(seen) <= clusters else "".join(seen[: clusters - 1]) + _ELLIPSIS
