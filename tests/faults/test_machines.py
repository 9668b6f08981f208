"""Several `serve` and `worker` processes on one PostgreSQL, each killed in turn: nothing lost, nothing twice."""

import asyncio
import os
import random
import re
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.callers import cards_of, leaves_word, promises_everybody, times_told, wants_to_speak
from tests.support.fleet import Fleet
from tests.support.processes import eventually

LONG = bool(os.environ.get("LONG_FAULTS"))
"""As `make test-faults` runs them."""
WORKERS = 2
KILLED = [0, 1, 2, 3, 1, 3, 0, 2] if LONG else [1, 2]
"""Which processes are killed, one after the other: two `serve`, then two `worker`."""


class Machines(Fleet):
    """Two `serve` behind one address and two `worker`.

    In the long form Twilio asks nothing twice: what died with a process is left to the fallback and to the jobs.
    """

    connection = "" if LONG else Fleet.connection

    async def start(self) -> subprocess.Popen[bytes]:
        last = await super().start()
        for _ in range(WORKERS):
            self.spawn("worker")
        return last

    async def replace(self, index: int) -> None:
        """`kill -9` one process; another takes its place at its leisure."""
        gone = self.processes[index]
        gone.send_signal(signal.SIGKILL)
        await asyncio.to_thread(gone.wait, 30)
        self._spawning = self.ports[index % len(self.ports)]
        self.spawn("serve" if index < len(self.ports) else "worker")
        self.processes[index] = self.processes.pop()


@pytest_asyncio.fixture
async def machines(postgres_url: str, tmp_path: Path) -> AsyncIterator[Machines]:
    async with Machines(postgres_url, tmp_path).running() as running:
        yield running


async def test_each_process_is_killed_while_calls_come_in(machines: Machines) -> None:
    """Messages and promises; figures: calls held, messages lost (0), doubled (0), promises kept."""
    dice = random.Random(7)
    numbers: list[str] = []
    promises: set[str] = set()
    answering = asyncio.create_task(promises_everybody(machines))
    async with asyncio.TaskGroup() as callers:
        for index in KILLED:
            for n in range(4):
                number = f"+8150{30000000 + len(numbers)}"
                numbers.append(number)
                calls = leaves_word(machines, number) if n % 2 else wants_to_speak(machines, number, promises)
                callers.create_task(calls)
                await asyncio.sleep(dice.random() * 0.15)
            await machines.replace(index)
            await eventually(lambda: len(machines.listening()) == len(machines.ports), "both serve", 40)
    await machines.twilio.all_told(within=30)
    await eventually(
        lambda: all(times_told(machines, number) for number in numbers), "every message is told", within=90
    )
    await asyncio.sleep(1)  # a second copy would come now
    answering.cancel()
    found = Counter(times_told(machines, number) for number in numbers)
    kept = [
        number for number in promises if re.search(r"\d\d:\d\d まで", "".join(cards_of(machines, number)))
    ]
    print(
        f"calls held: {len(numbers)}; lost: {found[0]}, doubled: {sum(found.values()) - found[0] - found[1]}"
    )
    print(f"promises heard by callers: {len(promises)}, kept on the message: {len(kept)}")
    assert found == {1: len(numbers)}
    assert len(kept) == len(promises)
