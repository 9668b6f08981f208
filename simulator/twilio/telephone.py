"""Telephones in people's hands: what tests, stories and the page do with them.

    caller = standin.phone("+81312345678")
    call = await caller.dials("+81345671234")
    await call.hears("でございます")
    await call.says("栗本さんをお願いします")
    ringing = await standin.phone("+819012345678").rings()
    staff = await ringing.answers()
    await staff.hears("1を押して")
    await staff.presses("1")
    await call.hears("もしもし")  # once connected, what the other one says is heard too

What waits gives up after `within` seconds (5 unless told) with the whole transcript in the error.
"""

import asyncio
import math
from collections.abc import Callable
from typing import TypeVar

from simulator.twilio.calls import dial_in
from simulator.twilio.ear import Ear
from simulator.twilio.exchange import Decision, Exchange, Ring
from simulator.twilio.leg import Bridge, Leg
from simulator.twilio.model import CallStatus, Line, Sms, Sound

T = TypeVar("T")

WITHIN = 15.0
VOICES = (Sound.SPEECH, Sound.PARTY)
MAILBOX_SECONDS = 10.0  # of a question that a mailbox does not answer; calm is for people
GREETING = "ただいま電話に出ることができません。ピーという音のあとに、お名前とご用件をお話しください。"


class NotSo(AssertionError):  # noqa: N818 -- read in a failing test: "NotSo: … never hears …"
    """What was expected of a call or a telephone did not happen."""


