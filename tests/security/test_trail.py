"""Who did what: every deed has its author, of every channel; only admins and the machine's operators see it."""

import csv
import io
from pathlib import Path

import aiohttp
import pytest

from bot.digests.trail import trail
from bot.errors import UsageError
from bot.office.model import Role
from bot.office.tokens import Scope, make_token
from bot.settings import Settings
from handlers.commands import token
from handlers.commands.audit import audit, operator
from handlers.commands.export import Days, export_csv
from handlers.commands.load import load
from tests.support.world import ENV, OFFICE_FILE, World

OFFICE = "smile"


def deeds_of(world: World) -> list[tuple[str, str, str]]:
    """(actor, channel, action), the oldest first."""
    return [(row.actor, row.channel, row.action) for row in world.services.store.read_now(trail, OFFICE)]


async def test_each_channel_leaves_its_author(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    shown = await kurimoto.types("/tori", "外出 15時まで")
    await kurimoto.taps("取り消し", on=shown)
    await world.settled()
    await world.on_line("suzuki").says("在宅")
    await world.on_line("suzuki").sees("在宅")
    await world.on_slack("sato").types("/toritsugi", "夜間不可")
    key = world.services.store.run_now(make_token, OFFICE, "pbx", [Scope.PRESENCE])
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session:
        path = f"{world.base_url}/api/v1/staff/saito/presence"
        async with session.put(path, json={"text": "会議 1時間"}) as answer:
            assert answer.status == 200, await answer.text()
    deeds = deeds_of(world)
    assert ("kurimoto", "slack", "presence.set") in deeds
    assert ("kurimoto", "slack", "presence.undone") in deeds
    assert ("suzuki", "line", "presence.set") in deeds
    assert ("sato", "slack", "settings.changed") in deeds
    assert ("pbx", "api", "presence.set") in deeds
    assert ("pbx", "api", "PUT /api/v1/staff/{id}/presence") in deeds


async def test_what_a_program_takes_along_is_a_deed_without_a_number(world: World) -> None:
    scopes = [Scope.PRESENCE_READ, Scope.CALLS_READ, Scope.MESSAGES_READ, Scope.TRANSFERS_READ]
    key = world.services.store.run_now(make_token, OFFICE, "archive", scopes)
    paths = ("export/messages", "callers/+81312345678/records", "staff/saito/records", "presence", "messages")
    async with aiohttp.ClientSession(world.base_url, headers={"Authorization": f"Bearer {key}"}) as session:
        for path in paths:
            async with session.get(f"/api/v1/{path}") as answer:
                assert answer.status == 200, await answer.text()
        async with session.get("/api/v1/staff/nobody/records") as answer:
            assert answer.status == 404
    deeds = [row for row in world.services.store.read_now(trail, OFFICE) if row.actor == "archive"]
    assert [(row.channel, row.action, row.subject) for row in deeds] == [
        ("api", "records.exported", what) for what in ("caller", "messages", "person")
    ]


async def test_a_message_is_followed_from_hand_to_hand(world: World) -> None:
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本さんに伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    await world.settled()
    kurimoto = world.on_slack("kurimoto")
    card = await kurimoto.sees("三上様")
    await kurimoto.taps("担当変更", on=card)
    await kurimoto.sees_modal("どなたにお願いしますか")
    await kurimoto.submits({"colleague": "佐藤 花子（営業）"})
    await world.on_slack("sato").taps("対応済み", on=await world.on_slack("sato").sees("三上様"))
    await world.settled()
    deeds = deeds_of(world)
    assert ("kurimoto", "slack", "message.given_to sato") in deeds
    assert ("sato", "", "message.done") in deeds


async def test_only_an_admin_sees_it_in_chat(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "外出 15時まで")
    for staff, role in (("kurimoto", Role.STAFF), ("sato.ken", Role.MANAGER)):
        assert world._person(staff).role is role
        refused = await world.on_slack(staff).types("/toritsugi", "audit")
        assert "システム管理者" in refused.text
    shown = await world.on_slack("ono").types("/toritsugi", "操作履歴")
    assert "操作履歴" in shown.text
    assert "栗本さん" in str(shown.blocks)


# ---- commands ------------------------------------------------------------------------------------------


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SUDO_USER", "=hanako")
    monkeypatch.chdir(tmp_path)
    made = Settings(_env_file=None, database_url=database_url, toritsugi_secret="test-secret")
    load(made, OFFICE_FILE)
    return made


def written(settings: Settings, first: str | None = None, last: str | None = None) -> list[dict[str, str]]:
    out = io.StringIO()
    audit(settings, first, last, None, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_what_operators_do_stands_there_too(settings: Settings) -> None:
    assert operator() == "=hanako"
    made = token.run(settings, "pbx", ["calls:read"])
    token.revoke(settings, "pbx")
    rows = written(settings)
    assert [(row["action"], row["subject"]) for row in rows] == [
        ("office.loaded", ""),
        ("token.made", "pbx"),
        ("token.revoked", "pbx"),
    ]
    assert {row["actor"] for row in rows} == {"'=hanako"}  # a spreadsheet takes it for a text
    assert made not in str(rows)
    token.run(settings, "＝SUM(A1)", ["calls:read"])
    assert written(settings)[-1]["subject"] == "'＝SUM(A1)"  # a Japanese one takes wide signs, too


def test_taking_records_along_is_a_deed(settings: Settings) -> None:
    export_csv(settings, "presence", Days(), None, io.StringIO())
    assert [(row["action"], row["subject"]) for row in written(settings)][-1:] == [
        ("records.exported", "presence")
    ]


def test_days_are_those_of_the_office(settings: Settings) -> None:
    assert written(settings, first="2020-01-01")
    assert written(settings, last="2020-01-01") == []
    with pytest.raises(UsageError, match="2026-11-24"):
        written(settings, first="tomorrow")


def test_tokens_are_listed_by_name_and_ended_by_it(settings: Settings) -> None:
    assert "no token yet" in token.listed(settings)
    made = token.run(settings, "pbx", ["calls:read", "presence"])
    assert "pbx: calls:read, presence (since 20" in token.listed(settings)
    assert made not in token.listed(settings)
    assert "pbx" in token.revoke(settings, "pbx")
    assert "revoked" in token.listed(settings)
    with pytest.raises(UsageError, match="no token pbx"):
        token.revoke(settings, "pbx")
