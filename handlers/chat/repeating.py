"""毎週水曜は在宅, in chat: begun, listed, changed and ended; one day of it is an entry like any other."""

import re
from dataclasses import replace
from datetime import datetime

from bot.delivery.wording import name_of
from bot.language.model import Context, Kind
from bot.office.model import Person
from bot.platforms.cards import Button, Card
from bot.presence.colleagues import kind_name
from bot.presence.history import origin_of
from bot.presence.repeating import (
    ONE_DAY,
    Repeated,
    Rule,
    UnclearRepetitionError,
    in_words,
    names_days_of,
    read_rule,
    speaks_of_repetition,
)
from bot.presence.series import Series, begin_series, end_series, find_series, series_of
from handlers.chat.change import confirmed, not_yours, owner, undone
from handlers.chat.overview import nobody
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_SHOWN_OCCURRENCES = 3
_MOST_OFFERED = 5
_ENDED = re.compile(
    r"[のはもをが、,\s]*(?:取り?消し?|取りやめ|取止め|キャンセル|中止|解除|廃止|終了|終わりに|やめ|止め|削除|なくなり|なしに)"
    r"(?:です|ます|ました|る|た|て|にします|します|しました|して|してください|ください|たいです|お願いします)*[。.!！]*$"
    r"|^(?:cancel|stop)\s+",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?P<old>.+?)[をはが](?P<new>[^をはが].*?)(?:に|へ)\s*(?:変更|変え|します|して).*", re.DOTALL
)
_COLLEAGUES = re.compile(
    r"[@＠]?(?P<who>\S{1,20}?)\s*(?:さん|くん|君|ちゃん|様|氏)\s*[のはが]?\s*(?P<rest>.+)", re.DOTALL
)
_SAME = Card(
    text="繰り返しの予定として読み取れませんでした。",
    small=("「毎週水曜は在宅」「平日は毎日10時から11時まで会議」「隔週月曜 出張」のように送ってください。",),
)


def repeating(talk: Talk, words: str, context: Context, at: datetime) -> Reply | None:
    """The answer to a text that sets, ends or changes something that repeats; None where it does not."""
    if not speaks_of_repetition(words):
        return None
    rest = _ENDED.sub("", words, count=1)
    if rest != words:
        return None if ONE_DAY.search(rest) else _ended(talk, *_whose(talk, rest))
    if (found := _CHANGED.fullmatch(words)) and (reply := _changed(talk, found["old"], found["new"], at)):
        return reply
    try:
        repeated = _read(talk, words, context, at)
    except UnclearRepetitionError:
        return Reply(_SAME)
    if repeated is None:
        return None
    target = _target(talk, repeated.who)
    return _begun(talk, target, repeated.rule) if isinstance(target, Person) else target


def series_changed(talk: Talk, given: str) -> Reply | None:
    """変更 of a repetition: how to say it; None where the id is not one's."""
    item = find_series(talk.tx, talk.roster.organization, given)
    if item is None:
        return None
    name = f"{_days(item)}の{kind_name(_kind(item))}"
    return Reply(
        Card(
            title=f"変更: {in_words(item.rule)}",
            text=f"「{name}を毎週木曜に変更」「{name}を10時から12時に変更」のように送ってください。",
            small=(
                "1日だけ変えるときは「来週水曜は15時まで外出」のように、その日の予定を送るだけで結構です。",
            ),
            buttons=(Button("status_cancel", "繰り返しをやめる", item.id),),
        )
    )


def taken_back(talk: Talk, given: str) -> Reply:
    """取り消し of whatever was shown with it: a repetition as a whole, else a change or an entry."""
    item = find_series(talk.tx, talk.roster.organization, given)
    if item is None:
        return undone(talk, given)
    target = owner(talk, origin_of(talk.tx, talk.roster.organization, item.change))
    return replace(_end(talk, target, item), replaces=True) if target else not_yours()


def _read(talk: Talk, words: str, context: Context, at: datetime) -> Repeated | None:
    return read_rule(words, at, context, talk.roster.calendar, talk.understand)


def _target(talk: Talk, who: str | None) -> Person | Reply:
    found = talk.named(who) if who else (talk.person,)
    if len(found) == 1:
        return found[0]
    if not found:
        return nobody(who or "")
    names = "・".join(f"「{person.name}さん 毎週…」" for person in found[:_MOST_OFFERED])
    return Reply(Card(text=f"「{who}」さんは何人かいます。{names}のように、お名前まで書いて送ってください。"))


def _whose(talk: Talk, words: str) -> tuple[Person, str]:
    """Whom the words are about: the one colleague they begin with, else the speaker; and the rest of them."""
    found = _COLLEAGUES.fullmatch(words)
    named = talk.named(found["who"]) if found else ()
    return (named[0], found["rest"]) if found and len(named) == 1 else (talk.person, words)


