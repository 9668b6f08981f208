"""Messages by the clock: what waited for a person, and what is not done yet. Any process may sweep."""

from collections.abc import Sequence

from bot.messages.follow_up import due_follow_ups, take_steps
from bot.messages.recipients import forget_held, release_held, waiting
from bot.office.roster import roster_of
from bot.services import Services
from bot.store.transaction import Transaction
from bot.transfers.callbacks import give_up_callbacks, late_callbacks


async def deliver_held_messages(services: Services) -> None:
    """Once a second: quiet hours that have ended, and people who are back from a leave."""
    for organization, staff in await services.store.read(waiting):
        await services.store.run(_release, organization, staff)


async def follow_up_messages(services: Services) -> None:
    """Once a second: messages that are not done, promises that come due."""
    for organization, due in await services.store.read(due_follow_ups):
        await services.store.run(_follow_up, organization, due)


async def settle_callbacks(services: Services) -> None:
    """Once a second: telephones rung for a call back that nobody answers."""
    if await services.store.read(late_callbacks):
        await services.store.run(give_up_callbacks)


def _release(tx: Transaction, organization: str, staff: str) -> None:
    roster = roster_of(tx, organization)
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None:
        forget_held(tx, organization, staff)
    else:
        release_held(tx, roster, person)


def _follow_up(tx: Transaction, organization: str, due: Sequence[str]) -> None:
    take_steps(tx, roster_of(tx, organization), due)
