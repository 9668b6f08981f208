"""A caller's message as a card, readable at a glance. Japanese; times in the office's zone."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.delivery.wording import caller_title, duration, moment, name_of, telephone
from bot.messages.model import CallerFacts, Held, Why
from bot.messages.recipients import given_to
from bot.messages.rules import RULE
from bot.messages.tables import messages, recipients
from bot.messages.verbs import caller_of
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card, Fact
from bot.reception.effects import disclosures_of
from bot.reception.tables import calls, disclosures
from bot.store.transaction import Transaction
from bot.transfers.callbacks import Outcome, last_callback
from bot.transfers.tables import callbacks

CALLBACK_ENDS = {
    Outcome.REACHED: "お話ししました",
    Outcome.STAFF_NO_ANSWER: "お電話に応答がなかったため、おかけしていません",
    Outcome.DECLINED: "取りやめました",
    Outcome.CALLER_BUSY: "お客様がお話し中でした",
    Outcome.CALLER_NO_ANSWER: "お客様がお出になりませんでした",
    Outcome.FAILED: "おつなぎできませんでした。お手元の電話からおかけください",
}
"""How calls back end, in a few words."""
CALLS = "calls"
"""The audience of a card in the calls channel."""


_WAYS = {"spoken": "口頭", "letters": "一文字ずつ", "sms": "SMS"}
_EARLIER = 3
_SUBJECT = 30  # characters of what an earlier call was about


_before = messages.alias("before")
_MESSAGE = sa.select(
    messages,
    sa.exists().where(disclosures.c.call == messages.c.call).label("disclosed"),
    sa.exists().where(recipients.c.message == messages.c.id).label("given"),
    sa.exists().where(callbacks.c.message == messages.c.id).label("called_back"),
    sa.exists()
    .where(
        _before.c.organization == messages.c.organization,
        _before.c.number == messages.c.number,
        _before.c.id < messages.c.id,
    )
    .label("called_before"),
).where(messages.c.id == sa.bindparam("message"), messages.c.organization == sa.bindparam("organization"))
"""A message, and what there is to be read beside it: most have little."""
_BEFORE = (
    sa.select(messages.c.staff, messages.c.wish, messages.c.body, messages.c.created_at)
    .where(
        messages.c.organization == sa.bindparam("organization"),
        messages.c.number == sa.bindparam("number"),
        messages.c.id < sa.bindparam("message"),
    )
    .order_by(messages.c.id.desc())
    .limit(_EARLIER + 1)
)


def message_card(tx: Transaction, roster: Roster, message_id: str, audience: str) -> Card | None:
    """A message as it stands, for one person or the calls channel; None where it is gone."""
    row = tx.first(_MESSAGE, {"message": message_id, "organization": roster.organization})
    if row is None:
        return None
    caller = caller_of(row)
    who = caller_title(caller)
    title = f"{'【至急】' if row.urgent and row.state == 'open' else ''}{who}からお電話がありました"
    if row.state == "done":
        title = f"対応済み: {title}"
    return Card(
        title=title,
        text=row.body,
        facts=_facts(tx, roster, row, caller),
        small=_small(tx, roster, row, audience),
        buttons=_buttons(row),
        tone="over" if row.state == "done" else ("urgent" if row.urgent else "plain"),
        summary=f"{title} {row.wish}".strip(),
        mention=_mentioned(roster, audience) if row.state == "open" else None,
    )


def _mentioned(roster: Roster, audience: str) -> str | None:
    """Whom a rule of the office wants called by name in the Slack channel it names."""
    if not audience.startswith(RULE):
        return None
    index = int(audience.removeprefix(RULE))
    rule = roster.office.rules[index] if index < len(roster.office.rules) else None
    person = roster.people.get(rule.mention) if rule and rule.mention else None
    return person.slack if person else None


def _facts(tx: Transaction, roster: Roster, row: Row[Any], caller: CallerFacts) -> tuple[Fact, ...]:
    facts = []
    to = name_of(roster, row.staff) or (f"{row.department} 宛" if row.department else "")
    if to:
        facts.append(Fact("宛先", to))
    facts.append(Fact("お客様", caller_title(caller)))
    number = number_fact(caller)
    if number:
        facts.append(number)
    if row.details.get("language") == "en":
        facts.append(Fact("言語", "英語"))
    if row.wish:
        facts.append(Fact("ご用件", row.wish))
    if row.urgent:
        facts.append(Fact("緊急度", "お急ぎ"))
    if row.promise:
        facts.append(Fact("お約束", promise_text(tx, roster, row)))
    connected = row.details.get("connected")
    if connected:
        facts.append(
            Fact("おつなぎ", f"{name_of(roster, connected['by'])}（{duration(connected['seconds'])}）")
        )
    if row.disclosed:
        facts += _disclosed(tx, roster, row.call)
    if row.details.get("recording"):
        facts.append(_recording(tx, row))
    return tuple(facts)


def _recording(tx: Transaction, row: Row[Any]) -> Fact:
    """The recording to listen to; Twilio gives an MP3, small enough for a telephone, where asked for one."""
    address = str(row.details["recording"])
    kept = tx.execute(sa.select(calls.c.recording).where(calls.c.id == row.call)).scalar() or {}
    seconds = kept.get("seconds")
    link = address if address.endswith((".mp3", ".wav")) else f"{address}.mp3"
    return Fact("録音", f"聞く（{duration(seconds)}）" if seconds else "聞く", link=link)


def _disclosed(tx: Transaction, roster: Roster, call: str) -> list[Fact]:
    """Whose mail address the caller was given, and how."""
    ways: dict[str, set[str]] = {}
    for row in disclosures_of(tx, call):
        ways.setdefault(row.staff, set()).add(row.how)
    told = {staff: "・".join(_WAYS[how] for how in _WAYS if how in hows) for staff, hows in ways.items()}
    return [
        Fact("メール", f"{name_of(roster, staff) or staff}のアドレスをお伝えしました（{how}）")
        for staff, how in told.items()
    ]


def number_fact(caller: CallerFacts) -> Fact | None:
    """The caller's number to tap, and whether they confirmed it."""
    if not caller.number:
        if not caller.number_said:
            return Fact("電話", "番号非通知")
        return Fact("電話", f"{telephone(caller.number_said)}（番号計画にない番号です。ご確認ください）")
    mark = "確認済み" if caller.verified else "未確認"
    return Fact("電話", f"{telephone(caller.number)}（{mark}）", caller.number)


