"""A bracket between a status word and its predicate is read behind both."""

import re

from bot.language.parts import STATUS
from bot.language.patterns import either
from bot.language.tokens import Clause

_DOES = either(
    """
    し いたし 致し させていただき なり 行き いき 行ってき 出 入り いただき 頂き 頂戴し 頂戴いたし 取り とり
    取得し もらい
    """
)
_SAID = (
    "中?(?:(?:の?予定)?(?:です|でございます)|[をにと]?"
    f"(?:{_DOES}ます|(?:し|いたし|致し|行っ|出)て(?:い|おり)?ます))(?:ので|が|けど)?"
)
_BESIDE = re.compile(rf"\s?(?P<beside>\((?![月火水木金土日]\))[^()]+\))(?P<said>{_SAID})(?=$|[、。!\s])")


def behind_predicate(text: str, tokens: Clause) -> str:
    """明日は休み(私用)です as 明日は休みです(私用); `tokens` are those of `text`."""
    for token in tokens:
        if token.type in STATUS and (found := _BESIDE.match(text, token.end)):
            return f"{text[: token.end]}{found['said']}{found['beside']}{text[found.end() :]}"
    return text
