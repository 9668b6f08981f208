"""Reads one message: text in, its meaning out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import changes, notes, people, queries, talk
from bot.language.calendar import DEFAULT_CALENDAR
from bot.language.entries import Builder, Draft
from bot.language.frames import Frame, Reader
from bot.language.model import (
    Action,
    AskReason,
    Context,
    Entry,
    Kind,
    OfficeCalendar,
    StatusUpdate,
)
from bot.language.normalise import clean, fold
from bot.language.scanner import scanner
from bot.language.tokens import Token, Type, Unclear

_ON_THE_WAY = re.compile("(?:戻|帰|もど|かえ)(?:り|社し)?(?:ます|る|中)|soon|bit|later|shortly")
_HONORIFIC = re.compile("(?:さん|くん|ちゃん|君)$")
NOTHING = StatusUpdate(Action.NONE)
_NO_WORDS: Mapping[str, Kind] = {}


def parse(
    text: str,
    now: datetime,
    context: Context = "chat",
    calendar: OfficeCalendar = DEFAULT_CALENDAR,
    words: Mapping[str, Kind] = _NO_WORDS,
) -> StatusUpdate:
    """What `text`, sent at `now`, says about somebody's whereabouts (docs/status-language.md).

    `now` is any aware instant; entries are in the office's zone. `context` is "command" for what follows
    the slash command, where less is taken for talk. `words` are an office's own words for kinds
    (客先A: out). Never raises for any text.

    Raises:
        ValueError: `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("the status language needs an aware instant")
    cleaned = clean(text)
    if not cleaned:
        return StatusUpdate(Action.QUERY) if context == "command" else NOTHING
    try:
        message = _Message.of(cleaned, now, context, calendar, words)
        return message.meaning()
    except Unclear as unclear:
        return StatusUpdate(Action.ASK, reason=unclear.reason)
    except OverflowError:  # a date beyond the calendar
        return StatusUpdate(Action.ASK, reason=AskReason.INVALID_DATE)


_MEANT = frozenset(
    {
        Type.CLOCK, Type.DAY, Type.LENGTH, Type.AFTER, Type.MORNING, Type.AFTERNOON, Type.WHOLE_DAY, Type.KIND, Type.RETURN, Type.ARRIVE,
        Type.CLEAR, Type.CANCEL, Type.FINISHED, Type.EXTEND, Type.CHANGE, Type.LAND, Type.NAME,
    }
)  # fmt: skip


@dataclass(slots=True)
class _Message:
    cleaned: str
    folded: str
    tokens: list[Token]
    persons: Mapping[int, people.Person]
    now: datetime
    command: bool
    calendar: OfficeCalendar

    @classmethod
    def of(
        cls, cleaned: str, now: datetime, context: Context, calendar: OfficeCalendar, words: Mapping[str, Kind]
    ) -> "_Message":
        scan = scanner(words)
        folded, persons = people.masked(fold(cleaned), cleaned, scan.first_word)
        local = now.astimezone(calendar.zone).replace(tzinfo=None, microsecond=0)
        tokens = scan.scan(folded)
        for token in tokens:
            if token.type is Type.NAME and token.start not in persons:  # a mention keeps its letters
                name = cleaned[token.start : token.end].lstrip("@")
                persons[token.start] = people.Person(_HONORIFIC.sub("", name), ours=True)
        return cls(cleaned, folded, tokens, persons, local, context == "command", calendar)

    def meaning(self) -> StatusUpdate:
        asked = queries.asked(self.folded, self.cleaned, self.persons, self.tokens, command=self.command)
        if asked is not None:
            return asked
        if not self.command and not any(token.type in _MEANT for token in self.tokens):
            return NOTHING
        statement = talk.statement(self.tokens, self.folded, self.persons, command=self.command)
        if statement is None:
            return NOTHING
        change = changes.change(statement, self.now, self.calendar)
        if change is not None:
            return change
        return self._set(statement)

    def _set(self, statement: talk.Statement) -> StatusUpdate:
        frames = Reader().read(statement.segments)
        if not frames:
            if statement.cleared:
                return StatusUpdate(Action.CLEAR, who=statement.who)
            if not (self.command and statement.bare):
                return NOTHING
            frames = [notes.only()]
        if len(frames) == 1 and self._came_back(frames[0]):
            return StatusUpdate(Action.CLEAR, who=statement.who)
        fallback = Kind.OUT if self.command else None
        drafts = Builder(self.now, self.calendar).build(frames, fallback)
        if not drafts:
            return StatusUpdate(Action.CLEAR, who=statement.who) if statement.cleared else NOTHING
        if self._is_in(drafts):
            return StatusUpdate(Action.CLEAR, who=statement.who)
        entries = tuple(self._entries(drafts))
        return StatusUpdate(Action.SET, entries=entries, who=statement.who)

    def _came_back(self, frame: Frame) -> bool:
        """帰社, 出社します, back: without a time and another word, one is there."""
        if frame.found or frame.timed:
            return False
        return not (frame.returns and _ON_THE_WAY.search(self.folded))

    def _is_in(self, drafts: Sequence[Draft]) -> bool:
        """在席, or switching it `off`, without a time says that one is back."""
        [draft, *more] = drafts
        if more or draft.frame.timed or draft.word is None:
            return False
        word = self.folded[draft.word.start : draft.word.end]
        return talk.says_present(word) or self.folded == "off"

    def _entries(self, drafts: Sequence[Draft]) -> Iterator[Entry]:
        zone = self.calendar.zone
        for draft in drafts:
            word = draft.word
            yield Entry(
                draft.kind,
                draft.start.replace(tzinfo=zone),
                draft.end.replace(tzinfo=zone) if draft.end is not None else None,
                draft.basis,
                notes.note(draft, self.cleaned),
                self.cleaned[word.start : word.end] if word else "",
            )
