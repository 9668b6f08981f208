"""`/toritsugi try 江川 栗本 明日10:30 急ぎ`: what a call would come to, for managers."""

import re

from bot.platforms.cards import Card, Fact
from bot.reception.rehearsal import UnknownMomentError, moment_of, rehearse, without_hurry
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_USAGE = Reply(
    Card(
        text="「/toritsugi try お客様 担当者 日時 急ぎ」の形で送ってください（日時と急ぎは省けます）。",
        small=("例: /toritsugi try 江川 栗本 明日10:30 急ぎ",),
    )
)


def tried(talk: Talk, words: str) -> Reply:
    """Play the call that `words` describe; nothing of it stays."""
    parts, urgent = without_hurry(words.split())
    if len(parts) < 2:
        return _USAGE
    at_name = next((at for at in range(len(parts) - 1, 0, -1) if talk.named(parts[at])), 1)
    caller, name, when = "の".join(parts[:at_name]), parts[at_name], " ".join(parts[at_name + 1 :])
    found = talk.named(name)
    if len(found) != 1:
        who = f"{'、'.join(one.name for one in found)} のどなたですか" if found else "見つかりませんでした"
        return Reply(Card(text=f"「{name[:40]}」さんは{who}。"))
    try:
        at = moment_of(when, talk.now, talk.roster) if when else talk.now
    except UnknownMomentError:
        return Reply(Card(text=f"「{when[:40]}」は日時として読み取れませんでした。", small=_USAGE.card.small))
    caller = re.sub(r"(?:さん|様)$", "", caller)
    played = rehearse(talk.tx, talk.roster, caller, found[0], at, urgent=urgent)
    then = (
        "このあと、担当者にチャットでお尋ねします。"
        if played.asked
        else "このあと、お客様のご希望を伺います。"
    )
    return Reply(
        Card(
            title=f"お電話のお試し: {played.at:%-m/%-d %H:%M} {found[0].name}さんあて",
            facts=tuple(Fact(who, said) for who, said in played.lines),
            small=(*played.reasons, then, "お試しのため、どなたにも連絡せず、記録も残していません。"),
        )
    )
