"""Many questions to a platform, a few at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 8


async def a_few_at_once(items: Iterable[T], ask: Callable[[T], Awaitable[None]]) -> None:
    """Ask for every item, a few at once, so that one answer that is long in coming holds up no other.

    The first error ends it and is raised: what was not asked for waits for the next tick.
    """
    waiting = iter(items)

    async def take() -> None:
        for item in waiting:
            await ask(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(take())
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
