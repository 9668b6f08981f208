"""Things, places and people outside: what is said of them is nobody's whereabouts here."""

import re

from bot.language import parts
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.tokens import Clause, Token

_COMES_BY_ITSELF = frozenset({parts.LAND, parts.RETURN})
COMES = frozenset({parts.RETURN, parts.ARRIVE})
OWN_WAYS = frozenset(Status(Kind.OUT, role) for role in (Role.GO_DIRECT, Role.GO_HOME, Role.GO_BOTH))
"""What a place or a thing never does."""
_GOODS = re.compile(
    "(?:荷物|商品|書類|部品|製品|納品|納期|入荷|出荷|発送|配達|搬入|工事|処理|リリース|提出|支払い?|入金|便)[がはも]?$"
)
_CARRIED = re.compile(
    "(?:荷物|商品|資材|部品|製品|書類|図面|契約書|見積書?|請求書|弁当|トラック|バス|車両?|便|備品|機材|パソコン|pc|(?<!会)員|業者|家族|講師(?:の(?:先生|方))?)$"
)
_TRANSPORT = re.compile(
    "[^、。]{0,6}(?:電車|列車|バス|新幹線|飛行機|地下鉄|線)が?(?:かなり|少し|だいぶ|また)?"
)
_OWN_RETURN = re.compile("(?:^|私|僕|俺|自分|わたし|今回|から|より|へ|で|方面)の$")
_OTHERS = re.compile("(?:(?<![ご当])担当者?(?:の方)?|先方|相手方?|お客(?:様|さん)|業者さん?)(?:の|が)?$")
_OUTSIDER = re.compile(
    "先方|取引先|相手方?|業者(?:さん)?|講師|タクシー|お客(?:様|さん)?|担当者|みんな|皆|全員|\\S+の人|(?:あの|その|この|例の|いつもの)(?!まま|[後ご]|あと)\\S+"
)
_CLOSED = re.compile(
    "(?:会社|工場|店舗?|学校|保育園|銀行|メーカー)の?$|(?:祝日|記念日)(?:で|のため|につき|なので)$"
)


def is_one(text: str) -> bool:
    """Whether `text` names somebody outside, and nothing else."""
    return _OUTSIDER.fullmatch(text) is not None


def comes(thing: str, tokens: Clause) -> bool:
    """トラック14時到着予定です, 社用車、17時戻りです: not one's own coming."""
    return not tokens.types.isdisjoint(_COMES_BY_ITSELF) and _CARRIED.search(thing) is not None


def is_transport(text: str) -> bool:
    """電車遅れてますね, バスかなり遅れてます: what is late by itself."""
    return _TRANSPORT.fullmatch(text) is not None


def do(ahead: str, tokens: Clause) -> bool:
    """先方 10分遅れるそうです; 先方 打ち合わせ is with them."""
    if comes(ahead, tokens):
        return parts.KIND not in tokens.types
    return is_one(ahead) and not any(
        token.type is parts.KIND and (token.value.role is Role.VISIT or token.value.kind is Kind.MEETING)
        for token in tokens
    )


def return_is_of_a_thing(ahead: str, coming: Token, behind: str) -> bool:
    """荷物の戻りは16時です: not one's own return, which is 本日の戻り, 私の戻り or A社からの戻り."""
    if coming.type not in COMES or not ahead.endswith("の") or _OWN_RETURN.search(ahead):
        return False
    return behind.startswith(("は", "が", "も"))


def are_goods(ahead: str) -> bool:
    """納品が2日: how long a thing takes."""
    return _GOODS.search(ahead) is not None


def are_off(ahead: str, status: Status) -> bool:
    """担当者不在のため, 会社の休み: somebody else's absence. 先方訪問 is one's own."""
    if status.kind is Kind.MEETING or status.role is Role.VISIT:
        return False
    return bool(_OTHERS.search(ahead)) or (status.kind is Kind.LEAVE and bool(_CLOSED.search(ahead)))


def is_a_place(status: Status, word: str) -> bool:
    """銀行, 病院, 訪問先: where one goes, and what may itself be closed or busy."""
    visited = status.role is Role.VISIT and word.endswith(("先", "現場", "現地"))
    return visited or (status.role is Role.CAUSE and status.kind is Kind.OUT)