def done_by(roster: Roster, row: Row[Any]) -> str:
    """Who has dealt with a message: a colleague, somebody else by their name in chat, or one who has left."""
    return name_of(roster, row.done_by) or row.done_by or "退職した方"


def promise_text(tx: Transaction, roster: Roster, row: Row[Any]) -> str:
    """What the caller was promised, and until when."""
    if row.promise_due_at is None:
        return str(row.promise)
    return f"{row.promise}（{moment(row.promise_due_at, roster, tx.now)} まで）"


def _small(tx: Transaction, roster: Roster, row: Row[Any], audience: str) -> tuple[str, ...]:
    lines = []
    if row.told:
        lines.append(f"お伝えした内容: {row.told}")
    received = moment(row.created_at, roster, tx.now)
    seconds = row.details.get("seconds")
    lines.append(f"{received} 受付" + (f" ・ 通話 {duration(seconds)}" if seconds else ""))
    if row.called_before:
        lines += _earlier(tx, roster, row)
    why = _why(tx, roster, row, audience) if row.given else ""
    if why:
        lines.append(why)
    back = last_callback(tx, row.id) if row.called_back else None
    if back is not None:
        lines.append(_callback(tx, roster, back))
    if row.state == "done":
        done_at = moment(row.done_at, roster, tx.now)
        lines.append(f"対応済み: {done_by(roster, row)} {done_at}")
    return tuple(lines)


def _callback(tx: Transaction, roster: Roster, back: Row[Any]) -> str:
    """How the last call back went, or that it runs."""
    who = f"{name_of(roster, back.staff) or back.staff} {moment(back.created_at, roster, tx.now)}"
    if back.reached_at is not None:
        talked = duration(int((back.ended_at - back.reached_at).total_seconds())) if back.ended_at else ""
        return f"折り返し済み: {who}" + (f"（{talked}）" if talked else "（通話中）")
    if back.ended_at is None:
        return f"折り返し中: {who}"
    return f"折り返し: {who} {CALLBACK_ENDS[Outcome(back.outcome)]}"


def _why(tx: Transaction, roster: Roster, row: Row[Any], audience: str) -> str:
    """Why somebody other than the person has this card, or that the person is on leave."""
    given = {item.staff: item for item in given_to(tx, row.id)}
    holder = name_of(roster, row.staff)
    if audience == CALLS:
        own = given.get(row.staff)
        others = "、".join(name_of(roster, staff) for staff, item in given.items() if item.why == Why.LEAVE)
        if own is None or own.held != Held.LEAVE:
            return ""
        return f"{holder}はお休みです。" + (f"{others}に届けました" if others else "お戻りの際に届けます")
    mine = given.get(audience)
    if mine is None or audience == row.staff:
        return ""
    return {
        Why.LEAVE: f"{holder}がお休みのため、代わりにお届けしています",
        Why.BACKUP: f"{holder}がまだ対応していないため、お届けしています",
        Why.MANAGER: "まだ対応されていないため、管理者の方にお届けしています",
        Why.RULE: "会社の設定により、お届けしています",
    }.get(mine.why, "")


def _earlier(tx: Transaction, roster: Roster, row: Row[Any]) -> list[str]:
    """The last calls from the same number: day, for whom, about what."""
    asked = {"organization": row.organization, "number": row.number, "message": row.id}
    found = tx.all(_BEFORE, asked)
    lines = []
    for call in found[:_EARLIER]:
        what = " ".join((call.body or call.wish).split())
        subject = f"{what[:_SUBJECT]}…" if len(what) > _SUBJECT else what
        to = name_of(roster, call.staff)
        lines.append(
            f"前回まで: {moment(call.created_at, roster, tx.now)} {f'{to}あて ' if to else ''}{subject}"
        )
    return [*lines, "さらに以前にもお電話があります"] if len(found) > _EARLIER else lines


def _buttons(row: Row[Any]) -> tuple[Button, ...]:
    why = (Button("message_why", "経緯", row.id),) if row.call else ()
    if row.state != "open":
        return why
    return (
        Button("message_done", "対応済み", row.id, "primary"),
        Button("message_callback", "折り返す", row.id),
        Button("message_reassign", "担当変更", row.id),
        *why,
    )
