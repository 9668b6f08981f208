"""Asking back instead of guessing: the question, with the likely readings as buttons."""

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.delivery.wording import name_of
from bot.language.model import Action, AskReason, Basis, Context, Entry, StatusUpdate
from bot.office.model import Person
from bot.platforms.cards import Button, Card
from bot.presence.verbs import presence_of
from handlers.chat.readings import pack
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_MOST_READINGS = 5
_MOST_PEOPLE = 8

_UNCLEAR = {
    AskReason.PAST_TIME: ("その日時はもう過ぎています。", "どの意味でしょうか。"),
    AskReason.AMBIGUOUS: ("二通りに読めました。", "どちらでしょうか。"),
    AskReason.NO_KIND: ("何のご予定でしょうか（外出・会議・在宅など）。", ""),
    AskReason.INVALID_DATE: ("その日付は暦にありません。", "どの日でしょうか。"),
    AskReason.REVERSED_RANGE: ("終わりが始まりより前になっています。", "どの意味でしょうか。"),
}
"""What is unclear; and, where there are readings to choose from, the question."""
_UNREADABLE = ("読み取れませんでした。", "")
_NOT_AMONG = "この中になければ、「外出 15時まで」のように書き直して送ってください。"
_AGAIN = "「外出 15時まで」「明日 休み」のように書き直して送ってください。"

_KINDS = ("外出", "会議", "離席", "在宅", "休み")
_KIND_WORD = re.compile(
    r"外出|訪問|出張|会議|打ち合わせ|打合せ|ミーティング|MTG|商談|来客|面談|研修|離席|休憩|在宅|テレワーク|休み|有休|遅刻|退社|直帰|直行"
)
_HOUR = re.compile(r"(?<![\d:/時朝前後])([1-9]|1[01])(?=時|:\d\d)")
_CLOCK = r"(?:午前|午後)?\d{1,2}(?::\d\d|時(?:半|\d{1,2}分)?)"
_RANGE = re.compile(rf"({_CLOCK})(\s*(?:から|より|[〜~～\-－]|to)\s*)({_CLOCK})")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})(/|月)(\d{1,2})(日?)")
_DAY = re.compile(r"(?<![\d/月])(29|30|31)日")
DAY_WORD = (
    r"(?:今日|本日|明日|あす|あした|明後日|あさって|(?:再来週|来週|今週)?の?[月火水木金土日]曜日?"
    r"|\d{1,2}/\d{1,2}|(?:\d{1,2}月)?\d{1,2}日"
    r"|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow)"
)
_EITHER_DAY = re.compile(
    rf"({DAY_WORD})\s*(?:か|または|もしくは|あるいは|\bor\b)\s*({DAY_WORD})", re.IGNORECASE
)
_ENDS = {
    "再来週": ("来週金曜", "再来週金曜"),
    "来週": ("今週金曜", "来週金曜"),
    "来月": ("今月末", "来月末"),
    "next week": ("Friday", "next Friday"),
}


def ask(talk: Talk, text: str, update: StatusUpdate, context: Context) -> Reply:
    """The question for an update that is unclear, for the speaker or the colleague it names."""
    readings = likely(talk, text, update, context)
    who = update.who or next((reading.who for reading in readings if reading.who), None)
    found = talk.named(who) if who else (talk.person,)
    offered = [
        (person, reading) for person in found for reading in (*_longer(talk, person, readings), *readings)
    ]
    unclear, question = _UNCLEAR.get(update.reason, _UNREADABLE) if update.reason else _UNREADABLE
    ticket = talk.tx.new_id()
    buttons = _buttons(talk, ticket, offered)
    return Reply(
        Card(
            f"{unclear}{question if buttons else ''}",
            f"「{text.strip()[:200]}」",
            small=(_NOT_AMONG if buttons else _AGAIN,),
            buttons=buttons,
        ),
        question=ticket,
    )


def _buttons(talk: Talk, ticket: str, offered: Iterable[tuple[Person, StatusUpdate]]) -> tuple[Button, ...]:
    """One for each reading, the likeliest ones; of those that look alike, the first."""
    found: dict[str, Button] = {}
    for person, reading in offered:
        value = pack(ticket, person.id, reading)
        words = "、".join(talk.reading(entry) for entry in reading.entries)
        label = words if talk.is_self(person) else f"{name_of(talk.roster, person.id)}: {words}"
        if value:
            found.setdefault(label, Button("status_confirm", label, value))
    return tuple(found.values())[:_MOST_READINGS]


