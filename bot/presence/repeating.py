"""What repeats: 毎週水曜は在宅, 隔週月曜 出張, 毎月第2火曜 10時から会議, every Friday WFH. Pure.

The words of repetition are read here; the rest of the message is the status language's, read as for
one such day. Nothing is repeated that does not begin and end on its day.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.language.model import Action, Basis, Context, Entry, Kind, OfficeCalendar, StatusUpdate
from bot.presence.colleagues import kind_name

Understand = Callable[[str, Context, datetime], StatusUpdate]
"""The status language for one office: text, context and moment → meaning."""

_DAY = timedelta(days=1)
_LETTERS = "月火水木金土日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKING_WEEK = (0, 1, 2, 3, 4)
_COUNTED = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_LONGEST_SEARCH = 400  # days; a 31st comes within two months, a fifth Monday within four


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of each occurrence; `start` and `end` are minutes after its midnight, on the clock."""

    kind: Kind
    start: int
    end: int
    basis: Basis
    note: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which days, and what on them.

    Weekly: `weekdays` (Monday is 0) every `weeks` weeks, counted from the week of `first`; with `nths`
    only the so-many-th of a month. Monthly: `month_day`. From `first` on, up to and with `last`.
    """

    first: date
    spans: tuple[Span, ...]
    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    nths: tuple[int, ...] = ()
    month_day: int | None = None
    last: date | None = None

    def falls_on(self, day: date, calendar: OfficeCalendar) -> bool:
        """Whether it happens on `day`. A holiday on what is otherwise a working day has none."""
        if day < self.first or (self.last is not None and day > self.last):
            return False
        if day.weekday() in calendar.weekdays and calendar.is_holiday(day):
            return False
        return _matches(self, day)

    def entries_on(self, day: date, zone: ZoneInfo) -> tuple[Entry, ...]:
        """What it says of one of its days."""
        midnight = datetime.combine(day, time(0))
        return tuple(
            Entry(
                span.kind,
                (midnight + timedelta(minutes=span.start)).replace(tzinfo=zone),
                (midnight + timedelta(minutes=span.end)).replace(tzinfo=zone),
                span.basis,
                span.note,
                span.word,
            )
            for span in self.spans
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data, as it is stored."""
        last = self.last.isoformat() if self.last else None
        return asdict(self) | {"first": self.first.isoformat(), "last": last}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Rule":
        """The reverse of `as_json`."""
        spans = tuple(
            Span(**span | {"kind": Kind(span["kind"]), "basis": Basis(span["basis"])})
            for span in data["spans"]
        )
        return cls(
            first=date.fromisoformat(data["first"]),
            spans=spans,
            weekdays=tuple(data["weekdays"]),
            weeks=data["weeks"],
            nths=tuple(data["nths"]),
            month_day=data["month_day"],
            last=date.fromisoformat(data["last"]) if data["last"] else None,
        )


@dataclass(frozen=True, slots=True)
class Repeated:
    """A message that sets something that repeats: the rule, and whom it is about (None: the sender)."""

    rule: Rule
    who: str | None = None


class UnclearRepetitionError(ValueError):
    """It repeats, but not in a way that can be read with certainty."""


def in_words(rule: Rule) -> str:
    """`毎週水曜 在宅勤務`, `隔週月・木曜 10:00〜11:00 会議(定例)`, `毎月1日 休み`."""
    spans = "、".join(_span_in_words(span) for span in rule.spans)
    last = f"（{rule.last.month}/{rule.last.day}まで）" if rule.last else ""
    return f"{_days_in_words(rule)} {spans}{last}"


def read_rule(
    text: str, now: datetime, context: Context, calendar: OfficeCalendar, understand: Understand
) -> Repeated | None:
    """What a message says that repeats; None where it says nothing of the kind (talk, a question).

    `now` is aware; days count in the office's zone.

    Raises:
        UnclearRepetitionError: it sets something that repeats, but which cannot be read for sure.
    """
    text = unicodedata.normalize("NFKC", text)
    found = _marked(text, calendar)
    if found is None:
        return None
    days, before, after = found
    today = now.astimezone(calendar.zone).date()
    first, last, before = _bounds(before, now, today, understand)
    start = next((day for day in _following(first) if _matches(days, day)), None)
    if start is None:
        raise UnclearRepetitionError
    midnight = datetime.combine(start - _DAY, time(0), calendar.zone)
    update = understand(f"{before}{_LETTERS[start.weekday()]}曜{days.also}{after}", context, midnight)
    if update.action is not Action.SET:
        if update.action is Action.ASK:
            raise UnclearRepetitionError
        return None
    if ONE_DAY.search(after):
        raise UnclearRepetitionError
    spans = tuple(_span(entry, start, calendar.zone) for entry in update.entries)
    return Repeated(
        Rule(start, spans, days.weekdays, days.weeks, days.nths, days.month_day, last), update.who
    )


