"""How fast messages are read, beside ja_timex on the same lines in the same run.

`pytest tests/benchmarks/test_language.py` prints both and their ratio; nothing here asserts a time.
Both read every line anew: neither remembers a line it has seen.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from ja_timex import TimexParser
from pytest_benchmark.fixture import BenchmarkFixture

from bot.language import as_json, parse

LINES = (Path(__file__).parent.parent / "language" / "dev.jsonl").read_text("utf-8").splitlines()
TEXTS = [json.loads(line)["text"] for line in LINES]


def read_by_us() -> int:
    """JSON in, the meaning, JSON out: what `toritsugi parse --jsonl` does for a line."""
    size = 0
    for line in LINES:
        case = json.loads(line)
        update = parse(case["text"], datetime.fromisoformat(case["now"]), case["context"])
        size += len(json.dumps(as_json(update), ensure_ascii=False))
    return size


def read_by_ja_timex(parser: TimexParser) -> int:
    """The time expressions of each text, found and normalised."""
    return sum(len(parser.parse(text)) for text in TEXTS)


def test_the_status_language(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["phrases"] = len(LINES)
    assert benchmark(read_by_us)


def test_ja_timex(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["phrases"] = len(TEXTS)
    assert benchmark(read_by_ja_timex, TimexParser())


def test_shows_the_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    parser = TimexParser()
    ours, theirs = _fastest(read_by_us), _fastest(lambda: read_by_ja_timex(parser))
    with capsys.disabled():
        print(
            f"\nstatus language {len(LINES) / ours:,.0f} phrases/s, ja_timex {len(TEXTS) / theirs:,.0f}:"
            f" {theirs / ours:.1f} times as many"
        )
    assert ours > 0


def _fastest(work: Callable[[], int]) -> float:
    """Seconds of processor time of the best of five rounds."""
    seconds = []
    for _ in range(5):
        start = process_time()
        work()
        seconds.append(process_time() - start)
    return min(seconds)
