"""LINE's webhook bodies as values: only the fields we use, one event at a time.

Unknown kinds of events, messages and sources are passed over: LINE adds them without notice
(developers.line.biz, "Receive messages"). The SDK's own parser loses the whole batch then.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs

from handlers.bodies import storable

EventKind = Literal[
    "text", "sticker", "other_message", "postback", "follow", "unfollow", "join", "leave", "unsend"
]

_KINDS: dict[str, EventKind] = {
    "postback": "postback",
    "follow": "follow",
    "unfollow": "unfollow",
    "join": "join",
    "leave": "leave",
    "unsend": "unsend",
}
_LONGEST_TEXT = 5000
_PICKED = ("datetime", "date", "time")


class NotAWebhookError(ValueError):
    """The body is not what LINE sends."""


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One thing that somebody did. `group` is where, None for a chat with one person.

    `user` is empty where LINE does not say who. `message` is LINE's name for one. `picked` is
    what a date and time picker gave, `2026-11-25T15:30` without a zone. `at` is LINE's clock, aware UTC.
    """

    id: str
    kind: EventKind
    user: str
    group: str | None
    at: datetime
    reply_token: str = ""
    message: str = ""
    text: str = ""
    action: str = ""
    value: str = ""
    picked: str = ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request: the channel's bot, and what happened, in LINE's order of time."""

    destination: str
    events: tuple[LineEvent, ...]


def parse_webhook(body: bytes) -> Webhook:
    """Read a body whose signature has been checked.

    Raises:
        NotAWebhookError: it is no JSON object with a list of events.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAWebhookError("the body is no JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("events"), list):
        raise NotAWebhookError("the body has no list of events")
    found = (_event(item) for item in data["events"] if isinstance(item, dict))
    events = sorted((event for event in found if event), key=lambda event: event.at)
    return Webhook(_text(data, "destination"), tuple(events))


def _event(data: dict[str, Any]) -> LineEvent | None:
    kind = _kind(data)
    at = _instant(data.get("timestamp"))
    if kind is None or at is None or data.get("mode") == "standby":
        return None
    source = _mapping(data, "source")
    postback = _mapping(data, "postback")
    tapped = _query(_text(postback, "data"))
    params = _mapping(postback, "params")
    return LineEvent(
        id=_text(data, "webhookEventId") or _fingerprint(data),
        kind=kind,
        user=_text(source, "userId"),
        group=_text(source, "groupId") or _text(source, "roomId") or None,
        at=at,
        reply_token=_text(data, "replyToken"),
        message=_text(_mapping(data, "message"), "id") or _text(_mapping(data, "unsend"), "messageId"),
        text=_text(_mapping(data, "message"), "text")[:_LONGEST_TEXT],
        action=tapped.get("action", ""),
        value=tapped.get("value", ""),
        picked=next((_text(params, name) for name in _PICKED if _text(params, name)), ""),
    )


def _kind(data: dict[str, Any]) -> EventKind | None:
    kind = data.get("type")
    if kind == "message":
        message = _mapping(data, "message").get("type")
        return message if message in ("text", "sticker") else "other_message"
    return _KINDS.get(kind) if isinstance(kind, str) else None


def _instant(milliseconds: Any) -> datetime | None:
    """LINE's timestamp, counted in milliseconds since 1970."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _mapping(data: dict[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _text(data: dict[str, Any], name: str) -> str:
    found = data.get(name)
    return storable(found) if isinstance(found, str) else ""


def _query(data: str) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(data, max_num_fields=10).items()}
    except ValueError:
        return {}


def _fingerprint(data: dict[str, Any]) -> str:
    """A name for an event without one: the same whenever it is delivered again."""
    same = {name: value for name, value in data.items() if name != "deliveryContext"}
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
