"""明日の会議を15時からに変更, 出張は木曜までになりました: which plan is meant, and what becomes of it.

Only a plan that is there can be moved; 17時に変更, which names none, is a new end of what holds.
"""

import re
from datetime import datetime, time, timedelta

from bot.language.model import Action, Entry, StatusUpdate
from bot.presence.board import lock_board
from bot.presence.colleagues import kind_name
from bot.presence.moving import at_new_times, names_clock, shifted
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import plan_of, replace_entries
from handlers.chat import overview
from handlers.chat.asking import DAY_WORD
from handlers.chat.cancelling import meant_by, named_plan
from handlers.chat.change import confirmed
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_MOVED = re.compile(
    r"(?P<old>[^、。\n]+?)(?:を|は|が|、)\s*(?P<new>[^をはが、。\n]+?)\s*(?:に|へ)?\s*"
    r"(?P<verb>変更|変え|変わ|ずら|ずれ|移し|移り|延期|延長|早ま|早め|遅ら|繰り?上|繰り?下|なりま|なった|なって|(?<=まで)です)"
    r"[^、\n]*",
)
_INSTEAD = re.compile(
    r"(?P<old>[^、。\n]+?)[をは]\s*(?:取り?消し?|取りやめ|やめ|キャンセル|中止)\s*(?:に?し)?て\s*、?"
    r"(?P<new>[^をはが、。\n]+?)\s*[にへ]\s*(?P<verb>し|変更|変え)[^、\n]*"
)
"""明日の休みを取り消して在宅にします."""
_DAY = re.compile(DAY_WORD, re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?<!週)(?<!週の)[月火水木金土日]曜|(?<!next )(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE
)


def moved(talk: Talk, words: str, update: StatusUpdate) -> Reply | None:
    """The answer to a text that changes a plan by its name; None where it names none."""
    found = _INSTEAD.fullmatch(words.strip()) or _MOVED.fullmatch(words.strip())
    if found is None or update.minutes is not None or not _may_be_of_a_plan(update, found["verb"]):
        return None
    named = named_plan(talk, found["old"], "chat")
    who = named and (update.who or named.who)
    about = talk.named(who) if who else (talk.person,)
    if named is None or len(about) != 1:
        return None
    [target] = about
    author = talk.author()
    lock_board(talk.tx, talk.roster.organization, target.id)  # one of two changes at once finds it over
    item = meant_by(talk, named.entries[0], plan_of(talk.tx, talk.roster, target.id))
    if found["verb"] == "です" and not (item and item.entry.start > talk.tx.now):
        return None  # 出張は木曜までです: rather of what begins now
    new = _anew(talk, item, found) if item else None
    if item is None or new is None or (new.end is not None and new.end <= max(talk.tx.now, new.start)):
        return overview.nothing_of_that(talk, target) if update.action is Action.EXTEND else None
    change = replace_entries(talk.tx, talk.roster, target, {item.id}, (new,), author)
    return confirmed(talk, target, change)


def _anew(talk: Talk, item: StoredEntry, found: re.Match[str]) -> Entry | None:
    """What becomes of the plan that a text names."""
    planned = item.entry.start > talk.tx.now
    by_so_much = shifted(item.entry, f"{found['new']}{found['verb']}") if planned else None
    return by_so_much or moved_to(talk, item, found["new"])


def _may_be_of_a_plan(update: StatusUpdate, verb: str) -> bool:
    """Whether the status language leaves room for it: it knows no plans."""
    if update.action is Action.SET:  # 明日の休みを午後休に変更; not 午後から外出になりました
        return len(update.entries) == 1 and not verb.startswith("な")
    return update.action in (Action.EXTEND, Action.NONE)


def moved_to(talk: Talk, item: StoredEntry, words: str) -> Entry | None:
    """The entry as the new words have it; None where they say no time."""
    start = item.entry.start.astimezone(talk.roster.zone)
    names_day = _DAY.search(words) is not None
    there = words if names_day or item.covers(talk.tx.now) else f"{start.month}/{start.day} {words}"
    at = _spoken_in(talk, start, words)
    anew = talk.understand(there, "chat", at)
    if anew.action is Action.SET and len(anew.entries) == 1:
        return anew.entries[0]  # another kind, or all of it said again
    read = talk.understand(f"{there} {kind_name(item.entry.kind)}", "command", at)
    if read.action is not Action.SET or len(read.entries) != 1 or not (names_day or names_clock(words)):
        return None
    return at_new_times(item.entry, read.entries[0], words, start, holds=item.covers(talk.tx.now))


def _spoken_in(talk: Talk, start: datetime, words: str) -> datetime:
    """When words about a plan are meant from: a weekday alone is one of the week in which the plan begins."""
    monday = datetime.combine(start.date() - timedelta(days=start.weekday()), time(0), start.tzinfo)
    return max(monday, talk.now) if _WEEKDAY.search(words) else talk.now
