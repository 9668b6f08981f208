"""What an event in somebody's calendar says of their whereabouts (docs/calendars.md). Pure.

A wrong status is worse than none: what is free, private, tentative or about somebody else says
nothing, nor does a day-long event without a clear word. A title is a note: callers never hear it.
"""

import hashlib
import re
from dataclasses import dataclass

from bot.language.model import Basis, Entry, Kind
from bot.presence.ics import Event


@dataclass(frozen=True, slots=True)
class _Rule:
    """Words in a title and the kind they stand for; `days`: also where the event lasts whole days."""

    kind: Kind
    words: re.Pattern[str]
    days: bool = True


_NOT_ABOUT_IT = r"(?!の?(?:報告|精算|申請|準備|手配|資料|届|相談|調整|計画|明け))"


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_NOT_ABOUT_IT}", re.IGNORECASE)


_RULES = (
    _Rule(
        Kind.LEAVE,
        _words(
            r"休暇|(?<!昼)休み|有休|有給(?:休暇)?+|年休|半休|代休|振休|欠勤|忌引|育休|産休"
            r"|\bOOO\b|out of office|vacation|day off|\bPTO\b|sick"
        ),
    ),
    _Rule(Kind.TRIP, _words(r"出張|business trip")),
    _Rule(
        Kind.REMOTE,
        _words(
            r"在宅(?:勤務)?+|テレワーク|リモートワーク|リモート勤務|\bWFH\b|working from home|remote work"
        ),
    ),
    _Rule(Kind.OUT, _words(r"外出|訪問|客先|往訪|現場|直行|直帰|移動|通院|visit|off-?site")),
    _Rule(Kind.MEETING, _words(r"研修|セミナー|講習|training|seminar")),
    _Rule(
        Kind.MEETING,
        _words(
            r"来客|来訪|来社|面接|面談|商談|会議|打ち?合わ?せ|ミーティング|\bMTG|定例|meeting|interview|1on1"
        ),
        days=False,
    ),
    _Rule(Kind.AWAY, _words(r"離席|休憩|昼休み|昼食|ランチ|lunch|break"), days=False),
    _Rule(Kind.BUSY, _words(r"電話|通話|作業|集中|focus|\bcall\b"), days=False),
)
_OUTLOOK = {"OOF": Kind.LEAVE, "WORKINGELSEWHERE": Kind.REMOTE}
_ANOTHER = re.compile(r"さん|くん|ちゃん|氏")
_ONE_S_OWN = frozenset({Kind.LEAVE, Kind.TRIP, Kind.REMOTE})


def entry_of(event: Event) -> Entry | None:
    """The entry that an event makes; None where it says nothing of its owner's whereabouts."""
    if event.free or event.private:
        return None
    kind, word = _kind(event)
    if kind is None or (kind in _ONE_S_OWN and _ANOTHER.search(event.title)):
        return None
    return Entry(kind, event.start, event.end, Basis.STATED, event.title, word)


def key_of(event: Event, entry: Entry) -> str:
    """The same for as long as nothing that the entry shows changes."""
    parts = (event.uid, entry.start.isoformat(), str(entry.end), entry.kind, entry.note, entry.word)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _kind(event: Event) -> tuple[Kind | None, str]:
    """The kind, and the word of the title that decided it."""
    for rule in _RULES:
        found = rule.words.search(event.title)
        if found and (rule.days or not event.all_day):
            return rule.kind, found[0]
    if event.busy in _OUTLOOK:
        away = event.busy == "OOF" and not event.all_day
        return (Kind.OUT if away else _OUTLOOK[event.busy]), ""
    if event.all_day:
        return None, ""
    return (Kind.MEETING if event.others else Kind.BUSY), ""
