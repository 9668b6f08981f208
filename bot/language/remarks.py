"""Status words in remarks: of others, of things and events, or sighed. Nothing is announced by them."""

import re
from collections.abc import Callable

from bot.language import deeds, outsiders, parts, phrases, topics
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording

_HOURS = frozenset({parts.CLOCK, parts.ABOUT_BEHIND})
_AT = ("", "に", "には", "は")
_LASTS = frozenset({parts.LENGTH, parts.FINISH, parts.ABOUT_BEHIND, parts.UNTIL})
_IF = ("なら", "であれば", "でしたら")
_OF_GOODS = frozenset({parts.LENGTH, parts.DAY})
_WHEN = frozenset({parts.DAY, parts.CLOCK})
_PLAIN_LEAVE = ("休み", "お休み", "休暇")
_LASTING = frozenset({Kind.LEAVE, Kind.AWAY, Kind.TRIP})
_OWN = re.compile("(?:私|僕|俺|自分|わたし|今回|次回?|うち)の$")
_ELSEWHERE = re.compile("(?:先方|取引先|相手方?|他(?:部署|社|部門)|隣|組合|労組|自治会|町内会|学校|員|客)の$")
_ASKED_FOR = re.compile("を?させて(?:ください|下さい)|で(?:使い|使う|配|お願い)")
"""打ち合わせさせてください, 15時の会議で使います."""
_JOINS = re.compile("で(?:参加|出席|同席|接続|入り)")
_GRANTED = re.compile("(?:いただき|頂き|取り|とり|取得し|もらい)|でお願い")
_BALANCE = re.compile("ました|[はがの]?残")
_BEGINS = re.compile("が始ま(?:り(?:ます|ました)|る)(?:ので|が)?[よね。!]*$")
_TAKES_PLACE = re.compile("が(?:始ま|あり|ある)")
_SOMEWHERE = re.compile("^[^、]{1,10}?(?<!の)(?<!在宅)で|から新")
_FROM_A_DAY = re.compile("明日から|来週から|来月から")
_PLACES = frozenset({parts.GAP, parts.INNOCENT})
_HELD = re.compile("が入|を行|は|、|よろしく")
_BESIDE = frozenset({parts.GAP, parts.PAUSE, parts.INNOCENT, parts.BECOME, parts.NUMBER})
_CAME_OF_IT = re.compile("[^、。]*、[^、。]{1,8}になりました[ね。!~]*")
_TAKEN = re.compile("を?(?:取|と)りました")
_OBSERVED = re.compile("ね[。!]*$|気をつけ|注意")
_RESUMED = re.compile("(?:受注|出荷|配送|発送|販売|受付|サービス|運転|工事|連載|配信|[がを])$")
_SAVED = ("有休", "有給", "代休", "振休", "年休")
_ENDS_OR_CHANGES = parts.CHANGES | {parts.FROM, parts.UNTIL}
_THERE_IS = re.compile("が(?:あります|ございます|ある|入っています|入ってます)[よね。!]*")
_EXACT = parts.POINTS - {parts.DAY} | {parts.FROM, parts.UNTIL}
_SIGHED = re.compile("だ[ー~!。]*")


# --- before the word -------------------------------------------------------------------------


