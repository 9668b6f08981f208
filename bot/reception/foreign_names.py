"""Names of callers from abroad as Japanese speech recognition writes them, in katakana."""

from functools import cache
from importlib.resources import files


def is_foreign_name(name: str) -> bool:
    """マイケル, ポール・ウィルソン: the first or the last part is a name that is often met."""
    parts = [part for part in name.replace("=", "・").split("・") if part]
    return bool(parts) and (parts[0] in _names() or parts[-1] in _names())


@cache
def _names() -> frozenset[str]:
    text = (files("bot.reception") / "words" / "foreign_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
