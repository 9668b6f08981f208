"""Room for the requests of one line: a flood of calls to one office leaves the others their way."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 200
"""Requests of one line that wait at the same moment: more than one process does in a caller's patience."""


class CrowdedError(Exception):
    """As many requests of this line wait already as there is room for."""


class Room:
    """Counts what waits for each line in this process."""

    def __init__(self) -> None:
        self._inside: Counter[str] = Counter()

    @contextmanager
    def taken(self, line: str) -> Iterator[None]:
        """A place among the requests of `line`, a number of ours.

        Raises:
            CrowdedError: there is none.
        """
        if self._inside[line] >= MOST:
            raise CrowdedError(line)
        self._inside[line] += 1
        try:
            yield
        finally:
            self._inside[line] -= 1
            if not self._inside[line]:
                del self._inside[line]  # lines may be as many as numbers that somebody signs
