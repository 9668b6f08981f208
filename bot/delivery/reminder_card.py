"""A message that is not done yet, said again; and several messages on one card. Japanese."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.engine import Row

from bot.delivery.message_card import done_by, number_fact, promise_text
from bot.delivery.wording import caller_title, moment, name_of
from bot.messages.follow_up import HANDED, PROMISE
from bot.messages.model import Why
from bot.messages.recipients import bundle_messages
from bot.messages.verbs import NoSuchMessageError, caller_of, message_of
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card, Fact, Tone
from bot.store.transaction import Transaction

_MOST_ON_A_CARD = 10
_MOST_OF_A_BODY = 300  # characters; the calls channel has the whole
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def reminder_card(tx: Transaction, roster: Roster, subject_id: str, audience: str) -> Card | None:
    """Steps of one or several messages' follow-up, for one person; None where the messages are gone."""
    steps = dict(reminder.split(":", 1) for reminder in subject_id.split(","))
    rows = [row for message in steps if (row := _known(tx, roster, message)) is not None]
    if len(rows) == 1:
        return _reminder(tx, roster, rows[0], steps[rows[0].id], audience)
    return _reminders(tx, roster, rows, steps, audience) if rows else None


def _known(tx: Transaction, roster: Roster, message: str) -> Row[Any] | None:
    try:
        return message_of(tx, roster.organization, message)
    except NoSuchMessageError:
        return None


def _reminder(tx: Transaction, roster: Roster, row: Row[Any], step: str, audience: str) -> Card:
    caller = caller_of(row)
    who = caller_title(caller)
    if _is_settled(row):
        word = "対応済み" if row.state == "done" else "折り返し済み"
        return Card(title=f"{word}: {who}からの伝言", tone="over", summary=f"{word}: {who}からの伝言")
    of_other = f"{name_of(roster, row.staff)}あての" if row.staff and row.staff != audience else ""
    number = number_fact(caller)
    title = f"{of_other}{who}からの伝言が未対応です"
    if step == HANDED:
        title = f"{who}からの伝言の担当になりました"
    elif step.startswith(PROMISE):
        title = f"{of_other}{who}への{_promise_title(step)}"
    facts = [number] if number else []
    if row.wish:
        facts.append(Fact("ご用件", row.wish))
    if row.promise:
        facts.append(Fact("お約束", promise_text(tx, roster, row)))
    return Card(
        title=f"{'【至急】' if row.urgent else ''}{title}",
        facts=tuple(facts),
        small=(f"{moment(row.created_at, roster, tx.now)} 受付",),
        buttons=(
            Button("message_done", "対応済み", row.id, "primary"),
            Button("message_callback", "折り返す", row.id),
            Button("message_reassign", "担当変更", row.id),
        ),
        tone="urgent" if row.urgent else "waiting",
        summary=title,
    )


def _promise_title(step: str) -> str:
    return {
        "promise_soon": "お約束の時刻が近づいています",
        "promise_due": "お約束の時刻です",
    }.get(step, "お約束の時刻を過ぎています")


def _reminders(
    tx: Transaction, roster: Roster, rows: Sequence[Row[Any]], steps: dict[str, str], audience: str
) -> Card:
    open_ = [row for row in rows if not _is_settled(row)]
    promised = any(steps[row.id].startswith(PROMISE) for row in open_)
    noun = "伝言とお約束" if promised else "伝言"
    return _listed(tx, roster, rows, audience, f"{noun}が未対応です {len(open_)}件", "waiting")


def _is_settled(row: Row[Any]) -> bool:
    return row.state == "done" or row.called_back_at is not None


def bundle_card(tx: Transaction, roster: Roster, bundle: str, audience: str) -> Card | None:
    """Several messages shown together, the oldest first; None where all of them are gone."""
    rows = bundle_messages(tx, bundle)
    if not rows:
        return None
    title = f"{_bundle_title({row.why for row in rows})} {len(rows)}件"
    return _listed(tx, roster, rows, audience, title)


def _bundle_title(whys: Iterable[str]) -> str:
    if Why.OWN in whys:
        return "ご不在の間の伝言"
    return "まだ対応されていない伝言" if {*whys} & {Why.BACKUP, Why.MANAGER} else "お届けしていなかった伝言"


def _cut(body: str) -> str:
    words = " ".join(body.split())
    return f"{words[:_MOST_OF_A_BODY]}…" if len(words) > _MOST_OF_A_BODY else words


def _listed(
    tx: Transaction,
    roster: Roster,
    rows: Sequence[Row[Any]],
    audience: str,
    title: str,
    tone: Tone = "plain",
) -> Card:
    facts: list[Fact] = []
    buttons: list[Button] = []
    for mark, row in zip(_NUMBERS, rows[:_MOST_ON_A_CARD], strict=False):
        caller = caller_of(row)
        urgent = "【至急】" if row.urgent and row.state == "open" else ""
        when = moment(row.created_at, roster, tx.now)
        facts.append(Fact(mark, f"{urgent}{caller_title(caller)} {when} {row.wish}".rstrip()))
        if row.staff and row.staff != audience:
            facts.append(Fact("　宛先", name_of(roster, row.staff)))
        if row.state == "done":
            facts.append(Fact("　対応済み", done_by(roster, row)))
            continue
        if row.body:
            facts.append(Fact("　内容", _cut(row.body)))
        number = number_fact(caller)
        facts += [Fact("　電話", number.text, number.telephone)] if number else []
        facts += [Fact("　お約束", promise_text(tx, roster, row))] if row.promise else []
        buttons.append(Button("message_done", f"{mark} 対応済み", row.id))
        buttons.append(Button("message_callback", f"{mark} 折り返す", row.id))
    hidden = len(rows) - _MOST_ON_A_CARD
    return Card(
        title=title,
        facts=tuple(facts),
        small=(f"ほか {hidden}件（「伝言」で見られます）",) if hidden > 0 else (),
        buttons=tuple(buttons),
        tone=tone if buttons else "over",
        summary=title,
    )
