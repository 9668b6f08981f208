"""Whom a caller asks for, in what is left of an utterance once the introduction is taken out.

The office's directory finds the names. Whether they are asked for (栗本さんいらっしゃいますか) or only
mentioned (佐藤さんから伺ったのですが) is told by the words around them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.office.hearing import Directory, Found, Mention, Outcome
from bot.office.model import StaffId

_TITLES = (
    r"社長|副社長|会長|専務|常務|取締役|本部長|部長|次長|課長|係長|主任"
    r"|店長|所長|支店長|室長|工場長|院長|先生|代表"
)
_PLAIN_ENGLISH = re.compile(
    r"(?i)\b(?:speak|talk|connect me|put me through|transfer me)(?: to| with)? (?!mr|ms|mrs|miss|dr|him|her"
    r"|them|me\b|to\b|with\b|some|any|the\b|your\b|a\b|an\b|english|japanese|extension|ext\b|line|number|department)"
    r"(?P<name>[a-z][a-z'\-]{2,20}(?: [a-z][a-z'\-]{2,20})?)"
)
_HONORIFIC = rf"(?:さん|様|さま|殿|君|くん|氏|{_TITLES})*"
_ASKING = re.compile(
    rf"{_HONORIFIC}(?:なん(?:です)?(?:が|けど)|の方|のほう)?、?"
    r"(?:$|[、。 ]+(?:で|に|を|です)?[、。 ]*$|(?:じゃ|では)ない(?:ん|の)?(?:です|でしょう)?か"
    r"|かな|だった|(?:は|って|を)(?!知|存)"
    rf"|[。?!]|です|でござい|お願い|おねがい|いらっしゃ|おられ|お?います?か"
    r"|つな|繋|呼|お電話|電話|ご在席|在席|お手すき|お戻り|おいで|宛|あて|(?:に|へ|と)、?(?:は、?)?(?:今"
    r"|いま|すぐ|直接|お?取り?次|とりつ|つな|繋|お?電話|代|か[わけ]|変わ|替わ|お?話|ご?連絡|回|転送"
    r"|ご?伝言|お?伝え|折り?返|お願い|おねがい|用|ご用|お目|メール|言付|ことづ)|の(?:メール|メアド|アドレス"
    r"|携帯|直通|電話|連絡先|ご?予定|お?戻り|内線|お?席))"
)
_OR = re.compile(
    r"[、 ]*(?:か|または|もしくは|あるいは|(?i:or)\b)[、 ]*(?:[^、。]{1,6}の)?(?i:mr\.?|ms\.?|mrs\.?)? *"
)
_OR_ELSE = re.compile(
    r"(?:なけれ|なかっ|ないよう|ない(?:の)?(?:なら|でし|だっ|場合)|ご?不在|お?留守|お?休み|出張|外出|会議"
    r"|だめ|駄目|無理|難し).{0,8}?(?:ば|なら|たら|場合)"
    r"|ないなら|(?i:\bif (?:he|she|they|not)\b|\bor else\b)"
)
"""What stands between the one who is asked for and whoever else will do: 「いなければ」."""
_TAKEN_BACK = re.compile(
    r"(?:です)?[、。 ]*(?:(?:あ|いや|いえ|じゃな|では?な|失礼|す[みい]ません|もとい|間違|違|ちが)"
    r"[^、。]{0,8}[、。 ]*)+"
)
"""「渡辺さん、あ、田中さんでした」."""
_IT_WAS = re.compile(r"(?:でした|だった|の間違い)(?!か|かな|よね|っけ)")
_NOT_THAT = re.compile(
    r"(?P<not>[^、。]{1,8}?)(?:さん)?(?:じゃない|ではない|でない|以外の)(?:方|ほう)の(?=[^、。]{1,8}さん)"
)
"""「営業じゃない方の佐藤さん」."""
_ELSE_ANYONE = re.compile(
    rf"(?:{_OR_ELSE.pattern}).{{0,12}}?(?:(?:ほか|他|別|代わり|かわり|担当|どなた|誰|だれ)|(?i:anyone|someone))"
)
_CONSULTING = re.compile(
    rf"{_HONORIFIC}(?:に|と)[、今すぐに少し]*(?:ご?確認|ご?相談|お?聞き|お?伺い|うかがい|お尋ね|ご?質問|お?話)(?:を|が)?"
    r"(?:したい|させて|お願い|ある|あり|いただきたい)"
)
"""「三島さんに至急確認したいんですが」."""
_BARE_ASKING = re.compile(r"(?:を|に|は|って)?、?(?:出|だ[よか。]|だ$|呼|代|お願い|いる|いま|戻|つな|$)")
_NO_NAME = re.compile(r"^.$|^(?:代表|責任|担当|係|お?客|御?主人|奥|御社|皆)|(?:者|方|人|客|係)$")
_DUTY = re.compile(
    r"(?:(?P<hiring>採用|求人|面接)|請求書?|お?支払い?|入金|お?振り?込み?|経費)(?:の|を|関係の)*(?:ご?担当|係|窓口|ことが?わかる|わかる)"
)
"""Whom an office has whatever it calls them: 「採用ご担当の方」."""
_NOT_HIM = re.compile(
    rf"{_HONORIFIC}、?(?:の方|のほう)?(?:では?なく|じゃなく|ではありません|じゃありません|(?:じゃ|では)ない(?!んですか|のですか|ですか|でしょうか|の?$|か$)"
    rf"|以外)"
)
_OF_DEPARTMENT = re.compile(
    r"(?:部|課|係|室|担当|部門|チーム|グループ)?(?:さん|様)?(?:の(?:方|かた|ほう|人|者|[^、。]{0,5}(?:担当"
    r"|方|人)|どなた|誰|責任者|部長|課長|部署|窓口|係)|(?:を|に|へ|は)、?(?:お願い|おねがい|つな|繋|回|代"
    r"|か[わけ]|変わ|取り?次|いらっしゃ|どなた)"
    r"|$|[。?]|です|でお願い|、|お願い|宛|ご担当|担当|に(?:い(?:た|る|ら)|おられ|所属|お勤め)|だった|だと思|かと|か[なも]|でしょうか)"
)
_ASKED_TITLE = re.compile(
    rf"(?P<title>{_TITLES})(?:さん|様|さま|の(?:方|ほう))?(?:、?(?:を|は|に|へ|って|と))?、?"
    r"(?:お願い|おねがい|いらっしゃ|おられ|お?います?か|いる|出し|呼ん|つな|繋|代わ|お話|話|$|です)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a caller asks for: one person, several of a name, a department, somebody who left, nobody here.

    `sure` is False where one person fits only roughly and is confirmed first; `heard` is the name then as it
    was heard. `stranger` is a name as heard that is nobody's here.
    """

    staff: tuple[StaffId, ...] = ()
    sure: bool = True
    department: str | None = None
    former: str | None = None
    successor: StaffId | None = None
    stranger: str | None = None
    heard: str | None = None
    otherwise: StaffId | None = None
    """Who will do where they are not to be had: 「いなければ鈴木さんでも」."""
    or_anyone: bool = False
    """Whether anybody else of the department will do then."""


