"""A slash command by bare Bolt, with as many statements as ours: five reads by a key, eight rows written, one commit.

`python -m tests.benchmarks.floors.away PORT DATABASE_URL alone|shared`
"""

import logging
import sys
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

from tests.benchmarks.floors.writing import Writer, engine_for, events, people
from tests.benchmarks.programs import SLACK_SECRET, TEAM

_NAME = sa.select(people.c.name).where(people.c.key == sa.bindparam("key"))
_NEW = sa.insert(events)
READS, WRITES = 5, 8
"""What `/away` does in our database (bot/presence/verbs.py)."""


def create_app(url: str, *, shares: bool) -> Starlette:
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(people), {"key": TEAM, "name": "栗本"})
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
        key = body["trigger_id"]

        def record(connection: sa.Connection) -> str:
            for _ in range(READS):
                name = connection.execute(_NAME, {"key": TEAM}).scalar_one()
            for number in range(WRITES):
                row = {"id": f"{key}.{number}", "key": TEAM, "body": body["text"]}
                connection.execute(_NEW, row)
            return str(name)

        name = await writer.run(record)
        await ack(text=f"{name}: {body['text']}", response_type="ephemeral")

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
