"""An entry in words that a person checks at a glance, and that read back as the same entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.language.calendar import DEFAULT_CALENDAR
from bot.language.days import WEEKDAYS
from bot.language.lexicon import Status
from bot.language.model import Basis, Entry, Kind, OfficeCalendar
from bot.language.scanner import scanner

Language = Literal["ja", "en"]

_DAY = timedelta(days=1)
_SOON = 150  # days within which a date needs no year
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def describe(
    entry: Entry, now: datetime, calendar: OfficeCalendar = DEFAULT_CALENDAR, language: Language = "ja"
) -> str:
    """`今日 15:00 まで 外出`, `11月25日(水) 〜 27日(金) 出張(福岡)`: `entry` as seen at `now`, to the minute.

    Typed at that moment it gives the kind, start, end and basis again. An assumed end is not written,
    as nobody said it; the note is shown as it was typed.
    """
    written = _Period(entry, now.astimezone(calendar.zone), calendar.zone, _FORMS[language])
    note = f"({entry.note})" if entry.note else ""
    return written.text() + (note if language == "ja" or not note else f" {note}")


@dataclass(frozen=True)
class _Forms:
    """The patterns of one language; `kinds` holds the name and the arrangement's parts."""

    kinds: Mapping[Kind, str]
    whole: str  # name and period in their order
    since: str
    until: str
    until_about: str
    day_until: str  # from the start of a later day on
    day_until_about: str
    between: str
    between_about: str
    arrives: str
    arrives_about: str
    leaves: str
    today: str
    moment: str


_FORMS: Mapping[Language, _Forms] = {
    "ja": _Forms(
        kinds={
            Kind.OUT: "外出",
            Kind.TRIP: "出張",
            Kind.MEETING: "会議",
            Kind.AWAY: "離席",
            Kind.BUSY: "取り込み中",
            Kind.REMOTE: "在宅勤務",
            Kind.LEAVE: "休み",
            Kind.LATE: "遅刻",
            Kind.LEFT: "退社",
            Kind.AVAILABLE: "対応可",
        },
        whole="{period} {kind}",
        since="{0} から",
        until="{0} まで",
        until_about="{0}頃 まで",
        day_until="{0}は {1} まで",
        day_until_about="{0}は {1}頃 まで",
        between="{0} 〜 {1}",
        between_about="{0} 〜 {1}頃",
        arrives="{0} 出社",
        arrives_about="{0}頃 出社",
        leaves="{0} 退社",
        today="今日",
        moment="{day} {time}",
    ),
    "en": _Forms(
        kinds={
            Kind.OUT: "out",
            Kind.TRIP: "business trip",
            Kind.MEETING: "meeting",
            Kind.AWAY: "away",
            Kind.BUSY: "busy",
            Kind.REMOTE: "working from home",
            Kind.LEAVE: "on leave",
            Kind.LATE: "late",
            Kind.LEFT: "left",
            Kind.AVAILABLE: "available",
        },
        whole="{kind} {period}",
        since="from {0}",
        until="until {0}",
        until_about="until around {0}",
        day_until="{0} until {1}",
        day_until_about="{0} until around {1}",
        between="from {0} to {1}",
        between_about="from {0} until around {1}",
        arrives="in at {0}",
        arrives_about="in around {0}",
        leaves="leaving at {0}",
        today="today",
        moment="{time} {day}",
    ),
}


class _Period:
    """One entry's period in one language. Instants are aware, in `zone`."""

    def __init__(self, entry: Entry, now: datetime, zone: ZoneInfo, forms: _Forms) -> None:
        self.entry = entry
        self.forms = forms
        self.now = now
        self.start = entry.start.astimezone(zone)
        self.end = entry.end.astimezone(zone) if entry.end else None
        self.running = self.start <= now
        self.about = entry.basis is Basis.APPROX

    def text(self) -> str:
        entry, forms = self.entry, self.forms
        at_day_start = self.running or _is_midnight(self.start)
        said = entry.basis in (Basis.STATED, Basis.APPROX)
        if entry.kind is Kind.LATE and said and at_day_start and self._same_day():
            assert self.end is not None
            return (forms.arrives_about if self.about else forms.arrives).format(self._moment(self.end))
        if entry.kind is Kind.LEFT and not self.running:
            return forms.leaves.format(self._moment(self.start))
        period = self._period()
        name = _as_typed(entry) or forms.kinds[entry.kind]
        return forms.whole.format(period=period, kind=name) if period else name

    def _same_day(self) -> bool:
        return self.end is not None and self.end.date() == max(self.start, self.now).date()

    def _period(self) -> str:
        forms, start, end = self.forms, self.start, self.end
        if end is None or self.entry.basis is Basis.ASSUMED or self.entry.kind is Kind.LEFT:
            if self.running:
                return ""
            return forms.since.format(self._day(start) if _is_midnight(start) else self._moment(start))
        whole_days = _is_midnight(end) and (self.running or _is_midnight(start)) and not self.about
        if whole_days and self.entry.kind is not Kind.LATE:  # a day named for being late is late till noon
            return self._days(end - _DAY)
        if self.running:
            return (forms.until_about if self.about else forms.until).format(self._end())
        if _is_midnight(start) and self._last_day(end) == start.date():
            form = forms.day_until_about if self.about else forms.day_until
            return form.format(self._day(start), self._time(end))
        form = forms.between_about if self.about else forms.between
        last = self._time(end) if self._last_day(end) == start.date() else self._end()
        return form.format(self._moment(start), last)

    def _days(self, last: datetime) -> str:
        forms, start = self.forms, self.start
        if self.running:
            return forms.today if last.date() == self.now.date() else forms.until.format(self._day(last))
        if last.date() == start.date():
            return self._day(start)
        return forms.between.format(self._day(start), self._day(last))

    def _end(self) -> str:
        assert self.end is not None
        return self._moment(self.end - _DAY, "24:00") if _is_midnight(self.end) else self._moment(self.end)

    def _last_day(self, end: datetime) -> object:
        return (end - timedelta(microseconds=1)).date()

    def _time(self, moment: datetime) -> str:
        return "24:00" if _is_midnight(moment) else f"{moment:%H:%M}"

    def _moment(self, moment: datetime, time: str = "") -> str:
        return self.forms.moment.format(day=self._day(moment), time=time or f"{moment:%H:%M}")

    def _day(self, moment: datetime) -> str:
        days = (moment.date() - self.now.date()).days
        if days == 0:
            return self.forms.today
        near = 0 < days < _SOON
        if self.forms is _FORMS["en"]:
            return f"{_MONTHS[moment.month - 1]} {moment.day}" if near else f"{moment:%Y-%m-%d}"
        year = "" if near else f"{moment.year}年"
        return f"{year}{moment.month}月{moment.day}日({WEEKDAYS[moment.weekday()]})"


def _as_typed(entry: Entry) -> str:
    """The word that the person chose (来客, 電話中), where it says no more than its kind."""
    if entry.kind in (Kind.LATE, Kind.LEFT):
        return ""
    known = scanner(()).word(entry.word.lower())
    plain = known is not None and known == Status(entry.kind)
    return entry.word if plain else ""


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)