def who_is_asked_for(text: str, directory: Directory) -> tuple[Wanted | None, Wanted | None]:
    """Whom the caller wants, and whom they only name; None where there is nobody.

    `text` is a prepared utterance without the caller's introduction.
    """
    apart = _NOT_THAT.search(text)
    if apart:
        return _all_but(apart["not"], text[apart.end() :], directory), None
    mentions = [mention for mention in directory.find_in(text) if not _is_ruled_out(text, mention)]
    known = _meant([mention for mention in mentions if mention.found.outcome is not Outcome.NOBODY], text)
    if known:
        return _one_of(text, known, directory)
    asked = _bare_surname(text, directory) or _department(text, directory)
    if asked is None and not mentions:
        asked = _plainly(text, directory)
    return asked or _stranger(text, mentions), None


def _meant(known: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions without those that the caller took back."""
    return [
        mention
        for mention, after in zip_longest(known, known[1:])
        if after is None or not _is_taken_back(text, mention, after)
    ]


def _one_of(text: str, known: Sequence[Mention], directory: Directory) -> tuple[Wanted | None, Wanted | None]:
    """Who of those named is asked for; else the first is only named."""
    for at, mention in enumerate(known):
        if _is_asked(text, mention) or _or_else(text, known[at:]):
            return _of_department(text, _with_others(text, mention, known), directory), None
    return None, _of_department(text, _wanted(known[0].found, known[0].name), directory)


def _plainly(text: str, directory: Directory) -> Wanted | None:
    """`May I speak to Kurimoto`."""
    english = _PLAIN_ENGLISH.search(text)
    return _wanted(directory.find(english["name"]), english["name"]) if english else None


def _stranger(text: str, mentions: Sequence[Mention]) -> Wanted | None:
    """A name that is nobody's here, or a title that nobody holds."""
    for mention in mentions:
        if mention.name and not _NO_NAME.search(mention.name) and _is_asked(text, mention):
            return _wanted(mention.found, mention.name)
    return _title(text)


def _of_department(text: str, wanted: Wanted, directory: Directory) -> Wanted:
    """「営業の女性の方で、佐藤さん」: of several those of the department that is said as well."""
    if len(wanted.staff) < 2:
        return wanted
    asked = _department(text, directory)
    last = next((name for name in directory.departments if text.endswith((f"{name}の", f"{name}部の"))), "")
    members = {person.id for person in directory.members((asked.department if asked else None) or last)}
    fitting = tuple(staff for staff in wanted.staff if staff in members)
    return replace(wanted, staff=fitting) if fitting else wanted


def _is_taken_back(text: str, first: Mention, second: Mention) -> bool:
    """Whether the caller put themselves right, from the first name to the second."""
    between = _TAKEN_BACK.fullmatch(text, first.span[1], second.span[0])
    return between is not None or _IT_WAS.match(text, second.span[1]) is not None


def _or_else(text: str, mentions: Sequence[Mention]) -> bool:
    """「佐藤さんか栗本さんを」「佐藤さんが不在でしたら」: asked for with whoever else will do."""
    first, *others = mentions
    if others and _OR.fullmatch(text, first.span[1], others[0].span[0]):
        return True
    return _OR_ELSE.search(text, first.span[1]) is not None


def _all_but(apart: str, text: str, directory: Directory) -> Wanted | None:
    """The people of a name without those whom `apart` describes."""
    named = next((mention for mention in directory.find_in(text) if mention.found.people), None)
    if named is None:
        return None
    people = named.found.people
    ruled_out = directory.narrow(people, apart).people
    left = tuple(person.id for person in people if person not in ruled_out)
    return Wanted(staff=left or tuple(person.id for person in people))


def _with_others(text: str, first: Mention, known: Sequence[Mention]) -> Wanted:
    """Somebody asked for, told apart by what else is said, and who will do instead."""
    others = [mention for mention in known if mention is not first]
    narrowed = _told_apart(first, others)
    if narrowed:
        return Wanted(staff=narrowed, sure=first.found.outcome is not Outcome.CONFIRM)
    wanted = replace(_wanted(first.found, first.name), or_anyone=_ELSE_ANYONE.search(text) is not None)
    for other in others:
        between = text[first.span[1] : other.span[0]]
        if other.found.outcome is not Outcome.SURE or other.found.people == first.found.people:
            continue
        if _OR.fullmatch(between) and len(wanted.staff) > 1:
            return _wanted(other.found, other.name)  # of the two the one that is certain
        if _OR.fullmatch(between) or _OR_ELSE.search(between):
            return replace(wanted, otherwise=other.found.people[0].id)
    return wanted


def _told_apart(first: Mention, others: Sequence[Mention]) -> tuple[StaffId, ...]:
    """「佐藤さん、あの総務にいらっしゃる」「次郎さんの方の佐藤さん」: those that both fit."""
    for other in others:
        one, two = (other, first) if first.found.outcome is Outcome.DEPARTMENT else (first, other)
        of_two = {person.id for person in two.found.people}
        fitting = tuple(person.id for person in one.found.people if person.id in of_two)
        if one.found.outcome is Outcome.WHICH and fitting and len(fitting) < len(one.found.people):
            return fitting
    return ()


def _title(text: str) -> Wanted | None:
    """「社長いますか」, where nobody holds that title."""
    found = _ASKED_TITLE.search(text)
    return Wanted(stranger=found["title"]) if found else None


def _department(text: str, directory: Directory) -> Wanted | None:
    """A department that is asked for by its own name or in English: 営業の方ならどなたでも."""
    for name in sorted(directory.departments, key=len, reverse=True):
        at = text.find(name)
        if at >= 0 and _OF_DEPARTMENT.match(text, at + len(name)):
            return Wanted(department=name)
    duty = _DUTY.search(text)
    if duty:
        members = directory.members("人事" if duty["hiring"] else "経理")
        return Wanted(department=members[0].department) if members else None
    in_english = directory.english_department(text.replace("、", ","))
    return Wanted(department=in_english) if in_english else None


def _bare_surname(text: str, directory: Directory) -> Wanted | None:
    """A surname as the office writes it, without さん and before a verb: 「栗本出して」."""
    for surname, at in directory.surnames_in(text):
        if len(surname) > 1 and _BARE_ASKING.match(text, at + len(surname)):
            return _wanted(directory.find(surname), surname)
    return None


def asked_instead(wrong: str | None, right: str | None, directory: Directory) -> Wanted | None:
    """「栗本ではありません、倉本です」: the second, where the first is one of ours."""
    denied = directory.find(wrong) if wrong and right else None
    if denied is None or right is None or denied.outcome is Outcome.NOBODY:
        return None
    instead = directory.find(right)
    if instead.people and set(instead.people) <= set(denied.people):
        return Wanted(stranger=right)  # it only sounds like the one that was denied
    return _wanted(instead, right)


def meant_by(name: str, directory: Directory) -> Wanted | None:
    """Our people of a name that was said by itself; None where there are none, or it is not certain."""
    found = directory.find(name)
    return _wanted(found, name) if found.outcome in (Outcome.SURE, Outcome.WHICH) else None


def _is_ruled_out(text: str, mention: Mention) -> bool:
    """「佐藤ではなく斎藤さん」: 佐藤 is not the one."""
    return _NOT_HIM.match(text, mention.span[1]) is not None


def _is_asked(text: str, mention: Mention) -> bool:
    if mention.wanted:
        return True
    start, end = mention.span
    if text[start:end].isascii():
        return True
    whole_department = mention.found.outcome is Outcome.DEPARTMENT
    patterns = (_OF_DEPARTMENT,) if whole_department else (_ASKING, _CONSULTING)
    return any(pattern.match(text, end) for pattern in patterns)


def _wanted(found: Found, name: str | None) -> Wanted:
    """What the directory found, as the dialogue takes it."""
    match found.outcome:
        case Outcome.DEPARTMENT:
            return Wanted(department=found.department)
        case Outcome.FORMER:
            successor = found.people[0].id if found.people else None
            return Wanted(former=found.former.name if found.former else name, successor=successor)
        case Outcome.NOBODY:
            return Wanted(stranger=name)
    staff = tuple(person.id for person in found.people)
    sure = found.outcome is not Outcome.CONFIRM
    return Wanted(staff=staff, sure=sure, heard=None if sure else name)
