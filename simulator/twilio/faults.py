"""What can be made to go wrong, for a number of requests each."""

import asyncio
from collections import defaultdict, deque
from enum import StrEnum

from simulator.changes import Changes


class Channel(StrEnum):
    """Kinds of request that the application receives."""

    VOICE = "voice"  # asks for TwiML
    WAIT = "wait"  # asks for TwiML while the caller is queued
    STATUS = "status"  # tells how a call goes on
    RECORDING = "recording"  # tells that a recording is there


class WebhookFault(StrEnum):
    """What may happen to a request on its way to the application."""

    REPEAT = "repeat"  # it arrives twice with one idempotency token; the second answer counts
    REFUSE = "refuse"  # no connection, at this attempt
    LOSE_ANSWER = "lose_answer"  # it arrives, but the answer never does
    DROP = "drop"  # it never arrives, nor is it tried again
    DELAY = "delay"  # it is sent `seconds` later
    HOLD = "hold"  # it waits until `release` (callbacks only)


class RestFault(StrEnum):
    """What may happen to a request to the REST API, named as at the other stand-ins.

    Unlike theirs, Twilio's 429 does not say when to come back.
    """

    RATE_LIMIT = "rate_limit"
    ERROR = "error"  # status 500; nothing happened
    GARBAGE = "garbage"  # 200 and no JSON; nothing happened
    SILENCE = "silence"  # no answer, ever; nothing happened
    BREAK = "break"  # the connection breaks; nothing happened
    SLOW = "slow"  # it happens, `Faults.seconds` later
    ACCEPT_THEN_ERROR = "accept_then_error"
    ACCEPT_THEN_SILENCE = "accept_then_silence"
    ACCEPT_THEN_BREAK = "accept_then_break"


class Faults:
    """The faults that wait for their requests.

    REST requests are named by resource and act: `calls.create`, `calls.update`, `calls.fetch`,
    `calls.list`, `messages.create`, `queues.list`, `workers.update` and so on.

    Attributes:
        seconds: for `WebhookFault.DELAY` and `RestFault.SLOW`.

    Args:
        changes: told when a callback is held.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.seconds = 0.2
        self._webhooks: dict[Channel, deque[WebhookFault]] = defaultdict(deque)
        self._rest: dict[str, deque[RestFault]] = defaultdict(deque)
        self._held: list[asyncio.Event] = []
        self.over = asyncio.Event()

    def webhook(self, channel: Channel | str, kind: WebhookFault | str, times: int = 1) -> None:
        """The next `times` requests of this kind to the application suffer this."""
        self._webhooks[Channel(channel)].extend([WebhookFault(kind)] * times)

    def order(self, method: str, kind: RestFault | str, times: int = 1) -> None:
        """The next `times` requests of this name to the REST API suffer this."""
        self._rest[method].extend([RestFault(kind)] * times)

    def clear(self) -> None:
        """Call off what has not happened yet; what is held stays so."""
        self._webhooks.clear()
        self._rest.clear()

    def of_webhook(self, channel: Channel) -> WebhookFault | None:
        """The fault for the request that is about to be sent."""
        return self._webhooks[channel].popleft() if self._webhooks[channel] else None

    def of_rest(self, method: str) -> RestFault | None:
        """The fault for the request that came in."""
        return self._rest[method].popleft() if self._rest[method] else None

    def end_silence(self) -> None:
        """Break the connections that are left without an answer, and those to come: the end of a test."""
        self.over.set()

    async def held(self) -> None:
        """Wait, as a held callback, until released."""
        released = asyncio.Event()
        self._held.append(released)
        self._changes.tell("held", number=len(self._held))
        await released.wait()

    @property
    def number_held(self) -> int:
        """How many callbacks are held now."""
        return len(self._held)

    async def release(self, *, reverse: bool = False) -> None:
        """Let the held callbacks go one after the other, the latest first if `reverse`."""
        held, self._held = self._held, []
        for released in reversed(held) if reverse else held:
            released.set()
            await asyncio.sleep(0.02)  # enough for one to be on its way before the next
