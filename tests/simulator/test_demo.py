"""The demo from outside: it refuses beside real accounts, tells its stories, starts afresh, stops cleanly."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
import yaml
from aiohttp import ClientSession
from rich.console import Console

from bot.office.file import read_office_file
from simulator.demo import OFFICE_FILE, Demo, running
from simulator.page_server import page as serve_page
from simulator.product import REAL, real_credentials
from simulator.sample import closed_today, open_at_any_hour, read_sample
from simulator.stories.stage import Stage, Story

TEXT = OFFICE_FILE.read_text(encoding="utf-8")


# ---- keeping away from real accounts -------------------------------------------------------------


@pytest.mark.parametrize("name", REAL)
def test_a_real_credential_is_seen_in_the_environment(name: str, tmp_path: Path) -> None:
    assert real_credentials({name: "x", "PATH": "/bin"}, tmp_path) == [name]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("SLACK_BOT_TOKEN=xoxb-1", True),
        ("export SLACK_BOT_TOKEN='xoxb-1'", True),
        (" slack_bot_token = xoxb-1", True),
        ("SLACK_BOT_TOKEN=", False),
        ("# SLACK_BOT_TOKEN=xoxb-1", False),
        ('SLACK_BOT_TOKEN=""', False),
        ("PORT=8000", False),
    ],
)
def test_a_real_credential_is_seen_in_the_env_file(line: str, seen: bool, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"HOST=127.0.0.1\n{line}\n", encoding="utf-8")
    assert real_credentials({}, tmp_path) == (["SLACK_BOT_TOKEN"] if seen else [])


async def test_the_demo_refuses_beside_real_credentials(tmp_path: Path) -> None:
    status, _, complaint = await simulator(tmp_path, TWILIO_AUTH_TOKEN="real-token")
    assert status == 2
    assert "TWILIO_AUTH_TOKEN" in complaint
    assert "real-token" not in complaint


# ---- the sample office ---------------------------------------------------------------------------


def test_the_office_is_open_at_any_hour() -> None:
    office = read_office_file(open_at_any_hour(TEXT), {}).office
    assert len(office.hours.days) == 7
    assert office.quiet is None


def test_the_office_is_closed_for_a_day_and_only_then() -> None:
    closed = yaml.safe_load(closed_today(TEXT, date(2026, 11, 24)))
    assert "2026-11-24" in closed["hours"]["closed"]
    read_office_file(yaml.safe_dump(closed, allow_unicode=True), {})


def test_the_sample_has_everybody_that_the_page_needs() -> None:
    sample = read_sample(TEXT)
    assert {"kurimoto", "sato"} <= {one.id for one in sample.people if one.slack and one.phone}
    assert any(one.role in ("manager", "admin") for one in sample.people)
    assert any(one.linked for one in sample.people)
    assert not sample.member("sato").linked
    lines = [one.line for one in sample.people]
    assert len(set(lines)) == len(lines)
    assert all(re.fullmatch(r"U[0-9a-f]{32}", line) for line in lines)
    with pytest.raises(KeyError):
        sample.member("nobody")


# ---- stories -------------------------------------------------------------------------------------


async def test_an_unknown_story_lists_those_there_are(tmp_path: Path) -> None:
    status, _, complaint = await simulator(tmp_path, "--story", "gone-wrong")
    assert status == 2
    assert "good-call" in complaint
    assert "transfer" in complaint


@pytest.mark.parametrize(
    ("story", "parts"),
    [
        (
            "good-call",
            ["/tori 出張", "出張しております", "クリモト、アットマーク", "012-3456-7890", "対応済み:"],
        ),
        # Whether the music or the card comes first is nobody's promise: they come of the same moment.
        ("transfer", ["登録しました", "まで（あと", "1 を押す", "佐藤とつながる", "おつなぎしました"]),
    ],
)
async def test_a_story_is_told_to_its_good_end(story: str, parts: list[str], tmp_path: Path) -> None:
    status, told, complaint = await simulator(tmp_path, "--story", story, "--haste", "100")
    assert (status, complaint) == (0, "")
    places = [told.find(part) for part in parts]
    assert story != "transfer" or "♪" in told
    assert -1 not in places, f"{parts[places.index(-1)]} is not told:\n{told}"
    assert places == sorted(places), told
    assert "\x1b" not in told, "no colours where there is no terminal"
    assert list((tmp_path / "data" / "demo").iterdir()) == []


async def test_a_story_that_goes_wrong_says_where(tmp_path: Path) -> None:
    async def play(stage: Stage) -> None:
        answer = await stage.types("kurimoto", "/tori", "外出 1時間")
        assert "外出" in answer.text
        raise AssertionError("the sky did not fall")

    console = Console(record=True, file=(tmp_path / "told").open("w"))
    async with running(tmp_path) as demo:
        assert not await Stage(demo, console).tell(Story("空が落ちる", play))
    console.file.close()
    told = console.export_text()
    assert "/tori 外出 1時間" in told
    assert "✗ 途中で終わりました: the sky did not fall" in told


# ---- the page's server ---------------------------------------------------------------------------


async def test_the_page_is_for_this_machine_and_does_what_an_operator_does(tmp_path: Path) -> None:
    async with running(tmp_path, haste=100) as demo, serve_page(demo) as base, ClientSession(base) as web:
        for path, status in (
            ("/", 200),
            ("/main.js", 200),
            ("/nothing.js", 404),
            ("/%2e%2e%2fsample.py", 404),
        ):
            assert (await web.get(path)).status == status, path
        for foreign in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            assert (await web.get("/config.json", headers=foreign)).status == 403
            assert (await web.post("/commands", json={"do": "invite"}, headers=foreign)).status == 403
        for wrong in ({"do": "nothing"}, {"do": "invite", "staff": "nobody"}, {}, []):
            answer = await web.post("/commands", json=wrong)
            assert (answer.status, (await answer.json())["ok"]) == (400, False), wrong
        invited = await (await web.post("/commands", json={"do": "invite", "staff": "sato"})).json()
        assert re.fullmatch(r"\w{4}-\w{4}", invited["result"])

        assert (await web.post("/commands", json={"do": "doors", "open": False})).ok
        async with asyncio.timeout(15):  # the product follows within five seconds
            while "休業日" not in await greeting(demo):
                pass


async def greeting(demo: Demo) -> str:
    call = await demo.twilio.phone("+819033334444").dials(next(iter(demo.sample.numbers)))
    heard = await call.hears("ございます", within=10)
    await call.hangs_up()
    await demo.twilio.all_told()
    return heard


# ---- starting and stopping -----------------------------------------------------------------------


async def test_two_demos_run_beside_each_other_and_leave_nothing(tmp_path: Path) -> None:
    async with page(tmp_path) as (one, first), page(tmp_path) as (other, second):
        assert first != second
        for process in (one, other):
            process.send_signal(signal.SIGINT)
            assert await process.wait() == 0
    assert list((tmp_path / "data" / "demo").iterdir()) == []


async def test_the_death_of_serve_is_told(tmp_path: Path) -> None:
    async with page(tmp_path) as (process, _):
        os.kill(child_of(process.pid), signal.SIGKILL)
        _, complaint = await process.communicate()
    assert process.returncode == 1
    assert b"serve ended by itself" in complaint


async def simulator(folder: Path, *arguments: str, **environment: str) -> tuple[int | None, str, str]:
    """Run it to its end; status, output, errors."""
    process = await started(folder, *arguments, **environment)
    told, complaint = await process.communicate()
    return process.returncode, told.decode(), complaint.decode()


@asynccontextmanager
async def page(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run it until it names its page."""
    process = await started(folder)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(r"http://\S+", (await process.stdout.readline()).decode())):
                assert not process.stdout.at_eof(), "it ended at its start"
        yield process, found[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def started(folder: Path, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if name not in REAL}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", *arguments),
        cwd=folder,
        env=kept | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def child_of(pid: int) -> int:
    """The only process that another one started, by the kernel's own account."""
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return int(child)
