"""Questions that the clock asks a person about their own presence. Japanese, with one-tap answers."""

from datetime import datetime, time

from bot.language.model import Basis, Entry, Kind
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.presence.colleagues import doing_words
from bot.presence.model import PresenceNow
from bot.presence.timeline import StoredEntry

_WEEKDAYS = "月火水木金土日"


def overdue_card(roster: Roster, item: StoredEntry) -> Card:
    """15時に戻る予定でしたが…, until answered callers hear no time that has gone by."""
    entry = item.entry
    verb = "出社する" if entry.kind is Kind.LATE else "戻る"
    text = f"{_clock(roster, entry)}に{verb}予定でしたが、いかがでしょうか。"
    return Card(
        title=text,
        text="お返事があるまで、お電話の方には「まもなく戻る予定」とお伝えします。",
        buttons=overdue_buttons(item),
        summary=text,
    )


def overdue_buttons(item: StoredEntry) -> tuple[Button, ...]:
    """The three answers to the question about a return that has passed."""
    return (
        Button("status_clear", "戻りました", item.id, "primary"),
        Button("status_extend", "30分延長", item.id),
        Button("status_left", "今日は戻らない", item.id),
    )


def open_trip_card(roster: Roster, item: StoredEntry) -> Card:
    """Is the trip still going on?"""
    since = item.entry.start.astimezone(roster.zone)
    day = f"{since.month}/{since.day}({_WEEKDAYS[since.weekday()]})"
    place = f"（{item.entry.note}）" if item.entry.note else ""
    text = f"{day}からの出張{place}は、続いていますか。"
    return Card(
        title=text,
        text="終わりを決めておくと、お電話の方に戻る日をご案内できます。",
        buttons=(
            Button("status_confirm", "続いています", item.id, "primary"),
            Button("status_clear", "戻りました", item.id),
            Button("status_edit", "終わりを決める", item.id, picks_time=True),
        ),
        summary=text,
    )


def settled_card(roster: Roster, item: StoredEntry, presence: PresenceNow, at: datetime) -> Card:
    """A question that is no longer open: answered in another way, or the office has closed since."""
    since = item.entry.start.astimezone(roster.zone)
    asked = (
        f"{since.month}/{since.day}({_WEEKDAYS[since.weekday()]})からの出張"
        if item.entry.end is None
        else f"{_clock(roster, item.entry)}の戻り"
    )
    doing = doing_words(roster.office, presence, at)
    return Card(title=f"確認は終わりました: {asked}", text=f"いまの状況: {doing}", tone="over")


_PROBLEMS = {
    "forbidden": "このアドレスは読みに行けません",
    "missing": "アドレスに予定表がありません",
    "refused": "予定表を見る許可がありません",
    "too_large": "予定表が大きすぎます（5 MB まで）",
    "no_calendar": "アドレスにあるものを予定表（ICS）として読めません",
    "unreachable": "予定表のサーバーから返事がありません",
}


def broken_calendar_card(code: str) -> Card:
    """A person's calendar cannot be read; said once, until it has worked again."""
    problem = _PROBLEMS.get(code, _PROBLEMS["unreachable"])
    return Card(
        title=f"予定表を読めなくなっています: {problem}",
        text="前に読めた予定はそのまま使い、読めるようになれば自動で続けます。アドレスは管理者が変更できます。",
    )


def _clock(roster: Roster, entry: Entry) -> str:
    """`15時`, `15時半`, `15時20分`, `17時ごろ`: as people say it."""
    assert entry.end is not None
    at: time = entry.end.astimezone(roster.zone).time()
    minutes = {0: "", 30: "半"}.get(at.minute, f"{at.minute}分")
    return f"{at.hour}時{minutes}{'ごろ' if entry.basis is Basis.APPROX else ''}"
