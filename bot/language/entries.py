"""Works frames out: which instants a stretch runs from and to, and how its end is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.language import times
from bot.language.days import Day, Resolver
from bot.language.drafts import BRIEF, Draft, assumed_end, fitted
from bot.language.frames import Found, Frame, Point
from bot.language.kinds import kind_of
from bot.language.lexicon import Role
from bot.language.model import AskReason, Basis, Kind, OfficeCalendar
from bot.language.tokens import Clock, Length, Unclear

_DAY = timedelta(days=1)
_HALVES = {Role.HALF_MORNING: "morning", Role.HALF_AFTERNOON: "afternoon", Role.HALF_UNSAID: None}
_REST_OF_DAY = frozenset({Role.GO_HOME, Role.GO_BOTH, Role.HALF_AFTERNOON})
_UNTIL_BACK = frozenset({Kind.LEAVE, Kind.TRIP})  # 休暇中です。27日から出社します
_DIRECT = frozenset({Role.GO_DIRECT, Role.GO_BOTH})
_FROM_THE_MORNING = frozenset({Kind.LATE, Kind.LEAVE})


class Builder:
    """Works the frames of one message out, in order. `now` is local to the office and without a zone."""

    def __init__(self, now: datetime, calendar: OfficeCalendar) -> None:
        self.now = now
        self.today = now.date()
        self.calendar = calendar
        self.days = Resolver(self.today, calendar)
        self.drafts: list[Draft] = []
        self.carried: date | None = None

    def build(self, frames: Sequence[Frame], fallback: Kind | None) -> list[Draft]:
        """The drafts of `frames`; `fallback` is the kind where no word tells one.

        Raises:
            Unclear: something must be asked.
        """
        for frame in frames:
            if not frame.found and frame.comes_back and self._is_there(frame):
                continue
            kind, word = kind_of(frame)
            if frame.lands and word is None and self.now.time() < self.calendar.noon:
                kind = Kind.LATE  # 10時半に着きます, in the morning
            kind = kind or fallback
            if word is None and self._ends_the_last(frame):
                continue
            frame = self._between(frame)  # noqa: PLW2901 - the same stretch, read as meant
            if kind is None:
                if not frame.timed:
                    continue
                raise Unclear(AskReason.NO_KIND)
            self._frame(frame, kind, word)
        return fitted(self.drafts, self.calendar)

    def _ends_the_last(self, frame: Frame) -> bool:
        """明日有休、金曜帰社: the day of return is the end of what the days before were about."""
        if not (frame.returns and frame.end and frame.end.day and self.drafts) or frame.start or frame.days:
            return False
        last = self.drafts[-1]
        if not last.frame.days or last.frame.found == frame.found or last.end is None:
            return False
        end, basis = self._said_end(frame, last.kind, last.start, (self.today, self.today))
        if end <= last.end:
            return False
        last.end, last.basis = end, basis
        return True

    def _is_there(self, frame: Frame) -> bool:
        """その後出社します, 今日は出社です: from then on there is nothing to tell."""
        if frame.end is None:
            return frame.then
        if not frame.arrives or frame.end.timed or frame.end.day is None:
            return False
        day, _ = Resolver(self.today, self.calendar).dates(frame.end.day)
        return day == self.today and self.now.time() >= self.calendar.opening

    def _frame(self, frame: Frame, kind: Kind, word: Found | None) -> None:
        days = list(frame.days)
        if days and frame.start and frame.start.day:
            days.append(frame.start.day)
        if len(days) <= 1 or (frame.start and frame.start.day and not frame.start.timed):
            self.drafts.append(self._draft(frame, kind, word, days[0] if frame.days else None))
            return
        resolved: list[tuple[date, date]] = []
        for day in days:
            dates = Resolver(self.today, self.calendar, self.days.week, self.days.month).dates(day)
            if dates in resolved:  # 明日11/25
                continue
            resolved.append(dates)
            self.drafts.append(self._draft(frame, kind, word, day, each=True))

    # --- one stretch ---------------------------------------------------------------------

    def _between(self, frame: Frame) -> Frame:
        """15時〜16時に戻ります is a return between the two: the later one, roughly."""
        start, end = frame.start, frame.end
        if frame.found or not (frame.spans and frame.comes_back):
            return frame
        if not (start and end and start.clock and end.clock):
            return frame
        if (end.clock.minutes - start.clock.minutes) % 720 > 120:
            return frame
        end = replace(end, day=end.day or start.day, about=True)
        return replace(frame, start=None, begins=False, end=end)

    def _draft(
        self, frame: Frame, kind: Kind, word: Found | None, day: Day | None, *, each: bool = False
    ) -> Draft:
        first, last, named = self._covered(frame, day, each=each)
        start, said = self._start(frame, first, named=named)
        end, basis = self._end(frame, kind, start, (first, last), named=named)
        if frame.perhaps and basis is Basis.STATED:
            basis = Basis.APPROX
        self._check(frame, start, end)
        return Draft(kind, max(start, self.now), end, basis, frame, word, said)

    def _covered(self, frame: Frame, day: Day | None, *, each: bool) -> tuple[date, date, bool]:
        """The first and last date that the stretch is about, and whether it names them itself."""
        if day is None and frame.start is not None and frame.start.day is not None and not each:
            first, last = (self.today,) * 2 if self._begun(frame) else self.days.dates(frame.start.day)
            if last < self.today:
                raise Unclear(AskReason.PAST_TIME)
            self.carried = first
            return first, last, False
        if day is None:
            carried = self.carried or self.today
            return carried, carried, False
        first, last = self.days.dates(day)
        if last < self.today:
            raise Unclear(AskReason.PAST_TIME)
        self.carried = first if first == last else None
        return first, last, True

    def _day_start(self, day: date) -> datetime:
        return self.now if day == self.today else times.midnight(day)

    def _start(self, frame: Frame, day: date, *, named: bool) -> tuple[datetime, bool]:
        if self._half(frame) == "afternoon":
            return datetime.combine(day, self.calendar.noon), True
        if frame.start is not None:
            with_day = self._starts_with_day(frame, frame.start)
            return (self._day_start(day) if with_day else self._point_start(frame, frame.start, day)), True
        if frame.then and self.drafts and not named:
            return self.drafts[-1].end or self.now, True
        if frame.end is not None and frame.end.day is not None and not named:
            away = {word.status.kind for word in frame.found} & _UNTIL_BACK
            if not frame.topic and (away or not frame.arrives):
                return self.now, False
            self.carried, _ = self.days.dates(frame.end.day)
            return self._day_start(self.carried), False
        return self._day_start(day), False

    def _starts_with_day(self, frame: Frame, point: Point) -> bool:
        """明日9時半A社直行, 午前中、半休, 明日の朝は遅れます: what stands beside is no start."""
        roles = {word.status.role for word in frame.found}
        if not roles.isdisjoint(_DIRECT):
            return frame.end is None or not frame.spans
        if point.clock is None:
            return self._half(frame) == "morning"
        kinds = {word.status.kind for word in frame.found}
        return point.clock.name == "opening" and point.clock.about and bool(kinds & _FROM_THE_MORNING)

    @staticmethod
    def _half(frame: Frame) -> str | None:
        """Which half of the day a half day off takes: 午後半休, and 午後は半休 likewise."""
        for word in frame.found:
            role = word.status.role
            if role in _HALVES:
                return _HALVES[role] or (frame.start.part if frame.start else None)
        return None

    def _begun(self, frame: Frame) -> bool:
        """Whether a range of days is running already: its first day would roll on past its last."""
        start, end = frame.start, frame.end
        if start is None or end is None or start.day is None or end.day is None:
            return False
        day = start.day
        passed = (
            (day.month, day.number) < (self.today.month, self.today.day)
            if day.unit == "date" and day.month is not None and day.year is None
            else day.unit == "day" and day.month is None and day.number < self.today.day
        )
        if not passed:
            return False
        fresh = Resolver(self.today, self.calendar)
        _, last = fresh.dates(end.day)
        try:
            return last < fresh.dates(day)[0]
        except Unclear as unclear:
            return unclear.reason is AskReason.PAST_TIME

    def _point_start(self, frame: Frame, point: Point, day: date) -> datetime:
        if point.after is not None:
            return self.now + timedelta(minutes=point.after.minutes)
        if point.part is not None:
            name = "opening" if point.part == "morning" else "afternoon"
            return datetime.combine(day, getattr(self.calendar, name))
        if point.clock is None:
            return self._day_start(day)
        if day == self.today:
            return self._today_start(frame, point.clock)
        return times.plain(point.clock, day, self.calendar)

    def _today_start(self, frame: Frame, clock: Clock) -> datetime:
        """A start today. One typed shortly after it began is the daytime one that is running."""
        daytime = times.plain(clock, self.today, self.calendar)
        if daytime > self.now or not clock.bare:
            return daytime if not clock.bare else times.today(clock, self.now, self.calendar)
        kind, _ = kind_of(frame)
        if frame.end is not None or frame.length is not None:
            end = self._running_end(frame, daytime)
        elif frame.begins or kind in BRIEF:
            end, _ = assumed_end(kind or Kind.OUT, daytime, self.calendar)
        else:
            return times.today(clock, self.now, self.calendar)
        if end is None or end > self.now:
            return daytime
        return times.today(clock, self.now, self.calendar)

    def _running_end(self, frame: Frame, start: datetime) -> datetime | None:
        try:
            return self._said_end(frame, Kind.OUT, start, (start.date(), start.date()))[0]
        except Unclear:
            return start

    # --- ends ----------------------------------------------------------------------------

    def _end(
        self, frame: Frame, kind: Kind, start: datetime, days: tuple[date, date], *, named: bool
    ) -> tuple[datetime | None, Basis]:
        if (frame.end is not None or frame.length is not None) and not frame.goes_home:
            return self._said_end(frame, kind, start, days)
        shaped = self._shaped_end(frame, kind, start)
        if shaped is not None:
            return shaped
        point = frame.start
        if point is not None and point.part == "morning" and not frame.begins:
            return datetime.combine(start.date(), self.calendar.noon), Basis.STATED
        if frame.whole_day or (point is None and named and kind is not Kind.LATE):
            return times.midnight_after(max(days[1], start.date())), Basis.STATED
        return assumed_end(kind, start, self.calendar)

    def _shaped_end(self, frame: Frame, kind: Kind, start: datetime) -> tuple[datetime, Basis] | None:
        """The end that lies in the word itself: 直帰, 午前半休, 直行."""
        day = start.date()
        roles = {word.status.role for word in frame.found}
        if kind is Kind.LEFT or not roles.isdisjoint(_REST_OF_DAY):
            return times.midnight_after(day), Basis.STATED
        if self._half(frame) == "morning":
            return datetime.combine(day, self.calendar.afternoon), Basis.STATED
        if Role.HALF_UNSAID in roles:
            if frame.start is None and (day != self.today or start.time() < self.calendar.noon):
                raise Unclear(AskReason.AMBIGUOUS)
            return times.midnight_after(day), Basis.STATED
        if Role.GO_DIRECT in roles and not frame.whole_day:
            return datetime.combine(day, self.calendar.noon), Basis.ASSUMED
        return None

    def _said_end(
        self, frame: Frame, kind: Kind, start: datetime, days: tuple[date, date]
    ) -> tuple[datetime, Basis]:
        if frame.end is None:
            assert frame.length is not None
            return self._after_length(frame, kind, start, frame.length)
        point = frame.end
        basis = Basis.APPROX if point.about else Basis.STATED
        if point.after is not None:
            return self.now + timedelta(minutes=point.after.minutes), basis
        day = self._end_day(frame, point, start, days)
        if point.part is not None:
            return self._part_end(frame, point.part, day), basis
        if point.clock is not None:
            return self._clock_end(frame, point.clock, day, start), basis
        if frame.comes_back:
            return datetime.combine(day, self.calendar.opening), basis
        return times.midnight_after(day), basis

    def _clock_end(self, frame: Frame, clock: Clock, day: date, start: datetime) -> datetime:
        if frame.start is not None and frame.start.timed:
            return self._range_end(frame.start, clock, day, start)
        if day == self.today:
            return times.today(clock, self.now, self.calendar, ends=True)
        return times.plain(clock, day, self.calendar, ends=True)

    def _range_end(self, first: Point, clock: Clock, day: date, start: datetime) -> datetime:
        try:
            return times.following(clock, day, start, self.calendar)
        except Unclear:
            # 8時から10時 at 10:30: no evening is meant, the range is over
            if first.clock and first.clock.bare and day == self.today and first.clock.minutes < clock.minutes:
                raise Unclear(AskReason.PAST_TIME) from None
            raise

    def _end_day(self, frame: Frame, point: Point, start: datetime, days: tuple[date, date]) -> date:
        if point.day is None:
            return start.date() if frame.start is not None else days[1]
        if point.day.within_days if frame.comes_back else point.day.several:
            raise Unclear(AskReason.AMBIGUOUS)
        after = start.date() if frame.start is not None else None
        first, last = self.days.dates(point.day, after)
        if last < self.today:
            raise Unclear(AskReason.PAST_TIME)
        return first if frame.comes_back else last

    def _part_end(self, frame: Frame, part: str, day: date) -> datetime:
        if part == "morning":
            return datetime.combine(day, self.calendar.noon)
        if frame.comes_back:
            return datetime.combine(day, self.calendar.afternoon)
        raise Unclear(AskReason.AMBIGUOUS)

    def _after_length(
        self, frame: Frame, kind: Kind, start: datetime, length: Length
    ) -> tuple[datetime, Basis]:
        basis = Basis.APPROX if length.about else Basis.STATED
        if length.months:
            return times.midnight(_months_on(start.date(), length.months)), basis
        if length.days:
            return times.midnight(start.date()) + timedelta(days=length.days), basis
        if kind is Kind.LATE and (frame.start is None or self._starts_with_day(frame, frame.start)):
            opening = datetime.combine(start.date(), self.calendar.opening)
            start = max(start, opening)
        return start + timedelta(minutes=length.minutes), basis

    def _check(self, frame: Frame, start: datetime, end: datetime | None) -> None:
        if end is None:
            return
        if end <= start and frame.start is not None and frame.end is not None:
            raise Unclear(AskReason.REVERSED_RANGE)
        if end <= self.now:
            raise Unclear(AskReason.PAST_TIME)
        if end <= start:
            raise Unclear(AskReason.REVERSED_RANGE)


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)
