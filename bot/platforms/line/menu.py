"""The rich menu of linked staff: six texts at the foot of the chat, sent by a tap.

It is shown to linked people one by one, never to everybody: friends of the account may be customers.
"""

from pathlib import Path
from typing import Any

PICTURE = Path(__file__).with_name("menu.png")
"""Drawn from menu.html, in the order of `TEXTS`."""
TEXTS = (("戻りました", "外出", "会議"), ("退社", "みんなの状況", "伝言"))
_WIDTH, _HEIGHT = 1200, 810
NAME = "toritsugi-staff-1"
"""How our menu is known among those of the account; a new picture or text takes the next number."""


def rich_menu() -> dict[str, Any]:
    """The menu as the Messaging API takes it."""
    width, height = _WIDTH // len(TEXTS[0]), _HEIGHT // len(TEXTS)
    return {
        "size": {"width": _WIDTH, "height": _HEIGHT},
        "selected": False,
        "name": NAME,
        "chatBarText": "状況を送る",
        "areas": [
            {
                "bounds": {"x": column * width, "y": row * height, "width": width, "height": height},
                "action": {"type": "message", "label": text, "text": text},
            }
            for row, texts in enumerate(TEXTS)
            for column, text in enumerate(texts)
        ],
    }
