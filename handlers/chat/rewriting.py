"""Texts as people write them on a platform: typed, rewritten, deleted. The newest wording counts, once.

What a text set follows its new wording as far as it stands as the text had set it: whatever was
changed since by words or buttons is newer.
"""

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.language.model import Action, Entry, StatusUpdate
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.presence.board import lock_board
from bot.presence.history import origin_of, standing_of, was_overtaken
from bot.presence.repeating import in_words, speaks_of_repetition
from bot.presence.series import find_series
from bot.presence.timeline import StoredEntry
from bot.presence.undoing import undo_change
from bot.presence.verbs import NothingToChangeError, replace_entries
from bot.store.inbox import in_order
from bot.store.texts import Text, note_made, take_wording
from bot.store.transaction import Transaction
from handlers.chat.asking import ask
from handlers.chat.cancelling import called_off
from handlers.chat.change import carry_out, confirmed
from handlers.chat.reply import Reply
from handlers.chat.talk import OvertakenError, Talk
from handlers.chat.texts import answer_text, overtaken

_READ_WITHIN = timedelta(days=1)
"""How old a text may be whose new wording is read although the old one set nothing."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text on a platform: its `name` there, its newest words, when it was typed and worded so (aware).

    `sender` is the platform's account of its writer. `in_channel`: others read along.
    """

    name: str
    sender: str
    words: str
    typed_at: datetime
    worded_at: datetime
    in_channel: bool = False


def answer_typed(tx: Transaction, roster: Roster, person: Person, typed: Typed, channel: str) -> Reply | None:
    """Carry out what a new text asks; None where nothing is to be said, or a newer wording was read."""
    text = take_wording(tx, roster.organization, channel, typed.name, typed.worded_at)
    if text is None:
        return None
    talk = _talk(tx, roster, person, typed, channel)
    return _noted(talk, text, _read(talk, typed))


def answer_rewritten(
    tx: Transaction, roster: Roster, person: Person, typed: Typed, before: str, channel: str
) -> Reply | None:
    """Have what a text set follow its new wording; one whose wordings set nothing so far is read anew.

    `before` is the wording that this one replaced, which need not be the one that was read last.
    """
    if typed.words == before:
        return None  # the platform has added a preview, or the like
    text = take_wording(tx, roster.organization, channel, typed.name, typed.worded_at)
    if text is None:
        return None
    talk = _talk(tx, roster, person, typed, channel)
    try:
        return _noted(talk, text, _rewritten(talk, text, typed, before))
    except OvertakenError:
        return overtaken(typed.words)


def answer_deleted(
    tx: Transaction, roster: Roster, person: Person, name: str, at: datetime, channel: str
) -> Reply | None:
    """What a text had set stays when the text is deleted; one tap takes it back."""
    text = take_wording(tx, roster.organization, channel, name, at, gone=True)
    return _still_there(Talk(tx, roster, person, channel), text, "投稿が削除されました。") if text else None


def chosen(talk: Talk, text: Text | None, update: StatusUpdate, target: Person) -> Reply:
    """Carry out one of the readings that a text was answered with, in the place of what the text had set."""
    standing = standing_of(talk.tx, talk.roster.organization, text.changes) if text else []
    if standing and update.action is Action.SET and target == _whose(talk, standing):
        reply = _replaced(talk, target, standing, update.entries)
    else:
        reply = carry_out(talk, update, target)
    if text:
        note_made(talk.tx, text, reply.change, None)
    return reply


def _talk(tx: Transaction, roster: Roster, person: Person, typed: Typed, channel: str) -> Talk:
    def counts() -> bool:
        return in_order(tx, roster.organization, channel, typed.sender, typed.worded_at)

    return Talk(tx, roster, person, channel, typed.typed_at, counts)


def _noted(talk: Talk, text: Text, reply: Reply | None) -> Reply | None:
    if reply and (reply.change or reply.question):
        note_made(talk.tx, text, reply.change, reply.question)
    return reply


def _read(talk: Talk, typed: Typed) -> Reply | None:
    return answer_text(
        talk.tx,
        talk.roster,
        talk.person,
        typed.words,
        "chat",
        talk.channel,
        in_channel=typed.in_channel,
        typed_at=talk.said_at,
        in_order=talk.in_order,
    )


def _rewritten(talk: Talk, text: Text, typed: Typed, before: str) -> Reply | None:
    office = talk.roster.organization
    standing = standing_of(talk.tx, office, text.changes)
    at = typed.typed_at.astimezone(talk.roster.zone)
    old, new = (talk.understand(words, "chat", at) for words in (before, typed.words))
    same = new == old and called_off(typed.words) == called_off(before)
    if same and _was_followed(text, standing, new):
        return None
    if standing:
        return _follow(talk, text, typed, standing, old, new)
    if was_overtaken(talk.tx, office, text.changes):
        return overtaken(typed.words) if new.action is Action.SET else None
    return _instead(talk, text, typed) or (_read(talk, typed) if _is_recent(talk, typed) else None)


