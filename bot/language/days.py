"""Days: how they are named, and which dates they mean."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from bot.language.model import AskReason, OfficeCalendar
from bot.language.tokens import Unclear

WEEKDAYS = "月火水木金土日"
_JUST_PAST = timedelta(days=31)
_ROLL_LIMIT = timedelta(days=183)  # a date just past is a mistake where rolling on would go further

Unit = Literal[
    "offset",
    "next",
    "weekday",
    "week",
    "weekend",
    "day",
    "date",
    "month",
    "month_end",
    "year",
    "year_end",
    "year_turn",
    "business",
    "vague",
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a row of days, as named.

    `number` counts as the unit says: days from today, a weekday from Monday (0), weeks from this
    one, a day of the month. `week` and `month` hold what stands before it (来週, 来月: counted from
    this one; `month` of a "date" is its number, its `years` count from this one). `whole` marks words that
    already say that all of it is meant (今週いっぱい). `shown` is a weekday written beside a date.
    """

    unit: Unit
    number: int = 0
    week: int | None = None
    month: int | None = None
    year: int | None = None
    years: int = 0
    whole: bool = False
    shown: int | None = None

    @property
    def several(self) -> bool:
        """Whether an end at it fits more than one day (来週まで)."""
        return self.unit in ("week", "month") and not self.whole and self.number > 0

    @property
    def within_days(self) -> bool:
        """Whether a return in it may be on any of its days (今週中に戻ります); 来週戻ります is its first."""
        return self.unit in ("week", "month") and (self.whole or self.number == 0)


_RELATIVE = {
    0: "今日 本日 きょう ほんじつ 当日 today",
    1: "明日 あす あした みょうにち tomorrow tmrw tmr tommorow tomorow tommorrow",
    2: "明後日 あさって みょうごにち day_after_tomorrow the_day_after_tomorrow",
    3: "しあさって 明々後日 明明後日",
}
_WEEKS = {
    0: "今週 今週中 this_week rest_of_the_week the_rest_of_the_week all_week all_this_week",
    1: "来週 翌週 次週 らいしゅう next_week the_following_week",
    2: "再来週 さ来週 さらいしゅう week_after_next the_week_after_next",
}
_MONTHS = {0: "今月 当月 this_month", 1: "来月 翌月 らいげつ next_month", 2: "再来月"}
_WHOLE = ("いっぱい", "一杯", "中", "いっぱいは", "一杯は", "いっぱいまで", "一杯まで")
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_MORE = {1: ("tues",), 2: ("weds", "wednesdays"), 3: ("thur", "thurs")}
_VAGUE = """
    上旬 中旬 下旬 来週前半 来週後半 今週前半 今週後半 来週半ば 来月上旬 来月中旬 来月下旬 来月頭 来月半ば
    今月半ば 連休明け 近日中 来春 後日 そのうち いつか 翌々週末
    a_few_days several_days 数日 数日間
"""


def _spaced(block: str) -> list[str]:
    return [word.replace("_", " ") for word in block.split()]


def words() -> Iterator[tuple[str, Day]]:
    """Every word for a day that holds no number."""
    for number, block in _RELATIVE.items():
        for word in _spaced(block):
            yield word, Day("offset", number)
    for blocks, unit in ((_WEEKS, "week"), (_MONTHS, "month")):
        for number, block in blocks.items():
            for word in _spaced(block):
                yield word, Day(unit, number, whole=word.endswith("中"))  # type: ignore[arg-type]
                if not word.isascii():
                    for ending in _WHOLE:
                        yield word + ending, Day(unit, number, whole=True)  # type: ignore[arg-type]
    yield from _weekday_words()
    yield from _turning_points()
    for word in _spaced(_VAGUE):
        yield word, Day("vague")


