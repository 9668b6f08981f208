"""An English sentence clause by clause: what states whereabouts, and the remarks that go with it.

In a meeting until 4, will reply after; Sorry for the wait, I'm back; OOO tomorrow, please ask Suzuki: what
is asked, promised or explained beside a status leaves it as it is. Beside the mere name of an event (Lunch
at 12) only how the sender is reached does: anything else is about the event.
"""

import re
from collections.abc import Iterator

from bot.language import dividing, english, parts
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.parts import CLOSING, POINTS
from bot.language.patterns import either
from bot.language.tokens import Clause, Token
from bot.language.wording import Wording, cut

_REACHING = either("ping call text e?mail message dm reach phone ring slack contact")
_DAYS = "mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|noon|tomorrow|next"
_DASHED = rf"\s+-+\s+(?![0-9]|{_DAYS})"
_JOINT = re.compile(
    rf"\s*[,;()|]+\s*(?:(?:and|but|so)\s+)?|{_DASHED}"
    r"|\s+(?=because\b|(?:and|but|so|as|since)\s+(?:i|i'm|im|i'll|my|will|please|[a-z]+ing)\b|(?:please|pls)\b"
    rf"|{_REACHING}\s+me\b)"
)
_LED = r"(?:(?:and|but|so|or|just|then|also|please|pls|kindly)\s+)*"
_WILL = r"(?:(?:i|i'll|will|can|may|might|gonna|going\s+to|you)\s+)+"
_REACHED = re.compile(
    _LED
    + either(
        rf"""
        (?:{_WILL}|feel\s+free\s+to\s+)?{_REACHING}(?:\s+or\s+{_REACHING})?\s+(?:me|my)
        {_WILL}(?:\w+\s+)?(?:reply|respond|answer|call|ping|text|talk|get\s+back|return|be\s+back|follow\s+up)
        {_WILL}(?:check(?!\s+(?:with|if|whether))|catch\s+up|be\s+(?:slow|reachable|available|online|offline))
        (?:slow|slower|late)\s+(?:to\s+)?(?:reply|respond|replies|response)
        (?:my\s+)?(?:replies|responses?)\s+(?:may|might|will)
        (?:limited|no)\s+(?:access|email|slack|signal|calls)
        (?:i'm\s+|still\s+)*(?:reachable|available|online|contactable)\s+(?:on|by|via|through|over)
        (?:best\s+)?(?:on|by|via)\s+(?:slack|e?mail|phone|mobile|cell|teams|line|chat)
        (?:slack|e?mail|phone|mobile|text|chat)\s+(?:is\s+best|only|works)
        calling\s+(?:you|back) (?:only\s+)?checking see\s+you\s+(?:on|next|again)
        """
    )
    + r"\b"
)
"""How and when the sender is reached, which nothing but an absence is told with."""
_REMARK = re.compile(
    _LED
    + either(
        rf"""
        please pls kindly let\s+me\s+know feel\s+free don't do\s+not go\s+ahead start wait leave use try hold
        ask see talk tell {_REACHING} {_WILL}(?!be\b)\w+ can't cannot
        (?!he\b|she\b|they\b|we\b|it\b|you\b)[a-z]+(?:-san)?\s+(?:will|can|is\s+covering)
        thanks? thx sorry apologies cheers have\s+a take\s+care bye good\s+(?:night|luck|morning|afternoon)
        hi hello hey fyi ok okay as because since due\s+to
        """
    )
    + r"\b"
)
"""What is asked, promised, wished or explained, whatever times it names."""
_PENDING = re.compile(
    r"\b(?:approve|confirm|permission|kidding|disregard|ignore|said|says|told|unless|maybe|perhaps|possibly"
    r"|depending|not sure|i (?:think|guess|hope)|is (?:that|it|this)|objections?"
    r"|(?:if|that)\b.* (?:ok|okay|fine|possible|works|all ?right|a problem))\b"
)
"""Leaves open whether the status holds, or tells that it was somebody else's."""
_OF_OTHERS = re.compile(r"(?:he|she|they|we|you|it|this|that|there|these|his|her|their|your|our)(?:'\w+)?\b")
_TAGGED = re.compile(r"(?:right|ok|okay|no|not|or|yes|yeah|wait)\b")
_CONDITION = re.compile(
    r"(?:if|when|whenever|once|while|unless|until|before|after|in case|suppose|should|had|were)\b"
)
_OWN = re.compile(r"\b(?:i'm|im|i am|i'll|i will|i've|i have|will be)\b")
_ALONE = re.compile(r"(?:my|train|trains|bus|kids?|traffic|[a-z]{3,}ing)\b")  # Grabbing a coffee, back in 15
_LASTING = frozenset({parts.UNTIL, parts.BY, parts.LENGTH, parts.EXTEND, parts.FINISHED, parts.CLEAR})
_EVENTS = frozenset({Kind.MEETING, Kind.TRIP, Kind.AWAY})
_HOLIDAYS = frozenset({"vacation", "holiday", "holidays"})
_BACK = re.compile(
    r"(?:just |now )*back(?: (?:now|again|online|home|at my desk|at work|in the office|to work))*$"
)
_TOLD_TO = re.compile(  # Be back by 3, please; Done by Friday, I promise
    r"(?:be|come|get|return|sign|log|clock|leave|take|go|finish|finished|done)\b.*\bplease$"
    r"|(?:all )?(?:done|finished) by\b"
)
_SPEAKS = re.compile(r"[\s,:!]*(?:i'm|im|i'll|i am|i will)\b")
_GREETING = re.compile(r"(?:morning|afternoon|evening)(?: (?:all|everyone|team|folks))?(?:[,]\s*|$)")
_QUESTION = re.compile(
    r"(?:(?:can|could|would|will) (?:you|someone|anyone)|(?:what )?did i miss"
    r"|any (?:calls|messages|news|updates)|anything)\b"
)
_ASKED = re.compile(r"(?:leave|come|go|get|return|sign)\b")  # traffic is terrible, leave early
DOES = re.compile("in |at |on |out|off|away|afk|brb|with|[a-z]+ing ")
"""How words begin that tell what one does, and name no event: in a meeting, heading home."""
_TOLD = CLOSING | POINTS


