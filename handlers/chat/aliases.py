"""Spellings of names that the telephone learns, decided by managers."""

from bot.delivery.wording import name_of
from bot.office.aliases import CONFIRMED, aliases_of, decide_alias
from bot.platforms.cards import Button, Card, Fact
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

WORDS = ("aliases", "alias", "別名", "別表記", "聞き間違い", "聞き取り")
CONFIRM, REJECT = "alias_confirm", "alias_reject"
_MOST = 10
_MANAGERS_ONLY = Reply(Card(text="名前の聞き取りの登録は、管理者の方だけが変更できます。", tone="over"))
_GONE = Reply(Card(text="この登録は見つかりませんでした。", tone="over"))


def aliases_card(talk: Talk) -> Reply:
    """What counts and what is still to be decided, the newest first."""
    if not talk.person.is_manager:
        return _MANAGERS_ONLY
    rows = aliases_of(talk.tx, talk.roster.organization, _MOST)
    facts, buttons = [], []
    for row in rows:
        who = name_of(talk.roster, row.staff) or "退職された方"
        counts = row.state == CONFIRMED
        facts.append(Fact(f"「{row.spelling}」", f"{who}（{'登録済み' if counts else '未登録'}）"))
        if not counts:
            buttons.append(Button(CONFIRM, f"「{row.spelling}」を登録する", row.id))
        buttons.append(Button(REJECT, f"「{row.spelling}」を{'削除' if counts else '登録しない'}", row.id))
    title = "名前の聞き取りの登録" if rows else "名前の聞き取りの登録はありません"
    return Reply(Card(title=title, facts=tuple(facts), buttons=tuple(buttons)))


def confirmed(talk: Talk, alias: str) -> Reply:
    """登録する."""
    return _decide(talk, alias, counts=True)


def rejected(talk: Talk, alias: str) -> Reply:
    """登録しない, or 削除 of one that counted."""
    return _decide(talk, alias, counts=False)


def _decide(talk: Talk, alias: str, *, counts: bool) -> Reply:
    if not talk.person.is_manager:
        return _MANAGERS_ONLY
    row = decide_alias(talk.tx, talk.roster.organization, alias, by=talk.person.id, counts=counts)
    who = name_of(talk.roster, row.staff) if row else ""
    if row is None or not who:
        return _GONE
    if counts:
        text = f"「{row.spelling}」を{who}として登録しました。次のお電話から、聞き返さずに承ります。"
        return Reply(Card(text=text, tone="good"))
    return Reply(Card(text=f"「{row.spelling}」は登録していません。これまでどおりお客様に確認します。"))
