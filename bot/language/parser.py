"""Reads one message: first what it says, which no clock changes, then what that means at its moment."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.language import brackets, changes, notes, parts, people, queries, quotations, talk, times
from bot.language.calendar import DEFAULT_CALENDAR
from bot.language.drafts import Draft
from bot.language.entries import Builder
from bot.language.frames import Frame
from bot.language.model import Action, AskReason, Context, Entry, Kind, OfficeCalendar, StatusUpdate
from bot.language.normalise import clean, fold
from bot.language.reader import Reader
from bot.language.scanner import OwnWords, scanner
from bot.language.tokens import Clause, Unclear

NOTHING = StatusUpdate(Action.NONE)
_NO_WORDS: Mapping[str, Kind] = {}
_HONORIFIC = re.compile("(?:さん|くん|ちゃん|君)$")
_ON_THE_WAY = re.compile("(?:戻|帰|もど|かえ)(?:り|社し)?(?:ます|る|中)|soon|bit|later|shortly")
_LONGEST = 2000  # letters: a longer message is no status


def parse(
    text: str,
    now: datetime,
    context: Context = "chat",
    calendar: OfficeCalendar = DEFAULT_CALENDAR,
    words: Mapping[str, Kind] = _NO_WORDS,
) -> StatusUpdate:
    """What `text`, sent at `now`, says about somebody's whereabouts (docs/status-language.md).

    `now` is any aware instant; entries are in the office's zone, to the second. `context` is "command"
    for what follows the slash command, where less is taken for talk. `words` are an office's own words
    for kinds (客先A: out). Never raises for any text.

    Raises:
        ValueError: `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("the status language needs an aware instant")
    cleaned = clean(text if context == "command" else quotations.unquoted(text))
    if not cleaned:
        return StatusUpdate(Action.QUERY) if context == "command" else NOTHING
    if len(cleaned) > _LONGEST:
        return NOTHING
    own = (
        tuple(sorted((fold(clean(word)), kind) for word, kind in words.items() if word.strip()))
        if words
        else ()
    )
    try:
        said = _said(cleaned, own, context == "command")
        return said if isinstance(said, StatusUpdate) else said.at(now, calendar)
    except Unclear as unclear:
        return StatusUpdate(Action.ASK, reason=unclear.reason)
    except OverflowError:  # a date beyond the calendar
        return StatusUpdate(Action.ASK, reason=AskReason.INVALID_DATE)


# An office types the same few dozen sentences every day.
@lru_cache(maxsize=4096)
def _said(cleaned: str, own: OwnWords, command: bool) -> "StatusUpdate | _Changed | _Said":
    """What a message says: an answer that holds at any moment, or a statement to be worked out.

    Raises:
        Unclear: it offers two readings.
    """
    scan = scanner(own)
    folded, persons = people.masked(fold(cleaned), cleaned, scan.first_word)
    tokens = scan.scan(folded)
    if ")" in folded and (respelled := brackets.behind_predicate(cleaned, tokens)) != cleaned:
        return _said(respelled, own, command)
    if parts.NAME in tokens.types:
        _add_mentions(tokens, cleaned, persons)
    asked = queries.asked(folded, cleaned, persons, tokens, command=command)
    if asked is not None:
        return asked
    said = _stated(cleaned, folded, persons, tokens, command=command)
    return (queries.among(folded, cleaned, persons) or said) if said is NOTHING else said


def _stated(  # a filter a line
    cleaned: str, folded: str, persons: Mapping[int, people.Person], tokens: Clause, *, command: bool
) -> "StatusUpdate | _Changed | _Said":
    if not command and not tokens.has(talk.MEANT):
        return NOTHING
    statement = talk.statement(tokens, folded, persons, command=command)
    if statement is None:
        return NOTHING
    change = changes.change(statement)
    if change is not None:
        return _Changed(change, statement.who)
    frames = Reader().read(statement.segments)
    if not frames:
        return _without_stretches(statement, command=command)
    if len(frames) == 1 and _came_back(frames[0], folded):
        return StatusUpdate(Action.CLEAR, who=statement.who)
    fallback = Kind.OUT if command else None
    return _Said(cleaned, folded, frames, fallback, statement.who, statement.cleared)


def _add_mentions(tokens: Clause, cleaned: str, persons: dict[int, people.Person]) -> None:
    """A mention keeps its letters, and is not among the names that were blanked out."""
    for token in tokens:
        if token.type is parts.NAME and token.start not in persons:
            name = cleaned[token.start : token.end].lstrip("@")
            persons[token.start] = people.Person(_HONORIFIC.sub("", name), ours=True)


def forget() -> None:
    """Forgets every sentence understood so far: for measuring."""
    _said.cache_clear()


def _without_stretches(statement: talk.Statement, *, command: bool) -> StatusUpdate:
    if statement.cleared:
        return StatusUpdate(Action.CLEAR, who=statement.who)
    if command and statement.bare:
        raise Unclear(AskReason.NO_KIND)
    return NOTHING


def _came_back(frame: Frame, folded: str) -> bool:
    """帰社, 出社します, back: without a time and another word, one is there."""
    if frame.found or frame.timed or not frame.comes_back:
        return False
    return not (frame.returns and _ON_THE_WAY.search(folded))


@dataclass(slots=True)
class _Changed:
    """A change as said, not yet worked out. Shared between messages: read, never changed."""

    change: changes.Change
    who: str | None

    def at(self, now: datetime, calendar: OfficeCalendar) -> StatusUpdate:
        """What it means at `now`.

        Raises:
            Unclear: the moment leaves a question open.
        """
        return changes.extension(self.change, self.who, times.local(now, calendar.zone), calendar)


@dataclass(slots=True)
class _Said:
    """Stretches as said, not yet worked out. Shared between messages: read, never changed."""

    cleaned: str
    folded: str
    frames: Sequence[Frame]
    fallback: Kind | None
    who: str | None
    cleared: bool

    def at(self, now: datetime, calendar: OfficeCalendar) -> StatusUpdate:
        """What it means at `now`.

        Raises:
            Unclear: the moment leaves a question open.
        """
        local = times.local(now, calendar.zone)
        drafts = Builder(local, calendar).build(self.frames, self.fallback)
        if not drafts:
            return StatusUpdate(Action.CLEAR, who=self.who) if self.cleared else NOTHING
        if self._is_in(drafts):
            return StatusUpdate(Action.CLEAR, who=self.who)
        entries = [self._entry(draft, calendar.zone) for draft in drafts]
        return StatusUpdate(Action.SET, tuple(entries), who=self.who)

    def _is_in(self, drafts: Sequence[Draft]) -> bool:
        """在席, or switching it `off`, without a time says that one is back."""
        draft = drafts[0]
        if len(drafts) > 1 or draft.word is None or draft.frame.timed:
            return False
        word = self.folded[draft.word.start : draft.word.end]
        present = draft.kind is Kind.AVAILABLE and talk.says_present(word)  # and not 席にいません
        return present or self.folded == "off"

    def _entry(self, draft: Draft, zone: ZoneInfo) -> Entry:
        word, end = draft.word, draft.end
        return Entry(
            draft.kind,
            times.zoned(draft.start, zone),
            times.zoned(end, zone) if end is not None else None,
            draft.basis,
            notes.note(draft, self.cleaned),
            self.cleaned[word.start : word.end] if word else "",
        )
