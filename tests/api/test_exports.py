"""Records taken along by programs: CSV of days or a month, and everything held of one caller or person."""

import csv
import io

from bot.office.tokens import Scope
from tests.api.conftest import Api, Program

MESSAGE = {"staff": "kurimoto", "caller": {"name": "=江川", "number": "0312345678"}, "body": "お見積りの件"}


async def _left_a_message(api: Api) -> Program:
    program = api.program()
    assert (await program.post("/api/v1/messages", MESSAGE)).status == 201
    return program


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


async def test_a_month_as_csv(api: Api) -> None:
    program = await _left_a_message(api)
    heard = await program.get("/api/v1/export/messages", month="2026-11")
    assert heard.headers["Content-Type"] == "text/csv; charset=utf-8"
    [row] = _rows(heard.body)
    assert (row["staff"], row["body"], row["caller.name"]) == ("kurimoto", "お見積りの件", "'=江川")
    other = await program.get("/api/v1/export/messages", month="2026-10")
    assert _rows(other.body) == []
    days = {"from": "2026-11-24", "to": "2026-11-24"}
    assert len(_rows((await program.get("/api/v1/export/messages", **days)).body)) == 1


async def test_presence_and_calls_too(api: Api) -> None:
    program = api.program()
    await program.put("/api/v1/staff/kurimoto/presence", {"text": "15時帰社"})
    [row] = _rows((await program.get("/api/v1/export/presence")).body)
    assert (row["staff"], row["kind"], row["channel"]) == ("kurimoto", "out", "api")
    assert _rows((await program.get("/api/v1/export/calls")).body) == []


async def test_days_that_are_none(api: Api) -> None:
    program = api.program()
    for query in (
        {"month": "2026-13"},
        {"from": "昨日"},
        {"to": "0"},
        {"month": "2026-11", "to": "2026-11-30"},
    ):
        assert (await program.get("/api/v1/export/calls", **query)).status == 422


async def test_everything_of_a_caller_needs_every_scope(api: Api) -> None:
    program = await _left_a_message(api)
    heard = await program.get("/api/v1/callers/03-1234-5678/records")
    assert [row["body"] for row in heard.body["held"]["messages"]] == ["お見積りの件"]
    assert heard.body["held"]["office_file"][0]["name"] == "スマイル企画 江川"
    partly = api.program(Scope.CALLS, Scope.MESSAGES)
    assert (await partly.get("/api/v1/callers/0312345678/records")).refusal == (403, "forbidden", None)
    assert (await program.get("/api/v1/callers/nobody/records")).status == 404
    assert (await program.get("/api/v1/callers/0399998888/records")).body["held"] == {}


async def test_everything_of_a_member_of_staff(api: Api) -> None:
    program = await _left_a_message(api)
    held = (await program.get("/api/v1/staff/kurimoto/records")).body["held"]
    assert held["staff"][0]["id"] == "kurimoto"
    assert held["named_in"][0]["table"] == "messages"
    assert (await program.get("/api/v1/staff/nobody/records")).refusal == (404, "not_found", "id")
    partly = api.program(Scope.PRESENCE)
    assert (await partly.get("/api/v1/staff/kurimoto/records")).status == 403
