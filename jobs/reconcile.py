"""What may have been missed: calls whose last word never came, and housekeeping."""

from datetime import timedelta

import structlog

from bot.delivery.queue import forget_settled
from bot.office.roster import roster_of
from bot.platforms.errors import PermanentError, PlatformError
from bot.reception.calls import end_call, stale_calls
from bot.services import Services
from bot.store.inbox import forget_old
from bot.store.transaction import Transaction

log = structlog.get_logger()
_ASK_AFTER = timedelta(minutes=5)
_KEEP_SETTLED = timedelta(days=7)
_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


async def settle_stale_calls(services: Services) -> None:
    """Every minute: a call that has been live for long is looked up at Twilio and filed if it is over."""
    if not services.settings.twilio_on:
        return
    for row in await services.store.read(stale_calls, _ASK_AFTER):
        try:
            state = await services.twilio.call_status(row.sid)
        except PermanentError:
            state = {"status": "failed", "seconds": None}  # Twilio knows no such call
        except PlatformError as error:
            log.warning("calls.cannot_ask", call=row.id, why=str(error))
            return
        if state["status"] in _OVER:
            log.info("calls.found_ended", call=row.id)
            await services.store.run(_end, row.organization, row.sid, state["status"], state["seconds"])


async def prune(services: Services) -> None:
    """Every hour: what was sent, and events that no platform repeats any more."""
    await services.store.run(_prune)


def _end(tx: Transaction, organization: str, sid: str, status: str, seconds: int | None) -> None:
    end_call(tx, roster_of(tx, organization), sid, status=status, seconds=seconds)


def _prune(tx: Transaction) -> None:
    forget_settled(tx, tx.now - _KEEP_SETTLED)
    forget_old(tx)
