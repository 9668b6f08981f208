"""Changing a status from chat: carrying it out, undoing it, and saying what callers now hear."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.delivery.presence_card import overdue_buttons
from bot.delivery.say import say
from bot.delivery.wording import moment, name_of
from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate
from bot.messages.recipients import chat_of
from bot.office.model import Person
from bot.platforms.cards import Button, Card, Fact
from bot.presence.board import lock_board
from bot.presence.history import Origin, live_entry, origin_of
from bot.presence.model import PresenceNow
from bot.presence.timeline import StoredEntry, overdue
from bot.presence.undoing import undo_change
from bot.presence.verbs import (
    Change,
    NothingToChangeError,
    cancel_entry,
    clear_presence,
    entries_of,
    extend_presence,
    presence_of,
    replace_entries,
    set_presence,
)
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

HEARD = "お電話の方への案内"
_MADE = {"extend": "変更しました: ", "edit": "変更しました: "}
_NOT_TOLD = "ご本人のチャットが未登録のため、お知らせはしていません"


def carry_out(talk: Talk, update: StatusUpdate, target: Person, *, back: bool = False) -> Reply:
    """Do what a message asks: SET, CLEAR or EXTEND, for the speaker or a colleague."""
    try:
        change = _changed(talk, update, target, back=back)
    except NothingToChangeError:
        who = "" if talk.is_self(target) else f"{name_of(talk.roster, target.id)}に"
        text = (
            f"{who}延ばせる予定がありません。「外出 17時まで」のように、状況と終わりの時刻を送ってください。"
        )
        return Reply(Card(text=text))
    return confirmed(talk, target, change)


def _changed(talk: Talk, update: StatusUpdate, target: Person, *, back: bool) -> Change:
    tx, roster, actor = talk.tx, talk.roster, talk.author()
    if update.action is Action.SET:
        return set_presence(tx, roster, target, update.entries, actor, back=back)
    if update.action is Action.CLEAR:
        return clear_presence(tx, roster, target, actor)
    return extend_presence(tx, roster, target, actor, minutes=update.minutes, end=update.end)


def call_off(talk: Talk, target: Person, item: StoredEntry, *, replaces: bool = False) -> Reply:
    """Take one present or planned entry back.

    Raises:
        NothingToChangeError: it is over.
    """
    change = cancel_entry(talk.tx, talk.roster, target, item.id, talk.author())
    what = talk.reading(item.entry)
    title = f"{_whose(talk, target)}取り消しました: {what}"
    return confirmed(talk, target, change, title=title, what=what, replaces=replaces)


def confirmed(
    talk: Talk, target: Person, change: Change, *, title: str = "", what: str = "", replaces: bool = False
) -> Reply:
    """The answer to a change, which the colleague it is about hears too.

    `title` and `what` (was changed, in words) are given where the change's entries do not say it.
    """
    card = _card(talk, target, change, title or _title(talk, target, change))
    nothing_ended = change.action == "clear" and change.before.kind is None
    if talk.is_self(target) or nothing_ended:
        return Reply(card, replaces=replaces, change=change.id)
    small = (
        f"{name_of(talk.roster, target.id)}にもお知らせしました"
        if _tell(talk, target, change, what)
        else _NOT_TOLD
    )
    return Reply(replace(card, small=(*card.small, small)), replaces=replaces, change=change.id)


def undone(talk: Talk, given: str) -> Reply:
    """取り消し: of a change (everything is as before it), or of one present or planned entry."""
    origin = origin_of(talk.tx, talk.roster.organization, given)
    target = owner(talk, origin)
    if origin is None or target is None:
        return not_yours()
    try:
        if not origin.is_change:
            item = live_entry(talk.tx, talk.roster.organization, target.id, given)
            return call_off(talk, target, item, replaces=True) if item else _gone()
        talk.author()  # a word of before takes back nothing of after
        undone = undo_change(talk.tx, talk.roster, given)
        talk.note("presence.undone", undone.staff)
    except NothingToChangeError:
        return _gone()
    now = presence_of(talk.tx, talk.roster, target.id)
    who = "" if talk.is_self(target) else f"{name_of(talk.roster, target.id)}の変更を"
    card = Card(
        title=f"{who}取り消しました",
        text=f"いまの状況: {state(talk, now)}",
        facts=(Fact(HEARD, talk.heard(target, now)),),
        buttons=answers_to_being_late(talk, target) if now.overdue else (),
    )
    _tell_of_undoing(talk, origin, target, card)
    return Reply(card, replaces=True)


def _tell_of_undoing(talk: Talk, origin: Origin, target: Person, card: Card) -> None:
    """Who it is about, and who had said so, hear that it counts no more: the latter where that is free."""
    if not talk.is_self(target):
        _post(talk, target, Card(f"{talk.person.name}さんが変更を取り消しました", card.text, card.facts))
    author = talk.roster.people.get(origin.actor)  # type: ignore[call-overload]
    if author and author.slack and author.id not in (talk.person.id, target.id):
        who = name_of(talk.roster, target.id)
        title = f"{talk.person.name}さんが、{who}についてのあなたの登録を取り消しました"
        say(talk.tx, talk.roster.organization, "slack", author.slack, Card(title, card.text))


def edited(talk: Talk, given: str, *new: Entry) -> Reply:
    """変更: other entries in the place of one."""
    origin = origin_of(talk.tx, talk.roster.organization, given)
    target = owner(talk, origin)
    if target is None:
        return not_yours()
    author = talk.author()
    lock_board(talk.tx, talk.roster.organization, target.id)  # one of two changes at once finds it over
    item = live_entry(talk.tx, talk.roster.organization, target.id, given)
    if item is None:
        return over(talk)
    change = replace_entries(talk.tx, talk.roster, target, {item.id}, new, author)
    return confirmed(talk, target, change, replaces=True)


def owner(talk: Talk, origin: Origin | None) -> Person | None:
    """Whom a change or entry is about, if the speaker may touch it: theirs, made by them, or a manager."""
    if origin is None:
        return None
    if talk.person.id not in (origin.staff, origin.actor) and not talk.person.is_manager:
        return None
    return talk.roster.people.get(origin.staff)  # type: ignore[call-overload, no-any-return]


def _gone() -> Reply:
    return Reply(Card(text="すでに取り消されているか、終わった予定です。", tone="over"))


def not_yours() -> Reply:
    return Reply(Card(text="この予定は、ご本人か登録した方、管理者だけが変更できます。", tone="over"))


def over(talk: Talk) -> Reply:
    """The entry is no more; what holds instead."""
    now = presence_of(talk.tx, talk.roster, talk.person.id)
    return Reply(Card(text=f"この予定はすでに終わったか、変更されています。いまの状況: {state(talk, now)}"))


def state(talk: Talk, presence: PresenceNow) -> str:
    """What holds for a person, in words."""
    if presence.kind is None or presence.start is None:
        return "登録なし（在席の扱い）"
    basis = presence.basis or Basis.OPEN
    entry = Entry(presence.kind, presence.start, presence.end, basis, presence.note, presence.word)
    return f"{talk.reading(entry)}{'（予定の時刻を過ぎています）' if presence.overdue else ''}"


def answers_to_being_late(talk: Talk, target: Person) -> tuple[Button, ...]:
    """The answers to "are you back?", for the speaker whose stated return has passed."""
    late = overdue(
        entries_of(talk.tx, talk.roster.organization, target.id), talk.tx.now, talk.roster.calendar
    )
    return overdue_buttons(late) if late and talk.is_self(target) else ()


def _whose(talk: Talk, target: Person) -> str:
    return "" if talk.is_self(target) else f"{name_of(talk.roster, target.id)}: "


def _title(talk: Talk, target: Person, change: Change) -> str:
    who = _whose(talk, target)
    readings = "、".join(talk.reading(entry) for entry in change.entries)
    if change.action == "clear":
        if change.before.kind is None:
            return f"{who}在席の扱いです（終わりにする状況はありませんでした）"
        return f"{who}在席に戻しました" if who else "おかえりなさい。在席に戻しました"
    if len(change.entries) > 1:
        return f"{who}{len(change.entries)}件を登録しました"
    return f"{who}{'延長しました: ' if _is_longer(change) else _MADE.get(change.action, '')}{readings}"


def _is_longer(change: Change) -> bool:
    """Whether what holds was given a later end; 変更 may also bring it forward."""
    if change.action != "extend" or change.before.end is None:
        return False
    return all(entry.end is not None and entry.end > change.before.end for entry in change.entries)


def _card(talk: Talk, target: Person, change: Change, title: str) -> Card:
    several = len(change.entries) > 1
    buttons = [Button("status_cancel", "取り消し", change.id)]
    if change.entries and change.action != "repeat":  # a repetition is changed as a whole
        buttons.append(Button("status_edit", "変更", change.id))
    return Card(
        title=title,
        text="\n".join(f"・{talk.reading(entry)}" for entry in change.entries) if several else "",
        facts=_heard(talk, target, change),
        small=(*_untold_ends(talk, change), *_goes_on(talk, target, change)),
        buttons=tuple(buttons),
    )


def _untold_ends(talk: Talk, change: Change) -> tuple[str, ...]:
    """Until when an entry is taken to last although nobody said so."""
    ends = sorted({entry.end for entry in change.entries if entry.basis is Basis.ASSUMED and entry.end})
    if ends:
        until = "、".join(_until(talk, end) for end in ends)
        return (f"終わりの時刻がないので、{until}として扱います（お電話の方には言いません）",)
    if any(entry.end is None for entry in change.entries):
        return ("終わりは未定として扱います。戻られたら「戻りました」と送ってください",)
    return ()


def _goes_on(talk: Talk, target: Person, change: Change) -> tuple[str, ...]:
    """What a trip or leave of days that is only interrupted comes back to."""
    ends = [entry.end for entry in change.entries if entry.start <= talk.tx.now and entry.end]
    if change.before.kind not in (Kind.TRIP, Kind.LEAVE) or len(ends) != 1:
        return ()
    then = presence_of(talk.tx, talk.roster, target.id, ends[0])
    return (f"そのあとは「{state(talk, then)}」に戻ります",) if then.kind is change.before.kind else ()


def _until(talk: Talk, end: datetime) -> str:
    """`18:00 まで`; the midnight that ends a day is 今日いっぱい, `11/25(水) いっぱい`."""
    local = end.astimezone(talk.roster.zone)
    if local.time() != time(0):
        return f"{moment(end, talk.roster, talk.tx.now)} まで"
    day = moment(local - timedelta(minutes=1), talk.roster, talk.tx.now).rpartition(" ")[0]
    return f"{day or '今日'}いっぱい"


def _heard(talk: Talk, target: Person, change: Change) -> tuple[Fact, ...]:
    """What callers hear now, and once the first planned entry has begun."""
    facts = [Fact(HEARD, talk.heard(target, change.after))]
    planned = [entry for entry in change.entries if entry.start > talk.tx.now]
    if planned:
        at = talk.first_heard_at(min(planned, key=lambda entry: entry.start))
        then = presence_of(talk.tx, talk.roster, target.id, at)
        facts.append(Fact(f"{moment(at, talk.roster, talk.tx.now)} からの案内", talk.heard(target, then, at)))
    return tuple(facts)


def _tell(talk: Talk, target: Person, change: Change, what: str) -> bool:
    """Tell a colleague what was said on their behalf, with the way to undo it."""
    what = what or "、".join(talk.reading(entry) for entry in change.entries)
    done = {
        "clear": f"の状況を終わりにしました。いまの状況: {state(talk, change.after)}",
        "cancel": f"の予定を取り消しました: {what}",
        "edit": f"の状況を変更しました: {what}",
        "extend": f"の状況を変更しました: {what}",
        "repeat": f"の繰り返しの予定を登録しました: {what}",
        "end_repeat": f"の繰り返しの予定をやめました: {what}",
    }.get(change.action, f"の状況を登録しました: {what}")
    title = f"{talk.person.name}さんがあなた{done}"
    return _post(talk, target, _card(talk, target, change, title))


def _post(talk: Talk, target: Person, card: Card) -> bool:
    channel, address = chat_of(target)
    if address:
        say(talk.tx, talk.roster.organization, channel, address, card)
    return bool(address)
