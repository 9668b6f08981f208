"""How a method of the Web API refuses."""

from typing import Any


class ApiError(Exception):
    """Answered as `{"ok": false, "error": error}` and what else belongs to it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
