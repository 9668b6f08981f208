"""Departments and titles as callers say them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.office.kana import is_kana, romanized, to_hiragana
from bot.office.readings import folded, usual_sounds

_TITLES = """
    代表取締役社長 代表取締役 取締役 副社長 社長 会長 専務 常務 執行役員 代表 顧問 相談役 監査役
    本部長 副本部長 事業部長 副部長 部長代理 部長 次長 課長代理 課長補佐 課長 係長 主任 主査 主事 班長
    室長 所長 副所長 支社長 支店長 副支店長 店長 工場長 センター長 チーム長 グループ長 局長
    院長 園長 校長 理事長 理事 事務長 秘書 リーダー マネージャー マネジャー ディレクター
"""

TITLES = tuple(_TITLES.split())
TITLE_PATTERN = "|".join(sorted(map(re.escape, TITLES), key=len, reverse=True))

_REPRESENTATIVE = "代表取締役"  # said of a 代表取締役社長, who is also called 社長

_SUFFIX = re.compile(
    r"(事業本部|事業部門|事業部|本部|部門|部署|部|課|係|室|科|局|ぐるーぷ|ちーむ|せんたー|担当|団)$"
)

# Departments that a recogniser may leave in kana, and short forms; kana as hiragana.
_SPOKEN = {
    "情しす": "情報しすてむ", "かすさぽ": "かすたまーさぽーと",
    "えいぎょう": "営業", "そうむ": "総務", "けいり": "経理", "じんじ": "人事",
    "かいはつ": "開発", "ぎじゅつ": "技術", "きかく": "企画", "こうほう": "広報",
    "ほうむ": "法務", "せいぞう": "製造", "ひんしつかんり": "品質管理", "こうばい": "購買",
    "ぶつりゅう": "物流", "ざいむ": "財務", "かんり": "管理", "こうじ": "工事",
    "せっけい": "設計", "ひしょ": "秘書", "せんでん": "宣伝", "はんばい": "販売",
    "しざい": "資材", "ほしゅ": "保守", "じょうほうしすてむ": "情報しすてむ",
}  # fmt: skip


_ENGLISH = {
    "sales": "営業", "accounting": "経理", "accounts": "経理", "finance": "財務", "human resources": "人事",
    "hr": "人事", "personnel": "人事", "general affairs": "総務", "administration": "総務",
    "purchasing": "購買", "procurement": "購買", "engineering": "技術", "technical": "技術",
    "technology": "技術", "development": "開発", "r&d": "研究開発", "research": "研究",
    "information systems": "情報しすてむ", "it": "情報しすてむ",
    "marketing": "まーけてぃんぐ", "legal": "法務",
    "public relations": "広報", "pr": "広報", "planning": "企画", "customer support": "かすたまーさぽーと",
    "customer service": "かすたまーさぽーと", "support": "さぽーと", "manufacturing": "製造",
    "production": "製造", "logistics": "物流", "shipping": "物流", "quality": "品質管理",
    "overseas": "海外", "export": "海外", "design": "設計", "maintenance": "保守", "advertising": "宣伝",
}  # fmt: skip
_ENGLISH_WORDS = re.compile(
    r"(?i)(?<![\w-])(" + "|".join(map(re.escape, sorted(_ENGLISH, key=len, reverse=True))) + r")(?![\w-])"
)
_ENGLISH_WISH = re.compile(
    r"(?i)\b(?:please|speak|talk|put|connect|transfer|department|dept|division|section|team|someone|somebody"
    r"|anyone|get|reach|calling for|need|want|like)\b|^\W*(?:\w+\W*){1,3}$"
)
_ENGLISH_OTHER = re.compile(
    r"(?i)\bsales (?:call|pitch|rep)|\bit(?:'s|\s+(?:is|was|will|would|about))\b|\bdo it\b"
)


class Departments:
    """The departments of one office, found by what callers call them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            stem = _stem(name)
            self._by_name[folded(name)].append(name)
            self._by_stem[stem].append(name)
            for part in {stem[:n] for n in range(2, len(stem) + 1)} | {
                stem[-n:] for n in range(2, len(stem))
            }:
                self._by_part[part].append(name)

    def called(self, said: str) -> tuple[str, ...]:
        """The departments meant by a word: 営業, 営業部, えいぎょう; 営業 is both 営業一課 and 営業二課."""
        stem = _stem(said)
        if not stem:
            return ()
        same = self._by_name.get(folded(said)) or self._by_stem.get(stem) or self._by_part.get(stem)
        return tuple(same or ())

    def in_english(self, text: str) -> tuple[str, ...]:
        """The departments that an English sentence asks for: `someone in sales`, `human resources please`."""
        if not _ENGLISH_WISH.search(text):
            return ()
        words = _ENGLISH_WORDS.findall(_ENGLISH_OTHER.sub(" ", text))
        return next((found for word in words if (found := self.called(_ENGLISH[word.lower()]))), ())

    def at_end(self, text: str) -> tuple[tuple[str, ...], int]:
        """The departments named by the longest ending of `text`, and that ending's length; () and 0."""
        for length in range(min(16, len(text)), 1, -1):
            if found := self.called(text[-length:]):
                return found, length
        return (), 0


def department_in_english(name: str) -> str:
    """What a department is called in English; one that is not in the vocabulary as it is read."""
    stem = _stem(name)
    known = next((english for english, own in _ENGLISH.items() if own == stem), None)
    if known or name.isascii():
        return known or name
    return romanized(min(usual_sounds(stem), default="")).title() or name


def title_at_end(text: str) -> str | None:
    """The title that `text` ends with."""
    match = re.search(rf"({TITLE_PATTERN})$", text)
    return match[1] if match else None


def same_title(held: str | None, said: str) -> bool:
    """Whether a caller's title fits the one that a person holds: 部長 fits 営業部長, not 副部長."""
    if not held:
        return False
    own = title_at_end("".join(held.split())) or ""
    same = {own, folded(held)}
    if own.startswith(_REPRESENTATIVE):
        same |= {_REPRESENTATIVE, "代表", "社長"}
    return said in same or folded(said) in same


@lru_cache(maxsize=16_384)
def _stem(name: str) -> str:
    """営業部 → 営業. What is only a suffix (部, 課) stays, as do the numbers of 営業一課."""
    flat = folded(name)
    bare = re.sub(r"(ぶ|か)$", "", flat) if is_kana(flat) else flat
    flat = _SPOKEN.get(flat) or _SPOKEN.get(bare) or flat
    return _SUFFIX.sub("", flat) or to_hiragana(flat)