def _weekday_words() -> Iterator[tuple[str, Day]]:
    for number, letter in enumerate(WEEKDAYS):
        for word in (letter + "曜日", letter + "曜"):
            yield word, Day("weekday", number)
        english = (_ENGLISH_WEEKDAYS[number], _ENGLISH_LONG[number], *_ENGLISH_MORE.get(number, ()))
        for word in english:
            yield word, Day("weekday", number)
            for prefix, week in (("next", 1), ("this", 0)):
                yield f"{prefix} {word}", Day("weekday", number, week=week)
            yield f"coming {word}", Day("weekday", number)


def _turning_points() -> Iterator[tuple[str, Day]]:
    for text in ("翌日", "次の日", "the next day", "the following day"):
        yield text, Day("next", 1)
    yield "翌々日", Day("next", 2)
    for text in ("翌営業日", "次の営業日", "翌稼働日", "次営業日", "next business day", "next working day"):
        yield text, Day("business", 1)
    yield "翌々営業日", Day("business", 2)
    for text, number in (("週末", 0), ("今週末", 0), ("来週末", 1), ("the weekend", 0), ("this weekend", 0)):
        yield text, Day("weekend", number)
    for text in ("週明け", "来週明け", "来週頭", "来週初め", "週初め", "週頭"):
        yield text, Day("business", 0, week=1)
    for text, month in (("月末", 0), ("今月末", 0), ("来月末", 1), ("再来月末", 2), ("end of the month", 0)):
        yield text, Day("month_end", month=month)
    for text, month in (("end of month", 0), ("end of this month", 0), ("end of next month", 1)):
        yield text, Day("month_end", month=month)
    for text in ("来月初め", "来月初日", "翌月初日"):
        yield text, Day("day", 1, month=1)
    for text in ("年内", "年内いっぱい", "今年いっぱい", "年末", "大晦日", "年内は"):
        yield text, Day("year_end", whole=text != "年末")
    yield "年末年始", Day("year_turn")
    for text in ("来年", "翌年"):
        yield text, Day("year", 1)
    yield "元日", Day("date", 1, month=1)
    yield "元旦", Day("date", 1, month=1)


