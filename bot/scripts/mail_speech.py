"""A mail address read aloud so that it can be written down.

A part is read as a word only where the word leads back to the same letters: a known English word
(smile: スマイル) or Hepburn (kurimoto: クリモト). All else is spelled.
"""

import re
from functools import lru_cache

from bot.scripts.mail_words import ENDINGS, LETTERS, SIGNS, TELLING, WORDS
from bot.scripts.model import Language
from bot.scripts.romaji import katakana_of

_SHORTEST_NAME = 3  # letters that may be read as a Japanese name; shorter ones are spelled
_LONGEST_WORD = 20
_WORD, _NAME, _SPELLED = 2, 3, 8  # what a piece costs: few pieces and known words are preferred


def spoken_mail(address: str, letters: bool = False, language: Language = "ja") -> str:
    """The address in pieces with pauses between them.

    `kurimoto@smilecorp.com` → `クリモト、アットマーク、スマイルコープ、ドット、コム`. With `letters`
    each letter is named, those that sound alike with a word (`エム、マイクのエム`); the ending stays.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    name, ending = _split_ending(domain)
    pieces = _pieces(local, letters, language) if local else []
    if domain:
        at_sign = SIGNS["@"]
        pieces += [at_sign.ja if language == "ja" else at_sign.en] if local else []
        pieces += _pieces(name, letters, language)
        pieces += _ending(ending, language)
    return ("、" if language == "ja" else ", ").join(pieces)


def _split_ending(domain: str) -> tuple[str, str]:
    """`a.co.jp` → `a`, `.co.jp`; `a.xyzzy` → `a.xyzzy`, ``."""
    labels = domain.split(".")
    for size in (2, 1):
        ending = ".".join(labels[-size:])
        if len(labels) > size and ending in ENDINGS:
            return ".".join(labels[:-size]), f".{ending}"
    return domain, ""


def _ending(ending: str, language: Language) -> list[str]:
    if not ending:
        return []
    if language == "ja":
        return [piece for word in ENDINGS[ending[1:]] for piece in ("ドット", word)]
    return [piece for word in ending[1:].split(".") for piece in ("dot", _english_ending(word))]


def _english_ending(word: str) -> str:
    return word if len(word) > 2 else " ".join(word.upper())


def _pieces(text: str, letters: bool, language: Language) -> list[str]:
    pieces: list[str] = []
    for part in re.findall(r"[a-z]+|.", text):
        if not (part.isascii() and part.isalpha()):
            sign = SIGNS.get(part)
            pieces.append(part if sign is None else sign.ja if language == "ja" else sign.en)
        elif letters:
            pieces += [_letter(letter, language) for letter in part]
        elif language == "ja":
            pieces += _words(part)
        else:
            pieces.append(part if len(part) >= _SHORTEST_NAME else " ".join(part.upper()))
    return pieces


def _letter(letter: str, language: Language) -> str:
    telling = TELLING.get(letter)
    if language == "en":
        return letter.upper() if telling is None else f"{letter.upper()} as in {telling.en}"
    name = LETTERS[letter]
    return name if telling is None else f"{name}、{telling.ja}の{name}"


def _words(part: str) -> list[str]:
    """The part as one word, as an initial and a word (ケー、スズキ), else spelled but for known words."""
    whole = _cut(part, names=True)
    if all(len(piece) > 1 for piece in whole):
        return ["".join(map(_kana, whole))]
    rest = _cut(part[1:], names=True)
    if part[1:2] not in (*"aeiou", "") and all(len(piece) > 1 for piece in rest):
        return [LETTERS[part[0]], "".join(map(_kana, rest))]
    return [_kana(piece) for piece in _cut(part, names=False)]


def _kana(piece: str) -> str:
    return LETTERS.get(piece) or WORDS.get(piece) or _name(piece) or piece


def _name(piece: str) -> str | None:
    return katakana_of(piece) if len(piece) >= _SHORTEST_NAME else None


@lru_cache(maxsize=4096)
def _cut(part: str, *, names: bool) -> tuple[str, ...]:
    """The letters cut into known words, with `names` also what reads as a name, else single letters."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(part) + 1):
        choices = [(best[end - 1][0] + _SPELLED, (*best[end - 1][1], part[end - 1]))]
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            piece = part[start:end]
            if piece in WORDS or (names and _name(piece)):
                price = _WORD if piece in WORDS else _NAME
                choices.append((best[start][0] + price, (*best[start][1], piece)))
        best.append(min(choices))
    return best[-1][1]
