"""Programs read and say where people are."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.language.model import Kind
from tests.api.conftest import TUESDAY_MORNING, Api, Program
from tests.support.offices import open_office, smile

KURIMOTO = "/api/v1/staff/kurimoto/presence"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


async def _of(program: Program, staff: str) -> dict[str, Any]:
    listed = (await program.get("/api/v1/presence")).body["presence"]
    return next(one for one in listed if one["staff"] == staff)


async def test_with_nothing_set_a_person_is_reachable(api: Api) -> None:
    heard = await api.program().get("/api/v1/presence")
    assert [one["staff"] for one in heard.body["presence"]] == ["kurimoto", "sato", "suzuki"]
    assert heard.body["presence"][0]["kind"] is None
    assert heard.body["presence"][0]["reachable"]


async def test_staff_are_listed_without_their_numbers(api: Api) -> None:
    heard = await api.program().get("/api/v1/staff")
    assert "+8190" not in json.dumps(heard.body)
    kurimoto, sato, suzuki = heard.body["staff"]
    assert (kurimoto["email"], sato["email"]) == ("kurimoto@smilecorp.com", None)
    assert (kurimoto["telephone"], kurimoto["chats"]) == (True, ["slack"])
    assert (suzuki["telephone"], suzuki["chats"]) == (False, [])


async def test_a_kind_with_its_times_is_what_callers_hear(api: Api) -> None:
    program = api.program()
    wish = {"kind": "out", "end": "2026-11-24T15:00:00+09:00", "note": "A社"}
    heard = await program.put(KURIMOTO, wish)
    assert heard.body["entries"] == [
        {
            "kind": "out",
            "start": "2026-11-24T10:30:00+09:00",
            "end": "2026-11-24T15:00:00+09:00",
            "basis": "stated",
            "note": "A社",
        }
    ]
    shown = await _of(program, "kurimoto")
    assert heard.body["presence"] == shown
    assert (shown["kind"], shown["note"], shown["reachable"]) == ("out", "A社", False)
    assert "15時" in shown["say"]
    assert "A社" not in shown["say"]


async def test_an_offset_of_another_zone_is_the_same_instant(api: Api) -> None:
    heard = await api.program().put(KURIMOTO, {"kind": "meeting", "end": "2026-11-24T03:00:00Z"})
    assert heard.body["presence"]["end"] == "2026-11-24T12:00:00+09:00"


async def test_without_an_end_it_is_assumed_as_in_chat(api: Api) -> None:
    program = api.program()
    meeting = (await program.put(KURIMOTO, {"kind": "meeting"})).body["presence"]
    assert (meeting["end"], meeting["basis"]) == ("2026-11-24T11:30:00+09:00", "assumed")
    trip = (await program.put(KURIMOTO, {"kind": "trip"})).body["presence"]
    assert (trip["end"], trip["basis"]) == (None, "open")


async def test_every_kind_can_be_said_alone(api: Api) -> None:
    program = api.program()
    for kind in Kind:
        assert (await program.put(KURIMOTO, {"kind": kind.value})).body["presence"]["kind"] == kind


async def test_a_text_is_read_as_in_chat(api: Api) -> None:
    heard = await api.program().put(KURIMOTO, {"text": "15時帰社"})
    assert heard.body["presence"]["kind"] == "out"
    assert heard.body["presence"]["end"] == "2026-11-24T15:00:00+09:00"


async def test_a_text_may_have_the_offices_own_words(api: Api) -> None:
    api.services.store.run_now(open_office, smile(words={"巡回": "out"}))
    heard = await api.program().put(KURIMOTO, {"text": "巡回 15時まで"})
    assert heard.body["presence"]["kind"] == "out"


async def test_a_text_may_name_the_person_it_is_about(api: Api) -> None:
    heard = await api.program().put(KURIMOTO, {"text": "栗本さん 15時帰社"})
    assert heard.body["presence"]["kind"] == "out"


async def test_back_by_null_and_by_text(api: Api) -> None:
    program = api.program()
    for back in ({"kind": None}, {"text": "戻りました"}):
        await program.put(KURIMOTO, {"kind": "out"})
        assert (await program.put(KURIMOTO, back)).body["presence"]["kind"] is None


async def test_a_text_extends_what_holds(api: Api) -> None:
    program = api.program()
    await program.put(KURIMOTO, {"text": "会議 12時まで"})
    heard = await program.put(KURIMOTO, {"text": "30分延長"})
    assert heard.body["presence"]["end"] == "2026-11-24T12:30:00+09:00"


async def test_a_plan_changes_nothing_now(api: Api) -> None:
    program = api.program()
    wish = {"kind": "trip", "start": "2026-11-25T00:00:00+09:00", "end": "2026-11-27T00:00:00+09:00"}
    heard = await program.put(KURIMOTO, wish)
    assert heard.body["presence"]["kind"] is None
    assert heard.body["entries"][0]["start"] == "2026-11-25T00:00:00+09:00"
    api.clock.set(TUESDAY_MORNING + timedelta(days=1))
    assert (await _of(program, "kurimoto"))["kind"] == "trip"


async def test_each_change_has_the_next_version(api: Api) -> None:
    program = api.program()
    first = (await program.put(KURIMOTO, {"kind": "out"})).body["presence"]["version"]
    second = (await program.put(KURIMOTO, {"kind": None})).body["presence"]["version"]
    assert second == first + 1


@pytest.mark.parametrize(
    ("wish", "error", "field"),
    [
        ({}, "invalid", None),
        ({"kind": "sleeping"}, "invalid", "kind"),
        ({"kind": "out", "end": "2026-11-24T15:00:00"}, "invalid", "end"),
        ({"kind": "out", "end": "15時"}, "invalid", "end"),
        ({"kind": "out", "end": 1795500000}, "invalid", "end"),
        ({"kind": "out", "end": "9999-12-31T23:59:59-23:00"}, "invalid", "end"),
        ({"kind": "out", "end": "2026-11-24T10:00:00+09:00"}, "past_time", "end"),
        (
            {"kind": "out", "start": "2026-11-25T10:00:00+09:00", "end": "2026-11-25T09:00:00+09:00"},
            "reversed_range",
            "end",
        ),
        ({"kind": "out", "basis": "stated"}, "invalid", None),
        ({"kind": "out", "until": "15:00"}, "invalid", "until"),
        ({"kind": "out", "note": "a\x00b"}, "invalid", "note"),
        ({"kind": "out", "note": "あ" * 501}, "invalid", "note"),
        ({"text": "15時帰社", "kind": "out"}, "invalid", None),
        ({"text": ""}, "invalid", "text"),
        ({"text": "来週まで出張"}, "ambiguous", "text"),
        ({"text": "お疲れさまです"}, "not_understood", "text"),
        ({"text": "佐藤さん 15時帰社"}, "other_person", "text"),
        ({"text": "30分延長"}, "nothing_to_extend", "text"),
        ([], "invalid", None),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_its_field(
    api: Api, wish: Any, error: str, field: str | None
) -> None:
    program = api.program()
    assert (await program.put(KURIMOTO, wish)).refusal == (422, error, field)
    assert (await _of(program, "kurimoto"))["kind"] is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"kind": "out",}', b"[" * 5000, b'"\\ud800"'])
async def test_what_is_no_json_is_refused(api: Api, body: bytes) -> None:
    heard = await api.program().asks("PUT", KURIMOTO, data=body)
    assert heard.refusal == (400, "bad_json", None)


async def test_a_body_too_long_is_refused(api: Api) -> None:
    heard = await api.program().asks("PUT", KURIMOTO, data=b" " * 300_000)
    assert heard.refusal == (400, "too_long", None)


async def test_nobody_of_that_id(api: Api) -> None:
    program = api.program()
    for staff in ("nobody", "%00", "x" * 200, "栗本"):
        heard = await program.put(f"/api/v1/staff/{staff}/presence", {"kind": None})
        assert heard.refusal == (404, "not_found", None)