def stated(words: Wording, *, named: bool, command: bool) -> list[Clause] | None:
    """The clauses that state the sender's whereabouts, or a colleague's (`named`); None where it is talk."""
    if not command and (_TOLD_TO.match(words.text) or _is_elsewhere(words)):
        return None
    greeting = _GREETING.match(words.text)
    rest = cut(words, greeting.end()) if greeting else words
    return _judged(rest, named=named, command=command) if rest else []


def addresses(words: Wording) -> bool:
    """Sato-san, I'm out until 3: whoever is named is spoken to."""
    named = (token for token in words.tokens if token.type is parts.SUBJECT)
    return any(_SPEAKS.match(words.text_behind(token)) for token in named)


def before_question(words: Wording) -> Wording | None:
    """I'm out until 3, can you call me back?: what the sender says of himself, None where all is asked."""
    if not english.is_english(words.text):
        return None
    divided = list(_divided(words))
    asked = next((index for index, part in enumerate(divided) if _QUESTION.match(part.text)), 0)
    told = divided[:asked]
    if not told or _PENDING.search(words.text):
        return None
    own = any(english.states(p.tokens, p.text, named=False, command=False) and _is_firm(p) for p in told)
    return next(_between(words, 0, told[-1].tokens[-1].end - words.tokens[0].start)) if own else None


def _judged(words: Wording, *, named: bool, command: bool) -> list[Clause] | None:
    whole = parts.DASH not in words.tokens.types or not re.search(_DASHED, words.text)
    if whole and english.states(words.tokens, words.text, named=named, command=command):
        return dividing.clauses(words.tokens)
    kept: list[Wording] = []
    beside: list[Wording] = []
    for part in _divided(words):
        states = english.states(part.tokens, part.text, named=named, command=command)
        (kept if states and not _ASKED.match(part.text) else beside).append(part)
    if not any(part.tokens.has(english.STATUS) for part in kept):
        return None
    own = any(_OWN.search(part.text) for part in kept)
    firm = command or any(map(_is_firm, kept))
    plain = command or any(map(_is_plain, kept))
    start = kept[0].tokens[0].start
    for part in beside:
        ahead = part.tokens[0].start < start
        goes_along = (
            _leads(part.text, own=own, firm=firm) if ahead else _follows(part, firm=firm, plain=plain)
        )
        if not goes_along or (own and named) or _PENDING.search(part.text):
            return None
    return [clause for part in kept for clause in dividing.clauses(part.tokens)]