def _longer(talk: Talk, person: Person, readings: list[StatusUpdate]) -> Iterator[StatusUpdate]:
    """An end alone may be a new end of what holds: offered as it is now, whatever holds when it is tapped."""
    held = presence_of(talk.tx, talk.roster, person.id)
    ends = {reading.entries[0].end for reading in readings}
    if held.kind is not None and len(ends) == 1 and len(readings) == len(_KINDS):
        longer = Entry(held.kind, talk.now, ends.pop(), Basis.STATED, held.note, held.word)
        yield StatusUpdate(Action.SET, (longer,))


def ask_who(talk: Talk, typed: str, update: StatusUpdate, found: Iterable[Person]) -> Reply:
    """Several colleagues of that name: which one?"""
    ticket = talk.tx.new_id()
    buttons = []
    for person in list(found)[:_MOST_PEOPLE]:
        value = pack(ticket, person.id, update)
        if value:
            department = f"（{person.department}）" if person.department else ""
            buttons.append(Button("status_confirm", f"{person.name}{department}", value))
    card = Card(f"「{typed}」さんは何人かいます。どなたでしょうか。", buttons=tuple(buttons))
    return Reply(card, question=ticket)


def likely(talk: Talk, text: str, update: StatusUpdate, context: Context) -> list[StatusUpdate]:
    """What an unclear text may mean: small rewritings that the status language reads as one thing."""
    found: list[StatusUpdate] = []
    seen: set[tuple[Entry, ...]] = set()
    for rewritten in _rewritings(text, update.reason, talk.now):
        reading = talk.understand(rewritten, context)
        bare = tuple(_bare(entry) for entry in reading.entries)
        if reading.action is Action.SET and bare not in seen:
            seen.add(bare)
            found.append(reading)
    return found


def _bare(entry: Entry) -> Entry:
    """An entry without the words it was typed in: two readings that differ in nothing else are one."""
    return Entry(entry.kind, entry.start, entry.end, entry.basis)


def _rewritings(text: str, reason: AskReason | None, now: datetime) -> Iterator[str]:
    match reason:
        case AskReason.PAST_TIME:
            yield _HOUR.sub(lambda found: str(int(found[1]) + 12), text)
            yield f"明日 {text}"
        case AskReason.AMBIGUOUS:
            yield from _either_day(text)
            yield from _either_end(text)
            yield from _either_kind(text)
        case AskReason.NO_KIND:
            yield from (f"{text} {kind}" for kind in _KINDS)
        case AskReason.INVALID_DATE:
            yield from _days_beside(text, now)
        case AskReason.REVERSED_RANGE:
            yield _RANGE.sub(r"\3\2\1", text)
            yield _RANGE.sub(r"\1\2翌日\3", text)
            yield _HOUR.sub(lambda found: str(int(found[1]) + 12), text)
        case None:
            return


def _either_day(text: str) -> Iterator[str]:
    """今日か明日: the one, and the other."""
    if found := _EITHER_DAY.search(text):
        yield from (f"{text[: found.start()]}{day}{text[found.end() :]}" for day in found.groups())


def _either_end(text: str) -> Iterator[str]:
    for words, ends in _ENDS.items():
        if words in text:
            yield from (text.replace(words, end, 1) for end in ends)
            return


def _either_kind(text: str) -> Iterator[str]:
    """One rewriting for each kind word in the text, without the others."""
    words = list(dict.fromkeys(_KIND_WORD.findall(text)))
    if len(words) < 2:
        return
    first = _KIND_WORD.search(text)
    last = list(_KIND_WORD.finditer(text))[-1]
    assert first is not None
    for word in words:
        yield f"{text[: first.start()]}{word}{text[last.end() :]}"


def _days_beside(text: str, now: datetime) -> Iterator[str]:
    """The last day of the month meant, and the day after it."""
    found = _MONTH_DAY.search(text)
    if found and 1 <= int(found[1]) <= 12:
        month = int(found[1])
        year = now.year + (month < now.month)
        last = datetime(year, month, calendar.monthrange(year, month)[1], tzinfo=now.tzinfo)
        for day in (last, last + timedelta(days=1)):
            yield f"{text[: found.start()]}{day.month}/{day.day}{text[found.end() :]}"
    elif found := _DAY.search(text):  # the end of this month, or that day of the next one that has it
        yield _DAY.sub(f"{now.month}/{calendar.monthrange(now.year, now.month)[1]}", text)
        following = ((now.replace(day=1) + timedelta(days=31 * months)) for months in (1, 2))
        has_it = (at.month for at in following if int(found[1]) <= calendar.monthrange(at.year, at.month)[1])
        yield _DAY.sub(f"{next(has_it)}/{found[1]}", text)
