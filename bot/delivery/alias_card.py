"""The card that asks a manager whether a spelling should count for a colleague. Japanese."""

from typing import Any

from sqlalchemy.engine import Row

from bot.delivery.wording import moment, name_of
from bot.office.aliases import CONFIRMED, OFFERED, alias_of
from bot.office.readings import is_surname
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card
from bot.store.transaction import Transaction


def alias_card(tx: Transaction, roster: Roster, alias: str) -> Card | None:
    """An alias as it stands; None where it, or whom it is for, is gone."""
    row = alias_of(tx, roster.organization, alias)
    who = name_of(roster, row.staff) if row else ""
    if row is None or not who:
        return None
    if row.state != OFFERED:
        return _decided(tx, roster, row, who)
    doubt = (
        (f"「{row.spelling}」は実在する名字です。同じ名字のお客様や社員と取り違えないかご確認ください。",)
        if is_surname(row.spelling)
        else ()
    )
    return Card(
        title=f"「{row.spelling}」を{who}として登録しますか",
        text=(
            f"お電話で「{row.spelling}」と聞き取り、お客様に{who}のことだとご確認いただきました。\n"
            "登録すると、次からは聞き返さずに承ります。"
        ),
        small=(*doubt, "登録するまでは、毎回お客様に確認します。"),
        buttons=(
            Button("alias_confirm", "登録する", row.id, "primary"),
            Button("alias_reject", "登録しない", row.id),
        ),
        summary=f"「{row.spelling}」を{who}として登録しますか",
    )


def _decided(tx: Transaction, roster: Roster, row: Row[Any], who: str) -> Card:
    title = (
        f"「{row.spelling}」は{who}として{'登録済みです' if row.state == CONFIRMED else '登録していません'}"
    )
    by = name_of(roster, row.decided_by) or str(row.decided_by)
    return Card(title=title, small=(f"{by} {moment(row.decided_at, roster, tx.now)}",), tone="over")
