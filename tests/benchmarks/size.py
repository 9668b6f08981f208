"""What one process costs: to start, to keep, and after two thousand calls."""

import asyncio
from pathlib import Path

from tests.benchmarks.load import drive
from tests.benchmarks.programs import Program, floor, serving
from tests.benchmarks.results import Figure
from tests.benchmarks.traffic import arrivals

_SETTLES = 4.0
"""Seconds after which what is loaded beside the first requests is there."""


async def measure(kind: str, url: str, folder: Path, *, rounds: int, calls: int) -> list[Figure]:
    """Start and idle memory beside a program that imports the same SDKs; memory over `calls` calls."""
    ours, bare = [], []
    for _ in range(min(rounds, 2)):
        with serving(url, folder) as program:
            ours.append((program.seconds_to_start, await _idle(program)))
        with floor("imports", folder) as program:
            bare.append((program.seconds_to_start, await _idle(program)))
    with serving(url, folder) as program:
        await _idle(program)
        await drive(program.port, arrivals(program.port), connections=16, requests=calls // 4)
        before = program.mebibytes
        await drive(program.port, arrivals(program.port), connections=16, requests=calls)
        after = program.mebibytes
    return [
        Figure("start to ready", kind, "s", _least(ours, 0), _least(bare, 0), 1.0),
        Figure("idle memory", kind, "MiB", _least(ours, 1), _least(bare, 1), 1.0),
        Figure(f"memory after {calls:,} more calls", kind, "MiB", after, before, 1.1),
    ]


async def _idle(program: Program) -> float:
    await asyncio.sleep(_SETTLES)
    return program.mebibytes


def _least(found: list[tuple[float, float]], at: int) -> float:
    return min(one[at] for one in found)
