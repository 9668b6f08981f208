"""What operators watch: every figure is there, moves when it should, and the alert rules name no other."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from bot.messages.model import CallerFacts, NewMessage
from bot.messages.tables import messages
from bot.messages.verbs import file_message
from bot.office.roster import roster_of
from bot.settings import Settings
from bot.store.cards import POST
from bot.store.outbox import enqueue, outbox
from bot.store.transaction import Transaction
from handlers import metrics
from handlers.web import create_app
from tests.support.databases import drop_postgres, postgres_copy
from tests.support.postgres import free_port
from tests.support.processes import Deployment
from tests.support.world import World

ALERTS = Path(__file__).parents[2] / "docs" / "alerts.yml"


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where nothing depends on the database, one is enough."""


async def figures(base_url: str) -> dict[str, float]:
    """Every sample by its name; those with labels by name and labels."""
    async with aiohttp.ClientSession() as session, session.get(f"{base_url}/metrics") as answer:
        assert answer.status == 200
        lines = (await answer.text()).splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


async def test_each_promise_has_its_figure(world: World) -> None:
    await world.passes(seconds=1)
    shown = await figures(world.base_url)
    assert shown["toritsugi_jobs_age_seconds"] == 0
    assert shown["toritsugi_outbox_dead"] == shown["toritsugi_promise_overdue_seconds"] == 0
    row, message = world.services.store.run_now(_ordinary)
    await world.settled()
    world.services.store.run_now(_misfortunes, row, message)
    world.clock.passes(seconds=200)
    shown = await figures(world.base_url)
    assert shown["toritsugi_outbox_dead"] == 1
    assert shown["toritsugi_jobs_age_seconds"] == 200
    assert shown["toritsugi_promise_overdue_seconds"] == 260


def _ordinary(tx: Transaction) -> tuple[str, str]:
    """A row of the outbox for later, and a message."""
    row = enqueue(tx, "smile", POST, {}, due_at=tx.now + timedelta(hours=1))
    new = NewMessage(staff="kurimoto", caller=CallerFacts("", "江川"), wish="折り返し", body="")
    return row, file_message(tx, roster_of(tx, "smile"), new)


def _misfortunes(tx: Transaction, row: str, message: str) -> None:
    tx.update(outbox, outbox.c.id == row, state="dead", error="x", settled_at=tx.now)
    due = tx.now - timedelta(seconds=60)
    tx.update(messages, messages.c.id == message, promise_due_at=due, follow_up_at=None)


@ON_SQLITE
async def test_nothing_has_ever_ticked(world: World) -> None:
    assert (await figures(world.base_url))["toritsugi_jobs_age_seconds"] == -1


@ON_SQLITE
async def test_answers_and_deliveries_are_timed(world: World) -> None:
    before = await figures(world.base_url)
    call = await world.caller().dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本さんに伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    await world.settled()
    after = await figures(world.base_url)

    def more(name: str) -> float:
        return after.get(name, 0.0) - before.get(name, 0.0)

    assert more('toritsugi_http_answers_total{route="/twilio/voice",status="2xx"}') == 1
    assert more('toritsugi_http_seconds_count{route="/twilio/voice"}') == 1
    assert more('toritsugi_delivery_seconds_count{kind="card.post"}') >= 1


@ON_SQLITE
async def test_the_rules_name_what_there_is(world: World) -> None:
    """A figure that has been renamed must not leave an alert that never sounds."""
    await world.passes(seconds=1)
    async with aiohttp.ClientSession() as session, session.get(f"{world.base_url}/metrics") as answer:
        text = await answer.text()
    families = set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE))
    known = families | {f"{name}_{part}" for name in families for part in ("bucket", "count", "sum")}
    [group] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    names: list[str] = []
    for rule in group["rules"]:
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["expr"].count("(") == rule["expr"].count(")")
        names += re.findall(r"toritsugi_\w+", rule["expr"])
    assert [name for name in names if name not in known] == []
    routes = {route.path for route in _routes(world)}
    asked = re.findall(r'route="([^"]+)"', ALERTS.read_text(encoding="utf-8"))
    assert set(asked) <= routes


def _routes(world: World) -> list[Any]:
    return list(create_app(world.services, with_jobs=False).routes)


def test_what_operators_read_names_every_figure() -> None:
    text = (ALERTS.parent / "operations.md").read_text(encoding="utf-8")
    ours = [gauge for gauge, _ in metrics._GAUGES]
    assert [gauge._name for gauge in ours if gauge._name not in text] == []


class WithAddress(Deployment):
    """A deployment whose worker has an address of its own."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        self.worker_port = free_port()

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "WORKER_PORT": str(self.worker_port)}


async def test_a_worker_says_how_it_is(postgres: str, tmp_path: Path) -> None:
    url = postgres_copy(postgres)
    deployment = WithAddress(url, tmp_path)
    try:
        async with deployment.running():
            address = f"http://127.0.0.1:{deployment.worker_port}"
            worker = deployment.spawn("worker")
            await eventually_answers(f"{address}/readyz")
            async with asyncio.timeout(60):  # it ticks a second after its start
                while (await figures(address))["toritsugi_jobs_age_seconds"] < 0:
                    await asyncio.sleep(0.1)
            async with aiohttp.ClientSession() as session, session.post(f"{address}/twilio/voice") as answer:
                assert answer.status == 404  # it is no door
            worker.terminate()
            assert await asyncio.to_thread(worker.wait, 60) == 0
    finally:
        drop_postgres(url)


async def eventually_answers(url: str) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(90):
        while True:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)


def test_no_port_is_no_address() -> None:
    assert Settings(_env_file=None).worker_port is None
    with pytest.raises(ValueError, match="worker_port"):
        Settings(_env_file=None, worker_port=99999)
