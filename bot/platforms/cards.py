"""A message as every chat can show it: each platform renders it in its own form.

Texts are plain: a renderer escapes them, so that a caller named `<!channel>` is only a name.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Tone = Literal["plain", "urgent", "waiting", "good", "over"]
"""What a card feels like at a glance: urgent stands out, waiting wants a tap, over is grey."""


@dataclass(frozen=True, slots=True)
class Button:
    """A tap that comes back to us: `action` is one of the names of docs/chat.md, `value` our own id.

    `picks_time`: where the platform can (LINE), the tap lets the person pick a day and a time, which
    come back with it; Slack opens a form anyway.
    """

    action: str
    label: str
    value: str = ""
    style: Literal["default", "primary", "danger"] = "default"
    picks_time: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of a card. `telephone` (E.164) makes its text tappable to call, `link` to open."""

    label: str
    text: str
    telephone: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a title, a text, facts, small print, buttons; `summary` is what a notification shows.

    `choices` are texts that a person may send next with one tap (LINE quick replies; Slack leaves
    them out). `mention` is a user id of the platform to be called by name. `picture` is the https
    address of a PNG above the text, where the platform takes one by address (LINE).
    """

    title: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    small: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = "plain"
    summary: str = ""
    choices: tuple[str, ...] = ()
    mention: str | None = None
    picture: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data, as the outbox keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Card":
        """The reverse of `as_json`."""
        return cls(
            title=data["title"],
            text=data["text"],
            facts=tuple(Fact(**fact) for fact in data["facts"]),
            small=tuple(data["small"]),
            buttons=tuple(Button(**button) for button in data["buttons"]),
            tone=data["tone"],
            summary=data["summary"],
            choices=tuple(data["choices"]),
            mention=data["mention"],
            picture=data.get("picture", ""),
        )