@dataclass(slots=True)
class Resolver:
    """Turns days into dates, as seen from `today`. Remembers what holds on: 来週, 来月, 11/."""

    today: date
    calendar: OfficeCalendar
    week: int | None = None
    month: tuple[int, int] | None = None

    def dates(self, day: Day, after: date | None = None) -> tuple[date, date]:
        """The first and the last date of `day`; of a range's second day, the first one at or behind `after`.

        Raises:
            Unclear: there is no such day, it has passed, or it fits more than one.
        """
        first, last = self._dates(day, after)
        if day.shown is not None and first.weekday() != day.shown:
            raise Unclear(AskReason.AMBIGUOUS)
        return first, last

    def _dates(self, day: Day, after: date | None) -> tuple[date, date]:
        single = self._SINGLE.get(day.unit)
        if single is not None:
            found = single(self, day, after)
            return found, found
        return self._several(day)

    def _several(self, day: Day) -> tuple[date, date]:
        today = self.today
        match day.unit:
            case "week":
                self.week = day.number
                monday = self._monday(day.number)
                first = monday if day.number else max(today, monday)
                return first, monday + timedelta(days=4)
            case "weekend":
                saturday = self._monday(day.number) + timedelta(days=5)
                return max(saturday, today), saturday + timedelta(days=1)
            case "month" | "month_end":
                return self._month(day)
            case "year_end":
                end = date(today.year, 12, 31)
                return (today if day.whole else end), end
            case _:
                raise Unclear(AskReason.AMBIGUOUS)

    def _monday(self, week: int) -> date:
        return self.today + timedelta(days=7 * week - self.today.weekday())

    def _weekday(self, day: Day, after: date | None) -> date:
        if day.week is not None:
            self.week = day.week
            return self._monday(day.week) + timedelta(days=day.number)
        if after is None and self.week is not None:
            return self._monday(self.week) + timedelta(days=day.number)
        base = after or self.today
        return base + timedelta(days=(day.number - base.weekday()) % 7)

    def _offset(self, day: Day, _after: date | None) -> date:
        return self.today + timedelta(days=day.number)

    def _next(self, day: Day, after: date | None) -> date:
        return (after or self.today) + timedelta(days=day.number)

    def _business_day(self, day: Day, _after: date | None) -> date:
        if day.week is not None:
            found = self._monday(day.week) - timedelta(days=1)
            left = 1
        else:
            found, left = self.today, day.number
        for _ in range(400):
            if not left:
                return found
            found += timedelta(days=1)
            left -= self.calendar.is_business_day(found)
        raise Unclear(AskReason.INVALID_DATE)

    def _day_of_month(self, day: Day, after: date | None) -> date:
        if day.month is not None:
            year, month = _month_from(self.today, day.month)
            self.month = (year, month)
            found = _existing(year, month, day.number)
            if found < self.today and day.month == 0 and after is None:
                raise Unclear(AskReason.PAST_TIME)
            return found
        if after is None and self.month is not None:
            return _existing(*self.month, day.number)
        base = after or self.today
        year, month = base.year, base.month
        if day.number < base.day:
            year, month = _month_from(base, 1)
        return _existing(year, month, day.number)

    def _date(self, day: Day, after: date | None) -> date:
        assert day.month is not None
        if day.year is not None:
            found = _existing(day.year, day.month, day.number)
            if found < self.today:
                raise Unclear(AskReason.PAST_TIME)
        elif day.years:
            found = _existing(self.today.year + day.years, day.month, day.number)
        else:
            found = self._rolled(day.month, day.number, after)
        self.month = (found.year, found.month)
        return found

    def _rolled(self, month: int, number: int, after: date | None) -> date:
        base = after or self.today
        if (month, number) >= (base.month, base.day):
            found = _existing(base.year, month, number)
            if after is None and found - base > _ROLL_LIMIT and base - _last_year(found) < _JUST_PAST:
                raise Unclear(AskReason.PAST_TIME)
            return found
        found = _existing(base.year + 1, month, number)
        if found - base > _ROLL_LIMIT:
            raise Unclear(AskReason.REVERSED_RANGE if after else AskReason.PAST_TIME)
        return found

    def _month(self, day: Day) -> tuple[date, date]:
        if day.year is not None:  # a month by its number
            year = self.today.year + (day.number < self.today.month)
            month = day.number
        else:
            year, month = _month_from(self.today, day.number if day.unit == "month" else day.month or 0)
        self.month = (year, month)
        last = date(year, month, monthrange(year, month)[1])
        if day.unit == "month_end":
            return last, last
        return max(self.today, last.replace(day=1)), last

    _SINGLE: ClassVar[dict[Unit, Callable[[Any, Day, date | None], date]]] = {
        "offset": _offset,
        "next": _next,
        "weekday": _weekday,
        "day": _day_of_month,
        "date": _date,
        "business": _business_day,
    }


def within(prefix: Day, day: Day) -> Day | None:
    """`day` inside the week, month or year named just before it (来週、月曜), None where it does not fit."""
    if prefix.unit == "week" and day.unit == "weekday" and day.week is None:
        return replace(day, week=prefix.number)
    if prefix.unit == "week" and day.unit in ("date", "day") and day.month != 0:  # 今週の予定: 25日 在宅
        return day
    if prefix.unit == "weekday" and day.unit == "week" and prefix.week is None:
        return replace(prefix, week=day.number)
    if prefix.unit == "month" and prefix.year is None and day.unit == "day" and day.month is None:
        return replace(day, month=prefix.number)
    return _within_year(prefix, day)


def _within_year(prefix: Day, day: Day) -> Day | None:
    if prefix.unit == "year" and day.unit == "date" and day.year is None:
        return replace(day, years=prefix.number)
    if prefix.unit not in ("year_end", "year_turn") or prefix.whole:
        return None
    if day.unit == "day" and day.month is None:  # 年末は28日から
        return replace(day, unit="date", month=12)
    return day if day.unit == "date" else None


def _month_from(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _last_year(day: date) -> date:
    return day - timedelta(days=365)


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear(AskReason.INVALID_DATE) from None
