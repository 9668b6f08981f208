"""A recogniser's text made comparable: one width, no fillers, no spaces inside Japanese."""

import re
import unicodedata

_JA = r"[぀-ヿ㐀-鿿豈-﫿々〆ー]"
_SPACE_IN_JAPANESE = re.compile(
    rf"(?<={_JA}) +(?=[^ ])|(?<=[、。?!]) +"
    rf"|(?i:(?<!from)(?<! of)(?<! to)(?<!with)(?<! mr)(?<! ms)) +(?={_JA})"
)
_FILLERS = re.compile(
    r"(?:え[えぇー〜っ]+|(?:^|(?<=[、。 ]))え)と(?!う)(?:ですね)?[ー〜、]*"
    r"|え[ー〜]+[、]?|う[うー]*んと?[ー〜]+[、]?"
    r"|あの(?:[ー〜]+|[うお]+(?=$|[^ぁ-ん]|ですね))(?:ですね)?[、]?"
    r"|(?:^|(?<=[、。]))あのですね[、]?|(?:^|(?<=[、。]))あの[、]|(?:^|(?<=[、。]))(?:あ[ーっ]*|ま[あー]+"
    r"|そのー+|なんか)[、](?!$)"
    r"|(?:^|(?<=[、。]))あの(?!件|人|方|かた|話|時|とき|場所|会社|本|資料|書類|あと|後)"
)
_COMMAS = re.compile(r"(?:[、，､]|,(?! *[A-Za-z]))+")
_STOPS = re.compile(r"[。．｡]+")
_KANA_WORDS = (
    (re.compile(r"しゃちょう"), "社長"),
    (re.compile(r"(?<!しゃ)ぶちょう"), "部長"),
    (re.compile(r"かかりちょう"), "係長"),
    (re.compile(r"(?<=[ぁ-ん])かちょう(?!だい)"), "課長"),
    (re.compile(r"しゅにん(?=さん|お|い|は|を|に|$)"), "主任"),
    (re.compile(r"の(?:ひと|かた)(?=お?ねが|お願|を|に|で|いら|おら|い[まる]|$)"), "の方"),
)
"""Titles, and the word for somebody, where a recogniser leaves a whole sentence in kana."""
_DRAWN_OUT = re.compile(r"(?<=[でま])[ー〜]+(?=す)")
_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_FEW_WORDS = 3
_MINUS = re.compile(r"[‐‑‒–—―−－]")

_VERB = r"(?<=[いきしちにひみりえけせてねへめれぎじびげぜでべ])"
"""The end of a verb's stem: before ます, where 増田 (ますだ) and 山下 (やました) have none."""

_BOUNDARY = re.compile(
    rf"[、。?!,「」]|{_VERB}まし[たて]|の件で|について|に関して|(?:お)?名前は|(?<![式限同資名])会社(?:名)?は|社名は|(?:お"
    r"|おせ)世話(?:に)?(?:なって(?:い|お)?(?:り)?ます|になります)|おせわになって(?:い|お)?(?:り)?ます"
    r"|もしもし|す[みい]ません|恐れ入ります|お忙しい(?:ところ|中)(?:を)?|(?:初|はじ)めて(?:お電話"
    r"|ご連絡)(?:(?:いた|致)します|させていただきます|します|しました)?"
    r"|はじめまして|こんにちは|おはようございます|こんばんは|(?:わたくし|わたし|私(?![立鉄])|僕|自分)(?:は"
    r"|ども)?|こちら(?:は)?"
    rf"|(?:{_VERB}ます|です|でしょう|{_VERB}ません)(?:か|が|けれども|けど|ので|し)?|けれども|(?:ん|なん)ですけど|ので(?!す|ら|ぐち|みず)"
    r"|(?:を|に)?お願い(?:いた|致)?し?(?:ます|たい)?"
    r"|突然(?:すみません|失礼)?|夜分(?:に)?|朝早くに?|早速|えっと|(?:^|(?<=[、。]))(?:はい|ああ?|いえ"
    r"|いいえ|ええ|あの|その|で|では|じゃあ|名前は|会社は|会社名は|社名は)"
    r"|(?:先ほど|さきほど|さっき|先日|昨日)(?:は)?(?:お)?(?:電話|ご連絡"
    r"|連絡)(?:を)?(?:いただ[きい](?:まし)?た|頂[きい](?:まし)?た|しました|した|差し上げた)?"
)
_LEFT_OVER = re.compile(r"(?:が|けど|けれども|ね|と|、| )+")


def prepared(text: str) -> str:
    """`text` in NFKC, without fillers; pauses are 、 and sentences end with 。.

    Never raises; an utterance of nothing but fillers becomes the empty string.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _MINUS.sub("-", " ".join(plain.split()))
    plain = _STOPS.sub("。", _COMMAS.sub("、", plain))
    if not is_english(plain):
        plain = _SPACE_IN_JAPANESE.sub("", plain)
    plain = _DRAWN_OUT.sub("", plain)
    for kana, written in _KANA_WORDS:
        plain = kana.sub(written, plain)
    return _FILLERS.sub("", plain).strip("、。 ")


def is_english(text: str) -> bool:
    """Whether a sentence is English; a Japanese name or さん may stand in it: `May I speak to 栗本さん`."""
    japanese = re.sub(r"さん|様|さま", "", text)
    return len(_ENGLISH_WORD.findall(text)) >= _FEW_WORDS and not re.search(r"[ぁ-ん]", japanese)


def clauses(text: str) -> tuple[str, ...]:
    """The sentences of a prepared text, lower case, without pauses: what phrases are held against."""
    parts = (part.replace("、", "").strip().lower() for part in re.split(r"[。!]|(?<=\?)", text))
    return tuple(part for part in parts if part)


def phrase_start(left: str) -> int:
    """Where the last phrase of `left` begins: after a pause, a greeting, a finished verb, わたくし."""
    start = 0
    for boundary in _BOUNDARY.finditer(left):
        start = boundary.end()
    left_over = _LEFT_OVER.match(left, start)
    return left_over.end() if left_over else start
