"""Backends that can be asked are compared with what we said last, and told again where they differ."""

import structlog

from bot.office.model import TaskRouterBackend
from bot.office.roster import all_rosters, roster_of
from bot.platforms.errors import PermanentError, PlatformError
from bot.presence.board import CHANGED, told, version_of
from bot.presence.verbs import presence_of
from bot.routing.taskrouter import WorkerUpdates, update_for
from bot.services import Services
from bot.store.outbox import enqueue
from bot.store.transaction import Transaction
from jobs.at_once import a_few_at_once

log = structlog.get_logger()
Wanted = tuple[str, int, str, dict[str, object]]


async def repair_workers(services: Services) -> None:
    """Every five minutes: workers in TaskRouter that somebody or something else has moved."""
    if not services.settings.twilio_on:
        return
    updates = WorkerUpdates(services.twilio)

    async def compare(wanted: Wanted) -> None:
        organization, backend, staff, request = wanted
        try:
            drifted = await updates.has_drifted(request)
        except PermanentError as error:
            log.warning("routing.cannot_compare", organization=organization, staff=staff, why=str(error))
            return
        if drifted:
            log.warning("routing.repaired", organization=organization, staff=staff)
            await services.store.run(_tell_again, organization, backend, staff)

    try:
        await a_few_at_once(await services.store.read(_wanted), compare)
    except PlatformError as error:
        log.warning("routing.cannot_compare", why=str(error))


def _wanted(tx: Transaction) -> list[Wanted]:
    """Every worker of every office as they should stand: organization, backend, staff, update."""
    found: list[Wanted] = []
    for roster in all_rosters(tx):
        for index, backend in enumerate(roster.office.routing):
            if not isinstance(backend, TaskRouterBackend):
                continue
            for person in roster.people.values():
                presence = presence_of(tx, roster, person.id)
                version, _ = version_of(tx, roster.organization, person.id)
                request = update_for(backend, person, told(roster, person, presence, version, tx.now))
                if request and version:
                    found.append((roster.organization, index, person.id, request))
    return found


def _tell_again(tx: Transaction, organization: str, backend: int, staff: str) -> None:
    roster = roster_of(tx, organization)
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None:
        return
    version, _ = version_of(tx, organization, staff)
    data = told(roster, person, presence_of(tx, roster, staff), version, tx.now)
    lane = f"presence:{organization}:{backend}:{staff}"
    enqueue(tx, organization, CHANGED, {"backend": backend, "data": data}, lane=lane)
