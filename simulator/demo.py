"""The whole system on this machine alone: three stand-ins, the product between them, the sample office.

    async with running(Path("data/demo")) as demo:
        await demo.slack.user("U0SATO").types("/tori", "出張 明日まで")

Every start is a fresh one: a new folder, new secrets, an empty database.
"""

import asyncio
import secrets
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from simulator.http import LOOPBACK
from simulator.line import LineStandIn
from simulator.line import User as LineUser
from simulator.product import Product
from simulator.sample import Sample, closed_today, open_at_any_hour, read_sample
from simulator.slack import Channel, SlackStandIn
from simulator.slack import User as SlackUser
from simulator.twilio import NumberConfig, TwilioStandIn

OFFICE_FILE = Path(__file__).resolve().parents[1] / "docs" / "examples" / "smile.yaml"
HASTE = 3.0
"""How many times faster than in life the machine speaks: people read faster than they hear."""
CALM = 8.0
"""How many times longer silence is borne: people type slower than they speak."""
_TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Demo:
    """What runs: the stand-ins, the product and its process."""

    sample: Sample
    slack: SlackStandIn
    line: LineStandIn
    twilio: TwilioStandIn
    product: Product
    process: asyncio.subprocess.Process
    folder: Path
    text: str
    haste: float

    async def invite(self, staff: str) -> str:
        """A code that links a LINE account to that member of staff."""
        return (await self.product.run("invite", staff)).split()[0]

    async def open_doors(self, *, opened: bool) -> None:
        """Open the office, or close it for today; the product follows within five seconds."""
        today = datetime.now(_TOKYO).date()
        text = open_at_any_hour(self.text) if opened else closed_today(self.text, today)
        await load(self.product, self.folder, text)

    @property
    def problems(self) -> list[str]:
        """What the platforms would complain about."""
        twilio = [problem.message for problem in self.twilio.problems]
        return [*self.slack.problems, *self.line.problems, *twilio]


@asynccontextmanager
async def running(data: Path, *, haste: float = HASTE, calm: float = CALM) -> AsyncIterator[Demo]:
    """Start everything in a new folder below `data`, which is removed at the end.

    Raises:
        ProductError: the product does not start.
    """
    folder = _new_folder(data)
    text = OFFICE_FILE.read_text(encoding="utf-8")
    sample = read_sample(text)
    base_url = f"http://{LOOPBACK}:{_free_port()}"
    try:
        async with AsyncExitStack() as stack:
            slack, line, twilio, environment = _stand_ins(sample, base_url, haste, calm)
            await stack.enter_async_context(slack.running())
            await stack.enter_async_context(line.running())
            await stack.enter_async_context(twilio.running())
            addresses = {
                "SLACK_API_URL": slack.api_url,
                "LINE_API_URL": line.api_url,
                "TWILIO_API_URL": twilio.base_url,
                "DATABASE_URL": f"sqlite:///{folder / 'toritsugi.db'}",
            }
            product = Product(folder, environment | addresses)
            await load(product, folder, open_at_any_hour(text))
            process = await stack.enter_async_context(product.serving(base_url))
            yield Demo(sample, slack, line, twilio, product, process, folder, text, haste)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def load(product: Product, folder: Path, text: str) -> None:
    """`toritsugi load` an office file of that text."""
    file = folder / "office.yaml"
    file.write_text(text, encoding="utf-8")
    await product.run("load", str(file))


def _stand_ins(
    sample: Sample, base_url: str, haste: float, calm: float
) -> tuple[SlackStandIn, LineStandIn, TwilioStandIn, dict[str, str]]:
    """The three peers, and the environment that makes the product theirs; secrets are thrown away."""
    environment = {
        "HOST": LOOPBACK,
        "PORT": base_url.rpartition(":")[2],
        "PUBLIC_URL": base_url,
        "TORITSUGI_SECRET": secrets.token_hex(16),
        "SLACK_BOT_TOKEN": f"xoxb-{secrets.token_hex(8)}",
        "SLACK_SIGNING_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": secrets.token_hex(16),
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
    }
    slack = SlackStandIn(
        environment["SLACK_SIGNING_SECRET"],
        environment["SLACK_BOT_TOKEN"],
        f"{base_url}/slack/events",
        team=sample.team,
        users=[SlackUser(one.slack, one.id, one.name) for one in sample.people if one.slack],
        channels=[Channel(channel, name) for channel, name in sample.channels.items()],
    )
    line = LineStandIn(
        environment["LINE_CHANNEL_SECRET"],
        environment["LINE_CHANNEL_ACCESS_TOKEN"],
        f"{base_url}/line/webhook",
        users=[LineUser(one.line, one.name, follows=one.linked) for one in sample.people],
    )
    hooks = NumberConfig(
        voice_url=f"{base_url}/twilio/voice",
        status_callback=f"{base_url}/twilio/status",
        fallback_url=f"{base_url}/twilio/fallback",
    )
    twilio = TwilioStandIn(
        account_sid=environment["TWILIO_ACCOUNT_SID"],
        auth_token=environment["TWILIO_AUTH_TOKEN"],
        numbers=dict.fromkeys(sample.numbers, hooks),
        pace=1.0,
        haste=haste,
        calm=calm,
    )
    return slack, line, twilio, environment


def _new_folder(data: Path) -> Path:
    data.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=data)).resolve()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port
