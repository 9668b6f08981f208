"""Messages and calls, page by page."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.messages.tables import messages
from bot.reception.tables import calls
from bot.store.cards import cards
from bot.store.transaction import Transaction
from tests.api.conftest import Api, Program


def _addresses(tx: Transaction) -> set[str]:
    return {address for (address,) in tx.all(sa.select(cards.c.address))}


def _rang(tx: Transaction, count: int) -> None:
    """Calls that came in, three of them in the same second."""
    for number in range(count):
        tx.insert(
            calls,
            id=tx.new_id(),
            organization="smile",
            sid=f"CA{number}",
            from_number="+266696687" if number == 0 else f"+8131234{number:04}",
            to_number="+81345671234",
            state="ended",
            step=1,
            staff="kurimoto" if number % 2 else None,
            started_at=tx.now + timedelta(seconds=number // 3),
        )


async def _all(program: Program, path: str, noun: str, **query: Any) -> list[dict[str, Any]]:
    """Every page, one after the other."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await program.get(path, **query, **cursor)).body
        found += page[noun]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


async def test_a_message_is_shown_to_the_person_and_to_the_calls_channel(api: Api) -> None:
    heard = await api.program().post(
        "/api/v1/messages",
        {
            "staff": "kurimoto",
            "caller": {"name": "江川", "company": "スマイル企画", "number": "0312345678"},
            "body": "お見積りの件で折り返しを",
            "urgent": True,
            "promise": "本日中に折り返し",
        },
    )
    assert heard.status == 201
    assert heard.body["state"] == "open"
    assert heard.body["caller"]["number"] == "+81312345678"
    assert heard.body["promise"] == "本日中に折り返し"
    shown_in = await api.services.store.read(_addresses)
    assert {"U0KURIMOTO", "C0CALLS"} <= shown_in


async def test_without_a_person_it_goes_to_the_calls_channel(api: Api) -> None:
    heard = await api.program().post("/api/v1/messages", {"body": "どなたか折り返しを"})
    assert (heard.status, heard.body["staff"]) == (201, None)
    shown_in = await api.services.store.read(_addresses)
    assert "C0CALLS" in shown_in
    assert "U0KURIMOTO" not in shown_in


async def test_minutes_promised_are_due_then(api: Api) -> None:
    heard = await api.program().post("/api/v1/messages", {"body": "折り返しを", "promise": 30})
    assert heard.body["promise_due_at"] == "2026-11-24T11:00:00+09:00"


async def test_a_number_is_kept_as_what_it_is(api: Api) -> None:
    program = api.program()
    for number, dialable, said in (
        ("+81 3-1234-5678", "+81312345678", ""),
        ("012-3456-7890", "", "012-3456-7890"),
        ("anonymous", "", ""),
        ("+81345671234", "", "+81345671234"),  # our own line
        (None, "", ""),
    ):
        heard = await program.post("/api/v1/messages", {"body": "?", "caller": {"number": number}})
        assert (heard.body["caller"]["number"], heard.body["caller"]["number_said"]) == (dialable, said)


async def test_the_same_key_files_once(api: Api) -> None:
    program = api.program()
    wish = {"staff": "kurimoto", "body": "折り返しを"}
    first = await program.post("/api/v1/messages", wish, key="m-1")
    assert (await program.post("/api/v1/messages", wish, key="m-1")).body == first.body
    assert (await program.post("/api/v1/messages", wish | {"body": "別件"}, key="m-1")).status == 409
    assert len(await _all(program, "/api/v1/messages", "messages")) == 1


async def test_what_is_no_key_is_refused(api: Api) -> None:
    program = api.program()
    for key in ("", "あ", "x" * 256):
        heard = await program.asks(
            "POST", "/api/v1/messages", json={"body": "?"}, headers={"Idempotency-Key": key}
        )
        assert heard.refusal == (400, "bad_key", "Idempotency-Key")


async def test_a_wrong_message_is_refused_with_its_field(api: Api) -> None:
    program = api.program()
    for wish, field in (
        ({}, "body"),
        ({"body": ""}, "body"),
        ({"body": 5}, "body"),
        ({"body": "?", "staff": "nobody"}, "staff"),
        ({"body": "?", "urgent": "yes"}, "urgent"),
        ({"body": "?", "caller": {"name": ["江川"]}}, "caller.name"),
    ):
        heard = await program.post("/api/v1/messages", wish)
        assert (heard.status, heard.body["field"]) == (422, field)


async def test_pages_neither_repeat_nor_lose_a_call(api: Api) -> None:
    api.services.store.run_now(_rang, 10)
    program = api.program()
    whole = (await program.get("/api/v1/calls")).body["calls"]
    assert len(whole) == 10
    assert whole == sorted(whole, key=lambda call: (call["started_at"], call["id"]), reverse=True)
    assert whole[-1]["number"] == "" or any(call["number"] == "" for call in whole)
    for limit in (1, 3, 4, 10):
        assert await _all(program, "/api/v1/calls", "calls", limit=limit) == whole
    own = await _all(program, "/api/v1/calls", "calls", limit=2, staff="kurimoto")
    assert own == [call for call in whole if call["staff"] == "kurimoto"]


async def test_a_list_can_be_cut_to_a_time_and_a_state(api: Api) -> None:
    program = api.program()
    await program.post("/api/v1/messages", {"body": "古い"})
    api.services.store.run_now(lambda tx: tx.update(messages, state="done", done_by="sato", done_at=tx.now))
    api.clock.passes(hours=1)
    await program.post("/api/v1/messages", {"body": "新しい"})

    async def bodies(**query: str) -> list[str]:
        return [one["body"] for one in await _all(program, "/api/v1/messages", "messages", **query)]

    assert await bodies() == ["新しい", "古い"]
    assert await bodies(state="done") == ["古い"]
    assert await bodies(since="2026-11-24T11:00:00+09:00") == ["新しい"]
    assert await bodies(until="2026-11-24T11:00:00+09:00") == ["古い"]


async def test_a_wrong_question_is_refused_with_its_field(api: Api) -> None:
    program = api.program()
    for query, status, field in (
        ({"limit": "0"}, 422, "limit"),
        ({"limit": "201"}, 422, "limit"),
        ({"limit": "many"}, 422, "limit"),
        ({"since": "yesterday"}, 422, "since"),
        ({"limt": "5"}, 422, "limt"),
        ({"cursor": "x"}, 400, "cursor"),
        ({"cursor": "あ"}, 400, "cursor"),
        ({"cursor": "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMCB4"}, 400, "cursor"),  # the year 1, east of Greenwich
    ):
        heard = await program.get("/api/v1/calls", **query)
        assert (heard.status, heard.body["field"]) == (status, field)


async def test_a_promise_in_words_has_its_time(api: Api) -> None:
    heard = await api.program().post(
        "/api/v1/messages", {"body": "折り返しを", "promise": "30分後に折り返し"}
    )
    assert heard.body["promise_due_at"] == "2026-11-24T11:00:00+09:00"
    heard = await api.program().post("/api/v1/messages", {"body": "折り返しを", "promise": "後ほど折り返し"})
    assert heard.body["promise_due_at"] is None
