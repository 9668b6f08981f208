"""That jobs run at all: for `toritsugi doctor`, `/metrics` and the alerts."""

from bot.services import Services
from bot.store.job_runs import HEARTBEAT, reach, reached
from bot.store.transaction import Transaction


async def beat(services: Services) -> None:
    """Every fifteen seconds: whichever process ticks leaves its instant."""
    await services.store.run(_beat)


def _beat(tx: Transaction) -> None:
    if reached(tx, HEARTBEAT) < tx.now:
        reach(tx, HEARTBEAT, tx.now)
