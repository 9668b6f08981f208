"""What colleagues see in chat about somebody: kind, note and end, as they were typed."""

from datetime import date, datetime, time, timedelta

from bot.language.model import Basis, Kind
from bot.office.hours import is_open, local_day, zone_of
from bot.office.model import Office, Person
from bot.presence.model import PresenceNow
from bot.scripts import Language

_KINDS = {
    Kind.OUT: ("外出", "out"),
    Kind.TRIP: ("出張", "on a business trip"),
    Kind.MEETING: ("会議", "in a meeting"),
    Kind.AWAY: ("離席", "away"),
    Kind.BUSY: ("取り込み中", "busy"),
    Kind.REMOTE: ("在宅勤務", "working from home"),
    Kind.LEAVE: ("休み", "off"),
    Kind.LATE: ("遅れて出社", "coming in late"),
    Kind.LEFT: ("退社", "gone for the day"),
    Kind.AVAILABLE: ("在席", "available"),
}
_OWN_WORDS = ("来客", "商談", "打ち合わせ", "打合せ", "面接", "面談", "研修", "セミナー", "電話中")
_WHOLE_DAYS = frozenset({Kind.REMOTE, Kind.LEAVE, Kind.AVAILABLE})  # assumed to the day's end: safe to show
_UNKNOWN_ENDS = {
    Kind.OUT: "戻り未定",
    Kind.TRIP: "戻り未定",
    Kind.AWAY: "戻り未定",
    Kind.LATE: "出社時刻未定",
}
_WEEKDAYS = "月火水木金土日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def kind_name(kind: Kind, language: Language = "ja") -> str:
    """What staff call a kind: 外出, 在宅勤務."""
    return _KINDS[kind][language == "en"]


def colleague_line(
    office: Office, person: Person, presence: PresenceNow, at: datetime, language: Language = "ja"
) -> str:
    """One line for chat at the aware instant `at`: `栗本 太郎さん: 出張(大阪) 11/25(水)まで`."""
    if language == "en":
        return f"{person.name}: {_doing(office, presence, at, language)}"
    return f"{person.name}さん: {_doing(office, presence, at, language)}"


def doing_words(office: Office, presence: PresenceNow, at: datetime) -> str:
    """The same without the name: `出張(大阪) 11/25(水)まで`."""
    return _doing(office, presence, at, "ja")


def _doing(office: Office, presence: PresenceNow, at: datetime, language: Language) -> str:
    japanese = language == "ja"
    if presence.on_call:
        return "通話中" if japanese else "on a call"
    if presence.kind is None:
        if is_open(office, at):
            return "登録なし(在席の扱い)" if japanese else "nothing set (taken to be in)"
        return "登録なし(営業時間外)" if japanese else "nothing set (office closed)"
    label = _label(presence, language)
    note = f"({presence.note})" if presence.note else ""
    if not japanese and note:
        note = f" {note}"
    return f"{label}{note} {_until(office, presence, at, language)}".strip()


def _label(presence: PresenceNow, language: Language) -> str:
    assert presence.kind is not None
    if language == "en":
        return _KINDS[presence.kind][1]
    if presence.kind in (Kind.MEETING, Kind.BUSY) and presence.word in _OWN_WORDS:
        return presence.word
    return _KINDS[presence.kind][0]


def _until(office: Office, presence: PresenceNow, at: datetime, language: Language) -> str:
    """When it ends, as far as it was said."""
    if presence.kind is Kind.LEFT:
        return ""
    told = presence.basis in (Basis.STATED, Basis.APPROX) or presence.kind in _WHOLE_DAYS
    if presence.end is None or not told:
        if language == "en":
            return "(end not known)"
        return _UNKNOWN_ENDS.get(presence.kind or Kind.AWAY, "終わり未定")
    local = presence.end.astimezone(zone_of(office))
    when = _when(local, local_day(office, at), language, approximate=presence.basis is Basis.APPROX)
    if presence.overdue:
        return f"{when}の予定を過ぎています" if language == "ja" else f"(was due back {when})"
    if presence.kind is Kind.LATE and local.time() != time(0):
        return f"{when}出社予定" if language == "ja" else f"(expected {when})"
    return f"{when}まで" if language == "ja" else f"until {when}"


def _when(local: datetime, today: date, language: Language, *, approximate: bool) -> str:
    """`15:00`, `17:00ごろ`, `11/25(水) 15:00`; an end at midnight is the day before: `今日`, `11/25(水)`."""
    if local.time() == time(0):
        return _day(local.date() - timedelta(days=1), today, language)
    clock = f"{local:%H:%M}"
    if local.date() != today:
        clock = f"{_day(local.date(), today, language)} {clock}"
    if not approximate:
        return clock
    return f"{clock}ごろ" if language == "ja" else f"about {clock}"


def _day(day: date, today: date, language: Language) -> str:
    if day == today:
        return "今日" if language == "ja" else "the end of today"
    if language == "en":
        year = "" if day.year == today.year else f", {day.year}"
        return f"{_WEEKDAYS_EN[day.weekday()]}, {_MONTHS_EN[day.month - 1]} {day.day}{year}"
    year = "" if day.year == today.year else f"{day.year}/"
    return f"{year}{day.month}/{day.day}({_WEEKDAYS[day.weekday()]})"
