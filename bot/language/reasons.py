"""Sentences that say more than a status: why, before it, or what is promised or asked, behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.language import parts, phrases
from bot.language.kinds import HALVES
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.parts import ENDINGS, STATUS
from bot.language.patterns import either, sought
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording, cut

_ENDS = sought(
    """
    ので ため 為 から(?=、) 付き添いで 付添い?で 送迎で 送り迎えで 迎えで お迎えで 看病で 代休で 振休で
    都合で 関係で 影響で
    """,
    behind="(?:に(?!つ))?[、 ]*",
)
_TASKS = "準備 作成 作り 記録 整理 片付け 手配 調整 修正"
_HAS_TASK = sought(_TASKS)
_TASK = re.compile(
    f"の?[^、。はがをにも\\s]{{0,5}}{either(_TASKS)}"
    "(?:の?ため(?:に)?|なので|につき|中(?:の?ため(?:に)?|なので|につき|で(?!す))?[、 ]*|で(?!す))"
)
_OF_A_TIME = re.compile("の(?:[^、。は]*の)?")
_SINCE = re.compile("(?:ので|のため|ため|につき)[、 ]*")
_REACHED = re.compile(
    "後で|あとで|後ほど|のちほど|以降|電話|携帯|連絡|チャット|slack|メール|折り?返|返信|転送|確認し|送り?ます|戻ったら|終わったら"
)
_PUT_OFF = re.compile(
    "(?:[0-9]{1,2}分|少し|しばらく)?(?:後|あと)?に?、?"
    "(?:(?:少し|しばらく)?(?:お待ち|待って)|して|お願い|かけ直)[^、と]{0,6}(?:ください|下さい|ます)[。!]*$"
)
"""作業中なので30分後にお願いします, 電話中なので少し待ってください."""
_NAMED = frozenset({parts.NAME, parts.SUBJECT})
_NOW = re.compile("中(?:なので|のため|につき|ですので)")
_PROMISED = re.compile(
    r"\s*(?:に|で|には)?、?(?:ご|お)?(?:折り?返|連絡|返信|返答|返事|電話|かけ直|確認し|お?願い|対応し)"
)
_SAID = STATUS | ENDINGS
_WHEN = parts.POINTS | {parts.ABOUT, parts.ABOUT_BEHIND, parts.PERHAPS}
_COMES = re.compile("にな(?:り|る)|(?:に|には|頃|ごろ)(?:行き|いき|着き|伺い|向かい)ます")
_EVENTS = frozenset({Kind.MEETING, Kind.TRIP})
_HOURS = frozenset({parts.CLOCK, parts.LENGTH, parts.UNTIL, parts.AFTER, parts.MORNING, parts.AFTERNOON})
_MENTIONED = re.compile("(?:の?ため|なので|ですので|で)(?!す)")
_ENTERS = re.compile("[にが](?:入|はい|出|参加|出席|行)")
_ACTS = frozenset({Kind.LEFT, Kind.LATE, Kind.AWAY, Kind.OUT})
_ACTING = re.compile("(?:しま|いたしま|ま)?(?:する|す|る)?ので")
_UNTIL_THEN = re.compile("それまで(?:に|には|は)?")
_TOPIC = re.compile("[^\\s、。はが]+は(?=$|[^、。]*$)")
_LASTING = frozenset({Kind.BUSY, Kind.REMOTE})
_STAYS = re.compile("(?:い|おり)ます[。!]*$")
_OF_EVERYBODY = re.compile("の人|みんな|全員|皆|祝日|記念日")


def readings(words: Wording) -> Iterator[Wording]:
    """What may be left of a sentence that states nothing as it stands."""
    yield from behind(words)
    for end in _SINCE.finditer(words.text):
        ahead = _until(words, end.end())
        if ahead is None or _OF_EVERYBODY.search(ahead.text):
            continue
        reached = _REACHED.search(words.text, end.end()) or (
            _PUT_OFF.match(words.text, end.end()) and not words.tokens.has(_NAMED)
        )
        if _acts(ahead) or (reached and _goes_on(ahead)):
            yield ahead


def behind(words: Wording) -> Iterator[Wording]:
    """What a sentence says behind its reasons, the shortest first."""
    for end in reversed(list(_ENDS.finditer(words.text))):
        if _has_topic(words, words.tokens[0].start + end.start()):
            continue
        rest = cut(words, end.end())
        if rest is None or _OF_EVERYBODY.search(words.text[: end.start()]):
            continue
        if rest.tokens.has(_SAID):
            yield rest
        elif delayed := _delay(words, rest):
            yield delayed


def _has_topic(words: Wording, before: int) -> bool:
    """先方は研修のため: what is said of a topic is said of it to the end of the sentence."""
    return any(
        token.type is parts.GAP
        and token.start < before
        and (topic := _TOPIC.search(token.value)) is not None
        and not phrases.OWN_SUBJECT.search(topic[0])
        for token in words.tokens
    )


def _delay(words: Wording, rest: Wording) -> Wording | None:
    """電車が遅れているので10時頃になります, 寝坊したので11時に行きます: when a late one comes."""
    comes = _COMES.search(rest.text)
    if comes is None or parts.CLOCK not in rest.tokens.types:
        return None
    for token in words.tokens:
        if token.type is parts.KIND and token.value.kind is Kind.LATE:
            when = [point for point in rest.tokens if point.type in _WHEN]
            return Wording(Clause((token, *when)), words.text[token.start - words.tokens[0].start :])
    return None


def is_mere_mention(words: Wording, clause: Clause, other: Clause) -> bool:
    """明日は会議なので資料を準備します: why `other` is done, and no state of now."""
    if _STAYS.search(words.of(other)):  # 来客のため、応接室にいます
        return False
    kinds = [token for token in clause if token.type is parts.KIND]
    if not kinds or kinds[-1].value.kind not in _EVENTS or clause.has(_HOURS):
        return False
    return _MENTIONED.match(words.text_behind(kinds[-1])) is not None


def without_its_time(words: Wording) -> Wording:
    """17時に予約があるので16時半に上がります: the time of a reason is none of the status."""
    if not words.tokens.has(_HOURS):
        return words
    for end in _ENDS.finditer(words.text):
        rest = cut(words, end.end())
        start = words.tokens[0].start
        reason = [token for token in words.tokens if token.start < start + end.start()]
        if rest is None or not (rest.tokens.has(_SAID) and Clause(reason).has(_HOURS)):
            continue
        if until := _until_then(reason, rest):
            return until
        states = any(_states(token) for token in reason) and not _returns_before(rest)
        if states or not rest.tokens.has(parts.POINTS):
            continue
        days = [index for index, token in enumerate(reason) if token.type is parts.DAY]
        return _with_gap(words, reason[: days[-1] + 1] if days else [], rest)
    return words


def without_task(words: Wording) -> Wording:
    """面接の準備で手が離せません: what is prepared is no state, but why one is busy."""
    if not _HAS_TASK.search(words.text):
        return words
    offset = words.tokens[0].start
    for index, token in enumerate(words.tokens):
        task = _TASK.match(words.text_behind(token)) if token.type is parts.KIND else None
        rest = cut(words, token.end - offset + task.end()) if task else None
        if rest is not None and rest.tokens.has(STATUS):
            return _with_gap(words, _without_its_day(words.tokens[:index]), rest)
    return words


def _without_its_day(ahead: list[Token]) -> list[Token]:
    """What stands ahead of 会議の準備, without what says when the meeting is: 明日の会議の準備で."""
    if not ahead or ahead[-1].type is not parts.GAP or not _OF_A_TIME.fullmatch(ahead[-1].value):
        return ahead
    kept = ahead[:-1]
    while kept and (kept[-1].type in parts.POINTS or kept[-1].type is parts.FROM):
        kept.pop()
    return kept


def _with_gap(words: Wording, ahead: list[Token], rest: Wording) -> Wording:
    """`words` with a gap for all that stands between `ahead` and `rest`."""
    if ahead and ahead[-1].type is parts.GAP:
        ahead.pop()
    offset = words.tokens[0].start
    begin, end = ahead[-1].end if ahead else offset, rest.tokens[0].start
    if rest.tokens[0].type is parts.GAP:
        end = rest.tokens.pop(0).end
    gap = Token(parts.GAP, words.text[begin - offset : end - offset], begin, end)
    return Wording(Clause((*ahead, gap, *rest.tokens)), words.text)


def _until_then(reason: Sequence[Token], rest: Wording) -> Wording | None:
    """15時に来客があるのでそれまでに戻ります."""
    first = rest.tokens[0]
    then = _UNTIL_THEN.match(rest.text)
    clocks = [token for token in reason if token.type is parts.CLOCK]
    if then is None or not clocks or first.type is not parts.GAP:
        return None
    end = replace(clocks[-1], start=first.start, end=first.start + 1)
    until = Token(parts.UNTIL, False, first.start + 1, first.end)
    return Wording(Clause((end, until, *rest.tokens[1:])), rest.text)


def _returns_before(rest: Wording) -> bool:
    """16時から会議なので15時半には戻ります: when one returns, and no more."""
    types = rest.tokens.types
    return parts.RETURN in types and parts.CLOCK in types and parts.KIND not in types


def _states(token: Token) -> bool:
    return token.type in _SAID and not (token.type is parts.KIND and token.value.role is Role.CAUSE)


def _acts(words: Wording) -> bool:
    """先に帰りますので, 30分離席するので: what one is about to do, whatever is asked for it."""
    kinds = [token for token in words.tokens if token.type is parts.KIND]
    if not kinds:  # 帰社は17時頃なので
        return words.tokens.types >= {parts.RETURN, parts.CLOCK}
    return kinds[-1].value.kind in _ACTS and _ACTING.match(words.text_behind(kinds[-1])) is not None


def _goes_on(words: Wording) -> bool:
    """Whether a state is said of now, or with its time: 会議中なので, 明日は在宅なので; not 出張のため."""
    kinds = [token for token in words.tokens if token.type is parts.KIND]
    if not kinds:
        return False
    last = kinds[-1].value
    behind = words.text_behind(kinds[-1])
    tail = phrases.tail(behind)
    said = tail.said and last.role is not Role.ABSENCE
    if not (tail.cause or said or _ENTERS.match(behind)):  # 外出が多いので
        return False
    timed = words.tokens.has(parts.POINTS) or last.role is Role.GO_HOME or last.role in HALVES
    return timed or last.kind in _LASTING or _NOW.search(words.text) is not None


def _until(words: Wording, at: int) -> Wording | None:
    position = words.tokens[0].start + at
    rest = [token for token in words.tokens if token.start < position]
    if rest and rest[-1].end > position:
        if rest[-1].type is not parts.GAP:
            return None
        last = rest.pop()
        rest.append(Token(parts.GAP, last.value[: position - last.start], last.start, position))
    return Wording(Clause(rest), words.text[:at]) if rest else None


def without_promise(words: Wording, *, running: bool) -> Wording:
    """手が離せません。16時以降にお願いします: the time is that of a call, not of what goes on."""
    if parts.SINCE not in words.tokens.types:
        return words
    held = running
    for index, token in enumerate(words.tokens):
        if token.type is parts.SINCE and held and _PROMISED.match(words.text_behind(token)):
            ahead = words.tokens[: index - 1]
            end = ahead[-1].end if ahead else words.tokens[0].start
            return Wording(Clause(ahead), words.text[: end - words.tokens[0].start])
        held = (held or token.type in STATUS) and not words.text_behind(token).startswith("は")
    return words
