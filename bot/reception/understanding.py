"""One utterance understood: what is asked, for whom, by whom, under which number, how urgently.

Rules and word lists, no state: what an answer means beside the question it answers is the dialogue's
business; only a bare name or number needs to know that one was asked for (`expecting`).
"""

import re
from dataclasses import dataclass, replace

from bot.office.hearing import Directory
from bot.office.numbers import Number, parse_number
from bot.reception.asked_for import Wanted, asked_instead, meant_by, who_is_asked_for
from bot.reception.caller import NOBODY, CallerSaid, Expecting, caller_in, family_in
from bot.reception.intents import Intent, intents_in
from bot.reception.wording import clauses, is_english, phrase_start, prepared

_URGENT = re.compile(
    r"(?i)急ぎ|いそぎ|至急|しきゅう|緊急|きんきゅう|急用|急を要|早急|さっきゅう|そうきゅう|今すぐ|いますぐ"
    r"|一刻|大変なこと|トラブル|事故|クレーム|倒れ|火事|火災|水漏れ|漏水|救急|止まって|停止して|間に合わ|障害が|ダウンして"
    r"|急いで|急なんで|急ですが|urgent|emergency|asap|as soon as possible|right (?:away|now)|immediately"
)
_NOT_URGENT = re.compile(
    r"(?i)(?:急ぎ|いそぎ|至急|緊急|急用|急いで)(?:(?:い)?る|という|の(?:用|用件|用事|話|件|こと))?(?:わけ|ほど)?(?:では|じゃ|でも"
    r"|は)(?:あり(?:ま)?せん|ありませ|ない|なく|ござい)|急ぎません|急いで(?:い)?(?:ません|ない)|急がな"
    r"|急ぎでなければ|取り急ぎ(?:お電話|ご連絡)|not urgent|no rush|no hurry"
)
_PURPOSES = (
    re.compile(r"(?P<what>[^、。]{2,30}?)(?:の件|のこと)?(?:について|に関し|につきまし)"),
    re.compile(r"(?P<what>[^、。]{1,30}?)(?:の|な)?(?:件|こと)(?=で|に|な|が|と|、|。|$)"),
    re.compile(r"(?i)\b(?:about|regarding|concerning)\s+(?P<what>[^,.。]{2,40})"),
)
_TO_SOMEBODY = re.compile(r"^.*(?:さん|様|さま)(?:との|への|の|に|へ|と|は|も)?")
_NO_PURPOSE = re.compile(
    r"^(?:そ|こ|あ|ど)の$|^(?:そ|こ|あ|ど)$|電話(?:が)?あった|連絡(?:が)?あった|という|といった|する$|した$"
    r"|ない$|いる$|^(?:先|例)$|さんの?$"
)
_HOUR = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})時(?:半|(?:\d{1,2}|[一二三四五六七八九十]{1,3})分)?"
_DAY = (
    r"(?:本日|今日|明日|あした|あす|明後日|あさって|(?:今週|来週)(?:の?[月火水木金土日]曜日?)?"
    r"|[月火水木金土日]曜日?|\d{1,2}月\d{1,2}日|\d{1,2}日)"
)
_TIME = re.compile(
    rf"(?:{_DAY}の?)?(?:(?:午前|午後|朝|夕方|夜|昼|お昼)の?)?{_HOUR}(?:頃|ごろ|くらい|過ぎ)?(?:以降"
    rf"|まで(?:に)?|から)?"
    rf"|{_DAY}(?:の?(?:午前中?|午後(?:一)?|朝(?:一)?|夕方|昼過ぎ|お昼))?(?:以降|中|まで(?:に)?)?|午前中"
    rf"|午後(?:から|以降|なら|に)|夕方(?:以降|まで|に|なら)"
    r"|(?i:\b(?:after|before|by|until|around)\s+(?:\d{1,2}(?::\d\d)?\s*(?:am|pm|o'?clock)?|noon|tomorrow))"
)
_CORRECTION = re.compile(
    r"では?なく(?:て)?|じゃなく(?:て)?|ではありません|じゃありません|訂正|(?i:\bnot\b.{1,30}\bbut\b)"
)
_CORRECTED = re.compile(
    r"(?P<wrong>[^、。]{1,12}?)(?:では?なくて?|じゃなくて?|では?ありません"
    r"|じゃありません|(?:では|じゃ)ない(?:です)?)[、]?(?P<right>[^、。]{1,12}?)(?:さん|様)?(?:です|でございます|と申します|になります"
    r"|だ|を|に|$)"
)

