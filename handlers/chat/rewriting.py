"""A text that was read is rewritten or deleted by its author, as Slack allows: what it set follows.

Only what still stands as that text had set it: whatever was changed since by words or buttons is newer.
"""

from datetime import datetime

from bot.language.model import Action, Entry, StatusUpdate
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.presence.board import lock_board
from bot.presence.history import origin_of
from bot.presence.repeating import speaks_of_repetition
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import entries_of, replace_entries
from bot.store.transaction import Transaction
from handlers.chat.asking import ask
from handlers.chat.change import carry_out, confirmed
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk


def answer_rewritten(
    tx: Transaction,
    roster: Roster,
    person: Person,
    before: str,
    after: str,
    channel: str,
    *,
    typed_at: datetime,
) -> Reply | None:
    """Have the status that `before` set follow its new wording; None where `before` set nothing that stands.

    `after` is empty where the text was deleted. Both are read as of `typed_at`, when the text was sent.
    """
    talk = Talk(tx, roster, person, channel)
    at = typed_at.astimezone(roster.zone)
    old = talk.understand(before, "chat", at)
    target = _about(talk, old)
    if target:
        lock_board(tx, roster.organization, target.id)  # one of two changes at once finds it over
    set_by_it = _set_by(talk, target, old.entries) if target and not speaks_of_repetition(before) else []
    if target is None or not set_by_it:
        return None
    if not after:
        return _still_there(talk, set_by_it, "投稿が削除されました。")
    return _follow(talk, target, set_by_it, old, after, talk.understand(after, "chat", at))


def _follow(
    talk: Talk, target: Person, set_by_it: list[StoredEntry], old: StatusUpdate, after: str, new: StatusUpdate
) -> Reply | None:
    """Do what the new wording says in the place of what the old one had set."""
    if (new.entries, new.who) == (old.entries, old.who):
        return None
    if new.action is Action.ASK:
        return ask(talk, after, new, "chat")
    holds = any(item.covers(talk.tx.now) for item in set_by_it)
    if new.action is Action.CLEAR and new.who == old.who and holds:
        return carry_out(talk, new, target)
    lasting = tuple(entry for entry in new.entries if entry.end is None or entry.end > talk.tx.now)
    if not lasting or new.who != old.who or speaks_of_repetition(after):
        return _still_there(talk, set_by_it, "書き直された内容は登録していません。")
    ids = {item.id for item in set_by_it}
    change = replace_entries(talk.tx, talk.roster, target, ids, lasting, talk.actor)
    return confirmed(talk, target, change)


def _about(talk: Talk, update: StatusUpdate) -> Person | None:
    """Whom a text sets; None where it sets nobody, or not one alone."""
    if update.action is not Action.SET:
        return None
    found = talk.named(update.who) if update.who else (talk.person,)
    return found[0] if len(found) == 1 else None


def _set_by(talk: Talk, target: Person, said: tuple[Entry, ...]) -> list[StoredEntry]:
    """The entries that the speaker set by these words and that stand as they were set."""
    office = talk.roster.organization
    alike = [
        item for item in entries_of(talk.tx, office, target.id) if item.entry in said and not item.closed_at
    ]
    return [
        item
        for item in alike
        if (origin := origin_of(talk.tx, office, item.id)) and origin.actor == talk.person.id
    ]


def _still_there(talk: Talk, set_by_it: list[StoredEntry], what: str) -> Reply | None:
    """What the text had set stays; one tap takes it back. None where it is over anyway."""
    live = [item for item in set_by_it if item.stops is None or item.stops > talk.tx.now]
    if not live:
        return None
    readings = "、".join(talk.reading(item.entry) for item in live)
    return Reply(
        Card(
            title=f"{what}「{readings}」の登録はそのままです",
            buttons=(
                Button("status_cancel", "取り消し", live[0].change),
                Button("status_edit", "変更", live[0].id),
            ),
        )
    )
