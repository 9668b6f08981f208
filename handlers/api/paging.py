"""Pages of a long list: after the last row seen, so that new rows neither repeat nor hide one."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.store.transaction import Transaction
from handlers.api.errors import ApiError
from handlers.api.models import Page


@dataclass(frozen=True, slots=True)
class Rows:
    """One page, and the cursor of the next; None on the last."""

    rows: Sequence[Row[Any]]
    next: str | None


def page_of(tx: Transaction, query: sa.Select[Any], at: sa.Column[datetime], page: Page) -> Rows:
    """The page of a query on one table with an `id`, by its instant `at`, the newest first."""
    table_id = at.table.c.id
    if page.since:
        query = query.where(at >= page.since)
    if page.until:
        query = query.where(at < page.until)
    if page.cursor:
        when, last = _read(page.cursor)
        # The first condition says nothing new: it lets the index be used.
        query = query.where(at <= when, sa.or_(at < when, table_id < last))
    rows = tx.all(query.order_by(at.desc(), table_id.desc()).limit(page.limit + 1))
    shown = rows[: page.limit]
    more = len(rows) > page.limit
    return Rows(shown, _cursor(shown[-1], at.name) if more else None)


def _cursor(row: Row[Any], at: str) -> str:
    text = f"{getattr(row, at).isoformat()} {row.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    refusal = ApiError(400, "bad_cursor", "this is no cursor that a list has given", "cursor")
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        when, _, last = text.partition(" ")
        at = datetime.fromisoformat(when)
        utc = at.astimezone(UTC)
    except (ValueError, binascii.Error, OverflowError):
        raise refusal from None
    if at.tzinfo is None or not last or "\x00" in last:
        raise refusal
    return utc, last
