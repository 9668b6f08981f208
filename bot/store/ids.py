"""Identifiers: unguessable, and in order of creation when sorted as text."""

import secrets
from datetime import datetime
from itertools import count

_made = count()


def new_id(at: datetime) -> str:
    """32 hexadecimal digits: milliseconds since 1970, a count within the process, 56 random bits."""
    return f"{int(at.timestamp() * 1000):012x}{next(_made) & 0xFFFFFF:06x}{secrets.token_hex(7)}"
