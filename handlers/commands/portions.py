"""Lines of an input as they arrive, worked through by several processes, in order."""

import select
from collections import deque
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from typing import TypeVar

Result = TypeVar("Result")

_CHUNK = 1 << 16
"""Bytes read at a time, as many as a pipe holds."""
_WORTH = 200
"""Lines that are worth handing to another process; fewer are worked through here, at once."""
_MOMENT = 0.01
"""Seconds within which whoever sends many lines sends the next."""


def in_portions(
    source: BufferedIOBase, work: Callable[[list[bytes], int], Result], processes: int
) -> Iterator[Result]:
    """What `work` makes of each portion and the number of its first line, in order, as soon as it is known.

    `work` and its results can be pickled.
    """
    portions = _portions(source)
    for lines, first in portions:
        if processes > 1 and len(lines) >= _WORTH:
            yield from _shared_out(source, (lines, first), portions, work, processes)
        else:
            yield work(lines, first)


def _shared_out(
    source: BufferedIOBase,
    begun: tuple[list[bytes], int],
    portions: Iterator[tuple[list[bytes], int]],
    work: Callable[[list[bytes], int], Result],
    processes: int,
) -> Iterator[Result]:
    """The portion begun and those that follow without a pause, so many at a time as keep all busy."""
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(processes) as pool:
        under_way: deque[Future[Result]] = deque([pool.submit(work, *begun)])
        while under_way:
            if len(under_way) <= 2 * processes and _more_is_there(source):
                portion = next(portions, None)
                if portion:
                    under_way.append(pool.submit(work, *portion))
                    continue
            yield under_way.popleft().result()


def _portions(source: BufferedIOBase) -> Iterator[tuple[list[bytes], int]]:
    """The lines that are there, and the number of the first; waits only where there is none."""
    rest, first = b"", 1
    while chunk := source.read1(_CHUNK):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        if lines:
            yield lines, first
            first += len(lines)
    if rest:
        yield [rest], first


def _more_is_there(source: BufferedIOBase) -> bool:
    try:
        return bool(select.select([source], [], [], _MOMENT)[0])
    except (OSError, ValueError):  # bytes in memory have no number, a file of Windows none that can be asked
        return True
