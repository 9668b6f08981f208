"""The telephone network as a model: calls that ring, are answered, end, and tell us so in any order."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError


class ProcessDied(BaseException):
    """The process that was sending is gone: nothing after the request happens."""


@dataclass(eq=False)
class Phone:
    """One call to a telephone. `state`: ringing, screening, bridged, over."""

    sid: str
    leg: str
    number: str
    state: str = "ringing"
    caller: Any = None
    keys: list[str] = field(default_factory=list)


@dataclass
class Exchange:
    """Stands where Twilio's REST API is. `fate` is what becomes of the next request."""

    fate: str = "rings"
    phones: list[Phone] = field(default_factory=list)
    told: list[tuple[Phone, str]] = field(default_factory=list)

    async def place_call(self, *, to: str, url: str, **_more: object) -> str:
        if self.fate in ("rings", "rings_unheard", "dies_after"):
            leg = parse_qs(urlsplit(url).query)["leg"][0]
            phone = Phone(f"CA{len(self.phones)}", leg, to)
            self.phones.append(phone)
            self.told += [(phone, "initiated"), (phone, "ringing")]
        if self.fate in ("dies_before", "dies_after"):
            raise ProcessDied
        if self.fate == "refused":
            raise PermanentError("21211 no such number")
        if self.fate == "later":
            raise TemporaryError("429")
        if self.fate in ("lost", "rings_unheard"):
            raise UnknownOutcomeError("503")
        return self.phones[-1].sid

    async def end_call(self, sid: str) -> None:
        if self.fate in ("dies_before", "dies_after"):
            raise ProcessDied
        self.end(next(phone for phone in self.phones if phone.sid == sid), "completed")

    def end(self, phone: Phone, word: str) -> None:
        """The call is over; the network says so."""
        if phone.state != "over":
            phone.state = "over"
            self.told.append((phone, word))

    @property
    def live(self) -> list[Phone]:
        return [phone for phone in self.phones if phone.state != "over"]
