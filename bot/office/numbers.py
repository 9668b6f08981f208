"""Telephone numbers: heard, typed or sent by the network; whose they are; how they are read back."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.office.model import Office, Person, PhoneNumber

JAPAN = "JP"
SHORTEST = 3
"""Digits of the shortest text that can be meant as a number."""

# What Twilio sends for a caller without a number: the word on a telephone's keys.
_WITHHELD_NUMBERS = {
    "+266696687": "ANONYMOUS",
    "+86282452253": "UNAVAILABLE",
    "+7378742833": "RESTRICTED",
    "+2562533": "BLOCKED",
    "+8656696": "UNKNOWN",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as somebody gave it.

    `said` are the digits as given, with a leading + where there was one. `e164` is None where the
    number can't be dialled as it stands. `valid`: it lies in its country's numbering plan.
    """

    e164: PhoneNumber | None
    said: str
    valid: bool
    mobile: bool


@lru_cache(maxsize=4096)
def parse_number(text: str, region: str = JAPAN) -> Number:
    """The number in a text: typed in any form, or digits as the recogniser wrote them down.

    A text without any digit gives an empty `said`. A national number outside the numbering plan of
    `region` (ISO 3166) has no `e164`; one given with + keeps its own.
    """
    import phonenumbers

    said = _digits_said(text)
    if not said:
        return Number(None, "", valid=False, mobile=False)
    try:
        parsed = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return Number(None, said, valid=False, mobile=False)
    if not phonenumbers.is_valid_number(parsed):
        dialable = re.fullmatch(r"\+[1-9]\d{7,14}", said)
        mobile = re.fullmatch(r"\+81[6-9]0\d{8}", said)
        return Number(PhoneNumber(said) if dialable else None, said, valid=False, mobile=bool(mobile))
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return Number(PhoneNumber(e164), said, valid=True, mobile=phonenumbers.number_type(parsed) in kinds)


def groups(number: Number) -> tuple[str, ...]:
    """The groups in which a number is read back: by the numbering plan, else three, four, four.

    A Japanese number is given as dialled in Japan, any other with its country code.
    """
    import phonenumbers

    if number.valid and number.e164:
        parsed = phonenumbers.parse(number.e164)
        form = phonenumbers.PhoneNumberFormat
        national = parsed.country_code == phonenumbers.country_code_for_region(JAPAN)
        written = phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL)
        return tuple(re.split(r"[ -]", written))
    digits = re.sub(r"^\+81", "0", number.said)
    return tuple(part for part in (digits[:3], *re.findall(r".{1,4}", digits[3:])) if part)


def is_withheld(from_: str | None) -> bool:
    """Whether the network gave no number: withheld, unavailable, or a caller who has none (SIP, client)."""
    if not from_ or from_ in _WITHHELD_NUMBERS or f"+{from_}" in _WITHHELD_NUMBERS:
        return True
    return re.fullmatch(r"\+?\d{3,}", from_) is None


def own_numbers(office: Office, people: Iterable[Person]) -> frozenset[str]:
    """The office's lines and the telephones of its staff (E.164): never a caller's own."""
    numbers = {*(line.number for line in office.numbers), *office.main_lines, office.sms_from}
    for person in people:
        numbers |= {person.phone, person.ring_at}
    return frozenset(number for number in numbers if number)


def is_our_line(office: Office, number: str) -> bool:
    """Whether `number` is answered by this system: a call *from* it is our own ring coming back."""
    return number == office.sms_from or any(line.number == number for line in office.numbers)


def caller_number(
    own: Container[str], from_: str | None, forwarded_from: str | None = None
) -> PhoneNumber | None:
    """The number at which this caller can be called back; None where the network did not tell it.

    `own` are the office's (`own_numbers`). A forwarding line that shows itself instead of the caller is not
    the caller's number.
    """
    if from_ is None or is_withheld(from_) or from_ == forwarded_from or from_ in own:
        return None
    return parse_number(from_).e164


