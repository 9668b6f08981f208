"""The least that must be done for a call that arrives: its signature verified, one indexed row read, one committed.

`python -m tests.benchmarks.floors.voice PORT DATABASE_URL alone|shared`
"""

import base64
import hashlib
import hmac
import sys
from urllib.parse import parse_qsl

import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.benchmarks.floors.writing import Writer, engine_for, events, people
from tests.benchmarks.programs import MAIN, TWILIO_TOKEN

_NAME = sa.select(people.c.name).where(people.c.key == sa.bindparam("key"))
_NEW = sa.insert(events)


def create_app(url: str, base_url: str, token: str, *, shares: bool) -> Starlette:
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(people), {"key": MAIN, "name": "スマイルコーポレーション"})
    writer = Writer(engine, shares=shares)
    key = token.encode()

    async def arrive(request: Request) -> Response:
        body = await request.body()
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        basis = f"{base_url}/twilio/voice" + "".join(name + form[name] for name in sorted(form))
        expected = base64.b64encode(hmac.digest(key, basis.encode(), hashlib.sha1)).decode()
        if not hmac.compare_digest(expected, request.headers["x-twilio-signature"]):
            return Response(status_code=403)

        def record(connection: sa.Connection) -> str:
            name = connection.execute(_NAME, {"key": form["To"]}).scalar_one()
            connection.execute(_NEW, {"id": form["CallSid"], "key": form["To"], "body": body.decode()})
            return str(name)

        name = await writer.run(record)
        xml = f"<Response><Gather><Say>お電話ありがとうございます。{name}でございます。</Say></Gather></Response>"
        return Response(xml, media_type="text/xml")

    async def ready(_request: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/twilio/voice", arrive, methods=["POST"]), Route("/readyz", ready)])


if __name__ == "__main__":
    port, database, commits = sys.argv[1:]
    app = create_app(database, f"http://127.0.0.1:{port}", TWILIO_TOKEN, shares=commits == "shared")
    uvicorn.run(app, port=int(port), loop="uvloop", http="httptools", log_config=None, access_log=False)
