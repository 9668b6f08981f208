"""`/toritsugi audit` (操作履歴): who did what lately, for admins."""

from bot.delivery.wording import name_of
from bot.digests.trail import trail
from bot.platforms.cards import Card, Fact
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_NEWEST = 15
_DEEDS = {
    "presence": "状況",
    "message.done": "伝言を対応済みに",
    "message.called_back": "折り返しの発信",
    "message.given_to": "伝言の担当を変更",
    "transfer": "取次ぎへの回答",
    "alias": "聞き取りの登録",
    "settings.changed": "取次ぎ設定の変更",
    "line.linked": "LINE の連携",
    "line.unlinked": "LINE の連携の終了",
    "invitation.made": "招待コードの発行",
    "office.loaded": "事業所ファイルの読み込み",
    "token.made": "API トークンの発行",
    "token.revoked": "API トークンの失効",
    "records.exported": "記録の書き出し",
    "records.erased": "記録の消去",
    "erased": "記録の消去",
}


def deeds_card(talk: Talk) -> Reply:
    """The newest deeds; all of them, and those of other days, are in `toritsugi audit`."""
    facts = []
    for row in trail(talk.tx, talk.roster.organization, newest=_NEWEST):
        at = row.at.astimezone(talk.roster.zone)
        who = name_of(talk.roster, row.actor) or row.actor
        whom = name_of(talk.roster, row.subject)
        about = f"（{whom}）" if whom and row.subject != row.actor else ""
        facts.append(Fact(f"{at:%-m/%-d %H:%M} {who}", f"{_deed(row.action)}{about}"))
    return Reply(
        Card(
            title="操作履歴" if facts else "操作履歴はまだありません",
            facts=tuple(facts),
            small=("すべての履歴は、サーバーの「toritsugi audit」で CSV に書き出せます。",),
        )
    )


def _deed(action: str) -> str:
    """An action in Japanese: by its whole name, else by its first word; one of the API as it is."""
    name = action.split(" ", maxsplit=1)[0]
    return _DEEDS.get(name) or _DEEDS.get(name.split(".")[0]) or action
