"""A tap on any of our buttons, and its answer. The same for every chat."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.wording import name_of
from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate
from bot.messages.verbs import NoSuchMessageError, close_message, message_of, reassign_message
from bot.office.hours import local_day
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.presence.board import QUESTION, lock_board, question_id
from bot.presence.history import live_entry, origin_of
from bot.presence.timeline import overdue
from bot.presence.verbs import entries_of
from bot.store.cards import forget_card
from bot.store.inbox import first_time
from bot.store.texts import text_asked_about
from bot.store.transaction import Transaction
from bot.transfers.model import Answer
from handlers.chat import aliases, settings
from handlers.chat.calling_back import call_back
from handlers.chat.change import carry_out, not_yours, over
from handlers.chat.editing import edit
from handlers.chat.overview import more_of_own
from handlers.chat.readings import UnreadableError, unpack
from handlers.chat.repeating import series_changed, taken_back
from handlers.chat.reply import Reply
from handlers.chat.rewriting import chosen
from handlers.chat.talk import Talk, always
from handlers.chat.taps import answer_tap
from handlers.chat.why import WHY, explained

_EXTENSION_MINUTES = 30
_COLLEAGUES_OFFERED = 10
_TO = ">"
_OLD = Reply(Card(text="このボタンは古くなっています。もう一度送ってください。", tone="over"))
_GONE = Reply(Card(text="この伝言は見つかりませんでした。", tone="over"))


def answer_button(
    tx: Transaction,
    roster: Roster,
    person: Person,
    action: str,
    value: str,
    channel: str,
    picked: datetime | None = None,
    *,
    tapped_at: datetime | None = None,
    in_order: Callable[[], bool] = always,
) -> Reply:
    """Do what a button says, for the person who tapped it.

    `action` is one of the names of docs/chat.md, `value` what we gave the button. `picked` is the
    aware instant chosen in a date and time picker that came with the tap. `tapped_at` is the
    platform's own time of the tap; `in_order` is called where it changes something: a tap, which
    names what it is about, counts however late, but texts typed before it do not count after it.
    """
    talk = Talk(tx, roster, person, channel, tapped_at, lambda: in_order() or True)
    if action in set(Answer):
        return answer_tap(talk, value, Answer(action))
    if action == "status_edit":
        return series_changed(talk, value) or edit(talk, value, picked)
    answer = _ANSWERS.get(action)
    try:
        return answer(talk, value) if answer else _OLD
    except NoSuchMessageError:
        return _GONE


def _confirm(talk: Talk, value: str) -> Reply:
    """One of the readings that were offered: set as if it had been typed so; or 続いています."""
    try:
        ticket, staff, update = unpack(value)
    except UnreadableError:
        return _goes_on(talk, value)
    target = talk.roster.people.get(staff)  # type: ignore[call-overload]
    if target is None:
        return _OLD
    text = text_asked_about(talk.tx, talk.roster.organization, ticket)
    if text and text.gone:
        return _OLD
    entries = tuple(replace(entry, start=max(entry.start, talk.tx.now)) for entry in update.entries)
    if any(entry.end is not None and entry.end <= entry.start for entry in entries):
        return Reply(Card(text="この候補の時刻は過ぎました。もう一度送ってください。", tone="over"))
    if not first_time(talk.tx, talk.roster.organization, "reading", ticket):
        return Reply(Card(text="すでに登録済みです。", tone="over"))
    return replace(chosen(talk, text, replace(update, entries=entries), target), replaces=True)


def _goes_on(talk: Talk, entry: str) -> Reply:
    """続いています, to the morning's question about a trip without an end: nothing changes."""
    origin = origin_of(talk.tx, talk.roster.organization, entry)
    if origin is None:
        return _OLD
    if origin.staff != talk.person.id:
        return not_yours()
    item = live_entry(talk.tx, talk.roster.organization, talk.person.id, entry)
    if item is None:
        return over(talk)
    text = f"承知しました。「{talk.reading(item.entry)}」のままご案内します。"
    return Reply(Card(text=text, small=("戻られたら「戻りました」と送ってください。",)), replaces=True)


def _clear(talk: Talk, value: str) -> Reply:
    return _asked(talk, StatusUpdate(Action.CLEAR), value)


def _extend(talk: Talk, value: str) -> Reply:
    return _asked(talk, StatusUpdate(Action.EXTEND, minutes=_EXTENSION_MINUTES), value)


