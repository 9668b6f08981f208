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
from bot.store.transaction import Transaction
from bot.transfers.legs import engaged
from bot.transfers.model import Answer, OfferState
from bot.transfers.tables import offers, transfers
from bot.transfers.verbs import is_open, others_in_line


def offer_card(tx: Transaction, roster: Roster, offer_id: str) -> Card | None:
    """An offer as it stands; None where there is no such offer."""
    offer = tx.first(sa.select(offers).where(offers.c.id == offer_id))
    transfer = offer and tx.first(sa.select(transfers).where(transfers.c.id == offer.transfer))
    if offer is None or transfer is None:
        return None
    if offer.state == OfferState.ASKING and is_open(transfer):
        return _asking(tx, roster, offer, transfer)
    return _closed(roster, offer, transfer)


def is_asking(tx: Transaction, offer_id: str) -> bool:
    """Whether an offer still wants an answer: one that does not is not worth posting."""
    row = tx.first(sa.select(offers.c.state).where(offers.c.id == offer_id))
    return row is not None and row.state == OfferState.ASKING


def _asking(tx: Transaction, roster: Roster, offer: Row[Any], transfer: Row[Any]) -> Card:
    caller, vip = _caller(transfer)
    who = caller_title(caller)
    left = max(0, ceil((offer.expires_at - tx.now).total_seconds()))
    waited = int((tx.now - transfer.created_at).total_seconds())
    person = roster.people[offer.staff]
    busy = engaged(tx, roster.organization, person.phone)
    title = f"{'【お急ぎ】' if transfer.urgent else ''}{who}からお電話です"
    small = [f"{_clock(offer.expires_at, roster)} まで（あと{left}秒） ・ お待ち {waited}秒"]
    if busy:
        small.append("通話中に着信しています")
    return Card(
        title=title,
        text="お客様が保留でお待ちです。おつなぎしますか？",
        facts=_facts(roster, caller, transfer, vip=vip),
        small=tuple(small),
        buttons=_buttons(roster, offer, transfer, can_connect=not busy),
        tone="urgent" if transfer.urgent else "waiting",
        summary=title,
    )


def _buttons(roster: Roster, offer: Row[Any], transfer: Row[Any], *, can_connect: bool) -> tuple[Button, ...]:
    person = roster.people[offer.staff]
    buttons = []
    if transfer.call is None or (person.phone and can_connect):
        buttons.append(Button(Answer.ACCEPT, "つなぐ", offer.id, "primary"))
    buttons += [
        Button(Answer.DECLINE, "出られない", offer.id, "danger"),
        Button(Answer.PROMISE_5, "5分後に折り返す", offer.id),
        Button(Answer.PROMISE_30, "30分後に折り返す", offer.id),
        Button(Answer.MESSAGE, "伝言を頼む", offer.id),
    ]
    others = others_in_line(roster, transfer.waiting)
    if others:
        buttons.append(Button(Answer.OTHER, f"{others[0].surname}さんに回す", offer.id))
    return tuple(buttons)


def _closed(roster: Roster, offer: Row[Any], transfer: Row[Any]) -> Card:
    caller, vip = _caller(transfer)
    title, tone = _ending(roster, offer, transfer)
    return Card(
        title=title,
        facts=_facts(roster, caller, transfer, vip=vip),
        tone="good" if tone else "over",
        summary=f"{caller_title(caller)}からのお電話: {title}",
    )


_ENDINGS = {
    OfferState.ACCEPTED: ("お電話を鳴らしています。出て 1 を押すとつながります", True),
    OfferState.DECLINED: ("出られないとお答えになりました", False),
    OfferState.PROMISED: ("折り返すとお伝えしました", True),
    OfferState.MESSAGE: ("伝言を承ります", True),
    OfferState.PASSED: ("ほかの人に回しました", False),
    OfferState.NO_ANSWER: ("お電話に応答がありませんでした", False),
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


def _someone_else(transfer: Row[Any], by: str) -> str:
    if transfer.reason == "hung_up":
        return "お客様がお電話をお切りになりました"
    if transfer.reason == "gave_up":
        return "お客様は伝言に切り替えられました"
    return f"{by}がお受けしました" if by else "受付を終了しました"


def _facts(roster: Roster, caller: CallerFacts, transfer: Row[Any], *, vip: bool) -> tuple[Fact, ...]:
    facts = [Fact("お客様", caller_title(caller) + ("  ★VIP" if vip else ""))]
    if caller.number:
        facts.append(Fact("電話", telephone(caller.number), caller.number))
    facts.append(Fact("宛先", name_of(roster, transfer.staff)))
    if transfer.purpose:
        facts.append(Fact("ご用件", transfer.purpose))
    if transfer.urgent:
        facts.append(Fact("緊急度", "お急ぎ"))
    return tuple(facts)


def _caller(transfer: Row[Any]) -> tuple[CallerFacts, bool]:
    data = dict(transfer.caller)
    vip = bool(data.pop("vip", False))
    return CallerFacts(**data), vip


def _clock(at: datetime, roster: Roster) -> str:
    return f"{at.astimezone(roster.zone):%H:%M:%S}"