_DIGIT = (
    r"(?:[0-9〇零一二三四五六七八九]|ゼロ|ぜろ|れい|レイ|まる|マル|いち|イチ|に|ニ|さん|サン|よん|ヨン|しち"
    r"|シチ|し|ご|ゴ|ろく|ロク|なな|ナナ|はち|ハチ"
    r"|きゅう|キュー|キュウ|きゅー|く(?!だ)|(?i:\b(?:(?:double|triple) )?(?:zero|oh|one|two|three|four|five"
    r"|six|seven|eight|nine)\b))"
)
_NUMBER = re.compile(
    rf"(?:\+|プラス|ぷらす|(?i:plus))? ?{_DIGIT}"
    rf"(?:(?:[-ーの、,()。 ]|ハイフン|はいふん|(?i:dash)){{0,3}}{_DIGIT}){{3,19}}"
)
_DIGITS_ONLY = re.compile(rf"(?:はい|で|次が)?、?(?:{_DIGIT}|[-ーの、()。 ]|ハイフン)+(?:です|で|ね|、)*")
_OTHER_NUMBER = re.compile(
    r"(?:注文|伝票|会員|お客様|顧客|契約|証券|管理|受付|請求書?|品番|型番|製造|シリアル|追跡|予約"
    r"|口座)(?:の)?(?:番号|no\.?)?(?:は|が|、|の)*$",
    re.IGNORECASE,
)
_SURELY_SELF = re.compile(
    r"と(?:申|もうし|言い|いい)|(?:私|わたくし|わたし|僕)(?:は|、)|の者|(?i:\b(?:my|i'm|i am|this)\b)"
)
_ONLY_RETURNS = re.compile(
    r"(?:(?:はい|あ|もしもし|お世話になって(?:い|お)り?ます)、?)*折り?返し(?:の(?:お?電話|ご?連絡))?"
    r"(?:です|なん|で(?:お電話|電話|ござい))"
)
"""「折り返しです」 as the first word of a call: theirs, to a call of ours."""
_SPACE = re.compile(r"(?<=[^ -~])[ \u3000]+(?=[^ -~])")
_A_STORY = 24  # characters
_BARELY = re.compile(r"(?:もしもし|はい|あの|すみません|すいません|けれども|けども|けど|が|ね|\W)*")
"""Nothing beside a bare name, from which to tell whether it is the caller's."""
_NOISE = re.compile(
    r"(?i:[\W_]|(?:ピ|プ|ポ|ガ|ザ|ツ|ブ|ジ)[ーッピプガザ]*[ーッ]|ヒョロロ*|ピ(?=ーヒョ)|\b(?:beep|bleep|static)s?\b)*"
)
"""Nothing, or the tones of a fax and of an empty line as recognisers write them."""
_TONES = re.compile(r"(?i)ピ|プー|ポー|ヒョロ|ガー|beep|bleep")


@dataclass(frozen=True, slots=True)
class Understood:
    """What one utterance says. Everything absent is None, empty or False.

    `text` is the prepared utterance, `rest` what is left of it without the introduction. `wanted` is whom
    the caller asks for, `named` whoever is named without being asked for (an answer to "which of them?").
    `urgent` is False only where the caller said that it is not. `wrong` and `right` are the two halves of
    「江川ではなく江口です」. `digits` are those of a number that may come in pieces. `time` is as said:
    3時以降. `perhaps_self`: `named` may as well be the caller's own name.
    `tones`: those of a fax, and nobody speaking.
    """

    text: str
    rest: str = ""
    intents: frozenset[Intent] = frozenset()
    company: str | None = None
    caller_name: str | None = None
    wanted: Wanted | None = None
    named: Wanted | None = None
    urgent: bool | None = None
    purpose: str | None = None
    time: str | None = None
    number: Number | None = None
    digits: str = ""
    wrong: str | None = None
    right: str | None = None
    perhaps_self: bool = False
    tones: bool = False

    def has(self, *intents: Intent) -> bool:
        """Whether any of `intents` was shown."""
        return not self.intents.isdisjoint(intents)

    @property
    def introduces(self) -> bool:
        """Whether the caller said who they are."""
        return self.company is not None or self.caller_name is not None


def tells(heard: Understood) -> bool:
    """Whether a caller tells what it is about, at length, and nothing else."""
    return len(heard.rest) >= _A_STORY and heard.wanted is None


