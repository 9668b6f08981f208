"""The single values of an office file: text as written → a checked value.

Each function takes the text and returns the value, or raises ValueError with a Japanese sentence
that says what is wrong and what to write instead.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from datetime import date, time
from difflib import get_close_matches
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot.office.model import WEEKDAYS, PhoneNumber, Weekday

_LONGEST_CLOSURE_DAYS = 366
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def label(text: str) -> str:
    """A name, title or department: one line of 1 to 100 characters, spaces tidied."""
    tidy = " ".join(text.split())
    if not tidy:
        raise ValueError("空です。書くか、キーごと消してください")
    if len(tidy) > 100 or _CONTROL.search(text):
        raise ValueError("1行、100文字以内で書いてください")
    return tidy


def reading(text: str) -> str:
    """Kana, as hiragana; a space between surname and given name."""
    tidy = label(text)
    if not re.fullmatch(r"[ぁ-ゖァ-ヺー・ ]+", tidy):
        raise ValueError("読みは、ひらがなで書いてください(例: くりもと たろう)")
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in tidy)


def identifier(text: str) -> str:
    """An id that people type and addresses carry."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", text):
        raise ValueError("id は半角の英数字と . _ - で、64文字以内にしてください(例: kurimoto)")
    return text


def clock(text: str) -> time:
    """`09:00`. 24:00 is the end of the day, kept as 23:59."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not match:
        raise ValueError(f'時刻「{text}」は読めません。24時間制で "09:00" のように書いてください')
    hour, minute = int(match[1]), int(match[2])
    if (hour, minute) == (24, 0):
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise ValueError(f"時刻「{text}」はありません。00:00 から 23:59 で書いてください")
    return time(hour, minute)


def clock_or_none(text: str) -> time | None:
    """A time, or `none` for never."""
    return None if text == "none" else clock(text)


def zone(text: str) -> str:
    """A name of the IANA time zone database."""
    if text not in available_timezones():
        raise ValueError(
            f"時間帯「{text}」はありません{did_you_mean(text, available_timezones())}。"
            "Asia/Tokyo のように書いてください"
        )
    return ZoneInfo(text).key


def weekday(text: str) -> Weekday:
    for known in WEEKDAYS:
        if text == known:
            return known
    raise ValueError(f"曜日「{text}」は読めません。mon tue wed thu fri sat sun で書いてください")


def weekly(text: str) -> tuple[Weekday, time] | None:
    """`mon 09:00`, or `none`."""
    if text == "none":
        return None
    parts = text.split()
    if len(parts) != 2:
        raise ValueError('曜日と時刻を "mon 09:00" のように書いてください')
    return weekday(parts[0]), clock(parts[1])


def closure(text: str) -> tuple[date, date]:
    """`2026-12-29/2027-01-03`, both included, or one day."""
    first, _, last = text.partition("/")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise ValueError(
            f'休業日「{text}」は読めません。"2026-12-29/2027-01-03" か "2026-12-29" のように書いてください'
        ) from None
    if days[1] < days[0]:
        raise ValueError(f"休業日「{text}」は、終わりが始まりより前です")
    if (days[1] - days[0]).days > _LONGEST_CLOSURE_DAYS:
        raise ValueError(f"休業日「{text}」は1年を超えています。年を確かめてください")
    return days


def phone_number(text: str) -> PhoneNumber:
    """E.164. For Japan only the count of digits is checked: plans for tests and new ranges stay usable.

    Raises ValueError that says what to write, as far as it can be told.
    """
    compact = re.sub(r"[\s()（）.・‐−ー―-]", "", text).translate(_HALF_WIDTH)
    if not re.fullmatch(r"\+?\d+", compact):
        raise ValueError(f'電話番号「{text}」は読めません。国番号から "+81312345678" のように書いてください')
    if not compact.startswith("+"):
        hint = (
            f'「{text}」なら "+81{compact[1:]}" です'
            if compact.startswith("0")
            else "+81(日本)などで始めます"
        )
        raise ValueError(f"電話番号は国番号から書いてください。{hint}")
    if compact != text:
        raise ValueError(f'電話番号は記号や空白を入れずに書いてください。「{text}」なら "{compact}" です')
    if text.startswith("+81"):
        return _japanese(text)
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        raise ValueError(f"電話番号「{text}」の国番号がありません。+81(日本)などで始めてください") from None
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE:
        return PhoneNumber(text)
    wrong = {
        phonenumbers.ValidationResult.TOO_SHORT: "桁が足りません",
        phonenumbers.ValidationResult.TOO_LONG: "桁が多すぎます",
    }
    raise ValueError(f"電話番号「{text}」は{wrong.get(reason, '桁の数が合いません')}")


_HALF_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def _japanese(text: str) -> PhoneNumber:
    national = text.removeprefix("+81")
    if national.startswith("0"):
        raise ValueError(f'+81 のあとの 0 は要りません。「{text}」なら "+81{national[1:]}" です')
    due = 10 if re.match(r"[5-9]0|800", national) else 9
    if len(national) != due:
        off = len(national) - due
        raise ValueError(f"電話番号「{text}」は{abs(off)}桁{'多い' if off > 0 else '足りない'}ようです")
    return PhoneNumber(text)


def mail_address(text: str) -> str:
    if (
        not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text)
        or len(text) > 254
    ):
        raise ValueError(f"メールアドレス「{text}」の形が違います(例: kurimoto@smilecorp.com)")
    return text


def platform_id(letters: str, what: str, shape: str = r"[A-Z0-9]+") -> Callable[[str], str]:
    """A checker for ids that Slack, LINE and Twilio give out, which begin with one of `letters`."""
    starts = "|".join(letters.split())

    def check(text: str) -> str:
        if not re.fullmatch(rf"(?:{starts}){shape}", text):
            raise ValueError(
                f"「{text}」は{what}の ID ではないようです。"
                f"{' か '.join(letters.split())} で始まる ID を写してください"
            )
        return text

    return check


def whole(least: int, most: int, unit: str = "") -> Callable[[str], int]:
    """A checker for whole numbers from `least` to `most`."""

    def check(text: str) -> int:
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise ValueError(f"「{text}」は整数ではありません。{least} から {most} の整数で書いてください")
        number = int(text)
        if not least <= number <= most:
            raise ValueError(f"{number}{unit} にはできません。{least} から {most}{unit} で書いてください")
        return number

    return check


def switch(text: str) -> bool:
    """`true` or `false`, in the spellings of YAML."""
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.lower() not in known:
        raise ValueError(f"「{text}」は true か false で書いてください")
    return known[text.lower()]


def one_of(values: list[str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in values:
            raise ValueError(
                f"「{text}」はありません{did_you_mean(text, values)}。"
                f"{'、'.join(values)} のどれかを書いてください"
            )
        return text

    return check


def web_address(text: str) -> str:
    """An https address (webcal is the same), or http to a loopback or private one."""
    text = re.sub(r"^webcals?://", "https://", text, flags=re.IGNORECASE)
    parts = _address_parts(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_private_host(parts.hostname or "")):
        raise ValueError("https:// で始まるアドレスを書いてください")
    return text


def webhook_problem(url: str, *, private: bool) -> str | None:
    """What is wrong with a webhook's address, or None. `private` allows the own network, also over http."""
    try:
        parts = _address_parts(url)
    except ValueError as error:
        return str(error)
    inside = is_private_host(parts.hostname or "")
    if inside and not private:
        return "社内のアドレスです。それでよければ private: true を添えてください"
    if parts.scheme == "https" or (parts.scheme == "http" and inside):
        return None
    return "https:// で始まるアドレスを書いてください(http は private: true の社内のアドレスだけです)"


def _address_parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not parts.hostname or parts.scheme not in ("http", "https") or re.search(r"\s", text):
        raise ValueError("アドレスの形が違います。https:// から書いてください")
    if _is_link_local(parts.hostname):
        raise ValueError("このアドレスは使えません。予定表や受け取り先のある機械のアドレスを書いてください")
    return parts


def _is_link_local(host: str) -> bool:
    """Such addresses belong to the machine's host, which tells it its keys there (169.254.169.254)."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_link_local


def is_private_host(host: str) -> bool:
    """Whether a host name, by its looks alone, is this machine or inside the own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".localhost", ".home.arpa"))
    return address.is_private or address.is_loopback or address.is_link_local


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """`(「name」のことですか)`, or nothing where no known word is near."""
    near = get_close_matches(text, known, n=1, cutoff=0.6)
    return f"(「{near[0]}」のことですか)" if near else ""
