"""One spelling for what people type in many: widths, dashes, emoji, drawn-out endings.

The result is what every later step reads, and what notes are cut from: it keeps letters and
their case, and drops only what carries no meaning.
"""

import re
import unicodedata
from collections.abc import Callable

from bot.language.patterns import sought

# Pictures and their joiners, arrows excepted: an arrow between two times is a range.
_PICTURE = re.compile(
    "[\u200b-\u200f\u2060\u2460-\u2473\ufe0e\ufe0f\u20e3\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_SHORTCODE = re.compile(r"(?<![0-9a-z]):[a-z+][a-z0-9_+\-]*:", re.IGNORECASE)
_FACE = re.compile(r"\([\s笑汗泣涙謝祝爆怒]{1,3}\)|m\(_ ?_\)m|\(\^[^)]{0,4}\)|\([^\w()]{2,6}\)")
_LAUGH = re.compile(r"(?<=[ぁ-ん。!])(?:w+|笑|汗|泣)(?=$|[\s。!])")

_DASHES = str.maketrans(
    {
        **dict.fromkeys("−–—―‐‑‒─", "-"),
        **dict.fromkeys("〜∼∿˜〰→⇒➡⟶", "~"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’ʼ", "'"),
        **dict.fromkeys("[〔［【「『<〈《", "("),
        **dict.fromkeys("]〕］】」』>〉》", ")"),
        **dict.fromkeys("*`", " "),  # Slack's bold and code
        "迄": "まで",
        "･": "・",
        "､": "、",
        "｡": "。",
        "\u00a0": " ",
        "\t": " ",
        "\r": "\n",
    }
)
_NEEDS_DASHES = re.compile("[" + "".join(map(re.escape, map(chr, _DASHES))) + "]")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_LONG_DASH = re.compile(r"(?<=[0-9時分半日曜)])\s*ー+\s*(?=[0-9一二三四五六七八九十月火水木金土日])")
_DRAWN_OUT = re.compile(
    r"(?<=[ぁ-ん])[ーぁぃぅぇぉ]+(?=[すたくりーぁ]?(?:[\s。!、]|$))|(?<=[ぁ-ん])~+(?=$|[\s。!]|す)"
)
_SOKUON = re.compile(r"っ(?=す(?:[\s。!]|$))|っ+(?=[\s。!]|$)")
# A word that was sent before the kana keyboard was done with it: お休みしまs, 在宅でs.
_UNFINISHED = re.compile(r"(?<=[ぁ-ん])s(?=$|[\s。、!])")
_BLANKS = re.compile(" {2,}")
# What `_not_drawn_out` may mend, told by one letter and what stands beside it.
_DRAWN = re.compile(
    r"[ー~ぁぃぅぇぉs笑汗泣wっ](?:(?<=[ぁ-ん。!][^っ])|(?<=[0-9時分半日曜)\s]ー)|(?<=っ)(?=[すっ\s。!]|$))"
)
_KANA_HOUR = re.compile("(?<=[0-9])じ(?![ぁ-んー])|(?<=[0-9])じ(?=に|か|ま|よ|は|ご|く|半|の|す|と|で)")
# 金曜(12/4) is 12/4(金), 明日(4日) is 4日.
_MONTH_DAY = "[0-9]{1,2}(?:/|月)[0-9]{1,2}日?"
_DATED = re.compile(
    "(?:(?:今週|来週)?の?(?P<weekday>[月火水木金土日])曜日?|今日|本日|明日|明後日|来週|今週) ?"
    f"\\((?P<date>{_MONTH_DAY}(?: ?[~-] ?(?:{_MONTH_DAY}|[0-9]{{1,2}}日?))?|[0-9]{{1,2}}日)\\)"
)
# 会議/14時から外出: no date, but two things.
_SLASH = re.compile("(?<=[ぁ-んァ-ヶ一-龥)])/(?=[0-9一-龥])")
# 会議→14時から外出: a range only behind a time.
_ARROW = re.compile(
    "(?<=[ぁ-んァ-ヶ一-龥)])(?<![時分半日曜月火水木金土])(?<![月火水木金土日]\\))"
    " ?[→⇒➡⟶](?= ?[0-9今明午そ月火水木金])"
)
_DOTS = re.compile(r"\.{2,}")
_LABELLED = re.compile("(?<![0-9]):(?=[0-9])")
# A day that stands over a list holds for all of it.
_HEADING = re.compile("(?<=[日週])の予定(?:です)?[:は]? *\n")
# Katakana where hiragana is meant: 在宅デス.
_KATAKANA = re.compile("(?<=[ぁ-ん一-龥0-9])(?:デス|マス|マデ|カラ)(?![ァ-ヶー])")
_HIRAGANA = {"デス": "です", "マス": "ます", "マデ": "まで", "カラ": "から"}
# 席を30分外します is 30分席を外します.
_SEAT = re.compile("席を(?P<how>[^、。\\s]{1,8}?)(?=外|離れ|空け)")
# 外出=15時まで.
_EQUALS = re.compile("(?<=[ぁ-んァ-ヶ一-龥])=(?=[0-9])")
# 15時と16時の間に is 15時〜16時に.
_BETWEEN = re.compile(
    r"(?<=[時分半0-9])(?:と|から)(?=(?:午[前後])?[0-9]{1,2}(?:時|:[0-9]{2})[半分0-9]*の?間[にで])"
)
# 15 more minutes is another 15 minutes.
_MORE = re.compile(r"\b([0-9]{1,3}) more (?=min|hour|hr)", re.IGNORECASE)
_ONE_MORE = re.compile(r"\banother (?=hour\b)", re.IGNORECASE)
# MTG15時 is MTG 15時.
_WORD_AND_TIME = re.compile("(?<=[A-Za-z]{2})(?=[0-9]{1,2}(?:[時:月日]|/[0-9])|[0-9]{4}[-~])")
_UNSPACED = re.compile("(?<=:[0-9]{2})(?=[a-z])(?![ap]\\.?m)", re.IGNORECASE)
# In LINE a blank or nothing stands where a sentence ends.
_SENTENCE_END = re.compile("(?<=です|ます|した|せん) (?=[^\\s!-~]|[0-9]+時以降)")
# Most messages hold no other letters than these, which are plain already (and no 迄).
_PLAIN = re.compile("[0-9a-zA-Z ぁ-んァ-ヶー、。・!?,./~@'一-迃迅-龥-]*")


def clean(text: str) -> str:
    """`text` in one spelling: NFKC, plain dashes and brackets, no pictures; case is kept."""
    if not _PLAIN.fullmatch(text):
        text = _in_plain_letters(text)
    if _DRAWN.search(text):
        text = _not_drawn_out(text)
    if _MARKED.search(text):
        text = _respelled(text)
    if " " in text:
        text = _SENTENCE_END.sub("。", _BLANKS.sub(" ", text))
    return text.strip()


def _in_plain_letters(text: str) -> str:
    text = _without_markup(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _PICTURE.sub(" ", text))
    if _NEEDS_DASHES.search(text):
        text = _ARROW.sub("、", text).translate(_DASHES)
    if "(" in text:
        text = _FACE.sub(" ", text)
    if ":" in text:
        text = _LABELLED.sub(": ", _UNSPACED.sub(" ", _SHORTCODE.sub(" ", text)))
    return text


def _date_first(found: re.Match[str]) -> str:
    weekday = found["weekday"]
    return f"{found['date']}({weekday})" if weekday else found["date"]


_RESPELLED: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # day and part of the day in one word
    ("明朝", re.compile("明朝(?!体)"), "明日朝"),
    ("明晩", re.compile("明晩"), "明日夜"),
    ("翌朝", re.compile("翌朝"), "翌日朝"),
    ("今夜", re.compile("今夜"), "今日夜"),
    ("今晩", re.compile("今晩"), "今日夜"),
    ("今朝", re.compile("今朝(?=[はも、][^。]*(?:遅れ|遅刻|出社|出勤|着き))"), "今日"),
    ("今朝", re.compile("今朝"), "今日朝"),
    ("日中は", re.compile("(?<=[今本明]日)中(?=は)"), ""),  # 本日中は
    ("(", _DATED, _date_first),
    ("/", _SLASH, "、"),
    ("の予定", _HEADING, "、"),
    ("デス", _KATAKANA, lambda found: _HIRAGANA[found[0]]),
    ("マス", _KATAKANA, lambda found: _HIRAGANA[found[0]]),
    ("マデ", _KATAKANA, lambda found: _HIRAGANA[found[0]]),
    ("カラ", _KATAKANA, lambda found: _HIRAGANA[found[0]]),
    ("席を", _SEAT, r"\g<how>席を"),
    ("=", _EQUALS, ": "),
    ("more", _MORE, r"another \1 "),
    ("nother", _ONE_MORE, "another 1 "),
    ("じ", _KANA_HOUR, "時"),
    ("間", _BETWEEN, "~"),
    ("..", _DOTS, " "),
)
"""What is respelled where a mark of it stands."""
_MARKED = sought(
    " ".join(f"[{mark[0]}]{re.escape(mark[1:])}" for mark, *_ in _RESPELLED)
    + " [0123456789](?<=[A-Za-z].)"  # MTG15時
)
"""Whether any of it may: in most messages nothing is."""


def _respelled(text: str) -> str:
    for mark, pattern, plain in _RESPELLED:
        if mark in text:
            text = pattern.sub(plain, text)
    return _WORD_AND_TIME.sub(" ", text)


def _without_markup(text: str) -> str:
    """Slack's mentions and entities as they are shown."""
    if "<@" in text:
        text = _MENTION.sub(r"@\1 ", text)
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text) if "&" in text else text


def _not_drawn_out(text: str) -> str:
    text = _LAUGH.sub("", _LONG_DASH.sub("-", text))
    return _UNFINISHED.sub("す", _DRAWN_OUT.sub("", _SOKUON.sub("", text)))


def fold(cleaned: str) -> str:
    """`cleaned` in small letters, character for character: offsets fit both."""
    folded = cleaned.lower()
    if len(folded) == len(cleaned):
        return folded
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in cleaned)
