"""`toritsugi worker`: jobs and deliveries, as many processes as wanted on PostgreSQL."""

import asyncio
import signal

import structlog
import uvicorn

from bot.settings import Settings
from bot.store.schema import State
from handlers.commands.database import prepare_database
from handlers.commands.serve import GRACE_SECONDS, leave
from handlers.composition import make_services
from handlers.logs import set_up_logs
from handlers.protocol import BoundedProtocol
from handlers.web import create_worker_app, running

log = structlog.get_logger()


def work(settings: Settings) -> None:
    """Work until told to stop. On SQLite `serve` does it all, and this process idles."""
    set_up_logs()
    if settings.uses_sqlite:
        print("SQLite では serve が配信と定期処理も行います。worker は待機します。", flush=True)
        asyncio.run(_until_stopped())
        return
    if prepare_database(settings) is State.AHEAD:
        log.warning("database.newer")
    if settings.worker_port:
        _work_and_answer(settings, settings.worker_port)
    else:
        asyncio.run(_work(settings))


def _work_and_answer(settings: Settings, port: int) -> None:
    signal.signal(signal.SIGTERM, leave)
    uvicorn.run(
        create_worker_app(make_services(settings)),
        host=settings.host,
        port=port,
        loop="uvloop",
        http=BoundedProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


async def _work(settings: Settings) -> None:
    async with running(make_services(settings), with_jobs=True):
        await _until_stopped()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
