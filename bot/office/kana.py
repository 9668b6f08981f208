"""The sound of Japanese written in kana or Latin letters: equal sounds, near sounds.

A *sound* is hiragana in which every spelling of the same sound is one: long vowels are `ー`, ぢ is
じ, づ is ず, を is お. さとう and サトー are both さとー; おの and おおの stay apart.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_HEPBURN = {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "っ": "", "ー": "",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゔ": "vu",
}  # fmt: skip
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}

_LATIN = {
    kana: row + vowel for row, kanas in _ROWS.items() for kana, vowel in zip(kanas, "aiueo", strict=True)
}
_LATIN |= _HEPBURN

_SAME = str.maketrans(
    {"ぢ": "じ", "づ": "ず", "を": "お", "ゐ": "い", "ゑ": "え", "ゔ": "ぶ", "゛": None, "゜": None}
)

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_NO_LETTER = re.compile(r"[^a-z]")
_NO_KANA = re.compile(r"[^ぁ-ゖー]")

# Vowels that lengthen the one before: お段 + う and お, え段 + い and え, and each vowel itself.
_LENGTHENS = {"a": "あ", "i": "い", "u": "う", "e": "えい", "o": "おう"}

_ROMANISATIONS = tuple(
    (re.compile(wrong), right)
    for wrong, right in (
        (r"(?<![sc])h(?=[^aiueoy]|$)", ""), (r"ou|oo", "o"), (r"uu", "u"), (r"ei(?=[^aiueo]|$)", "e"),
        (r"aa", "a"), (r"ii", "i"), (r"ee", "e"), (r"m(?=[bp])", "n"), (r"sy", "sh"),
        (r"si", "shi"), (r"ti", "chi"),
        (r"ty|cy", "ch"), (r"(?<!t)tu", "tsu"), (r"(?<![sc])hu", "fu"), (r"zi|di", "ji"), (r"zy|jy", "j"),
        (r"du", "zu"), (r"l", "r"),
    )
)  # fmt: skip
"""Every usual way to romanise Japanese, as one of them."""

# Consonants that the telephone and the recogniser mix up.
_ALIKE_PAIRS = "k/g s/z sh/j sh/s t/d ts/z h/b h/p b/p m/n r/d n/r m/b ch/j t/k t/p k/p h/k ch/sh f/h ky/gy"
_ALIKE = {frozenset(pair.split("/")) for pair in _ALIKE_PAIRS.split()}
_ALIKE_VOWELS = {frozenset("ie"), frozenset("ou")}
_GAP = {"ー": 0.35, "っ": 0.4, "ん": 0.5}
_GAP_VOWEL = 0.7  # あいうえお come and go more easily than a mora with a consonant


def to_hiragana(text: str) -> str:
    """Katakana, full or half width, as hiragana; everything else as NFKC has it."""
    return unicodedata.normalize("NFKC", text).translate(_HIRAGANA)


def is_kana(text: str) -> bool:
    """Whether a text is kana throughout (and not empty)."""
    return _KANA.fullmatch(text) is not None


@lru_cache(maxsize=16_384)
def sound(kana: str) -> str:
    """The sound of a word in kana; what is not kana is left out."""
    return sound_after("", _NO_KANA.sub("", to_hiragana(kana).translate(_SAME)))


@lru_cache(maxsize=16_384)
def sound_after(last: str, kana: str) -> str:
    """The sound of `kana`, in hiragana, behind a sound that ends with `last` (empty: at the start).

    `sound(a + b)` is `sound(a)` and then `sound_after(sound(a)[-1:], b)`: words are composed piece by piece.
    """
    said = ""
    for char in kana.translate(_SAME):
        vowel = _vowel(last) if last and last not in "ーんっ" else ""
        last = "ー" if vowel and char in _LENGTHENS[vowel] else char
        said += last
    return said


@lru_cache(maxsize=16_384)
def morae(said: str) -> tuple[str, ...]:
    """`くりもと` → く り も と; きょ is one."""
    return tuple(re.findall(r"[^ゃゅょぁぃぅぇぉ][ゃゅょぁぃぅぇぉ]?", said))


@lru_cache(maxsize=2_048)
def latin(mora: str) -> str:
    """Hepburn for one mora: `し` shi, `しょ` sho."""
    first = _LATIN.get(mora[0], "")
    if len(mora) == 1:
        return first
    stem, vowel = first[:-1], _SMALL.get(mora[1], "")
    if mora[1] in "ゃゅょ" and stem not in ("sh", "ch", "j"):
        stem += "y"
    return stem + vowel


def romanized(kana: str) -> str:
    """Hepburn as typed, long vowels spelt out: `さとう` → satou, `はっとり` → hattori."""
    flat = _NO_KANA.sub("", to_hiragana(kana).translate(_SAME))
    parts = [(mora, latin(mora)) for mora in morae(flat)]
    written = ""
    for (mora, letters), (_, following) in pairwise([*parts, ("", "")]):
        written += following[:1].replace("c", "t") if mora == "っ" else letters
    return written


def plain_latin(text: str) -> str:
    """One spelling for all romanisations of a name: satoh, satou, Sato → sato; Simizu → shimizu."""
    flat = _NO_LETTER.sub("", unicodedata.normalize("NFKD", text).lower())
    for wrong, right in _ROMANISATIONS:
        flat = wrong.sub(right, flat)
    return flat


@lru_cache(maxsize=16_384)
def latin_sound(said: str) -> str:
    """The one romanisation of a sound: さとー → sato."""
    return plain_latin(romanized(said))


def distance(one: str, other: str) -> float:
    """How far apart two sounds are, 0 to 1 for the longer one's length; weighed by likeness."""
    a, b = morae(one), morae(other)
    if not a or not b:
        return 1.0
    row = [0.0]
    for mora in b:
        row.append(row[-1] + _gap(mora))
    for first in a:
        above, row = row, [row[0] + _gap(first)]
        for n, second in enumerate(b):
            row.append(
                min(above[n] + _swap(first, second), above[n + 1] + _gap(first), row[n] + _gap(second))
            )
    return min(1.0, row[-1] / max(len(a), len(b)))


def _gap(mora: str) -> float:
    return _GAP.get(mora, _GAP_VOWEL if mora in "あいうえお" else 1.0)


@lru_cache(maxsize=16_384)
def _swap(first: str, second: str) -> float:
    if first == second:
        return 0.0
    a, b = latin(first), latin(second)
    if not a or not b or "ん" in (first, second):
        return 1.0
    if a[-1] == b[-1]:
        return 0.4 if frozenset((a[:-1], b[:-1])) in _ALIKE else 0.7
    if a[:-1] == b[:-1]:
        return 0.5 if frozenset((a[-1], b[-1])) in _ALIKE_VOWELS else 0.7
    return 1.0


def _vowel(kana: str) -> str:
    return _SMALL.get(kana) or _LATIN.get(kana, "")[-1:]
