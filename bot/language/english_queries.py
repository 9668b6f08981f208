"""The same questions in English: of somebody, of everyone, of oneself."""

import re
from collections.abc import Mapping

from bot.language.lexicon import expand
from bot.language.model import Action, StatusUpdate
from bot.language.patterns import either
from bot.language.people import MASK, Person

_NAME = rf"(?:(?:mr|ms|mrs|dr)\.?\s+)?(?:@?[a-z][\w\-']*|{MASK}+)"
_DAY = either(
    "today now yet tomorrow already right\\s+now this\\s+(?:morning|afternoon|week) next\\s+week all\\s+day"
)
_IN = (
    either(
        """
        in back here around out available free away gone at\\s+(?:lunch|\\w+\\s+desk|\\w+) in\\s+the\\s+office
        on\\s+(?:leave|vacation|holiday|pto|lunch|a\\s+call|the\\s+phone|a\\s+(?:business\\s+)?trip) wfh
        working\\s+(?:from\\s+home|remotely)? remote off busy sick in\\s+(?:a\\s+meeting|meetings|training)
        there com(?:ing|e)\\s+(?:in|back)(?:\\s+to\\s+the\\s+office)?
        """
    )
    + rf"(?:\s+{_DAY})*"
)
_BACK = either(
    "back return(?:ing)? com(?:ing|e)\\s+(?:back|in) get(?:ting)?\\s+(?:back|in) in here available free"
)
_OPENING = (
    either(
        """
        hi hey hello sorry excuse\\s+me quick\\s+question all team everyone folks please , \\s
        do\\s+you\\s+know
        (?:does\\s+)?any(?:one|body)\\s+know any\\s+idea (?:can|could)\\s+(?:you|someone|anyone)\\s+tell\\s+me
        """
    )
    + "*"
)
_ASKED = re.compile(
    rf"{_OPENING}(?:"
    rf"where(?:'s|\s+is|\s+are|s|\s+has)?\s+(?P<where>{_NAME}?)(?:\s+(?:right\s+)?(?:now|today|at|gone|going|is|went|are))*"
    rf"|whereis\s+(?P<whereis>\S+)"
    rf"|is\s+(?P<is>{_NAME})\s+(?:still\s+|already\s+|currently\s+)?{_IN}"
    rf"|has\s+(?P<has>{_NAME})\s+(?:already\s+)?"
    rf"(?:come|got(?:ten)?|gone|left|returned|arrived)(?:\s+(?:back|in|out|home|for\s+the\s+day|the\s+office|to\s+lunch|{_DAY}))*"
    rf"|did\s+(?P<did>{_NAME})\s+(?:already\s+)?(?:leave|come\s+(?:in|back)|go\s+(?:home|out)|get\s+(?:in|back))(?:\s+{_DAY})*"
    rf"|(?:when|what\s+time)(?:'s|\s+(?:is|will|does))?\s+(?P<when>{_NAME})\s+(?:is\s+|will\s+)?(?:be\s+)?{_BACK}(?:\s+\w+)?"
    rf"|(?:how\s+long|(?:un)?til\s+when)\s+(?:is|will)\s+(?P<till>{_NAME})\s+(?:be\s+)?{_IN}"
    r"|who(?:'s|\s+is|\s+are|\s+else\s+is)\s+"
    r"(?P<everyone>in(?!\s+(?:charge|on|for))|out|here|around|available|off|away|wfh|remote|working|on\s+(?:leave|vacation|holiday|pto))(?:\s+\w+){0,3}"
    r"|(?:what's\s+|what\s+is\s+)?(?P<whose>@?[a-z][\w\-.]*)'s\s+(?:status|schedule|whereabouts)"
    r"|(?:what's\s+|what\s+is\s+)?(?:the\s+)?status\s+of\s+(?P<of>\S+?)"
    r"|(?P<mine>(?:my\s+)?(?:status|schedule)(?:\s+today)?|everyone's\s+status|team\s+status|what's\s+my\s+status|where\s+am\s+i)"
    r")\s*[?.!]*"
)
_NAMED = ("where", "whereis", "is", "has", "did", "when", "till", "whose", "of")
_TITLE = re.compile(r"(?:mr|ms|mrs|dr)\.?\s+", re.IGNORECASE)
_NOT_PEOPLE = frozenset(
    expand(
        """
        the a an my your our his her their it this that there you we they he she meeting everything what
        here i room lunch office file document link
        """
    )
)
_EVERYONE = frozenset(expand("everyone everybody all team people anyone anybody someone somebody folks"))


def asked(text: str, cleaned: str, people: Mapping[int, Person], start: int, end: int) -> StatusUpdate | None:
    """The query that an English sentence, from `start` to `end`, is; None where it is none."""
    found = _ASKED.fullmatch(text, start, end)
    if found is None:
        return None
    if found["everyone"] or found["mine"]:
        return StatusUpdate(Action.QUERY)
    group = next((group for group in _NAMED if found[group]), None)
    if group is None:
        return None
    at, to = found.span(group)
    person = people.get(at)
    name = person.name if person else _TITLE.sub("", cleaned[at:to]).lstrip("@")
    if name.lower() in _EVERYONE:
        return StatusUpdate(Action.QUERY)
    return None if name.lower() in _NOT_PEOPLE else StatusUpdate(Action.QUERY, who=name)
