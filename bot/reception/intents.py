"""What a caller may want, told by the words people use for it (words/phrases.txt)."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files


class Intent(StrEnum):
    """One thing that an utterance says or asks."""

    YES = "yes"
    NO = "no"
    FINE = "fine"
    """「大丈夫です」「結構です」「わかりました」: yes or no by what was asked."""
    HESITATES = "hesitates"
    """「そうですか…」: heard, and not yet decided."""
    GREETING = "greeting"
    RETURNED_CALL = "returned_call"
    """「先ほどお電話をいただいた者ですが」: the caller answers a call of ours."""
    ASK_WHEN_BACK = "ask_when_back"
    ASK_WHERE = "ask_where"
    CONNECT = "connect"
    REACH = "reach"
    """「今日中に連絡できる方法はありませんか」: any way to reach the person."""
    CALLBACK = "callback"
    CALLS_AGAIN = "calls_again"
    """「またかけ直します」: the caller will ring again."""
    MAIL = "mail"
    SPELL = "spell"
    SMS = "sms"
    LEAVE_MESSAGE = "leave_message"
    THAT_ONLY = "that_only"
    """「電話があったことだけお伝えください」: the message is the call itself."""
    OTHER_PERSON = "other_person"
    ANYONE = "anyone"
    STAFF_NUMBER = "staff_number"
    KNOWS_NUMBER = "knows_number"
    """「番号はご存じです」: no number need be taken."""
    THIS_NUMBER = "this_number"
    """「この番号で」: the number the call comes from."""
    REPEAT = "repeat"
    WAIT = "wait"
    ENGLISH = "english"
    JAPANESE = "japanese"
    MACHINE = "machine"
    """「機械ですか」「人と話したい」."""
    WHO_ARE_YOU = "who_are_you"
    """「そちらはどちら様ですか」「佐川急便さんですか」."""
    OFFICE_HOURS = "office_hours"
    OFFICE_FACTS = "office_facts"
    """The address, the fax number: what the reception does not know."""
    SALES = "sales"
    WRONG_NUMBER = "wrong_number"
    NOTHING_MORE = "nothing_more"
    THANKS = "thanks"
    FAREWELL = "farewell"


def _read_phrases() -> Mapping[Intent, re.Pattern[str]]:
    """The phrases of each intent as one pattern."""
    text = (files("bot.reception") / "words" / "phrases.txt").read_text(encoding="utf-8")
    phrases: dict[Intent, list[str]] = {intent: [] for intent in Intent}
    section = phrases[Intent.YES]
    for line in text.splitlines():
        if line.startswith("["):
            section = phrases[Intent(line.strip("[]"))]
        elif line and not line.startswith("#"):
            section.append(line)
    return {intent: re.compile("|".join(lines)) for intent, lines in phrases.items()}


_PATTERNS = _read_phrases()

_REFUSED = re.compile(
    r"(?:特に)?(?:メール(?:アドレス)?|アドレス|ご?伝言|折り?返し(?:の)?(?:お?電話)?|ショート(?:メール|メッセージ)"
    r"|お?電話)(?:の方)?は(?:もう|特に)?"
    r"(?:結構|けっこう|大丈夫|いりません|要りません|いらない|不要|いいです|必要(?:ない|ありません)|ない(?:です|$)|ありません|なし)"
    r"|お?電話(?:を)?(?:いただか|もらわ|頂か)なくて(?:も)?(?:結構|大丈夫|いい)"
    r"|^(?:じゃあ?|では|もう|それなら|なら)、?(?:もう)?(?:いい|結構|けっこう)(?:です|よ|わ)*$"
    r"|^(?:もう)?(?:いりません|要りません|いらない|必要(?:ない|ありません)|遠慮(?:し|いた)|やめておき|やめとき"
    r"|間に合って(?:い)?ます|考えておきます|検討します|また今度).*$"
)
"""「メールは結構です」 wants no mail."""

_ADDRESS = re.compile(r"アドレス|あどれす|メアド|address")

_EXCLUDES: Mapping[Intent, frozenset[Intent]] = {
    # The stronger reading on the left rules out the weaker ones on the right.
    Intent.CALLS_AGAIN: frozenset({Intent.CALLBACK}),
    Intent.THIS_NUMBER: frozenset({Intent.KNOWS_NUMBER}),
    Intent.RETURNED_CALL: frozenset({Intent.GREETING, Intent.SALES}),
    Intent.SMS: frozenset({Intent.LEAVE_MESSAGE}),
    Intent.LEAVE_MESSAGE: frozenset({Intent.RETURNED_CALL}),
    Intent.THAT_ONLY: frozenset({Intent.RETURNED_CALL}),
    Intent.OFFICE_FACTS: frozenset({Intent.MAIL}),
    Intent.FINE: frozenset({Intent.HESITATES}),
    Intent.STAFF_NUMBER: frozenset({Intent.CONNECT}),
    Intent.NO: frozenset({Intent.YES}),
    Intent.WAIT: frozenset({Intent.YES}),
}


def intents_in(sentences: tuple[str, ...]) -> frozenset[Intent]:
    """Every intent that the sentences of an utterance show; empty where none does."""
    plain = (_REFUSED.sub("いえ結構です", sentence) for sentence in sentences)
    found = frozenset(intent for sentence in plain for intent in _matching(sentence))
    if Intent.LEAVE_MESSAGE in found and not any(_ADDRESS.search(sentence) for sentence in sentences):
        found -= {Intent.MAIL}  # 「メールを送ったとお伝えください」 asks for no address
    weaker = frozenset[Intent]().union(*(_EXCLUDES.get(intent, frozenset()) for intent in found))
    return found - weaker


def _matching(sentence: str) -> Iterator[Intent]:
    return (intent for intent, pattern in _PATTERNS.items() if pattern.search(sentence))
