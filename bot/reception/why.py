"""Why a call went as it did, in Japanese for staff: how it was with each person, the rule, the script."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.language.model import Kind
from bot.office.roster import Roster
from bot.presence.reachable import Rule
from bot.reception.conversation import Conversation, Reason
from bot.reception.events import TransferOutcome
from bot.reception.tables import calls
from bot.store.transaction import Transaction

_KINDS = {
    None: "登録なし（在席の扱い）",
    Kind.OUT: "外出",
    Kind.TRIP: "出張",
    Kind.MEETING: "会議",
    Kind.AWAY: "離席",
    Kind.BUSY: "取り込み中",
    Kind.REMOTE: "在宅",
    Kind.LEAVE: "休み",
    Kind.LATE: "遅刻・午後出社",
    Kind.LEFT: "退社",
    Kind.AVAILABLE: "対応可",
}
_RULES = {
    Rule.FREE: "お尋ねできる状態のため",
    Rule.AWAY_ALLOWED: "不在中でも、このお客様はご本人の設定で可のため",
    Rule.LEAVE_ALLOWED: "休み中でも、ご本人の設定で可のため",
    Rule.NO_TRANSFER: "ご契約のプランに取次ぎがないため",
    Rule.CLOSED: "営業時間外で、プランに時間外の取次ぎがないため",
    Rule.NIGHT: "営業時間外で、ご本人の設定が不可のため",
    Rule.GONE: "休みか退社で、ご本人の設定が不可のため",
    Rule.AWAY: "不在中で、ご本人の設定が不可のため",
}
_OUTCOMES = {
    TransferOutcome.BRIDGED: "つながりました",
    TransferOutcome.PROMISED: "折り返しのお約束になりました",
    TransferOutcome.DECLINED: "出られないとのことでした",
    TransferOutcome.MESSAGE: "伝言を頼まれました",
    TransferOutcome.EXPIRED: "時間内にお返事がありませんでした",
    TransferOutcome.NO_ANSWER: "お電話に応答がありませんでした",
    TransferOutcome.UNREACHABLE: "確認の途中で連絡がつかなくなりました",
    TransferOutcome.GAVE_UP: "お客様がお待ちになりませんでした",
}


def why_call(tx: Transaction, roster: Roster, call: str) -> tuple[str, ...]:
    """The reasons of a stored call, in order; empty where it never came to anybody."""
    row = tx.first(
        sa.select(calls.c.conversation).where(calls.c.id == call, calls.c.organization == roster.organization)
    )
    if row is None or row.conversation is None:
        return ()
    return explained(roster, Conversation.model_validate(row.conversation).reasons)


def explained(roster: Roster, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """A line for each reason; times in the office's zone."""
    return tuple(_line(roster, reason) for reason in reasons)


def _line(roster: Roster, reason: Reason) -> str:
    person = roster.people.get(reason.staff)
    who = f"{person.name}さん" if person else "退職された方"
    at = f"{reason.at.astimezone(roster.zone):%H:%M}"
    script = f"（文: {reason.script}）" if reason.script else ""
    if reason.did == "ended":
        outcome = _OUTCOMES[TransferOutcome(reason.outcome or TransferOutcome.EXPIRED)]
        return f"{at} {who}への確認: {outcome}{script}"
    did = "チャットでお尋ねしました" if reason.did == "asked" else "お尋ねせずにご案内しました"
    rule = (
        "お尋ね済みか、連絡手段がないため"
        if reason.did == "told" and reason.rule.asks
        else _RULES[reason.rule]
    )
    return f"{at} {who}: {_state(reason)} → {rule}、{did}{script}"


def _state(reason: Reason) -> str:
    if reason.on_call:
        return "通話中"
    overdue = "（戻り予定を過ぎています）" if reason.overdue else ""
    return f"{_KINDS[reason.kind]}{overdue}"
