"""`toritsugi worker`: jobs and deliveries, as many processes as wanted on PostgreSQL."""

import asyncio
import signal

from bot.settings import Settings
from handlers.commands.database import prepare_database
from handlers.composition import make_services
from handlers.logs import set_up_logs
from handlers.web import running


def work(settings: Settings) -> None:
    """Work until told to stop. On SQLite `serve` does it all, and this process idles."""
    set_up_logs()
    if settings.uses_sqlite:
        print("SQLite では serve が配信と定期処理も行います。worker は待機します。", flush=True)
        asyncio.run(_until_stopped())
        return
    prepare_database(settings)
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    async with running(make_services(settings), with_jobs=True):
        await _until_stopped()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
