"""An application on the loopback, in the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.services import Services
from handlers.composition import make_sender


@asynccontextmanager
async def delivering(services: Services) -> AsyncIterator[Services]:
    """Send what is in the outbox while the context lasts; then close the services."""
    sender = make_sender(services)
    sending = asyncio.create_task(sender.run())
    try:
        yield services
    finally:
        sender.stop()
        await sending
        await services.close()


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[socket.socket, str]]:
    """A port of our own before anything serves it, so that peers can be told the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Serve while the context lasts; on the way out, what was begun is finished."""
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", http="httptools")
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))  # who comes early waits in the backlog
    try:
        yield
    finally:
        server.should_exit = True
        await task
