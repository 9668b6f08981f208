"""What every handler and job is handed: made once at start, closed at the end."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.office.model import Office
from bot.platforms.calendar_feed import FeedClient
from bot.platforms.line.client import LineClient
from bot.platforms.slack.client import SlackClient
from bot.platforms.twilio.client import TwilioClient
from bot.routing.webhook import WebhookSender
from bot.settings import Settings, reveal
from bot.store.store import Store


@dataclass(frozen=True)
class Services:
    """The parts of a running process."""

    settings: Settings
    clock: Clock
    store: Store
    slack: SlackClient
    line: LineClient
    twilio: TwilioClient
    webhooks: WebhookSender
    feeds: FeedClient

    def line_token(self, office: Office) -> str:
        """The access token of an office's LINE channel: its own, or the environment's."""
        own = office.line.token if office.line else None
        return own or reveal(self.settings.line_channel_access_token)

    async def close(self) -> None:
        """Let go of connections; what was recorded stays recorded."""
        await self.slack.close()
        await self.line.close()
        await self.twilio.close()
        await self.webhooks.close()
        await self.feeds.close()
        self.store.close()
