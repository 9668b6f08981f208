"""What may have been missed: calls whose last word never came, and housekeeping."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.engine import Row

from bot.delivery import queue
from bot.office.roster import organization_by_number, roster_of
from bot.platforms.errors import PermanentError, PlatformError
from bot.platforms.twilio.client import PastCall
from bot.reception.calls import MISSED, Arrival, call_by_sid, file_once, receive_call, stale_calls
from bot.reception.filing import end_call, keep_recording, lacks_recording
from bot.services import Services
from bot.store.inbox import forget_old
from bot.store.job_runs import forget_runs, reach, reached
from bot.store.texts import forget_old_texts
from bot.store.transaction import Transaction
from bot.transfers import clock
from jobs.at_once import a_few_at_once

log = structlog.get_logger()
_ASK_AFTER = timedelta(seconds=20)
"""A caller who says nothing for so long is listening, holding, or gone with a lost callback."""
_OVERLAP = timedelta(minutes=10)
"""Twilio's list may lag behind, and clocks differ."""
_LONGEST_CALL = timedelta(hours=4)
"""Twilio ends a call by then: what it does not know afterwards is over."""
_KEEP_SETTLED = timedelta(days=7)
Recorded = tuple[str, int]
"""Where a recording lies, and its seconds."""
_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


async def settle_stale_calls(services: Services) -> None:
    """Every ten seconds: calls in which nothing happens are looked up at Twilio, and filed if they are over.

    With them what was recorded, whose callback may be lost as well. While Twilio does not answer, all wait
    for the next tick.
    """
    if not services.settings.twilio_on:
        return

    async def settle(row: Row[Any]) -> None:
        state = await _state_of(services, row)
        if state is None or state["status"] not in _OVER:
            return
        log.info("calls.found_ended", call=row.id, sid=row.sid)
        recording = None if row.recording else await services.twilio.recording_of(row.sid)
        await services.store.run(_end, row.organization, row.sid, state, recording)

    try:
        await a_few_at_once(await services.store.read(stale_calls, _ASK_AFTER), settle)
    except PlatformError as error:
        log.warning("calls.cannot_ask", why=str(error))


async def _state_of(services: Services, row: Row[Any]) -> Mapping[str, Any] | None:
    """How a call stands at Twilio; None where it will not say.

    Raises:
        PlatformError: Twilio does not answer now.
    """
    try:
        return await services.twilio.call_status(row.sid)
    except PermanentError as error:
        if services.clock.now() - row.started_at >= _LONGEST_CALL:
            return {"status": "failed", "seconds": None}  # Twilio knows no such call
        log.warning("calls.cannot_ask", call=row.id, sid=row.sid, why=str(error))
        return None


async def file_missed_calls(services: Services) -> None:
    """At start and every five minutes: calls and recordings that nobody here heard of.

    Twilio remembers them; each call is filed once, as of its own time, with what the fallback recorded.
    """
    if not services.settings.twilio_on:
        return
    now = services.clock.now()
    since = min(now, await services.store.run(reached, MISSED))
    try:
        found = await services.twilio.calls_since(since - _OVERLAP)
        recordings = await services.twilio.recordings_since(since - _OVERLAP)
    except PlatformError as error:
        log.warning("calls.cannot_list", why=str(error))
        return
    for call in found:
        if call.status in _OVER and await services.store.read(_is_unknown, call):
            await services.store.run(_file, call, recordings.get(call.sid))
    for sid, recording in recordings.items():
        if await services.store.read(lacks_recording, sid):
            await services.store.run(keep_recording, sid, *recording)
            log.info("calls.found_recording", sid=sid)
    unfinished = [call.started for call in found if call.status not in _OVER]
    await services.store.run(reach, MISSED, min([now, *unfinished]))


async def keep_up_with_clock(services: Services) -> None:
    """Every few seconds: should the machine's clock have been set back, nothing waits for it."""
    if await services.store.run(_follow_clock):
        log.warning("clock.set_back")


async def prune(services: Services) -> None:
    """Every hour: what was sent, and events that no platform repeats any more."""
    await services.store.run(_prune)


def _end(
    tx: Transaction,
    organization: str,
    sid: str,
    state: Mapping[str, Any],
    recording: Recorded | None,
) -> None:
    if recording:
        keep_recording(tx, sid, *recording)
    end_call(tx, roster_of(tx, organization), sid, status=state["status"], seconds=state["seconds"])


def _follow_clock(tx: Transaction) -> bool:
    sending, asking = queue.follow_clock(tx), clock.follow_clock(tx)
    return sending or asking


def _is_unknown(tx: Transaction, call: PastCall) -> bool:
    """Whether a call to a number of ours was never heard of here."""
    return organization_by_number(tx, call.to) is not None and call_by_sid(tx, call.sid) is None


def _file(tx: Transaction, call: PastCall, recording: Recorded | None) -> None:
    organization = organization_by_number(tx, call.to)
    if not organization or not _is_unknown(tx, call) or not file_once(tx, organization, call.sid):
        return
    past = tx.as_of(call.started)
    roster = roster_of(tx, organization)
    receive_call(past, roster, Arrival(call.sid, call.from_, call.to, call.forwarded_from))
    if recording:
        keep_recording(past, call.sid, *recording)
    end_call(past, roster, call.sid, status=call.status, seconds=call.seconds)
    log.info("calls.found_missed", sid=call.sid, organization=organization)


def _prune(tx: Transaction) -> None:
    queue.forget_settled(tx, tx.now - _KEEP_SETTLED)
    forget_old(tx)
    forget_old_texts(tx)
    forget_runs(tx)
