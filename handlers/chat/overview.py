"""What chat shows on being asked: one's own plan, a colleague, everybody, open messages, help."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.delivery.wording import caller_title, moment, name_of, telephone
from bot.digests.personal import personal_figures
from bot.messages.model import Why
from bot.messages.tables import messages, recipients
from bot.messages.verbs import caller_of
from bot.office.model import Person, StaffId
from bot.platforms.cards import Button, Card, Fact
from bot.presence.colleagues import colleague_line
from bot.presence.model import PresenceNow
from bot.presence.reachable import may_be_asked
from bot.presence.repeating import in_words
from bot.presence.series import series_of, without_later_occurrences
from bot.presence.timeline import set_aside
from bot.presence.verbs import entries_of, plan_of, presence_of
from bot.transfers.legs import everyones_presence_with_calls, presence_with_calls
from handlers.chat import settings
from handlers.chat.change import HEARD, answers_to_being_late, state
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_MOST_ENTRIES = 8
_MOST_CALLS = 8
_MOST_NAMED = 5
_MOST_LINES = 40
_NAMES_CHARACTERS = 240
_NOTHING_SET = "登録なし（在席の扱い）"
_NO_PLAN = "登録されている予定はありません（在席の扱いです）"
_NO_DEPARTMENT = "所属なし"
_NUMBERS = "①②③④⑤⑥⑦⑧"

HELP = Card(
    title="取次ぎの使い方",
    text=(
        "いまどこにいるかを一言送ると、お電話の方へのご案内がすぐに変わります。\n"
        "・外出 15時まで　・来週水曜〜金曜 福岡出張　・毎週水曜は在宅　・14時から会議　・在宅　・午後半休\n"
        "・戻りました　・30分延長　・15時ではなく16時に戻ります\n"
        "ほかの方のこと\n"
        "・佐藤さん どこ？　・みんなの状況　・佐藤さん 15時帰社（代わりに登録）\n"
        "お電話のこと\n"
        "・伝言（未対応の一覧）　・取次ぎのカードは「つなぐ」などのボタンで答えます\n"
        "・取次ぎ設定　・会議中でもVIPは可　・夜間不可　・取次ぎの電話は090-1234-5678"
    ),
    small=("迷うときは登録せずにお尋ねします。間違えたら「取り消し」で元に戻ります。",),
    choices=("戻りました", "外出", "会議", "みんなの状況", "伝言"),
)


def help_card() -> Reply:
    """Short and friendly, with examples."""
    return Reply(HELP)


def stranger(managers: Iterable[Person], account: str) -> Card:
    """For somebody whom the office file does not know: whom to ask, and nothing else."""
    names = "・".join(f"{person.name}さん" for person in list(managers)[:3])
    whom = f"管理者（{names}）" if names else "管理者"
    return Card(
        title="まだ取次ぎに登録されていません",
        text=f"お手数ですが、{whom}に「取次ぎに登録してください（{account}）」とお伝えください。",
        summary="まだ取次ぎに登録されていません",
    )


def own_status(talk: Talk) -> Reply:
    """The speaker's present and planned entries, each to be changed or cancelled."""
    now = presence_of(talk.tx, talk.roster, talk.person.id)
    planned = _planned(talk)
    facts, buttons = _page(planned, 0)
    if now.overdue:
        facts.insert(0, Fact("いま", state(talk, now)))
        buttons += answers_to_being_late(talk, talk.person)
    elif now.kind is not None:
        buttons.append(Button("status_clear", "戻りました", style="primary"))
    facts.append(Fact(HEARD, talk.heard(talk.person, now)))
    asked = settings.summary(talk.person)
    if asked:
        facts.append(Fact("取次ぎ", asked))
    buttons.append(Button(settings.SHOW, "取次ぎの設定"))
    title = "あなたの予定" if planned or now.overdue else _NO_PLAN
    return Reply(Card(title=title, facts=tuple(facts), buttons=tuple(buttons)))


