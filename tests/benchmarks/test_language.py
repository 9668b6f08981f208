"""How fast messages are read, beside ja_timex on the same lines in the same run.

`pytest tests/benchmarks/test_language.py` prints both and their ratio; nothing here asserts a time.
What a sentence says is remembered, as an office types the same ones every day: `anew` forgets them all before
every round, `again` does not.
"""

import json
import os
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter, process_time

import pytest
from ja_timex import TimexParser
from pytest_benchmark.fixture import BenchmarkFixture

from bot.clock import SystemClock
from bot.language.parser import forget
from handlers.commands.parse import answer_lines

HERE = Path(__file__).parent.parent / "language"
LINES = (HERE / "dev.jsonl").read_text("utf-8").splitlines()
INPUT = "\n".join(LINES).encode()
CLOCK = SystemClock()
TEXTS = [json.loads(line)["text"] for line in LINES]


def read_by_us() -> int:
    """What `toritsugi parse --jsonl` does: JSON in, the meaning, JSON out."""
    target = StringIO()
    answer_lines(BytesIO(INPUT), target, CLOCK)
    return len(target.getvalue())


def read_by_ja_timex(parser: TimexParser) -> int:
    """The time expressions of each text, found and normalised."""
    return sum(len(parser.parse(text)) for text in TEXTS)


def read_by_us_anew() -> int:
    """The same, with no sentence remembered."""
    forget()
    return read_by_us()


def test_the_status_language_again(benchmark: BenchmarkFixture) -> None:
    assert benchmark(read_by_us)


def test_the_status_language_anew(benchmark: BenchmarkFixture) -> None:
    assert benchmark(read_by_us_anew)


def test_ja_timex(benchmark: BenchmarkFixture) -> None:
    assert benchmark(read_by_ja_timex, TimexParser())


def test_shows_the_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    parser = TimexParser()
    anew, again = _fastest(read_by_us_anew), _fastest(read_by_us)
    theirs = _fastest(lambda: read_by_ja_timex(parser))
    with capsys.disabled():
        print(
            f"\nphrases per second: status language {len(LINES) / again:,.0f} (anew {len(LINES) / anew:,.0f}),"
            f" ja_timex {len(TEXTS) / theirs:,.0f}: {theirs / again:.1f} times (anew {theirs / anew:.1f})"
        )
    assert read_by_us() == read_by_us_anew()


def test_shows_the_ratio_of_a_long_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Every line once, by as many processes as there are processors; ja_timex has no such thing."""
    lines = [*LINES, *(HERE / "fresh.jsonl").read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    parser, processes = TimexParser(), os.cpu_count() or 1

    def by_us() -> None:
        forget()
        answer_lines(BytesIO("\n".join(lines).encode()), StringIO(), CLOCK, processes)

    ours = _fastest(by_us, perf_counter)
    theirs = _fastest(lambda: [parser.parse(text) for text in texts], perf_counter)
    with capsys.disabled():
        print(f"\n{len(lines)} lines by {processes} processes: {theirs / ours:.1f} times ja_timex")


def _fastest(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Seconds of the best of five rounds, of processor time where nothing else is said."""
    seconds = []
    for _ in range(5):
        start = clock()
        work()
        seconds.append(clock() - start)
    return min(seconds)
