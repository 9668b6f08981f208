"""A status update as the JSON object of docs/status-language.md."""

from typing import Any

import orjson

from bot.language.model import Action, Entry, StatusUpdate

_QUERY = Action.QUERY


def as_json(update: StatusUpdate) -> dict[str, Any]:
    """The fields that belong to the update's action; instants are RFC 3339 with offset."""
    fields: dict[str, Any] = orjson.loads(encoded(update))
    return fields


def encoded(update: StatusUpdate) -> str:
    """The same as one line of JSON."""
    action = update.action
    shown: dict[str, Any] = {"action": action}
    if update.entries:
        shown["entries"] = list(map(_fields, update.entries))
    if update.reason is not None:
        shown["reason"] = update.reason
    if update.minutes is not None:
        shown["minutes"] = update.minutes
    if update.end is not None:
        shown["end"] = update.end
    if update.who is not None or action is _QUERY:
        shown["who"] = update.who
    return orjson.dumps(shown).decode()


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "start": entry.start,
        "end": entry.end,
        "basis": entry.basis,
        "note": entry.note,
    }