def more_of_own(talk: Talk, value: str) -> Reply:
    """続き: the plans after the first so many."""
    shown = int(value) if value.isdecimal() else 0
    planned = _planned(talk)
    if shown >= len(planned):
        return own_status(talk)
    facts, buttons = _page(planned, shown)
    return Reply(Card(title="あなたの予定（続き）", facts=tuple(facts), buttons=tuple(buttons)))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan or a repetition as it is listed: its id, and what taking it back is called."""

    id: str
    label: str
    reading: str
    end: str = "取り消し"


def _planned(talk: Talk) -> list[_Planned]:
    """Whatever the speaker has planned, what repeats last."""
    plan = without_later_occurrences(plan_of(talk.tx, talk.roster, talk.person.id), talk.roster.zone)
    repeated = series_of(talk.tx, talk.roster.organization, talk.person.id)
    aside = set_aside(entries_of(talk.tx, talk.roster.organization, talk.person.id), talk.tx.now)
    single = []
    for item in plan:
        present = item.covers(talk.tx.now) and item.id not in aside
        single.append(_Planned(item.id, "", f"{talk.reading(item.entry)}{'（いま）' if present else ''}"))
    return single + [_Planned(item.id, " 繰り返し", in_words(item.rule), "やめる") for item in repeated]


def _page(planned: Sequence[_Planned], shown: int) -> tuple[list[Fact], list[Button]]:
    """So many plans as can be told apart at a glance, after those shown already; and the way to the rest."""
    facts, buttons = [], []
    for mark, item in zip(_NUMBERS, planned[shown : shown + _MOST_ENTRIES], strict=False):
        facts.append(Fact(f"{mark}{item.label}", item.reading))
        buttons.append(Button("status_edit", f"{mark} 変更", item.id))
        buttons.append(Button("status_cancel", f"{mark} {item.end}", item.id))
    left = len(planned) - shown - len(facts)
    if left > 0:
        buttons.append(Button("status_more", f"続き（あと {left} 件）", str(shown + len(facts))))
    return facts, buttons


def colleagues_status(talk: Talk, typed: str, found: Sequence[Person]) -> Reply:
    """Where a colleague is and what is planned; each of them where several share the name."""
    if not found:
        return nobody(typed)
    facts = []
    for person in found[:_MOST_NAMED]:
        now = presence_with_calls(talk.tx, talk.roster, person)
        facts.append(Fact("", colleague_line(talk.roster.office, person, now, talk.tx.now)))
        plan = without_later_occurrences(plan_of(talk.tx, talk.roster, person.id), talk.roster.zone)
        planned = [item for item in plan if item.entry.start > talk.tx.now]
        facts += [Fact("　予定", talk.reading(item.entry)) for item in planned[:_MOST_NAMED]]
        if len(planned) > _MOST_NAMED:
            facts.append(Fact("　予定", f"ほか {len(planned) - _MOST_NAMED} 件"))
    if len(found) == 1:
        now = presence_with_calls(talk.tx, talk.roster, found[0])
        facts.append(Fact(HEARD, talk.heard(found[0], now)))
    return Reply(
        Card(title=f"{found[0].name}さん" if len(found) == 1 else f"「{typed}」さん", facts=tuple(facts))
    )


def nobody(typed: str) -> Reply:
    return Reply(
        Card(text=f"「{typed[:40]}」さんは見つかりませんでした。名字か、@ をつけた名前で送ってください。")
    )


def nothing_of_that(talk: Talk, person: Person) -> Reply:
    """There is no such plan to take back; what there is."""
    own = person.id == talk.person.id
    shown = own_status(talk) if own else colleagues_status(talk, person.name, (person,))
    return Reply(replace(shown.card, small=("その予定は見つかりませんでした。何も変えていません。",)))


def board(talk: Talk, *, whole: bool = False) -> Reply:
    """みんなの状況: who is where, until when, and who can be connected; the speaker's department first.

    As many as can be read at a glance, or the `whole` office.
    """
    everyone = everyones_presence_with_calls(talk.tx, talk.roster)
    nearest = sorted(
        (talk.roster.people[staff] for staff in everyone),
        key=lambda one: (one.department != talk.person.department, one.department or "", one.id),
    )
    away = [person for person in nearest if everyone[person.id].kind is not None]
    present = [person for person in nearest if everyone[person.id].kind is None]
    lines = _whereabouts(talk, away if whole else away[:_MOST_LINES], everyone)
    if not whole and len(away) > _MOST_LINES:
        lines.append(f"ほか {len(away) - _MOST_LINES} 名（「名前 どこ？」でお尋ねください）")
    lines = lines or ["不在の登録はありません。"]
    small = []
    if whole and present:
        lines += ["", f"{_NOTHING_SET} {len(present)} 名", *_named_by_department(talk, present, everyone)]
    else:
        small.append(f"{_NOTHING_SET}: {_named_in_short(talk, present, everyone)}")
    if "☎" in "".join((*lines, *small)):
        small.append("☎ はいまお電話をおつなぎできる方です")
    return Reply(Card(title="みんなの状況", text="\n".join(lines), small=tuple(small)))


def _whereabouts(talk: Talk, away: Iterable[Person], everyone: Mapping[StaffId, PresenceNow]) -> list[str]:
    """A line for each, under the name of their department."""
    lines = []
    for department, people in groupby(away, key=lambda one: one.department):
        lines.append(f"【{department or _NO_DEPARTMENT}】")
        for person in people:
            line = colleague_line(talk.roster.office, person, everyone[person.id], talk.tx.now)
            lines.append(f"{line} ☎" if _can_be_connected(talk, person, everyone[person.id]) else line)
    return lines


def _named_by_department(
    talk: Talk, present: Iterable[Person], everyone: Mapping[StaffId, PresenceNow]
) -> Iterator[str]:
    for department, people in groupby(present, key=lambda one: one.department):
        names = "、".join(_named(talk, person, everyone[person.id]) for person in people)
        yield f"【{department or _NO_DEPARTMENT}】{names}"


def _named_in_short(talk: Talk, present: Sequence[Person], everyone: Mapping[StaffId, PresenceNow]) -> str:
    """As many names as one piece of small print holds."""
    names: list[str] = []
    for person in present:
        names.append(_named(talk, person, everyone[person.id]))
        if len("、".join(names)) > _NAMES_CHARACTERS:
            names.pop()
            return f"{'、'.join(names)} ほか {len(present) - len(names)} 名"
    return "、".join(names) or "なし"


def _named(talk: Talk, person: Person, now: PresenceNow) -> str:
    return f"{person.name} ☎" if _can_be_connected(talk, person, now) else person.name


def _can_be_connected(talk: Talk, person: Person, now: PresenceNow) -> bool:
    """Whether an ordinary call may be put through to a person now."""
    asked = may_be_asked(talk.roster.office, person, now, talk.tx.now, urgent=False, vip=False)
    return asked and bool(person.phone)


def open_calls(talk: Talk) -> Reply:
    """What the speaker is to deal with: own messages and those they stand in for, urgent ones first."""
    rows = _open_messages(talk)
    figures = _own_figures(talk)
    if not rows:
        return Reply(Card(title="未対応の伝言はありません", small=figures, tone="good"))
    facts, buttons = [], []
    for mark, row in zip(_NUMBERS, rows[:_MOST_CALLS], strict=False):
        caller = caller_of(row)
        urgent = "【至急】" if row.urgent else ""
        when = moment(row.created_at, talk.roster, talk.tx.now)
        facts.append(Fact(mark, f"{urgent}{caller_title(caller)} {when} {row.promise or row.wish}".rstrip()))
        if row.staff and row.staff != talk.person.id:
            facts.append(Fact("　宛先", name_of(talk.roster, row.staff)))
        if caller.number:
            facts.append(Fact("　電話", telephone(caller.number), caller.number))
        buttons.append(Button("message_done", f"{mark} 対応済み", row.id))
    more = ("ほかにもあります",) if len(rows) > _MOST_CALLS else ()
    return Reply(
        Card(title="未対応の伝言", facts=tuple(facts), small=(*more, *figures), buttons=tuple(buttons))
    )


def _open_messages(talk: Talk) -> Sequence[Row[Any]]:
    """One more than is shown, to know whether there are more."""
    mine = messages.c.staff == talk.person.id
    stands_in = sa.select(recipients.c.message).where(
        recipients.c.organization == talk.roster.organization,
        recipients.c.staff == talk.person.id,
        recipients.c.held.is_(None),
        recipients.c.why.in_((Why.LEAVE, Why.BACKUP, Why.MANAGER)),
    )
    return talk.tx.all(
        sa.select(messages)
        .where(
            messages.c.organization == talk.roster.organization,
            messages.c.state == "open",
            mine | messages.c.id.in_(stands_in),
        )
        .order_by(messages.c.urgent.desc(), mine.desc(), messages.c.created_at)
        .limit(_MOST_CALLS + 1)
    )


def _own_figures(talk: Talk) -> tuple[str, ...]:
    """How one's own week stands: messages, and promises."""
    own = personal_figures(talk.tx, talk.roster, talk.person.id)
    lines = []
    if own.week.count:
        lines.append(
            f"あなた宛ての伝言: 今日 {own.today.count}件（対応済み {own.today.done}件）、"
            f"7日間 {own.week.count}件（対応済み {own.week.done}件）"
        )
    if own.kept or own.broken:
        late = f"、守れなかった {own.broken}件" if own.broken else ""
        lines.append(f"7日間のお約束: 守れた {own.kept}件{late}")
    if own.next_due:
        lines.append(f"次のお約束: {moment(own.next_due, talk.roster, talk.tx.now)} まで")
    return tuple(lines)