class Call:
    """A call as the holder of one telephone has it."""

    def __init__(self, exchange: Exchange, leg: Leg) -> None:
        self._exchange = exchange
        self._leg = leg
        self._since = 0  # lines before belong to what was said earlier

    @property
    def sid(self) -> str:
        """Twilio's identifier of this leg."""
        return self._leg.sid

    @property
    def number(self) -> str:
        """The number of this telephone."""
        return self._leg.phone

    @property
    def transcript(self) -> tuple[Line, ...]:
        """Everything heard and done, in order."""
        return tuple(self._leg.transcript)

    @property
    def status(self) -> CallStatus:
        """Twilio's status of this leg."""
        return self._leg.status

    @property
    def ended(self) -> bool:
        """Whether the call is over."""
        return self._leg.status.final

    @property
    def with_whom(self) -> str | None:
        """The number of the person at the other end; None while there is only the machine."""
        bridge = self._leg.bridge
        return bridge.partner(self._leg).phone if bridge is not None else None

    @property
    def heard(self) -> str:
        """What was heard since the holder last did something, all in one."""
        return "".join(line.text for line in self._leg.transcript[self._since :] if line.sound in VOICES)

    @property
    def everything_heard(self) -> str:
        """What was heard in the whole call, a line each."""
        return "\n".join(line.text for line in self._leg.transcript if line.sound in VOICES)

    @property
    def listened_to(self) -> bool:
        """Whether something said now would be heard by anybody."""
        return self._leg.bridge is not None or (self._leg.ear is not None and self._leg.ear.takes_speech)

    async def hears(self, words: str, *, sound: Sound | None = None, within: float = WITHIN) -> str:
        """Wait to hear these words, in anything heard since one last did something; what was said.

        Args:
            words: part of the text.
            sound: look among these instead of voices (music is its address, a tone its name).
            within: seconds.

        Raises:
            NotSo: they are not heard in that time, or the call ends without them.
        """
        sounds = VOICES if sound is None else (sound,)

        def look() -> str | None:
            for line in self._leg.transcript[self._since :]:
                if line.sound in sounds and words in line.text:
                    return line.text
            return None

        return await self._until(look, within, f"hears {words!r}")

    async def hears_music(self, part: str = "", *, within: float = WITHIN) -> str:
        """Wait for music whose address has this part."""
        return await self.hears(part or "/", sound=Sound.MUSIC, within=within)

    async def hears_tone(self, name: str, *, within: float = WITHIN) -> str:
        """Wait for a tone: `ringing`, `beep`, or the keys it stands for."""
        return await self.hears(name, sound=Sound.TONE, within=within)

    async def answered(self, *, within: float = WITHIN) -> None:
        """Wait until the call is in progress.

        Raises:
            NotSo: it does not come to that.
        """
        await self._until(lambda: self._leg.answered, within, "is answered")

    async def says(self, words: str, confidence: float | None = 0.92, *, within: float = WITHIN) -> None:
        """Wait until somebody listens, and speak.

        Raises:
            NotSo: nobody listens in that time.
        """
        ear: Ear | Leg = await self._until(lambda: self._listener(speech=True), within, f"says {words!r}")
        self._acts(Sound.SAID, words)
        if isinstance(ear, Ear):
            ear.speak(words, confidence)
        else:
            ear.note(Sound.PARTY, words)

    async def presses(self, keys: str, *, within: float = WITHIN) -> None:
        """Wait until keys are taken, and press them one after the other.

        Raises:
            NotSo: nothing takes keys in that time.
        """
        ear: Ear | Leg = await self._until(lambda: self._listener(speech=False), within, f"presses {keys!r}")
        self._acts(Sound.PRESSED, keys)
        if isinstance(ear, Ear):
            ear.press(keys)
            return
        ear.note(Sound.TONE, keys)
        bridge = self._leg.bridge
        if "*" in keys and self._leg.star_leaves and bridge is not None:
            bridge.end()

    async def stays_silent(self, *, within: float = WITHIN) -> None:
        """Wait until asked something, and let the time for the answer run out."""
        ear = await self._until(lambda: self._leg.ear, within, "stays silent")
        self._acts(Sound.SILENT, "")
        ear.give_up()

    async def hangs_up(self) -> None:
        """Put the receiver down; nothing happens if the call is over."""
        inbound_unanswered = self._leg.status in (CallStatus.QUEUED, CallStatus.RINGING)
        self._exchange.finish(self._leg, CallStatus.NO_ANSWER if inbound_unanswered else CallStatus.COMPLETED)
        await asyncio.sleep(0)

    async def ends(self, *, within: float = WITHIN) -> CallStatus:
        """Wait until the call is over; how it ended.

        Raises:
            NotSo: it goes on.
        """
        await self._until(lambda: self.ended, within, "ends")
        return self._leg.status

    async def talks_with(self, number: str, *, within: float = WITHIN) -> None:
        """Wait until connected with that telephone.

        Raises:
            NotSo: it does not come to that.
        """
        await self._until(lambda: self.with_whom == number, within, f"talks with {number}")

    def told(self) -> str:
        """The transcript, to be read."""
        lines = [f"  {line.at:%H:%M:%S.%f} {line.sound:7} {line.text}" for line in self._leg.transcript]
        return "\n".join([f"{self._leg.sender} → {self._leg.to} ({self._leg.status}):", *lines])

    def _listener(self, *, speech: bool) -> Ear | Leg | None:
        leg, ear = self._leg, self._leg.ear
        if leg.bridge is not None:
            return leg.bridge.partner(leg)
        if ear is None or not (ear.takes_speech if speech else ear.takes_keys):
            return None
        return ear

    def _acts(self, sound: Sound, words: str) -> None:
        self._leg.note(sound, words)
        self._since = len(self._leg.transcript)

    async def _until(self, look: Callable[[], T | None], within: float, what: str) -> T:
        def look_or_give_up() -> T | None:
            found = look()
            if not found and self.ended:
                raise self._not_so(what)
            return found or None

        found = await self._exchange.changes.until(look_or_give_up, within)
        if found is None:
            raise self._not_so(what)
        return found

    def _not_so(self, what: str) -> NotSo:
        return NotSo(f"{self._leg.phone} never {what}\n{self.told()}")


class Ringing:
    """A telephone that rings."""

    def __init__(self, exchange: Exchange, ring: Ring) -> None:
        self._exchange = exchange
        self._ring = ring

    @property
    def sid(self) -> str:
        """Twilio's identifier of this leg."""
        return self._ring.leg.sid

    @property
    def shows(self) -> str:
        """The number that the telephone shows."""
        return self._ring.leg.sender

    @property
    def stopped(self) -> bool:
        """Whether it rings no more."""
        return self._ring.leg.status is not CallStatus.RINGING

    @property
    def status(self) -> CallStatus:
        """Twilio's status of this leg."""
        return self._ring.leg.status

    async def answers(self) -> Call:
        """Pick up.

        Raises:
            NotSo: it has stopped ringing.
        """
        await self._decide(Decision.HUMAN)
        return Call(self._exchange, self._ring.leg)

    async def rejects(self) -> None:
        """Press the caller away; Twilio calls that busy."""
        await self._decide(Decision.BUSY)

    async def is_busy(self) -> None:
        """Be in another call already."""
        await self._decide(Decision.BUSY)

    async def lets_ring(self) -> None:
        """Let it ring until the caller's time is up."""
        await self._decide(Decision.NO_ANSWER)

    async def voicemail_answers(self, greeting: str = GREETING) -> Call:
        """The mailbox picks up: it speaks its greeting to whoever listens and never presses a key."""
        await self._decide(Decision.MACHINE)
        call = Call(self._exchange, self._ring.leg)
        self._exchange.background.run(_mailbox(self._exchange, self._ring.leg, greeting))
        return call

    async def stops(self, *, within: float = WITHIN) -> None:
        """Wait until it rings no more.

        Raises:
            NotSo: it goes on ringing.
        """
        if not await self._exchange.changes.until(lambda: self.stopped or None, within):
            raise NotSo(f"{self._ring.leg.phone} goes on ringing")

    async def _decide(self, decision: Decision) -> None:
        if self.stopped or self._ring.decision.done():
            raise NotSo(f"{self._ring.leg.phone} rings no more: {self.status}")
        self._ring.decision.set_result(decision)
        await self._exchange.changes.until(lambda: self.stopped or None, WITHIN)


