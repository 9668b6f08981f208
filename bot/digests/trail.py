"""Who did what in an office: the trail of deeds, with what the records themselves say of their authors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.digests.tables import erasures
from bot.messages.tables import messages
from bot.office.tables import aliases
from bot.presence.tables import changes
from bot.store.audit import deeds
from bot.store.columns import Instant
from bot.store.transaction import Transaction
from bot.transfers.tables import callbacks, offers

COLUMNS = ("at", "actor", "channel", "action", "subject")
Column = sa.ColumnElement[Any]


def trail(
    tx: Transaction,
    organization: str,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    newest: int | None = None,
) -> Sequence[sa.Row[Any]]:
    """The deeds from `since` up to and without `until` (aware), the oldest first, each with `COLUMNS`.

    With `newest` only so many, the newest first.
    """
    found = sa.union_all(*(_within(query, organization, since, until) for query in _SOURCES)).subquery()
    order = (found.c.at.desc(), found.c.subject) if newest else (found.c.at, found.c.subject)
    return tx.all(sa.select(found).order_by(*order).limit(newest))


def _said(
    table: sa.Table,
    at: Column,
    actor: Column,
    action: Column | str,
    subject: Column,
    channel: Column | str = "",
) -> sa.Select[Any]:
    """One source as rows of `COLUMNS`, and their office."""
    return sa.select(
        sa.type_coerce(at, Instant).label("at"),
        actor.label("actor"),
        (sa.literal(channel) if isinstance(channel, str) else channel).label("channel"),
        (sa.literal(action) if isinstance(action, str) else action).label("action"),
        subject.label("subject"),
        table.c.organization.label("organization"),
    ).where(at.is_not(None), actor.is_not(None))


_SOURCES = (
    _said(deeds, deeds.c.at, deeds.c.actor, deeds.c.action, deeds.c.subject, deeds.c.channel),
    _said(
        changes,
        changes.c.created_at,
        changes.c.actor,
        sa.literal("presence.") + changes.c.action,
        changes.c.staff,
        changes.c.channel,
    ),
    _said(messages, messages.c.done_at, messages.c.done_by, "message.done", messages.c.id),
    _said(
        offers,
        offers.c.decided_at,
        offers.c.staff,
        sa.literal("transfer.") + offers.c.state,
        offers.c.transfer,
    ),
    _said(
        callbacks,
        callbacks.c.created_at,
        callbacks.c.staff,
        "message.called_back",
        callbacks.c.message,
        callbacks.c.channel,
    ),
    _said(
        aliases,
        aliases.c.decided_at,
        aliases.c.decided_by,
        sa.literal("alias.") + aliases.c.state,
        aliases.c.staff,
    ),
    _said(
        erasures,
        erasures.c.at,
        sa.literal("toritsugi"),
        sa.literal("erased.") + erasures.c.what,
        erasures.c.id,
    ),
)


def _within(
    query: sa.Select[Any], organization: str, since: datetime | None, until: datetime | None
) -> sa.Select[Any]:
    columns = query.selected_columns
    where = [columns["organization"] == organization]
    where += [columns["at"] >= since] if since else []
    where += [columns["at"] < until] if until else []
    return query.where(*where)
