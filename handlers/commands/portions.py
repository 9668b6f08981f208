"""Lines of an input as they arrive, worked through by several processes, in order."""

import select
from collections import deque
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from typing import TypeVar

Result = TypeVar("Result")

_CHUNK = 1 << 14
"""Bytes read at a time: some hundred lines, so that the last portions keep all processes busy."""
_WORTH = 50
"""Lines that came at once and tell of more to come; fewer are worked through here."""
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
        yield work(lines, first)  # here: what it has learned the processes that follow begin with
        if processes > 1 and len(lines) >= _WORTH and _more_is_there(source):
            yield from _shared_out(source, portions, work, processes)


def _shared_out(
    source: BufferedIOBase,
    portions: Iterator[tuple[list[bytes], int]],
    work: Callable[[list[bytes], int], Result],
    processes: int,
) -> Iterator[Result]:
    """The portions that follow each other without a pause, so many at a time as keep all busy."""
    from concurrent.futures import Future, ProcessPoolExecutor

    under_way: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(processes) as pool:
        while True:
            room = len(under_way) <= 2 * processes and _more_is_there(source)
            portion = next(portions, None) if room else None
            if portion:
                under_way.append(pool.submit(work, *portion))
            elif under_way:
                yield under_way.popleft().result()
            else:
                return


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
