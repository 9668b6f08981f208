"""What is taken back or put off: only what a sentence comes to is kept of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language import parts
from bot.language.lexicon import Status
from bot.language.model import Kind
from bot.language.parts import STATUS
from bot.language.patterns import sought
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording, cut

_MARKED = sought(
    "[(] でした だった ましたが ましたけど 間違い 変更 ずら 変わ まで(?=に|戻|帰) [がはを](?=.+に[なし])"
    " 年末年始 早ければ 予定(?:です)?が やめ 取り止め 取り消し 取消し キャンセルし"
)
_PUT_OFF = re.compile(
    "(?:の?予定)?(?:でした|だった(?:の(?:です)?)?)(?:が|けど)[、 ]*"
    "|と(?:言い|お?伝え(?:し)?|言って)ました?(?:が|けど)[、 ]*"
)
_MISTAKEN = re.compile("の間違い(?:です|でした)")
_BACK = frozenset({parts.RETURN, parts.ARRIVE, parts.KIND})
_DATED = frozenset({parts.DAY, parts.ARRIVE, parts.RETURN})
_REMARK = re.compile("\\((?=[^()]*(?:[はがで]|かも|あり|ます|ません|です)[^()]*\\))[^()]+\\)$")
_EXACT = frozenset({parts.CLOCK, parts.LENGTH, parts.DAY})
_OVER = frozenset({parts.CLEAR, parts.FINISHED, parts.CANCEL})
_CHANGES = frozenset({parts.CHANGE, parts.EXTEND, parts.BECOME, parts.PERHAPS})
_RETURN_AT = frozenset({parts.RETURN, parts.CLOCK})
_HOPED = re.compile("早ければ[^、。]{1,8}、(?=遅くとも|遅くても)")
_GIVEN_UP = frozenset({parts.KIND, parts.ARRIVE})
_INSTEAD = re.compile(
    "(?:の?予定)?(?:は|(?P<from>を|から))(?P<ends>(?:やめ|取りやめ|とりやめ|取り止め|取り消し|取消し|(?:キャンセル|中止|延期)し)(?:て、?|、))?"
)
_DAYS = frozenset({parts.DAY, parts.MORNING, parts.AFTERNOON})
_LATER_BY = frozenset({parts.LENGTH, parts.KIND})  # 30分遅れます
_PLANNED = re.compile(
    "の?予定(?:でした|です)?(?:が|けど)[、 ]*(?=[0-9]+(?:分|時間)[^、。]{0,4}(?:遅れ|遅刻))"
)
_SEASON_AND_DATES = 3
_OF_THE_SEASON = re.compile("の?(?:お?休み|休暇|ため)(?!は)")
_BECOMES = frozenset({parts.BECOME, parts.PERHAPS})
_MORE_THAN_A_RETURN = frozenset({parts.CHANGE, parts.KIND, parts.PAUSE})
_WHEN = parts.POINTS | {parts.FROM, parts.DASH, parts.UNTIL, parts.SINCE, parts.ABOUT, parts.ABOUT_BEHIND}


def corrected(words: Wording) -> Wording:
    """`words` without what they take back themselves."""
    if _MARKED.search(words.text):
        for correct in (
            _aside,
            _delayed,
            _put_off,
            _mistaken,
            _exchanged,
            _moved,
            _replaced,
            _dated,
            _at_latest,
            _due,
        ):
            if (found := correct(words)) is not None:
                return found
    return words


def _aside(words: Wording) -> Wording | None:
    """在宅です(午後は電話に出られません), 15時戻り(渋滞で遅れるかも): a remark, without a time of its own."""
    found = _REMARK.search(words.text)
    if found is None:
        return None
    begin, end = (words.tokens[0].start + at for at in found.span())
    inside = [token for token in words.tokens if token.start >= begin and token.end <= end]
    ahead = [token for token in words.tokens if token.end <= begin]
    if not Clause(ahead).has(STATUS) or Clause(inside).has(_EXACT):
        return None
    return Wording(Clause(ahead), words.text[: found.start()])


def _put_off(words: Wording) -> Wording | None:
    """16時帰社の予定でしたが、17時になります; 出社予定でしたが在宅に変更します."""
    was = _PUT_OFF.search(words.text)
    rest = cut(words, was.end()) if was else None
    if was is None or rest is None or rest.tokens.has(_OVER):
        return None
    at = words.tokens[0].start + was.start()
    old = [token for token in words.tokens if token.start < at]
    states = [token for token in old if token.type in _BACK]
    timed = any(token.type in parts.POINTS for token in old)
    if not (states or timed) or any(token.type is parts.SUBJECT for token in old):
        return None
    if rest.tokens.has(STATUS):
        days = [] if rest.tokens.has(_DATED) else [token for token in old if token.type is parts.DAY]
        return Wording(Clause((*days, *rest.tokens)), _blanked(words, was) if days else rest.text)
    if not rest.tokens.has(parts.POINTS) or not (states and rest.tokens.has(_CHANGES)):
        return None
    if states[-1].type is not parts.RETURN:
        return rest if rest.tokens.types & {parts.CHANGE, parts.EXTEND} else None
    when = [token for token in rest.tokens if token.type in _WHEN or token.type is parts.PERHAPS]
    return _only(words, (states[-1], *when))


def _delayed(words: Wording) -> Wording | None:
    """16時帰社予定でしたが、30分ほど遅れます: the return that is running is late."""
    planned = _PLANNED.search(words.text)
    rest = cut(words, planned.end()) if planned else None
    if planned is None or rest is None or not rest.tokens.types >= _LATER_BY:
        return None
    back = [token for token in words.tokens if token.type is parts.RETURN]
    if not back or back[-1].start > words.tokens[0].start + planned.start():
        return None
    return _only(words, (back[-1], *(token for token in rest.tokens if token.type in _LATER_BY)))


def _mistaken(words: Wording) -> Wording | None:
    """15時戻り、16時の間違いでした."""
    if not _MISTAKEN.search(words.text):
        return None
    clocks = [token for token in words.tokens if token.type is parts.CLOCK]
    back = [token for token in words.tokens if token.type is parts.RETURN]
    return _only(words, (back[0], replace(clocks[-1]))) if clocks and back else None


def _exchanged(words: Wording) -> Wording | None:
    """明日の出社を在宅に変更します, 明日の出張をやめて休みます: what is done instead."""
    tokens = words.tokens
    for place, token in enumerate(tokens):
        if token.type not in _GIVEN_UP or (token.type is parts.KIND and token.value.kind is Kind.MEETING):
            continue
        other = next((at for at in range(place + 1, len(tokens)) if tokens[at].type in _GIVEN_UP), None)
        instead = _INSTEAD.match(words.text_behind(token)) if other is not None else None
        if other is None or instead is None or (instead["ends"] and tokens[other].type is parts.ARRIVE):
            continue  # 明日の在宅をやめて出社します only calls off
        when = [behind for behind in tokens[place:other] if behind.start >= token.end + instead.end()]
        if not all(behind.type in _WHEN or behind.value == "の" for behind in when):
            continue
        ahead = [day for day in tokens[:place] if day.type in _DAYS]
        turned = [behind.type for behind in tokens[other + 1 :]]
        if instead["ends"] or parts.CHANGE in turned or (parts.BECOME in turned and instead["from"]):
            return _only(words, (*ahead, *when, *tokens[other:]))
    return None


def _moved(words: Wording) -> Wording | None:
    """月曜の出張を火曜に変更します, 外出を15時からに変更: when it is instead."""
    tokens = words.tokens
    place = next((index for index, token in enumerate(tokens) if token.type is parts.KIND), None)
    if place is None or parts.CHANGE not in tokens.types or place + 2 >= len(tokens):
        return None
    kind, particle, *behind = tokens[place:]
    status: Status = kind.value
    if status.kind is Kind.MEETING or particle.type is not parts.GAP or particle.value not in ("を", "は"):
        return None
    days = [token for token in tokens[:place] if token.type is parts.DAY]
    when = [_in_same_week(token, days) for token in behind if token.type in _WHEN]
    moves = {token.type for token in when}
    named = place > 0 and tokens[place - 1].type is parts.GAP and tokens[place - 1].value == "の"
    if parts.UNTIL in moves or not when or not (named or moves & {parts.DAY, parts.FROM}):
        return None
    return _only(words, (kind, *when))


def _replaced(words: Wording) -> Wording | None:
    """15時帰社が16時になりました, 帰社が15時から16時になります: only the new time of the return."""
    tokens = words.tokens
    if not (tokens.types >= _RETURN_AT and tokens.has(_BECOMES)) or tokens.has(_MORE_THAN_A_RETURN):
        return None
    back = next(index for index, token in enumerate(tokens) if token.type is parts.RETURN)
    particle, behind = tokens[back + 1 : back + 2], tokens[back + 2 :]
    if not (particle and particle[0].type is parts.GAP and particle[0].value in ("が", "は", "を")):
        return None
    old = [token for token in tokens[:back] if token.type is parts.CLOCK]
    for index, token in enumerate(behind):
        if token.type is parts.FROM:
            old, behind = behind[:index], behind[index + 1 :]
            break
    if not old or not behind or behind[0].type is not parts.CLOCK:
        return None
    when = [token for token in behind if token.type in _WHEN or token.type is parts.PERHAPS]
    return _only(words, (tokens[back], *when))


def _dated(words: Wording) -> Wording | None:
    """12/29から1/3まで年末年始のお休みをいただきます: the days that are named are those of the season."""
    tokens = words.tokens
    days = [token for token in tokens if token.type is parts.DAY]
    season = next((token for token in days if token.value.unit == "year_turn"), None)
    if season is None or len(days) < _SEASON_AND_DATES:
        return None
    behind = words.text_behind(season)
    if not _OF_THE_SEASON.match(behind):
        return None
    index = tokens.index(season)
    return _only(words, (*tokens[:index], *tokens[index + 1 + behind.startswith("の") :]))


def _at_latest(words: Wording) -> Wording | None:
    """早ければ15時、遅くても16時には戻ります: only what is sure."""
    hoped = _HOPED.search(words.text)
    if hoped is None:
        return None
    begin, end = (words.tokens[0].start + at for at in hoped.span())
    kept = [token for token in words.tokens if token.end <= begin or token.start >= end]
    return _only(words, kept) if kept else None


def _only(words: Wording, tokens: Sequence[Token]) -> Wording:
    """Of `words` only `tokens`, in their order, each where it stood; blanks for the rest."""
    kept = Clause(tokens)
    start = kept[0].start
    spared = {place for token in kept for place in range(token.start, token.end)}
    offset = words.tokens[0].start
    text = "".join(letter if offset + at in spared else " " for at, letter in enumerate(words.text))
    return Wording(kept, text[start - offset :])


def _blanked(words: Wording, was: re.Match[str]) -> str:
    return words.text[: was.start()] + " " * (was.end() - was.start()) + words.text[was.end() :]


def _in_same_week(token: Token, days: list[Token]) -> Token:
    if token.type is parts.DAY and days and token.value.unit == "weekday" and token.value.week is None:
        return replace(token, value=replace(token.value, week=days[-1].value.week))
    return token


def _due(words: Wording) -> Wording | None:
    """15時の会議までに戻ります: until what begins then."""
    tokens = words.tokens
    for index, token in enumerate(tokens[:-2]):
        behind = tokens[index + 1]
        if token.type is not parts.KIND or behind.type is not parts.GAP or behind.value not in _BY:
            continue
        ahead = [other for other in tokens[:index] if other.type in parts.POINTS or other.type is parts.GAP]
        clock = any(other.type is parts.CLOCK for other in ahead)
        if clock and tokens[index + 2].type is parts.RETURN and tokens[index - 1].type is parts.GAP:
            end = Token(parts.UNTIL, False, token.start, behind.end)
            return Wording(Clause((*ahead[:-1], end, *tokens[index + 2 :])), words.text)
    return None


_BY = ("まで", "までに", "までには")
