"""A Slack workspace in memory: who is in it, what was said, which views are open."""

import itertools
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from simulator.changes import Changes
from simulator.http import Now
from simulator.slack import blocks as kit
from simulator.slack.blocks import Button, Json

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5

ChannelKind = Literal["public", "private", "im"]


@dataclass(slots=True)
class User:
    """A member. `online`: an ephemeral message to somebody who is not is lost, as in Slack."""

    id: str
    name: str = ""
    real_name: str = ""
    email: str = ""
    deleted: bool = False
    online: bool = True
    is_bot: bool = False

    def __post_init__(self) -> None:
        self.name = self.name or self.id.lower()
        self.real_name = self.real_name or self.name
        self.email = self.email or f"{self.name}@example.com"


@dataclass(eq=False, slots=True)
class Message:
    """A message as it stands now; `versions` are the texts and blocks it had before.

    `plain` is the `text` argument (what a notification shows), `text` what a person reads: the text
    of all blocks where there are any. `expected` is set once a test has looked at it.
    """

    channel: str
    ts: str
    user: str
    plain: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    from_bot: bool = False
    deleted: bool = False
    expected: bool = False
    files: list[Json] = field(default_factory=list)
    versions: list[tuple[str, list[Json]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a person reads: all blocks and attachments, without the labels of buttons."""
        return "\n".join(part for part in self._parts() if part)

    def _parts(self) -> Iterator[str]:
        yield kit.read_text(self.blocks) if self.blocks else kit.as_read(self.plain)
        for attachment in self.attachments:
            yield kit.read_text(attachment.get("blocks", []))
            yield kit.as_read(str(attachment.get("text", "")))
        for file in self.files:
            yield str(file.get("title") or file.get("name") or "")

    @property
    def notification(self) -> str:
        """The `text` argument: what a notification and a screen reader say."""
        return kit.as_read(self.plain)

    @property
    def buttons(self) -> list[Button]:
        """What can be tapped now, attachments included."""
        inner = [block for attachment in self.attachments for block in attachment.get("blocks", [])]
        return kit.buttons(self.blocks + inner)

    @property
    def edits(self) -> list[str]:
        """What it read before each edit, the oldest first; empty where it was never edited."""
        return [kit.read_text(blocks) if blocks else kit.as_read(plain) for plain, blocks in self.versions]

    def api(self) -> Json:
        """The message object of the Web API, without metadata (which history gives on request)."""
        found: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.plain}
        if self.blocks:
            found["blocks"] = self.blocks
        if self.attachments:
            found["attachments"] = self.attachments
        if self.thread_ts:
            found["thread_ts"] = self.thread_ts
        if self.files:
            found["files"] = self.files
        if self.versions:
            found["edited"] = {"user": self.user, "ts": self.ts}
        return found

    def to_json(self) -> Json:
        """All a page needs to draw it."""
        return {
            "channel": self.channel,
            "ts": self.ts,
            "user": self.user,
            "from_bot": self.from_bot,
            "text": self.text,
            "notification": self.notification,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": self.files,
            "buttons": [button.to_json() for button in self.buttons],
            "thread_ts": self.thread_ts,
            "ephemeral_to": self.ephemeral_to,
            "edits": self.edits,
            "deleted": self.deleted,
        }


@dataclass(eq=False, slots=True)
class Channel:
    """A conversation: `im` is the bot's direct message with one user."""

    id: str
    name: str = ""
    kind: ChannelKind = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    log: list[Message] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """What everybody in it can read, the oldest first."""
        return [message for message in self.log if message.ephemeral_to is None and not message.deleted]


@dataclass(eq=False, slots=True)
class View:
    """A modal or Home tab; `body` is as the app sent it, ids filled in."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None

    @property
    def text(self) -> str:
        """Title and all text."""
        title = self.body.get("title", {}).get("text", "")
        return f"{title}\n{kit.read_text(self.body['blocks'])}".strip()

    @property
    def buttons(self) -> list[Button]:
        """What can be tapped."""
        return kit.buttons(self.body["blocks"])


@dataclass(slots=True)
class Trigger:
    """What a `trigger_id` stands for."""

    user: str
    at: datetime
    view: View | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """What a `response_url` may do, and how often it did."""

    channel: str
    user: str
    at: datetime
    message: Message | None = None
    uses: int = 0


class Workspace:
    """The state of one workspace with one app installed."""

    def __init__(self, team: str, users: list[User], channels: list[Channel], now: Now) -> None:
        self.team = team
        self.now = now
        self.app_id = "A0TORITSUGI"
        self.bot_id = "B0TORITSUGI"
        self.bot = User("U0BOT", "toritsugi", "Toritsugi", is_bot=True)
        self.base = ""
        self.users = {user.id: user for user in [self.bot, *users]}
        self.channels = {channel.id: channel for channel in channels}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, Json] = {}
        self.problems: list[str] = []
        self.changes = Changes()
        self.echo: Callable[[Json], None] = lambda _event: None  # set by whoever sends events
        self._last_ts = 0
        self._numbers = itertools.count(1)
        for channel in channels:
            channel.name = channel.name or channel.id.lower()
            channel.members = channel.members or set(self.users)

    def fresh(self, prefix: str = "") -> str:
        """A new identifier."""
        return f"{prefix}{next(self._numbers):04d}{secrets.token_hex(3).upper()}"

    def next_ts(self) -> str:
        """A message's time stamp: never the same twice, always later than the last."""
        self._last_ts = max(self._last_ts + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def problem(self, text: str) -> None:
        """Note a breach of the platform's rules."""
        self.problems.append(text)
        self.changes.tell("problem", problem=text)

    def dm(self, user: str) -> Channel:
        """The bot's direct message with a user, opened where it was not."""
        channel_id = f"D{user[1:]}"
        if channel_id not in self.channels:
            self.channels[channel_id] = Channel(channel_id, user, "im", {user, self.bot.id})
        return self.channels[channel_id]

    def trigger(self, user: str, view: View | None = None) -> str:
        """A new trigger_id for what a user just did."""
        trigger_id = f"{self.fresh()}.{self.fresh()}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user, self.now(), view)
        return trigger_id

    def response_url(self, channel: str, user: str, message: Message | None = None) -> str:
        """A new response_url on the stand-in's own server."""
        token = secrets.token_urlsafe(18)
        self.response_urls[token] = ResponseUrl(channel, user, self.now(), message)
        return f"{self.base}/response/{token}"

    def find(self, channel: str, ts: str) -> Message | None:
        """A message that is still there."""
        log = self.channels[channel].log if channel in self.channels else []
        return next((one for one in log if one.ts == ts and not one.deleted), None)

    def visible(self, user: str) -> list[Message]:
        """All that a user can read now, the newest last."""
        found = [
            message
            for channel in self.channels.values()
            if user in channel.members
            for message in channel.log
            if not message.deleted and message.ephemeral_to in (None, user)
        ]
        return sorted(found, key=lambda message: message.ts)

    def keep(self, message: Message) -> Message:
        """A new message appears; subscribers of events hear of those that are not ephemeral."""
        lost = message.ephemeral_to is not None and not self.users[message.ephemeral_to].online
        message.deleted = lost
        message.blocks = kit.with_ids(message.blocks, self.fresh)
        channel = self.channels[message.channel]
        channel.log.append(message)
        self.changes.tell("message", message=message.to_json())
        if message.from_bot and message.ephemeral_to is None:
            self.echo(self.event_of(message))
        return message

    def event_of(self, message: Message) -> Json:
        """The `message` event that tells of a message."""
        kinds = {"public": "channel", "private": "group", "im": "im"}
        event = message.api() | {
            "channel": message.channel,
            "channel_type": kinds[self.channels[message.channel].kind],
            "event_ts": message.ts,
            "team": self.team,
        }
        if message.from_bot:
            event |= {"bot_id": self.bot_id, "app_id": self.app_id}
        return event

    def change(self, message: Message, **new: Any) -> None:
        """A message is edited: `plain`, `blocks`, `attachments`, `metadata`."""
        before = message.api()
        message.versions.append((message.plain, message.blocks))
        for name, value in new.items():
            setattr(message, name, kit.with_ids(value, self.fresh) if name == "blocks" else value)
        message.expected = False
        self.changes.tell("edit", message=message.to_json())
        if message.ephemeral_to is None:
            self._echo_hidden(message, "message_changed", message=message.api(), previous_message=before)

    def remove(self, message: Message) -> None:
        """A message is deleted."""
        message.deleted = True
        self.changes.tell("delete", message=message.to_json())
        if message.ephemeral_to is None:
            before = message.api()
            self._echo_hidden(message, "message_deleted", deleted_ts=message.ts, previous_message=before)

    def _echo_hidden(self, about: Message, subtype: str, **rest: Any) -> None:
        event = self.event_of(about)
        kept = {key: event[key] for key in ("type", "channel", "channel_type")}
        ts = self.next_ts()
        self.echo(kept | {"subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts} | rest)