def _left(talk: Talk, value: str) -> Reply:
    midnight = (talk.now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    entry = Entry(Kind.LEFT, talk.now, midnight, Basis.STATED, word="退社")
    return _asked(talk, StatusUpdate(Action.SET, (entry,)), value)


def _asked(talk: Talk, update: StatusUpdate, value: str) -> Reply:
    """戻りました, 30分延長, 今日は戻らない: the answers to "are you back?", about the entry in question."""
    if value:
        talk.author()  # locked before the board, as everywhere
        lock_board(talk.tx, talk.roster.organization, talk.person.id)  # one answer of two at once counts
        origin = origin_of(talk.tx, talk.roster.organization, value)
        if origin and origin.staff != talk.person.id:
            return not_yours()
        if not _still_meant(talk, value):
            return over(talk)
        _take_place(talk, value)
    return replace(carry_out(talk, update, talk.person), replaces=True)


def _take_place(talk: Talk, entry: str) -> None:
    """The answer replaces the question's card: nothing else changes it from now on."""
    ids = (question_id(entry), question_id(entry, local_day(talk.roster.office, talk.tx.now)))
    for question in ids:
        forget_card(talk.tx, talk.roster.organization, QUESTION, question)


def _still_meant(talk: Talk, value: str) -> bool:
    """Whether the entry asked about still counts: it holds, or its return is overdue."""
    stored = entries_of(talk.tx, talk.roster.organization, talk.person.id)
    late = overdue(stored, talk.tx.now, talk.roster.calendar)
    if late and value in (late.id, late.change):
        return True
    return live_entry(talk.tx, talk.roster.organization, talk.person.id, value) is not None


def _done(talk: Talk, message: str) -> Reply:
    return close_for(talk.tx, talk.roster, message, talk.person.id)


def close_for(tx: Transaction, roster: Roster, message: str, by: str) -> Reply:
    """対応済み, by a staff id, or by the name of somebody else who reads the calls channel."""
    try:
        closing = close_message(tx, roster, message, by)
    except NoSuchMessageError:
        return _GONE
    if closing.first:
        return Reply(Card(text="対応済みにしました。ありがとうございます。", tone="good"))
    who = "あなた" if closing.by == by else name_of(roster, closing.by) or closing.by
    return Reply(Card(text=f"{who}がすでに対応済みにしています。", tone="over"))


def _reassign(talk: Talk, value: str) -> Reply:
    """担当変更: to whom? With the answer in the value (`message>staff`), hand it over."""
    message, _, staff = value.partition(_TO)
    row = message_of(talk.tx, talk.roster.organization, message)
    if row.state == "done":
        return Reply(Card(text="対応済みの伝言は、担当を変えられません。", tone="over"))
    if not staff:
        buttons = tuple(
            Button("message_reassign", person.name, f"{message}{_TO}{person.id}")
            for person in heirs(talk, row.staff)[:_COLLEAGUES_OFFERED]
        )
        return Reply(Card(title="どなたにお願いしますか。", buttons=buttons))
    to = talk.roster.people.get(staff)  # type: ignore[call-overload]
    if to is None:
        return Reply(Card(text="その方は登録されていません。ほかの方をお選びください。"))
    return reassigned(talk, message, to)


def reassigned(talk: Talk, message: str, to: Person) -> Reply:
    """Hand a message to a colleague."""
    if not reassign_message(talk.tx, talk.roster, message, to):
        return Reply(Card(text="対応済みの伝言は、担当を変えられません。", tone="over"))
    talk.note(f"message.given_to {to.id}", message)
    return Reply(Card(text=f"{name_of(talk.roster, to.id)}にお願いしました。", tone="good"), replaces=False)


def heirs(talk: Talk, staff: str | None) -> list[Person]:
    """Whom a message may be handed to: backups first, then the department, then the rest."""
    holder = talk.roster.people.get(staff) if staff else None  # type: ignore[call-overload]
    backups = {person.id for person in talk.roster.backups_of(holder)} if holder else set()
    department = holder.department if holder else talk.person.department

    def order(person: Person) -> tuple[bool, bool, str]:
        return person.id not in backups, person.department != department, person.reading or person.name

    return sorted((person for person in talk.roster.people.values() if person.id != staff), key=order)


_ANSWERS: dict[str, Callable[[Talk, str], Reply]] = {
    "status_confirm": _confirm,
    "status_cancel": taken_back,
    "status_extend": _extend,
    "status_left": _left,
    "status_clear": _clear,
    "status_more": more_of_own,
    "message_done": _done,
    "message_callback": call_back,
    "message_reassign": _reassign,
    settings.SHOW: lambda talk, _value: settings.shown(talk),
    settings.EDIT: lambda talk, _value: settings.shown(talk),  # where no form could be opened
    settings.SET: settings.tapped,
    WHY: explained,
    aliases.CONFIRM: aliases.confirmed,
    aliases.REJECT: aliases.rejected,
}
