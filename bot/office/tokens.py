"""API tokens: who may do what by the API. A token is shown once and stored as its hash."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.office.tables import api_answers, api_tokens
from bot.store.transaction import Transaction

ANSWERS_KEPT_FOR = timedelta(days=7)
"""How long a request with an `Idempotency-Key` is known again."""
_PREFIX = "toritsugi_"
"""So that people, and scanners for leaked secrets, know what they have found."""


class Scope(StrEnum):
    """What a token opens. A scope without `:read` also reads."""

    PRESENCE = "presence"
    PRESENCE_READ = "presence:read"
    TRANSFERS = "transfers"
    TRANSFERS_READ = "transfers:read"
    MESSAGES = "messages"
    MESSAGES_READ = "messages:read"
    CALLS = "calls"
    CALLS_READ = "calls:read"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who sent a request: one office's token. `id` tells two tokens apart, and opens nothing."""

    id: str
    organization: str
    name: str
    scopes: frozenset[str]

    def may(self, scope: Scope) -> bool:
        """Whether `scope` is granted, by itself or by the one that includes it."""
        return scope in self.scopes or scope.removesuffix(":read") in self.scopes


def make_token(tx: Transaction, organization: str, name: str, scopes: Sequence[Scope]) -> str:
    """A new token of an office, in clear: the only time that anybody sees it."""
    token = _PREFIX + secrets.token_urlsafe(32)
    tx.insert(
        api_tokens,
        token_hash=_hash(token),
        organization=organization,
        name=name,
        scopes=sorted({scope.value for scope in scopes}),
        created_at=tx.now,
    )
    return token


def bearer_of(tx: Transaction, token: str) -> Bearer | None:
    """Whose token this is; None where it is unknown or revoked."""
    digest = _hash(token)
    row = tx.first(
        sa.select(api_tokens).where(api_tokens.c.token_hash == digest, api_tokens.c.revoked_at.is_(None))
    )
    return Bearer(digest[:16], row.organization, row.name, frozenset(row.scopes)) if row else None


def tokens_of(tx: Transaction, organization: str) -> Sequence[sa.Row[Any]]:
    """An office's tokens, revoked ones too, the oldest first: all but what opens the door."""
    return tx.all(
        sa.select(api_tokens)
        .where(api_tokens.c.organization == organization)
        .order_by(api_tokens.c.created_at, api_tokens.c.name)
    )


def revoke_tokens(tx: Transaction, organization: str, name: str) -> int:
    """End every token of that name at once; how many were still good."""
    return tx.update(
        api_tokens,
        api_tokens.c.organization == organization,
        api_tokens.c.name == name,
        api_tokens.c.revoked_at.is_(None),
        revoked_at=tx.now,
    )


def forget_answers(tx: Transaction) -> None:
    """Drop the answers to requests that count as new again: they quote callers."""
    tx.execute(sa.delete(api_answers).where(api_answers.c.created_at < tx.now - ANSWERS_KEPT_FOR))


def _hash(token: str) -> str:
    """A token has 256 random bits: a plain hash of it cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
