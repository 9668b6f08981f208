"""Transfers on behalf of other call systems: they hold the caller, we ask the staff."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from bot.office.roster import Roster
from bot.office.tokens import Scope
from bot.store.transaction import Transaction
from bot.transfers.model import LIVE, TransferState
from bot.transfers.queries import is_open, transfer_of
from bot.transfers.verbs import TransferWish, begin_transfer, cancel_transfer
from handlers.api.callers import facts_of, is_vip, person_of, shown
from handlers.api.errors import ApiError, not_found
from handlers.api.models import NewTransfer, Nothing, Transfer, TransferOutcome, Wait
from handlers.api.operations import Asked, Operation, Waiting

_ASKING: TransferOutcome = "asking"


def ask(tx: Transaction, asked: Asked[Nothing, NewTransfer]) -> Transfer:
    """Begin to ask; with nobody who may be asked now, it ends at once."""
    wish = asked.body
    caller = facts_of(asked.roster, wish.caller)
    person = person_of(asked.roster, wish.staff)
    transfer = begin_transfer(
        tx,
        asked.roster,
        TransferWish(
            staff=person.id,
            caller=caller,
            purpose=wish.purpose or "",
            urgent=wish.urgent,
            vip=is_vip(asked.roster, caller),
            timeout_seconds=wish.seconds,
        ),
    )
    return _shown(_row(tx, asked.roster, transfer), asked.roster)


def show(tx: Transaction, asked: Asked[Wait, Nothing]) -> Transfer:
    """How a transfer stands."""
    return _shown(_row(tx, asked.roster, asked.id), asked.roster)


def cancel(tx: Transaction, asked: Asked[Nothing, Nothing]) -> Transfer:
    """Stop asking: the caller is gone, or is helped otherwise."""
    row = _row(tx, asked.roster, asked.id)
    if not is_open(row) and row.state != TransferState.CANCELLED:
        raise ApiError(409, "already_decided", f"the transfer is {_outcome(row)} already")
    cancel_transfer(tx, asked.roster, row.id)
    return _shown(_row(tx, asked.roster, row.id), asked.roster)


def _row(tx: Transaction, roster: Roster, transfer: str) -> Row[Any]:
    row = transfer_of(tx, roster.organization, transfer)
    if row is None:
        raise not_found("transfer")
    return row


def _outcome(row: Row[Any]) -> TransferOutcome:
    """What others hear: while our own call still rings somebody's telephone, it is being asked."""
    state = TransferState(row.state)
    if state is TransferState.CONNECTED:
        return "accepted"
    if state in LIVE and is_open(row):
        return _ASKING
    return state.value  # type: ignore[return-value]


def _shown(row: Row[Any], roster: Roster) -> Transfer:
    outcome = _outcome(row)
    decided: datetime | None = row.decided_at if outcome != _ASKING else None
    return Transfer(
        id=row.id,
        staff=row.staff,
        state=outcome,
        reason=row.reason,
        promise_minutes=row.promise_minutes,
        by=row.decided_by if decided else None,
        at=decided.astimezone(roster.zone) if decided else None,
        caller=shown(row.caller),
        purpose=row.purpose,
        urgent=row.urgent,
        created_at=row.created_at.astimezone(roster.zone),
        expires_at=row.hold_until.astimezone(roster.zone),
    )


def _is_settled(body: Mapping[str, Any]) -> bool:
    return bool(body["state"] != _ASKING)


OPERATIONS = (
    Operation(
        "POST",
        "/api/v1/transfers",
        Scope.TRANSFERS,
        "Have somebody, then their backups, asked in chat whether they take a call",
        ask,
        Transfer,
        status=202,
        body=NewTransfer,
        idempotent_by_key=True,
    ),
    Operation(
        "GET",
        "/api/v1/transfers/{id}",
        Scope.TRANSFERS_READ,
        "How the asking stands; `wait` waits for an outcome",
        show,
        Transfer,
        query=Wait,
        waiting=Waiting(topic=lambda transfer: f"transfer:{transfer}", settled=_is_settled),
    ),
    Operation(
        "DELETE",
        "/api/v1/transfers/{id}",
        Scope.TRANSFERS,
        "Stop asking",
        cancel,
        Transfer,
        refusals={409: "It was decided already."},
    ),
)
