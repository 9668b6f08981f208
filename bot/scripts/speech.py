"""Times, days, names and numbers as they are read aloud. Pure; mail is in `mail_speech`."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from bot.office.kana import is_kana, to_hiragana
from bot.office.model import Hours, Office, Person, Weekday
from bot.office.readings import is_surname, usual_sounds
from bot.scripts.mail_speech import spoken_mail
from bot.scripts.mail_words import WORDS
from bot.scripts.model import Language
from bot.scripts.romaji import romaji_of

__all__ = [
    "caller_name",
    "polite_name",
    "spoken_day",
    "spoken_hours",
    "spoken_mail",
    "spoken_moment",
    "spoken_number",
    "spoken_organization",
    "spoken_time",
]

_WEEKDAYS = "月火水木金土日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KEYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HONORIFICS = ("様", "さま", "さん", "氏")
_SHORTEST_WORD = 3  # kana: シー and エー are letters
_EVENING = time(17)  # what 夕方 means in the status language


def spoken_time(at: time, language: Language = "ja") -> str:
    """A time of day in the office's zone: `15時`, `9時30分`; `3 PM`, `9:30 AM`, `noon`."""
    if language == "ja":
        return f"{at.hour}時{at.minute}分" if at.minute else f"{at.hour}時"
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes} {'AM' if at.hour < 12 else 'PM'}"


def spoken_day(day: date, today: date, language: Language = "ja") -> str:
    """A day as it is called on `today`: 本日, 明日, 明後日, 木曜日, 来週の木曜日, 12月3日の木曜日.

    A weekday alone is at most six days ahead; anything else, the past too, is a date.
    """
    ahead = (day - today).days
    if language == "en":
        return _day_en(day, today, ahead)
    if 0 <= ahead <= 2:
        return ("本日", "明日", "明後日")[ahead]
    weekday = f"{_WEEKDAYS[day.weekday()]}曜日"
    if 2 < ahead <= 6:
        return weekday if day.weekday() > today.weekday() else f"来週の{weekday}"
    year = "" if day.year == today.year or 0 < ahead < 180 else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日の{weekday}"


def _day_en(day: date, today: date, ahead: int) -> str:
    if 0 <= ahead <= 1:
        return ("today", "tomorrow")[ahead]
    weekday = _WEEKDAYS_EN[day.weekday()]
    if 1 < ahead <= 6:
        return weekday
    year = "" if day.year == today.year or 0 < ahead < 180 else f", {day.year}"
    return f"{weekday}, {_MONTHS_EN[day.month - 1]} {day.day}{year}"


def spoken_moment(
    at: datetime,
    now: datetime,
    zone: ZoneInfo,
    language: Language = "ja",
    *,
    approximate: bool = False,
    name_today: bool = True,
) -> str:
    """Day and time of an instant, as it is called at `now` (both aware).

    `本日15時`, `明日の15時`, `木曜日の10時30分`, approximately `本日17時ごろ`; `at 3 PM tomorrow`,
    `around 3 PM on Thursday`. Without `name_today`, a time today stands alone.
    """
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    is_today = local.date() == today
    clock, day = spoken_time(local.time(), language), spoken_day(local.date(), today, language)
    if language == "en":
        clock = f"{'around' if approximate else 'at'} {clock}"
        if is_today:
            return clock
        return f"{clock} {day}" if day == "tomorrow" else f"{clock} on {day}"
    if approximate:
        clock = f"{'夕方ごろ、' if local.time() == _EVENING else ''}{clock}ごろ"
    if is_today:
        return f"{day}{clock}" if name_today else clock
    return f"{day}の{clock}"


def spoken_hours(hours: Hours, language: Language = "ja") -> str:
    """Business hours in words: `平日の9時から18時まで、土曜日は9時から13時まで`."""
    days = _spoken_days(hours.days, language)
    if hours.open == time(0) and hours.close >= time(23, 59):
        return f"{days}24時間" if language == "ja" else f"24 hours, {days}"
    spoken = _span(hours.open, hours.close, days, language)
    if hours.sat is None or "sat" in hours.days:
        return spoken
    if language == "ja":
        return f"{spoken}、{_span(*hours.sat, '土曜日は', language)}"
    return f"{spoken}, and {_span(*hours.sat, 'Saturdays', language)}"


def _span(opening: time, closing: time, days: str, language: Language) -> str:
    from_, to = spoken_time(opening, language), spoken_time(closing, language)
    if closing >= time(23, 59):  # an office file writes midnight so
        to = "24時" if language == "ja" else "midnight"
    return f"{days}{from_}から{to}まで" if language == "ja" else f"{from_} to {to}, {days}"


