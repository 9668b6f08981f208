"""How Japanese names may be read: a table of surnames, else kanji by kanji.

A recogniser that does not know a name writes some kanji of the same sound (久里本 for 栗本), so a
spelling stands for every sound that it can have.
"""

from functools import cache, lru_cache
from importlib.resources import files

from bot.office.kana import is_kana, sound, sound_after, to_hiragana

_MOST_READINGS = 400

# Old and variant forms of kanji in names, as the form that is compared.
_VARIANTS = str.maketrans(
    "髙﨑澤邊邉廣國嶋嶌櫻濱濵眞瀧淵惠藏條齋齊斉籐栁壷曾槇兒來榮團德齊關鄕與靜禮祐",
    "高崎沢辺辺広国島島桜浜浜真滝渕恵蔵条斎斎斎藤柳壺曽槙児来栄団徳斎関郷与静礼佑",
)

_VOICED = dict(
    zip("かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだぢづでどばびぶべぼ", strict=True)
)


@lru_cache(maxsize=16_384)
def folded(spelling: str) -> str:
    """A spelling with kanji variants and kana alike, without spaces: what is compared as written."""
    return to_hiragana("".join(spelling.split())).translate(_VARIANTS).lower()


@lru_cache(maxsize=8_192)
def usual_sounds(spelling: str) -> frozenset[str]:
    """The sounds that a spelling surely stands for.

    Of a surname in the table the usual one; of kana its own; of any other spelling, which a
    recogniser may have made up, every sound that its kanji can have. Latin letters have none.
    """
    flat = folded(spelling)
    if is_kana(flat):
        return frozenset({sound(flat)})
    known = _surnames().get(flat)
    return frozenset(known[:1]) if known else _composed(flat)


@lru_cache(maxsize=8_192)
def possible_sounds(spelling: str) -> frozenset[str]:
    """The other sounds that a surname of the table can have."""
    flat = folded(spelling)
    known = _surnames().get(flat, ())
    return (_composed(flat) | frozenset(known)) - frozenset(known[:1]) if known else frozenset()


def listed_sounds(spelling: str) -> frozenset[str]:
    """The sounds that the table of surnames gives; those of the kanji where it has none."""
    return frozenset(_surnames().get(folded(spelling), ())) or usual_sounds(spelling)


def is_surname(spelling: str) -> bool:
    """Whether the table of surnames has a spelling, or a surname read like it where it is kana."""
    flat = folded(spelling)
    return flat in _surnames() or flat in _kana_surnames()


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name; a name without a space is cut after the longest surname of the table."""
    surname, _, given = " ".join(name.split()).partition(" ")
    if given or is_kana(folded(surname)):
        return surname, given
    for end in range(min(4, len(surname) - 1), 0, -1):
        if is_surname(surname[:end]):
            return surname[:end], surname[end:]
    return surname, ""


def _composed(flat: str) -> frozenset[str]:
    """The sounds of a spelling by those of its characters; none where a character is unknown."""
    spoken = [""]
    before = ""
    for n, char in enumerate(flat):
        options = _options(char, before, inside=n > 0, last=n == len(flat) - 1)
        before = before if char == "々" else char
        spoken = [begun + sound_after(begun[-1:], option) for begun in spoken for option in options]
        spoken = list(dict.fromkeys(spoken))[:_MOST_READINGS]
    return frozenset(filter(None, spoken))


@lru_cache(maxsize=16_384)
def _options(char: str, before: str, *, inside: bool, last: bool) -> tuple[str, ...]:
    """How one character of a name may be read, in hiragana; `before` is the one that a 々 repeats."""
    if char in "ヶケヵ" or (char == "け" and inside and not last):
        options: tuple[str, ...] = ("が", "け")
    elif char == "々":
        options = _options(before, "", inside=False, last=last) if before else ()
    else:
        options = (char,) if is_kana(char) else _kanji().get(char, ())
    return _joined(options) if inside else options


def _joined(options: tuple[str, ...]) -> tuple[str, ...]:
    """Readings inside a word: かわ may become がわ."""
    voiced = tuple(_VOICED[option[0]] + option[1:] for option in options if option[0] in _VOICED)
    return tuple(dict.fromkeys((*options, *voiced)))


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    """Spelling (folded) → its sounds, the usual one first."""
    found: dict[str, list[str]] = {}
    for kana, spellings in _rows("surnames.txt"):
        for marked in spellings:
            sounds = found.setdefault(folded(marked.removesuffix("*")), [])
            said = sound(kana)
            if said not in sounds:
                sounds.insert(0 if marked.endswith("*") else len(sounds), said)
    return {spelling: tuple(sounds) for spelling, sounds in found.items()}


@cache
def _kana_surnames() -> frozenset[str]:
    return frozenset(kana for kana, _ in _rows("surnames.txt"))


@cache
def _kanji() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kanji, readings in _rows("kanji.txt"):
        key = folded(kanji)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *readings)))
    return found


def _rows(name: str) -> list[tuple[str, list[str]]]:
    text = (files("bot.office") / "words" / name).read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [(words[0], words[1:]) for words in lines]
