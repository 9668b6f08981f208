"""Records past the days that an office keeps them."""

from datetime import timedelta

from bot.digests.erasing import Erased, erase_old, has_old, note
from bot.digests.pictures import forget_pictures
from bot.office.roster import all_rosters
from bot.office.tokens import forget_answers
from bot.services import Services
from bot.store.transaction import Transaction


async def end_records(services: Services) -> None:
    """Every hour: what is older than `retention_days` is erased, a batch at a time, and copies after days."""
    await services.store.run(_forget_copies)
    for organization, days in await services.store.read(_with_old_records):
        total = Erased()
        while erased := await services.store.run(erase_old, organization, days):
            total += erased
        if total:
            await services.store.run(note, organization, "retention", total)


def _forget_copies(tx: Transaction) -> None:
    """What is kept for days and not for as long as an office says."""
    forget_pictures(tx)
    forget_answers(tx)


def _with_old_records(tx: Transaction) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for roster in all_rosters(tx):
        days = roster.office.retention_days
        if has_old(tx, roster.organization, tx.now - timedelta(days=days)):
            found.append((roster.organization, days))
    return found
