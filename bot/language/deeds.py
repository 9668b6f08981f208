"""Words that are a status only where nothing is moved, gathered or raised by what they say."""

import re

from bot.language.lexicon import Role, Status
from bot.language.model import Kind

_RISES = re.compile(
    "を|(?<!です)(?<!ます)が(?!.*(?:ので|ため|から))|(?:階|度|円|点|位|%)(?:まで|に)?$"
    "|[一-龥][きぎしじちみびりいけげせてねべめれえ]$|[煮茹]$"  # 焼き上がります
)
_DONE_TO = (
    (("移動", "取り込", "取込"), re.compile("を(?!終え)|(?<!へ)(?<!と)の$|室に$")),
    (("上が", "あが"), _RISES),
    (("帰りました",), re.compile("を")),
    (
        ("帰り", "帰る"),
        re.compile(
            "(?:持って|買って|便で|電車で|新幹線で|飛行機で)$|(?<!です)(?<!ます)が(?!.*(?:ので|ため|から))"
        ),
    ),
    (("作業",), re.compile("^の")),
    (("外し", "外させ"), re.compile("(?<!ほど)(?<!少し)(?<![で、])$")),
)
_BEHINDHAND = re.compile("^[^0-9]*[^0-9分時間ほど前]に$")
_OWN = re.compile("^(?:私|僕|俺|自分|わたし)[がはも]")


def done_to_a_thing(word: str, status: Status, ahead: str, *, begins: bool) -> bool:
    """荷物を移動します, データの取り込み中, 気温が上がります, 納期に遅れます, 15時のリリース作業.

    `ahead` is what stands before `word`; `begins`: it begins the clause.
    """
    if not ahead or _OWN.match(ahead):
        return False
    for words, thing in _DONE_TO:
        if word.startswith(words):
            return thing.search(ahead) is not None
    late = status.kind is Kind.LATE and status.role is Role.STATE
    return late and begins and _BEHINDHAND.match(ahead) is not None
