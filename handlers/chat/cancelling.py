"""外出取り消し, 明日の出張はキャンセル: which entry is meant, and taking back what was said last."""

import re
from datetime import timedelta

from bot.language.model import Action, Context, Entry, StatusUpdate
from bot.office.model import Person
from bot.presence.board import lock_board
from bot.presence.history import last_change
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import plan_of
from handlers.chat import overview
from handlers.chat.change import call_off, undone
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_CANCELLED = re.compile(
    r"[はがもを、,]?\s*(?:取り?消し?|取りやめ|取止め|キャンセル|中止|なくな|なし[にで]|流れ|やめ|止め|cancel).*",
    re.IGNORECASE | re.DOTALL,
)
_CANCEL = re.compile(r"cancel\s+(?:(?:my|the)\s+)?(?P<what>.+?)[.!]*", re.IGNORECASE | re.DOTALL)
_UNDO = re.compile(
    r"(?:さっきの|今の|いまの|前の)?\s*(?:を|は)?\s*(?:やっぱり?|やはり)?\s*"
    r"(?:取り?消し?|キャンセル|元に戻し?|なし|undo|cancel)\s*(?:て|です|します|して(?:ください)?|で(?:お願いします)?)?[。.!！]?",
    re.IGNORECASE,
)
_LAST_WITHIN = timedelta(hours=1)


def takes_back_last(talk: Talk, words: str) -> Reply | None:
    """取り消し alone: what the speaker changed last, if that was within the hour."""
    if not _UNDO.fullmatch(words):
        return None
    change = last_change(talk.tx, talk.roster.organization, talk.person.id, talk.tx.now - _LAST_WITHIN)
    return undone(talk, change) if change else None


def called_off(words: str) -> str:
    """The words by which a text names what it calls off; empty where it calls off nothing."""
    if found := _CANCEL.fullmatch(words.strip()):
        return found["what"]
    rest = _CANCELLED.sub("", words, count=1)
    return rest if rest != words else ""


def cancelled(talk: Talk, words: str, target: Person) -> Reply | None:
    """The planned entry that a text calls off; None where it calls off none by name."""
    rest = called_off(words)
    if not rest:
        return None
    named = named_plan(talk, rest, "command")
    if named is None:
        return None
    if named.who:
        found = talk.named(named.who)
        if len(found) != 1:
            return overview.colleagues_status(talk, named.who, found)
        target = found[0]
    talk.author()  # a word of before takes back nothing of after
    lock_board(talk.tx, talk.roster.organization, target.id)  # one of two changes at once finds it over
    plan = plan_of(talk.tx, talk.roster, target.id)
    if not plan and talk.is_self(target):
        return None
    meant = meant_by(talk, named.entries[0], plan)
    return call_off(talk, target, meant) if meant else overview.nothing_of_that(talk, target)


def named_plan(talk: Talk, words: str, context: Context) -> StatusUpdate | None:
    """The plan that is spoken of, read as if it were being made: 明日の出張 as 明日 出張.

    In the context `chat` it must name a kind.
    """
    for said in (words, words.replace("の", " ")):
        update = talk.understand(said, context)
        if update.action is Action.SET:
            return update
    return None


def meant_by(talk: Talk, named: Entry, plan: list[StoredEntry]) -> StoredEntry | None:
    """The entry of that kind and name at that time; with no time named, what holds, else what comes first."""
    of_kind = _called(named.note, [item for item in plan if item.entry.kind is named.kind])
    if named.start <= talk.tx.now:
        holding = [item for item in of_kind if item.covers(talk.tx.now)]
        return next(iter(holding or of_kind), None)
    return next((item for item in of_kind if _meets(item.entry, named)), None)


def _called(name: str, plan: list[StoredEntry]) -> list[StoredEntry]:
    """Those that may be meant by a name (大阪 of 大阪出張): those of that name, else those of none."""
    if not name:
        return plan
    nameless = [item for item in plan if not item.entry.note]
    named = [item for item in plan if item.entry.note]
    return [item for item in named if name in item.entry.note or item.entry.note in name] or nameless


def _meets(one: Entry, other: Entry) -> bool:
    """Whether two stretches have a moment in common."""
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)
