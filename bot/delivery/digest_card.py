"""The daily digest as a card. Japanese."""

from bot.delivery.wording import duration, name_of
from bot.digests.daily import DayFigures
from bot.office.roster import Roster
from bot.platforms.cards import Card, Fact
from bot.store.transaction import Transaction

_WEEKDAYS = "月火水木金土日"
_MOST_PEOPLE = 15


def digest_card(tx: Transaction, roster: Roster, figures: DayFigures) -> Card:
    """One day at a glance: calls, messages, and who still has something open, the oldest said."""
    day = figures.day
    title = f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）のお電話"
    facts = [
        Fact("お電話", f"{figures.calls}件（うちおつなぎ {figures.connected}件）"),
        Fact("着信のみ", f"{figures.missed}件"),
        Fact("伝言", f"{figures.messages}件（対応済み {figures.done}件）"),
    ]
    lines = []
    for item in figures.open[:_MOST_PEOPLE]:
        who = name_of(roster, item.staff) or "担当未定"
        age = _age(int((tx.now - item.oldest).total_seconds()))
        lines.append(f"・{who}: {item.count}件（最も古いもの {age}前）")
    rest = len(figures.open) - _MOST_PEOPLE
    if rest > 0:
        lines.append(f"・ほか {rest}名")
    text = "未対応の伝言\n" + "\n".join(lines) if lines else "未対応の伝言はありません。"
    return Card(title=title, text=text, facts=tuple(facts), summary=title)


def _age(seconds: int) -> str:
    if seconds >= 86400:
        return f"{seconds // 86400}日"
    return f"{seconds // 3600}時間" if seconds >= 3600 else duration(seconds - seconds % 60 or seconds)
