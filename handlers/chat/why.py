"""なぜこうなったか: the button of a call's card."""

from bot.messages.verbs import message_of
from bot.platforms.cards import Card
from bot.reception.why import why_call
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

WHY = "message_why"


def explained(talk: Talk, message: str) -> Reply:
    """Status, rule and script of each turn that the call of a message took.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = message_of(talk.tx, talk.roster.organization, message)
    lines = why_call(talk.tx, talk.roster, row.call) if row.call else ()
    if not lines:
        return Reply(Card(text="担当者のお名前に至らなかったお電話です。伺った内容を伝言として承りました。"))
    return Reply(
        Card(
            title="このお電話の経緯",
            text="\n".join(lines),
            small=("文の内容は「/toritsugi say 文の名前」で見られます。",),
        )
    )
