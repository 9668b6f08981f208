"""What gives a message another topic than somebody's whereabouts: labels, conditions, whole groups.

Such a message may hold perfect statements (日報: 10時 会議), none of which is meant of now.
"""

import re

from bot.language import parts
from bot.language.patterns import either, sought
from bot.language.phrases import GREETING, OWN_SUBJECT
from bot.language.tokens import Clause

_LABEL = either(
    r"""
    議事録 日報 週報 月報 工数 実績 交通費 経費 精算 件名 リマインド リマインダー? お知らせ 募集 招待 案内
    (?:google)?\s?カレンダー 営業時間 受付時間 候補日?
    """
)
_MARKED = (
    rf"(?:(?:本日|今日|今週|先週|昨日|明日)の)?{_LABEL}\w{{0,6}}\s*[:)](?!\s*勤怠)"
    r"|(?:reminder|announcement|invit(?:e|ation)|minutes|agenda|notice)\s*[:)]"
    r"|(?:入力例|記入例|例|re|fwd?|from(?=:\s*[^\s0-9])|ex|subject|テスト|test|引用)\s*[:)]"
)
_LABELS = re.compile(
    rf"^\W*(?:{_MARKED})|^\S{{0,6}}(?:定休日|休業日|休館日|閉館日)|^\W*(?:日時|場所|会場|内容|議題)[\s:]|^\w*案(?:です|:)"
    r"|^(?:本日|今日|今週)の実績|^(?:工数|日報|議事録|招待|募集)|^(?:営業|受付)時間|^始業\s*[0-9]"
    r"|^(?:皆さん|皆様|みなさん|各位)[、,].*(?:会議|ミーティング|mtg|打ち合わせ|ランチ)です"
    r"|^\(?(?:電話メモ|伝言メモ?)"
)
_HEADING = re.compile(
    r"[^\n:、。]{0,12}(?:計画|行程|の流れ|不在者|(?:障害|不具合|事故|作業|進捗|調査)報告|欠席者|参加者|minutes)(?:です)?[。:\n]"
)
_SETS_APART = re.compile("[。!:\n]")
_BEHIND_LINES = re.compile(rf"[\n。!]\W*(?:{_MARKED})")
# A line copied from a chat: when, who, and what was said.
_LOGGED = re.compile(
    r"[0-9]{1,2}:[0-9]{2} (?P<who>[一-龥々]{1,4}) .*(?:ます|ました|ません)[。!]?$", re.MULTILINE
)
_PASSED_ON = sought("↑ /away /tori コマンド 転送(?!を|先|して|さ|お?願) 文面 添削 全員参加 ご参加")
_ANSWERED = re.compile(r"\n[^\s:]{1,6}:\s*(?:了解|承知|はい|ありがと|お疲れ|ok)")
# 終わったら and the like only say when.
_CONDITION = re.compile(
    "[ただ]ら(?<!終わったら)(?<!終えたら)(?<!済んだら)(?<!済ませたら)(?<!着いたら)(?<!なったら)(?<!戻ったら)"
    "(?<!帰ったら)(?<!到着したら)(?<!終了したら)(?:[、\\s]|$)"
    "|(?:[えけげせてねべめれ]ば|なければ|場合(?:は|に|には)?)[、\\s]*$"
)
_REASON_OF_TOPIC = re.compile("(?P<topic>[^\\s、はが]+は)[^、]*(?:ため|為)に?$")
_FOR_REASON = ("ため", "ために", "為", "為に")
_CONDITIONAL = frozenset("らば合")
_OF_GROUPS = frozenset("はが人回")
_NUMBERS = "[0-9一二三四五六七八九十]"
_GROUP = re.compile(
    "(?<![弊当本支自])社[がは]$"
    "|(?:支店|支社|本社|営業所|工場|部|課|係|チーム|グループ|店舗?|学校|保育園|の人|メンバー|社員)[はが](?=.)"
    f"|{_NUMBERS}(?:人(?:[がはも]|$)|回[がはもで])"
)
# 倉庫は棚卸し作業中, サーバー室は立入禁止で作業中: what is said of a place, and nothing but nouns behind it.
_PLACE_IS = re.compile("(?P<place>[^\\s、はがも]+[はが])(?:[一-龥ァ-ヴー々で]|棚卸し)+$")


def without_documents(tokens: Clause, text: str) -> Clause:
    """What a message says itself, without the document or the announcement it passes on; maybe nothing."""
    if _LABELS.match(text) or _PASSED_ON.search(text) or _is_logged(text, tokens):
        return Clause()
    if not _SETS_APART.search(text):
        return tokens
    if _is_headed(text):
        return Clause()
    label = _BEHIND_LINES.search(text)
    return Clause(token for token in tokens if token.start < label.start()) if label else tokens


def _is_headed(text: str) -> bool:
    """Whether a line or sentence of its own says what all the rest is, be it behind a greeting."""
    if _HEADING.match(text):
        return True
    greeted = GREETING.match(text)
    behind = text[greeted.end() :] if greeted else ""
    if _LABELS.match(behind) or _HEADING.match(behind):
        return True
    return "\n" in text and _ANSWERED.search(text) is not None


def _is_logged(text: str, tokens: Clause) -> bool:
    """10:15 山本 15時に戻ります: what somebody else said, with the time when."""
    if tokens[0].type is not parts.CLOCK or not (found := _LOGGED.match(text)):
        return False
    return any(token.type is parts.GAP and token.value.strip() == found["who"] for token in tokens[:2])


def is_condition(text: str) -> bool:
    """雨が降ったら, 早く終われば: what follows may never be. 終わったら only says when."""
    return not _CONDITIONAL.isdisjoint(text) and bool(_CONDITION.search(text))


def is_of_a_group(text: str) -> bool:
    """大阪支店は停電で, 課の人が半分: no one person's whereabouts."""
    return not _OF_GROUPS.isdisjoint(text) and bool(_GROUP.search(text))


def is_of_a_place(text: str) -> bool:
    """廊下はワックス (作業中): what goes on somewhere."""
    found = _PLACE_IS.match(text) if "は" in text or "が" in text else None
    return found is not None and not OWN_SUBJECT.search(found["place"])


def has_own_reason(text: str) -> bool:
    """C社は棚卸しのため (休みです): what is said is of the topic, and so is the reason."""
    found = _REASON_OF_TOPIC.match(text) if text.endswith(_FOR_REASON) else None
    return found is not None and not OWN_SUBJECT.search(found["topic"])