async def _mailbox(exchange: Exchange, leg: Leg, greeting: str) -> None:
    spoken = False
    met: Ear | Bridge | None = None
    while (met := await _next_listener(exchange, leg, met)) is not None:
        if not spoken and (isinstance(met, Bridge) or met.takes_speech):
            spoken = True
            leg.note(Sound.SAID, greeting)
            if isinstance(met, Ear):
                met.speak(greeting, 0.9)
            else:
                met.partner(leg).note(Sound.PARTY, greeting)
        elif isinstance(met, Ear):
            await asyncio.sleep(MAILBOX_SECONDS * exchange.tempo.pace)
            met.give_up()


async def _next_listener(exchange: Exchange, leg: Leg, before: Ear | Bridge | None) -> Ear | Bridge | None:
    """Whoever listens after `before`; None at the end of the call."""

    def look() -> bool | None:
        return leg.status.final or (leg.bridge or leg.ear) not in (None, before) or None

    await exchange.changes.until(look, math.inf)
    return leg.bridge or leg.ear


class Telephone:
    """A telephone with its number, E.164 (or `anonymous`, for callers who hide theirs)."""

    def __init__(self, exchange: Exchange, number: str) -> None:
        self._exchange = exchange
        self.number = number

    @property
    def sms(self) -> list[Sms]:
        """Text messages received, oldest first."""
        return [sms for sms in self._exchange.messages.values() if sms.to == self.number]

    @property
    def is_ringing(self) -> bool:
        """Whether it rings now."""
        return any(ring.leg.status is CallStatus.RINGING for ring in self._exchange.rings[self.number])

    @property
    def times_rung(self) -> int:
        """How often it was rung in all."""
        return len(self._exchange.rings[self.number])

    @property
    def most_at_once(self) -> int:
        """The greatest number of legs that this telephone had, ringing or talking, at one moment."""
        return self._exchange.most_at_once[self.number]

    async def dials(self, number: str, *, forwarded_from: str | None = None) -> Call:
        """Dial one of the account's numbers.

        Args:
            number: which.
            forwarded_from: the line that was dialled in truth, and sends its calls on to `number`.

        Raises:
            ValueError: the account has no such number.
        """
        if number not in self._exchange.numbers:
            raise ValueError(f"the stand-in has no number {number}")
        leg = dial_in(self._exchange, self.number, number, forwarded_from)
        await asyncio.sleep(0)
        return Call(self._exchange, leg)

    async def rings(self, *, within: float = WITHIN) -> Ringing:
        """Wait until it rings (each ringing is met once).

        Raises:
            NotSo: it does not ring in that time.
        """

        def look() -> Ring | None:
            rings = self._exchange.rings[self.number]
            live = (ring for ring in rings if not ring.taken and ring.leg.status is CallStatus.RINGING)
            return next(live, None)

        ring = await self._exchange.changes.until(look, within)
        if ring is None:
            raise NotSo(f"{self.number} does not ring within {within} s")
        ring.taken = True
        return Ringing(self._exchange, ring)

    async def gets_sms(self, words: str = "", *, within: float = WITHIN) -> Sms:
        """Wait for a text message with these words.

        Raises:
            NotSo: none comes in that time.
        """
        sms = await self._exchange.changes.until(
            lambda: next((sms for sms in self.sms if words in sms.body), None), within
        )
        if sms is None:
            raise NotSo(f"{self.number} got no message with {words!r}")
        return sms

    def is_switched_off(self, off: bool = True) -> None:
        """From now on calls to it fail at once."""
        (self._exchange.dead_phones.add if off else self._exchange.dead_phones.discard)(self.number)
