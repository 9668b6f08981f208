"""How times, days and lengths are written: one pattern a form, and what each becomes."""

import re
from collections.abc import Callable

from bot.language.days import WEEKDAYS, Day
from bot.language.lexicon import Role, Status
from bot.language.model import Kind
from bot.language.people import MASK
from bot.language.tokens import Clock, Length, Type

# A number in a number's place: digits, or kanji numerals.
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_COUNT = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_ALONE = r"(?<![0-9.:/#])"
_HALVES = "午前|午後|お昼|昼|早朝|朝|夕方|深夜|夜中|夜|晩"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_NAME = rf"(?:{_MONTHS})[a-z]{{0,6}}\.?"
_MINUTES = r"(?:minutes|minute|mins|min|m)"
_HOURS = r"(?:hours|hour|hrs|hr|h)"
_END = r"(?![a-z0-9])"


def form(block: str) -> str:
    """A pattern written over several lines: blanks in it mean nothing."""
    return "".join(block.split())


def _beside(group: str) -> str:
    """A weekday in brackets behind a date."""
    return rf"(?:\s*\((?P<{group}>[月火水木金土日])(?:曜日?)?(?:[・/]?祝日?)?\))?"


# Each form is one way to write a time, a day or a length; the first that fits wins.
FORMS: dict[str, str] = {
    "name": f"{MASK}+",
    "address": r"(?:https?://|www\.)\S+|[\w.+\-]+@[\w\-]+\.[\w.\-]+|(?<![0-9])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}",
    "extension": r"(?:内線|番号|代表)(?:番号)?[:は]?\s*[0-9]+",
    "mention": form(
        r"""
        @[a-z0-9ぁ-んァ-ヶ一-龥々_.\-]+?(?=さん|くん|ちゃん|君|様|$|[\s、。,:は])
        (?:さん|くん|ちゃん|君)?
        """
    ),
    "iso_date": form(
        rf"""
        {_ALONE}(?P<iso_y>20[0-9]{{2}})(?:年|[/\-])\s?(?P<iso_m>[0-9]{{1,2}})(?:月|[/\-])\s?
        (?P<iso_d>[0-9]{{1,2}})日?{_beside("iso_w")}
        """
    ),
    "stay": rf"{_ALONE}(?P<stay_nights>{_N})泊(?P<stay_days>{_N})日",
    "month_day": form(
        rf"""
        {_ALONE}(?P<md_m>{_N})(?:/|月\s?)(?P<md_d>{_N})(?:日(?!間)|(?![0-9/月時分%人名]))(?<!/)
        {_beside("md_w")}
        """
    ),
    "month_name_day": form(
        rf"""
        (?<![a-z])(?P<mn_m>{_MONTH_NAME})\s*(?P<mn_d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_END}(?!:|\s*[ap]m)
        """
    ),
    "day_month_name": form(
        rf"""
        {_ALONE}(?P<dm_d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dm_m>{_MONTH_NAME}){_END}
        """
    ),
    "month_end": form(
        rf"""
        {_ALONE}(?P<me_m>{_N})月
        (?P<me_end>末|いっぱい|一杯|中(?!旬)|(?![0-9一二三四五六七八九上中下頃分曜]))
        """
    ),
    "span": form(
        rf"""
        {_ALONE}(?P<span_a>{_COUNT})\s*[、,~\-]\s*(?P<span_b>{_COUNT})\s*
        (?P<span_unit>時間|分間?|週間|日間|日(?=ほど|くらい|ぐらい|程度))(?!後)
        |(?<![0-9./日])(?P<span_c>[1-9一二三四五六七八九])[、,](?P<span_d>[2-9二三四五六七八九])日
        (?=休|お休|出張|不在|在宅)
        """
    ),
    "span_en": form(
        rf"""
        {_ALONE}(?P<spe_a>[0-9]{{1,3}})\s*(?:-|to|or)\s*(?P<spe_b>[0-9]{{1,3}})\s*
        (?P<spe_unit>{_MINUTES}|{_HOURS}|days){_END}
        """
    ),
    "days_after_jp": rf"{_ALONE}(?P<da_n>{_COUNT})\s*(?P<da_unit>営業日|日|週間|か月|ヶ月|カ月)後",
    "days_after": rf"(?<![a-z])in\s+(?P<dae_n>[0-9]{{1,3}}|a)\s+(?P<dae_unit>days?|weeks?){_END}",
    "length_days_jp": form(
        rf"""
        {_ALONE}(?P<ld_n>{_COUNT})\s*
        (?:(?P<ld_unit>日間|週間|[かヶカヵ箇]月間?)|日(?=ほど|くらい|ぐらい|程度|だけ))
        """
    ),
    "length_days": form(
        rf"""
        (?<![a-z0-9])(?P<lde_n>[0-9]{{1,3}}|a|an|one|two|three|four|five)\s+
        (?P<lde_unit>days?|weeks?|months?){_END}(?!\s+off\b)
        """
    ),
    "hours": form(
        rf"""
        {_ALONE}(?P<lh_n>[0-9]+\.[0-9]|{_COUNT}|半)\s*時間
        (?:(?P<lh_half>半)|(?P<lh_m>{_COUNT})分)?(?P<lh_after>後(?!半))?
        """
    ),
    "minutes": rf"{_ALONE}(?P<lm_n>{_COUNT})\s*分間?(?P<lm_after>後)?(?!の[0-9一二三四五])",
    "length_en": form(
        rf"""
        (?P<le_in>(?<![a-z])in\s+)?{_ALONE}(?<![a-z])
        (?:(?P<le_h>[0-9]+(?:\.[0-9])?|an?|one|two|three|half\s+an?|half)[\s\-]*{_HOURS}
        (?:\s*(?:and\s+)?(?P<le_hm>[0-9]{{1,2}}|a\s+half)(?:\s*{_MINUTES})?)?
        |(?P<le_m>[0-9]{{1,3}})[\s\-]*{_MINUTES}){_END}
        """
    ),
    "in_minutes": r"(?<![a-z])in\s+(?P<im_n>[0-9]{1,3})(?=\s*(?:$|[,.]))",
    "in_around": r"(?<![a-z0-9])in(?=\s+(?:around|about)\s+[0-9])",
    "meal": form(
        r"""
        (?:お昼|おひる)
        (?=\s*(?:$|[、,。!()\n]|[0-9一二三四五六七八九十]+[時分:0-9]|です|中|いただ|頂|を
        |に?(?:行|いっ|いき|入|はい|とり|とっ|取|食べ|出(?=ます|て))))
        |昼(?=に?(?:行|いっ|いき|入り|食べ|出(?=ます|て)))
        """
    ),
    "morning_meeting": r"[朝夕]会(?![議社場員食話])",
    "club": r"[月火水木金土日]曜(?:会(?![議合食社])|市(?!内)|版)",
    "half_off": r"午(?:前|後)(?=\s*(?:休み|休む|休ま|お休|休憩|休暇))",
    "half_off_latin": r"(?<![a-z])[ap]m(?=\s*(?:休み|休む|休ま|お休|休憩|休暇))",
    "about": rf"約(?=\s*{_N})",
    "clock_about": "小一時間",
    "clock": form(
        rf"""
        (?<![0-9.#/])(?:(?P<ck_half>{_HALVES})の?\s*|(?P<ck_ap0>[ap]m)\s*(?=[0-9]))?
        (?:(?P<ck_h>{_N})\s*時(?!間|差|点|代|短)
        (?:(?P<ck_mh>半)|(?P<ck_m>{_N})分?(?!間|後|ほど|程度|くらい|時|/|月|日|:|[0-9]))?
        |(?P<ck_ch>[0-9]{{1,2}}):(?P<ck_cm>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9:])
        (?:\s*(?P<ck_ap1>[ap]\.?m\.?)(?![a-z]))?
        |(?P<ck_ph>[0-9]{{1,2}})(?::(?P<ck_pm>[0-9]{{2}}))?\s*
        (?P<ck_ap2>[ap]\.?m(?![a-z0-9])\.?|noon(?![a-z])|o'clock)
        |(?P<ck_4>(?:[01][0-9]|2[0-4])[0-5][0-9])(?![0-9年円名個件号人番台ページ/%:.]|\s*(?:yen|usd)))
        """
    ),
    "clock_3": r"(?<![0-9.#/])(?P<c3_h>[1-9])(?P<c3_m>[0-5][0-9])(?=\s?[\-~]\s?[0-9]{3,4}(?![0-9]))",
    "day_of": rf"(?P<do_month>今月|来月|翌月|再来月)の?\s*(?P<do_n>{_N})日(?!間){_beside('do_w')}",
    "day": form(
        rf"""
        {_ALONE}(?P<d_n>{_N})日(?!間|後|目|以内|前|中|分|ほど|くらい|ぐらい|程度|[市町村本野酔坊])
        {_beside("d_w")}
        """
    ),
    "day_en": rf"(?<![a-z0-9])(?:the\s+)?(?P<de_n>[0-9]{{1,2}})(?:st|nd|rd|th){_END}",
    "week_day": form(
        r"""
        (?P<wk>今週|来週|翌週|次週|再来週|さ来週|今度|次|この)の?\s*(?P<wk_d>[月火水木金土日])
        (?:曜日?|(?=[~、,・とはにまかのよで\s\-/()も。]|$|より|曜))
        """
    ),
    "week_days": form(
        r"""
        (?:(?P<wks>今週|来週|再来週)の?)?(?<![一-龥々0-9])(?P<wks_d>[月火水木金土日]{2,5})(?:曜日?)?
        (?=[はにをと、,も\s]|$|在宅|出張|休み|有休|外出|リモート|テレワーク)
        """
    ),
    "paren_day": form(
        r"""
        (?<![一-龥々ァ-ヶ])(?P<pd>[月火水木金土日])
        (?=\s?[~・、,\-とや/]\s?[月火水木金土日](?:曜|[・、,とや~\-/はにまかのをも。\s]|$))
        |\((?P<pd3>[月火水木金土日])\)
        |(?<=[~・、,\-とや/\s])(?<![一-龥々])(?P<pd2>[月火水木金土日])
        (?=(?:[はにまかをも。\s~\-とや、/]|の(?![一-龥])|$|在宅|出張|休み|有休|外出|リモート|テレワーク))
        """
    ),
    "weekend_days": r"土日(?:祝)?",
    "go": form(
        r"""
        (?<=[社店所場院庁署方先宅へ])(?:さん|様)?(?:に|へ|まで)?
        (?:(?:行って|いって)(?:き|い)ます|行って参ります|行ってます|行っております
        |向かいます|向かって(?:い)?ます|向かっております)
        """
    ),
    "leave": form(
        r"""
        (?:(?<![にへがを会席])|(?<=[時分後半]に))出(?:ます|てきます|てます|ております|ています)
        |(?<=外)に出(?:ます|てきます|てます|ております|ています)
        """
    ),
    "stop": r"[。!\n]+|\.(?=\s|$)",
    "question": r"\?+",
    "pause": form(
        r"""
        [、,;|]+|・(?![ァ-ヶ])|/(?![0-9a-z])|(?<![0-9a-z])/
        |\s-\s(?![0-9a-z月火水木金土日一二三四五六七八九十])|\s:\s|--+
        """
    ),
    "dash": r"[~\-]+",
}
NUMBER = r"(?<![0-9a-z.:/#%¥$])[0-9]{1,2}(?![0-9a-z.:/%]|,[0-9]{3})"

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
    return _MONTHS.split("|").index(text[:3]) + 1


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


