"""A LINE Official Account in memory: its friends, groups and chats."""

import itertools
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from simulator.changes import Changes
from simulator.http import Now
from simulator.line.limits import Json

REPLY_LIFE = timedelta(minutes=1)
REPLY_LIFE_REDELIVERED = timedelta(minutes=20)
RETRY_KEY_LIFE = timedelta(hours=24)
BILLING_ZONE = ZoneInfo("Asia/Tokyo")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

ButtonPlace = Literal["quick_reply", "flex", "template", "rich_menu"]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap, and where it is shown."""

    label: str
    action: Json
    place: ButtonPlace

    def answers_to(self, name: str) -> bool:
        """Whether a person, or a test, means this one: its label, or `action=` in its data."""
        return name == self.label or name in parse_qs(str(self.action.get("data", ""))).get("action", [])


@dataclass(eq=False, slots=True)
class User:
    """Somebody on LINE. `follows`: friend of the account, which has not been blocked."""

    id: str
    name: str = ""
    follows: bool = True
    followed_before: bool = False
    rich_menu: str | None = None

    def __post_init__(self) -> None:
        self.name = self.name or self.id[:6]


@dataclass(eq=False, slots=True)
class Message:
    """A message in a chat. `sender` is a user id, None for the account; `chat` a user's or group's id.

    `was_push`: pushed (counted), not a reply. `body` is the message object as sent. `expected` is set
    once a test has looked at it.
    """

    id: str
    chat: str
    sender: str | None
    body: Json
    at: datetime
    was_push: bool = False
    quick_reply_shown: bool = True
    unsent: bool = False
    expected: bool = False

    @property
    def from_bot(self) -> bool:
        """Whether the account sent it."""
        return self.sender is None

    @property
    def text(self) -> str:
        """What a person reads, without the labels of buttons."""
        kind = self.body.get("type")
        if kind == "flex":
            return "\n".join(_flex_texts(self.body.get("contents", {})))
        if kind == "template":
            return "\n".join(_template_texts(self.body.get("template", {})))
        return str(self.body.get("text", f"[{kind}]"))

    @property
    def notification(self) -> str:
        """What the list of chats shows: the text, or `altText`."""
        return str(self.body.get("altText") or self.body.get("text") or "")

    @property
    def buttons(self) -> list[Button]:
        """What can be tapped now; quick replies only while they are on the screen."""
        found = [_button(action, "flex") for action in _actions(self.body.get("contents", {}))]
        found += [_button(action, "template") for action in _actions(self.body.get("template", {}))]
        if self.quick_reply_shown:
            found += self.quick_replies
        return found

    @property
    def quick_replies(self) -> list[Button]:
        """The quick replies it was sent with, shown or not."""
        items = self.body.get("quickReply", {}).get("items", [])
        return [_button(item["action"], "quick_reply") for item in items]

    def to_json(self) -> Json:
        """All a page needs to draw it."""
        return {
            "id": self.id,
            "chat": self.chat,
            "sender": self.sender,
            "from_bot": self.from_bot,
            "text": self.text,
            "notification": self.notification,
            "body": self.body,
            "buttons": [
                {"label": one.label, "place": one.place, "action": one.action} for one in self.buttons
            ],
            "at": self.at.isoformat(),
            "was_push": self.was_push,
            "unsent": self.unsent,
        }


def _button(action: Json, place: ButtonPlace) -> Button:
    return Button(str(action.get("label", "")), action, place)


def _flex_texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _flex_texts(inner)
    elif isinstance(value, dict):
        if value.get("type") == "text":
            spans = "".join(str(span.get("text", "")) for span in value.get("contents", []))
            yield str(value.get("text") or spans)
            return
        for key, inner in value.items():
            if key != "action":
                yield from _flex_texts(inner)


def _template_texts(template: Json) -> Iterator[str]:
    for part in (template, *template.get("columns", [])):
        yield from (str(part[key]) for key in ("title", "text") if part.get(key))


def _actions(value: object) -> Iterator[Json]:
    if isinstance(value, list):
        for inner in value:
            yield from _actions(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("action", "defaultAction"):
                yield inner
            elif key == "actions":
                yield from inner
            else:
                yield from _actions(inner)


@dataclass(eq=False, slots=True)
class Group:
    """A group chat; the account reads and writes there while it is `joined`."""

    id: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    joined: bool = True
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class ReplyToken:
    """What a reply token may still do."""

    chat: str
    event_at: datetime
    received_at: datetime
    used: bool = False

    def alive(self, now: datetime) -> bool:
        """Within a minute of (re)delivery, and never twenty minutes after the event."""
        return now - self.received_at <= REPLY_LIFE and now - self.event_at <= REPLY_LIFE_REDELIVERED


@dataclass(frozen=True, slots=True)
class Accepted:
    """A push that was accepted under a retry key."""

    request_id: str
    sent: list[Json]
    at: datetime
    body: Json


class Account:
    """The state of one channel."""

    def __init__(self, destination: str, users: list[User], groups: list[Group], now: Now) -> None:
        self.destination = destination
        self.now = now
        self.base = ""
        self.users = {user.id: user for user in users}
        self.groups = {group.id: group for group in groups}
        self.chats: dict[str, list[Message]] = {}
        self.reply_tokens: dict[str, ReplyToken] = {}
        self.accepted: dict[str, Accepted] = {}
        self.quota: int | None = None
        self.usage: dict[str, int] = {}
        self.rich_menus: dict[str, Json] = {}
        self.rich_menu_images: dict[str, bytes] = {}
        self.default_rich_menu: str | None = None
        self.loading: list[tuple[str, int]] = []
        self.read: list[str] = []
        self.problems: list[str] = []
        self.changes = Changes()
        self._numbers = itertools.count(int(time.time() * 1000) % 10**12 * 10**6)
        for group in groups:
            group.name = group.name or group.id[:6]
            group.members = group.members or set(self.users)
            self.chats[group.id] = group.messages

    def problem(self, text: str) -> None:
        """Note a breach of the platform's rules."""
        self.problems.append(text)
        self.changes.tell("problem", problem=text)

    def number(self) -> str:
        """A message id: digits, rising."""
        return str(next(self._numbers))

    def ulid(self) -> str:
        """A `webhookEventId`: 26 characters, the time first."""
        value = int(self.now().timestamp() * 1000) << 80 | secrets.randbits(80)
        return "".join(_CROCKFORD[value >> shift & 31] for shift in range(125, -5, -5))

    def chat(self, chat: str) -> list[Message]:
        """The messages of a chat, the oldest first."""
        return self.chats.setdefault(chat, [])

    def keep(self, message: Message) -> Message:
        """A message appears; the quick replies above it vanish."""
        log = self.chat(message.chat)
        for earlier in log:
            earlier.quick_reply_shown = False
        log.append(message)
        self.changes.tell("message", message=message.to_json())
        return message

    def visible(self, user: str) -> list[Message]:
        """All that a user can read: the chat with the account and their groups, the newest last."""
        groups = [group.messages for group in self.groups.values() if user in group.members]
        found = [one for log in (self.chat(user), *groups) for one in log if not one.unsent]
        return sorted(found, key=lambda message: int(message.id))

    def menu_of(self, user: str) -> Json | None:
        """The rich menu that a user is shown; only one with an image is."""
        menu_id = self.users[user].rich_menu or self.default_rich_menu
        return self.rich_menus.get(menu_id) if menu_id in self.rich_menu_images else None

    @property
    def month(self) -> str:
        """The month that counts for the quota."""
        return self.now().astimezone(BILLING_ZONE).strftime("%Y-%m")

    @property
    def used(self) -> int:
        """Messages counted this month."""
        return self.usage.get(self.month, 0)

    def recipients(self, to: str) -> int | None:
        """How many a push to this id would reach and count for; None where the id is none of ours."""
        if to in self.users:
            return int(self.users[to].follows)
        group = self.groups.get(to)
        return len(group.members) if group is not None and group.joined else None
