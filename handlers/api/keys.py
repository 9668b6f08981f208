"""`Idempotency-Key`: a request that is sent again gets the answer that it got, and does nothing."""

import hashlib
import re
from typing import Any

import sqlalchemy as sa

from bot.office.tables import api_answers
from bot.office.tokens import forget_answers
from bot.store.transaction import Transaction
from handlers.api.errors import ApiError
from handlers.api.operations import Asked, Operation

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x20-\x7e]{1,255}")


def checked_key(header: str | None) -> str | None:
    """The key of a request; None where it has none.

    Raises:
        ApiError: 400, it is no key of up to 255 printable ASCII characters.
    """
    if header is not None and not _KEY.fullmatch(header):
        detail = "a key has 1 to 255 printable ASCII characters"
        raise ApiError(400, "bad_key", detail, HEADER)
    return header


def perform_once(tx: Transaction, operation: Operation, asked: Asked[Any, Any], key: str) -> tuple[int, Any]:
    """Status and body of an operation, done the first time that its key is seen.

    The key is taken in the operation's own transaction: a refusal leaves it free. Keys of one token
    are not those of another.

    Raises:
        ApiError: 409, the key was sent with another body.
    """
    forget_answers(tx)
    organization = asked.roster.organization
    name = f"{asked.bearer.id} {operation.method} {operation.path} {key}"
    digest = hashlib.sha256(asked.body.model_dump_json().encode()).hexdigest()
    mine = (api_answers.c.organization == organization, api_answers.c.key == name)
    is_new = tx.insert_if_new(
        api_answers,
        organization=organization,
        key=name,
        request_hash=digest,
        status=0,
        body={},
        created_at=tx.now,
    )
    if is_new:
        body = operation.carry_out(tx, asked).model_dump(mode="json")
        tx.update(api_answers, *mine, status=operation.status, body=body)
        return operation.status, body
    row = tx.execute(sa.select(api_answers).where(*mine)).one()
    if row.request_hash != digest:
        raise ApiError(409, "key_reused", "this key was sent before with another body", HEADER)
    return row.status, row.body
