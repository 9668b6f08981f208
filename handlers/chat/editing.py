"""変更: in a chat without forms, the next words of the person take the place of the entry they tapped."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.language.model import Action, Basis, Context, Entry, StatusUpdate
from bot.platforms.cards import Button, Card
from bot.presence.history import live_entry, origin_of
from bot.presence.timeline import StoredEntry
from bot.store.inbox import await_words, awaited, stop_awaiting
from handlers.chat.change import edited, not_yours, over, owner
from handlers.chat.moving import moved_to
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_WITHIN = timedelta(minutes=10)
_TODAY = re.compile(r"今日|本日|今から|いまから|today|now", re.IGNORECASE)


def edit(talk: Talk, value: str, picked: datetime | None) -> Reply:
    """Ask for the new words, or take the end that was picked. Slack opens a form instead."""
    if not value:
        return Reply(Card(text="いまの状況を一言で送ってください（例: 外出 17時まで）。"))
    target = owner(talk, origin_of(talk.tx, talk.roster.organization, value))
    if target is None:
        return not_yours()
    item = live_entry(talk.tx, talk.roster.organization, target.id, value)
    if item is None:
        return over(talk)
    if picked is None:
        _begin(talk, item.id)
        return _question(talk, item)
    if picked <= max(talk.tx.now, item.entry.start):
        return Reply(Card(text="選ばれた時刻はもう過ぎています。もう一度お選びください。"))
    _end(talk)
    return edited(talk, item.id, replace(item.entry, end=picked, basis=Basis.STATED))


def _question(talk: Talk, item: StoredEntry) -> Reply:
    present = item.covers(talk.tx.now)
    return Reply(
        Card(
            title=f"変更: {talk.reading(item.entry)}",
            text="新しい内容を送ってください（例: 外出 17時まで）。終わりだけならボタンで選べます。",
            buttons=(
                Button("status_edit", "終わりの時刻を選ぶ", item.id, picks_time=True),
                Button("status_cancel", "予定を取り消す", item.id),
            ),
            choices=("30分延長", "1時間延長", *(("戻りました",) if present else ())),
        )
    )


def new_words(talk: Talk, words: str, update: StatusUpdate, context: Context) -> Reply | None:
    """The entry whose 変更 was tapped just before, as these words have it; None where none was."""
    if update.action in (Action.CLEAR, Action.QUERY):
        leave_edit(talk)
        return None
    if not (given := _begun(talk)):
        return None
    target = owner(talk, origin_of(talk.tx, talk.roster.organization, given))
    item = live_entry(talk.tx, talk.roster.organization, target.id, given) if target else None
    if target is None or item is None or (update.who and target not in talk.named(update.who)):
        return None
    new = _as_said(talk, words, update, item, context)
    if not new or any(entry.end and entry.end <= max(talk.tx.now, entry.start) for entry in new):
        return None
    _end(talk)
    return edited(talk, given, *new)


def leave_edit(talk: Talk) -> None:
    """Somebody who tapped 変更 has gone on to something else: what comes later is no longer meant of it."""
    if not talk.has_forms:
        _end(talk)


def _as_said(
    talk: Talk, words: str, update: StatusUpdate, item: StoredEntry, context: Context
) -> tuple[Entry, ...]:
    """What the words make of an entry; nothing where they say no time."""
    if update.action is Action.SET:
        return _on_its_day(talk, words, update, item, context).entries
    if update.action is Action.EXTEND:
        end = update.end or (item.entry.end and item.entry.end + timedelta(minutes=update.minutes or 0))
        return (replace(item.entry, end=end, basis=Basis.STATED),) if end else ()
    times = moved_to(talk, item, words)  # 13時から14時に: the kind is known
    return (times,) if times else ()


def _on_its_day(
    talk: Talk, words: str, update: StatusUpdate, item: StoredEntry, context: Context
) -> StatusUpdate:
    """13時から15時, of a plan for another day, is meant of that day."""
    zone, today = talk.roster.zone, talk.now.date()
    day = item.entry.start.astimezone(zone).date()
    said = {entry.start.astimezone(zone).date() for entry in update.entries}
    if day <= today or said != {today} or _TODAY.search(words):
        return update
    there = talk.understand(f"{day.month}/{day.day} {words}", context)
    return there if there.action is Action.SET else update


def _begin(talk: Talk, entry: str) -> None:
    at = talk.said_at or talk.tx.now
    await_words(talk.tx, talk.roster.organization, talk.person.id, entry, at)


def _begun(talk: Talk) -> str | None:
    """The entry whose 変更 the speaker tapped in the minutes before these words."""
    at = talk.said_at or talk.tx.now
    return awaited(talk.tx, talk.roster.organization, talk.person.id, at - _WITHIN, at)


def _end(talk: Talk) -> None:
    stop_awaiting(talk.tx, talk.roster.organization, talk.person.id)