def _was_followed(text: Text, standing: Sequence[StoredEntry], new: StatusUpdate) -> bool:
    """Whether a wording that means the same as the one before it has nothing new for us.

    It has where the one before it is not the one that was read: that has overtaken this one's.
    """
    if standing:
        return tuple(item.entry for item in standing) == new.entries
    never_read = not text.known or (new.action is Action.SET and not text.changes and not text.question)
    return not never_read


def _is_recent(talk: Talk, typed: Typed) -> bool:
    return talk.tx.now - typed.typed_at < _READ_WITHIN


def _instead(talk: Talk, text: Text, typed: Typed) -> Reply | None:
    """Take back what the text did last and do what it says now; None where that is nothing.

    So 30分延長 becomes 1時間延長, and 毎週水曜は在宅 毎週木曜は在宅. Only of the speaker: others were told.
    """
    last = origin_of(talk.tx, talk.roster.organization, text.changes[-1]) if text.changes else None
    if last is None or last.staff != talk.person.id or not _is_recent(talk, typed):
        return None
    with contextlib.suppress(NothingToChangeError), talk.tx.savepoint():
        talk.author()
        undo_change(talk.tx, talk.roster, last.change)
        return _changed_by(_read(talk, typed))
    return None


def _changed_by(reply: Reply | None) -> Reply:
    """An answer that tells of a change.

    Raises:
        NothingToChangeError: it tells of none.
    """
    if reply is None or not reply.change:
        raise NothingToChangeError
    return reply


def _follow(
    talk: Talk,
    text: Text,
    typed: Typed,
    standing: Sequence[StoredEntry],
    old: StatusUpdate,
    new: StatusUpdate,
) -> Reply | None:
    """Do what the new wording says in the place of what stands of the old ones."""
    target = _whose(talk, standing)
    same_person = target is not None and (talk.named(new.who) if new.who else (talk.person,)) == (target,)
    if new.action is Action.ASK:
        reply = ask(talk, typed.words, new, "chat")
        stays = f"お選びになるまでは「{listed(talk, standing)}」のままです。"
        return replace(reply, card=replace(reply.card, small=(*reply.card.small, stays)))
    holds = any(item.covers(talk.tx.now) for item in standing)
    if target and same_person and new.action is Action.CLEAR and holds:
        return carry_out(talk, new, target)
    lasting = tuple(entry for entry in new.entries if entry.end is None or entry.end > talk.tx.now)
    repeats = speaks_of_repetition(typed.words) or any(item.series for item in standing)
    if target and same_person and lasting and not repeats:
        return _replaced(talk, target, standing, lasting)
    alike = repeats or (new.action is old.action and new.action is not Action.CLEAR)
    instead = _instead(talk, text, typed) if same_person and alike else None
    return instead or _still_there(talk, text, "書き直された内容は登録していません。")


def _replaced(talk: Talk, target: Person, standing: Collection[StoredEntry], new: Sequence[Entry]) -> Reply:
    author = talk.author()
    lock_board(talk.tx, talk.roster.organization, target.id)  # one of two changes at once finds it over
    ids = {item.id for item in standing}
    return confirmed(talk, target, replace_entries(talk.tx, talk.roster, target, ids, new, author))


def _whose(talk: Talk, standing: Sequence[StoredEntry]) -> Person | None:
    origin = origin_of(talk.tx, talk.roster.organization, standing[0].change)
    return talk.roster.people.get(origin.staff) if origin else None  # type: ignore[call-overload]


def listed(talk: Talk, items: Sequence[StoredEntry]) -> str:
    """Entries in words; what repeats as one."""
    repeated = (find_series(talk.tx, talk.roster.organization, item.series or "") for item in items)
    names = (
        in_words(series.rule) if series else talk.reading(item.entry)
        for item, series in zip(items, repeated, strict=True)
    )
    return "、".join(dict.fromkeys(names))


def live_of(talk: Talk, text: Text) -> list[StoredEntry]:
    """What a text had set and still is or will be so."""
    standing = standing_of(talk.tx, talk.roster.organization, text.changes)
    return [item for item in standing if item.stops is None or item.stops > talk.tx.now]


def _still_there(talk: Talk, text: Text, what: str) -> Reply | None:
    """What the text had set stays; one tap takes it back. None where it is over anyway."""
    live = live_of(talk, text)
    if not live:
        return None
    buttons = [Button("status_cancel", "取り消し", live[0].change)]
    if not live[0].series:
        buttons.append(Button("status_edit", "変更", live[0].id))
    title = f"{what}「{listed(talk, live)}」の登録はそのままです"
    return Reply(Card(title=title, buttons=tuple(buttons)))
