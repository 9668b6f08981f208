"""The same judgement for English: a sentence counts only where every word has a known place."""

import re
from collections.abc import Sequence

from bot.language import parts
from bot.language.lexicon import Role, Status, expand
from bot.language.model import Kind
from bot.language.tokens import Token

_JAPANESE = re.compile("[ぁ-んァ-ヴ一-龥]")
_WORD = re.compile(r"[a-z][a-z'\-]*")
_FILLERS = frozenset(
    expand("""
    i i'm im i've i'll ill i'd will be am in a an the my on at for and from of off going gonna gone go taking
    take having just quick quickly now sorry hi hello hey all team everyone folks guys good morning please
    note fyi heads up attending doing have got working work step by then so because due to with again
    still currently this that's soon day running it's its or about some over until out home sick today
    back little bit bc as well also thanks cheers noon time half about early got visiting visit see seeing
    head heading meeting staying ok okay
    """)
)
_NOT_MINE = frozenset(
    expand("""
    is are was were been has had did does can could would should may might shall let's lets your you his
    her their he she they we our no not never without it nice great good enjoy happy hope how what where
    when why who which if thank congrats send sent share shared book booked schedule scheduled rescheduled
    remind reminder request requests approved approve budget policy notes minutes room link url agenda
    invite report reports form expense expenses per about? need needs want wants think see before while
    during said says asked covering cover she's he's they're we're you're there's everyone's who's
    """)
)
_BARE = frozenset(expand("i i'll will be from on at the in a of for"))  # around a time alone
_THANKS = re.compile(r"\bthanks? (?:you )?(?:so much |a lot |again )?for\b")
_OWN_TIMES = "(?:the |my )?(?:office|desk|morning|afternoon)|mon|tue|wed|thu|fri|sat|sun|next|noon"
_WISHED = re.compile(
    r"^take\b|\bplease (?!note\b|extend\b|set me\b|i\b|i'm\b)[a-z]|^log out\b|[0-9]%|^(?:maybe|perhaps) i\b"
    r"|\bsick of\b|\bfor (?:everyone|everybody)\b|^(?:i )?(?:moved|changed) the\b"
    r"|\bit(?:'s| is|s) (?:available|free|out|back|late|off|a (?:holiday|day off))\b"
    rf"|\bavailable (?:in|on|at) (?!{_OWN_TIMES})[a-z]|\bavailable in [0-9]+ (?!min|h)"
)
STATUS = frozenset(
    {
        parts.KIND,
        parts.RETURN,
        parts.ARRIVE,
        parts.CLEAR,
        parts.CANCEL,
        parts.FINISHED,
        parts.EXTEND,
        parts.CHANGE,
        parts.MORE,
    }
)
_BEFORE_NAMED = parts.POINTS | {parts.PAUSE, parts.INNOCENT}
_ALONE = frozenset(
    Status(kind) for kind in (Kind.OUT, Kind.LEFT, Kind.LATE, Kind.AVAILABLE, Kind.LEAVE, Kind.REMOTE)
)
"""Words that nothing names: a seat is left, lights are off, but a client's meeting is a meeting."""
_LEADS = frozenset(expand("with at in to for re due because visiting near via from - due"))


def is_english(text: str) -> bool:
    """Whether a sentence has no Japanese in it."""
    return not _JAPANESE.search(text)


def states(tokens: Sequence[Token], text: str, *, named: bool, command: bool) -> bool:
    """Whether an English sentence states the sender's whereabouts, or a colleague's (`named`)."""
    meant = False
    if not command and (_THANKS.search(text) or _WISHED.search(text.strip())):
        return False
    if not command and not any(token.type in STATUS for token in tokens):
        # a word that only looks like a status (call you back) is none of those around a time alone
        gaps = (token.value or "innocent" for token in tokens if token.type in (parts.GAP, parts.INNOCENT))
        words = _WORD.findall(" ".join(gaps))
        return set(words) <= _BARE
    for index, token in enumerate(tokens):
        if token.type not in (parts.GAP, parts.INNOCENT):
            meant = meant or token.type not in (parts.PAUSE, parts.DASH, parts.NAME, parts.NUMBER)
            continue
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.type is parts.INNOCENT:
            said = text[token.start - tokens[0].start : token.end - tokens[0].start]
            if said not in ("i'm", "i am") and not command:
                return False
            continue
        if before is not None and before.type is parts.DASH and not _is_led(tokens[: index - 1]):
            before = None  # I have to prepare
        leads = before is not None and _leads(before, text[: token.start - tokens[0].start])
        if not _known(token.value, before, after, led=leads, named=named, command=command):
            return False
    return meant or command


def _is_led(ahead: Sequence[Token]) -> bool:
    """Whether `to` leads from a status or a time: a trip to Osaka."""
    meant = [token for token in ahead if token.type is not parts.GAP or token.value.strip()]
    return bool(meant) and meant[-1].type not in (parts.GAP, parts.INNOCENT)


def _leads(token: Token, said: str) -> bool:
    """Whether whoever is seen, or where one is, follows: visiting a client, back from Acme, to Osaka."""
    if token.type is parts.CLEAR:
        return said.endswith("from")
    return token.type is parts.DASH or (token.type is parts.KIND and token.value.role is Role.VISIT)


def _known(  # a gap with what stands around it
    gap: str, before: Token | None, after: Token | None, *, led: bool, named: bool, command: bool
) -> bool:
    words = _WORD.findall(re.sub(r"\([^)]*\)", " ", gap))
    overruns = after is not None and after.type is parts.EXTEND  # the meeting is running over
    allowed = {"is", "are"} if named or overruns else {"see"} if before is not None else set()
    if any(word in _NOT_MINE and word not in allowed for word in words):
        return False
    if command:
        return True
    unknown: list[int] = []
    for place, word in enumerate(words):
        if word in _LEADS:
            led = before is not None and before.type in (parts.KIND, parts.RETURN, parts.CLEAR)
        if word not in _FILLERS and not led and not (word == "is" and "is" in allowed):
            unknown.append(place)
    if not unknown:
        return True
    if (
        words[0] == "the"
        or "%" in gap
        or after is None
        or after.type is not parts.KIND
        or after.value in _ALONE
    ):
        return False
    modifies = before is None or before.type in _BEFORE_NAMED  # team meeting, 14:00 client MTG
    return modifies and len(unknown) <= 2 and unknown[-1] == len(words) - 1
