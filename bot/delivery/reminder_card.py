"""A message that is not done yet, said again; and several messages on one card. Japanese."""

from bot.delivery.message_card import number_fact, promise_text
from bot.delivery.wording import caller_title, moment, name_of
from bot.messages.follow_up import ladder_of
from bot.messages.recipients import bundle_messages
from bot.messages.verbs import NoSuchMessageError, caller_of, message_of
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card, Fact
from bot.store.transaction import Transaction

_MOST_IN_A_BUNDLE = 10
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def reminder_card(tx: Transaction, roster: Roster, subject_id: str, audience: str) -> Card | None:
    """One step of a message's follow-up, for one person; None where the message is gone."""
    message, _, name = subject_id.partition(":")
    try:
        row = message_of(tx, roster.organization, message)
    except NoSuchMessageError:
        return None
    caller = caller_of(row)
    who = caller_title(caller)
    settled = row.state == "done" or row.called_back_at is not None
    if settled:
        word = "対応済み" if row.state == "done" else "折り返し済み"
        return Card(title=f"{word}: {who}からの伝言", tone="over", summary=f"{word}: {who}からの伝言")
    of_other = f"{name_of(roster, row.staff)}あての" if row.staff and row.staff != audience else ""
    number = number_fact(caller)
    step = next((step for step in ladder_of(roster, row) if step.name == name), None)
    title = f"{of_other}{who}からの伝言が未対応です"
    if step is not None and step.is_promise:
        title = f"{of_other}{who}への{_promise_title(step.name)}"
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


def bundle_card(tx: Transaction, roster: Roster, bundle: str) -> Card | None:
    """What came while somebody was away, the oldest first; None where all of it is gone."""
    rows = bundle_messages(tx, bundle)
    if not rows:
        return None
    facts: list[Fact] = []
    buttons: list[Button] = []
    for mark, row in zip(_NUMBERS, rows[:_MOST_IN_A_BUNDLE], strict=False):
        caller = caller_of(row)
        urgent = "【至急】" if row.urgent and row.state == "open" else ""
        when = moment(row.created_at, roster, tx.now)
        facts.append(Fact(mark, f"{urgent}{caller_title(caller)} {when} {row.wish}".rstrip()))
        if row.state == "done":
            facts.append(Fact("　対応済み", name_of(roster, row.done_by) or row.done_by))
            continue
        number = number_fact(caller)
        facts += [Fact("　電話", number.text, number.telephone)] if number else []
        facts += [Fact("　お約束", promise_text(tx, roster, row))] if row.promise else []
        buttons.append(Button("message_done", f"{mark} 対応済み", row.id))
        buttons.append(Button("message_callback", f"{mark} 折り返す", row.id))
    hidden = len(rows) - _MOST_IN_A_BUNDLE
    title = f"ご不在の間の伝言 {len(rows)}件"
    return Card(
        title=title,
        facts=tuple(facts),
        small=(f"ほか {hidden}件（「伝言」で見られます）",) if hidden > 0 else (),
        buttons=tuple(buttons),
        tone="plain" if buttons else "over",
        summary=title,
    )
