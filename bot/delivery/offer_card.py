"""The card that asks somebody to take a call, and what it becomes. Japanese; times in the office's zone."""

from datetime import datetime
from math import ceil
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.delivery.wording import caller_title, duration, name_of, telephone
from bot.messages.model import CallerFacts
from bot.office.roster import Roster
from bot.platforms.cards import Button, Card, Fact
from bot.reception.tables import calls
from bot.store.transaction import Transaction
from bot.transfers.legs import engaged, rings_for
from bot.transfers.line import others_in_line
from bot.transfers.model import Answer, OfferState, TransferState
from bot.transfers.queries import is_open
from bot.transfers.tables import offers, transfers


def offer_card(tx: Transaction, roster: Roster, offer_id: str) -> Card | None:
    """An offer as it stands; None where there is no such offer."""
    offer = tx.first(sa.select(offers).where(offers.c.id == offer_id))
    transfer = offer and tx.first(sa.select(transfers).where(transfers.c.id == offer.transfer))
    if offer is None or transfer is None:
        return None
    if offer.state == OfferState.ASKING and is_open(transfer):
        return _asking(tx, roster, offer, transfer)
    return _closed(tx, roster, offer, transfer)


def is_asking(tx: Transaction, offer_id: str) -> bool:
    """Whether an offer still wants an answer: one that does not is not worth posting."""
    row = tx.first(sa.select(offers.c.state).where(offers.c.id == offer_id))
    return row is not None and row.state == OfferState.ASKING


def _asking(tx: Transaction, roster: Roster, offer: Row[Any], transfer: Row[Any]) -> Card:
    caller, vip = _caller(transfer)
    who = caller_title(caller)
    left = max(0, ceil((offer.expires_at - tx.now).total_seconds()))
    waited = int((tx.now - transfer.created_at).total_seconds())
    title = f"{'【お急ぎ】' if transfer.urgent else ''}{who}からお電話です"
    person = roster.people.get(offer.staff)
    number = person.telephone if person else None
    busy = engaged(tx, roster.organization, number, besides=offer.id)
    small = [f"{_clock(offer.expires_at, roster)} まで（あと{left}秒） ・ お待ち {waited}秒"]
    if busy:
        small.append("通話中に着信しています")
    elif rings_for(tx, offer.id):
        small.append("お電話も鳴らしています。出て 1 を押すか、ここでお答えください")
    return Card(
        title=title,
        text="お客様が保留でお待ちです。おつなぎしますか？",
        facts=_facts(tx, roster, caller, transfer, vip=vip),
        small=tuple(small),
        buttons=_buttons(tx, roster, offer, transfer, can_connect=bool(number and not busy)),
        tone="urgent" if transfer.urgent else "waiting",
        summary=title,
    )


def _buttons(
    tx: Transaction, roster: Roster, offer: Row[Any], transfer: Row[Any], *, can_connect: bool
) -> tuple[Button, ...]:
    buttons = []
    if transfer.call is None or can_connect:
        buttons.append(Button(Answer.ACCEPT, "つなぐ", offer.id, "primary"))
    buttons += [
        Button(Answer.DECLINE, "出られない", offer.id, "danger"),
        Button(Answer.PROMISE_5, "5分後に折り返す", offer.id),
        Button(Answer.PROMISE_30, "30分後に折り返す", offer.id),
        Button(Answer.MESSAGE, "伝言を頼む", offer.id),
    ]
    other = next(others_in_line(tx, roster, transfer), None)
    if other:
        buttons.append(Button(Answer.OTHER, f"{name_of(roster, other.id)}に回す", offer.id))
    return tuple(buttons)


def _closed(tx: Transaction, roster: Roster, offer: Row[Any], transfer: Row[Any]) -> Card:
    caller, vip = _caller(transfer)
    title, tone = _ending(roster, offer, transfer)
    return Card(
        title=title,
        facts=_facts(tx, roster, caller, transfer, vip=vip),
        tone="good" if tone else "over",
        summary=f"{caller_title(caller)}からのお電話: {title}",
    )


