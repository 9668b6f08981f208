"""The API from its own description: whatever fits `/openapi.json`, or just does not, is answered as it says."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette

from bot.clock import SettableClock
from bot.office.tokens import make_token
from bot.settings import Settings
from handlers.api.openapi import document
from handlers.api.routes import api_routes
from handlers.composition import make_services
from tests.api.conftest import EVERYTHING, TUESDAY_MORNING
from tests.support.databases import sqlite_copy
from tests.support.offices import open_office


@dataclass(frozen=True)
class Served:
    """A running API and a token that opens all of it."""

    address: str
    token: str


@pytest.fixture(scope="module")
def served(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The API on a port of its own, in a thread: schemathesis asks as any program does."""
    url = sqlite_copy(sqlite_file, tmp_path_factory.mktemp("api"))
    services = make_services(Settings(_env_file=None, database_url=url), SettableClock(TUESDAY_MORNING))
    services.store.run_now(open_office)
    token = services.store.run_now(make_token, "smile", "schemathesis", EVERYTHING)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        app = Starlette(routes=api_routes(services))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            sleep(0.01)
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", token)
        server.should_exit = True
        thread.join(20)
    services.store.close()


schema = schemathesis.openapi.from_dict(document("http://127.0.0.1"))


@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_as_described(case: schemathesis.Case[Any], served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.token}"}
    # A body may have the right form and name nobody: that refusal is described, too.
    case.call_and_validate(
        base_url=served.address, headers=headers, excluded_checks=[positive_data_acceptance], timeout=30
    )
