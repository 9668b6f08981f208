"""Who is calling: company and name out of an introduction.

「スマイル企画の江川と申しますが」 names both, 「江川です」 one, 「アクメ株式会社と申します」 the other. A
strong ending (と申します) makes nearly anything before it a name; a weak one (です) only what looks like a
name, because 「急ぎの件です」 has the same shape.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.office.readings import is_surname, split_name
from bot.reception.foreign_names import is_foreign_name
from bot.reception.wording import phrase_start


@dataclass(frozen=True, slots=True)
class CallerSaid:
    """What an utterance says about the caller; None where it does not. `span`: where it stands."""

    company: str | None = None
    name: str | None = None
    span: tuple[int, int] = field(default=(0, 0), compare=False)


NOBODY = CallerSaid()

Expecting = Literal["anything", "name", "perhaps_name", "number", "person", "message"]
"""What the caller was asked for; `perhaps_name`: something else, while the name is still missing."""

_STRONG = re.compile(
    r"から(?:お)?(?:電話|連絡)が?あった(?=こと|旨|と|って)|と(?:もうし|申し?)(?:ます|あげ|上げ|まし|者|もの"
    r"|もん)?|と(?:いい|言い)ま(?:す|し)|と(?:いう|言う)(?:者|もの|会社)"
    r"|の代理(?=で|の者|として|、)|って(?:いう|言う)(?:ん|者|もの)|って(?:いい|言い|申し)ま(?:す|し)"
)
_WEAK = re.compile(
    r"で(?:ございます|ござい|す(?!か)|した?(?:けど)?(?=$|、))|だ(?:けど|が|よ|(?=$|、|。))|や(?:けど|ねん)|なんです|なのです"
)
_DEPARTMENT = re.compile(
    r"(?:の|、)?[^の、]{0,8}(?:部|課|係|室|支店|支社|営業所|本店|本社|担当|営業|総務|経理|人事|購買|受付"
    r"|開発|企画|弁護士|税理士|会計士|司法書士|行政書士|社労士|記者|医師|看護師|秘書"
    r"|代表|代表取締役|社長|専務|常務|部長|課長|係長|主任|店長|所長|支店長|工場長|院長|事務長|理事長|教員|教諭"
    r"|[^の]{0,5}(?:員|士|師|スタッフ|マネー?ジャー|リーダー|オーナー|ディレクター|事務局|窓口))$"
)
_ONLY_DEPARTMENT = re.compile(
    r"(?:営業|総務|経理|人事|購買|開発|管理|業務|製造|法務|広報|技術|企画|第?[一二三四1-4])+(?:部|課|係|室"
    r"|本部)?(?:の?担当)?$"
)
_COMPANY_WORD = re.compile(
    r"株式会社|有限会社|合同会社|かぶしきがいしゃ|法人|会社|商事|商会|商店|企画|工業|工務店|建設|建築|銀行"
    r"|信用金庫|信金|証券|生命|保険|病院|医院|クリニック"
    r"|役所|役場|区役|税務署|年金|大学|学園|高校|学校|幼稚園|保育園|協会|組合|連合|事務所|センター|製作所"
    r"|製造|製薬|電機|電気|電器|電力|電工|物産|産業|興業|運輸|運送|物流|通運|急便"
    r"|印刷|出版|新聞|放送|不動産|ホーム|ハウス|住宅|石油|ガス|化学|化成|食品|製菓|酒造|水産|農園|農協|観光"
    r"|旅行|ツーリスト|ホテル|旅館|航空|鉄道|バス|タクシー|自動車|モーター|重工|機械|精機|精工"
    r"|システム|サービス|リース|レンタル|フーズ|薬品|電設|塗装|造園|歯科|整形|眼科|ソリューション|テック"
    r"|ソフト|データ|デザイン|スタジオ|エージェンシー|コーポ|コンサル|パートナー|グループ|ホールディングス"
    r"|カンパニー|商社|薬局|ストア|マート|書店|堂$|社$|屋$|園$|組$|庁$|省$|署$|店$|局$|研究所|総研|工房"
    r"|工場|技研|設備|通信|情報|警備|清掃|広告|包装|紙業|繊維|アパレル|家具|材木|木材|石材|金属|鉄工|製鉄"
    r"|鋼業|テクノ|ロジ|メディカル|ファーマ|ファーム|ヘルス|トレード|トレーディング|エナジー|パワー|ラボ"
    r"|東日本|西日本|樹脂|製鋼|設計|測量|クラフト|プラン|プランニング|メディア|ネット|コム$|インク$|便$|塾$"
    r"|館$|寺$|神社|建材|資材|冷熱|商工|食堂|酒店|書房|フード|ワークス|テクニカル|エンジニアリング|マーケティング"
    r"|インターナショナル|ジャパン|コミュニケーション|プロダクツ|プロダクション|コーポレーション|不動産|電装"
    r"|鋼材|製版|製本|織物|染工|窯業|造船|重機|解体|道路|土木|測器|計器|光学|硝子|ゴム|製紙|農機|種苗|畜産"
    r"|弁当|宅配|ピザ|寿司|そば$|クリーニング|美容室|サロン|整骨院|接骨院|介護|ケア$|教室|スクール|仕出し|生花|製麺"
)
_NOT_A_COMPANY = re.compile(r"[をっ]|が.*[てるん]$|[るんい]$")
_NO_FIRM_WITHIN = re.compile(r"さん|様|さま|漢字|という字|(?:じゃ|では?)な(?:くて?|い)")
_TRADE = re.compile(
    r"^(?!株式|有限|合同|合資)[^の]{2,6}(?:会社|代理店|業者?|紹介|派遣|屋さん|メーカー|商社)の(?=..)"
)
"""「人材紹介会社のジョブリンク」: what kind of firm it is."""
_KATAKANA_FIRM = re.compile(r"(?P<firm>[^の、]*[ァ-ヺー]{2}[^の、]*?)(?P<name>[一-鿿々ヶ]{2,4})$")
"""「東京スター建材 桑原」: whatever of katakana stands before a surname is a firm."""
_WORKS_AS = re.compile(r"(?P<firm>[^、。]+?)(?:の|で)[^、。の]{1,8}を(?:し|させ|やら|やっ)[^、。]{2,10}$")
"""「あけぼの会の事務長をしております」, and then the name."""
_TAKEN_BACK = re.compile(
    r"[がけどん]*、?(?:あ|じゃな|では?な|失礼|すみません|すいません|もとい|いや|いえ|間違)"
)
"""「山田です、失礼、山内です」."""
_FIRM_AND_NAME = re.compile(
    rf"(?P<firm>.+?(?:{_COMPANY_WORD.pattern.replace('$', '')}))(?P<name>[一-鿿々ヶ]{{2,4}})$"
)
_SECTION = re.compile(rf"(?P<firm>.*(?:{_COMPANY_WORD.pattern.replace('$', '')}))[^の、]{{1,5}}(?:部|課|係)$")
_DIGITS = re.compile(r"[〇零一二三四五六七八九]{3,}$")
_FAMILY = re.compile(
    r"(?P<who>(?P<name>[一-鿿々ヶ]{1,4}|[ァ-ヺー]{2,7}|[ぁ-んー]{2,6})の(?:妻|家内|夫|主人|旦那|嫁|母|父|娘|息子"
    r"|姉|妹|兄|弟|祖母|祖父|叔母|叔父|家族|家の者|身内))(?:です|でございます|と申し|だけど|なんですけど)(?!か)"
)
"""「栗本の妻ですが」: the caller, and somebody of ours."""
_SOMEBODY = frozenset({"者", "もの", "社員", "人間"})
_NOT_A_NAME = re.compile(
    r"件$|友達|主婦|客$|内緒|秘密|匿名|関係|用$|用件|用事|予定|こと$|事$|急ぎ|急用|至急|緊急|電話|番号|携帯|方$|ほう$|通り|とおり|確認|連絡"
    r"|折り返|依頼|伝言|伝え|話$|時間|大丈夫|結構|以上|初めて|担当|お願い|よろし|いい$"
    r"|様$|さま$|さん$|くん$|部長|課長|社長|先生|時$|分$|半$|日$|月$|年$|円$|後$|前$|頃$|ごろ|以降|中$|番$"
    r"|ない$|たい$|そう$|それ|これ|こちら|そちら|どなた|どちら|いつ|何|誰|はい|いいえ|いえ|留守|不在|会議"
    r"|出張|外出|契約|見積|請求|注文|納期|納品|資料|書類|打ち合わせ|打合せ|商品|サービス|支払|更新|相談"
    r"|質問|問い合わせ|返事|回答|案内|提案|紹介|都合|午前|午後|明日|今日|本日|来週|メール|アドレス|ドット"
    r"|アット"
    r"|取引先|お客|代表$|代理$|責任者|者$|^者|もの$|人$|ところ|場合|感じ|つもり|はず$|わけ|自宅|会社$|仕事"
    r"|友人|知人|家族|母$|父$|妻$|夫$|残念|無理|駄目|だめ|ご苦労|お世話|続き|部署|^方|でも|ありがとう|失礼"
    r"|すみません|オーケー|可能|必要|重要|大事|大切|残り|全部|一つ|二つ|英語|日本語"
)
_NAME = re.compile(r"[一-鿿々ヶヵァ-ヺー・ぁ-んA-Za-z.'\- ]{1,16}$")
_SHORT_NAME = re.compile(r"(?:[一-鿿々ヶ]{1,4}|[ァ-ヺー]{2,7})$")
_KANA_NAME = re.compile(r"(?:[ァ-ヺー]{2,8}|[ぁ-んー]{2,6})$")
_ABOUT_THEM = re.compile(
    r".*(?:(?:して|されて|なって|いただいて)(?:いる|おる|る)"
    r"|(?:[っいしせりえけめねき]た|んだ|ました)(?=[一-鿿ァ-ヺA-Z])|予定の)"
)
"""「栗本さんとお約束しているスマイル企画の江川」: what is said about the firm before its name."""
_LIKE_NIKAIDO = re.compile(r"(?:.|二階)堂$")  # as often a name as a firm
_FIRM_IS = re.compile(
    r"(?:会社(?:名)?|社名|勤務先)は(?P<firm>[^、。はの]{2,20}?)(?:です|で|と申|と言|、|。|$)"
)
_NAME_IS = re.compile(r"(?:名前|名字|苗字)は(?P<name>[^、。はの]{1,10}?)(?:です|で|と申|と言|、|。|$)")
_NAME_THEN_FIRM = re.compile(r"(?P<name>[^、。]{1,6})、(?P<firm>[^、。]{2,16})の(?:者)?(?:です)?")
_CUT_OFF = re.compile(r"(?P<firm>(?:(?!さん|様|ます|です)[^、。]){3,16})の")
"""「サンコー商会の」, and a pause before the name."""
_NEAR = 2  # characters between two halves of an introduction
_LONG_NAME = 8
_PARTICLE = re.compile(r"[がをにはでも]")
_PARTICLES = 4  # characters of けれども after です
_NO_FIRM = frozenset(
    {
        "御社",
        "貴社",
        "そちら",
        "おたく",
        "お宅",
        "近く",
        "近所",
        "ご近所",
        "隣",
        "お隣",
        "向かい",
        "お向かい",
        "地元",
        "町内",
    }
)
_NO_FAMILY = frozenset({"私", "わたし", "わたくし", "僕", "うち", "その", "あの", "彼", "彼女"})
_GIVEN_NAME = re.compile(r"(?:[一-鿿々ヶ]{1,4}|[ァ-ヺー]{2,6}|[ぁ-ん]{2,4})$")
_ENGLISH_FIRM = (
    r"(?P<company>[a-z0-9&一-鿿ァ-ヺ][\w&'\-]*(?:\s(?!and\b|may\b|can\b|could\b|i\b|is\b|i'd\b|i'm\b|would\b"
    r"|about\b|regarding\b|to\b|for\b|in\b|on\b)[\w&'\-]+){0,3})"
)
_ENGLISH = re.compile(
    r"(?i)(?:this is|my name is|my name'?s|i am|i'm|it's|name is)\s+(?P<name>(?!calling|from|in |not |sorry"
    r"|a |an |the |trying|looking|just |here|urgent|important|very |about |regarding|ok\b|okay|fine|all )"
    r"[a-z][\w'\-]*(?:\s(?!from|of|at|with|and|calling|speaking|here|i\b|may|can|could)[a-z][\w'\-]*)?)"
    rf"(?:\s+(?:calling\s+)?(?:from|of|at|with)\s+{_ENGLISH_FIRM})?"
)
_ENGLISH_COMPANY = re.compile(rf"(?i)(?:calling|i'm|i am) (?:from|with)\s+{_ENGLISH_FIRM}")
_NO_ENGLISH_NAME = re.compile(
    r"(?i)(?:yes|no|ok|okay|sure|hello|hi|please|thank|thanks|sorry|right|correct|well|english|japanese|what"
    r"|who|why|when|pardon|excuse|nothing|never|just|goodbye|bye|help|operator|repeat|again|wait|one|yeah|yep"
    r"|nope|alright|fine|good|speak|call|me|it|that|this)\b"
)

_BARE_ENGLISH = re.compile(
    r"(?i)(?:(?:yes|sure|oh)[,、 ]+)?(?P<name>[a-z][a-z'.\-]*(?: [a-z][a-z'.\-]*){0,2}?)"
    r"(?:[,、]? (?:from|of|at|with)|[,、]) ?(?P<company>[a-z0-9&一-鿿ァ-ヺ][\w&'. \-]{1,40}?)\W*"
)
"""`Peter Novak from Blue Harbor`, where the name was asked for."""


def caller_in(text: str, departments: Container[str] = (), expecting: Expecting = "anything") -> CallerSaid:
    """Company and name of the caller in a prepared text.

    `departments` are the office's own: 「営業の栗本です」 is then somebody asked for. Where the question was
    who is calling a bare name will do; in a message or beside a number a weak ending counts
    only where nothing else is said.
    """
    labelled = _labelled(text)
    if labelled != NOBODY:
        return labelled
    first = _first_in(text, departments, expecting)
    if (first.name is None) == (first.company is None):
        return first
    rest = _first_in(text[first.span[1] :], departments, "anything")
    if (rest.name is None) == (first.name is None) or (rest.company is None) == (first.company is None):
        return first
    near = rest.span[0] <= _NEAR
    end = first.span[1] + (rest.span[1] if near else 0)
    return CallerSaid(first.company or rest.company, first.name or rest.name, (first.span[0], end))


def _labelled(text: str) -> CallerSaid:
    """「会社名はサンコー商会で、名前は原口です」; nobody where not both are named so."""
    firm, name = _FIRM_IS.search(text), _NAME_IS.search(text)
    if firm is None or name is None:
        return NOBODY
    span = (min(firm.start(), name.start()), max(firm.end(), name.end()))
    return CallerSaid(firm["firm"], name["name"], span)


def _first_in(text: str, departments: Container[str], expecting: Expecting) -> CallerSaid:
    """The first introduction of a text, which may be only half of it."""
    for ending in _STRONG.finditer(text):
        said = _said_before(text, ending.start(), surely=True)
        if said != NOBODY:
            return replace(said, span=(said.span[0], ending.end()))
    asked = expecting == "name"
    cut_off = _CUT_OFF.fullmatch(text)
    if cut_off and _COMPANY_WORD.search(cut_off["firm"]) and cut_off["firm"] not in departments:
        return CallerSaid(company=cut_off["firm"], span=cut_off.span())
    said = _weakly(text, departments, asked=asked, beside=expecting in ("number", "message"))
    if said == NOBODY and expecting in ("name", "perhaps_name"):
        said = _bare(text, departments, asked=asked)
    return said


def _weakly(text: str, departments: Container[str], *, asked: bool, beside: bool) -> CallerSaid:
    """An introduction that ends with です, or an English one."""
    weak = NOBODY
    for ending in _WEAK.finditer(text):
        said = _said_before(text, ending.start())
        whole = said.span[0] == 0 and len(text) - ending.end() <= _PARTICLES
        instead = weak == NOBODY or _TAKEN_BACK.match(text, weak.span[1])
        if instead and _believable(said, departments, asked=asked) and (whole or not beside):
            weak = replace(said, span=(weak.span[0] if weak.name else said.span[0], ending.end()))
    return _in_english(text) if weak == NOBODY else weak


def _bare(text: str, departments: Container[str], *, asked: bool) -> CallerSaid:
    """A name or firm and not a word more; where it was not asked for, only one that is surely a name."""
    english = _BARE_ENGLISH.fullmatch(text)
    if english and not _NO_ENGLISH_NAME.match(english["name"]):
        return CallerSaid(_titled(english["company"]), _titled(english["name"]), english.span())
    turned = _NAME_THEN_FIRM.fullmatch(text)
    if turned and is_surname(turned["name"]):
        return CallerSaid(turned["firm"], turned["name"], turned.span())
    said = _said_before(text, len(text))
    if not _believable(said, departments, asked=asked):
        return NOBODY
    return said if asked or said.span[0] == 0 else NOBODY


def _said_before(text: str, end: int, *, surely: bool = False) -> CallerSaid:
    """What stands between the last boundary and an ending: 「スマイル企画の江川」."""
    start = phrase_start(text[:end])
    about = _ABOUT_THEM.match(text[start:end])
    start += about.end() if about else 0
    said = _split(text[start:end].strip(" 、"), surely=surely)
    if said.name and (said.company is None or _ONLY_DEPARTMENT.match(said.company)):
        before = text[:start].rstrip("、, ")  # 「アクメ商事、営業部の田中」
        works = _WORKS_AS.search(before)
        before = works["firm"] if works else before
        firm = before[phrase_start(before) :] if works or len(before) < start else ""
        is_firm = _COMPANY_WORD.search(firm) and not _NOT_A_COMPANY.search(firm)
        if firm and (is_firm or (said.company and not _NOT_A_NAME.search(firm))):
            said = replace(said, company=firm)
    return replace(said, span=(start, end))


def _firm_and_person(introduction: str) -> tuple[str, str]:
    """Cut at the last の that is not inside a name: アオイ電設, いのうえ; without one the firm is empty."""
    cuts = [at for at, char in enumerate(introduction) if char == "の" and at]
    surname = next(
        (at for at in cuts if at + 2 < len(introduction) and is_surname(introduction[at + 1 :])), None
    )
    if is_surname(introduction) or not cuts:
        return "", introduction
    at = cuts[-1] if surname is None else surname
    return introduction[:at], introduction[at + 1 :]


def _split(introduction: str, *, surely: bool = False) -> CallerSaid:
    """「スマイル企画の江川」 into the firm and the name; `surely`: even a name that looks like a word."""
    if not introduction or len(introduction) > 40:
        return NOBODY
    company, name = _firm_and_person(introduction)
    company = "" if company in _NO_FIRM else company
    is_name = _may_be_name(name, surely=surely or bool(company))
    joined = None if company else (_FIRM_AND_NAME.match(name) or _KATAKANA_FIRM.match(name))
    if joined and is_surname(joined["name"]):
        return CallerSaid(joined["firm"], joined["name"])
    if not company:
        is_firm = _COMPANY_WORD.search(name) and not _NOT_A_COMPANY.search(name)
        if is_firm and not is_surname(name) and not _LIKE_NIKAIDO.match(name):
            return CallerSaid(company=name)
        return CallerSaid(name=name) if is_name else NOBODY
    if is_name or name in _SOMEBODY:
        return CallerSaid(company=_without_department(company), name=name if is_name else None)
    return CallerSaid(company=introduction) if _COMPANY_WORD.search(name) else NOBODY


def _without_department(company: str) -> str | None:
    """スマイル企画の営業 and スマイル企画営業部 are both スマイル企画; 佐藤さんの知り合い is no firm."""
    if _NO_FIRM_WITHIN.search(company):
        return None
    company = _TRADE.sub("", company)
    section = _SECTION.match(company)
    if section:
        return section["firm"]
    head, _, tail = company.rpartition("の")
    if head and _DEPARTMENT.match(tail):
        return head
    return re.sub(
        r"(?<=.{3})(?:営業|総務|経理|人事|購買|開発|管理|業務|製造|法務|広報)(?:部|課|係)$", "", company
    )


def _may_be_name(name: str, *, surely: bool) -> bool:
    if not _NAME.match(name) or _DIGITS.match(name) or _NO_ENGLISH_NAME.match(name):
        return False
    if re.fullmatch(r"[ぁ-ん]", name) or (len(name) > _LONG_NAME and _PARTICLE.search(name)):
        return False
    known = is_surname(name) and (surely or not _KANA_NAME.match(name))
    return known or not _NOT_A_NAME.search(name)


def _believable(said: CallerSaid, departments: Container[str], *, asked: bool) -> bool:
    """Whether words before a weak ending, or an answer without one, are an introduction."""
    if said.company in departments or (said.company or "").removesuffix("部") in departments:
        return False
    if said.name is None:
        return said.company is not None and _may_be_firm(said.company)
    if _looks_like_name(said.name) or is_foreign_name(said.name):
        return True
    if said.company is not None:
        return bool(_COMPANY_WORD.search(said.company)) or (asked and len(said.name) <= 8)
    return asked and bool(_SHORT_NAME.match(said.name) or said.name.isascii())


def _may_be_firm(company: str) -> bool:
    """大和運輸サービス, but not 別の会社 nor アフターサービス: something is left beside such words."""
    if company in _NO_FIRM:
        return False
    if not _NOT_A_NAME.search(company):
        return True
    own = _COMPANY_WORD.sub("", company)
    return len(own) >= 2 and not own.endswith("の") and not own.isascii() and not _NOT_A_NAME.search(own)


def family_in(text: str) -> tuple[CallerSaid, str] | None:
    """「栗本の妻ですが」: the caller, and whose family they are; None where nobody says so."""
    found = _FAMILY.search(text)
    if found is None or found["name"] in _NO_FAMILY or not _begins(text, found.start()):
        return None
    return CallerSaid(name=found["who"], span=found.span()), found["name"]


def _begins(text: str, at: int) -> bool:
    """Whether a phrase starts here: 取引先の佐藤の妻 is another story."""
    return phrase_start(text[:at]) == at or at == 0


def _looks_like_name(name: str) -> bool:
    """A surname of the table, alone or before a given name."""
    surname, given = split_name(name)
    return is_surname(surname) and (not given or bool(_GIVEN_NAME.match(given)))


def _in_english(text: str) -> CallerSaid:
    named, of_firm = _ENGLISH.search(text), _ENGLISH_COMPANY.search(text)
    if named:
        company = named["company"] or (of_firm["company"] if of_firm else None)
        end = max(named.end(), of_firm.end() if of_firm else 0)
        return CallerSaid(_titled(company) if company else None, _titled(named["name"]), (named.start(), end))
    return CallerSaid(_titled(of_firm["company"]), None, of_firm.span()) if of_firm else NOBODY


def _titled(words: str) -> str:
    """A recogniser may write names small; capitals that are there stay (ABC)."""
    return words.title() if words.islower() else words
