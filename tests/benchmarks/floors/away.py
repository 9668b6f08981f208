"""A slash command by bare Bolt with the same database work: our statements, on tables like ours, one commit.

`python -m tests.benchmarks.floors.away PORT DATABASE_URL alone|shared`
"""

import logging
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.office.tables import organizations
from bot.presence.tables import board, changes, entries
from bot.store.inbox import inbox
from tests.benchmarks.floors.writing import Writer, engine_for
from tests.benchmarks.programs import SLACK_SECRET, TEAM

_TABLES = (organizations, inbox, board, changes, entries)
_OFFICE = sa.select(organizations.c.organization, organizations.c.revision).where(
    organizations.c.slack_team == sa.bindparam("team")
)
_ARRIVED, _TOLD, _CHANGED, _ENTERED = (sa.insert(table) for table in (inbox, board, changes, entries))
_BOARD = sa.select(board).where(board.c.organization == TEAM, board.c.staff == sa.bindparam("who"))
_ENTRIES = sa.select(*(column for column in entries.c if column.computed is None)).where(
    entries.c.organization == TEAM,
    entries.c.staff == sa.bindparam("who"),
    entries.c.over_at > sa.bindparam("since"),
)
_CLOSED = sa.update(entries).where(entries.c.id == sa.bindparam("its_id"))
_TOLD_ANEW = (
    sa.update(board)
    .where(board.c.organization == TEAM, board.c.staff == sa.bindparam("who"))
    .values(shown=sa.bindparam("telling"), version=sa.bindparam("counted"), next_at=sa.bindparam("next_time"))
)


def record(connection: sa.Connection, body: dict[str, str]) -> str:
    """What a change of status reads and writes (bot/presence/verbs.py): three reads, five rows."""
    who, key, now = body["user_id"], body["trigger_id"], datetime.now(UTC)
    until, its = now + timedelta(hours=2), {"organization": TEAM, "staff": who}
    connection.execute(_OFFICE, {"team": body["team_id"]}).one()
    connection.execute(_ARRIVED, {"organization": TEAM, "source": "slack", "key": key, "received_at": now})
    told = connection.execute(_BOARD, {"who": who}).first()
    if told is None:
        connection.execute(_TOLD, its | {"version": 0, "shown": {}})
    found = connection.execute(_ENTRIES, {"who": who, "since": now - timedelta(days=3)}).all()
    deed = {"id": key, "actor": who, "channel": "slack", "action": "set", "closed": [], "created_at": now}
    connection.execute(_CHANGED, its | deed)
    if found:
        connection.execute(_CLOSED, {"its_id": found[-1].id, "closed_at": now})
    said = {"kind": "out", "start_at": now, "end_at": until, "basis": "stated", "note": "", "word": "帰社"}
    connection.execute(_ENTERED, its | said | {"id": key, "change": key})
    shown = {"kind": "out", "start": now.isoformat(), "end": until.isoformat()}
    version = told.version + 1 if told else 1
    connection.execute(_TOLD_ANEW, {"who": who, "telling": shown, "counted": version, "next_time": until})
    return until.isoformat()


def create_app(url: str, *, shares: bool) -> Starlette:
    engine = engine_for(url)
    with engine.begin() as connection:
        organizations.metadata.create_all(connection, _TABLES)
        office = {"organization": TEAM, "slack_team": TEAM, "revision": "1", "office": {}}
        connection.execute(sa.insert(organizations), office | {"updated_at": datetime.now(UTC)})
    writer = Writer(engine, shares=shares)

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-test")

    bolt = AsyncApp(
        signing_secret=SLACK_SECRET,
        authorize=authorize,
        process_before_response=True,
        logger=logging.getLogger("bare"),
    )

    @bolt.command("/away")
    async def away(ack: Any, body: dict[str, str]) -> None:
        until = await writer.run(lambda connection: record(connection, body))
        await ack(text=f"{body['text']}: {until}", response_type="ephemeral")

    handler = AsyncSlackRequestHandler(bolt)

    async def knock(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(_request: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/slack/events", knock, methods=["POST"]), Route("/readyz", ready)])


if __name__ == "__main__":
    port, database, commits = sys.argv[1:]
    uvicorn.run(
        create_app(database, shares=commits == "shared"),
        port=int(port),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
    )
