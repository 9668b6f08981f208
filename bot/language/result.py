"""A status update as the JSON object of docs/status-language.md."""

from typing import Any

from bot.language.model import Action, StatusUpdate


def as_json(update: StatusUpdate) -> dict[str, Any]:
    """The fields that belong to the update's action; instants are RFC 3339 with offset."""
    shown: dict[str, Any] = {"action": update.action}
    if update.entries:
        shown["entries"] = [
            {
                "kind": entry.kind,
                "start": entry.start.isoformat(),
                "end": entry.end.isoformat() if entry.end else None,
                "basis": entry.basis,
                "note": entry.note,
            }
            for entry in update.entries
        ]
    if update.reason is not None:
        shown["reason"] = update.reason
    if update.minutes is not None:
        shown["minutes"] = update.minutes
    if update.end is not None:
        shown["end"] = update.end.isoformat()
    if update.who is not None or update.action is Action.QUERY:
        shown["who"] = update.who
    return shown
