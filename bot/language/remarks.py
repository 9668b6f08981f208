"""Status words in remarks: of others, of things and events, or sighed. Nothing is announced by them."""

import re
from collections.abc import Callable

from bot.language import outsiders, parts, topics
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording

_HOURS = frozenset({parts.CLOCK, parts.ABOUT_BEHIND})
_AT = ("", "に", "には", "は")
_LASTS = frozenset({parts.LENGTH, parts.FINISH, parts.ABOUT_BEHIND})
_WHEN = frozenset({parts.DAY, parts.CLOCK})
_SEASONS = ("夏休み", "冬休み", "盆休み", "正月休み")
_ASKED_FOR = re.compile("を?させて(?:ください|下さい)")
_JOINS = re.compile("で(?:参加|出席|同席|接続|入り)")
_GRANTED = re.compile("(?:いただき|頂き|取り|とり|取得し|もらい)|でお願い")
_SIGHED = re.compile("だ[ー~!。]*")


# --- before the word -------------------------------------------------------------------------


def stand_ahead(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """Whether `ahead` makes a remark of `after`: いいですね出張, まだ戻れません, 日程で対応可能です."""
    if after.type is not parts.KIND:
        return after.type is parts.LENGTH and outsiders.are_goods(ahead)
    if ahead.endswith(("ですね", "ますね", "だね", "=")):
        return True
    if after.value.role is Role.GO_HOME and words.said(after).startswith("戻"):
        return ahead.endswith("まだ") or (before is not None and before.type in _HOURS and ahead in _AT)
    of_kind = _AHEAD.get(after.value.kind)
    return of_kind is not None and of_kind(words, ahead, before, after)


def _of_a_meeting(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """15時からの会議ですが、資料を送ります."""
    said_of = words.text_behind(after).startswith("ですが")
    return said_of and ahead == "の" and before is not None and before.type is parts.FROM


def _of_a_canteen(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """食堂のランチは13時半までです."""
    named = before is None and len(ahead) > 1 and ahead.endswith("の")
    return named and words.text_behind(after).startswith("は")


def _of_what_is_free(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """その日程で対応可能です, 会議室が空いています."""
    if before is not None and before.type is parts.INNOCENT:
        return False
    return ahead.endswith(("を", "で", "が", "室")) and words.said(after).startswith(("対応", "空い"))


def _of_absences(_words: Wording, ahead: str, before: Token | None, _after: Token) -> bool:
    """3日間で休みました."""
    return ahead == "で" and before is not None and before.type is parts.LENGTH


_AHEAD: dict[Kind, Callable[[Wording, str, Token | None, Token], bool]] = {
    Kind.MEETING: _of_a_meeting,
    Kind.AWAY: _of_a_canteen,
    Kind.AVAILABLE: _of_what_is_free,
    Kind.LEAVE: _of_absences,
}


# --- behind the word -------------------------------------------------------------------------


def stand_behind(words: Wording, text: str, before: Token, after: Token | None, *, command: bool) -> bool:
    """Whether `text` makes a remark of `before`: 休みですね, 会議に遅れます, 良い休暇を."""
    stripped = text.strip()
    wonders = stripped.endswith(("ですね", "ですよね")) or (after is None and stripped == "を")
    if wonders or before.type is not parts.KIND:
        return wonders
    later = [token.value.kind for token in words.behind(before) if token.type is parts.KIND]
    if stripped == "に":
        return Kind.LATE in later
    status = before.value
    if status.role is Role.CAUSE and status.kind is Kind.LATE:  # 処理に遅延が出ています
        return stripped.startswith(("して", "しま", "が")) and not later
    if status.kind is Kind.LEAVE and _is_no_own_leave(words, stripped):
        return True
    form = _SAID_TO_OTHERS.get(status.kind)
    if form is not None:
        return form.match(stripped) is not None
    return not command and topics.is_of_a_group(stripped)  # インフルで3人休みです


def _is_no_own_leave(words: Wording, text: str) -> bool:
    """学校を休みました, やっと休みだー."""
    sighed = _SIGHED.fullmatch(text) is not None and not words.tokens.has(parts.POINTS)
    return sighed or text.startswith("ました")


_SAID_TO_OTHERS = {
    Kind.MEETING: _ASKED_FOR,  # 打ち合わせさせてください
    Kind.REMOTE: _JOINS,  # リモートで参加します
}


# --- は ---------------------------------------------------------------------------------------


def tell_of_event(words: Wording, event: Token, clause: Clause, *, command: bool) -> bool:
    """総会は6月です, 研修は2日間あります, 夏休みは13日から16日までです: when it is, or how long."""
    behind = {token.type for token in clause if token.start > event.start} - {parts.GAP}
    kind = event.value.kind
    if kind is Kind.LEAVE and (command or _GRANTED.search(words.text_behind(event))):
        return False
    lasts = {parts.LENGTH} <= behind <= _LASTS
    if kind is Kind.MEETING or event.value.role is Role.VISIT:
        return behind <= _WHEN or lasts
    season = kind is Kind.LEAVE and words.said(event).endswith(_SEASONS)
    return (lasts and kind in (Kind.LEAVE, Kind.AWAY)) or (season and parts.UNTIL in behind)


def call_off_event(words: Wording, event: Token) -> bool:
    """定例は今週お休みです: it is the event that does not take place."""
    kinds = [token.value.kind for token in words.behind(event) if token.type is parts.KIND]
    return event.value.kind is Kind.MEETING and Kind.LEAVE in kinds