def stand_ahead(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """Whether `ahead` makes a remark of `after`: いいですね出張, まだ戻れません, 日程で対応可能です."""
    if after.type is not parts.KIND:
        goods = after.type in _OF_GOODS and outsiders.are_goods(ahead)
        return goods or (words.said(after) == "再開" and _RESUMED.search(ahead) is not None)
    thing = before is not None and before.type is parts.INNOCENT
    before_it = words.said(before) + ahead if before is not None and thing else ahead
    if deeds.done_to_a_thing(words.said(after), after.value, before_it, begins=before is None):
        return True
    if topics.is_of_a_place(before_it):
        return True
    if ahead.endswith(("ですね", "ますね", "だね", "=")):
        return True
    if after.value.role is Role.GO_HOME and words.said(after).startswith("戻"):
        return ahead.endswith("まだ") or (before is not None and before.type in _HOURS and ahead in _AT)
    of_kind = _AHEAD.get(after.value.kind)
    return of_kind is not None and of_kind(words, ahead, before, after)


def _of_a_meeting(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """15時からの会議ですが、資料を送ります; 先方の会議は17時までです."""
    if before is None and _ELSEWHERE.search(ahead) and _of_others(words, ahead, after):
        return True
    said_of = words.text_behind(after).startswith("ですが")
    return said_of and ahead == "の" and before is not None and before.type is parts.FROM


def _of_a_canteen(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """食堂のランチは13時半までです."""
    return before is None and _of_others(words, ahead, after)


def _of_others(words: Wording, ahead: str, event: Token) -> bool:
    """飛行機の遅延は2時間です: whose it is, and what is said of it."""
    named = ahead.endswith("の") and len(ahead) > 1 and not _OWN.match(ahead)
    return named and words.text_behind(event).startswith(("は", "が"))


def _of_delays(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    return before is None and after.value.role is Role.CAUSE and _of_others(words, ahead, after)


def _of_what_is_free(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """その日程で対応可能です, 会議室が空いています."""
    if before is not None and before.type is parts.INNOCENT:
        return False
    if ahead in _IF and before is not None:  # 13時からなら空いてます
        return before.type is not parts.UNTIL and words.said(after).startswith(("対応でき", "空い"))
    return ahead.endswith(("を", "で", "が", "室")) and words.said(after).startswith(("対応", "空い"))


def _of_absences(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """3日間で休みました, 動物園の休みは水曜です."""
    if before is None and _of_others(words, ahead, after):
        return True
    return ahead == "で" and before is not None and before.type is parts.LENGTH


def _of_quitting(words: Wording, ahead: str, before: Token | None, after: Token) -> bool:
    """12月末で退社します: from the firm, not for today."""
    return ahead == "で" and before is not None and before.type is parts.DAY and words.said(after) == "退社"


_AHEAD: dict[Kind, Callable[[Wording, str, Token | None, Token], bool]] = {
    Kind.MEETING: _of_a_meeting,
    Kind.AWAY: _of_a_canteen,
    Kind.AVAILABLE: _of_what_is_free,
    Kind.LEAVE: _of_absences,
    Kind.LEFT: _of_quitting,
    Kind.LATE: _of_delays,
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
    if _is_event(words, before, stripped):
        return True
    of_kind = _BEHIND.get(status.kind)
    if of_kind is not None and of_kind(words, before, stripped):
        return not (status.kind is Kind.LATE and later)
    return not command and topics.is_of_a_group(stripped)  # インフルで3人休みです


def _is_event(words: Wording, event: Token, text: str) -> bool:
    """来週から時差出勤が始まります, ホールで14時から説明会があります, 明日は総会があります."""
    if _BEGINS.match(text) and event.value.kind is not Kind.MEETING:
        return True
    if _is_on_a_day(words) and event.value.kind is Kind.MEETING and _THERE_IS.fullmatch(text):
        return True
    first = words.tokens[0]
    return (
        event.value.kind is Kind.MEETING
        and first is not event
        and (first.type in _PLACES or _FROM_A_DAY.match(words.text) is not None)
        and _SOMEWHERE.search(words.text[: event.start - first.start]) is not None
        and _TAKES_PLACE.match(text) is not None
    )


def _is_on_a_day(words: Wording) -> bool:
    return parts.DAY in words.tokens.types and not words.tokens.has(_EXACT)


def _of_work(words: Wording, work: Token, text: str) -> bool:
    """清掃作業が入ります, 作業が遅れています, 資格の勉強に集中したいです."""
    if text.startswith("したいです"):
        return not words.tokens.has(parts.POINTS)
    later = any(token.type is parts.KIND and token.value.kind is Kind.LATE for token in words.behind(work))
    return (text.startswith("が") and later) or (words.said(work) == "作業" and _HELD.match(text) is not None)


def _of_a_delay(words: Wording, delay: Token, text: str) -> bool:
    """処理に遅延が出ています, 時差出勤をしています, 遅刻しました, 電車遅れてますね."""
    ahead = words.text[: delay.start - words.tokens[0].start]
    if outsiders.is_transport(ahead) and _OBSERVED.search(text):
        return True
    if delay.value.role is Role.CAUSE:
        return text.startswith(("して", "しま", "が"))
    word = words.said(delay)
    return (word.startswith("時差") and text.startswith("をして")) or (word == "遅刻" and text == "しました")


def _of_leave(words: Wording, leave: Token, text: str) -> bool:
    """学校を休みました, やっと休みだー, 有休が残り3日です."""
    sighed = _SIGHED.fullmatch(text) is not None and not words.tokens.has(parts.POINTS)
    return sighed or _BALANCE.match(text) is not None or _was_taken(words, leave, text)


def _was_taken(words: Wording, _rest: Token, text: str) -> bool:
    """さっき休憩取りました, 有休取りました: when one does it is not said."""
    return _TAKEN.match(text) is not None and not words.tokens.has(parts.POINTS)


_BEHIND: dict[Kind, Callable[[Wording, Token, str], bool]] = {
    Kind.MEETING: lambda _words, _token, text: _ASKED_FOR.match(text) is not None,
    Kind.REMOTE: lambda _words, _token, text: _JOINS.match(text) is not None,  # リモートで参加します
    Kind.BUSY: _of_work,
    Kind.LATE: _of_a_delay,
    Kind.LEAVE: _of_leave,
    Kind.AWAY: _was_taken,
}


# --- は ---------------------------------------------------------------------------------------


def tell_of_event(words: Wording, event: Token, clause: Clause, *, command: bool) -> bool:
    """総会は6月です, 研修は2日間あります, 夏休みは13日から16日までです: when it is, or how long."""
    behind = {token.type for token in clause if token.start > event.start} - {parts.GAP}
    kind = event.value.kind
    if kind is Kind.LEAVE and (command or _GRANTED.search(words.text_behind(event))):
        return False
    if kind is Kind.LEAVE and words.text_behind(event).rstrip("。 ").endswith("までに"):  # 有給は前日までに
        return True
    lasts = {parts.LENGTH} <= behind <= _LASTS
    if kind is Kind.MEETING or event.value.role is Role.VISIT:
        asked = words.text_behind(event).rstrip("。 ").endswith("お願いします")
        return behind <= _WHEN or lasts or asked
    rule = kind is Kind.LEAVE and words.said(event) not in _PLAIN_LEAVE
    return (lasts and kind in _LASTING) or (rule and parts.UNTIL in behind)


def call_off_event(words: Wording, event: Token) -> bool:
    """定例は今週お休みです: it is the event that does not take place."""
    kinds = [token.value.kind for token in words.behind(event) if token.type is parts.KIND]
    return event.value.kind is Kind.MEETING and Kind.LEAVE in kinds


# --- the whole sentence -----------------------------------------------------------------------


def tell_nothing_of_now(words: Wording) -> bool:
    """A habit, what is left of a leave, what came of a meeting."""
    return _tell_habit(words) or _tell_what_came_of_it(words) or _tell_balance(words)


def _tell_habit(words: Wording) -> bool:
    """毎週水曜は在宅です, 基本在宅です: no day is meant."""
    if parts.REPEATED in words.tokens.types or phrases.HABIT_OF_DAYS.search(words.text):
        return True
    return parts.DAY not in words.tokens.types and phrases.HABIT.search(words.text) is not None


def _tell_balance(words: Wording) -> bool:
    """有休あと3日です: what is left of it."""
    if parts.MORE not in words.tokens.types or words.tokens.has(_ENDS_OR_CHANGES):
        return False
    return any(token.type is parts.KIND and words.said(token).startswith(_SAVED) for token in words.tokens)


def _tell_what_came_of_it(words: Wording) -> bool:
    """打ち合わせ、参考になりました, 会議、オンラインになりました: nobody's whereabouts."""
    if "になりました" not in words.text or _CAME_OF_IT.fullmatch(words.text) is None:
        return False
    return [token.type for token in words.tokens if token.type not in _BESIDE] == [parts.KIND]