def _spoken_days(days: Iterable[Weekday], language: Language) -> str:
    numbers = sorted(_KEYS.index(day) for day in set(days))
    if numbers == list(range(7)):
        return "毎日" if language == "ja" else "every day"
    if numbers == list(range(5)):
        return "平日の" if language == "ja" else "Monday to Friday"
    runs_on = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    if language == "ja":
        names = [f"{_WEEKDAYS[number]}曜日" for number in numbers]
        return f"{names[0]}から{names[-1]}の" if runs_on else f"{'、'.join(names)}の"
    english = [_WEEKDAYS_EN[number] for number in numbers]
    return f"{english[0]} to {english[-1]}" if runs_on else " and ".join(english)


def spoken_number(groups: Iterable[str], language: Language = "ja") -> str:
    """A telephone number, digit by digit with a pause after each group.

    `("090", "1234", "5678")` → `0 9 0、1 2 3 4、5 6 7 8`. A voice reads digits that stand alone one by
    one; written as digits they are also right on a card or in a transcript.
    """
    pause = "、" if language == "ja" else ", "
    return pause.join(filter(None, (" ".join(d for d in group if d.isdecimal()) for group in groups)))


def polite_name(person: Person, language: Language = "ja") -> str:
    """A member of staff as outsiders hear it: `課長の栗本`, never with さん; `Taro Kurimoto`.

    A name in Latin letters is told whole, its surname being nobody's guess.
    """
    if language == "en":
        return _name_in_letters(person)
    name = person.name if person.name.isascii() else person.surname
    return f"{person.title}の{name}" if person.title else name


def _name_in_letters(person: Person) -> str:
    words = [romaji_of(word) for word in person.reading.split()]
    if person.name.isascii() or not words or None in words:
        return person.name
    family, *given = (str(word).capitalize() for word in words)
    return " ".join([*given, family])


def caller_name(company: str | None, name: str | None, language: Language = "ja") -> str:
    """A caller with the honorific: `スマイル企画の江川様`, `江川様`, `スマイル企画様`, else `お客様`."""
    company, name = (company or "").strip(), (name or "").strip()
    for honorific in _HONORIFICS:
        name = name.removesuffix(honorific).strip() or name
    if language == "en":
        return " of ".join(part for part in (_in_letters(name), _in_letters(company)) if part) or "the caller"
    relative = relative_of(name)
    if relative and not company:
        return relative
    if name and company:
        return f"{company}の{name}様"
    return f"{name or company}様" if name or company else "お客様"


_RELATIVES = {
    "妻": "奥様", "家内": "奥様", "嫁": "奥様", "夫": "ご主人様", "主人": "ご主人様", "旦那": "ご主人様",
    "母": "お母様", "父": "お父様", "娘": "お嬢様", "息子": "ご子息様", "姉": "お姉様", "妹": "妹様",
    "兄": "お兄様", "弟": "弟様", "祖母": "おばあ様", "祖父": "おじい様",
}  # fmt: skip
_FAMILY = re.compile(rf"(.{{1,8}})の({'|'.join(_RELATIVES)}|叔母|叔父|家族|家の者|身内)")


def relative_of(name: str) -> str | None:
    """`栗本の母` as one speaks of her: 栗本様のお母様; None for a name that is no such thing."""
    family = _FAMILY.fullmatch(name)
    return f"{family[1]}様の{_RELATIVES.get(family[2], 'ご家族の方')}" if family else None


def _in_letters(name: str) -> str:
    """A name as an English voice can read it, where its kana is known: 江川 and エガワ are both Egawa."""
    sounds = [name] if is_kana(name) else sorted(usual_sounds(name)) if is_surname(name) else []
    return (romaji_of(sounds[0]) or name).capitalize() if len(sounds) == 1 else name


def spoken_organization(office: Office, language: Language = "ja") -> str:
    """The office's name; in English in letters where its reading allows it."""
    if language == "ja" or office.name.isascii() or not office.reading:
        return office.name
    words = [_in_english_words(word) or romaji_of(word) for word in office.reading.split()]
    return office.name if None in words else " ".join(str(word).title() for word in words)


def _in_english_words(reading: str) -> str | None:
    """すまいるこーぽれーしょん as the English that it is: smile corporation; None where it is none."""
    if not reading:
        return ""
    for length in range(len(reading), _SHORTEST_WORD - 1, -1):
        word = _english_words().get(reading[:length])
        rest = _in_english_words(reading[length:]) if word else None
        if word and rest is not None:
            return f"{word} {rest}".strip()
    return None


@cache
def _english_words() -> dict[str, str]:
    """English words by the kana of their sound."""
    return {to_hiragana(kana): english for english, kana in WORDS.items() if len(kana) >= _SHORTEST_WORD}
