"""What a caller hears while staff are asked: a word every ten seconds, and the way out when it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.reception.conversation import Conversation
from bot.reception.events import Language
from bot.reception.tables import calls
from bot.scripts.render import render
from bot.scripts.speech import polite_name
from bot.store.transaction import Transaction
from bot.transfers.model import OfferState, TransferState
from bot.transfers.queries import is_open, newest_transfer
from bot.transfers.tables import offers

_EVERY_SECONDS = 10
_PIECE_SECONDS = 5
"""A piece of waiting: four seconds of music and a second for a key."""
_BRIDGING = timedelta(seconds=10)
"""How long the bridge may take once 1 is pressed; a caller still waiting then was not found by it."""
_WORDS = ("hold_still", "hold_option", "hold_sorry")


@dataclass(frozen=True, slots=True)
class HoldingWords:
    """Sentences before the next piece of music; often none."""

    sentences: tuple[str, ...]
    language: Language


def holding_words(tx: Transaction, call: str) -> HoldingWords | None:
    """What the caller of `call` hears next; None when they are to leave the queue."""
    transfer = newest_transfer(tx, call)
    if transfer is None or not (_is_waiting(transfer, tx.now) or _is_bridging(transfer, tx.now)):
        return None
    row = tx.first(sa.select(calls.c.conversation, calls.c.state).where(calls.c.id == call))
    if row is None or row.state != "live":
        return None
    language: Language = Conversation.model_validate(row.conversation).language
    waited = (tx.now - transfer.created_at).total_seconds()
    turn, into = divmod(waited, _EVERY_SECONDS)
    if turn < 1 or into >= _PIECE_SECONDS:
        return HoldingWords((), language)
    roster = roster_of(tx, transfer.organization)
    accepted = roster.people.get(transfer.decided_by) if transfer.state == TransferState.ACCEPTED else None
    if accepted is not None:
        name = polite_name(accepted, language)
        return HoldingWords((render(roster.office, "hold_ringing", language, person=name),), language)
    other = _asked_instead(tx, roster, transfer.id, transfer.staff)
    if other is not None and turn % 2:
        name = polite_name(other, language)
        return HoldingWords((render(roster.office, "hold_next", language, other=name),), language)
    return HoldingWords((render(roster.office, _WORDS[int(turn - 1) % len(_WORDS)], language),), language)


def _is_waiting(transfer: Row[Any], now: datetime) -> bool:
    return is_open(transfer) and now < transfer.hold_until


def _is_bridging(transfer: Row[Any], now: datetime) -> bool:
    """Accepted by 1 a moment ago: the other leg is taking the caller out."""
    if transfer.state != TransferState.CONNECTED or transfer.ended_at is not None:
        return False
    return bool(now < transfer.connected_at + _BRIDGING)


def _asked_instead(tx: Transaction, roster: Roster, transfer: str, wanted: str) -> Person | None:
    row = tx.first(
        sa.select(offers.c.staff).where(offers.c.transfer == transfer, offers.c.state == OfferState.ASKING)
    )
    return roster.people.get(row.staff) if row and row.staff != wanted else None
