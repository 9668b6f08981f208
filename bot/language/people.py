"""Who is spoken of: names with さん, titles and @, and the customers who must not be taken for staff."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.patterns import either, sought

MASK = "\ue000"  # stands in the text where a name was, so that 朝倉さん holds no 朝

_TITLE_WORDS = """
    課長 部長 係長 主任 次長 専務 常務 社長 副社長 会長 室長 店長 所長 支店長 本部長 工場長 取締役 監査役
    顧問 班長 院長 事務長 マネージャー マネジャー リーダー チーフ
"""
_HONORIFIC_WORDS = "さん サン くん クン 君 ちゃん 氏 様 さま 殿 先生"
_TITLES = either(_TITLE_WORDS)
_HONORIFICS = either(_HONORIFIC_WORDS)
_NAMED = re.compile(
    r"(?P<run>[一-龥々ヶケノ﨑𠮷]{1,8}(?:[ぁ-ん]{1,2}(?=さん|くん))?|[ァ-ヴー]{2,10}|[ぁ-ん]{2,6}?|[a-z][a-z\-']{1,20})"
    rf"(?P<title>{_TITLES}?{_HONORIFICS}|{_TITLES}|-san\b)(?![子々式相長])"
)
_LOOKS_NAMED = sought(f"{_HONORIFIC_WORDS} {_TITLE_WORDS} -san")
_STANDS_ALONE = re.compile(_TITLES)
_TITLE_ALONE = re.compile(
    rf"(?P<run>{_TITLES})(?=[はがもの、,\s]|$|戻|帰|外出|出張|出社|休み|お休み|在宅|直帰|直行|離席|早退|退社)"
)
# 様 and さん that name nobody of ours
_NOBODY = re.compile(
    either(
        """
        お疲れ お世話 ご苦労 お互い 皆 みな お客 客 仕 模 同 多 貴 赤 たく 沢山
        """
    )
    + "$"
)
_REVERED = re.compile("[神王](?:様|さま)")
_FAMILY = re.compile(either("奥 子 子供 母 父 兄 姉 弟 妹 嫁 娘 息子 旦那 家族"))
# 土屋さん is a colleague, パン屋さん and 花屋さん are shops.
_SHOP = "(?:[花魚本酒肉米薬床茶豆靴服傘畳餅飴麺質ァ-ヴーぁ-ん]|(?!名古)[一-龥]{2}|^)屋"
_OUTSIDER = re.compile(
    either(
        f"""
        {_SHOP} 業者 職人 親方 ガードマン 元請け? 下請け? 患者 お医者 講師 運転手 大家 管理人 宅配 派遣
        アルバイト パート
        (?<!社)(?<!職)(?<!議)員 守衛 警備 (?:弁護|税理|会計|司法書|行政書|保育|栄養)士 看護師 薬剤師 美容師
        医師
        ドライバー デザイナー オーナー インストラクター ライター カメラマン クリーナー コンサルタント ベンダー
        オペレーター メーカー 大工 板前 者
        """
    )
    + "$"
)
_DIVISIONS = re.compile(
    "^"
    + either(
        """
        営業 総務 人事 経理 技術 開発 製造 企画 広報 財務 法務 購買 品質 生産 情報 支店 工場 事業 製品
        業務 管理 営業所 支社
        """
    )
    + "+$"
)
_COMPANY = re.compile(
    either(
        """
        (?<![弊会本支自当])社 商事 商会 工業 製作所 銀行 電機 建設 物産 産業 商店 [ァ-ヴーa-z]企画 運輸
        先方 取引先 元請け? 下請け? お客様 顧客
        (?:株式|有限|合同)会社\\S* 御社 貴社 客先 \\(株\\)\\S* クライアント
        """
    )
    + r"(?:の|・|\s)?(?:\S{1,6}(?:部|課|室|店))?(?:の|\s)?(?:ご?担当の?)?$"
)
_FIRM = re.compile(
    either(
        """
        印刷 薬局 工務店 工業 電機 電気 運送 塗装 不動産 水産 製菓 製紙 食品 薬品 化学 鉄工 建設 商事 商会
        物産 商店 製作所 事務所 銀行 通商 設計 組合 協会 財団 学園 病院 医院 クリニック 保険 証券 金庫 農協
        生協 郵便局 役所
        """
    )
    + "$"
)
_ROLE_OUTSIDE = re.compile(
    "(?:(?<![担任当])(?<!責任)(?<!管理)(?<!関係)[者]|(?<!出張)(?<!外出)(?<!異動)先|[一-龥ァ-ヴー]会社|[弁護税理]士|屋|組|主|客さ?ん?"
    "|ベンダー|メーカー|外注|鳶|生徒|学生|園児|患者|会員|親方)の$"
)
"""Who stands before a name with の: 仕入先の山本さん, 応募者の山本さん, さくら組の山本くん."""
_SURNAME = re.compile("([一-龥々ヶ]{1,3}) ")
_DEPARTMENT = re.compile(r"^\S{1,5}?(?:部|課|室|支店|営業所|本部)(?=\S{2,})")
_GIVEN_NAME_ENDS = frozenset("子香美奈穂実")
_CUSTOMER_TITLES = ("様", "さま", "殿")


@dataclass(frozen=True, slots=True)
class Person:
    """A name as typed, without honorific or title. `ours` is false for customers."""

    name: str
    ours: bool


def masked(text: str, cleaned: str, known_word: Callable[[str], str | None]) -> tuple[str, dict[int, Person]]:
    """Folded `text` with every name blanked out, and the people by where their name stood.

    `known_word` gives the word of the vocabulary that a string begins with: 今日栗本さん begins with one.
    """
    if not _LOOKS_NAMED.search(text):
        return text, {}
    people: dict[int, Person] = {}
    for pattern in (_NAMED, _TITLE_ALONE):
        for found in pattern.finditer(text):
            start = found.start() + _leading(found["run"], found.start(), known_word)
            start = _with_surname(text, start, known_word)
            end = found.end("run") if pattern is _NAMED else found.end()
            name = text[start:end]
            if not name or _NOBODY.search(name) or MASK in text[start : found.end()]:
                continue
            title = found["title"] if pattern is _NAMED else ""
            if _REVERED.fullmatch(name + title):
                continue
            person = _person(cleaned[start:end], title, text[:start])
            if person is None:
                continue
            people[start] = person
            text = text[:start] + MASK * (found.end() - start) + text[found.end() :]
    return text, people


def _with_surname(text: str, start: int, known_word: Callable[[str], str | None]) -> int:
    """Where a message begins with a full name (鈴木 太郎さん), that is one name."""
    surname = _SURNAME.fullmatch(text, 0, start)
    return 0 if surname and known_word(surname[1]) is None else start


def _leading(run: str, position: int, known_word: Callable[[str], str | None]) -> int:
    """How much of a run of letters stands before the name proper."""
    skipped = 0
    while (word := known_word(run[skipped:])) and len(word) > 1 and skipped + len(word) < len(run):
        if run[skipped + len(word) :] in _GIVEN_NAME_ENDS:  # 今日子, 明日香
            break
        skipped += len(word)
    department = _DEPARTMENT.match(run[skipped:])
    if department and len(run) - skipped - department.end() >= 2:
        skipped += department.end()
    if run[skipped : skipped + 1] in ("社", "店", "所") and position + skipped > 0 and len(run) - skipped > 1:
        skipped += 1
    title = _STANDS_ALONE.match(run, skipped)
    if title and len(run) > title.end():
        skipped = title.end()
    return skipped


def _person(name: str, title: str, before: str) -> Person | None:
    if not title and not _STANDS_ALONE.fullmatch(name):
        return None
    if _DIVISIONS.match(name) and title:  # 営業部長: a title all in all
        name += title
    customer = title.endswith(_CUSTOMER_TITLES) or name.endswith("社") or bool(_COMPANY.search(before))
    customer = customer or _ROLE_OUTSIDE.search(before) is not None
    customer = customer or _OUTSIDER.search(name) is not None or _FIRM.search(name) is not None
    customer = customer or _FAMILY.fullmatch(name) is not None or (name == "孫" and before.endswith("お"))
    return Person(name, ours=not customer)
