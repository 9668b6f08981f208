"""Who may come in, and what they hear if not."""

import pytest

from bot.office.model import OrganizationId
from bot.office.tokens import Scope
from tests.api.conftest import Api
from tests.support.offices import open_office, smile

READS = {
    "/api/v1/presence": Scope.PRESENCE_READ,
    "/api/v1/staff": Scope.PRESENCE_READ,
    "/api/v1/calls": Scope.CALLS_READ,
    "/api/v1/messages": Scope.MESSAGES_READ,
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tested here does not depend on the database."""
    return sqlite_url


@pytest.mark.parametrize("token", [None, "", "toritsugi_guessed", "\u00e9"])
async def test_without_a_token_of_ours_nothing_opens(api: Api, token: str | None) -> None:
    for path in READS:
        heard = await api.stranger(token).get(path)
        assert heard.refusal == (401, "unauthorized", None)
        assert heard.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", READS)
async def test_reading_takes_the_scope_of_the_path_and_no_other(api: Api, path: str) -> None:
    others = [scope for scope in Scope if not scope.startswith(READS[path].removesuffix(":read"))]
    assert (await api.program(READS[path]).get(path)).status == 200
    assert (await api.program(Scope(READS[path].removesuffix(":read"))).get(path)).status == 200
    assert (await api.program(*others).get(path)).refusal == (403, "forbidden", None)


async def test_a_scope_for_reading_changes_nothing(api: Api) -> None:
    reader = api.program(*(scope for scope in Scope if scope.endswith(":read")))
    assert (await reader.put("/api/v1/staff/kurimoto/presence", {"kind": None})).status == 403
    assert (await reader.post("/api/v1/transfers", {"staff": "kurimoto"})).status == 403
    assert (await reader.post("/api/v1/messages", {"body": "折り返しを"})).status == 403
    assert (await reader.delete("/api/v1/transfers/1")).status == 403


async def test_one_office_never_sees_another(api: Api) -> None:
    other = smile(organization=OrganizationId("other"), name="よその会社", numbers=())
    api.services.store.run_now(open_office, other, ())
    ours, theirs = api.program(), api.program(organization="other")
    transfer = (await ours.post("/api/v1/transfers", {"staff": "kurimoto"})).body["id"]
    await ours.post("/api/v1/messages", {"staff": "kurimoto", "body": "折り返しを"})

    assert (await theirs.get("/api/v1/staff")).body == {"staff": []}
    assert (await theirs.get("/api/v1/messages")).body == {"messages": [], "next": None}
    assert (await theirs.get(f"/api/v1/transfers/{transfer}")).status == 404
    assert (await theirs.delete(f"/api/v1/transfers/{transfer}")).status == 404
    assert (await theirs.put("/api/v1/staff/kurimoto/presence", {"kind": None})).status == 404
    assert (await theirs.post("/api/v1/messages", {"staff": "kurimoto", "body": "?"})).status == 422


async def test_unknown_paths_and_methods_are_told_in_json(api: Api) -> None:
    program = api.program()
    assert (await program.get("/api/v1/nothing")).refusal == (404, "not_found", None)
    heard = await program.put("/api/v1/presence", {})
    assert heard.refusal == (405, "method_not_allowed", None)
    assert heard.headers["Allow"] == "GET"


async def test_the_description_names_every_path(api: Api) -> None:
    described = (await api.stranger().get("/openapi.json")).body
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {
        "/api/v1/presence",
        "/api/v1/staff",
        "/api/v1/staff/{id}/presence",
        "/api/v1/transfers",
        "/api/v1/transfers/{id}",
        "/api/v1/messages",
        "/api/v1/calls",
        "/api/v1/callers/{id}/records",
        "/api/v1/export/presence",
        "/api/v1/export/calls",
        "/api/v1/export/messages",
        "/api/v1/staff/{id}/records",
    }
    assert described["servers"] == [{"url": api.base_url}]
