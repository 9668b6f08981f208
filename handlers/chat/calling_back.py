"""折り返す, tapped on a message: the telephone rings where it can, and the number is there to tap."""

from bot.delivery.callbacks import company_line
from bot.delivery.message_card import number_fact
from bot.delivery.wording import caller_title
from bot.messages.verbs import caller_of, message_of
from bot.platforms.cards import Button, Card
from bot.transfers.callbacks import Begun, begin_callback
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_SAID = {
    Begun.RINGS: "あなたのお電話を鳴らします。出て「1」を押すと、会社の番号からおかけします。",
    Begun.ENGAGED: "あなたのお電話は通話中か呼び出し中です。終わってから、もう一度押してください。",
    Begun.RUNNING: "いま、ほかの呼び出しでこの方におかけしています。",
    Begun.BY_HAND: "",
}


def call_back(talk: Talk, message: str) -> Reply:
    """Ring the tapping person's telephone for the caller of a message.

    Raises:
        NoSuchMessageError: this office has none of that id.
    """
    row = message_of(talk.tx, talk.roster.organization, message)
    caller = caller_of(row)
    who = caller_title(caller)
    if not caller.number:
        said = f"お伺いした番号は {caller.number_said} です。" if caller.number_said else ""
        return Reply(Card(text=f"{who}の折り返し先として使える番号がありません。{said}"))
    line = company_line(talk.tx, talk.roster, message)
    begun = begin_callback(talk.tx, talk.roster, message, talk.person, channel=talk.channel, line=line)
    number = number_fact(caller)
    done = (Button("message_done", "対応済み", row.id, "primary"),) if row.state == "open" else ()
    return Reply(
        Card(
            title=f"{who}に折り返す",
            text=_SAID[begun],
            facts=(number,) if number else (),
            small=() if caller.verified else ("番号は復唱での確認ができていません。",),
            buttons=done,
        )
    )
