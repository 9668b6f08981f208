"""Real processes of the product, on a real database, killed for real."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bot.settings import Settings
from handlers.commands.load import load
from simulator.line.stand_in import LineStandIn
from simulator.slack import Channel, SlackStandIn, User
from simulator.twilio import NumberConfig, TwilioStandIn
from tests.support.postgres import free_port

TORITSUGI = Path(sys.executable).with_name("toritsugi")
MAIN = "+81345671234"
CALLER = "+815012345678"
KURIMOTO_LINE = "U" + "1" * 32
OFFICE = f"""
organization: smile
name: スマイルコーポレーション
hours: {{days: [mon, tue, wed, thu, fri, sat, sun], open: "00:00", close: "23:59", holidays: none}}
numbers: ["{MAIN}"]
slack: {{team: T0SMILE, calls_channel: C0CALLS}}
digest: {{daily: "23:58"}}
staff:
  - {{id: kurimoto, name: 栗本 太郎, reading: くりもと たろう, department: 営業, phone: "+819012345678",
     slack: U0KURIMOTO, backups: [sato]}}
  - {{id: sato, name: 佐藤 花子, reading: さとう はなこ, department: 営業, phone: "+819012345679", slack: U0SATO}}
  - {{id: mori, name: 森 一郎, reading: もり いちろう, department: 総務, line: {KURIMOTO_LINE}}}
"""


class Deployment:
    """The product's processes and the platforms they speak to."""

    connection = ""  # what the number's addresses at Twilio end with

    def __init__(self, database_url: str, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        self.processes: list[subprocess.Popen[bytes]] = []
        self.slack = SlackStandIn(
            "slack-secret",
            "xoxb-test",
            f"{self.base_url}/slack/events",
            users=[User("U0KURIMOTO", "栗本"), User("U0SATO", "佐藤")],
            channels=[Channel("C0CALLS")],
        )
        self.line = LineStandIn(
            "line-secret", "line-token", f"{self.base_url}/line/webhook", users=[KURIMOTO_LINE]
        )
        hooks = NumberConfig(
            voice_url=f"{self.base_url}/twilio/voice{self.connection}",
            status_callback=f"{self.base_url}/twilio/status{self.connection}",
            fallback_url=f"{self.base_url}/twilio/fallback{self.connection}",
        )
        self.twilio = TwilioStandIn(
            account_sid="AC" + "0" * 32, auth_token="twilio-token", numbers={MAIN: hooks}
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Deployment"]:
        """The platforms, the office loaded, one `serve`; everything stopped at the end."""
        async with AsyncExitStack() as stack:
            for platform in (self.slack, self.line, self.twilio):
                await stack.enter_async_context(platform.running())
            office = self.folder / "office.yaml"
            office.write_text(OFFICE, encoding="utf-8")
            await asyncio.to_thread(load, Settings(_env_file=None, database_url=self.database_url), office)
            try:
                await self.start()
                yield self
            finally:
                running = [process for process in self.processes if process.poll() is None]
                for process in running:
                    process.terminate()
                for process in running:
                    await asyncio.to_thread(process.wait, 60)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": self.database_url,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": self.base_url,
            "TORITSUGI_SECRET": "test-secret",
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_SIGNING_SECRET": "slack-secret",
            "SLACK_API_URL": self.slack.api_url,
            "LINE_CHANNEL_SECRET": "line-secret",
            "LINE_CHANNEL_ACCESS_TOKEN": "line-token",
            "LINE_API_URL": self.line.api_url,
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "twilio-token",
            "TWILIO_API_URL": self.twilio.base_url,
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run one command of the product to its end."""
        return subprocess.run(
            [TORITSUGI, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def spawn(self, name: str) -> subprocess.Popen[bytes]:
        """Start a process without waiting for it; its log goes to a file in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [TORITSUGI, name], env=self.environment, cwd=self.folder, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    async def start(self) -> subprocess.Popen[bytes]:
        """Start `serve` and wait until it is ready."""
        process = self.spawn("serve")
        async with asyncio.timeout(90), aiohttp.ClientSession() as session:
            while True:
                assert process.poll() is None, (self.folder / "serve.log").read_text()
                try:
                    async with session.get(f"{self.base_url}/readyz") as answer:
                        if answer.status == 200:
                            return process
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """`kill -9` whatever serves now."""
        process = self.processes[-1]
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait, 30)


async def eventually(look, what: str, within: float = 20.0):
    """Wait until `look()` is true; its value."""
    async with asyncio.timeout(within):
        while not (found := look()):
            await asyncio.sleep(0.02)
    assert found, what
    return found
