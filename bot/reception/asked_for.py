"""Whom a caller asks for, in what is left of an utterance once the introduction is taken out.

The office's directory finds the names; here it is told whether they are asked for (栗本さんいらっしゃいますか)
or only mentioned (佐藤さんから伺ったのですが), by the words around them.
"""

import re
from dataclasses import dataclass

from bot.office.hearing import Directory, Mention
from bot.office.model import StaffId

_TITLES = r"社長|副社長|会長|専務|常務|取締役|本部長|部長|次長|課長|係長|主任|店長|所長|支店長|室長|工場長|院長|先生|代表"
_ASKED_NAME = re.compile(
    rf"(?P<name>[一-鿿々ヶァ-ヺー]{{1,8}}|[ぁ-ん]{{2,7}})(?:さん|様|さま|殿|君|くん|氏)"
    rf"|(?P<titled>[一-鿿々ヶ]{{1,5}}?|[ァ-ヺー]{{2,7}})(?:{_TITLES})"
    r"|(?i:\b(?:mr|ms|mrs|miss|dr)\.?\s+)(?P<english>[A-Za-z'\-]{2,20})"
    r"|(?i:(?:speak|talk) (?:to|with) |put me through to |connect me (?:to|with) |is )(?P<plain>(?!he|she|it|that|this|there|the|a|an|mr|ms|mrs|someone|anyone|somebody|anybody|your|my|any|not)[A-Za-z'\-]{3,20})\b"
)
_NOT_ASKED = re.compile(
    r"客|皆|みな|責任者|お疲れ|奥|業者|取引先|先方|御社|貴社|どなた|どちら|何|なに|誰|だれ|たく|いく$|担当|受付|係$|たくさん|お世話|代表$|社員|者$|方$|人$|会社|ごめん|すみま|お母|お父|息子|娘|なん$"
)
_HONORIFIC = rf"(?:さん|様|さま|殿|君|くん|氏|{_TITLES})*"
_ASKING = re.compile(
    rf"{_HONORIFIC}(?:なん(?:です)?(?:が|けど)|の方|のほう)?、?(?:$|(?:は|って|を)(?!知|存)|[。?!]|です|でござい|お願い|おねがい|いらっしゃ|おられ|お?います?か"
    r"|つな|繋|呼|お電話|電話|ご在席|在席|お手すき|お戻り|おいで|宛|あて|(?:に|へ|と)、?(?:は、?)?(?:今|いま|すぐ|直接|お?取り?次|とりつ|つな|繋|お?電話|代|か[わけ]|変わ|替わ|お?話|ご?連絡|回|転送"
    r"|ご?伝言|お?伝え|折り?返|お願い|おねがい|用|ご用|お目|メール|言付|ことづ)|の(?:メール|メアド|アドレス|携帯|直通|電話|連絡先|ご?予定|お?戻り|内線|お?席))"
)
_NOT_HIM = re.compile(
    rf"{_HONORIFIC}、?(?:の方|のほう)?(?:では?なく|じゃなく|ではありません|じゃありません|じゃない|ではない|以外)"
)
_OF_DEPARTMENT = re.compile(
    r"(?:部|課|係|室|担当|部門|チーム|グループ)?(?:さん|様)?(?:の(?:方|かた|人|者|ご?担当|どなた|誰|責任者|部長|課長|お?電話|部署|窓口|係)|(?:を|に|へ|は)、?(?:お願い|おねがい|つな|繋|回|代|か[わけ]|変わ|取り?次|いらっしゃ|どなた)"
    r"|$|[。?]|です|でお願い|、|お願い|宛|ご担当|担当)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a caller asks for: one person, several of a name, a department, somebody who left, nobody here.

    `sure` is False where one person fits only roughly and is confirmed first. `stranger` is a name as
    heard that is nobody's here.
    """

    staff: tuple[StaffId, ...] = ()
    sure: bool = True
    department: str | None = None
    former: str | None = None
    successor: StaffId | None = None
    stranger: str | None = None


def who_is_asked_for(text: str, directory: Directory) -> tuple[Wanted | None, Wanted | None]:
    """Whom the caller wants, and whom they only name; None where there is nobody.

    `text` is a prepared utterance without the caller's introduction.
    """
    mentions = tuple(mention for mention in directory.find_in(text) if not _is_ruled_out(text, mention))
    for mention in mentions:
        if _is_asked(text, mention):
            return _wanted(mention), None
    stranger = None if mentions else _stranger(text)
    if stranger:
        return Wanted(stranger=stranger), None
    return None, _wanted(mentions[0]) if mentions else None


def _is_ruled_out(text: str, mention: Mention) -> bool:
    """「佐藤ではなく斎藤さん」: 佐藤 is not the one."""
    return _NOT_HIM.match(text, mention.span[1]) is not None


def _is_asked(text: str, mention: Mention) -> bool:
    start, end = mention.span
    if _is_english(text[start:end]):
        return True
    if not mention.people:
        return _OF_DEPARTMENT.match(text, end) is not None
    return _ASKING.match(text, end) is not None


def _is_english(words: str) -> bool:
    return words.isascii() and any(letter.isalpha() for letter in words)


def _wanted(mention: Mention) -> Wanted:
    return Wanted(
        staff=tuple(person.id for person in mention.people),
        department=mention.department,
    )


def _stranger(text: str) -> str | None:
    """A name that is asked for as people are asked for, and that the directory does not know."""
    for found in _ASKED_NAME.finditer(text):
        japanese = found["name"] or found["titled"]
        if japanese and (_NOT_ASKED.search(japanese) or not _ASKING.match(text, found.end())):
            continue
        return japanese or found["english"] or found["plain"]
    return None
