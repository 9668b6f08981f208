"""What a sentence tells of before, or of others, before it comes to what holds now."""

import re
from itertools import dropwhile, pairwise

from bot.language import outsiders, parts, reasons
from bot.language.days import Day
from bot.language.dividing import clauses
from bot.language.kinds import HALVES
from bot.language.lexicon import Role
from bot.language.parts import CLOSING, MEANT, STATUS
from bot.language.patterns import sought
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording, cut

_OVER = frozenset({parts.CLEAR, parts.FINISHED})
_PAST = _OVER | {parts.PAST}
_TODAY = Day("offset", 0)
_NO_END = frozenset({parts.GAP, parts.CLEAR, parts.CLOCK})
_THEN = sought("後 あと 明け 終わ")
_OVER_THEN = re.compile(
    "(?:の?(?:終了)?後(?!半)|のあと|明け|が?終わった(?:後|あと|ら)|が?終わり次第)[のにではから]*"
)
_HOURS = frozenset({parts.CLOCK, parts.AFTERNOON})
_AHEAD = frozenset({parts.PAUSE, parts.DAY, parts.ABOUT, parts.FILLER})
_COMINGS = frozenset({parts.RETURN, parts.ARRIVE, parts.LAND, parts.FINISH})
_WAS = re.compile("(?:でした|だった|ました)(?:が|けど|ので)[、 ]?")
_TOLD = re.compile("(?:ました|でした)[。!\\s]*$")
_MARKED = sought("たが たけど ので ため から、")
_EARLIER = "(?<!先ほど)(?<!さきほど)(?<!さっき)(?<!午前)(?<!午前中)(?<!朝)(?<!まで)"
_OF_ANOTHER = re.compile(f"{_EARLIER}[はがも]")
_FAMILY = "母|父|妻|夫|嫁|娘|息子|子供|子ども|こども|祖母|祖父|義母|義父|両親|家族|兄|姉|弟|妹"
_GUESTS = f"(?:様|さま|お客さん|先方|業者(?:さん)?|来客(?=[がも]お?[来見帰到])|の方|{_FAMILY})[がも]"
_OF_FAMILY = re.compile(f"(?:うちの|私の)?(?:{_FAMILY})[はがも]")
_SINCE_GUESTS = re.compile(f"^[^、。]*?{_GUESTS}[^、。]*?(?:ので|ため|から(?=、))[に、 ]*")


def tells_of_past(words: Wording) -> bool:
    """Whether a sentence is a memory: 昨日 makes one, and so does what was over on another day.

    昨日から goes on today.
    """
    tokens, offset = words.tokens, words.tokens[0].start
    if not tokens.has(_PAST):
        return False
    if tokens.has(_OVER) and any(
        day.type is parts.DAY and day.value != _TODAY and behind.type in _NO_END
        for day, behind in pairwise(tokens)
    ):
        return True
    if parts.CLEAR in tokens.types and _OF_FAMILY.match(words.text):  # 妻が帰ってきました
        return True
    return any(
        token.type is parts.PAST and not words.text.startswith("から", token.end - offset) for token in tokens
    )


def forgotten(words: Wording) -> Wording:
    """`words` from where they come to what holds now."""
    words = _without_what_is_over_then(words)
    if parts.PAST in words.tokens.types:
        words = _without_mention(words)
    if tells_of_past(words):
        words = next((rest for rest in reasons.behind(words) if _holds_now(rest)), words)
    if not _MARKED.search(words.text):
        return words
    return _without_guests(_without_what_was(words))


def _holds_now(words: Wording) -> bool:
    """今日は休みます, and not 早退しました: behind a reason of yesterday."""
    told = _TOLD.search(words.text) is not None and parts.DAY not in words.tokens.types
    return not (told or tells_of_past(words))


def _without_what_is_over_then(words: Wording) -> Wording:
    """会議後、16時から外出します: nothing tells when what is over by then takes place."""
    if not _THEN.search(words.text):
        return words
    offset = words.tokens[0].start
    timed = False
    for index, token in enumerate(words.tokens):
        timed = token.type in _HOURS or (timed and token.type is not parts.PAUSE)
        if timed or token.type not in STATUS or (token.type is parts.KIND and token.value.role in HALVES):
            continue
        over = _OVER_THEN.match(words.text_behind(token))
        rest = cut(words, token.end - offset + over.end()) if over else None
        if rest is None or (coming := _comes_at(rest.tokens)) is None:
            continue
        end = rest.tokens[0].start
        if coming in _COMINGS:
            between = [] if rest.tokens[0].type is parts.PAUSE else [Token(parts.PAUSE, None, token.end, end)]
            return Wording(Clause((*words.tokens[: index + 1], *between, *rest.tokens)), words.text)
        ahead = _without_guest(words.tokens[:index], token)
        left = Token(parts.FILLER, None, ahead[-1].end if ahead else offset, end)
        return Wording(Clause((*ahead, left, *rest.tokens)), words.text)
    return words


def _without_guest(ahead: list[Token], status: Token) -> list[Token]:
    """お客様訪問後: whom one visits is no subject of what follows."""
    if not ahead or status.type is not parts.KIND or status.value.role is not Role.VISIT:
        return ahead
    last = ahead[-1]
    guest = last.type is parts.NAME or (last.type is parts.GAP and outsiders.is_one(last.value.strip()))
    return ahead[:-1] if guest else ahead


def _comes_at(tokens: Clause) -> parts.Type | None:
    """What states something at the time that `tokens` begin with, None where they begin otherwise."""
    ahead = list(dropwhile(_leads_to_time, tokens))
    if not ahead or ahead[0].type not in _HOURS or (len(ahead) > 1 and ahead[1].type is parts.UNTIL):
        return None
    return next((token.type for token in ahead if token.type in STATUS), None)


def _leads_to_time(token: Token) -> bool:
    return token.type in _AHEAD or (token.type is parts.GAP and not token.value.strip())


def _without_mention(words: Wording) -> Wording:
    """昨日話した通り、明日は休みます: a clause of the past that holds no status is left aside."""
    first, *more = clauses(words.tokens)
    if not more or parts.PAST not in first.types or first.has(MEANT):
        return words
    return cut(words, more[0][0].start - words.tokens[0].start) or words


def _without_what_was(words: Wording) -> Wording:
    """昨日は休みでしたが今日は在宅です, 離席していましたが戻りました: only what follows holds now."""
    was = _WAS.search(words.text)
    if was is None:
        return words
    position = words.tokens[0].start + was.end()
    before = Clause(token for token in words.tokens if token.start < position)
    rest = Clause(token for token in words.tokens if token.start >= position)
    memory = parts.PAST in before.types and parts.KIND in rest.types
    back = bool(rest) and rest[0].type is parts.CLEAR and not _OF_ANOTHER.search(words.text[: was.start()])
    if before[-1].end == position and parts.NAME not in before.types and (memory or back):
        return cut(words, was.end()) or words
    return words


def _without_guests(words: Wording) -> Wording:
    """お客様が来られるので15時まで離席します: what others do is only the reason."""
    since = _SINCE_GUESTS.match(words.text)
    if since is None:
        return words
    start = words.tokens[0].start
    behind = cut(words, since.end())
    if behind is None:
        return words
    if parts.CLEAR in behind.tokens.types or not behind.tokens.has(CLOSING):
        return behind
    reason = Token(parts.GAP, since[0], start, start + since.end())
    if behind.tokens[0].type is parts.GAP:
        first = behind.tokens.pop(0)
        reason = Token(parts.GAP, reason.value + first.value, start, first.end)
    return Wording(Clause((reason, *behind.tokens)), words.text)
