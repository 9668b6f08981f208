"""What became of an attempt, and how it is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from bot.delivery.couriers import Courier, DetouringCourier, each_by_itself
from bot.delivery.queue import GIVE_UP_AFTER, UNKNOWN, Parcel, put_back, settle, settle_sent
from bot.platforms.errors import PermanentError, ShutOutError, TemporaryError, UnknownOutcomeError
from bot.store.transaction import Transaction

log = structlog.get_logger()
_MOST_BREAKS = 5
"""Attempts at a row that breaks our own code, before it is given up: it holds up its lane."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended: with the platform's `reference`, or an `error`, maybe before it `began`."""

    parcel: Parcel
    reference: Any = None
    error: Exception | None = None
    began: bool = True


def record(tx: Transaction, outcomes: Sequence[Outcome], couriers: Mapping[str, Courier]) -> None:
    """Record what became of some attempts, and what follows from that."""
    settle_sent(tx, {one.parcel.id: one.reference for one in outcomes if one.error is None})
    follows = []
    for one in outcomes:
        if one.error is None:
            follows.append(one)
        elif refusal := _refusal(tx, one.parcel, one.error, couriers[one.parcel.kind]):
            if settle(tx, one.parcel.id, "dead", error=str(refusal)):  # else somebody has been told already
                follows.append(Outcome(one.parcel, error=refusal))
        else:
            _again(tx, one)

    def follow(one: Outcome) -> None:
        tx.call = one.parcel.call
        courier = couriers[one.parcel.kind]
        if isinstance(one.error, PermanentError):
            courier.refused(tx, one.parcel, one.error)
        else:
            courier.delivered(tx, one.parcel, one.reference)

    each_by_itself(tx, follows, follow, _broke_after)


def _refusal(tx: Transaction, parcel: Parcel, error: Exception, courier: Courier) -> PermanentError | None:
    """Why a row will never be sent; None where it is tried again, until a token is mended for example."""
    shut_out = isinstance(error, ShutOutError) and not _has_detour(tx, parcel, courier)
    if isinstance(error, PermanentError) and not shut_out:
        return error
    if shut_out or isinstance(error, TemporaryError | UnknownOutcomeError | TimeoutError):
        over = tx.now - parcel.created_at > GIVE_UP_AFTER
        return PermanentError(f"given up after days: {error}") if over else None
    often = parcel.attempts >= _MOST_BREAKS
    return PermanentError(f"our own fault: {type(error).__name__}") if often else None


def _has_detour(tx: Transaction, parcel: Parcel, courier: Courier) -> bool:
    return isinstance(courier, DetouringCourier) and courier.has_detour(tx, parcel)


def _again(tx: Transaction, one: Outcome) -> None:
    """Of an attempt that began, only some errors tell that nothing was done."""
    if isinstance(one.error, TemporaryError):
        put_back(tx, one.parcel, "temporary", one.error.retry_after)
    elif isinstance(one.error, ShutOutError):
        put_back(tx, one.parcel, "shut out", None)
    else:
        put_back(tx, one.parcel, UNKNOWN if one.began else "broken", None)


def _broke_after(one: Outcome, error: Exception) -> None:
    """The outcome itself is kept: without it a row that was sent would be sent again."""
    log.error("outbox.broken_after", **named(one.parcel), exc_info=error)


def named(parcel: Parcel) -> dict[str, str]:
    """What a line of the log says of a row; its call, too, so that a call can be followed to its end."""
    ids = {"outbox": parcel.id, "kind": parcel.kind, "organization": parcel.organization}
    return {**ids, "call": parcel.call} if parcel.call else ids
