"""A digest as a card. Japanese."""

from datetime import date

from bot.delivery.wording import duration, name_of, telephone
from bot.digests.figures import Figures, Period, TopCaller
from bot.office.roster import Roster
from bot.platforms.cards import Card, Fact
from bot.platforms.line.client import Quota
from bot.store.transaction import Transaction

_WEEKDAYS = "月火水木金土日"
_MOST_PEOPLE = 15


def digest_title(period: Period) -> str:
    """`11月24日（火）のお電話`, `11月16日（月）から11月22日（日）のお電話`."""
    first = _day(period.first)
    return f"{first}のお電話" if period.days == 1 else f"{first}から{_day(period.last)}のお電話"


def chart_title(period: Period) -> str:
    """For a picture, so short: `11月24日（火）の時間帯別のお電話`, `11月30日〜12月6日の時間帯別のお電話`."""
    if period.days == 1:
        return f"{_day(period.first)}の時間帯別のお電話"
    month = "" if period.first.month == period.last.month else f"{period.last.month}月"
    first = f"{period.first.month}月{period.first.day}日"
    return f"{first}〜{month}{period.last.day}日の時間帯別のお電話"


def digest_card(
    tx: Transaction, roster: Roster, figures: Figures, quota: Quota | None = None, month: int = 0
) -> Card:
    """A day or a week at a glance: calls, promises, and who still has something open, the oldest said.

    `quota` is LINE's; `month` are the calls of the month, told to offices that have agreed on a number.
    """
    title = digest_title(figures.period)
    totals, before = figures.totals, figures.before
    facts = [
        Fact("お電話", f"{totals.calls}件{_compared(figures)}"),
        Fact("内訳", f"応対 {totals.answered}件（うちおつなぎ {totals.connected}件）"),
        Fact("着信のみ", f"{totals.missed}件" + (f"（前の週 {before.missed}件）" if before.calls else "")),
        Fact("伝言", f"{figures.messages}件（対応済み {figures.done}件）"),
    ]
    if figures.kept or figures.broken:
        late = f"、守れなかった {figures.broken}件" if figures.broken else ""
        facts.append(Fact("お約束", f"守れた {figures.kept}件{late}"))
    if figures.waits:
        average = sum(figures.waits) // len(figures.waits)
        longest = max(figures.waits)
        facts.append(Fact("お待たせ", f"平均 {duration(average)}、最長 {duration(longest)}"))
    if figures.callers:
        facts.append(Fact("多かったお相手", "、".join(map(_caller, figures.callers))))
    return Card(
        title=title,
        text=_open(tx, roster, figures),
        facts=tuple(facts),
        small=(*_calls(roster, month), *_quota(quota)),
        summary=f"{title}: {totals.calls}件",
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def _compared(figures: Figures) -> str:
    """`（前の週 8件、+2）`, nothing for an office that is new."""
    before = figures.before.calls
    return f"（前の週 {before}件、{figures.totals.calls - before:+d}）" if before else ""


def _caller(caller: TopCaller) -> str:
    return f"{caller.name or telephone(caller.number)} {caller.calls}件"


def _open(tx: Transaction, roster: Roster, figures: Figures) -> str:
    lines = []
    for item in figures.open[:_MOST_PEOPLE]:
        who = name_of(roster, item.staff) or "担当未定"
        age = _age(int((tx.now - item.oldest).total_seconds()))
        lines.append(f"・{who}: {item.count}件（最も古いもの {age}前）")
    rest = len(figures.open) - _MOST_PEOPLE
    if rest > 0:
        lines.append(f"・ほか {rest}名")
    return "未対応の伝言\n" + "\n".join(lines) if lines else "未対応の伝言はありません。"


def _age(seconds: int) -> str:
    if seconds >= 86400:
        return f"{seconds // 86400}日"
    return f"{seconds // 3600}時間" if seconds >= 3600 else f"{seconds // 60}分"


def _calls(roster: Roster, month: int) -> tuple[str, ...]:
    agreed = roster.office.quota
    return () if agreed is None else (f"今月のお電話 {month}件 / ご契約 {agreed}件",)


def _quota(quota: Quota | None) -> tuple[str, ...]:
    if quota is None:
        return ()
    limit = "" if quota.limit is None else f" / {quota.limit}通"
    return (f"LINE の今月の送信 {quota.used}通{limit}",)