def speaks_of_repetition(text: str) -> bool:
    """Whether a text has a word of repetition at all: cheap, before anything else is looked at."""
    return _ANY.search(unicodedata.normalize("NFKC", text)) is not None


def names_days_of(text: str, rule: Rule, calendar: OfficeCalendar) -> bool | None:
    """Whether the repeated days that a text names are those of `rule`; None where it names none."""
    found = _marked(unicodedata.normalize("NFKC", text), calendar)
    if found is None:
        return None
    days = found[0]
    return (days.weekdays, days.nths, days.month_day) == (rule.weekdays, rule.nths, rule.month_day)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a rule without its contents; `also` stands behind the day in the language's words."""

    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    nths: tuple[int, ...] = ()
    month_day: int | None = None
    also: str = ""


_ANY = re.compile(
    r"毎週|隔週|各週|毎日|毎朝|毎月|毎営業日|平日は|平日毎日|繰り?返し|\bevery\b|\bweekdays\b", re.IGNORECASE
)
_NAMED = rf"[{_LETTERS}]曜日?"
_BARE = rf"[{_LETTERS}](?=[{_LETTERS}・、,/&とや はにのも午終朝夕:0-9]|$)"
_ONE = rf"(?:{_NAMED}|{_BARE})"
_RANGE = rf"({_ONE})\s*(?:[〜~-]|から)\s*({_NAMED}|[{_LETTERS}])(?:まで)?"
_ROW = rf"{_ONE}(?:\s*(?:[・、,/&とや]|および)?\s*{_ONE})*"
_NTH = r"第\s*([1-5一二三四五])"
_WEEKLY = re.compile(rf"(毎週|各週|隔週)の?\s*({_RANGE}|{_ROW})")
_NTH_OF_MONTH = re.compile(rf"毎月の?\s*({_NTH}(?:\s*[・、,と]?\s*{_NTH})*)\s*({_NAMED})")
_OF_MONTH = re.compile(r"毎月の?\s*(\d{1,2})日")
_EACH_DAY = re.compile(r"平日は?毎日|平日(?=は)|毎営業日|毎日|毎朝")
_NAMES = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_EVERY = re.compile(
    rf"\bevery\s+(other\s+)?({_NAMES}(?:\s*(?:,|and|&|,\s*and)\s*{_NAMES})*|weekday|working day|day)\b",
    re.IGNORECASE,
)


def _marked(text: str, calendar: OfficeCalendar) -> tuple[_Days, str, str] | None:
    """The days that repeat, and the text around their words."""
    for pattern, read in (
        (_WEEKLY, _weekly),
        (_NTH_OF_MONTH, _nth_of_month),
        (_OF_MONTH, _of_month),
        (_EACH_DAY, _each_day),
        (_EVERY, _every),
    ):
        found = pattern.search(text)
        if found:
            return read(found, calendar), text[: found.start()], text[found.end() :]
    return None


def _weekly(found: re.Match[str], _calendar: OfficeCalendar) -> _Days:
    return _Days(_weekdays_in(found[2]), weeks=2 if found[1] == "隔週" else 1)


def _weekdays_in(row: str) -> tuple[int, ...]:
    """The weekdays of 月・水曜, 火曜日と木曜日."""
    letters = re.sub(r"曜日?", "", row)
    if (ends := re.fullmatch(_RANGE, row)) and len(letters) > 1:
        first, last = (_LETTERS.index(end[0]) for end in ends.groups())
        return tuple(sorted((first + n) % 7 for n in range((last - first) % 7 + 1)))
    return tuple(sorted({_LETTERS.index(letter) for letter in letters if letter in _LETTERS}))


def _nth_of_month(found: re.Match[str], _calendar: OfficeCalendar) -> _Days:
    nths = tuple(sorted({_COUNTED.get(n) or int(n) for n in re.findall(_NTH, found[1])}))
    return _Days(_weekdays_in(found[4]), nths=nths)


