"""One channel for many offices: who wrote is found by their key, however many offices there are."""

import base64
import hmac
import json

import aiohttp
import pytest
import sqlalchemy as sa

from bot.office.model import OrganizationId, StaffId
from bot.office.roster import roster_of
from bot.office.tables import LINE_GROUP, LINE_USER, OF_OWN_LINE
from bot.presence.verbs import presence_of
from bot.store.transaction import Transaction
from tests.line.conftest import CHANNEL_SECRET, Desk
from tests.support.offices import PEOPLE, open_office, smile

THEIRS = "U" + "7" * 32
BOT = "U" + "b" * 32


def open_neighbours(tx: Transaction, many: int) -> None:
    """Offices that share the channel; the last one's only member is on LINE."""
    for n in range(many):
        line = {"destination": BOT, "calls_group": f"C{n:032}"}
        office = smile(organization=OrganizationId(f"of{n:04}"), numbers=(), slack=None, line=line)
        person = PEOPLE[0].model_copy(update={"line": THEIRS if n == many - 1 else f"U{n:032}"})
        open_office(tx, office, (person,))


async def says(desk: Desk, n: int, text: str, group: str | None = None) -> int:
    source = (
        {"type": "group", "groupId": group, "userId": THEIRS} if group else {"type": "user", "userId": THEIRS}
    )
    event = {
        "type": "message", "mode": "active", "timestamp": 1795483800000 + n, "webhookEventId": f"event{n}",
        "source": source, "message": {"id": f"m{n}", "type": "text", "text": text},
    }  # fmt: skip
    body = json.dumps({"destination": BOT, "events": [event]}).encode()
    signature = base64.b64encode(hmac.digest(CHANNEL_SECRET.encode(), body, "sha256")).decode()
    async with (
        aiohttp.ClientSession() as web,
        web.post(
            f"{desk.base_url}/line/webhook", data=body, headers={"X-Line-Signature": signature}
        ) as answer,
    ):
        return answer.status


async def test_who_wrote_is_found_without_going_through_the_offices(desk: Desk) -> None:
    asked: list[str] = []
    store = desk.services.store
    for engine in {store._engine, store._reader}:
        sa.event.listen(engine, "before_cursor_execute", lambda _c, _cur, said, *_: asked.append(said))
    counts = []
    for n, many in enumerate((3, 150)):
        store.run_now(open_neighbours, many)
        asked.clear()
        assert await says(desk, n, "15時帰社") == 200
        counts.append(len(asked))
        last = f"of{many - 1:04}"
        kind = store.read_now(
            lambda tx, at=last: presence_of(tx, roster_of(tx, at), StaffId("kurimoto")).kind
        )
        assert kind == "out"
        store.run_now(lambda tx, at=last: open_office(tx, smile(
            organization=OrganizationId(at), numbers=(), slack=None, line={"destination": BOT}), ()))  # fmt: skip
    assert counts[0] == counts[1], "as many questions among 150 offices as among 3"


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (f"SELECT organization FROM staff WHERE {LINE_USER} = 'U1' AND active", "ix_staff_line_user"),
        (f"SELECT organization FROM organizations WHERE {LINE_GROUP} = 'C1'", "ix_organizations_line_group"),
        (
            f"SELECT organization FROM organizations WHERE {OF_OWN_LINE} AND line_destination = 'U1'",
            "ix_organizations_",
        ),
    ],
)
async def test_the_look_ups_have_their_indexes(desk: Desk, question: str, index: str) -> None:
    """Also on PostgreSQL, which would rather read a table whole that is as small as this one."""

    def plan(tx: Transaction) -> str:
        if tx.connection.dialect.name == "postgresql":
            tx.execute(sa.text("SET LOCAL enable_seqscan = off"))
            return str(tx.all(sa.text(f"EXPLAIN {question}")))
        return str(tx.all(sa.text(f"EXPLAIN QUERY PLAN {question}")))

    assert index in desk.services.store.run_now(plan)
