"""What managers ask with /toritsugi: a call tried out, a sentence previewed, the aliases."""

from collections.abc import Callable

from bot.office.model import Role
from bot.platforms.cards import Card
from handlers.chat.aliases import WORDS, aliases_card
from handlers.chat.rehearsal import tried
from handlers.chat.reply import Reply
from handlers.chat.scripts import said
from handlers.chat.talk import Talk
from handlers.chat.trail import deeds_card

_MANAGERS_ONLY = Reply(Card(text="これは管理者の方だけがお使いいただけます。", tone="over"))
_ADMINS_ONLY = Reply(Card(text="これはシステム管理者（admin）の方だけがお使いいただけます。", tone="over"))
_ADMINS = {"audit", "操作履歴", "監査"}
"""Tools of admins alone."""
_TOOLS: dict[str, Callable[[Talk, str], Reply]] = {
    "try": tried,
    "試す": tried,
    "say": said,
    "文": said,
    **dict.fromkeys(WORDS, lambda talk, _words: aliases_card(talk)),
    **dict.fromkeys(_ADMINS, lambda talk, _words: deeds_card(talk)),
}


def managed(talk: Talk, words: str) -> Reply | None:
    """The answer to a manager's tool; None where `words` name none."""
    name, _, rest = words.replace("\u3000", " ").strip().partition(" ")
    tool = _TOOLS.get(name.lower())
    if tool is None:
        return None
    if name.lower() in _ADMINS and talk.person.role is not Role.ADMIN:
        return _ADMINS_ONLY
    return tool(talk, rest.strip()) if talk.person.is_manager else _MANAGERS_ONLY
