"""Deadlines that have passed: offers, held callers, telephones, presence. Any process may sweep.

Each finding is settled in a transaction of its own, which looks again under the row's lock.
"""

from bot.office.roster import roster_of
from bot.presence.board import due, forget, publish
from bot.presence.verbs import locked
from bot.services import Services
from bot.store.transaction import Transaction
from bot.transfers.legs import due_legs
from bot.transfers.queries import due_counts, due_offers, due_rings, due_transfers
from bot.transfers.screening import give_up_leg
from bot.transfers.verbs import count_down, expire_offer, expire_transfer, ring_too


async def settle_transfers(services: Services) -> None:
    """Once a second: whoever did not answer in time is passed over, nobody holds for longer than allowed.

    Cards that still ask show the seconds that are left.
    """
    for organization, transfer in await services.store.read(due_transfers):
        await services.store.run(_expire_transfer, organization, transfer)
    for organization, offer in await services.store.read(due_offers):
        await services.store.run(_expire_offer, organization, offer)
    for organization, offer in await services.store.read(due_rings):
        await services.store.run(_ring_too, organization, offer)
    for leg in await services.store.read(due_legs):
        await services.store.run(give_up_leg, leg)
    for organization, offer in await services.store.read(due_counts):
        await services.store.run(count_down, organization, offer)


async def refresh_presence(services: Services) -> None:
    """Once a second: presence that the clock alone has changed is told to the backends."""
    for organization, staff in await services.store.read(due):
        await services.store.run(_refresh, organization, staff)


def _expire_transfer(tx: Transaction, organization: str, transfer: str) -> None:
    expire_transfer(tx, roster_of(tx, organization), transfer)


def _expire_offer(tx: Transaction, organization: str, offer: str) -> None:
    expire_offer(tx, roster_of(tx, organization), offer)


def _ring_too(tx: Transaction, organization: str, offer: str) -> None:
    ring_too(tx, roster_of(tx, organization), offer)


def _refresh(tx: Transaction, organization: str, staff: str) -> None:
    roster = roster_of(tx, organization)
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None:
        forget(tx, organization, staff)
    else:
        publish(tx, roster, person, locked(tx, roster, person))
