"""Calls of the past for `toritsugi seed`: each one row, from which the database makes what it left behind.

That is quicker than to write every row from here: a call leaves about three, in six tables.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.messages.tables import messages
from bot.office.model import Person
from bot.presence.tables import changes, entries
from bot.reception.tables import calls
from bot.store.bulk import Json
from bot.store.columns import Instant
from bot.store.columns import Json as JsonColumn
from bot.transfers.tables import offers, transfers

ORGANIZATION = "smile"
MAIN = "+81345671234"
_RECENT = 60
"""Among so many of the newest calls some are still to be dealt with."""
_COMPANIES = ("アオバ商事", "みどり工業", "北斗システム", "ひまわり印刷", "三陸水産", "さくら設計")


def call_of_the_past(
    chance: Callable[[], float], index: int, at: datetime, people: list[Person], total: int
) -> tuple[object, ...]:
    """A call of the past as a row of `past`; now and then somebody was connected, or had gone out."""
    seconds = 20 + int(221 * chance())
    number = f"+813{10000000 + int(10000 * chance())}"
    company = _COMPANIES[index % len(_COMPANIES)]
    caller = (
        f'{{"company": "{company}", "name": "江川", "number": "{number}", "number_said": "{number}", '
        f'"verified": true}}'
    )
    return (
        f"{int(at.timestamp() * 1000):012x}{index:020x}",
        people[int(len(people) * chance())].id,
        number,
        Json(caller),
        Json(f'{{"seconds": {seconds}}}'),
        seconds,
        index % 9 == 0,
        total - index <= _RECENT and index % 3 == 0,
        at,
        at + timedelta(seconds=seconds),
        at + timedelta(seconds=90) if index % 4 == 0 else None,
        at + timedelta(hours=2) if index % 5 == 0 else None,
    )


past = sa.Table(
    "seeded_past",
    sa.MetaData(),
    sa.Column("key", sa.Text),
    sa.Column("staff", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("caller", JsonColumn),
    sa.Column("details", JsonColumn),
    sa.Column("seconds", sa.Integer),
    sa.Column("urgent", sa.Boolean),
    sa.Column("open", sa.Boolean),
    sa.Column("at", Instant),
    sa.Column("ended", Instant),
    sa.Column("asked_until", Instant),  # where somebody was asked, and took the call
    sa.Column("out_until", Instant),  # where somebody had gone out before
    prefixes=["TEMPORARY"],
)
"""Each call once while it is written: what it left in six tables is told in SQL."""
_CONNECTED, _OUT = past.c.asked_until.is_not(None), past.c.out_until.is_not(None)


def _id(letter: str) -> sa.ColumnElement[str]:
    return letter + past.c.key


def _where(condition: sa.ColumnElement[bool], so: Any, otherwise: Any) -> sa.ColumnElement[Any]:
    return sa.case((condition, so), else_=otherwise)


_LEFT: tuple[tuple[sa.Table, dict[str, Any], sa.ColumnElement[bool]], ...] = (
    (
        calls,
        {
            "id": _id("c"),
            "sid": _id("CA"),
            "from_number": past.c.number,
            "to_number": MAIN,
            "state": "ended",
            "step": 4,
            "staff": past.c.staff,
            "outcome": _where(_CONNECTED, "connected", "message"),
            "started_at": past.c.at,
            "ended_at": past.c.ended,
            "seconds": past.c.seconds,
        },
        sa.true(),
    ),
    (
        messages,
        {
            "id": _id("m"),
            "call": _id("c"),
            "staff": past.c.staff,
            "caller": past.c.caller,
            "number": past.c.number,
            "urgent": past.c.urgent,
            "wish": "折り返しのお電話をご希望です。",
            "body": "お見積りの件でお電話しました。",
            "told": "折り返しお電話いたします。",
            "promise": "",
            "details": past.c.details,
            "state": _where(past.c.open, "open", "done"),
            "done_by": _where(past.c.open, None, past.c.staff),
            "done_at": _where(past.c.open, None, past.c.ended),
            "created_at": past.c.ended,
        },
        sa.true(),
    ),
    (
        transfers,
        {
            "id": _id("t"),
            "call": _id("c"),
            "staff": past.c.staff,
            "caller": past.c.caller,
            "purpose": "",
            "urgent": False,
            "state": "connected",
            "decided_by": past.c.staff,
            "decided_at": past.c.at,
            "waiting": sa.literal([], JsonColumn),
            "timeout_seconds": 25,
            "connected_at": past.c.at,
            "ended_at": past.c.ended,
            "hold_until": past.c.asked_until,
            "created_at": past.c.at,
        },
        _CONNECTED,
    ),
    (
        offers,
        {
            "id": _id("o"),
            "transfer": _id("t"),
            "staff": past.c.staff,
            "state": "connected",
            "asked_at": past.c.at,
            "expires_at": past.c.asked_until,
            "decided_at": past.c.at,
        },
        _CONNECTED,
    ),
    (
        changes,
        {
            "id": _id("h"),
            "staff": past.c.staff,
            "actor": past.c.staff,
            "channel": "slack",
            "action": "set",
            "closed": sa.literal([], JsonColumn),
            "created_at": past.c.at,
        },
        _OUT,
    ),
    (
        entries,
        {
            "id": _id("e"),
            "staff": past.c.staff,
            "change": _id("h"),
            "kind": "out",
            "start_at": past.c.at,
            "end_at": past.c.out_until,
            "basis": "stated",
            "note": "",
            "word": "外出",
        },
        _OUT,
    ),
)
"""What a call leaves: tables, their values, and after which calls."""


def _statement(table: sa.Table, values: dict[str, Any], after: sa.ColumnElement[bool]) -> sa.Insert:
    values = {"organization": ORGANIZATION} | values
    told = (one if isinstance(one, sa.ColumnElement) else sa.literal(one) for one in values.values())
    return sa.insert(table).from_select(list(values), sa.select(*told).where(after))


TABLES = tuple(table for table, _, _ in _LEFT)
STATEMENTS = tuple(_statement(*left) for left in _LEFT)