def _begun(talk: Talk, target: Person, rule: Rule, *, instead_of: Series | None = None) -> Reply:
    if rule in [item.rule for item in series_of(talk.tx, talk.roster.organization, target.id)]:
        return Reply(Card(text=f"「{in_words(rule)}」は、すでに登録されています。"))
    old = instead_of.id if instead_of else None
    change = begin_series(talk.tx, talk.roster, target, rule, talk.author(), instead_of=old)
    begun = next(
        item.id
        for item in series_of(talk.tx, talk.roster.organization, target.id)
        if item.change == change.id
    )
    shown = replace(change, entries=change.entries[:_SHOWN_OCCURRENCES])
    verb = "に変更しました" if instead_of else "を登録しました"
    who = "" if talk.is_self(target) else f"{name_of(talk.roster, target.id)}: "
    words = in_words(rule)
    reply = confirmed(talk, target, shown, title=f"{who}{words} {verb}", what=words)
    card = replace(
        reply.card,
        text="\n".join(f"・{talk.reading(entry)}" for entry in shown.entries),
        small=(
            "祝日と休業日は除きます。1日だけ変えるときは、その日の予定を送ってください。",
            *_told(reply),
        ),
        buttons=(
            Button("status_cancel", "取り消し", change.id),
            *([Button("status_edit", "変更", begun)] if talk.is_self(target) else []),
        ),
    )
    return replace(reply, card=card)


def _told(reply: Reply) -> tuple[str, ...]:
    """What the answer says of telling the colleague; the rest of its small print is of single entries."""
    return tuple(line for line in reply.card.small if "お知らせ" in line)


def _ended(talk: Talk, target: Person, rest: str) -> Reply | None:
    """毎週水曜の在宅をやめます: the repetition that is meant, or which of several; a colleague's too."""
    known = series_of(talk.tx, talk.roster.organization, target.id)
    meant = _meant(talk, rest, known)
    if not meant and known:
        listed = "、".join(in_words(item.rule) for item in known[:_MOST_OFFERED])
        return Reply(Card(text=f"その繰り返しは見つかりませんでした。登録されているのは、{listed} です。"))
    if not meant:
        return None
    if len(meant) == 1:
        return _end(talk, target, meant[0])
    buttons = tuple(
        Button("status_cancel", f"{in_words(item.rule)} をやめる", item.id) for item in meant[:_MOST_OFFERED]
    )
    return Reply(Card("どの繰り返しをやめますか。", buttons=buttons))


def _end(talk: Talk, target: Person, item: Series) -> Reply:
    change = end_series(talk.tx, talk.roster, target, item.id, talk.author())
    words = in_words(item.rule)
    who = "" if talk.is_self(target) else f"{name_of(talk.roster, target.id)}: "
    return confirmed(talk, target, change, title=f"{who}繰り返しをやめました: {words}", what=words)


def _changed(talk: Talk, old: str, new: str, at: datetime) -> Reply | None:
    """毎週水曜の在宅を木曜に変更: what is not said anew stays as it was."""
    if not speaks_of_repetition(old):
        return None
    target, named = _whose(talk, old)
    meant = _meant(talk, named, series_of(talk.tx, talk.roster.organization, target.id))
    if len(meant) != 1:
        return None
    [item] = meant
    every = "隔週" if item.rule.weeks == 2 else "毎週"
    kind = kind_name(_kind(item))
    days = _days(item)
    forms = (
        new,
        f"{new} {kind}",
        f"{every}{new}",
        f"{every}{new} {kind}",
        f"{days} {new}",
        f"{days} {new} {kind}",
    )
    for words in forms:
        try:
            repeated = _read(talk, words, "chat", at)
        except UnclearRepetitionError:
            continue
        if repeated and repeated.who is None:
            rule = replace(repeated.rule, last=repeated.rule.last or item.rule.last)
            return _begun(talk, target, rule, instead_of=item)
    return Reply(_SAME)


def _meant(talk: Talk, words: str, own: list[Series]) -> list[Series]:
    """The repetitions that a text may mean: those of the days and of the kind that it names."""
    rest = re.sub("毎週|隔週|毎日|毎月|の|繰り?返し", " ", words)
    kinds = {entry.kind for entry in talk.understand(rest, "chat").entries}
    named = {item.id: names_days_of(words, item.rule, talk.roster.calendar) for item in own}
    if not kinds and None in named.values() and not re.search("繰り?返し", words):
        return []
    return [item for item in own if named[item.id] is not False and (not kinds or _kind(item) in kinds)]


def _kind(item: Series) -> Kind:
    return item.rule.spans[0].kind


def _days(item: Series) -> str:
    """`毎週水曜` of `毎週水曜 在宅勤務`."""
    return in_words(item.rule).partition(" ")[0]
