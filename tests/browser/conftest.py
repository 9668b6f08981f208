"""The demo as people start it, in a process of its own, and a browser that looks at it."""

import asyncio
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright

from tests.conftest import lacking

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLATFORMS = ("slack", "line", "twilio")


@pytest.fixture(scope="session")
def browser_program() -> str:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        lacking("Chromium", "install it (Debian: apt-get install chromium) to test the demo's page")
    return str(program)


@pytest.fixture(scope="module")
def address(browser_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is; the demo is stopped as people stop it, by Ctrl-C."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "simulator", "--haste", "30"],
        cwd=tmp_path_factory.mktemp("demo"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    try:
        found = next((found for line in demo.stdout if (found := re.search(r"http://\S+", line))), None)
        assert found is not None, "the demo ended at its start"
        yield found[0]
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=30)
    assert demo.returncode == 0


@pytest_asyncio.fixture
async def page(browser_program: str, address: str) -> AsyncIterator[Page]:
    """The page, open on a laptop's screen; at the end nothing in it failed and no platform complained."""
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_program, args=list(FLAGS))
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(address)
        yield page
        await browser.close()
    assert faults == []
    assert await asyncio.gather(*(problems(address, name) for name in PLATFORMS)) == [[], [], []]


async def problems(address: str, platform: str) -> list[object]:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}/config.json") as answer:
            base = (await answer.json())[platform]
        async with session.get(f"{base}/_control/state") as answer:
            found: list[object] = (await answer.json())["problems"]
            return found
