"""Pictures that a chat fetches by address: kept for a month under a name that nobody can guess."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from bot.digests.tables import pictures
from bot.store.transaction import Transaction

KEPT_FOR = timedelta(days=30)


def new_token() -> str:
    """256 random bits, as they stand in an address."""
    return secrets.token_urlsafe(32)


def keep_picture(tx: Transaction, organization: str, token: str, png: bytes) -> None:
    """Have a picture to be fetched."""
    tx.insert(pictures, token=token, organization=organization, png=png, created_at=tx.now)


def picture_of(tx: Transaction, token: str) -> bytes | None:
    """The PNG of that name; None where there is none any more."""
    found: bytes | None = tx.execute(sa.select(pictures.c.png).where(pictures.c.token == token)).scalar()
    return found


def forget_pictures(tx: Transaction) -> int:
    """Drop those that were kept long enough; how many."""
    return tx.execute(sa.delete(pictures).where(pictures.c.created_at < tx.now - KEPT_FOR)).rowcount