# What each form becomes; forms that become several tokens, or none, are in `scan`.
READERS: dict[str, Callable[[re.Match[str]], tuple[Type, object]]] = {
    "name": lambda _: (Type.NAME, None),
    "extension": lambda _: (Type.INNOCENT, None),
    "address": lambda _: (Type.INNOCENT, None),
    "mention": lambda m: (Type.FILLER, None) if m.group() in _TO_ALL else (Type.NAME, m.group().lstrip("@")),
    "in_minutes": lambda m: (Type.AFTER, Length(minutes=int(m["im_n"]))),
    "iso_date": lambda m: (
        Type.DAY,
        Day("date", int(m["iso_d"]), month=int(m["iso_m"]), year=int(m["iso_y"]), shown=_weekday(m["iso_w"])),
    ),
    "stay": lambda m: (Type.LENGTH, Length(days=number(m["stay_days"]))),
    "month_day": lambda m: (
        Type.DAY,
        Day("date", number(m["md_d"]), month=number(m["md_m"]), shown=_weekday(m["md_w"])),
    ),
    "month_name_day": lambda m: (Type.DAY, Day("date", int(m["mn_d"]), month=_named_month(m["mn_m"]))),
    "day_month_name": lambda m: (Type.DAY, Day("date", int(m["dm_d"]), month=_named_month(m["dm_m"]))),
    "month_end": lambda m: (Type.DAY, _months(m)),
    "span": lambda m: (
        Type.LENGTH,
        _length_of(number(m["span_b"] or m["span_d"]), m["span_unit"] or "日", about=True),
    ),
    "span_en": lambda m: (Type.LENGTH, _length_of(int(m["spe_b"]), m["spe_unit"], about=True)),
    "days_after_jp": lambda m: (Type.DAY, _days_after(m)),
    "days_after": lambda m: (
        Type.DAY,
        Day("offset", _count(m["dae_n"]) * (7 if "week" in m["dae_unit"] else 1)),
    ),
    "length_days_jp": lambda m: (Type.LENGTH, _length_of(number(m["ld_n"]), m["ld_unit"] or "日")),
    "length_days": lambda m: (Type.LENGTH, _length_of(_count(m["lde_n"]), m["lde_unit"])),
    "hours": lambda m: (Type.AFTER if m["lh_after"] else Type.LENGTH, _hours(m)),
    "minutes": lambda m: (Type.AFTER if m["lm_after"] else Type.LENGTH, Length(minutes=number(m["lm_n"]))),
    "length_en": lambda m: (Type.AFTER if m["le_in"] else Type.LENGTH, _english_length(m)),
    "in_around": lambda _: (Type.ARRIVE, False),
    "meal": lambda _: (Type.KIND, Status(Kind.AWAY)),
    "morning_meeting": lambda _: (Type.KIND, Status(Kind.MEETING)),
    "half_off_latin": lambda m: (Type.MORNING if m.group() == "am" else Type.AFTERNOON, None),
    "club": lambda _: (Type.INNOCENT, None),
    "half_off": lambda m: (Type.MORNING if m.group() == "午前" else Type.AFTERNOON, None),
    "about": lambda _: (Type.ABOUT, None),
    "clock_about": lambda _: (Type.LENGTH, Length(minutes=60, about=True)),
    "clock": lambda m: (Type.CLOCK, _clock(m)),
    "clock_3": lambda m: (Type.CLOCK, clock_at(int(m["c3_h"]), int(m["c3_m"]), None)),
    "day_of": lambda m: (
        Type.DAY,
        Day("day", number(m["do_n"]), month=_MONTH_OFFSETS[m["do_month"]], shown=_weekday(m["do_w"])),
    ),
    "day": lambda m: (Type.DAY, Day("day", number(m["d_n"]), shown=_weekday(m["d_w"]))),
    "day_en": lambda m: (Type.DAY, Day("day", int(m["de_n"]))),
    "week_day": lambda m: (Type.DAY, _week_day(m)),
    "paren_day": lambda m: (Type.DAY, Day("weekday", WEEKDAYS.index(m["pd"] or m["pd2"] or m["pd3"]))),
    "weekend_days": lambda _: (Type.DAY, Day("weekend", 0)),
    "go": lambda _: (Type.KIND, Status(Kind.OUT, Role.VISIT)),
    "leave": lambda _: (Type.KIND, Status(Kind.OUT, Role.GOING)),
    "stop": lambda _: (Type.STOP, None),
    "question": lambda _: (Type.QUESTION, None),
    "pause": lambda _: (Type.PAUSE, None),
    "dash": lambda _: (Type.DASH, None),
    "number": lambda m: (Type.NUMBER, int(m.group())),
}

# What a form begins with, so that most places are passed by at one look; the last row goes last.
GUARDED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (MASK, ("name",)),
    (
        "[!-~]",
        (
            "address",
            "mention",
            "in_around",
            "in_minutes",
            "half_off_latin",
            "month_name_day",
            "days_after",
            "length_days",
            "length_en",
            "day_en",
        ),
    ),
    ("[おひ昼朝夕午約小]", ("meal", "morning_meeting", "half_off", "about", "clock_about")),
    ("[内番代]", ("extension",)),
    ("[さ様にへま出]", ("go", "leave")),
    ("[今来翌次再さこ]", ("week_day", "day_of")),
    ("[今来再月火水木金土日(]", ("club", "week_days", "paren_day", "weekend_days")),
    ("[0-9一二三四五六七八九十]", ("days_after_jp", "length_days_jp")),
    ("", ("stop", "question", "pause", "dash")),
)