def understand(text: str, directory: Directory, expecting: Expecting = "anything") -> Understood:
    """What `text`, as a recogniser wrote it, says. Never raises.

    A recogniser's spaces mean nothing (栗本 さん), unless somebody is found only where they do.
    """
    heard = _understood(prepared(text), directory, expecting)
    if _found_somebody(heard) or not _SPACE.search(text.strip()) or is_english(text):
        return heard
    in_words = _understood(prepared(_SPACE.sub("、", text.strip())), directory, expecting)
    return in_words if _found_somebody(in_words) else heard


def _found_somebody(heard: Understood) -> bool:
    somebody = heard.wanted or heard.named
    return somebody is not None and bool(somebody.staff or somebody.department or somebody.former)


def _understood(said: str, directory: Directory, expecting: Expecting) -> Understood:
    """What a prepared text says."""
    if _NOISE.fullmatch(said):
        return Understood(text="", tones=_TONES.search(said) is not None)
    caller = NOBODY
    wrong, right = _corrected(said)
    instead = asked_instead(wrong, right, directory)
    if instead is None:
        caller = caller_in(said, directory.departments, expecting)
    family = family_in(said)
    if family:
        caller = family[0]
    start, end = caller.span
    rest = said[:start] + "、" * (end - start) + said[end:]
    wanted, named = who_is_asked_for(_URGENT.sub(_pause, rest), directory)
    if family and wanted is None:
        wanted = meant_by(family[1], directory)
    perhaps = _perhaps_ours(said, caller, rest, directory) if expecting not in ("name", "message") else None
    if perhaps:
        caller, named = NOBODY, perhaps
    intents = intents_in(clauses(said))
    if expecting == "person" and _ONLY_RETURNS.match(said):
        intents = (intents - {Intent.CALLBACK}) | {Intent.RETURNED_CALL}
    return Understood(
        text=said,
        rest=rest.strip("、。 "),
        intents=intents,
        company=caller.company,
        caller_name=caller.name,
        wanted=instead or wanted,
        named=named,
        urgent=_urgent(said),
        purpose=_purpose(rest),
        time=_time(rest),
        number=_number(said, expecting),
        digits=parse_number(said).said if expecting == "number" and _DIGITS_ONLY.fullmatch(said) else "",
        wrong=wrong,
        right=right,
        perhaps_self=perhaps is not None,
    )


def _perhaps_ours(said: str, caller: CallerSaid, rest: str, directory: Directory) -> Wanted | None:
    """「栗本ですが」 and not a word more, where we have one: they may be 栗本, or want 栗本."""
    if caller.name is None or caller.company or _SURELY_SELF.search(said) or not _BARELY.fullmatch(rest):
        return None
    meant = meant_by(caller.name, directory)
    return replace(meant, heard=caller.name) if meant and meant.staff else None


def _pause(words: re.Match[str]) -> str:
    """As many pauses as there are characters: positions stay."""
    return "、" * len(words[0])


def _urgent(text: str) -> bool | None:
    if _NOT_URGENT.search(text):
        return False
    return True if _URGENT.search(text) else None


def _purpose(text: str) -> str | None:
    for found in (found for purpose in _PURPOSES for found in purpose.finditer(text)):
        what = found["what"].strip(" 、")
        what = _TO_SOMEBODY.sub("", what[phrase_start(what) :]).strip(" 、")
        if len(what) >= 2 and not _NO_PURPOSE.search(what) and not _URGENT.fullmatch(what):
            return what
    return None


def _time(text: str) -> str | None:
    found = _TIME.search(text)
    return found[0].strip() if found else None


def _number(text: str, expecting: Expecting) -> Number | None:
    """A telephone number: any row of digits where one was asked for, else one that looks like it."""
    if expecting == "number":
        after = _CORRECTION.split(text)[-1]
        number = parse_number(after)
        return number if len(number.said) >= 6 else None
    for found in _NUMBER.finditer(text):
        number = parse_number(found[0])
        is_other = _OTHER_NUMBER.search(text[: found.start()])
        if number.said.startswith(("0", "+")) and len(number.said) >= 9 and not is_other:
            return number
    return None


def _corrected(text: str) -> tuple[str | None, str | None]:
    found = _CORRECTED.search(text)
    if found is None:
        return None, None
    wrong, right = found["wrong"][phrase_start(found["wrong"]) :], found["right"]
    told_apart = right.startswith(("方", "ほう"))  # 「営業じゃない方の佐藤さん」 corrects nothing
    return (wrong, right) if wrong and len(right) > 1 and not told_apart else (None, None)
