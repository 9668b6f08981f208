"""`toritsugi parse`: what a message means, without the web stack."""

import gc
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO, get_args

import orjson

from bot.clock import Clock, SystemClock
from bot.language import encoded, parse
from bot.language.model import Context

if TYPE_CHECKING:
    from argparse import Namespace

_CONTEXTS = get_args(Context)
_PORTION = 1000
"""Lines that are read at a time where a file is longer: enough to be worth handing to another process."""


class BadLine(Exception):  # noqa: N818 - says what is wrong with the input, in words for an operator
    """An input that is not what the command reads."""


def parse_command(text: str, now: datetime | None, context: Context, clock: Clock) -> str:
    """The meaning of one message as the JSON object of docs/status-language.md, on one line.

    `now` without an offset is in the office's zone; None is the present.
    """
    return encoded(parse(text, _aware(now) if now else clock.now(), context))


def parse_lines(lines: Iterable[str], clock: Clock, first: int = 1) -> Iterator[str]:
    """One JSON result for each `{"text", "now", "context"}` line, the first of which has the number `first`.

    Left out, `now` is the present and `context` "command".

    Raises:
        BadLine: a line is no such object; names its number.
    """
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            message = orjson.loads(line)
            now = datetime.fromisoformat(message["now"]) if message.get("now") else None
            text: Any = message["text"]
            context: Any = message.get("context") or "command"
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadLine(f'line {number}: expected {{"text", "now", "context"}}: {error}') from error
        if not isinstance(text, str) or context not in _CONTEXTS:
            raise BadLine(f"line {number}: text is a string, context is one of {', '.join(_CONTEXTS)}")
        yield parse_command(text, now, context, clock)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Nothing here refers to itself: what a line needed goes with it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def answer_lines(source: Iterable[str], target: TextIO, clock: Clock, first: int = 1) -> None:
    """Writes the results of `parse_lines`, one a line.

    Raises:
        BadLine: as `parse_lines`; what was before it is written.
    """
    with _no_collector():
        target.writelines(f"{result}\n" for result in parse_lines(source, clock, first))


def answer_each(source: Iterable[str], target: TextIO, clock: Clock) -> None:
    """The same for somebody who waits for each answer before the next line: a terminal, another program.

    Raises:
        BadLine: as `parse_lines`.
    """
    with _no_collector():
        for result in parse_lines(source, clock):
            print(result, file=target, flush=True)


def answer_file(source: TextIO, target: TextIO, clock: Clock, processes: int) -> None:
    """The same for a file of any length; one of many lines is worked through by several processes, in order.

    Raises:
        BadLine: as `answer_lines`.
    """
    begun = list(islice(source, _PORTION))
    if processes < 2 or len(begun) < _PORTION:
        answer_lines(chain(begun, source), target, clock)
        return
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor

    under_way: deque[Future[tuple[str, str]]] = deque()  # so many at a time, however long the file is
    portions = chain([begun], iter(lambda: list(islice(source, _PORTION)), []))
    first = 1
    with ProcessPoolExecutor(processes) as pool:
        for portion in portions:
            under_way.append(pool.submit(_answered, portion, clock, first))
            first += len(portion)
            if len(under_way) > 2 * processes:
                _write(under_way.popleft().result(), target)
        while under_way:
            _write(under_way.popleft().result(), target)


def _write(answered: tuple[str, str], target: TextIO) -> None:
    results, bad = answered
    target.write(results)
    if bad:
        raise BadLine(bad)


def _answered(portion: list[str], clock: Clock, first: int) -> tuple[str, str]:
    """What is to be written of a portion, and what is wrong with the line that ended it."""
    target = StringIO()
    try:
        answer_lines(portion, target, clock, first)
    except BadLine as bad:
        return target.getvalue(), str(bad)
    return target.getvalue(), ""


def main(argv: Sequence[str], *, stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Runs `toritsugi parse`; returns the exit code: 0, or 2 for input that cannot be read."""
    source, target = stdin or sys.stdin, stdout or sys.stdout
    options = _options(argv)
    clock = SystemClock()
    if options.jsonl:
        try:
            if _is_file(source):
                answer_file(source, target, clock, os.cpu_count() or 1)
            else:
                answer_each(source, target, clock)
        except BrokenPipeError:  # whoever reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except BadLine as bad:
            print(bad, file=sys.stderr)
            return 2
        return 0
    text = " ".join(options.text)
    print(parse_command(text, options.now, options.context, clock), file=target)
    return 0


def _is_file(source: TextIO) -> bool:
    """Whether all of it lies there already."""
    try:
        return stat.S_ISREG(os.fstat(source.fileno()).st_mode)
    except OSError:  # text in memory has no number
        return False


def _options(argv: Sequence[str]) -> "Namespace":
    from argparse import ArgumentParser

    parser = ArgumentParser(
        prog="toritsugi parse", description="Prints what a status message means, as JSON."
    )
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help="the message; empty asks for everyone's status"
    )
    parser.add_argument("--now", type=datetime.fromisoformat, help="the moment it was sent (RFC 3339)")
    parser.add_argument(
        "--context", choices=_CONTEXTS, default="command", help="behind a slash command, or free chat"
    )
    parser.add_argument(
        "--jsonl", action="store_true", help='read {"text", "now", "context"} lines from stdin'
    )
    options = parser.parse_args(argv)
    if options.jsonl and options.text:
        parser.error("--jsonl reads standard input: toritsugi parse --jsonl < FILE")
    return options


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    from bot.language import DEFAULT_CALENDAR

    return moment.replace(tzinfo=DEFAULT_CALENDAR.zone)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
