"""What each form of `forms` stands for: a time, a day, a length, or a mark."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.language import parts
from bot.language.days import WEEKDAYS, Day
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.parts import Type
from bot.language.tokens import Clock, Length

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TO_ALL = ("@channel", "@here", "@everyone", "@all")
_KANJI = {letter: value for value, letter in enumerate("〇一二三四五六七八九")}
_EN_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_MORNING_WORDS = {"午前", "朝", "早朝", "am"}
_MONTH_OFFSETS = {"今月": 0, "来月": 1, "翌月": 1, "再来月": 2}
WEEK_OFFSETS = {"今週": 0, "来週": 1, "翌週": 1, "次週": 1, "再来週": 2, "さ来週": 2}


def number(text: str) -> int:
    """`12`, `十二` or `二` as a number."""
    if text[0] in "0123456789":
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_KANJI[letter]) for letter in text))
    return (_KANJI.get(tens[-1:], 1) if tens else 1) * 10 + (_KANJI.get(ones[-1:], 0) if ones else 0)


def _count(text: str) -> int:
    return _EN_COUNT.get(text) or number(text)


def _weekday(letter: str | None) -> int | None:
    return WEEKDAYS.index(letter) if letter else None


def _clock(m: re.Match[str]) -> Clock:
    half, before = m["ck_half"], m["ck_ap0"]
    after = (m["ck_ap1"] or m["ck_ap2"] or "").replace(".", "")
    leading_zero = False
    if m["ck_4"]:
        hour, minute, leading_zero = int(m["ck_4"][:2]), int(m["ck_4"][2:]), True
    elif m["ck_h"]:
        hour = number(m["ck_h"])
        minute = 30 if m["ck_mh"] else number(m["ck_m"]) if m["ck_m"] else 0
    else:
        written = m["ck_ch"] or m["ck_ph"]
        hour, minute = int(written), int(m["ck_cm"] or m["ck_pm"] or 0)
        leading_zero = bool(m["ck_ch"]) and written[0] == "0"
    return clock_at(
        hour, minute, half or before or (after if after in ("am", "pm") else None), exact=leading_zero
    )


def clock_at(hour: int, minute: int, half: str | None, *, exact: bool = False) -> Clock:
    """The time that an hour and what stands beside it (午後, 朝, pm) fix; bare where nothing does."""
    if hour > 29 or minute > 59 or (half and hour > 24):
        return Clock(wrong=True)
    bare = False
    if half in _MORNING_WORDS:
        hour = hour % 12 if half == "am" and hour == 12 else hour
    elif half in ("深夜", "夜中") or (half in ("夜", "晩") and hour == 12):
        hour = hour + 24 if hour < 5 else 24 if hour == 12 else hour + 12 if hour < 12 else hour
    elif half:
        midday = half in ("昼", "お昼") and hour in (10, 11)
        hour = hour if hour >= 12 or midday else hour + 12
    else:
        bare = not exact and 1 <= hour <= 12
    return Clock(hour * 60 + minute, bare=bare)


def _months(m: re.Match[str]) -> Day:
    month, ending = number(m["me_m"]), m["me_end"]
    if not 1 <= month <= 12:
        return Day("date", 99, month=1)
    return Day("month_end" if ending == "末" else "month", month, year=0, whole=bool(ending))


def _named_month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1


def _length_of(count: int, unit: str, *, about: bool = False) -> Length:
    if unit.startswith(("分", "m")) and not unit.startswith("month"):
        return Length(minutes=count, about=about)
    if unit.startswith(("時間", "h")):
        return Length(minutes=60 * count, about=about)
    if unit.startswith(("週", "week")):
        return Length(days=7 * count, about=about)
    if "月" in unit or unit.startswith("month"):
        return Length(months=count, about=about)
    return Length(days=count, about=about)


def _hours(m: re.Match[str]) -> Length:
    count = m["lh_n"]
    minutes = 30 if count == "半" else round(float(count) * 60) if "." in count else number(count) * 60
    minutes += 30 if m["lh_half"] else number(m["lh_m"]) if m["lh_m"] else 0
    return Length(minutes=minutes)


def _span(m: re.Match[str]) -> Length:
    """2、3時間, 1時間か1時間半: the longer one, roughly."""
    length = _length_of(number(m["span_b"] or m["span_d"]), m["span_unit"] or "日", about=True)
    return replace(length, minutes=length.minutes + 30) if m["span_half"] else length


def _english_length(m: re.Match[str]) -> Length:
    if m["le_m"]:
        return Length(minutes=int(m["le_m"]))
    hours, rest = m["le_h"], m["le_hm"]
    minutes = 30 if hours.startswith("half") else round(float(_EN_COUNT.get(hours, 0) or hours) * 60)
    if rest:
        minutes += int(rest) if rest.isdigit() else 30
    return Length(minutes=minutes)


def _days_after(m: re.Match[str]) -> Day:
    count, unit = number(m["da_n"]), m["da_unit"]
    if unit == "営業日":
        return Day("business", count)
    if "月" in unit:
        return Day("vague")
    return Day("offset", count * (7 if unit == "週間" else 1))


def _week_day(m: re.Match[str]) -> Day:
    return Day("weekday", WEEKDAYS.index(m["wk_d"]), week=WEEK_OFFSETS.get(m["wk"]))


def _each_weekday(m: re.Match[str]) -> list[tuple[int, Day]]:
    """月水金: the days, each with its place."""
    week = WEEK_OFFSETS.get(m["wks"] or "")
    first = m.start("wks_d") - m.start()
    days = map(WEEKDAYS.index, m["wks_d"])
    return [
        (first + place, Day("weekday", day, week=None if place else week)) for place, day in enumerate(days)
    ]


# The type and value of each form; a row of weekdays becomes several tokens.
READERS: dict[str, Callable[[re.Match[str]], tuple[Type, object]]] = {
    "name": lambda _: (parts.NAME, None),
    "extension": lambda _: (parts.INNOCENT, None),
    "address": lambda _: (parts.INNOCENT, None),
    "mention": lambda m: (
        (parts.FILLER, None) if m.group() in _TO_ALL else (parts.NAME, m.group().lstrip("@"))
    ),
    "in_minutes": lambda m: (parts.AFTER, Length(minutes=int(m["im_n"]))),
    "iso_date": lambda m: (
        parts.DAY,
        Day("date", int(m["iso_d"]), month=int(m["iso_m"]), year=int(m["iso_y"]), shown=_weekday(m["iso_w"])),
    ),
    "stay": lambda m: (parts.LENGTH, Length(days=number(m["stay_days"]))),
    "month_day": lambda m: (
        parts.DAY,
        Day("date", number(m["md_d"]), month=number(m["md_m"]), shown=_weekday(m["md_w"])),
    ),
    "month_name_day": lambda m: (parts.DAY, Day("date", int(m["mn_d"]), month=_named_month(m["mn_m"]))),
    "day_month_name": lambda m: (parts.DAY, Day("date", int(m["dm_d"]), month=_named_month(m["dm_m"]))),
    "month_end": lambda m: (parts.DAY, _months(m)),
    "span": lambda m: (parts.AFTER if m["span_after"] else parts.LENGTH, _span(m)),
    "span_en": lambda m: (parts.LENGTH, _length_of(int(m["spe_b"]), m["spe_unit"], about=True)),
    "days_after_jp": lambda m: (parts.DAY, _days_after(m)),
    "days_after": lambda m: (
        parts.DAY,
        Day("offset", _count(m["dae_n"]) * (7 if "week" in m["dae_unit"] else 1)),
    ),
    "length_days_jp": lambda m: (parts.LENGTH, _length_of(number(m["ld_n"]), m["ld_unit"] or "日")),
    "length_days": lambda m: (parts.LENGTH, _length_of(_count(m["lde_n"]), m["lde_unit"])),
    "hours": lambda m: (parts.AFTER if m["lh_after"] else parts.LENGTH, _hours(m)),
    "minutes": lambda m: (parts.AFTER if m["lm_after"] else parts.LENGTH, Length(minutes=number(m["lm_n"]))),
    "length_en": lambda m: (parts.AFTER if m["le_in"] else parts.LENGTH, _english_length(m)),
    "runs_over": lambda _: (parts.EXTEND, None),
    "in_around": lambda _: (parts.ARRIVE, False),
    "meal": lambda _: (parts.KIND, Status(Kind.AWAY)),
    "morning_meeting": lambda _: (parts.KIND, Status(Kind.MEETING)),
    "half_off_latin": lambda m: (parts.MORNING if m.group() == "am" else parts.AFTERNOON, None),
    "event_place": lambda _: (parts.INNOCENT, None),
    "from_trip": lambda _: (parts.INNOCENT, None),
    "club": lambda _: (parts.INNOCENT, None),
    "half_off": lambda m: (parts.MORNING if m.group() == "午前" else parts.AFTERNOON, None),
    "about": lambda _: (parts.ABOUT, None),
    "clock_about": lambda _: (parts.LENGTH, Length(minutes=60, about=True)),
    "clock": lambda m: (parts.CLOCK, _clock(m)),
    "clock_3": lambda m: (parts.CLOCK, clock_at(int(m["c3_h"]), int(m["c3_m"]), None)),
    "day_of": lambda m: (
        parts.DAY,
        Day("day", number(m["do_n"]), month=_MONTH_OFFSETS[m["do_month"]], shown=_weekday(m["do_w"])),
    ),
    "day": lambda m: (parts.DAY, Day("day", number(m["d_n"]), shown=_weekday(m["d_w"]))),
    "day_en": lambda m: (parts.DAY, Day("day", int(m["de_n"]))),
    "week_day": lambda m: (parts.DAY, _week_day(m)),
    "paren_day": lambda m: (
        parts.DAY,
        Day("weekday", WEEKDAYS.index(m["pd"] or m["pd2"] or m["pd3"] or m["pd4"])),
    ),
    "weekend_days": lambda _: (parts.DAY, Day("weekend", 0)),
    "excused": lambda _: (parts.KIND, Status(Kind.LEFT)),
    "sorry": lambda _: (parts.FILLER, None),
    "coming_back": lambda m: (parts.RETURN, m.group().startswith("帰社")),
    "misspelt_return": lambda m: (parts.RETURN, m.group().endswith("貴社")),
    "ending": lambda _: (parts.FINISH, False),
    "behind_time": lambda _: (parts.KIND, Status(Kind.LATE)),
    "go": lambda _: (parts.KIND, Status(Kind.OUT, Role.VISIT)),
    "leave": lambda _: (parts.KIND, Status(Kind.OUT, Role.GOING)),
    "week_days": lambda m: (parts.DAY, _each_weekday(m)),
    "repeated": lambda _: (parts.REPEATED, None),
    "stop": lambda _: (parts.STOP, None),
    "question": lambda _: (parts.QUESTION, None),
    "pause": lambda _: (parts.PAUSE, None),
    "dash": lambda _: (parts.DASH, None),
    "number": lambda m: (parts.NUMBER, int(m.group())),
}
