"""What a machine that listens (Gather, Record) takes in from one telephone."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How listening ended."""

    SPEECH = "speech"
    KEYS = "keys"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was taken in; `finished_by` is the key that ended it, if one did."""

    kind: Kind
    text: str = ""
    confidence: float | None = None
    finished_by: str = ""


class Ear:
    """Listens once, and closes at the very moment it has what it wants.

    It decides in the caller's own step, not in a task that runs later, so that two things said
    quickly never fall into one question.

    Args:
        speech: whether it understands words.
        keys: whether it takes keys.
        finish_on: keys that end the entry.
        most: number of keys that end the entry.
        patient: whether to wait for more keys after some came; a hasty ear takes one press as the whole.
        closed: called as soon as it listens no more.
    """

    def __init__(
        self,
        *,
        speech: bool,
        keys: bool,
        closed: Callable[[], None],
        finish_on: str = "#",
        most: int | None = None,
        patient: bool = False,
    ) -> None:
        self.takes_speech = speech
        self.takes_keys = keys
        self._finish_on = finish_on
        self._most = most
        self._patient = patient
        self._closed = closed
        self._digits = ""
        self._heard: Heard | None = None
        self._changed = asyncio.Event()

    @property
    def open(self) -> bool:
        """Whether it still listens."""
        return self._heard is None

    @property
    def touched(self) -> bool:
        """Whether anything came in, which silences the prompt (barge-in)."""
        return bool(self._digits) or self._heard is not None

    async def until_touched(self) -> None:
        """Return once anything came in."""
        while not self.touched:
            await self._changed.wait()
            self._changed.clear()

    def speak(self, text: str, confidence: float | None) -> None:
        """Words arrive; they go before keys pressed so far."""
        self._close(Heard(Kind.SPEECH, text, confidence))

    def press(self, keys: str) -> None:
        """Keys arrive."""
        for key in keys:
            if key in self._finish_on:
                self._close(Heard(Kind.KEYS, self._digits, finished_by=key))
                return
            self._digits += key
            if self._most is not None and len(self._digits) >= self._most:
                self._close(Heard(Kind.KEYS, self._digits))
                return
        if self._patient:
            self._changed.set()
        else:
            self.give_up()

    def give_up(self) -> None:
        """Nothing (more) comes."""
        self._close(Heard(Kind.KEYS, self._digits) if self._digits else Heard(Kind.NOTHING))

    def _close(self, heard: Heard) -> None:
        if self._heard is None:
            self._heard = heard
            self._changed.set()
            self._closed()

    async def listen(self, seconds: float | None, between_keys: float | None = None) -> Heard:
        """What comes in; `seconds` of silence end it (None: never).

        After a key silence counts anew, up to `between_keys` seconds where those are given.
        """
        quiet_since = time.monotonic()
        while self._heard is None:
            if self._digits and between_keys is not None:
                seconds = between_keys
            left = None if seconds is None else quiet_since + seconds - time.monotonic()
            try:
                async with asyncio.timeout(left):
                    await self._changed.wait()
                self._changed.clear()
                quiet_since = time.monotonic()
            except TimeoutError:
                self.give_up()
        return self._heard