def _of_month(found: re.Match[str], _calendar: OfficeCalendar) -> _Days:
    return _Days(month_day=int(found[1]))


def _each_day(found: re.Match[str], calendar: OfficeCalendar) -> _Days:
    return _Days(tuple(sorted(calendar.weekdays)), also=" 朝" if found[0] == "毎朝" else "")


def _every(found: re.Match[str], calendar: OfficeCalendar) -> _Days:
    named = re.findall(_NAMES, found[2].lower())
    days = {_ENGLISH.index(name[:3]) for name in named} or set(calendar.weekdays)
    return _Days(tuple(sorted(days)), weeks=2 if found[1] else 1, also=" ")


ONE_DAY = re.compile(
    r"今日|本日|明日|明後日|あさって|今週|来週|今月|来月|today|tomorrow|next (?:week|month)", re.IGNORECASE
)
"""Days seen from the day of writing: they cannot be meant of every week."""
_SINCE = re.compile(r"(?P<day>\S+?)(?:から|以降)は?[、,\s]*$")
_UNTIL = re.compile(r"(?P<day>\S+?)まで(?:は|の間は?)?[、,\s]*$")


def _bounds(before: str, now: datetime, today: date, understand: Understand) -> tuple[date, date | None, str]:
    """The first and last day said before the repetition (来月から, 年内まで), and what stands before them."""
    if until := _UNTIL.search(before):
        update = understand(f"{until['day']}まで休み", "command", now)
        end = update.entries[0].end if len(update.entries) == 1 else None
        if end is None or update.who:
            raise UnclearRepetitionError
        return today, (end.astimezone(now.tzinfo) - timedelta(minutes=1)).date(), before[: until.start()]
    if since := _SINCE.search(before):
        update = understand(f"{since['day']}から休み", "command", now)
        if len(update.entries) != 1 or update.who:
            raise UnclearRepetitionError
        return update.entries[0].start.date(), None, before[: since.start()]
    return today, None, before


def _following(first: date) -> Iterator[date]:
    return (first + n * _DAY for n in range(_LONGEST_SEARCH))


def _matches(rule: "Rule | _Days", day: date) -> bool:
    """Whether the days of a rule have `day`, holidays and bounds apart."""
    if rule.month_day is not None:
        return day.day == rule.month_day
    if day.weekday() not in rule.weekdays or (rule.nths and (day.day - 1) // 7 + 1 not in rule.nths):
        return False
    if rule.weeks == 1 or not isinstance(rule, Rule):
        return True
    return (_monday(day) - _monday(rule.first)).days // 7 % rule.weeks == 0


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _span(entry: Entry, day: date, zone: ZoneInfo) -> Span:
    """An entry of one day as minutes of it."""
    start, end = _minutes(entry.start, day, zone), entry.end and _minutes(entry.end, day, zone)
    if not end or not 0 <= start < end <= 24 * 60:
        raise UnclearRepetitionError
    return Span(entry.kind, start, end, entry.basis, entry.note, entry.word)


def _minutes(at: datetime, day: date, zone: ZoneInfo) -> int:
    on_the_clock = at.astimezone(zone).replace(tzinfo=None) - datetime.combine(day, time(0))
    return int(on_the_clock.total_seconds()) // 60


def _days_in_words(rule: Rule) -> str:
    if rule.month_day is not None:
        return f"毎月{rule.month_day}日"
    if rule.weekdays == _WORKING_WEEK and rule.weeks == 1 and not rule.nths:
        return "平日毎日"
    weekdays = "・".join(_LETTERS[day] for day in rule.weekdays) + "曜"
    if rule.nths:
        return f"毎月{'・'.join(f'第{nth}' for nth in rule.nths)}{weekdays}"
    return f"{'隔週' if rule.weeks == 2 else '毎週'}{weekdays}"


def _span_in_words(span: Span) -> str:
    name = kind_name(span.kind)
    note = f"({span.note})" if span.note else ""
    about = "ごろ" if span.basis is Basis.APPROX else ""
    whole = span.end == 24 * 60
    if whole and not span.start:
        return f"{name}{note}"
    if span.basis is Basis.ASSUMED or whole:
        return f"{_clock(span.start)}から {name}{note}" if span.start else f"{name}{note}"
    until = f"{_clock(span.end)}{about}"
    return f"{_clock(span.start)}〜{until} {name}{note}" if span.start else f"{until}まで {name}{note}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
