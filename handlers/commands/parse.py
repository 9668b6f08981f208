"""`toritsugi parse`: what a message means, without the web stack."""

import gc
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from io import BufferedIOBase
from typing import TYPE_CHECKING, Any, TextIO, get_args

import orjson

from bot.clock import Clock, SystemClock
from bot.language import encoded, parse
from bot.language.model import Context
from handlers.commands.portions import in_portions

if TYPE_CHECKING:
    from argparse import Namespace

_CONTEXTS = get_args(Context)


class BadLine(Exception):  # noqa: N818 - says what is wrong with the input, in words for an operator
    """An input that is not what the command reads."""


def parse_command(text: str, now: datetime | None, context: Context, clock: Clock) -> str:
    """The meaning of one message as the JSON object of docs/status-language.md, on one line.

    `now` without an offset is in the office's zone; None is the present.
    """
    return encoded(parse(text, _aware(now) if now else clock.now(), context))


def parse_lines(lines: Iterable[bytes], clock: Clock, first: int = 1) -> Iterator[str]:
    """One JSON result for each `{"text", "now", "context"}` line, the first of which has the number `first`.

    Left out, `now` is the present and `context` "command".

    Raises:
        BadLine: a line is no such object; names its number.
    """
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            message = orjson.loads(line.removeprefix(BOM_UTF8) if number == 1 else line)
            now = datetime.fromisoformat(message["now"]) if message.get("now") else None
            text: Any = message["text"]
            context: Any = message.get("context") or "command"
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadLine(f'line {number}: expected {{"text", "now", "context"}}: {error}') from error
        if not isinstance(text, str) or context not in _CONTEXTS:
            raise BadLine(f"line {number}: text is a string, context is one of {', '.join(_CONTEXTS)}")
        yield parse_command(text, now, context, clock)


def answer_lines(source: BufferedIOBase, target: TextIO, clock: Clock, processes: int = 1) -> None:
    """Writes the results of `parse_lines`, one a line.

    A long file is worked through by several processes; who waits for each answer before the next line has it.

    Raises:
        BadLine: as `parse_lines`; what was before it is written.
    """
    for results, bad in in_portions(source, partial(_answered, clock), processes):
        target.write(results)
        target.flush()
        if bad:
            raise BadLine(bad)


def _answered(clock: Clock, lines: list[bytes], first: int) -> tuple[str, str]:
    """What is to be written of a portion, and what is wrong with the line that ended it."""
    results: list[str] = []
    gc.disable()  # nothing here refers to itself: what a line needed goes with it
    try:
        results.extend(f"{result}\n" for result in parse_lines(lines, clock, first))
    except BadLine as bad:
        return "".join(results), str(bad)
    finally:
        gc.enable()
    return "".join(results), ""


def main(argv: Sequence[str], *, stdin: BufferedIOBase | None = None, stdout: TextIO | None = None) -> int:
    """Runs `toritsugi parse`; returns the exit code: 0, or 2 for input that cannot be read."""
    target = stdout or sys.stdout
    options = _options(argv)
    clock = SystemClock()
    if options.jsonl:
        try:
            with stdin or open(0, "rb", closefd=False) as source:
                answer_lines(source, target, clock, os.cpu_count() or 1)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if not isinstance(error, BrokenPipeError):  # else whoever reads has seen enough
                print(f"cannot read or write the lines: {error.strerror}", file=sys.stderr)
            return 1
        except BadLine as bad:
            print(bad, file=sys.stderr)
            return 2
        return 0
    text = " ".join(options.text)
    print(parse_command(text, options.now, options.context, clock), file=target)
    return 0


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