def masked(number: str | None) -> str:
    """A number for logs: the country, if plain, and the last two digits."""
    if not number:
        return "none"
    return f"{number[:3] if number.startswith('+') else ''}…{number[-2:]}"


# Digits as they are spoken; the longest spelling that fits is taken. Katakana is compared as hiragana.
_SPOKEN = {
    "0": "0 〇 ○ 零 ぜろ ぜろー れい れー まる おー zero oh",
    "1": "1 一 壱 いち いちー いっ ひと one",
    "2": "2 二 弐 に にー にい ふた two",
    "3": "3 三 参 さん さんー three",
    "4": "4 四 よん よ よー よんー し しー four",
    "5": "5 五 ご ごー ごう five",
    "6": "6 六 ろく ろっ ろくー six",
    "7": "7 七 なな しち ひち ななー seven",
    "8": "8 八 はち はっ ぱち やー eight",
    "9": "9 九 きゅう きゅー く くー nine",
    "+": "+ ぷらす plus",
}
_DIGIT = {spelling: digit for digit, spellings in _SPOKEN.items() for spelling in spellings.split()}
_PLAIN = frozenset(["ぷらす", "plus", *"0123456789+〇零一二三四五六七八九"])
_BETWEEN = (  # said or written between digits, meaning nothing
    "はいふん まいなす かっこ とじ えーと えっと ええと えー あの あのー その 局 番 ばん のー の で です ね "
    "- ‐ − ー – — ( ) . ・ 、 。 , / ~ 〜 ? ! dash hyphen"
)
_TOKEN = re.compile(
    "|".join(
        rf"(?<![a-z]){word}(?![a-z])" if word.isascii() and word.isalpha() else re.escape(word)
        for word in sorted([*_DIGIT, *_BETWEEN.split()], key=len, reverse=True)
    )
    + r"|\s"
)
_TIMES = re.compile(r"(?<![a-z])(double|triple) ([a-z]+|\d)")
# 「…5678にお願いします」: the に is no 2. 「四時ごろ」 and the like are no digits of a number.
_TAIL = re.compile(
    r"(に|へ|まで|宛て?に?)?(お願い|おねがい|願い|かけ|掛け|電話|でんわ|折り?返|おりかえ|ご?連絡|ごれんらく|"
    r"下さい|くださ|つなが|繋が|なります|なってお|よろしく|宜しく|ございます|と申し|と言い|といい|ください).*$"
)
_HEAD = re.compile(
    r"^.*?(番号は|番号が|ばんごうは|電話は|携帯は|けいたいは|こちらは|内線は)(?=.*[0-9〇零一-九ぁ-ん])"
)
_ENOUGH_PLAIN_DIGITS = 9


def _digits_said(text: str) -> str:
    """The longest run of digits in `text`; spoken ones count where too few are written as figures."""
    flat = _as_hiragana(unicodedata.normalize("NFKC", text).lower())
    flat = _TIMES.sub(lambda said: f"{said[2]} " * (2 if said[1] == "double" else 3), flat)
    plain = max(_runs(flat, spoken=False), key=len, default="")
    if len(plain) >= _ENOUGH_PLAIN_DIGITS:
        return _once(plain)
    flat = _TAIL.sub("", _HEAD.sub("", flat))
    said = _once(max(_runs(flat, spoken=True), key=len, default="") or plain)
    return "" if said == "+" else said


def _once(said: str) -> str:
    """A number that was said twice over, once."""
    half = len(said) // 2
    return said[:half] if half >= _ENOUGH_PLAIN_DIGITS and said[:half] == said[half:] else said


def _runs(text: str, *, spoken: bool) -> Iterator[str]:
    run = ""
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        digit = _DIGIT.get(token[0]) if token else None
        if token is None or (digit and not spoken and token[0] not in _PLAIN):
            yield run
            run, at = "", at + 1
            continue
        if digit == "+":
            yield run
            run = "+"
        elif digit:
            run += digit
        at = token.end()
    yield run


def _as_hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)
