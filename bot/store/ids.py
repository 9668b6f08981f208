"""Identifiers: unguessable, and in order of creation when sorted as text."""

import secrets
from datetime import datetime


def new_id(at: datetime) -> str:
    """32 hexadecimal digits: milliseconds since 1970, then 80 random bits."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(10)}"