_ENDINGS = {
    OfferState.ACCEPTED: ("お電話を鳴らしています。出て 1 を押すとつながります", True),
    OfferState.DECLINED: ("出られないとお答えになりました", False),
    OfferState.PROMISED: ("折り返すとお伝えします", True),
    OfferState.MESSAGE: ("伝言を承ります", True),
    OfferState.PASSED: ("ほかの人に回しました", False),
    OfferState.NO_ANSWER: ("お電話に応答がありませんでした。次の対応に進みました", False),
    OfferState.EXPIRED: ("時間切れです。次の対応に進みました", False),
}


def _ending(roster: Roster, offer: Row[Any], transfer: Row[Any]) -> tuple[str, bool]:
    """What became of an offer, and whether the caller was served by it."""
    state = OfferState(offer.state)
    if state is OfferState.CONNECTED:
        return _connected(transfer), True
    if state is OfferState.ACCEPTED and transfer.call is None:
        return "おつなぎします", True
    if state not in _ENDINGS:
        return _someone_else(transfer, name_of(roster, transfer.decided_by)), False
    text, served = _ENDINGS[state]
    return (f"{transfer.promise_minutes}分後に{text}" if state is OfferState.PROMISED else text), served


def _connected(transfer: Row[Any]) -> str:
    if transfer.ended_at is None:
        return "通話中です"
    talked = int((transfer.ended_at - (transfer.connected_at or transfer.ended_at)).total_seconds())
    return f"おつなぎしました（{duration(talked)}）"


_LOST = {
    "hung_up": "お客様がお電話をお切りになりました",
    "gave_up": "お客様は伝言に切り替えられました",
    "cancelled": "この取次ぎは取りやめになりました",
    "unreachable": "お客様につながらなくなりました",
}


def _someone_else(transfer: Row[Any], by: str) -> str:
    """Why an offer closed that its person had not answered, or whose telephone still rang."""
    if transfer.reason in _LOST:
        return _LOST[transfer.reason]
    if by and transfer.state == TransferState.PROMISED:
        return f"{by}が折り返します"
    if by:
        return f"{by}がお受けしました"
    return "お待ちいただける時間を過ぎたため、伝言を承ります"


def _facts(
    tx: Transaction, roster: Roster, caller: CallerFacts, transfer: Row[Any], *, vip: bool
) -> tuple[Fact, ...]:
    facts = [Fact("お客様", caller_title(caller) + ("  ★VIP" if vip else ""))]
    if caller.number:
        facts.append(Fact("電話", telephone(caller.number), caller.number))
        earlier = _earlier_calls(tx, transfer, caller.number)
        if earlier:
            facts.append(Fact("これまで", f"この番号から{earlier}件のお電話"))
    facts.append(Fact("宛先", name_of(roster, transfer.staff)))
    if transfer.purpose:
        facts.append(Fact("ご用件", transfer.purpose))
    if transfer.urgent:
        facts.append(Fact("緊急度", "お急ぎ"))
    return tuple(facts)


def _earlier_calls(tx: Transaction, transfer: Row[Any], number: str) -> int:
    """How often that number has called before this call."""
    before = sa.select(sa.func.count()).where(
        calls.c.organization == transfer.organization,
        calls.c.from_number == number,
        calls.c.started_at < transfer.created_at,
        calls.c.id != (transfer.call or ""),
    )
    return int(tx.execute(before).scalar_one())


def _caller(transfer: Row[Any]) -> tuple[CallerFacts, bool]:
    data = dict(transfer.caller)
    vip = bool(data.pop("vip", False))
    return CallerFacts(**data), vip


def _clock(at: datetime, roster: Roster) -> str:
    return f"{at.astimezone(roster.zone):%H:%M:%S}"