def _is_elsewhere(words: Wording) -> bool:
    """I'll be there at 3: at a meeting, as it were; a late one comes to the office at that time."""
    late = any(token.type is parts.KIND and token.value.kind is Kind.LATE for token in words.tokens)
    return "be there" in words.text and not (late and words.tokens.has(POINTS))


def _divided(words: Wording) -> Iterator[Wording]:
    """The clauses, without what joins them."""
    start = 0
    for joint in _JOINT.finditer(words.text):
        yield from _between(words, start, joint.start())
        start = joint.end()
    yield from _between(words, start, len(words.text))


def _between(words: Wording, start: int, end: int) -> Iterator[Wording]:
    """`words` from one letter to another, if anything stands there."""
    offset = words.tokens[0].start
    tokens = [_trimmed(token, start + offset, end + offset) for token in words.tokens]
    inside = Clause(token for token in tokens if token.start < token.end and token.type is not parts.PAUSE)
    if inside:
        yield Wording(inside, words.text[inside[0].start - offset : inside[-1].end - offset])


def _trimmed(token: Token, start: int, end: int) -> Token:
    first, last = max(token.start, start), max(min(token.end, end), start)
    value = token.value[first - token.start : last - token.start] if token.type is parts.GAP else token.value
    return Token(token.type, value, first, last)


def _leads(text: str, *, own: bool, firm: bool) -> bool:
    """Sorry for the wait, I'm back; My train stopped, running late; not: Tanaka, out until 3."""
    if _CONDITION.match(text) or _OF_OTHERS.match(text):
        return False
    return own or (firm and (_REMARK.match(text) or _ALONE.match(text)) is not None)


def _follows(part: Wording, *, firm: bool, plain: bool) -> bool:
    """Whether a clause leaves the status before it as it is."""
    if _REACHED.match(part.text):
        return True
    if not firm or _TAGGED.match(part.text):
        return False
    if _REMARK.match(part.text):
        return True
    told = any(token.type in _TOLD and not _is_cause(token) for token in part.tokens)
    return plain and not (told or _OF_OTHERS.match(part.text) or _CONDITION.match(part.text))


def _is_cause(token: Token) -> bool:
    """In at 10, doctor's appointment first."""
    return token.type is parts.KIND and token.value.role is Role.CAUSE


def _is_firm(part: Wording) -> bool:
    """Whether a clause can only be of the sender: out tomorrow, in a meeting; not lunch at 12."""
    kinds = [token for token in part.tokens if token.type is parts.KIND]
    if any(token.value.kind is Kind.AVAILABLE for token in kinds):
        return False
    if _OWN.search(part.text) or parts.CLEAR in part.tokens.types:
        return True
    lasting = part.tokens.has(_LASTING)
    if any(_names_event(token, part.said(token)) for token in kinds):
        return lasting and all(token.value.kind is not Kind.AWAY for token in kinds)
    if not kinds:
        returns = parts.RETURN in part.tokens.types and part.tokens.has(POINTS)
        return lasting or returns or _BACK.match(part.text) is not None
    return part.tokens.has(POINTS) or any(" " in part.said(token) for token in kinds)


def _is_plain(part: Wording) -> bool:
    """Whether a clause says more than one word, which may mean other things: I'm out, too expensive."""
    words = (part.said(token) for token in part.tokens if token.type is parts.KIND)
    return part.tokens.has(_LASTING | POINTS) or any(" " in said for said in words)


def _names_event(token: Token, said: str) -> bool:
    """Lunch, a client visit, train delays: what others may have as well."""
    status: Status = token.value
    if status.role is Role.VISIT:
        return True
    if status.role is Role.CAUSE:
        return status.kind is Kind.LATE
    return said in _HOLIDAYS or (status.kind in _EVENTS and not DOES.match(said))
