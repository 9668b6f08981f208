"""Mail addresses on the telephone: what a caller reads back, and whether it is the right one."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from bot.office.kana import is_kana, plain_latin, romanized, to_hiragana
from bot.office.readings import usual_sounds

Part = Literal["local", "domain"]

# How people name the signs of an address.
_SIGNS = (
    ("@", "あっとまーく|あっと|あとまーく|@"),
    (".", "どっと|どと|ぽいんと|ぴりおど|てん(?![a-zぁ-ん]*さん)"),
    ("-", "はいふん|まいなす|よこぼう|ばー(?!じ)"),
    ("_", "あんだーばー|あんだーすこあ|あんだばー|したせん"),
    ("+", "ぷらす"),
)
# Words of domains that are not romanised kana.
_DOMAIN_WORDS = {
    "こむ": "com", "ねっと": "net", "おーぐ": "org", "おるぐ": "org", "じぇいぴー": "jp",
    "じぇーぴー": "jp", "しーおー": "co", "こーぽれーしょん": "corporation", "こーぽ": "corpo",
    "こーぷ": "corp", "しーおーじぇいぴー": "co.jp", "あい": "i", "じーめーる": "gmail",
    "やふー": "yahoo", "あうとるっく": "outlook", "ほっとめーる": "hotmail", "あいくらうど": "icloud",
    "どこも": "docomo", "そふとばんく": "softbank", "えーゆー": "au", "いんふぉ": "info",
    "おふぃす": "office", "すまいる": "smile", "ぐるーぷ": "group", "めーる": "mail", "ほーむ": "home",
    "でざいん": "design", "しすてむ": "system", "しすてむず": "systems", "てっく": "tech", "らぼ": "lab",
    "とれーど": "trade", "さーびす": "service", "じゃぱん": "japan", "わーくす": "works",
}  # fmt: skip
_LETTERS = {
    "えー": "a", "えい": "a", "びー": "b", "しー": "c", "でぃー": "d", "でー": "d", "いー": "e",
    "えふ": "f", "じー": "g", "えいち": "h", "えっち": "h", "あい": "i", "じぇー": "j", "じぇい": "j",
    "けー": "k", "けい": "k", "える": "l", "えむ": "m", "えぬ": "n", "おー": "o", "ぴー": "p",
    "きゅー": "q", "あーる": "r", "えす": "s", "てぃー": "t", "てー": "t", "ゆー": "u", "ぶい": "v",
    "だぶりゅー": "w", "だぶる": "w", "えっくす": "x", "わい": "y", "ぜっと": "z", "ずぃー": "z",
    "ぜろ": "0", "いち": "1", "に": "2", "さん": "3", "よん": "4", "ご": "5", "ろく": "6", "なな": "7",
    "はち": "8", "きゅう": "9",
}  # fmt: skip
_DOMAIN = _LETTERS | _DOMAIN_WORDS
_SHORTEST_BY_SOUND = 4  # letters: jp, com and co are told apart
_FEWEST_LETTERS = 3  # fewer are a word
_SOUNDS_ALIKE = 72  # of 100

_BEFORE = re.compile(
    r"^.*?(?:ろーま字で|ろーまじで|英字で|えいじで|小文字で|こもじで|全部|めーるあどれすは|あどれすは|めーるは|宛先は)[、\s]*"
)
_AFTER = re.compile(
    r"[、。\s]*(?:(?:です|でしょう|で(?:よろしい|宜しい|いい|間違い|合って|お願い|ござい)|になります|と?いうこと|よろしい).*"
    r"|ね|か)[。、?!\s]*$"
)
_FILLERS = re.compile(r"(?:えーと|えっと|あのー|はい|もしもし|すみません)[、\s]*")


@dataclass(frozen=True, slots=True)
class Match:
    """How a read-back address compares: `same`, or which part is not."""

    same: bool
    different_part: Part | None = None
    understood: bool = True


def heard_mail(text: str) -> str | None:
    """The address in what a caller said or typed, in lower case; None where none can be made out.

    Kana is romanised, the names of signs and letters are taken for them. What is missing around the
    @ is missing in the answer too (`@smilecorp.com`).
    """
    parts = _parts(text)
    if parts is None:
        return None
    local, labels = parts
    return f"{_local(local)}@{'.'.join(_written(label, _DOMAIN) for label in labels)}"


def same_mail(said: str, address: str) -> Match:
    """Compare what a caller read back with the address; a domain that was not said is taken as right.

    What the telephone can't tell apart makes no difference: the signs . - _ left out by the
    recogniser, the spelling of long vowels, and in kana the spelling of an English word.
    """
    parts = _parts(said)
    if parts is None:
        return Match(same=False, understood=False)
    local, labels = parts
    true_local, _, true_domain = address.lower().partition("@")
    if local and not _alike(_local(local), true_local):
        return Match(same=False, different_part="local")
    heard = ".".join(_written(label, _DOMAIN) for label in labels)
    if heard and not _alike(heard, true_domain) and not _sounds_alike(labels, true_domain.split(".")):
        return Match(same=False, different_part="domain")
    return Match(same=True)


def spelt_local(said: str) -> str | None:
    """What stands before the @ where nothing else was said, letter by letter: `K U R I`, ケー、ユー.

    None where it is something else.
    """
    flat = _FILLERS.sub("", to_hiragana(unicodedata.normalize("NFKC", said)).lower())
    words = re.split(r"[\s、。・,-]+", _AFTER.sub("", _BEFORE.sub("", flat)).strip())
    if len(words) > 1 and any(len(word) > 1 and word.isascii() for word in words):
        return None  # words, not letters
    spelled = _spelled("".join(words), _LETTERS)
    return spelled if spelled and len(spelled) >= _FEWEST_LETTERS else None


def same_local(spelled: str, address: str) -> bool:
    """Whether letters are the part of `address` before the @."""
    return _alike(spelled, address.lower().partition("@")[0])


def _parts(text: str) -> tuple[str, list[str]] | None:
    """What was said before the @, and the words between the dots after it."""
    flat = _FILLERS.sub("", to_hiragana(unicodedata.normalize("NFKC", text)).lower())
    if typed := re.search(r"([a-z0-9._+-]+)@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", flat):
        return typed[1], typed[2].split(".")
    for sign, spoken in _SIGNS:
        flat = re.sub(rf"[\s、]*(?:{spoken})[\s、]*", sign, flat)
    if "@" not in flat:
        return None
    local, _, domain = _AFTER.sub("", _BEFORE.sub("", flat)).partition("@")
    return (local, domain.split(".")) if local or domain else None


def _local(said: str) -> str:
    return "".join(_written(word, _LETTERS) for word in re.split(r"([._+-])", _last_word(said)))


def _alike(said: str, true: str) -> bool:
    """Whether two parts are the same but for signs and the spelling of long vowels."""
    bare, due = (re.sub(r"[^a-z0-9]", "", part) for part in (said, true))
    if bare == due:
        return True
    same_figures = re.sub(r"\D", "", bare) == re.sub(r"\D", "", due)
    return same_figures and bool(plain_latin(bare)) and plain_latin(bare) == plain_latin(due)


def _sounds_alike(said: list[str], true: list[str]) -> bool:
    """Whether words heard in kana may be those of the domain: あおぞらとれーでぃんぐ, aozora-trading."""
    if len(said) != len(true):
        return False
    for heard, due in zip(said, true, strict=True):
        if _alike(_written(heard, _DOMAIN), due):
            continue
        if len(due) < _SHORTEST_BY_SOUND or not is_kana(re.sub(r"[\s、-]", "", heard)):
            return False
        if fuzz.ratio(_skeleton(romanized(heard)), _skeleton(due)) < _SOUNDS_ALIKE:
            return False
    return True


def _skeleton(word: str) -> str:
    """The consonants of an English word or of its kana: trading and toreedingu are both trdng."""
    for written, heard in (
        ("th", "s"), ("ph", "f"), ("ck", "k"), ("sh", "s"), ("ch", "t"), ("ts", "t"), ("x", "ks"), ("q", "k"),
    ):  # fmt: skip
        word = word.replace(written, heard)
    word = re.sub(r"c(?=[eiy])", "s", word).translate(str.maketrans("clvzhj", "krbsfs"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^bdfgkmnprst0-9]", "", word))


def _last_word(local: str) -> str:
    """The address's own part of 「くりもとさんのアドレスは kurimoto」."""
    words = re.split(r"[\s、。]+|(?<=[ぁ-ん一-鿿])(?:は|が|で)(?=[a-z])", local.strip(" 、。"))
    spelt = all(len(word) == 1 or word in _LETTERS for word in words)
    return "".join(words) if spelt or len(words) < 2 else words[-1]


def _written(word: str, words: dict[str, str]) -> str:
    """A part of an address in Latin letters: known words first, then letter names, then romanised kana."""
    written = ""
    rest = re.sub(r"[\s、・]+", "", word)
    whole = words.get(rest)
    if whole:
        return whole
    spelled = _spelled(rest, words)
    if spelled is not None:
        return spelled
    for run in re.findall(r"[ぁ-ゖー]+|[a-z0-9._+-]+|[一-鿿々]+", rest):
        kana = min(usual_sounds(run), default="") if re.match(r"[一-鿿]", run) else run
        written += romanized(kana) if is_kana(kana) else kana
    return written


def _spelled(rest: str, words: dict[str, str]) -> str | None:
    """`えすえむ` → sm, `すまいるこーぷ` → smilecorp; None where it is not all known words."""
    if not rest:
        return ""
    for length in range(len(rest), 0, -1):
        known = words.get(rest[:length]) or (
            rest[:length] if re.fullmatch(r"[a-z0-9._+-]+", rest[:length]) else None
        )
        if known is not None and (tail := _spelled(rest[length:], words)) is not None:
            return known + tail
    return None
